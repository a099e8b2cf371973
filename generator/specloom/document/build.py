"""Plain values and their positions, put together from the events of a parser, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Diagnostic
from specloom.document.source import key_offset, line_starts, pack, place
from specloom.location import Location

if TYPE_CHECKING:
    from specloom.document.source import Mark, Marks

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 200
MAX_DIGITS: Final = 600  # below what Python can be told to refuse
MAX_EXPANSION: Final = 1_000_000
MAX_VALUES: Final = 2_000_000  # eight times what the largest of the documents has that we know


class StopError(Exception):
    """Reading cannot go on after this diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Built:
    """A finished value with what an alias to it needs to know.

    Args:
        value: The plain value.
        inside: The marks of what is in it; None for a scalar.
        weight: How many values it holds with all aliases written out, itself included.
        height: How many levels of containers it has; 0 for a scalar.
        text: A scalar as written, for use as a key.
    """

    __slots__ = ("height", "inside", "text", "value", "weight")

    def __init__(self, value: Any, inside: Marks | None, weight: int, height: int, text: str | None = None) -> None:
        self.value = value
        self.inside = inside
        self.weight = weight
        self.height = height
        self.text = text


class _Frame:
    __slots__ = ("anchor", "height", "key", "key_offset", "marks", "offset", "value", "weight")

    def __init__(self, value: Any, marks: Any, offset: int, anchor: str | None) -> None:
        self.value = value
        self.marks = marks
        self.offset = offset
        self.anchor = anchor
        self.key: str | None = None
        self.key_offset = 0
        self.weight = 1
        self.height = 1


class Builder:
    """Builds one document. `open_*`, `key`, `put` and `close` are called in the order of the text."""

    __slots__ = (
        *("_expanded", "_frame", "_stack", "_starts", "_text", "_values"),
        *("anchors", "found", "name", "root", "root_mark"),
    )

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self.name = name
        self._stack: list[_Frame] = []
        self._frame: _Frame | None = None
        self._expanded = 0
        self._values = 0
        self._starts: list[int] | None = None
        self.anchors: dict[str, Built | None] = {}
        self.found: list[Diagnostic] = []
        self.root: Any = None
        self.root_mark: Mark = 0

    def wants_key(self) -> bool:
        """Tell whether the next value would be a key."""
        frame = self._frame
        return frame is not None and frame.key is None and type(frame.value) is dict

    def open_mapping(self, offset: int, anchor: str | None = None) -> None:
        """Start a mapping at an offset."""
        self._open(_Frame({}, {}, offset, anchor))

    def open_sequence(self, offset: int, anchor: str | None = None) -> None:
        """Start a sequence at an offset."""
        self._open(_Frame([], [], offset, anchor))

    def key(self, key: str, offset: int) -> None:
        """Take the key of the value to come."""
        frame = self._frame
        assert frame is not None
        if key in frame.value:
            self._duplicate(frame, key, offset)
        frame.key = key
        frame.key_offset = offset

    def put(self, value: Any, offset: int) -> None:
        """Take a scalar."""
        self._count()
        frame = self._frame
        if frame is None:
            self.root, self.root_mark = value, pack(offset, offset)
            return
        frame.weight += 1
        key = frame.key
        if key is None:
            frame.value.append(value)
            frame.marks.append(pack(offset, offset))
        else:
            frame.value[key] = value
            frame.marks[key] = pack(frame.key_offset, offset)
            frame.key = None

    def close(self) -> None:
        """End the innermost mapping or sequence."""
        frame = self._stack.pop()
        built = Built(frame.value, frame.marks, frame.weight, frame.height)
        if frame.anchor is not None:
            self.anchors[frame.anchor] = built
        self._frame = self._stack[-1] if self._stack else None
        self._attach(built, frame.offset)

    def put_alias(self, built: Built, offset: int) -> None:
        """Take the value of an anchor once more, shared.

        Raises:
            StopError: The document with its aliases written out would be beyond the bounds.
        """
        if len(self._stack) + built.height > MAX_DEPTH:
            self.stop("SL114", f"values are nested more than {MAX_DEPTH} levels deep", offset)
        self._attach(built, offset)
        self._expanded += built.weight
        if self._expanded > MAX_EXPANSION:
            self.stop(
                "SL116",
                f"aliases expand to more than {MAX_EXPANSION} values",
                offset,
                "write the values out once and share them with $ref",
            )

    def report(self, code: str, message: str, offset: int, hint: str = "") -> None:
        """Collect a diagnostic that does not end the reading."""
        self.found.append(self._diagnostic(code, message, offset, hint))

    def stop(self, code: str, message: str, offset: int, hint: str = "") -> None:
        """End the reading with a diagnostic.

        Raises:
            StopError: Always.
        """
        raise StopError(self._diagnostic(code, message, offset, hint))

    def _count(self) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            raise too_many_values(self.name)

    def _open(self, frame: _Frame) -> None:
        self._count()
        if len(self._stack) >= MAX_DEPTH:
            self.stop("SL114", f"values are nested more than {MAX_DEPTH} levels deep", frame.offset)
        if frame.anchor is not None:
            self.anchors[frame.anchor] = None
        self._stack.append(frame)
        self._frame = frame

    def _attach(self, built: Built, offset: int) -> None:
        frame = self._frame
        if frame is None:
            packed = pack(offset, offset)
            self.root = built.value
            self.root_mark = packed if built.inside is None else (packed, built.inside)
            return
        frame.weight += built.weight
        frame.height = max(frame.height, built.height + 1)
        key = frame.key
        packed = pack(offset if key is None else frame.key_offset, offset)
        mark: Mark = packed if built.inside is None else (packed, built.inside)
        if key is None:
            frame.value.append(built.value)
            frame.marks.append(mark)
        else:
            frame.value[key] = built.value
            frame.marks[key] = mark
            frame.key = None

    def _duplicate(self, frame: _Frame, key: str, offset: int) -> None:
        mark: Mark = frame.marks[key]
        first = self._place(key_offset(mark))
        message = f"the key {quoted(key)} already stands at line {first.line}"
        self.report("SL107", message, offset, "keep one of the two")

    def _diagnostic(self, code: str, message: str, offset: int, hint: str) -> Diagnostic:
        return Diagnostic(code=code, message=message, location=self._place(offset), hint=hint)

    def _place(self, offset: int) -> Location:
        if self._starts is None:
            self._starts = line_starts(self._text)
        return place(self._starts, offset, self.name)


def too_many_values(name: str) -> StopError:
    """Say that a file holds more values than anybody means to read."""
    hint = "keep a part of it in a file of its own, and refer to that"
    message = f"the file holds more than {MAX_VALUES} values"
    return StopError(Diagnostic(code="SL119", message=message, location=Location(name), hint=hint))


def quoted(text: str, limit: int = 60) -> str:
    """Show a text of the document in a message: in backquotes, on one line, cut where it is long."""
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text[: limit + 1])
    return f"`{shown[:limit]}…`" if len(text) > limit else f"`{shown}`"
