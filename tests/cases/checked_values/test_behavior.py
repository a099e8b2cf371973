"""Nothing goes out that the document rules out, unless the caller insists."""

from __future__ import annotations

import asyncio
import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

NOON = datetime.datetime(2024, 1, 1, 12, tzinfo=datetime.UTC)
FINE: list[tuple[str, Any, str]] = [
    ("shelf", "a/b", "/shelves/a%2Fb/1"),
    ("shelf", "{x}", "/shelves/%7Bx%7D/1"),
    ("row", "12", "/shelves/s/12"),
    ("colour", "red", "colour=red"),
    ("level", 2, "level=2"),
    ("mode", 1, "mode=1"),
    ("mode", "fast", "mode=fast"),
    ("count", 5, "count=5"),
    ("ratio", 0.5, "ratio=0.5"),
    ("ratio", Decimal("0.25"), "ratio=0.25"),
    ("step", 0.3, "step=0.3"),
    ("step", 7, "step=7"),
    ("code", "éé", "code=%C3%A9%C3%A9"),
    ("forced", False, "forced=false"),
    ("since", NOON, "since=1704110400000"),
    ("since", 0, "since=0"),
    ("at", NOON, "at=2024-01-01T12%3A00%3A00Z"),
    ("at", "2024", "at=2024"),
    ("day", NOON.date(), "day=2024-01-01"),
    ("ids", (1, 9), "ids=1&ids=9"),
    ("once", [1, "1", 2], "once=1&once=1&once=2"),
    ("colours", ["red", "green"], "colours=red&colours=green"),
    ("filter", {"a": 1}, "filter%5Ba%5D=1"),
]
WRONG: list[tuple[str, Any, str]] = [
    ("shelf", None, "shelf is required"),
    ("shelf", "", "shelf: it is empty"),
    ("shelf", "..", "segment"),
    ("shelf", ".", "segment"),
    ("shelf", 5, "shelf: it takes text, not 5"),
    ("row", 0, "row: it takes 1 or more, not 0"),
    ("row", "0", "row: it takes 1 or more, not '0'"),
    ("row", 1.5, "row: it takes an integer or text, not 1.5"),
    ("row", True, "row: it takes an integer or text, not True"),
    ("colour", "blue", "colour: it takes one of 'red', 'green', not 'blue'"),
    ("colour", 1, "colour: it takes text, not 1"),
    ("level", 3, "level: it takes one of 1, 2, not 3"),
    ("level", True, "level: it takes an integer, not True"),
    ("level", "1", "level: it takes an integer, not '1'"),
    ("mode", "slow", "mode: it takes one of 'fast', 1, not 'slow'"),
    ("mode", True, "mode: it takes text or an integer, not True"),
    ("count", 0, "count: it takes 1 or more, not 0"),
    ("count", 6, "count: it takes 5 or less, not 6"),
    ("count", 1.5, "count: it takes an integer, not 1.5"),
    ("count", 2.0, "count: it takes an integer, not 2.0"),
    ("count", True, "count: it takes an integer, not True"),
    ("ratio", 0, "ratio: it takes more than 0, not 0"),
    ("ratio", 1, "ratio: it takes less than 1, not 1"),
    ("ratio", "0.5", "ratio: it takes a number, not '0.5'"),
    ("ratio", float("nan"), "ratio: nan is no number"),
    ("step", 0.35, "step: it takes multiples of 0.1, not 0.35"),
    ("step", float("inf"), "step: it takes multiples of 0.1, not inf"),
    ("code", "a", "code: it takes at least 2 characters, not 'a'"),
    ("code", "abcd", "code: it takes at most 3 characters, not 'abcd'"),
    ("forced", 1, "forced: it takes True or False, not 1"),
    ("since", -1, "since: it takes 0 or more, not -1"),
    ("since", "now", "since: it takes an integer or a datetime, not 'now'"),
    ("since", NOON.replace(tzinfo=None), "since: the datetime names no time zone"),
    ("since", NOON.date(), "since: a date is no instant"),
    ("at", NOON.date(), "at: it takes a datetime or text, not a value of type date"),
    ("day", NOON, "day: it takes a date or text, not a value of type datetime"),
    ("ids", 1, "ids: it takes a list, each an integer, not 1"),
    ("ids", "12", "ids: it takes a list, each an integer, not '12'"),
    ("ids", [1, "2"], "ids: 1: it takes an integer, not '2'"),
    ("ids", [1, 10], "ids: 1: it takes 9 or less, not 10"),
    ("ids", [1, 2, 3], "ids: it takes at most 2 items"),
    ("once", [1, 2, 1], "once: it takes no item twice, not a list of length 3"),
    ("once", ("a", "a"), "once: it takes no item twice, not a tuple of length 2"),
    ("colours", ["red", "blue"], "colours: 1: it takes one of 'red', 'green', not 'blue'"),
    ("filter", [1], "filter: it takes a mapping"),
    ("filter", {"a": "b"}, "filter: a: it takes an integer, not 'b'"),
    ("x_code", None, "x_code is required"),
    ("x_code", 7, "x_code: it takes text, not 7"),
    ("body", None, "body is required"),
    ("body", 5, "body: Input should be an object; found 5"),
    ("body", {"name": "a"}, "body/size: A member is required"),
    ("body", {"name": "a", "size": "3"}, 'body/size: Input should be a valid integer; found "3"'),
]
INSISTED: list[tuple[str, Any, str]] = [
    ("colour", "blue", "colour=blue"),
    ("level", 3, "level=3"),
    ("count", 6, "count=6"),
    ("code", "abcd", "code=abcd"),
    ("ids", [1, 2, 3], "ids=1&ids=2&ids=3"),
    ("once", [1, 1], "once=1&once=1"),
    ("x_code", None, "/shelves/s/1"),
    ("body", None, "/shelves/s/1"),
]


def arguments(package: ModuleType, **changed: Any) -> dict[str, Any]:
    """Those of a call that is fine, with changes."""
    given = {"shelf": "s", "row": 1, "x_code": "c", "body": package.checked_values.models.Shelf(name="a", size=3)}
    return {**given, **changed}


def refusals(package: ModuleType, **changed: Any) -> list[str]:
    """What both clients say of a call that is refused; nothing reaches the service."""
    service = Service()
    given = arguments(package, **changed)
    with (
        service.client(package, "CheckedValues") as client,
        pytest.raises(package.InvalidCallError) as caught,
    ):
        client.shelves.fill_shelf(**given)

    async def call() -> str:
        async with service.client(package, "AsyncCheckedValues") as client:
            with pytest.raises(package.InvalidCallError) as caught:
                await client.shelves.fill_shelf(**given)
            return str(caught.value)

    said = [str(caught.value), asyncio.run(call())]
    assert service.requests == []
    return said


@pytest.mark.parametrize(("name", "value", "part"), FINE)
def test_what_is_documented_is_sent(package: ModuleType, name: str, value: Any, part: str) -> None:
    """In any form that the types allow."""
    service = Service()
    with service.client(package, "CheckedValues") as client:
        client.shelves.fill_shelf(**arguments(package, **{name: value}))

    assert part in service.targets[0]


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_what_is_not_documented_is_refused(package: ModuleType, name: str, value: Any, words: str) -> None:
    """The message names operation, argument, what was given and what is taken."""
    for said in refusals(package, **{name: value}):
        assert said.startswith("shelves.fill_shelf: ")
        assert words in said


@pytest.mark.parametrize(("name", "value", "part"), INSISTED)
def test_a_caller_may_insist(package: ModuleType, name: str, value: Any, part: str) -> None:
    """A document may be behind its service."""
    service = Service()
    with service.client(package, "CheckedValues") as client:
        client.shelves.fill_shelf(**arguments(package, **{name: value}), check=False)

    assert part in service.targets[0]


@pytest.mark.parametrize(("name", "value"), [("shelf", None), ("shelf", ""), ("shelf", ".."), ("ratio", float("nan"))])
def test_what_cannot_be_sent_is_refused_all_the_same(package: ModuleType, name: str, value: Any) -> None:
    """It would name another address, or has no text."""
    assert len(refusals(package, **{name: value, "check": False})) == 2


def test_all_faults_are_told_at_once(package: ModuleType) -> None:
    """In the order of the document."""
    said, _ = refusals(package, shelf=None, count=9, colour="blue")

    assert [said.index(words) for words in ("shelf is", "colour: ", "count: ")] == sorted(
        said.index(words) for words in ("shelf is", "colour: ", "count: ")
    )


def test_a_model_is_held_to_the_document_down_to_its_parts(package: ModuleType) -> None:
    """Each fault with its place in the body."""
    models = package.checked_values.models
    book = models.Book(title="far too long", pages=0, colour="blue")
    shelf = models.Shelf(name="", size=10, rate=0.7, best=book, books=[book], marks={"x": 4})
    said, _ = refusals(package, body=shelf)

    for words in (
        "body/name: it takes at least 1 character, not ''",
        "body/size: it takes 9 or less, not 10",
        "body/rate: it takes one of 0.5, 1, not 0.7",
        "body/marks/x: it takes 3 or less, not 4",
        "body/best/title: it takes at most 8 characters, not 'far too long'",
        "body/best/pages: it takes 1 or more, not 0",
        'body/best/colour: Should be one of red, green; found "blue"',
        "body/books/0/title: it takes at most 8 characters, not 'far too long'",
    ):
        assert words in said


def test_objects_are_told_apart_by_what_they_hold(package: ModuleType) -> None:
    """Two of the same members are one value."""
    models = package.checked_values.models
    one, same, other = models.Book(title="a"), models.Book(title="a"), models.Book(title="b")
    service = Service()
    with service.client(package, "CheckedValues") as client:
        client.shelves.fill_shelf(**arguments(package, body=models.Shelf(name="a", size=3, unlike=[one, other])))

    assert service.requests[0].content == b'{"name":"a","size":3,"unlike":[{"title":"a"},{"title":"b"}]}'
    repeated = models.Shelf(name="a", size=3, unlike=[one, other, same])
    assert "body/unlike: it takes no item twice, not a list of length 3" in refusals(package, body=repeated)[0]


def test_a_model_that_was_filled_past_its_types_is_refused(package: ModuleType) -> None:
    """Lists can be filled with anything, and members be left out of a model that is made without checks."""
    models = package.checked_values.models
    shelf = models.Shelf(name="a", size=3, books=[])
    shelf.books.append(5)

    assert "body/books/0: Input should be an object; found 5" in refusals(package, body=shelf)[0]
    assert "body/size: A member is required" in refusals(package, body=models.Shelf.model_construct(name="a"))[0]


def test_a_model_that_is_only_received_has_no_limits(package: ModuleType) -> None:
    """Nor does making or reading one look at them: the service is taken as it is."""
    read = package.checked_values.models.Shelf.from_json('{"name": "", "size": 99}')

    assert read.problems == ()
    assert read.size == 99
