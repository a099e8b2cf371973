"""One file as read: its text, its plain values, and where each of them stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from specloom.document.pointers import split, unescape
from specloom.location import Location

if TYPE_CHECKING:
    from collections.abc import Callable

# A mark packs the offsets of a key and of its value into one int, above them the number of the text that they are
# offsets in; a container adds the marks of what is inside.
Mark: TypeAlias = "int | tuple[int, Marks]"
Marks: TypeAlias = "dict[str, Mark] | list[Mark]"

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_SHIFT: Final = 32
_MASK: Final = (1 << _SHIFT) - 1


def pack(key_offset: int, value_offset: int) -> int:
    """Put the offsets of a key and of its value into one number."""
    return key_offset << _SHIFT | value_offset


class Text:
    """A text that values stand in, with the places where its lines start.

    Args:
        name: The path as people should see it.
        text: The decoded text, without byte order mark.
    """

    __slots__ = ("_lines", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._lines: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The offsets at which lines start."""
        if self._lines is None:
            self._lines = line_starts(self.text)
        return self._lines


class Source:
    """A file of a document. Values are shared, never copied: treat them as read-only.

    Args:
        name: The path as people should see it.
        text: The decoded text, without byte order mark.
        value: Plain values: dict with text keys, list, str, int, float, bool, None.
        marks: Makes the tree of positions; called when the first position is asked for.
        further: Other texts that some of the values stand in (those of overlays), as marks number them from 1.
    """

    __slots__ = ("_known", "_marks", "_texts", "value")

    def __init__(
        self,
        *,
        name: str,
        text: str,
        value: dict[str, Any],
        marks: Callable[[], Mark],
        further: tuple[Text, ...] = (),
    ) -> None:
        self.value = value
        self._texts = (Text(name, text), *further)
        self._marks = marks
        self._known: dict[str, Mark] = {}

    @property
    def name(self) -> str:
        """The path as people should see it."""
        return self._texts[0].name

    @property
    def text(self) -> str:
        """The decoded text, without byte order mark."""
        return self._texts[0].text

    @property
    def texts(self) -> tuple[Text, ...]:
        """The text, and further ones that some of the values stand in."""
        return self._texts

    @property
    def root_mark(self) -> Mark:
        """The tree of positions."""
        root = self._known.get("")
        if root is None:
            root = self._known[""] = self._marks()
        return root

    def changed(self, value: dict[str, Any], marks: Callable[[], Mark], *further: Text) -> Source:
        """Make a source of the same texts, and perhaps further ones, with other values."""
        made = Source(name=self.name, text="", value=value, marks=marks)
        made._texts = (*self._texts, *further)
        return made

    def location(self, pointer: str) -> Location:
        """Tell where a value starts; where nothing is at the pointer, its nearest ancestor stands for it."""
        packed = self._packed(pointer)
        return self._place(packed, packed & _MASK, pointer)

    def key_location(self, pointer: str) -> Location:
        """Tell where the key of a value starts (the value itself for list elements and the root)."""
        packed = self._packed(pointer)
        return self._place(packed, packed >> _SHIFT & _MASK, pointer)

    def place_of(self, packed: int) -> Location:
        """Tell where the value of a mark starts."""
        return self._place(packed, packed & _MASK, "")

    def line(self, number: int) -> str:
        """Give the text of a line, counted from 1, without its line break; empty beyond the end."""
        starts = self._texts[0].starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def _place(self, packed: int, offset: int, pointer: str) -> Location:
        text = self._texts[packed >> 2 * _SHIFT]
        return place(text.starts, offset, text.name, pointer)

    def _packed(self, pointer: str) -> int:
        return packed_of(self._below(pointer) if "/" in pointer else self.root_mark)

    def _mark(self, pointer: str) -> Mark:
        """Find the mark of what holds a value; what stands beside the value asks for it again."""
        if "/" not in pointer:
            return self.root_mark
        known = self._known.get(pointer)
        if known is None:
            known = self._known[pointer] = self._below(pointer)
        return known

    def _below(self, pointer: str) -> Mark:
        holder, _, step = pointer.rpartition("/")
        mark = self._mark(holder)
        found = _below(mark, unescape(step))
        return packed_of(mark) if found is None else found


def line_starts(text: str) -> list[int]:
    """List the offsets at which lines start."""
    if "\r" in text:
        return [0, *(found.end() for found in _BREAK.finditer(text))]
    *lines, _ = text.split("\n")
    return list(accumulate((len(line) + 1 for line in lines), initial=0))


def place(starts: list[int], offset: int, name: str, pointer: str = "") -> Location:
    """Make the location of an offset in a text whose lines start at `starts`."""
    line = bisect_right(starts, offset)
    return Location(name, line, offset - starts[line - 1] + 1, pointer)


def packed_of(mark: Mark) -> int:
    """Give the number of a mark, without what is inside."""
    return mark if isinstance(mark, int) else mark[0]


def key_offset(mark: Mark) -> int:
    """Give the offset of the key that a mark is about."""
    return packed_of(mark) >> _SHIFT & _MASK


def renumbered(mark: Mark, by: int) -> Mark:
    """Move a mark, and all inside, to the text whose number is higher by so much."""
    shift = by << 2 * _SHIFT
    if isinstance(mark, int):
        return mark + shift
    packed, inside = mark
    if isinstance(inside, dict):
        return packed + shift, {key: renumbered(one, by) for key, one in inside.items()}
    return packed + shift, [renumbered(one, by) for one in inside]


def mark_at(mark: Mark, pointer: str) -> Mark:
    """Find the mark of a value; where nothing is at the pointer, the number of its nearest ancestor."""
    for key in split(pointer):
        below = _below(mark, key)
        if below is None:
            return packed_of(mark)
        mark = below
    return mark


def _below(mark: Mark, key: str) -> Mark | None:
    if isinstance(mark, int):
        return None
    inside = mark[1]
    if isinstance(inside, dict):
        return inside.get(key)
    return inside[int(key)] if key.isdecimal() and key.isascii() and int(key[:9]) < len(inside) else None
