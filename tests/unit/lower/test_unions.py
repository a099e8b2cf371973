"""`oneOf` and `anyOf`: what is a union, what only looks like one, and which unions cannot be decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specloom.model import AnySchema, NullSchema, ReferenceSchema, StandInSchema, StringSchema, UnionSchema
from tests.unit.lower.lowering import lower_member, lower_text

if TYPE_CHECKING:
    from pathlib import Path

APART = "SL403 the members of this union cannot be told apart"


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_one_schema_or_null_is_that_schema(tmp_path: Path, keyword: str) -> None:
    """Which may be null."""
    schema = lower_member(tmp_path, {keyword: [{"type": "null"}, {"type": "string", "format": "date"}]})

    assert isinstance(schema, StringSchema)
    assert (schema.format, schema.info.nullable) == ("date", True)


def test_any_value_beside_others_is_any_value(tmp_path: Path) -> None:
    """And null alone is null."""
    assert isinstance(lower_member(tmp_path, {"anyOf": [{"type": "string"}, {}]}), AnySchema)
    assert isinstance(lower_member(tmp_path, {"oneOf": [{"type": "null"}]}), NullSchema)


def test_a_described_union_of_one_is_that_one(tmp_path: Path) -> None:
    """The description is its own."""
    base = {"type": "object", "description": "Theirs", "properties": {"a": {"type": "string"}}}
    schema = lower_member(
        tmp_path, {"description": "Mine", "oneOf": [{"$ref": "#/components/schemas/Base"}]}, Base=base
    )

    assert isinstance(schema, ReferenceSchema)
    assert schema.info.description == "Mine"


@pytest.mark.parametrize(
    "members",
    [
        [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}, {"type": "array"}, {"type": "object"}],
        [{"type": "string", "enum": ["a"]}, {"type": "string"}],
        [{"type": "integer", "enum": [1]}, {"type": "integer", "enum": [2]}],
        [
            {"required": ["a"], "properties": {"a": {"type": "string"}}},
            {"required": ["b"], "properties": {"b": {"type": "string"}}},
        ],
        [
            {"required": ["kind"], "properties": {"kind": {"const": "a"}}},
            {"required": ["kind"], "properties": {"kind": {"const": "b"}}},
        ],
    ],
)
def test_members_that_differ_are_a_union(tmp_path: Path, members: list[dict[str, Any]]) -> None:
    """By JSON type, by listed values, by what they require, by a one-valued member."""
    schema = lower_member(tmp_path, {"oneOf": members})

    assert isinstance(schema, UnionSchema)
    assert len(schema.members) == len(members)


@pytest.mark.parametrize(
    "members",
    [
        [{"type": "integer"}, {"type": "number"}],
        [{"type": "string", "format": "date"}, {"type": "string"}],
        [{"type": "string", "format": "date"}, {"type": "string", "enum": ["never"]}],
        [{"type": "array", "items": {"type": "string"}}, {"type": "array", "items": {"type": "integer"}}],
        [{"properties": {"a": {"type": "string"}}}, {"required": [], "properties": {"b": {"type": "string"}}}],
        [{"properties": {"a": {"type": "string"}}}, {"type": "object"}],
        [
            {"properties": {"kind": {"const": "a"}, "x": {"type": "string"}}},
            {"properties": {"kind": {"const": "b"}, "y": {"type": "string"}}},
        ],
    ],
)
def test_members_that_one_value_fits_are_refused(tmp_path: Path, members: list[dict[str, Any]]) -> None:
    """Decoding such a value would be a guess."""
    _, said = lower_text(tmp_path, {"It": {"oneOf": members}})

    assert said == [APART]


def test_an_object_stands_for_its_member(tmp_path: Path) -> None:
    """Beside exactly one other schema."""
    wrapped = {"type": "object", "properties": {"status": {"type": "string"}}, "x-specloom-stands-for": "status"}
    schema = lower_member(tmp_path, {"oneOf": [{"type": "string"}, wrapped]})

    assert isinstance(schema, StandInSchema)
    assert (schema.member, type(schema.value)) == ("status", StringSchema)
