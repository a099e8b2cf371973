"""Names of schemas that stand within others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specloom.lower.members import place
from specloom.model import ArraySchema, EnumSchema, JsonTextSchema, ObjectSchema, ReferenceSchema
from tests.unit.lower.lowering import lower_text, member

if TYPE_CHECKING:
    from pathlib import Path

INNER: dict[str, Any] = {"type": "object", "properties": {"n": {"type": "integer"}}}


def named(folder: Path, schemas: dict[str, Any]) -> list[str]:
    """The names that a document of these schemas gives."""
    api, said = lower_text(folder, schemas)

    assert said == []
    return [one.name for one in api.schemas]


def test_what_stands_in_a_component_is_called_after_it_wherever_that_is_used(tmp_path: Path) -> None:
    """Though the component is no class: each is one class, and a union of them has its name."""
    other = {"type": "object", "required": ["m"], "properties": {"m": {"type": "integer"}}}
    text = {"type": "string", "contentMediaType": "application/json", "contentSchema": INNER}
    used = {"some": "Some", "again": "Some", "either": "Either", "t": "T"}
    properties = {key: {"$ref": f"#/components/schemas/{one}"} for key, one in used.items()}
    some = {"type": "array", "items": INNER}
    either = {"oneOf": [{**INNER, "required": ["n"]}, other]}
    holder = {"type": "object", "properties": properties}
    names = named(tmp_path, {"Job": holder, "Some": some, "Either": either, "T": text})

    assert names == ["Some.item", "Either.with.n", "Either.with.m", "Either", "T", "Job"]


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


OBJECT: dict[str, Any] = {"type": "object"}
TEXT: dict[str, Any] = {"type": "string"}


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([{**INNER, "title": "Left"}, {**INNER, "title": "Right"}], ["Left", "Right"]),
        (
            [
                {**OBJECT, "properties": {"op": {"const": "add"}, "kind": {"const": "same"}}},
                {**OBJECT, "properties": {"op": {"enum": ["move"]}, "kind": {"const": "same"}}},
            ],
            ["add", "move"],
        ),
        (
            [
                {**OBJECT, "required": ["type"], "properties": {"type": {"enum": ["a", "b"]}}},
                {**OBJECT, "required": ["type"], "properties": {"type": {"enum": ["c", "d", "e"]}}},
            ],
            ["a.or.b", "a.or.b.type", "c"],
        ),
        (
            [
                {**OBJECT, "required": ["r"], "properties": {"n": TEXT, "r": TEXT}},
                {**OBJECT, "required": ["s"], "properties": {"n": TEXT, "s": TEXT}},
            ],
            ["with.r", "with.s"],
        ),
        ([{"type": "string", "enum": ["x", "y"]}, {"type": "integer"}], ["text"]),
        ([{"type": "array", "items": INNER}, {"type": "integer"}], ["item"]),
        (
            [{"type": "array", "items": INNER}, {"type": "array", "items": {**OBJECT, "properties": {"m": TEXT}}}],
            ["with.n.item", "with.m.item"],
        ),
        ([{**INNER, "title": "A title that is a whole sentence"}, {"type": "integer"}], ["with.n"]),
        ([INNER, INNER, {"type": "integer"}], ["first", "second"]),
    ],
)
def test_a_member_of_a_union_is_named_by_what_sets_it_apart(
    tmp_path: Path, members: list[dict[str, Any]], words: list[str]
) -> None:
    """Its title, a value, a property, its kind; its place only where it is like another."""
    api, _ = lower_text(tmp_path, {"Job": {"type": "object", "properties": {"it": {"oneOf": members}}}})
    kinds = ObjectSchema | EnumSchema
    held = [one.name.removeprefix("Job.it.") for one in api.schemas if isinstance(one.schema, kinds)]

    assert held[1 : len(words) + 1] == words


def test_a_member_that_stands_beside_others_is_named_by_what_it_refers_to(tmp_path: Path) -> None:
    """Though it is no longer what that was."""
    schemas = {
        "Left": {**OBJECT, "properties": {"l": TEXT}},
        "Right": {**OBJECT, "properties": {"r": TEXT}},
    }
    members = [{"$ref": f"#/components/schemas/{name}"} for name in schemas]
    both = {**OBJECT, "properties": {"n": TEXT}, "oneOf": members}
    api, _ = lower_text(tmp_path, {**schemas, "Job": {**OBJECT, "properties": {"it": both}}})

    assert {"Job.it.Left", "Job.it.Right"} <= {one.name for one in api.schemas}


def test_another_member_renames_none(tmp_path: Path) -> None:
    """One that has nothing in common with the others, wherever it stands."""
    members = [{**OBJECT, "properties": {name: TEXT}} for name in ("a", "b")]
    more = [{**OBJECT, "properties": {"c": TEXT}}, *members]
    names = []
    for each in (members, more, more[::-1]):
        api, _ = lower_text(tmp_path, {"Job": {"type": "object", "properties": {"it": {"oneOf": each}}}})
        names.append({one.name for one in api.schemas})

    assert names[0] < names[1] == names[2]


@pytest.mark.parametrize(
    ("index", "word"),
    [(0, "first"), (18, "nineteenth"), (19, "twentieth"), (20, "twenty.first"), (98, "ninety.ninth")],
)
def test_a_place_is_a_word(index: int, word: str) -> None:
    """No digit, which would be one of the document's."""
    assert place(index) == word


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
