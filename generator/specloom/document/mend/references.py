"""References that lead nowhere, or to what does not fit: taken for what is known of their place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Severity
from specloom.document.build import quoted
from specloom.document.document import Document
from specloom.document.edits import Drop, Edits, Put
from specloom.document.grammar import Kind
from specloom.document.mend.place import STAND_INS, any_value
from specloom.document.resolve import check_references

if TYPE_CHECKING:
    from specloom.diagnostics import Diagnostic
    from specloom.document.document import Node
    from specloom.document.edits import Edit
    from specloom.document.files import Files
    from specloom.document.resolve import Broken

_MAX_ROUNDS: Final = 12
_REF: Final = "$ref"
# Kinds of object that differ in little: one that stands where the other is expected is written out there.
_ALIKE: Final = ({Kind.RESPONSE, Kind.REQUEST_BODY}, {Kind.PARAMETER, Kind.HEADER})


def mend_references(
    document: Document, files: Files, faults: list[Broken]
) -> tuple[Document, list[Broken], list[Diagnostic]]:
    """Mend every reference that is at fault.

    Returns:
        The document, the faults that stay, and what is said about those that do not.
    """
    said: list[Diagnostic] = []
    for _ in range(_MAX_ROUNDS):
        edits: dict[str, Edits] = {}
        done = 0
        for fault in faults:
            changes, hint = _repair(document, fault)
            if changes and edits.setdefault(fault.file, Edits()).add(changes):
                done += 1
                said.append(replace(fault.diagnostic, hint=hint, severity=Severity.WARNING))
        if not done:
            break
        files.sources |= {file: one.apply(files.sources[file]) for file, one in edits.items() if one}
        document = Document(document.entry, files.sources, files.links)
        faults = check_references(document, files)
    return document, faults, said


def _repair(document: Document, fault: Broken) -> tuple[dict[str, Edit], str]:
    """Choose what stands for a reference; nothing where only leaving out what holds it would help."""
    pointer, kind = fault.pointer, fault.kind
    holder = pointer.rpartition("/")[0]
    value = _value(document, fault.file, holder)
    reference = value.get(pointer.rpartition("/")[2]) if isinstance(value, dict) else None
    meant = _meant(document, fault.file, reference)
    if kind is None:
        return _mapping(pointer, meant)
    if not pointer.endswith(f"/{_REF}"):
        return {pointer: Drop()}, f"left out: the key {quoted(pointer.rpartition('/')[2])}"
    if meant is not None and fault.diagnostic.code == "SL205":
        return {pointer: Put(f"#{meant.pointer}")}, f"taken as `#{meant.pointer}`"
    if fault.diagnostic.code == "SL208" or (meant is not None and _is_like(document, meant, kind)):
        return _written_out(fault, holder, value, meant)
    return _stand_in(fault, holder, value, kind)


def _value(document: Document, file: str, pointer: str) -> Any:
    node = document.look_up(file, pointer) if pointer else document.top(file)
    return None if node is None else node.value


def _meant(document: Document, file: str, reference: Any) -> Node | None:
    """Find what a reference within its file leads to, references on the way followed."""
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return None
    try:
        return document.look_up(file, reference, through=True)
    except LookupError:
        return None


def _is_like(document: Document, meant: Node, kind: Kind) -> bool:
    keys = meant.pointer.split("/")
    sections = {"responses": Kind.RESPONSE, "requestBodies": Kind.REQUEST_BODY}
    sections |= {"parameters": Kind.PARAMETER, "headers": Kind.HEADER}
    found = sections.get(keys[2]) if len(keys) == 4 and keys[1] == "components" else None
    return isinstance(meant.value, dict) and found is not kind and any({found, kind} <= one for one in _ALIKE)


def _mapping(pointer: str, meant: Node | None) -> tuple[dict[str, Edit], str]:
    if meant is not None:
        return {pointer: Put(f"#{meant.pointer}")}, f"taken as `#{meant.pointer}`"
    return {pointer: Drop()}, "left out of the mapping: the name is taken for that of a schema, or for none"


def _written_out(fault: Broken, holder: str, value: Any, meant: Node | None) -> tuple[dict[str, Edit], str]:
    """Write what a reference leads to in its place, where a reference cannot stand."""
    inside = meant is not None and (holder == meant.pointer or holder.startswith(f"{meant.pointer}/"))
    if meant is None or not isinstance(meant.value, dict) or inside or "$ref" in meant.value:
        return {fault.pointer: Drop()}, "the reference is left out"
    beside = {key: one for key, one in value.items() if key != _REF}
    return {holder: Put({**meant.value, **beside}, meant.pointer)}, "what it leads to is taken as written here"


def _stand_in(fault: Broken, holder: str, value: Any, kind: Kind) -> tuple[dict[str, Edit], str]:
    if kind is Kind.SCHEMA:
        has_more = isinstance(value, dict) and len(value) > 1
        change: dict[str, Edit] = {fault.pointer: Drop()} if has_more else {holder: Put(any_value(value))}
        return change, "the reference is left out" if has_more else "taken as any value"
    if kind is Kind.PATH_ITEM:
        return {fault.pointer: Drop()}, "the reference is left out: no operation is known of it"
    if kind in STAND_INS:
        return {holder: Put(STAND_INS[kind])}, f"taken as {kind.value.replace('-', ' ')} that nothing is known of"
    return {holder: Drop()}, f"left out: the {kind.value.replace('-', ' ')}"
