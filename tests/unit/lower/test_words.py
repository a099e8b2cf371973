"""How names of a document are split into words."""

from __future__ import annotations

import pytest

from specloom.lower.words import snake, split_words


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ShowJobHistoryByInstance", ["show", "job", "history", "by", "instance"]),
        ("HTTPServer", ["http", "server"]),
        ("job-id_2", ["job", "id", "2"]),
        ("list V2 jobs", ["list", "v", "2", "jobs"]),
        ("die Größe", ["die", "größe"]),
        ("", []),
        ("--", []),
    ],
)
def test_words_end_at_changes_of_case_and_at_signs(name: str, found: list[str]) -> None:
    """An acronym is one word."""
    assert split_words(name) == found


@pytest.mark.parametrize(("name", "made"), [("getV2Jobs", "get_v2_jobs"), ("3d", "3_d"), ("--", "")])
def test_digits_stay_with_the_word_before_them(name: str, made: str) -> None:
    """A name that holds no word is empty."""
    assert snake(name) == made
