"""`allOf`: what several schemas mean together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specloom.model import (
    ArraySchema,
    Bounds,
    EnumSchema,
    IntegerSchema,
    MapSchema,
    ObjectSchema,
    ReferenceSchema,
    StringSchema,
    UnionSchema,
)
from tests.unit.lower.lowering import lower_member, lower_text

if TYPE_CHECKING:
    from pathlib import Path


def test_bounds_are_the_narrower_of_each(tmp_path: Path) -> None:
    """A whole number among numbers is a whole number."""
    parts = [{"type": "number", "minimum": 1, "maximum": 9}, {"type": "integer", "minimum": 3, "exclusiveMaximum": 8}]
    schema = lower_member(tmp_path, {"allOf": parts})

    assert isinstance(schema, IntegerSchema)
    assert schema.bounds == Bounds(minimum=3, maximum=9, exclusive_maximum=8)


def test_listed_values_are_those_that_both_list(tmp_path: Path) -> None:
    """In the order of the first."""
    parts = [{"type": "string", "enum": ["a", "b", "c"]}, {"type": "string", "enum": ["c", "b"]}, {"minLength": 1}]
    api, said = lower_text(tmp_path, {"It": {"allOf": parts}})
    schema = api.schemas[0].schema

    assert said == []
    assert isinstance(schema, EnumSchema)
    assert [one.value for one in schema.members] == ["b", "c"]


def test_lengths_and_format_of_texts_add_up(tmp_path: Path) -> None:
    """As do items of lists."""
    parts = [
        {"type": "array", "items": {"type": "string", "maxLength": 5}, "maxItems": 4},
        {"type": "array", "items": {"type": "string", "format": "date", "maxLength": 9}, "minItems": 1},
    ]
    schema = lower_member(tmp_path, {"allOf": parts})

    assert isinstance(schema, ArraySchema)
    assert isinstance(schema.items, StringSchema)
    assert (schema.items.format, schema.items.max_length) == ("date", 5)
    assert (schema.min_items, schema.max_items) == (1, 4)


def test_members_are_required_where_any_part_says_so(tmp_path: Path) -> None:
    """Beside the `allOf`, too."""
    base = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
    api, _ = lower_text(
        tmp_path, {"Base": base, "It": {"allOf": [{"$ref": "#/components/schemas/Base"}], "required": ["b"]}}
    )
    (schema,) = [one.schema for one in api.schemas if one.name == "It"]

    assert isinstance(schema, ObjectSchema)
    assert [(one.name, one.required) for one in schema.properties] == [("a", False), ("b", True)]


def test_one_reference_stays_that_reference(tmp_path: Path) -> None:
    """With the description that stands beside it."""
    base = {"type": "object", "properties": {"a": {"type": "string"}}}
    schema = lower_member(
        tmp_path, {"description": "Mine", "allOf": [{"$ref": "#/components/schemas/Base"}]}, Base=base, version="3.0.3"
    )

    assert isinstance(schema, ReferenceSchema)
    assert (schema.name, schema.info.description) == ("Base", "Mine")


def test_a_union_keeps_the_members_that_fit(tmp_path: Path) -> None:
    """Here: no text."""
    parts = [
        {"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}]},
        {"type": ["integer", "boolean"]},
    ]
    schema = lower_member(tmp_path, {"allOf": parts})

    assert isinstance(schema, UnionSchema)
    assert [type(one).__name__ for one in schema.members] == ["IntegerSchema", "BooleanSchema"]


def test_a_map_among_objects_types_what_is_not_named(tmp_path: Path) -> None:
    """Its values are those of the unnamed members."""
    parts = [{"type": "object", "properties": {"a": {"type": "string"}}}, {"additionalProperties": {"type": "integer"}}]
    api, said = lower_text(tmp_path, {"It": {"allOf": parts}})
    schema = api.schemas[0].schema

    assert said == []
    assert isinstance(schema, ObjectSchema)
    assert isinstance(schema.additional, IntegerSchema)


@pytest.mark.parametrize(
    "parts",
    [
        [{"type": "string"}, {"type": "integer"}],
        [{"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b"]}],
        [{"type": "string", "format": "date"}, {"type": "string", "format": "uuid"}],
        [{"type": "array", "items": {"type": "string"}}, {"type": "array", "items": {"type": "boolean"}}],
        [{"additionalProperties": {"type": "string"}}, {"additionalProperties": {"type": "integer"}}],
    ],
)
def test_what_nothing_can_fulfil_is_an_error(tmp_path: Path, parts: list[dict[str, Any]]) -> None:
    """At the `allOf`."""
    _, said = lower_text(tmp_path, {"It": {"allOf": parts}})

    assert said == ["SL402 the members of this `allOf` contradict each other"]


def test_a_map_stays_a_map(tmp_path: Path) -> None:
    """Where nothing names a member."""
    parts = [{"additionalProperties": {"type": "number"}}, {"additionalProperties": {"type": "integer"}}]
    schema = lower_member(tmp_path, {"allOf": parts})

    assert isinstance(schema, MapSchema)
    assert isinstance(schema.values, IntegerSchema)
