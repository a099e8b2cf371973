"""References by `$id` and by anchor (JSON Schema 2020-12, section 8.2) -> references by place, which all else reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

from specloom.document.edits import Drop, Edits, Put
from specloom.document.grammar import REFERABLE, Found, Kind, below
from specloom.document.pointers import ANCHORS, join, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.source import Source

_WORDS: Final = ('$id"', "$id:", "$id'", "$anchor", "$dynamicAnchor", "$self")
_DATA: Final = ("example", "examples", "default", "enum", "const")
_MAPS: Final = (["properties"], ["patternProperties"], ["$defs"], ["definitions"])


class _Step(NamedTuple):
    """An object, and the pointer of the schema with an `$id` that it stands in; empty for the document."""

    pointer: str
    value: dict[str, Any]
    kind: Kind
    within: str


def refer_by_place(source: Source) -> Source:
    """Write the references of a file as JSON pointers where they go by `$id` or anchor; the `$id` are dropped.

    A file that is no document of OpenAPI may hold anything: what is a mapping there and not data counts as a schema.

    What leads nowhere is left as it is, to be reported as other references are. A pointer within a schema that has
    an `$id` counts from there; where it leads to nothing, it counts from the top, for many are written like that.
    """
    if not any(word in text.text for text in source.texts for word in _WORDS):
        return source
    known = _Identifiers(source.value)
    edits = Edits()
    for pointer, reference, within in known.references:
        place = known.place_of(reference, within)
        if place is not None:
            edits.add({pointer: Put("#" + place.replace("%", "%25"))})
    for pointer in known.identified:
        edits.add({f"{pointer}/$id": Drop()})
    return edits.apply(source) if edits else source


class _Identifiers:
    """The schemas of a document by their identifiers, and the references that are to be looked up there.

    Attributes:
        bases: The address of every schema that has one, by its pointer; that of the document under an empty one.
        references: Pointer, text, and the pointer of the schema with an `$id` that it stands in.
        identified: The pointers of the schemas that have an `$id`.
    """

    def __init__(self, root: dict[str, Any]) -> None:
        declared = root.get("$self")
        self.bases = {"": declared if isinstance(declared, str) else ""}
        self.references: list[tuple[str, str, str]] = []
        self.identified: list[str] = []
        self._root = root
        self._resources = {self.bases[""]: ""}
        self._anchors: dict[tuple[str, str], str] = {}
        self._is_document = "openapi" in root
        self._read(_Step("", root, Kind.DOCUMENT if self._is_document else Kind.SCHEMA, ""))

    def place_of(self, reference: str, within: str) -> str | None:
        """The pointer that a reference leads to; `None` where it needs no identifier, or leads nowhere."""
        path, _, fragment = reference.partition("#")
        resource = self._resources.get(urljoin(self.bases[within], path)) if path else within
        if resource is None or not (path or within or fragment[:1] not in ("", "/")):
            return None
        if not fragment:
            return resource
        if not fragment.startswith("/"):
            return self._anchors.get((resource, unquote(fragment)))
        pointer = resource + unquote(fragment)
        return pointer if self._has(pointer) else None

    def _has(self, pointer: str) -> bool:
        value: Any = self._root
        for key in split(pointer):
            if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
                value = value[int(key)]
            elif isinstance(value, dict) and key in value:
                value = value[key]
            else:
                return False
        return True

    def _read(self, top: _Step) -> None:
        waiting = [top]
        while waiting:
            step = waiting.pop()
            within = self._identified(step) if step.kind is Kind.SCHEMA else step.within
            self.references += ((pointer, text, within) for pointer, text in _references(step))
            inside = [
                _Step(join(step.pointer, *found.keys), found.value, found.kind, within)
                for found in (below(step.value, step.kind) if self._is_document else _anything_below(step))
                if isinstance(found.value, dict)
            ]
            waiting += reversed(inside)

    def _identified(self, step: _Step) -> str:
        """Take note of what a schema is called; tell which identified schema it stands in."""
        within, declared = step.within, step.value.get("$id")
        if isinstance(declared, str):
            address = urldefrag(urljoin(self.bases[within], declared)).url
            # Of two schemas with one `$id` the second keeps it, and that is reported.
            if self._resources.setdefault(address, step.pointer) == step.pointer:
                within = step.pointer
                self.bases[within] = address
                self.identified.append(within)
        for key in ANCHORS:
            if isinstance(step.value.get(key), str):
                self._anchors.setdefault((within, step.value[key]), step.pointer)
        return within


def _anything_below(step: _Step) -> Iterator[Found]:
    """List the mappings in one of a file of which nothing is known; values that are data are passed over."""
    holds_names = split(step.pointer)[-1:] in _MAPS
    waiting: list[tuple[tuple[str, ...], Any]] = [
        ((key,), value) for key, value in step.value.items() if holds_names or key not in _DATA
    ]
    while waiting:
        keys, value = waiting.pop()
        if isinstance(value, list):
            waiting += [((*keys, str(index)), one) for index, one in enumerate(value)]
        elif isinstance(value, dict):
            kind = Kind.DISCRIMINATOR if keys == ("discriminator",) and not holds_names else Kind.SCHEMA
            yield Found(keys, value, kind, named=False)


def _references(step: _Step) -> Iterator[tuple[str, str]]:
    held = step.value.get("$ref")
    if step.kind in REFERABLE and isinstance(held, str):
        yield f"{step.pointer}/$ref", held
    if step.kind is not Kind.DISCRIMINATOR:
        return
    mapping = step.value.get("mapping")
    named = {("mapping", name): one for name, one in mapping.items()} if isinstance(mapping, dict) else {}
    for keys, one in (*named.items(), (("defaultMapping",), step.value.get("defaultMapping"))):
        if isinstance(one, str) and ("#" in one or ":" in one):
            yield join(step.pointer, *keys), one
