"""Of a document, the operations that are wanted and what they need; all else is left out."""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Severity
from specloom.document.document import Document
from specloom.document.edits import Drop, Edits, Put
from specloom.document.grammar import Kind
from specloom.document.pointers import join, split
from specloom.document.resolve import is_mapping_reference
from specloom.document.walk import methods, operations, walk, walk_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from specloom.diagnostics import Diagnostic
    from specloom.document.document import Node
    from specloom.document.walk import Operation
    from specloom.location import Location
    from specloom.reading import Selection, Wanted

_MAX_ROUNDS: Final = 100
_ROOTS: Final = ("paths", "webhooks")


def select(document: Document, selection: Selection) -> tuple[Document, set[Wanted]]:
    """Leave out of a document what is not wanted.

    Returns:
        The document, and what of the selection it has. Where it has nothing of it, no operation is left.
    """
    matched: set[Wanted] = set()
    kept: set[tuple[str, str]] = set()
    for operation in operations(document):
        if operation.under in _ROOTS:
            found = {one for one in selection.wanted if _is_wanted(operation, one, selection)}
            matched |= found
            kept |= {(operation.entry.pointer, operation.method)} if found else set()
    document = _without_far_references(document, kept)
    edits = Edits()
    for pointer in _unwanted(document, kept):
        edits.add({pointer: Drop()})
    document = _edited(document, edits)
    return _edited(document, _unused(document)), matched


def about(selected: Document, document: Document, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Leave out warnings about what a selection has left out of a document.

    Args:
        selected: The document with what is wanted.
        document: The document with all that it has.
    """
    reached = {node.source.name for node, _ in walk(selected)} | {document.sources[document.entry].name}
    keys = {source.name: key for key, source in document.sources.items()}
    parts = sorted((one.location, one.pointer) for one in _parts(document))
    for one in found:
        where = one.location
        key = keys.get(where.file)
        if one.severity is Severity.WARNING and key is not None:
            pointer = where.pointer or (_part_of(where, parts) if key == document.entry else "")
            if where.file not in reached or _is_left_out(selected, document, key, pointer):
                continue
        yield one


def _parts(document: Document) -> Iterator[Node]:
    """List what a selection takes or leaves, as far as it stands in the entry file."""
    for operation in operations(document):
        if operation.node.file == document.entry:
            yield operation.node
    components = document.root.get("components")
    for section, held in components.items() if components is not None else ():
        yield from (one for _, one in held.items()) if not section.startswith("x-") else ()


def _part_of(where: Location, parts: Sequence[tuple[Location, str]]) -> str:
    """Find the part that a place is in whose pointer nobody knows: the last that begins before it."""
    index = bisect(parts, (where.line, where.column), key=lambda part: (part[0].line, part[0].column))
    return parts[index - 1][1] if index else ""


def _is_left_out(selected: Document, document: Document, file: str, pointer: str) -> bool:
    """Tell whether a place, or what it is in, was there and is not any more."""
    keys = split(pointer)
    for end in range(1, len(keys) + 1):
        place = join("", *keys[:end])
        if selected.look_up(file, place) is None:
            return document.look_up(file, place) is not None
    return False


def _is_wanted(operation: Operation, wanted: Wanted, selection: Selection) -> bool:
    if wanted in selection.tags:
        return wanted.text in (operation.node.value.get("tags") or ())
    if wanted in selection.paths:
        return operation.under == "paths" and _pattern(wanted.text).fullmatch(operation.path) is not None
    return bool(operation.node.value.get("operationId") == wanted.text)


def _pattern(glob: str) -> re.Pattern[str]:
    """Read a pattern for paths: `*` is anything within a segment, `**` is anything."""
    parts = re.split(r"(\*\*|\*)", glob)
    return re.compile("".join({"**": ".*", "*": "[^/]*"}.get(part, re.escape(part)) for part in parts))


def _entries(document: Document) -> Iterator[tuple[Node, Node]]:
    for root in _ROOTS:
        held = document.root.get(root)
        for key, entry in held.items() if held is not None else ():
            if not key.startswith("x-") or root == "webhooks":
                yield entry, entry.resolved()


def _unwanted(document: Document, kept: set[tuple[str, str]]) -> Iterator[str]:
    """List the operations that are not wanted, and the paths that none is left of.

    A path item that stands elsewhere is left as it is where any of its operations is wanted by any path.
    """
    for entry, item in _entries(document):
        listed = [method for method, _ in methods(item)]
        left = [method for method in listed if (entry.pointer, method) in kept]
        if not left:
            yield entry.pointer
        elif entry == item:
            for method in listed:
                if method not in left:
                    further = item.get("additionalOperations")
                    is_further = further is not None and method in further.value and method not in item.value
                    yield join(item.pointer, *(("additionalOperations", method) if is_further else (method,)))


def _without_far_references(document: Document, kept: set[tuple[str, str]]) -> Document:
    """Write out what wanted operations refer to within others, which will not be there."""
    for _ in range(_MAX_ROUNDS):
        gone = tuple(f"{pointer}/" for pointer in _unwanted(document, kept))
        edits = Edits()
        for node, kind in walk(document, without=frozenset((Kind.COMPONENTS,))):
            leads_away = kind is not Kind.DOCUMENT and node.is_reference and not f"{node.pointer}/".startswith(gone)
            target = node.target() if leads_away and node.file == document.entry else None
            if target is not None and target.file == node.file and f"{target.pointer}/".startswith(gone):
                edits.add({node.pointer: Put(target.value, target.pointer)})
        if not edits:
            break
        document = _edited(document, edits)
    return document


def _unused(document: Document) -> Edits:
    """List the components that nothing leads to."""
    used, schemes = _used(document), _security(document)
    edits = Edits()
    components = document.root.get("components")
    for section, held in components.items() if components is not None else ():
        for name, one in held.items() if not section.startswith("x-") else ():
            if name not in schemes if section == "securitySchemes" else one.pointer not in used:
                edits.add({one.pointer: Drop()})
    return edits


def _used(document: Document) -> set[str]:
    """List the components that operations lead to, directly or by way of others."""
    used: set[str] = set()
    seen: set[tuple[int, Kind]] = set()
    children = _children(document)
    reached = list(walk_from(document.root, Kind.DOCUMENT, seen, frozenset((Kind.COMPONENTS,))))
    while reached:
        node, kind = reached.pop()
        further = _mapped(node) if kind is Kind.DISCRIMINATOR else []
        if node.file == document.entry and node.pointer.startswith("/components/"):
            component = join("", *split(node.pointer)[:3])
            if component not in used:
                used.add(component)
                further += children.get(component, [])
        for one in further:
            reached += walk_from(one, Kind.SCHEMA, seen)
    return used


def _children(document: Document) -> dict[str, list[Node]]:
    """List, for each schema that a discriminator may tell apart, those that are built on it."""
    found: dict[str, list[Node]] = {}
    schemas = document.root.at("/components/schemas")
    for _, schema in schemas.items() if schemas is not None else ():
        listed = schema.get("allOf")
        for one in listed.elements() if listed is not None else ():
            target = one.target() if one.is_reference else None
            if target is not None and isinstance(target.value, dict) and "discriminator" in target.value:
                found.setdefault(target.pointer, []).append(schema)
    return found


def _mapped(discriminator: Node) -> list[Node]:
    mapping, default = discriminator.get("mapping"), discriminator.get("defaultMapping")
    found = []
    listed = [one for _, one in mapping.items()] if mapping is not None else []
    for one in (*listed, default) if default is not None else listed:
        text = str(one.value)
        named = discriminator.document.root.at(join("/components/schemas", text))
        target = named if named is not None or not is_mapping_reference(text) else one.at(text)
        found += [target] if target is not None else []
    return found


def _security(document: Document) -> set[str]:
    """List the security schemes that the document or an operation asks for."""
    lists: list[Any] = [document.root.value.get("security")]
    lists += [operation.node.value.get("security") for operation in operations(document)]
    required = [one for listed in lists if isinstance(listed, list) for one in listed if isinstance(one, dict)]
    return {name for one in required for name in one}


def _edited(document: Document, edits: Edits) -> Document:
    if not edits:
        return document
    entry = edits.apply(document.sources[document.entry])
    return Document(document.entry, {**document.sources, document.entry: entry}, document.links)
