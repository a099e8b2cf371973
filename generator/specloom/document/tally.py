"""How much of a document was carried over whole, once it was mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.document.pointers import join, split
from specloom.document.walk import operations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.diagnostics import Diagnostic
    from specloom.document.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of what a document has, and of what of it has a part that was degraded.

    Args:
        operations: All operations of its paths.
        degraded: Operations with a diagnostic within them, or within their path item.
        components: All named parts that operations share.
        degraded_components: Those with a diagnostic within them.
    """

    operations: int
    degraded: int
    components: int
    degraded_components: int


def tally(document: Document, found: Iterable[Diagnostic]) -> Tally:
    """Count what a document has, and what of it is said to be degraded."""
    places = {(one.location.file, one.location.pointer) for one in found}
    steps = {(file, join("", *split(pointer)[:end])) for file, pointer in places for end in range(1, 4)}
    listed = [one for one in operations(document) if one.under == "paths"]
    whole = {(one.node.source.name, one.node.pointer) for one in listed}
    items = {(file, pointer) for file, pointer in places if pointer.count("/") == 2}
    degraded = [
        one
        for one in listed
        if (one.node.source.name, one.node.pointer) in steps or (one.entry.source.name, one.entry.pointer) in items
    ]
    sections = document.root.get("components")
    named = [
        (one.source.name, one.pointer)
        for key, section in (sections.items() if sections is not None else ())
        for _, one in (section.items() if not key.startswith("x-") else ())
    ]
    return Tally(
        operations=len(whole),
        degraded=len({(one.node.source.name, one.node.pointer) for one in degraded}),
        components=len(named),
        degraded_components=sum(one in steps for one in named),
    )
