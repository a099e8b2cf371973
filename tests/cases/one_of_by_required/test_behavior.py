"""A union by required members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_members_are_told_apart_by_what_they_require(package: ModuleType) -> None:
    """Unknown members beside do not count."""
    models = package.one_of_by_required.models
    with Service({"reason": "gone", "more": 1}).client(package, "OneOfByRequired") as client:
        answer = client.answers.get_answer()

    assert isinstance(answer, models.Missing)
    assert answer.to_dict() == {"reason": "gone", "more": 1}
