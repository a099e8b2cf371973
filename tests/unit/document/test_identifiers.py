"""References by `$id` and anchor are references by place once a document is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.document import load_document, validate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.document.document import Node

    Write = Callable[[dict[str, str]], Path]

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"


def _at(write: Write, pointer: str, *schemas: str, **files: str) -> Node:
    """What a reference leads to, in a document that nothing is wrong with."""
    text = HEAD + "".join(f"    {one}\n" for one in schemas)
    document, found = load_document(
        write({"openapi.yaml": text, **{f"{name}.yaml": one for name, one in files.items()}})
    )
    assert found == ()
    assert document is not None
    assert list(validate(document)) == []
    node = document.root.at(pointer)
    assert node is not None
    return node.target()


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ("#a", "/components/schemas/A/$defs/B"),
        ("#/$defs/B", "/components/schemas/A/$defs/B"),
        ("#", "/components/schemas/A"),
        ("#/components/schemas/C", "/components/schemas/C"),
        ("c", "/components/schemas/C"),
        ("/x/c", "/components/schemas/C"),
        ("https://s.example/x/c", "/components/schemas/C"),
        ("c#d", "/components/schemas/C/properties/d%"),
        ("c#/properties/d%25", "/components/schemas/C/properties/d%"),
        ("deep/e#f", "/components/schemas/A/properties/e/items"),
    ],
)
def test_a_reference_counts_from_the_schema_that_has_an_id(reference: str, place: str, write: Write) -> None:
    """By address, by anchor, by pointer; a pointer that leads nowhere there counts from the top."""
    target = _at(
        write,
        "/components/schemas/A/properties/r",
        "A:",
        "  $id: https://s.example/x/a",
        "  $defs: {B: {$anchor: a}}",
        "  properties:",
        f"    r: {{$ref: '{reference}'}}",
        "    e: {$id: deep/e, items: {$anchor: f}}",
        "C: {$id: 'https://s.example/x/c', properties: {d%: {$anchor: d}}}",
    )

    assert target.pointer == place


def test_an_anchor_of_the_document_is_no_anchor_of_a_schema_with_an_id(write: Write) -> None:
    """Each has its own, also where they are called alike."""
    schemas = ("A: {$id: 'urn:a', $defs: {B: {$anchor: b}}}", "B: {$anchor: b}", "C: {$ref: '#b'}")

    assert _at(write, "/components/schemas/C", *schemas).pointer == "/components/schemas/B"


def test_an_anchor_may_stand_in_another_file(write: Write) -> None:
    """Files have anchors; what refers within a file finds those of that file."""
    other = "x: {$anchor: one, properties: {y: {$ref: '#two'}}}\nz: {$anchor: two}\n"
    target = _at(write, "/components/schemas/A", "A: {$ref: 'other.yaml#one'}", other=other)

    assert (target.file.rpartition("/")[2], target.pointer) == ("other.yaml", "/x")
    assert target.descend(("properties", "y")).target().pointer == "/z"


def test_data_has_no_identifiers(write: Write) -> None:
    """What an example holds is not a schema."""
    schemas = ("A: {example: {$anchor: b, $id: 'urn:x'}}", "B: {$anchor: b, $id: 'urn:x'}", "C: {$ref: 'urn:x#b'}")

    assert _at(write, "/components/schemas/C", *schemas).pointer == "/components/schemas/B"


def test_a_default_mapping_is_a_reference_too(write: Write) -> None:
    """One that leads nowhere is an error at its place."""
    text = HEAD + "    A: {discriminator: {propertyName: a, defaultMapping: '#/components/schemas/B'}}\n"
    _, found = load_document(write({"openapi.yaml": text.replace("3.1.0", "3.2.0")}))

    assert [(one.code, one.location.line) for one in found] == [("SL205", 6)]


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ("https://s.example/x/b", "/B"),
        ("b", "/B"),
        ("b#one", "/B/items"),
        ("#/A", "/A"),
        ("other.yaml#/B", "/B"),
    ],
)
def test_schemas_in_other_files_have_identifiers(reference: str, place: str, write: Write) -> None:
    """They count within their file; what a file may hold of data has none."""
    other = (
        f"A: {{$id: 'https://s.example/x/a', properties: {{r: {{$ref: '{reference}'}}}}, default: {{$id: b}}}}\n"
        "B: {$id: 'https://s.example/x/b', items: {$anchor: one}}\n"
    )
    target = _at(write, "/components/schemas/A", "A: {$ref: 'other.yaml#/A'}", other=other)

    found = target.descend(("properties", "r")).target()
    assert (found.file.rpartition("/")[2], found.pointer) == ("other.yaml", place)
    assert "$id" not in target.value
    assert target.value["default"] == {"$id": "b"}


def test_a_file_that_is_a_schema_may_have_an_identifier(write: Write) -> None:
    """Files beside it are found as ever."""
    properties = "properties: {r: {$ref: third.yaml}, s: {$ref: '#/$defs/t'}}"
    other = f"$id: https://s.example/other.json\n{properties}\n$defs: {{t: {{}}}}\n"
    target = _at(write, "/components/schemas/A", "A: {$ref: other.yaml}", other=other, third="type: string\n")

    assert target.descend(("properties", "r")).target().value == {"type": "string"}
    assert target.descend(("properties", "s")).target().pointer == "/$defs/t"
