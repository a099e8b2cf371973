"""Between validating and lowering, for documents that one does not own: what is at fault is left out, and said.

A fault becomes a warning, and the smallest part around it that can be spared is degraded; what is left keeps its place.
Never is an operation left out. Where a fault stays, the document is refused as it is without mending.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Diagnostic, Severity, sorted_diagnostics
from specloom.document.document import Document
from specloom.document.edits import Drop, Edits
from specloom.document.files import Files
from specloom.document.mend.place import Place, Places
from specloom.document.mend.references import mend_references
from specloom.document.mend.rules import repair
from specloom.document.mend.security import undeclared_schemes
from specloom.document.resolve import check_references
from specloom.document.validate import find_flaws

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.document.document import Node
    from specloom.document.mend.place import Repair
    from specloom.document.validate import Flaw

_MAX_ROUNDS: Final = 12


def mend(document: Document) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Validate a document, and make one of it that is valid.

    Returns:
        The mended document, and all that was found: a warning for what could be mended, an error for what could not.
    """
    said: list[Diagnostic] = []
    tried: dict[tuple[str, ...], int] = {}
    flaws: list[Flaw] = []
    for _ in range(_MAX_ROUNDS):
        flaws = find_flaws(document)
        mended, done = _repair_all(document, _errors(flaws), tried)
        said += done
        if mended is document:
            break
        document, references = _with_sound_references(mended)
        said += references
    requirements, warnings = undeclared_schemes(document)
    document = leave_out(document, requirements)
    left = [*warnings, *(flaw.diagnostic for flaw in flaws)]
    return document, sorted_diagnostics(_once((*left, *said)))


def _with_sound_references(document: Document) -> tuple[Document, list[Diagnostic]]:
    """Mend references to what has been left out."""
    files = Files.of(document.sources, document.links)
    document, _, said = mend_references(document, files, check_references(document, files))
    return document, said


def _errors(flaws: list[Flaw]) -> list[Flaw]:
    return [flaw for flaw in flaws if flaw.diagnostic.severity is Severity.ERROR]


def _repair_all(
    document: Document, flaws: list[Flaw], tried: dict[tuple[str, ...], int]
) -> tuple[Document, list[Diagnostic]]:
    """Repair what can be repaired at once; flaws within what is changed are looked at again afterwards."""
    places, said = Places(document), list[Diagnostic]()
    edits: dict[str, Edits] = {}
    for flaw in flaws:
        place = places.of(flaw)
        name = (*place.identity, flaw.diagnostic.code, flaw.diagnostic.message) if place is not None else ()
        level = tried.get(name, 0)
        made = _repair(flaw, place, level) if place is not None else None
        if place is None or made is None or not edits.setdefault(place.file, Edits()).add(made.changes):
            continue
        tried[name] = level + 1
        said.append(as_warning(flaw.diagnostic, made.said))
    return (edited(document, edits) if said else document), said


def _repair(flaw: Flaw, place: Place, level: int) -> Repair | None:
    """Choose what to do; where it has been tried in vain, more and more around the fault is left out."""
    made = repair(flaw, place) if level == 0 else None
    return made if made is not None else place.cut(max(level - 1, 0))


def leave_out(document: Document, nodes: Iterable[Node]) -> Document:
    """Take values out of a document that it is valid without."""
    edits: dict[str, Edits] = {}
    for node in sorted(nodes, key=lambda one: one.pointer):  # what holds another goes before it
        edits.setdefault(node.file, Edits()).add({node.pointer: Drop()})
    return edited(document, edits)


def edited(document: Document, edits: dict[str, Edits]) -> Document:
    """Make a document with changed files."""
    changed = {
        file: edits[file].apply(source) if edits.get(file) else source for file, source in document.sources.items()
    }
    return Document(document.entry, changed, document.links)


def as_warning(found: Diagnostic, hint: str) -> Diagnostic:
    """Say of a fault what was done about it."""
    return Diagnostic(
        code=found.code, message=found.message, location=found.location, hint=hint, severity=Severity.WARNING
    )


def _once(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Leave out what is said already of the same place in the same words; what stayed goes before a repair."""
    first: dict[tuple[object, ...], Diagnostic] = {}
    for one in found:
        place = one.location
        first.setdefault((one.code, one.message, place.file, place.line, place.column), one)
    return list(first.values())
