"""The words by which emitted tests expect a value to be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.model import ArraySchema, Bounds, EnumMember, EnumSchema, IntegerSchema, NumberSchema, StringSchema
from specloom.python.refused import departures, shown, takes_words, tried
from tests.serve.apis import INFO

if TYPE_CHECKING:
    from specloom.model import Json, Schema

SPAN = IntegerSchema(info=INFO, bounds=Bounds(minimum=1, maximum=9))
LISTED = EnumSchema(info=INFO, kind="string", members=(EnumMember(value="a"), EnumMember(value="b")))
NAME = StringSchema(info=INFO, min_length=2, max_length=3)


@pytest.mark.parametrize(
    ("schema", "value", "said"),
    [
        (SPAN, 0, ["it takes 1 or more, not 0"]),
        (SPAN, 1, []),
        (SPAN, 10, ["it takes 9 or less, not 10"]),
        (NumberSchema(info=INFO, bounds=Bounds(exclusive_minimum=0)), 0, ["it takes more than 0, not 0"]),
        (NumberSchema(info=INFO, bounds=Bounds(exclusive_maximum=1)), 1, ["it takes less than 1, not 1"]),
        (IntegerSchema(info=INFO, bounds=Bounds(multiple_of=5)), 6, ["it takes multiples of 5, not 6"]),
        (NAME, "x", ["it takes at least 2 characters, not 'x'"]),
        (NAME, "xxxx", ["it takes at most 3 characters, not 'xxxx'"]),
        (LISTED, "c", ["it takes one of 'a', 'b', not 'c'"]),
        (
            ArraySchema(info=INFO, items=SPAN, min_items=2),
            [0],
            [
                "0: it takes 1 or more, not 0",
                "it takes at least 2 items, not a list of length 1",
            ],
        ),
    ],
)
def test_a_value_beyond_its_limits_is_told(schema: Schema, value: Json, said: list[str]) -> None:
    assert departures(schema, {}, value, sensitive=False) == said


def test_values_on_both_sides_of_a_limit_are_tried() -> None:
    assert list(tried(SPAN, {})) == [0, 1, 2, 8, 9, 10]
    assert list(tried(NAME, {})) == ["x", "xx", "xxx", "xxxx"]
    assert list(tried(LISTED, {})) == ["a", "b", "not documented"]


@pytest.mark.parametrize(
    ("takes", "said"),
    [("int | datetime", "an integer or a datetime"), ("list[int]", "a list, each an integer"), ("dict", "a mapping")],
)
def test_kinds_have_words(takes: str, said: str) -> None:
    assert takes_words(takes) == said


def test_what_is_sensitive_is_told_by_its_kind() -> None:
    assert shown("a" * 90, sensitive=False) == f"'{'a' * 79}..."
    assert shown("a", sensitive=True) == "a str"
    assert shown(1, sensitive=True) == "a value of type int"
    assert shown({"a": 1}, sensitive=False) == "a dict of length 1"
