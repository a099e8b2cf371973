"""How documents are read, as people configure it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.location import Location


@dataclass(frozen=True, slots=True)
class Wanted:
    """A tag, a path or an operationId that someone asks for; in paths `*` stands for anything but `/`, `**` for all.

    Args:
        text: As it is written.
        location: Where it is asked for.
    """

    text: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which operations are wanted: those that any of the lists names; all where each list is empty."""

    tags: tuple[Wanted, ...] = ()
    paths: tuple[Wanted, ...] = ()
    operations: tuple[Wanted, ...] = ()

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """Everything that is asked for."""
        return (*self.tags, *self.paths, *self.operations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a document is read.

    Args:
        tolerant: Whether faults are mended and reported as warnings: for documents that one does not own.
        overlays: Files of OpenAPI Overlay, applied in their order before references are followed.
        select: Which operations are wanted; what only others need is left out.
    """

    tolerant: bool = False
    overlays: tuple[Path, ...] = ()
    select: Selection = field(default_factory=Selection)


STRICT = Reading()
"""A document that one owns: every fault is an error."""
