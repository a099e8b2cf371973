"""Reading what breaks its schema: what fits is typed, the rest stays, at a cost that no answer can drive up."""

from __future__ import annotations

import json
import time
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.runtime.models import Date, DateTime, JsonText, Model, OpenEnum, OpenIntEnum, StandsFor, Uuid, wire_names
from specloom.runtime.problems import Problem, problems_of
from specloom.runtime.repair import repaired
from tests.runtime.strategies import JSON_VALUES


class Level(OpenIntEnum):
    """How bad it is."""

    LOW = 1
    HIGH = 2


class Colour(OpenEnum):
    """What it looks like."""

    RED = "red"


class Cat(Model):
    """A member of a union."""

    model_config = wire_names({"kind": "petKind"})

    kind: Literal["cat"]
    lives: int
    friend: Pet | None = None


class Dog(Model):
    """Another."""

    model_config = wire_names({"kind": "petKind"})

    kind: Literal["dog"]
    tricks: list[str]


Pet = Cat | Dog


class Thing(Model):
    """One field of every kind."""

    model_config = wire_names({"count": "theCount"}, nullable=("note",))

    count: int
    note: str | None = None
    share: int | float | None = None
    good: bool = True
    at: DateTime | None = None
    day: Date | None = None
    key: Uuid | None = None
    level: Level | None = None
    colour: Colour | None = None
    pet: Pet | None = None
    pets: list[Pet] | None = None
    by_name: dict[str, Thing] | None = None
    grid: list[list[int]] | None = None
    text: JsonText[Thing] | None = None
    texts: list[JsonText[list[int]]] | None = None
    anything: JsonText[Any] | None = None
    state: Annotated[Colour, StandsFor("state")] | None = None
    holder: Annotated[Cat, StandsFor("cat")] | None = None


CAT = {"petKind": "cat", "lives": 9}
FULL: dict[str, Any] = {
    "theCount": 1,
    "note": None,
    "share": 0.5,
    "good": False,
    "at": "2024-05-17T08:30:00Z",
    "day": "2024-05-17",
    "key": "3FA85F64-5717-4562-B3FC-2C963F66AFA6",
    "level": 2,
    "colour": "red",
    "pet": {**CAT, "friend": {"petKind": "dog", "tricks": ["sit"]}},
    "pets": [CAT, {"petKind": "dog", "tricks": []}],
    "by_name": {"a/b": {"theCount": 2}},
    "grid": [[1, 2], []],
    "text": ' {"theCount": 3}',
    "texts": ["[1]", "[ ]"],
    "anything": "[1, {}]",
    "state": {"state": "red", "since": 1},
    "holder": {"cat": CAT},
    "unheard-of": {"a": [None]},
}


def read(value: Any, kind: Any = Thing) -> Any:
    """A value that pydantic may have refused."""
    return repaired(kind, json.dumps(value))


def told(value: Any, kind: Any = Thing) -> dict[str, str]:
    """The problems of a value: pointer and message."""
    return {one.pointer: one.message for one in problems_of(read(value, kind))}


def same(value: Any) -> str:
    """JSON that is equal for equal documents alone."""
    return json.dumps(value, sort_keys=True)


def test_a_value_that_fits_is_read_as_pydantic_reads_it() -> None:
    """Every kind of field, forms and unknown members included."""
    result = read(FULL)

    assert result == Thing.from_json(json.dumps(FULL))
    assert result.problems == ()
    assert same(json.loads(result.to_json())) == same(FULL)
    assert result.model_extra == {"unheard-of": {"a": [None]}}


@pytest.mark.parametrize(
    ("changed", "pointer", "message"),
    [
        ({"theCount": "1"}, "/theCount", 'Input should be a valid integer; found "1"'),
        ({"theCount": True}, "/theCount", "Input should be a valid integer; found true"),
        ({"theCount": None}, "/theCount", "Input should be a valid integer; found null"),
        ({"share": None}, "/share", "Input should be a valid integer or Input should be a valid number; found null"),
        ({"good": None}, "/good", "Input should be a valid boolean; found null"),
        ({"at": 5}, "/at", "Input should be an ISO 8601 date and time; found 5"),
        ({"day": "today"}, "/day", 'Input should be a date as YYYY-MM-DD; found "today"'),
        ({"key": ""}, "/key", 'Input should be a UUID; found ""'),
        ({"level": 3}, "/level", "Should be one of 1, 2; found 3"),
        ({"level": "1"}, "/level", 'Input should be a valid integer; found "1"'),
        ({"colour": "blue"}, "/colour", 'Should be one of red; found "blue"'),
        ({"colour": None}, "/colour", "Input should be 'red'; found null"),
        ({"pet": {"petKind": "cat"}}, "/pet/lives", "A member is required; found nothing"),
        ({"pet": {"petKind": "dog", "tricks": "no"}}, "/pet/tricks", 'Input should be a valid array; found "no"'),
        ({"pets": [CAT, 5]}, "/pets/1", "Input should be an object; found 5"),
        ({"pets": CAT}, "/pets", 'Input should be a valid array; found {"petKind": "cat", "lives": 9}'),
        ({"by_name": {"a/b~": {}}}, "/by_name/a~1b~0/theCount", "A member is required; found nothing"),
        ({"by_name": []}, "/by_name", "Input should be an object; found []"),
        ({"grid": [[1], [2, "3"]]}, "/grid/1/1", 'Input should be a valid integer; found "3"'),
        ({"text": '{"theCount": "1"}'}, "/text/theCount", 'Input should be a valid integer; found "1"'),
        ({"text": "{"}, "/text", 'A text that holds JSON is expected; found "{"'),
        ({"text": "[1]"}, "/text", "Input should be an object; found [1]"),
        ({"text": {"theCount": 1}}, "/text", 'Input should be a text that holds JSON; found {"theCount": 1}'),
        ({"text": True}, "/text", "Input should be a text that holds JSON; found true"),
        ({"texts": ["[1]", '["x"]']}, "/texts/1/0", 'Input should be a valid integer; found "x"'),
        ({"anything": "unquoted"}, "/anything", 'A text that holds JSON is expected; found "unquoted"'),
        ({"anything": [1]}, "/anything", "Input should be a text that holds JSON; found [1]"),
        ({"state": {"state": 5}}, "/state/state", "Input should be 'red'; found 5"),
        ({"state": {"state": "blue"}}, "/state/state", 'Should be one of red; found "blue"'),
        ({"holder": {"cat": {"petKind": "cat"}}}, "/holder/cat/lives", "A member is required; found nothing"),
        ({"holder": {"petKind": "cat"}}, "/holder/lives", "A member is required; found nothing"),
    ],
)
def test_each_fault_has_its_place_and_words(changed: dict[str, Any], pointer: str, message: str) -> None:
    """One problem, whatever the kind; the rest is typed, and all goes back as it came."""
    value = {**FULL, **changed}
    result = read(value)

    assert {one.pointer: one.message for one in result.problems} == {pointer: message}
    assert same(json.loads(result.to_json())) == same(result.to_dict()) == same(value)
    (touched,) = ("count" if name == "theCount" else name for name in changed)
    whole = Thing.from_json(json.dumps(FULL))
    assert {k: v for k, v in vars(result).items() if k != touched} == {
        k: v for k, v in vars(whole).items() if k != touched
    }


def test_a_missing_member_reads_as_none_and_is_not_written() -> None:
    """It can be told from null."""
    missing, null = read({}), read({"theCount": None})

    assert (missing.count, null.count) == (None, None)
    assert (missing.to_dict(), null.to_dict()) == ({}, {"theCount": None})
    assert missing.problems == (Problem("/theCount", "A member is required; found nothing"),)


def test_the_member_of_a_union_that_fits_best_is_taken() -> None:
    """By tag, then by the names of members, and parts of it are typed; faults further in do not count against it."""
    cat = read({"petKind": "cat", "friend": {"petKind": "cat", "friend": {"petKind": "dog"}}}, Pet)
    untagged = read({"lives": 9}, Pet)
    dog = read({"petKind": "dog", "tricks": ["sit", 5]}, Pet)

    assert [one.pointer for one in cat.problems] == ["/lives", "/friend/lives", "/friend/friend/tricks"]
    assert isinstance(untagged, Cat)
    assert isinstance(dog, Dog)
    assert dog.tricks == ["sit", 5]
    assert [one.pointer for one in dog.problems] == ["/tricks/1"]


@pytest.mark.parametrize("kind", [list[Thing], dict[str, Thing], list[int], JsonText[list[int]], Pet])
@pytest.mark.parametrize("value", [None, 5, "text", True])
def test_another_kind_of_json_altogether_is_refused(kind: Any, value: Any) -> None:
    """There is nothing in it to return."""
    with pytest.raises(ValueError, match="; found "):
        read(value, kind)


@given(st.sampled_from([name for name in FULL if name != "unheard-of"]), JSON_VALUES | JSON_VALUES.map(json.dumps))
def test_any_json_in_place_of_a_member_is_kept(name: str, put: Any) -> None:
    """It goes back equal, and the problems lie in it."""
    value = {**FULL, name: put}
    result = read(value)

    assert same(json.loads(result.to_json())) == same(value)
    assert all(one.pointer.startswith(f"/{name}") for one in result.problems)


@given(JSON_VALUES)
def test_any_json_is_read_or_refused_with_a_value_error(value: Any) -> None:
    """Nothing else escapes."""
    either = list[int] | list[Thing] | dict[str, int] | dict[str, list[Thing]] | JsonText[Cat]
    for kind in (Thing, list[Thing], dict[str, int], Pet, JsonText[Thing], Annotated[Cat, StandsFor("cat")], either):
        try:
            result = read(value, kind)
        except ValueError:
            continue
        assert isinstance(problems_of(result), tuple)


def nested(levels: int) -> Any:
    """A chain of things, each in the next, wrong at the innermost."""
    value: Any = {"theCount": "wrong"}
    for _ in range(levels):
        value = {"theCount": 1, "by_name": {"next": value}}
    return value


@pytest.mark.parametrize("levels", [1, 5, 20, 70])
def test_deep_values_are_read_to_a_depth_and_kept_below(levels: int) -> None:
    """They go back equal in any case, and the fault is told or what holds it."""
    value = nested(levels)
    result = read(value)
    (problem,) = result.problems

    assert ("/by_name/next" * levels + "/theCount").startswith(problem.pointer)
    assert levels > 20 or problem.value == "wrong"
    assert same(json.loads(result.to_json())) == same(value)


def test_json_too_deep_to_parse_is_refused() -> None:
    """As pydantic refuses it, without a recursion error."""
    with pytest.raises(ValueError, match=r"recursion|deep"):
        repaired(Thing, '{"a":' * 100_000)


@pytest.mark.parametrize(
    "make",
    [
        lambda count: {"theCount": 1, "pets": [{"petKind": "cat", "lives": "9"}] * count},
        lambda count: {"theCount": 1, "by_name": {str(index): {} for index in range(count)}},
        lambda count: {"theCount": 1, "text": json.dumps({"pets": [{"petKind": "dog"}] * count})},
    ],
    ids=["union in list", "map", "text"],
)
def test_ten_times_the_faults_take_about_ten_times_as_long(make: Any) -> None:
    """With room for a busy machine; squared, it would be a hundred times."""

    def taken(count: int) -> float:
        content, best = json.dumps(make(count)), float("inf")
        for _ in range(3):
            start = time.process_time()
            problems_of(repaired(Thing, content))
            best = min(best, time.process_time() - start)
        return best

    taken(10)
    assert taken(2000) < 40 * taken(200)
