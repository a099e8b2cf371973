"""Names of schemas that stand within others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.model import ArraySchema, JsonTextSchema, ReferenceSchema
from tests.unit.lower.lowering import lower_text, member

if TYPE_CHECKING:
    from pathlib import Path

INNER: dict[str, Any] = {"type": "object", "properties": {"n": {"type": "integer"}}}


def named(folder: Path, schemas: dict[str, Any]) -> list[str]:
    """The names that a document of these schemas gives."""
    api, said = lower_text(folder, schemas)

    assert said == []
    return [one.name for one in api.schemas]


def test_a_name_is_that_of_the_holder_and_the_place(tmp_path: Path) -> None:
    """Members, elements, values, text that holds JSON."""
    text = {"type": "string", "contentMediaType": "application/json", "contentSchema": INNER}
    properties = {
        "one": INNER,
        "some": {"type": "array", "items": INNER},
        "by": {"additionalProperties": INNER},
        "t": text,
    }
    names = named(tmp_path, {"Job": {"type": "object", "properties": properties}})

    assert names == ["Job", "Job.one", "Job.some.item", "Job.by.value", "Job.t"]


def test_a_reference_is_left_in_its_place(tmp_path: Path) -> None:
    """At any depth."""
    text = {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"type": "array", "items": INNER},
    }
    api, _ = lower_text(tmp_path, {"Job": {"type": "object", "properties": {"t": text}}})
    held = member(api, "Job", "t")

    assert isinstance(held, JsonTextSchema)
    assert isinstance(held.content, ArraySchema)
    assert isinstance(held.content.items, ReferenceSchema)
    assert held.content.items.name == "Job.t.item"


def test_members_of_a_union_are_named_by_title_by_value_or_by_place(tmp_path: Path) -> None:
    """In that order."""
    members = [
        {**INNER, "title": "Left", "required": ["n"]},
        {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "right"}}},
        {"type": "object", "required": ["z"], "properties": {"z": {"type": "string"}}},
    ]

    assert named(tmp_path, {"Job": {"type": "object", "properties": {"it": {"oneOf": members}}}}) == [
        "Job",
        "Job.it.Left",
        "Job.it.right",
        "Job.it.option.3",
    ]


def test_another_schema_renames_none(tmp_path: Path) -> None:
    """Names are facts of the document, not of order."""
    alone = named(tmp_path, {"Job": {"type": "object", "properties": {"a": INNER, "b": INNER}}})
    grown = {"type": "object", "properties": {"new": INNER, "a": INNER, "b": INNER}}
    more = named(tmp_path, {"Another": grown, "Job": grown})

    assert set(alone) <= set(more)


def test_what_needs_no_name_gets_none(tmp_path: Path) -> None:
    """Lists, maps and single values are written where they are used."""
    schemas = {
        "Text": {"type": "string"},
        "Map": {"additionalProperties": {"type": "string"}},
        "List": {"type": "array", "items": {"$ref": "#/components/schemas/Text"}},
        "Numbers": {"type": "number", "enum": [0.5, 1.5]},
    }

    assert named(tmp_path, schemas) == []
