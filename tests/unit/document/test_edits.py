"""Changes are made at once, and what they leave alone keeps its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.document import Source, parse_source
from specloom.document.edits import Drop, Edits, Put, Rename

if TYPE_CHECKING:
    from specloom.document.edits import Edit

TEXT = "a:\n  one: 1\n  two: {x: 2}\nlist:\n- p\n- q: 3\n- r\n"


def source(name: str = "file.yaml", text: str = TEXT) -> Source:
    """Read a text that has no fault."""
    read, found = parse_source(text, name=name)
    assert found == ()
    assert read is not None
    return read


def changed(changes: dict[str, Edit], read: Source | None = None) -> Source:
    """Apply changes, each of which is taken."""
    edits = Edits()
    for pointer, edit in changes.items():
        assert edits.add({pointer: edit})
    return edits.apply(read or source())


def at(read: Source, pointer: str) -> tuple[int, int]:
    """Where the key of a value stands."""
    location = read.key_location(pointer)
    return location.line, location.column


def test_all_changes_are_of_the_values_as_they_were() -> None:
    """The index of an element is that before any other is dropped."""
    read = changed({"/list/0": Drop(), "/list/2": Put("new"), "/a/one": Rename("uno"), "/list/-": Put("end")})

    assert read.value == {"a": {"uno": 1, "two": {"x": 2}}, "list": [{"q": 3}, "new", "end"]}
    assert list(read.value["a"]) == ["uno", "two"]


def test_what_is_left_alone_keeps_its_place_and_what_is_new_has_that_of_its_holder() -> None:
    """Positions are changed as values are, and only when one is asked for."""
    read = changed({"/list/0": Drop(), "/a/one": Rename("uno"), "/a/three": Put({"y": 1}), "/list/-": Put("end")})

    assert [at(read, "/list/0/q"), at(read, "/a/uno"), at(read, "/a/two/x")] == [(6, 3), (2, 3), (3, 9)]
    assert at(read, "/a/three/y") == at(read, "/a")
    assert at(read, "/list/2") == at(read, "/list")


def test_a_copy_is_found_where_it_is_put_and_inside_where_it_was_written() -> None:
    """Who reads a message about a member looks at the member."""
    read = changed({"/a/one": Put({"x": 2}, "/a/two")})

    assert [at(read, "/a/one"), at(read, "/a/one/x")] == [(2, 3), (3, 9)]


def test_a_text_of_json_has_the_same_places() -> None:
    """The positions of JSON are found late, and changed then."""
    read = changed({"/b": Drop()}, source("file.json", '{"a": [1],\n "b": 2,\n "c": {"d": 3}}'))

    assert read.value == {"a": [1], "c": {"d": 3}}
    assert [at(read, "/a/0"), at(read, "/c/d")] == [(1, 8), (3, 8)]


@pytest.mark.parametrize(
    ("first", "second", "is_taken"),
    [
        ({"/a": Drop()}, {"/a/one": Drop()}, False),
        ({"/a/one": Drop()}, {"/a": Drop()}, False),
        ({"/a/one": Drop()}, {"/a/one": Put(1)}, False),
        ({"/a": Rename("b")}, {"/a/one": Drop()}, True),
        ({"/list/-": Put(1)}, {"/list/-": Put(2)}, True),
        ({"/a/one": Drop()}, {"/list/0": Drop(), "/a/one": Drop()}, False),
    ],
)
def test_no_change_is_made_inside_another(first: dict[str, Edit], second: dict[str, Edit], is_taken: bool) -> None:
    """Changes that belong together are taken all or none; what is renamed may change inside."""
    edits = Edits()

    assert edits.add(first)
    assert edits.add(second) is is_taken


def test_what_was_read_does_not_change() -> None:
    """Values are shared by whoever holds the document."""
    read = source()
    changed({"/a/two/x": Put(4), "/list/1/q": Drop()}, read)

    assert read.value == source().value
