"""`oneOf` and `anyOf`: what is a union, what only looks like one, and what tells members apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specloom.model import (
    AnySchema,
    Discriminator,
    EnumSchema,
    NullSchema,
    NumberSchema,
    ReferenceSchema,
    StandInSchema,
    StringSchema,
    UnionSchema,
)
from tests.unit.lower.lowering import lower_member, lower_text, member

if TYPE_CHECKING:
    from pathlib import Path


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
        [{"type": "string", "format": "date"}, {"type": "string"}],
        [{"type": "string", "format": "date"}, {"type": "string", "enum": ["never"]}],
        [{"type": "array", "items": {"type": "string"}}, {"type": "array", "items": {"type": "integer"}}],
        [{"properties": {"a": {"type": "string"}}}, {"type": "object"}],
        [
            {"required": ["a"], "properties": {"a": {"type": "string"}}},
            {"required": ["b"], "properties": {"b": {"type": "string"}}},
        ],
    ],
)
def test_members_of_several_kinds_are_a_union(tmp_path: Path, members: list[dict[str, Any]]) -> None:
    """Told apart by JSON type, by what they require, or by what a value fits."""
    schema = lower_member(tmp_path, {"oneOf": members})

    assert isinstance(schema, UnionSchema)
    assert len(schema.members) == len(members)


def test_objects_that_require_nothing_of_their_own_are_a_union_with_a_word(tmp_path: Path) -> None:
    """A value may fit both."""
    members = [{"properties": {"a": {"type": "string"}}}, {"properties": {"b": {"type": "string"}}}]
    api, said = lower_text(tmp_path, {"Holder": {"type": "object", "properties": {"it": {"oneOf": members}}}})

    assert isinstance(member(api, "Holder", "it"), UnionSchema)
    assert said == ["SL403 a value may fit several members of this union: it is read as the one that it fits best"]


@pytest.mark.parametrize(
    ("members", "values"),
    [
        ([{"const": "a", "title": "First"}, {"const": "b"}], ["a", "b"]),
        ([{"type": "string"}, {"type": "string", "enum": ["a"]}], ["a"]),
        ([{"type": "integer", "enum": [1]}, {"type": "integer", "enum": [2, 1]}], [1, 2]),
    ],
)
def test_listed_values_are_one_enumeration(tmp_path: Path, members: list[dict[str, Any]], values: list[Any]) -> None:
    """Enumerations are open: a text would be of the first of several, and any text may come besides."""
    api, said = lower_text(tmp_path, {"Holder": {"type": "object", "properties": {"it": {"anyOf": members}}}})
    found = next(one.schema for one in api.schemas if one.name == "Holder.it")

    assert said == []
    assert isinstance(found, EnumSchema)
    assert [one.value for one in found.members] == values


def test_a_whole_number_or_a_number_is_a_number(tmp_path: Path) -> None:
    """Whichever of them is written first."""
    assert isinstance(lower_member(tmp_path, {"oneOf": [{"type": "integer"}, {"type": "number"}]}), NumberSchema)


def told_by(folder: Path, union: dict[str, Any], **schemas: Any) -> Discriminator:
    """The discriminator of a component that is a union."""
    api, said = lower_text(folder, {"It": union, **schemas})
    found = next(one.schema for one in api.schemas if one.name == "It")

    assert said == []
    assert isinstance(found, UnionSchema)
    assert found.discriminator is not None
    return found.discriminator


KIND = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
REFERENCES = [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]


def test_a_mapping_names_members_by_reference_or_by_name(tmp_path: Path) -> None:
    """And a member that it does not name has the value that it is called."""
    declared = {"propertyName": "kind", "mapping": {"x": "#/components/schemas/A", "y": "A"}}
    found = told_by(tmp_path, {"oneOf": REFERENCES, "discriminator": declared}, A=KIND, B=KIND)

    assert found == Discriminator(property_name="kind", mapping=(("x", 0), ("y", 0), ("B", 1)))


def test_values_that_members_list_go_before_what_they_are_called(tmp_path: Path) -> None:
    """The document forgot the mapping."""
    listing = {"type": "object", "properties": {"kind": {"type": "string", "enum": ["b1", "b2"]}}}
    found = told_by(tmp_path, {"oneOf": REFERENCES, "discriminator": {"propertyName": "kind"}}, A=KIND, B=listing)

    assert found.mapping == (("A", 0), ("b1", 1), ("b2", 1))


def test_a_property_with_values_of_its_own_tells_members_apart(tmp_path: Path) -> None:
    """Without any discriminator, and where none is required."""
    first = {"type": "object", "properties": {"n": {"type": "string"}, "kind": {"const": 1}}}
    second = {"type": "object", "properties": {"n": {"type": "string"}, "kind": {"enum": [2, 3]}}}
    found = told_by(tmp_path, {"oneOf": REFERENCES}, A=first, B=second)

    assert found == Discriminator(property_name="kind", mapping=((1, 0), (2, 1), (3, 1)))


def test_objects_among_other_members_are_told_apart_too(tmp_path: Path) -> None:
    """As a union within the union."""
    members = [{"type": "string"}, *({"properties": {"kind": {"const": one}}} for one in ("a", "b"))]
    api, said = lower_text(tmp_path, {"Holder": {"type": "object", "properties": {"it": {"anyOf": members}}}})

    assert said == []
    assert {one.name for one in api.schemas} >= {"Holder.it.object", "Holder.it.object.a", "Holder.it.object.b"}


def test_what_extends_a_schema_is_meant_wherever_that_is_referred_to(tmp_path: Path) -> None:
    """Unless in the `allOf` of those that extend it; schemas that extend those count too."""
    base = {**KIND, "discriminator": {"propertyName": "kind", "mapping": {"one": "A"}}}
    schemas = {
        "Base": base,
        "A": {"allOf": [{"$ref": "#/components/schemas/Base"}]},
        "B": {"allOf": [{"$ref": "#/components/schemas/A"}, {"properties": {"b": {"type": "integer"}}}]},
        "Holder": {"type": "object", "properties": {"it": {"$ref": "#/components/schemas/Base"}}},
    }
    api, said = lower_text(tmp_path, schemas)
    union = next(one.schema for one in api.schemas if one.name == "any Base")

    assert said == []
    assert getattr(member(api, "Holder", "it"), "name", "") == "any Base"
    assert isinstance(union, UnionSchema)
    assert union.discriminator == Discriminator(property_name="kind", mapping=(("one", 1), ("B", 2), ("Base", 0)))


def test_members_that_only_require_are_a_note(tmp_path: Path) -> None:
    """No type can say which of two members must be there."""
    required = [{"required": ["a"]}, {"required": ["b"]}]
    properties = {"a": {"type": "string"}, "b": {"type": "string"}}
    api, said = lower_text(tmp_path, {"It": {"type": "object", "properties": properties, "anyOf": required}})

    assert said == []
    assert [one.keyword for one in api.schemas[0].schema.info.assertions] == ["anyOf"]


def test_two_unions_at_once_are_what_both_allow(tmp_path: Path) -> None:
    """Text is the only member of both."""
    schema = lower_member(
        tmp_path, {"oneOf": [{"type": "string"}, {"type": "integer"}], "anyOf": [{"type": "string"}, {"type": "null"}]}
    )

    assert isinstance(schema, StringSchema)


def test_an_object_stands_for_its_member(tmp_path: Path) -> None:
    """Beside exactly one other schema."""
    wrapped = {"type": "object", "properties": {"status": {"type": "string"}}, "x-specloom-stands-for": "status"}
    schema = lower_member(tmp_path, {"oneOf": [{"type": "string"}, wrapped]})

    assert isinstance(schema, StandInSchema)
    assert (schema.member, type(schema.value)) == ("status", StringSchema)


def test_a_dynamic_reference_leads_to_the_schema_around_it(tmp_path: Path) -> None:
    """In the words of the draft of 2019 and of 2020."""
    items = {"oneOf": [{"type": "string"}, {"$recursiveRef": "#"}]}
    old = {"type": "object", "$recursiveAnchor": True, "properties": {"it": {"type": "array", "items": items}}}
    new = {"type": "object", "$dynamicAnchor": "node", "properties": {"it": {"$dynamicRef": "#node"}}}
    api, said = lower_text(tmp_path, {"Old": old, "New": new})

    assert said == []
    assert getattr(member(api, "New", "it"), "name", "") == "New"
    assert [getattr(one, "name", "") for one in member(api, "Old", "it").items.members] == ["", "Old"]  # type: ignore[union-attr]
