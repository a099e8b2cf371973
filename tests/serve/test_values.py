"""Which texts of parameters are values of their schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.model import (
    BooleanSchema,
    Bounds,
    ConstSchema,
    EnumMember,
    EnumSchema,
    IntegerSchema,
    JsonTextSchema,
    NeverSchema,
    NullSchema,
    NumberSchema,
    SchemaInfo,
    Sentinel,
    StandInSchema,
    StringSchema,
    UnionSchema,
)
from specloom.serve.values import value_complaint
from tests.serve.apis import HERE, INFO, NUMBER, make_reference, schema_info

if TYPE_CHECKING:
    from specloom.model import Schema

SMALL = IntegerSchema(info=INFO, bounds=Bounds(minimum=0, maximum=1000))
NONE = SchemaInfo(location=HERE, sentinels=(Sentinel(value=-1, means="none"),))
SCHEMAS: dict[str, Schema] = {
    "integer": NUMBER,
    "small": SMALL,
    "even": IntegerSchema(info=INFO, bounds=Bounds(multiple_of=2, exclusive_minimum=0)),
    "number": NumberSchema(info=INFO, bounds=Bounds(exclusive_maximum=2.5)),
    "tenth": NumberSchema(info=INFO, bounds=Bounds(multiple_of=0.1)),
    "boolean": BooleanSchema(info=INFO),
    "enum": EnumSchema(info=INFO, kind="mixed", members=tuple(EnumMember(value=one) for one in ("a", 2, True))),
    "const": ConstSchema(info=INFO, value="x"),
    "short": StringSchema(info=INFO, min_length=1, max_length=3),
    "either": UnionSchema(info=INFO, members=(SMALL, BooleanSchema(info=INFO)), exclusive=False),
    "nullable": IntegerSchema(info=schema_info(nullable=True)),
    "sentinel": IntegerSchema(info=NONE, bounds=Bounds(minimum=0)),
    "json": JsonTextSchema(info=INFO, content=NUMBER, media_type="application/json"),
    "standin": StandInSchema(info=INFO, value=SMALL, member="x"),
    "named": make_reference("Small"),
    "loop": make_reference("Loop"),
    "nowhere": make_reference("Nowhere"),
    "null": NullSchema(info=INFO),
    "never": NeverSchema(info=INFO),
}
NAMED: dict[str, Schema] = {"Small": SMALL, "Loop": make_reference("Loop")}
REFUSED = {
    "integer": ["", "a", "1.0", "1e3", "٣", " 1", "1\n"],
    "small": ["-1", "1001"],
    "even": ["0", "3"],
    "number": ["x", "2.5", "nan", "inf", "1_0"],
    "tenth": ["0.25"],
    "boolean": ["True", "1", ""],
    "enum": ["b", "true ", "True"],
    "const": ["y"],
    "short": ["", "abcd"],
    "either": ["1001", "yes"],
    "nullable": ["x"],
    "sentinel": ["-2"],
    "json": ["{"],
    "standin": ["1001"],
    "named": ["1001"],
    "null": ["0"],
    "never": ["x"],
}
TAKEN = {
    "integer": ["-5", "0", "9" * 40],
    "small": ["0", "1000"],
    "even": ["2"],
    "number": ["2.4", "-1e3", "2"],
    "tenth": ["0.3"],
    "boolean": ["true", "false"],
    "enum": ["a", "2", "true"],
    "const": ["x"],
    "short": ["你好吗"],
    "either": ["1000", "true"],
    "nullable": ["", "null", "1"],
    "sentinel": ["-1", "5"],
    "json": ["1", '{"a": []}'],
    "standin": ["3"],
    "named": ["3"],
    "loop": ["anything"],
    "nowhere": ["anything"],
    "null": ["null"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in REFUSED.items() for text in texts])
def test_a_text_that_is_not_of_the_type_is_refused(name: str, text: str) -> None:
    """Whatever Python itself would take for a number is not the question."""
    assert value_complaint(SCHEMAS[name], text, NAMED) != ""


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in TAKEN.items() for text in texts])
def test_a_text_of_the_type_is_taken(name: str, text: str) -> None:
    """Bounds are inclusive unless they say otherwise, lengths count characters, what stands for "none" is a value."""
    assert value_complaint(SCHEMAS[name], text, NAMED) == ""


def test_a_refusal_says_what_is_expected() -> None:
    """In words, with the bounds as they are documented; of a union all that would do."""
    assert value_complaint(SMALL, "x", {}) == "a whole number, at least 0, at most 1000"
    assert value_complaint(SCHEMAS["number"], "x", {}) == "a number, less than 2.5"
    assert value_complaint(SCHEMAS["enum"], "x", {}) == "one of a, 2, true"
    assert value_complaint(SCHEMAS["either"], "x", {}) == "a whole number, at least 0, at most 1000 or true or false"
