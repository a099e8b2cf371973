"""Where a piece of a source document stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file.

    Args:
        file: The path as people should see it (relative to the working directory where possible, with `/`).
        line: Line, counted from 1.
        column: Column, counted from 1 in characters.
        pointer: JSON pointer of the value within its file (RFC 6901); empty for the root.
    """

    file: str
    line: int = 1
    column: int = 1
    pointer: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
