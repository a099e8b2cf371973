"""Rules of OpenAPI that go beyond the shape of single objects, each fault at its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Diagnostic, Severity
from specloom.document.build import quoted
from specloom.document.latest import check_latest
from specloom.document.nearest import hint_for
from specloom.document.walk import operations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.document import Document, Node
    from specloom.document.walk import Operation
    from specloom.location import Location

_COMPONENT: Final = re.compile(r"[a-zA-Z0-9._-]+")
_TEMPLATE: Final = re.compile(r"\{([^{}]*)\}")


def check(document: Document) -> Iterator[Diagnostic]:
    """Find what OpenAPI forbids between objects: double names, and paths that disagree with their parameters."""
    found = sorted(operations(document), key=_reading_order)
    yield from _operation_ids(found)
    yield from _parameters(found)
    yield from _path_parameters([one for one in found if one.under == "paths"])
    yield from _paths(document)
    yield from _tags(document)
    yield from _component_names(document)
    if document.version == "3.2":
        yield from check_latest(document)


def _reading_order(operation: Operation) -> tuple[bool, Location]:
    entry = operation.entry
    return entry.file != entry.document.entry, entry.key_location


def path_names(path: str) -> list[str]:
    """List the names in braces of a path, in order."""
    return _TEMPLATE.findall(path)


def _operation_ids(found: list[Operation]) -> Iterator[Diagnostic]:
    first: dict[str, Location] = {}
    for operation in found:
        held = operation.node.get("operationId")
        if operation.under == "components" or held is None or not isinstance(held.value, str):
            continue  # a reusable path item is counted where it is used
        where, other = held.location, first.get(held.value)
        if other is None:
            first[held.value] = where
            continue
        # The very same operation, reached by a second path: that path is what makes it stand twice.
        at = operation.entry.key_location if other == where else where
        message = f"the operationId {quoted(held.value)} is already used at {_at(other, at)}"
        yield _fault("SL307", message, at, "give every operation an id of its own")


def _parameters(found: list[Operation]) -> Iterator[Diagnostic]:
    seen: set[tuple[str, str]] = set()
    for operation in found:
        for holder in (operation.item, operation.node):
            listed = holder.get("parameters")
            if listed is not None and listed.identity not in seen:
                seen.add(listed.identity)
                yield from _double_parameters(listed)


def _double_parameters(listed: Node) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str], Node] = {}
    for element, written, place in _named(listed):
        # Header names are told apart without regard to case (RFC 9110 section 5.1).
        name = written.lower() if place == "header" else written
        if (name, place) in first:
            where = element.location
            other = first[name, place].location
            message = f"the {place} parameter {quoted(name)} already stands at {_at(other, where)}"
            yield _fault("SL308", message, where, "keep one of the two")
        else:
            first[name, place] = element


def _path_parameters(found: list[Operation]) -> Iterator[Diagnostic]:
    seen: set[tuple[str, str]] = set()
    for operation in found:
        names = set(path_names(operation.path))
        own, shared = operation.node.get("parameters"), operation.item.get("parameters")
        declared = {name for listed in (own, shared) for name in _perhaps_of_path(listed)}
        for name in sorted(names - declared):
            message = f"the path has {quoted('{' + name + '}')}, but no parameter {quoted(name)} with `in: path`"
            hint = hint_for(name, sorted(declared - names)) or "declare it under `parameters`"
            yield _fault("SL309", message, operation.node.key_location, hint)
        for listed in (own, shared):
            for name, element in _of_path(listed):
                if name not in names and element.identity not in seen:
                    seen.add(element.identity)
                    message = f"the path {quoted(operation.path)} has no {quoted('{' + name + '}')}"
                    hint = hint_for(name, sorted(names - declared)) or "change `in`, or put the name into the path"
                    yield _fault("SL310", message, element.location, hint)


def _paths(document: Document) -> Iterator[Diagnostic]:
    paths = document.root.get("paths")
    first: dict[str, tuple[str, Node]] = {}
    for path, item in paths.items() if paths is not None else ():
        if path.startswith("x-"):
            continue
        bare = _TEMPLATE.sub("{}", path)
        names = path_names(path)
        if "{" in bare.replace("{}", "") or "}" in bare.replace("{}", "") or "" in names:
            message = f"the braces in the path {quoted(path)} do not enclose names"
            yield _fault("SL314", message, item.key_location, "write `{name}`")
        elif len(names) != len(set(names)):
            double = next(name for name in names if names.count(name) > 1)
            yield _fault("SL314", f"the path has {quoted('{' + double + '}')} twice", item.key_location)
        elif bare in first:
            other, node = first[bare]
            where = item.key_location
            message = f"the path differs from {quoted(other)} at {_at(node.key_location, where)} in names alone"
            yield _fault("SL311", message, where, "a request could mean either: keep one of the two")
        else:
            first[bare] = (path, item)


def _tags(document: Document) -> Iterator[Diagnostic]:
    tags = document.root.get("tags")
    first: dict[str, Location] = {}
    for tag in tags.elements() if tags is not None else ():
        name = tag.get("name")
        if name is None or not isinstance(name.value, str):
            continue
        if name.value in first:
            message = f"the tag {quoted(name.value)} is already declared at {_at(first[name.value], name.location)}"
            yield _fault("SL312", message, name.location, "keep one of the two")
        else:
            first[name.value] = name.location


def _component_names(document: Document) -> Iterator[Diagnostic]:
    """Check the names in `components` for 3.0, whose published schema leaves them out."""
    components = document.root.get("components") if document.version == "3.0" else None
    for _, section in components.items() if components is not None else ():
        for name, node in section.items():
            if not _COMPONENT.fullmatch(name) and not name.startswith("x-"):
                message = f"the name {quoted(name)} is not allowed here: it does not match {quoted(_COMPONENT.pattern)}"
                yield _fault("SL302", message, node.key_location)


def _of_path(listed: Node | None) -> list[tuple[str, Node]]:
    return [] if listed is None else [(name, element) for element, name, place in _named(listed) if place == "path"]


def _perhaps_of_path(listed: Node | None) -> Iterator[str]:
    """List the names of path parameters, and of those whose place is wrong: that is reported as what it is."""
    for element in listed.elements() if listed is not None else ():
        parameter = element.resolved().value
        if isinstance(parameter, dict) and parameter.get("in") not in ("query", "header", "cookie"):
            yield str(parameter.get("name"))


def _named(listed: Node) -> Iterator[tuple[Node, str, str]]:
    for element in listed.elements():
        parameter = element.resolved().value
        if isinstance(parameter, dict):
            name, place = parameter.get("name"), parameter.get("in")
            if isinstance(name, str) and isinstance(place, str):
                yield element, name, place


def _at(other: Location, where: Location) -> str:
    return f"line {other.line}" if other.file == where.file else f"{other.file}:{other.line}"


def _fault(code: str, message: str, location: Location, hint: str = "") -> Diagnostic:
    severity = Severity.WARNING if code == "SL311" else Severity.ERROR
    return Diagnostic(code=code, message=message, location=location, hint=hint, severity=severity)
