"""No answer of a real document is lost either: ten of them, a part of all changes; `make tolerance` tries every one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.tolerating import CORPUS, DOCUMENTS, try_changes

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of real documents beside this checkout")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_change_of_an_answer_is_returned_and_told_where_it_breaks_the_schema(name: str, tmp_path: Path) -> None:
    """Never an exception, equal JSON goes back, and problems if and only if JSON Schema refuses it."""
    answers, every = DOCUMENTS[name]
    trial = try_changes(CORPUS / name, tmp_path, every)

    assert trial.answers == answers
    assert trial.tried > 50
    assert trial.wrong == ()
