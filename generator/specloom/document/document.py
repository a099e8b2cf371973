"""A document as written: its files, and a cursor that walks them and follows references."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from specloom.document.pointers import escape, find_anchor, join, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.document.source import Source
    from specloom.location import Location


class UnresolvedReferenceError(LookupError):
    """A reference was followed that leads nowhere or in a circle; `load_document` lets no such document through."""


class Node:
    """A value of a document at its place. Nodes are equal where file and pointer are.

    Args:
        document: The document that the value is part of.
        file: The key of the file in `Document.sources`.
        pointer: The JSON pointer of the value within the file.
        value: The plain value; shared and read-only.
    """

    __slots__ = ("document", "file", "pointer", "value")

    def __init__(self, document: Document, file: str, pointer: str, value: Any) -> None:
        self.document = document
        self.file = file
        self.pointer = pointer
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and self.pointer == other.pointer and self.file == other.file

    def __hash__(self) -> int:
        return hash((self.file, self.pointer))

    def __repr__(self) -> str:
        return f"Node({self.file}#{self.pointer})"

    @property
    def identity(self) -> tuple[str, str]:
        """The key of the file and the pointer: equal for the same place, whichever way led there."""
        return self.file, self.pointer

    @property
    def source(self) -> Source:
        """The file that the value stands in."""
        return self.document.sources[self.file]

    @property
    def location(self) -> Location:
        """Where the value starts."""
        return self.source.location(self.pointer)

    @property
    def key_location(self) -> Location:
        """Where the key of the value starts; the value itself for elements of a list and for a root."""
        return self.source.key_location(self.pointer)

    @property
    def name(self) -> str:
        """The last key of the pointer; empty for a root."""
        return split(self.pointer)[-1] if self.pointer else ""

    def get(self, key: str | int) -> Node | None:
        """Step to the value of a key (or to an element, by its index); None where there is none."""
        value = self.value
        if isinstance(value, dict):
            if key in value:
                return Node(self.document, self.file, f"{self.pointer}/{escape(str(key))}", value[key])
        elif isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
            return Node(self.document, self.file, f"{self.pointer}/{key}", value[key])
        return None

    def child(self, key: str | int) -> Node:
        """Step to the value of a key (or to an element, by its index).

        Raises:
            KeyError: There is none.
        """
        found = self.get(key)
        if found is None:
            raise KeyError(f"{self.file}#{join(self.pointer, key)}")
        return found

    def descend(self, keys: tuple[str | int, ...]) -> Node:
        """Take several steps at once.

        Raises:
            KeyError: One of them leads nowhere.
        """
        value = self.value
        for key in keys:
            value = value[key]
        return Node(self.document, self.file, join(self.pointer, *keys), value)

    def items(self) -> Iterator[tuple[str, Node]]:
        """List the keys of a mapping with their values in the order of the text; nothing for other values."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Node(self.document, self.file, f"{self.pointer}/{escape(key)}", value)

    def elements(self) -> Iterator[Node]:
        """List the elements of a list; nothing for other values."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield Node(self.document, self.file, f"{self.pointer}/{index}", value)

    @property
    def is_reference(self) -> bool:
        """Whether the value is a mapping with a text under `$ref`. Ask only where OpenAPI allows a reference."""
        return isinstance(self.value, dict) and isinstance(self.value.get("$ref"), str)

    def target(self) -> Node:
        """Follow the reference by one hop.

        Raises:
            UnresolvedReferenceError: It is no reference, or leads nowhere.
        """
        reference = self.value["$ref"] if self.is_reference else None
        found = None if reference is None else self.at(reference)
        if found is None:
            raise UnresolvedReferenceError(f"{self.file}#{self.pointer}: {reference}")
        return found

    def resolved(self) -> Node:
        """Follow references to the first value that is none; the node itself where it is none.

        Raises:
            UnresolvedReferenceError: A reference leads nowhere or in a circle.
        """
        node, passed = self, {self.identity}
        while node.is_reference:
            node = node.target()
            if node.identity in passed:
                raise UnresolvedReferenceError(f"{self.file}#{self.pointer}: circle")
            passed.add(node.identity)
        return node

    def at(self, reference: str, *, through: bool = False) -> Node | None:
        """Look up a reference (`file.yaml#/a/b`, `#/a/b`) or a bare pointer (`/a/b`) as seen from this file.

        Args:
            reference: What to look up.
            through: Follow references that stand on the way, which a JSON pointer alone does not.

        Returns:
            The node, or None where nothing is there.
        """
        return self.document.look_up(self.file, reference, through=through)


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """All files of one API description, loaded; every reference in it leads somewhere.

    Args:
        entry: The key of the file that was asked for.
        sources: Every file that was read, by its path from the allowed folder, with `/`.
        links: Which file a relative path in a reference leads to: (file, path as written) -> file.
    """

    entry: str
    sources: Mapping[str, Source]
    links: Mapping[tuple[str, str], str] = field(default_factory=dict)
    _found: dict[tuple[str, str], Node] = field(default_factory=dict, repr=False)

    @property
    def root(self) -> Node:
        """The top of the entry file."""
        return self.top(self.entry)

    def top(self, file: str) -> Node:
        """The top of a file, by its key in `sources`."""
        return Node(self, file, "", self.sources[file].value)

    @property
    def version(self) -> str | None:
        """Major and minor version of the specification it declares (`3.1`), or None where there is none."""
        value = self.root.value
        declared = value.get("openapi", value.get("swagger"))
        if not isinstance(declared, str):
            return None
        parts = declared.split(".")
        return ".".join(parts[:2]) if len(parts) >= 2 and all(part[:1].isdecimal() for part in parts) else None

    def look_up(self, file: str, reference: str, *, through: bool = False) -> Node | None:
        """Find what a reference or a bare pointer in a file leads to; None where nothing is there."""
        if not through:
            known = self._found.get((file, reference))
            if known is not None:
                return known
        path, _, fragment = reference.partition("#") if not reference.startswith("/") else ("", "", reference)
        target = self._file(file, path) if path else file
        if target is None:
            return None
        pointer: str | None = unquote(fragment) if reference[:1] != "/" else fragment
        if fragment and not fragment.startswith("/"):
            pointer = find_anchor(self.sources[target].value, unquote(fragment))
        if pointer is None:
            return None
        node = self._walk(self.top(target), split(pointer), through)
        if node is not None and not through:
            self._found[file, reference] = node
        return node

    def _file(self, file: str, path: str) -> str | None:
        known = self.links.get((file, path))
        if known is None:
            lexical = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(path)))
            known = lexical if lexical in self.sources else None
        return known

    def _walk(self, top: Node, keys: list[str], through: bool) -> Node | None:
        node: Node | None = top
        for key in keys:
            assert node is not None
            if through and node.is_reference:
                node = node.resolved()
            node = node.get(int(key) if isinstance(node.value, list) and is_index(key) else key)
            if node is None:
                return None
        return node


def is_index(step: str) -> bool:
    """Tell whether a step of a pointer can be the index of an element (RFC 6901, section 4)."""
    return step.isascii() and step.isdecimal() and len(step) < 10 and (step == "0" or step[0] != "0")
