"""Rules about where a document comes from and where it departs from that; they ask nothing of other documents."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from specloom.document.grammar import Kind
from specloom.lint.rule import ERROR, WARNING, Finding, rule, shown
from specloom.lint.survey import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.document import Node
    from specloom.lint.rule import Rule
    from specloom.lint.survey import Survey

_PROVENANCE: Final = "x-specloom-provenance"
_DEPARTURES: Final = "x-specloom-departures"


@rule(
    "SL551",
    "missing-provenance",
    WARNING,
    summary="An operation does not say which page it was captured from",
    why="Where some operations name their page, its date and its hash, one that does not cannot be checked against "
    "the documentation. Documents that record no provenance at all are left alone.",
    bad="get:\n  operationId: ListPets",
    good="get:\n  operationId: ListPets\n  x-specloom-provenance:\n    page: '007'\n    title: Listing Pets\n    "
    "sha256: 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    hint="add `x-specloom-provenance`",
)
def missing_provenance(survey: Survey) -> Iterator[Finding]:
    """Look at every operation, where any operation tells."""
    operations = survey.of(Kind.OPERATION)
    if any(_PROVENANCE in operation.value or _DEPARTURES in operation.value for operation in operations):
        for operation in operations:
            if _PROVENANCE not in operation.value:
                yield Finding(operation.key_location, "the operation does not say which page it was captured from")


@rule(
    "SL552",
    "dangling-departure",
    ERROR,
    summary="A departure points at nothing",
    why="A departure explains one place of the document. When that place was moved or removed, the explanation must "
    "follow or go.",
    bad="x-specloom-departures:\n  - id: 007-01\n    pointer: '#/components/schemas/Pett'\n    page: …",
    good="x-specloom-departures:\n  - id: 007-01\n    pointer: '#/components/schemas/Pet'\n    page: …",
    hint="point at the place that the departure is about; the pointer is relative to the file it stands in",
)
def dangling_departure(survey: Survey) -> Iterator[Finding]:
    """Look up the pointer of every departure."""
    for departure in departures(survey):
        pointer = departure.get("pointer")
        if pointer is not None and isinstance(pointer.value, str) and departed(departure) is None:
            yield Finding(pointer.location, f"the departure points at nothing: {shown(pointer.value, 200)}")


@rule(
    "SL553",
    "repeated-departure",
    ERROR,
    summary="Two departures have the same id",
    why="The id is how a decision is cited; it must lead to one.",
    bad="x-specloom-departures:\n  - {id: 007-01, …}\n  - {id: 007-01, …}",
    good="x-specloom-departures:\n  - {id: 007-01, …}\n  - {id: 007-02, …}",
    hint="give it an id of its own",
)
def repeated_departure(survey: Survey) -> Iterator[Finding]:
    """Compare the ids of all departures of all documents."""
    known: dict[str, Node] = {}
    for departure in departures(survey):
        name = departure.get("id")
        if name is not None and isinstance(name.value, str):
            first = known.setdefault(name.value, name)
            if first.location != name.location:
                yield Finding(name.location, f"the departure {shown(name.value)} already stands at {first.location}")


def departures(survey: Survey) -> Iterator[Node]:
    """List the departures of all operations; one that several operations share comes once."""
    seen: set[tuple[str, str]] = set()
    for operation in survey.of(Kind.OPERATION):
        held = operation.get(_DEPARTURES)
        for departure in resolved(held).elements() if held else ():
            key = (departure.source.name, departure.pointer)
            if isinstance(departure.value, dict) and key not in seen:
                seen.add(key)
                yield departure


def departed(departure: Node) -> Node | None:
    """Find what a departure is about; None where its pointer leads nowhere.

    The file of the pointer is relative to that of the departure, and must be part of the document.
    """
    path, _, pointer = str(departure.value.get("pointer")).partition("#")
    file = posixpath.normpath(posixpath.join(posixpath.dirname(departure.file), path)) if path else departure.file
    if file not in departure.document.sources:
        return None
    return departure.document.look_up(file, pointer, through=True) if pointer else departure.document.top(file)


RULES: Final[tuple[Rule, ...]] = (missing_provenance, dangling_departure, repeated_departure)
