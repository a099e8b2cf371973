"""The place of a flaw in its document, and what can be cut out around it."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from specloom.document.build import quoted
from specloom.document.edits import Drop, Put
from specloom.document.grammar import Kind, below
from specloom.document.pointers import join, split
from specloom.document.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specloom.document.document import Document, Node
    from specloom.document.edits import Edit
    from specloom.document.validate import Flaw

_KEPT: Final = frozenset(
    (Kind.DOCUMENT, Kind.PATHS, Kind.PATH_ITEM, Kind.OPERATION, Kind.COMPONENTS, Kind.INFO, Kind.RESPONSES)
)
# What stands for an object that cannot be kept, where it cannot be left out either.
STAND_INS: Final[dict[Kind, Any]] = {
    Kind.SCHEMA: {},
    Kind.RESPONSE: {"description": ""},
    Kind.REQUEST_BODY: {"content": {"application/json": {}}},
    Kind.MEDIA_TYPE: {},
    Kind.PATH_ITEM: {},
}


_SHOWN: Final = 200


def any_value(written: Any) -> dict[str, Any]:
    """A schema that takes any value, and says to people what the document has in its place."""
    return {} if says_nothing(written) else {"description": described(written)}


def described(written: Any) -> str:
    """What a schema says to people, with all that it says to machines, for these cannot read it."""
    own = written.get("description") if isinstance(written, dict) else None
    said = f"In the document this cannot be read: {quoted(json.dumps(written, ensure_ascii=False), _SHOWN)}"
    return f"{own}\n\n{said}" if isinstance(own, str) else said


def says_nothing(schema: Any) -> bool:
    """Tell whether a schema takes any value already."""
    return isinstance(schema, dict) and schema.keys() <= {"description"}


class Repair(NamedTuple):
    """What is done about a flaw.

    Args:
        changes: By pointer; all of them in the file of the flaw.
        said: The hint that tells people.
    """

    changes: Mapping[str, Edit]
    said: str


class Places:
    """Finds the places of flaws in a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._files = {text.name: key for key, source in document.sources.items() for text in source.texts}
        self._references: dict[str, dict[str, list[tuple[str, str]]]] = {}
        self._taken: dict[tuple[str, str], dict[str, int]] = {}

    @cached_property
    def kinds(self) -> dict[tuple[str, str], Kind]:
        """What is to stand where: the kind of every object, by file and pointer, whatever stands there instead."""
        found = {(self.document.entry, ""): Kind.DOCUMENT}
        for node, kind in walk(self.document):
            found[node.identity] = kind
            for one in below(node.value, kind):
                found[node.file, join(node.pointer, *one.keys)] = one.kind
        return found

    def references(self, file: str) -> Mapping[str, Sequence[tuple[str, str]]]:
        """List what refers to each component within a file: where, and the pointer that it says, by the component's."""
        known = self._references.get(file)
        if known is None:
            known = self._references[file] = {}
            for pointer, reference in _references(self.document.top(file).value):
                path, hash_, fragment = reference.partition("#")
                plain = unquote(fragment)
                if not path and hash_:
                    known.setdefault("/".join(plain.split("/")[:4]), []).append((pointer, plain))
        return known

    def free_name(self, holder: Place, wanted: str) -> str:
        """A key that nothing in a mapping has, nor has been given here; one name is given to nobody twice."""
        taken = self._taken.setdefault(holder.identity, dict.fromkeys(holder.value, 1))
        name = wanted
        while name in taken:
            taken[wanted] += 1
            name = f"{wanted}_{taken[wanted]}"
        taken[name] = 1
        return name

    def of(self, flaw: Flaw) -> Place | None:
        """Find the place of a flaw; None where it is in no file of the document."""
        location = flaw.diagnostic.location
        file = self._files.get(location.file)
        return None if file is None else Place(self, file, location.pointer)


class Place:
    """A pointer in a file of a document."""

    def __init__(self, places: Places, file: str, pointer: str) -> None:
        self.places = places
        self.file = file
        self.pointer = pointer

    @property
    def identity(self) -> tuple[str, str]:
        """File and pointer."""
        return self.file, self.pointer

    @property
    def keys(self) -> list[str]:
        """The steps of the pointer."""
        return split(self.pointer)

    @property
    def name(self) -> str:
        """The last step; empty for the top of a file."""
        return self.keys[-1] if self.pointer else ""

    @property
    def holder(self) -> Place:
        """What the value stands in."""
        return Place(self.places, self.file, self.pointer.rpartition("/")[0])

    @property
    def node(self) -> Node | None:
        """What stands there."""
        return self.places.document.look_up(self.file, self.pointer) if self.pointer else self._top

    @property
    def value(self) -> Any:
        """The plain value; None where there is none."""
        node = self.node
        return None if node is None else node.value

    @property
    def kind(self) -> Kind | None:
        """What kind of object stands there; None for what is no object."""
        return self.places.kinds.get(self.identity)

    @property
    def _top(self) -> Node:
        return self.places.document.top(self.file)

    def drop(self, said: str = "") -> Repair:
        """Leave out the key or the element."""
        return Repair({self.pointer: Drop()}, said or f"left out: {self._shown()}")

    def put(self, value: Any, said: str) -> Repair:
        """Put another value in place of what stands there."""
        return Repair({self.pointer: Put(value)}, said)

    def cut(self, levels: int) -> Repair | None:
        """Leave out what stands some levels above, or the nearest around it that can be spared.

        Returns:
            None where nothing is left that could be spared: an operation, and what holds it, always is kept.
        """
        place = self
        for _ in range(levels):
            place = place.holder
        while place.pointer:
            kind = place.kind
            is_kept = kind in _KEPT or place.holder.kind is Kind.COMPONENTS
            if is_kept and isinstance(place.value, dict):
                return None
            if kind is Kind.SCHEMA and not says_nothing(place.value):
                return place.put(any_value(place.value), f"taken as {_STANDS_FOR[kind]}")
            if kind in STAND_INS and kind is not Kind.SCHEMA and place.value != STAND_INS[kind]:
                return place.put(STAND_INS[kind], f"taken as {_STANDS_FOR[kind]}")
            if kind not in STAND_INS:
                return place.drop()
            place = place.holder
        return None

    def _shown(self) -> str:
        kind = self.kind
        key = quoted(self.name)
        if self.name.isdecimal():
            return f"the element {self.name} of {quoted(self.holder.name)}"
        return f"the key {key}" if kind is None else f"the {kind.value.replace('-', ' ')} {key}"


_STANDS_FOR: Final = {
    Kind.SCHEMA: "any value",
    Kind.RESPONSE: "a response that nothing is known of",
    Kind.REQUEST_BODY: "a body of any JSON",
    Kind.MEDIA_TYPE: "content that nothing is known of",
    Kind.PATH_ITEM: "a path without operations",
}


def _references(root: Any) -> Iterator[tuple[str, str]]:
    """List every text under `$ref`, and every value in a `mapping`, with its pointer."""
    stack: list[tuple[str, Any]] = [("", root)]
    while stack:
        pointer, value = stack.pop()
        if isinstance(value, dict):
            for key, held in value.items():
                if isinstance(held, str):
                    if key == "$ref" or pointer.endswith("/discriminator/mapping"):
                        yield join(pointer, key), held
                else:
                    stack.append((join(pointer, key), held))
        elif isinstance(value, list):
            stack.extend((join(pointer, index), held) for index, held in enumerate(value))
