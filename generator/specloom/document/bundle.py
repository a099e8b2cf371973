"""One self-contained dict of a document that may be many files, with the way back to the files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from specloom.document.grammar import FIELDS, REFERABLE, Kind, below
from specloom.document.pointers import join, split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.document.document import Document, Node
    from specloom.document.grammar import Found

_SECTIONS: Final = {slot.kind: name for name, slot in FIELDS[Kind.COMPONENTS].items()}
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9._-]+")
_MAX_HOPS: Final = 200


class Bundle:
    """A document as one dict whose references all stay within it.

    Args:
        document: The document that was bundled.
        value: The dict; what needed no change is shared with the document.
        origins: Where a value came from that does not stand in the dict where it stands in its file, by `id`.
    """

    __slots__ = ("_document", "_origins", "value")

    def __init__(self, document: Document, value: dict[str, Any], origins: dict[int, tuple[str, str]]) -> None:
        self._document = document
        self._origins = origins
        self.value = value

    def origin(self, keys: Iterable[str | int]) -> tuple[str, str]:
        """Map a path in the dict to file and pointer.

        References are followed where a step needs it, as a validator does that walks through them. Steps that lead
        nowhere are kept, so that a location falls back on the nearest ancestor.
        """
        hops = 0
        place: tuple[str, str] = (self._document.entry, "")
        value: Any = self.value
        steps = list(keys)[::-1]
        while steps:
            key = steps.pop()
            follows = isinstance(value, dict) and key not in value and isinstance(value.get("$ref"), str)
            if follows and hops < _MAX_HOPS:
                hops += 1
                steps.append(key)
                steps.extend(split(unquote(value["$ref"].partition("#")[2]))[::-1])
                place, value = (self._document.entry, ""), self.value
                continue
            value = _step(value, key)
            place = self._origins.get(id(value)) or (place[0], join(place[1], key))
        return place


def _step(value: Any, key: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and str(key).isdecimal() and int(key) < len(value):
        return value[int(key)]
    return None


def bundle(document: Document) -> Bundle:
    """Make one dict of a document: what stands in other files moves into `components`, path items to their paths.

    A document of one file is its own bundle. Names given to what moves are those of the references, made different
    where they collide; they are for the validator alone. An external path item is written out at the first place
    that refers to it, and is empty at others: there is nothing more to find in it.
    """
    if len(document.sources) == 1 and not document.links:
        return Bundle(document, document.root.value, {})
    return _Bundler(document).run()


class _Task(NamedTuple):
    node: Node
    kind: Kind
    copy: dict[str, Any]


class _Bundler:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._value: dict[str, Any] = {}
        self._origins: dict[int, tuple[str, str]] = {}
        self._moved: dict[tuple[tuple[str, str], Kind], str] = {}
        self._written: set[tuple[str, str]] = set()
        self._names: dict[str, set[str]] = {}
        self._tasks: list[_Task] = []
        self._siblings = document.version != "3.0"

    def run(self) -> Bundle:
        root = self._document.root
        self._value = dict(root.value)
        components = self._value.get("components")
        self._value["components"] = dict(components) if isinstance(components, dict) else {}
        for section, held in self._value["components"].items():
            if isinstance(held, dict):
                self._value["components"][section] = dict(held)
                self._names[section] = set(held)
        self._tasks.append(_Task(root, Kind.DOCUMENT, self._value))
        while self._tasks:
            self._fill(self._tasks.pop())
        if not self._value["components"]:
            del self._value["components"]
        return Bundle(self._document, self._value, self._origins)

    def _fill(self, task: _Task) -> None:
        """Replace what a copied mapping holds by copies or by references within the bundle."""
        copied: set[int] = set()
        for found in below(task.node.value, task.kind):
            if not isinstance(found.value, dict) or found.kind is Kind.EXTENSION:
                continue
            holder: Any = task.copy
            for key in found.keys[:-1]:
                inner = holder[key]
                if id(inner) not in copied:
                    already = inner is not _step(task.node.value, key)
                    inner = holder[key] = inner if already else inner.copy()
                    copied.add(id(inner))
                holder = inner
            holder[found.keys[-1]] = self._place(task.node, found)

    def _place(self, parent: Node, found: Found) -> dict[str, Any]:
        node = parent.descend(found.keys)
        if found.kind not in REFERABLE or not node.is_reference:
            if found.kind is Kind.COMPONENTS and node.file == self._document.entry:
                held: dict[str, Any] = self._value["components"]
                self._tasks.append(_Task(node, found.kind, held))
                return held
            return self._copy(node, found.kind)
        if found.kind is Kind.PATH_ITEM and node.target().file != self._document.entry:
            return self._written_out(node.resolved())
        return self._reference(node, found.kind)

    def _reference(self, node: Node, kind: Kind) -> dict[str, Any]:
        target = node.target()
        if target.file == self._document.entry:
            address = target.pointer.replace("%", "%25")
        else:
            section = _SECTIONS[kind]
            address = f"/components/{section}/{self._move(target, kind, section)}"
        copy = {**node.value, "$ref": f"#{address}"}
        if kind is Kind.SCHEMA and self._siblings:
            self._tasks.append(_Task(node, kind, copy))
        return copy

    def _copy(self, node: Node, kind: Kind) -> dict[str, Any]:
        copy = dict(node.value)
        self._tasks.append(_Task(node, kind, copy))
        return copy

    def _written_out(self, target: Node) -> dict[str, Any]:
        if target.identity in self._written or not isinstance(target.value, dict):
            return {}
        self._written.add(target.identity)
        copy = self._copy(target, Kind.PATH_ITEM)
        self._origins[id(copy)] = target.identity
        return copy

    def _move(self, target: Node, kind: Kind, section: str) -> str:
        known = self._moved.get((target.identity, kind))
        if known is not None:
            return known
        taken = self._names.setdefault(section, set())
        base = name = _NOT_IN_NAMES.sub("_", target.name) or "document"
        count = 1
        while name in taken:
            count += 1
            name = f"{base}_{count}"
        taken.add(name)
        self._moved[target.identity, kind] = name
        holder = self._value["components"].setdefault(section, {})
        holder[name] = self._moved_value(target, kind)
        return name

    def _moved_value(self, target: Node, kind: Kind) -> Any:
        if not isinstance(target.value, dict):
            return target.value
        value = self._reference(target, kind) if target.is_reference else self._copy(target, kind)
        self._origins[id(value)] = target.identity
        return value
