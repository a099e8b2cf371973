"""Answers that a program keeps as JSON and reads again."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import ValidationError

from specloom.runtime.models import Model, StandsFor
from specloom.runtime.repair import repaired
from tests.runtime.sample.models import JobStatus


class Wanting(Model):
    """A required member, which services leave out at times."""

    name: str
    count: int | None = None


class Run(Model):
    """A status that is wrapped at times."""

    status: Annotated[JobStatus, StandsFor("status")]


@pytest.mark.parametrize("text", ['{"count":1}', '{"name":5,"count":"many","more":[1]}', '{"name":"a","count":1}'])
def test_what_was_read_with_faults_is_read_back(text: str) -> None:
    """Equal, with the same problems, and written the same again."""
    answer = repaired(Wanting, text)
    again = Wanting.from_json(answer.to_json(), strict=False)

    assert again.to_json().decode() == text
    assert [str(one) for one in again.problems] == [str(one) for one in answer.problems]
    assert (len(again.problems) > 0) == ("more" in text or "name" not in text)


@pytest.mark.parametrize("text", ["", "no JSON", "5", "[]"])
def test_what_is_no_object_is_refused_all_the_same(text: str) -> None:
    """By the error that says so in either case."""
    for strict in (True, False):
        with pytest.raises(ValidationError):
            Wanting.from_json(text, strict=strict)


def test_reading_is_strict_unless_asked_otherwise() -> None:
    """Files of a program's own are no answers."""
    with pytest.raises(ValidationError):
        Wanting.from_json('{"count":1}')


def test_a_status_that_came_as_an_object_is_found_by_equality() -> None:
    """In comparisons, sets, mappings and `match`."""
    status = Run.from_json('{"status":{"status":"SUCCESS"}}').status

    assert status == JobStatus.SUCCESS
    assert {JobStatus.SUCCESS: "found"}[status] == "found"
    match status:
        case JobStatus.SUCCESS:
            matched = True
        case _:
            matched = False
    assert matched
