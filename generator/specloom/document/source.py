"""One file as read: its text, its plain values, and where each of them stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from specloom.document.pointers import split
from specloom.location import Location

if TYPE_CHECKING:
    from collections.abc import Callable

# A mark packs the offsets of a key and of its value into one int; a container adds the marks of what is inside.
Mark: TypeAlias = "int | tuple[int, Marks]"
Marks: TypeAlias = "dict[str, Mark] | list[Mark]"

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_SHIFT: Final = 32
_MASK: Final = (1 << _SHIFT) - 1


def pack(key_offset: int, value_offset: int) -> int:
    """Put the offsets of a key and of its value into one number."""
    return key_offset << _SHIFT | value_offset


class Source:
    """A file of a document. Values are shared, never copied: treat them as read-only.

    Args:
        name: The path as people should see it.
        text: The decoded text, without byte order mark.
        value: Plain values: dict with text keys, list, str, int, float, bool, None.
        marks: Makes the tree of positions; called when the first position is asked for.
    """

    __slots__ = ("_lines", "_marks", "_root", "name", "text", "value")

    def __init__(self, *, name: str, text: str, value: dict[str, Any], marks: Callable[[], Mark]) -> None:
        self.name = name
        self.text = text
        self.value = value
        self._marks = marks
        self._root: Mark | None = None
        self._lines: list[int] | None = None

    def location(self, pointer: str) -> Location:
        """Tell where a value starts; where nothing is at the pointer, its nearest ancestor stands for it."""
        return place(self._starts(), self._packed(pointer) & _MASK, self.name, pointer)

    def key_location(self, pointer: str) -> Location:
        """Tell where the key of a value starts (the value itself for list elements and the root)."""
        return place(self._starts(), self._packed(pointer) >> _SHIFT, self.name, pointer)

    def line(self, number: int) -> str:
        """Give the text of a line, counted from 1, without its line break; empty beyond the end."""
        starts = self._starts()
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def _packed(self, pointer: str) -> int:
        mark = self._root
        if mark is None:
            mark = self._root = self._marks()
        for key in split(pointer):
            below = _below(mark, key)
            if below is None:
                break
            mark = below
        return mark if isinstance(mark, int) else mark[0]

    def _starts(self) -> list[int]:
        if self._lines is None:
            self._lines = line_starts(self.text)
        return self._lines


def line_starts(text: str) -> list[int]:
    """List the offsets at which lines start."""
    return [0, *(found.end() for found in _BREAK.finditer(text))]


def place(starts: list[int], offset: int, name: str, pointer: str = "") -> Location:
    """Make the location of an offset in a text whose lines start at `starts`."""
    line = bisect_right(starts, offset)
    return Location(name, line, offset - starts[line - 1] + 1, pointer)


def key_offset(mark: Mark) -> int:
    """Give the offset of the key that a mark is about."""
    return (mark if isinstance(mark, int) else mark[0]) >> _SHIFT


def _below(mark: Mark, key: str) -> Mark | None:
    if isinstance(mark, int):
        return None
    inside = mark[1]
    if isinstance(inside, dict):
        return inside.get(key)
    return inside[int(key)] if key.isdecimal() and key.isascii() and int(key[:9]) < len(inside) else None
