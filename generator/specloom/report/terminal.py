"""What a report needs of the machine it is printed on: the terminal, and the lines of the files."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from specloom.report.text import NO_STYLE, Style

if TYPE_CHECKING:
    from specloom.location import Location


class Stream(Protocol):
    """Something to print on."""

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""


def style_for(stream: Stream) -> Style:
    """Use frames on a terminal, and colours unless NO_COLOR (no-color.org) or a dumb terminal forbids them."""
    if not stream.isatty():
        return NO_STYLE
    color = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(color=color, frames=True, width=shutil.get_terminal_size().columns)


class SourceLines:
    """Gives the source line of a place, reading each file once; an empty line where it cannot."""

    def __init__(self) -> None:
        self._files: dict[str, list[str]] = {}

    def __call__(self, place: Location) -> str:
        """Read the line of a place."""
        if place.file not in self._files:
            try:
                text = Path(place.file).read_bytes().decode("utf-8-sig")
            except (OSError, ValueError):
                text = ""
            self._files[place.file] = re.split(r"\r\n|\r|\n", text)
        lines = self._files[place.file]
        return lines[place.line - 1] if place.line <= len(lines) else ""


def harmless(text: str) -> str:
    """Escape what a terminal would act upon in a text of several lines; tabs and line feeds stay."""
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(char if char.isprintable() or char in "\n\t" else f"\\x{ord(char):02x}" for char in text)
