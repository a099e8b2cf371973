"""Stage 1: a YAML or JSON file -> plain values with the place of each, or diagnostics."""

from __future__ import annotations

import codecs
import json
import math
import re
import stat
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import yaml

from specloom.diagnostics import Diagnostic
from specloom.document.build import MAX_BYTES, MAX_DIGITS, Builder, Built, StopError, quoted
from specloom.document.json_text import json_mark, read_json
from specloom.document.scalars import looks_numeric, parse_plain, parse_tagged
from specloom.document.source import Source, key_offset, line_starts, place
from specloom.location import Location

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.document.scalars import Scalar
    from specloom.document.source import Mark

_CORE: Final = "tag:yaml.org,2002:"
_SCALAR_TAGS: Final = frozenset(("str", "int", "float", "bool", "null"))
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _PythonParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """Makes the events where PyYAML came without libyaml; the same events, slower."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


def _parser(text: str) -> Any:
    try:
        from yaml._yaml import CParser
    except ImportError:
        return _PythonParser(text)
    return CParser(text)


def load_source(path: Path, *, name: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Read a file of a document.

    Args:
        path: The file; `.json` is read as JSON, anything else as YAML 1.2 (of which JSON is a part).
        name: The path as people should see it.

    Returns:
        The source and what is wrong with it. No source where nothing usable could be read; where a single key or
        value is at fault the source comes along, so that more can be found in one go.
    """
    try:
        content = _read(path, name)
        source, found = _parse(_decode(content, name), name)
        return source, (*_marked(content, name), *found)
    except StopError as stop:
        return None, (stop.diagnostic,)


def parse_source(text: str, *, name: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Read a text as `load_source` reads a file; a name that ends in `.json` asks for JSON."""
    try:
        return _parse(text.removeprefix("\ufeff"), name)
    except StopError as stop:
        return None, (stop.diagnostic,)


def _read(path: Path, name: str) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise _fault("SL101", "the path is not a regular file", Location(name))
        content = b""
        if found.st_size <= MAX_BYTES:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _fault("SL101", f"the file cannot be read: {reason_of(error)}", Location(name)) from None
    if max(found.st_size, len(content)) > MAX_BYTES:
        raise _fault("SL102", f"the file is larger than {MAX_BYTES >> 20} MiB", Location(name))
    return content


def reason_of(error: Exception) -> str:
    """Say why a path could not be read, as the end of a sentence."""
    reason = getattr(error, "strerror", None) or "the path cannot be followed"
    return f"{reason[:1].lower()}{reason[1:]}"


def _marked(content: bytes, name: str) -> tuple[Diagnostic, ...]:
    """Refuse a byte order mark, and with it UTF-16; the text behind it is read all the same."""
    if content.startswith(_UTF_16):
        message = "the file is text in UTF-16"
    elif content.startswith(codecs.BOM_UTF8):
        message = "the file begins with a byte order mark"
    else:
        return ()
    return (_diagnostic("SL120", message, Location(name), "save the file as UTF-8, without a byte order mark"),)


def _decode(content: bytes, name: str) -> str:
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8"
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, errors="replace")
        where = place(line_starts(before), len(before), name)
        hint = "save the file as UTF-8"
        raise _fault("SL103", f"the file is not text in {encoding.upper()}", where, hint) from None
    if "\0" in text:
        where = place(line_starts(text), text.index("\0"), name)
        raise _fault("SL103", "the file is not text: it holds a zero byte", where, "save the file as UTF-8")
    return text


def _parse(text: str, name: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    if not text.strip():
        raise _fault("SL105", "the file is empty", Location(name))
    value, builder = _read_text(text, name)
    found = tuple(builder.found) if builder else ()
    if value is None:
        raise _fault("SL105", "the file is empty", Location(name))
    if not isinstance(value, dict):
        where = Location(name) if builder is None else _at(text, key_offset(builder.root_mark), name)
        return None, (*found, _diagnostic("SL106", "the top level of the file is not a mapping", where))
    marks = partial(json_mark, text) if builder is None else partial(_mark_of, builder.root_mark)
    return Source(name=name, text=text, value=value, marks=marks), found


def _read_text(text: str, name: str) -> tuple[Any, Builder | None]:
    is_json = name.lower().endswith(".json")
    if is_json or text.lstrip().startswith("{"):
        try:
            return read_json(text, name)
        except json.JSONDecodeError as error:
            if is_json:
                where = _at(text, error.pos, name)
                raise _fault("SL104", f"the file is not JSON: {error.msg[:1].lower()}{error.msg[1:]}", where) from None
    builder = _read_yaml(text, name)
    return builder.root, builder


def _read_yaml(text: str, name: str) -> Builder:
    builder = Builder(text, name)
    try:
        _Events(builder).run(_parser(text))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        offset = min(mark.index, len(text)) if mark else 0
        hint = "indent with spaces" if text[offset : offset + 1] == "\t" else ""
        raise _fault("SL104", f"the file is not YAML: {_problem(error)}", _at(text, offset, name), hint) from None
    except yaml.reader.ReaderError as error:
        found = _FORBIDDEN.search(text)
        where = _at(text, found.start() if found else 0, name)
        message = f"the file is not YAML: {error.reason}"
        raise _fault("SL104", message, where, "write the character as an escape in double quotes") from None
    except UnicodeEncodeError as error:
        where = _at(text, error.start, name)
        raise _fault("SL118", "the text holds half of a surrogate pair", where) from None
    return builder


class _Events:
    """Hands the events of a YAML parser to a builder."""

    __slots__ = ("_build", "_documents", "_plain")

    def __init__(self, builder: Builder) -> None:
        self._build = builder
        self._documents = 0
        self._plain: dict[str, Scalar] = {}

    def run(self, parser: Any) -> None:
        """Read the one document of a parser to its end."""
        next_event: Callable[[], Any] = parser.get_event
        build = self._build
        while True:
            event = next_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if build.wants_key():
                    self._key(event)
                else:
                    self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._open(event, build.open_mapping, "map")
            elif kind is yaml.SequenceStartEvent:
                self._open(event, build.open_sequence, "seq")
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                build.close()
            elif kind is yaml.AliasEvent:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent:
                self._start(event)
            elif kind is yaml.StreamEndEvent:
                return

    def _start(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            hint = "keep one document per file"
            self._build.stop("SL117", "a second document starts here", event.start_mark.index, hint)

    def _open(self, event: Any, open_: Callable[[int, str | None], None], core: str) -> None:
        offset = event.start_mark.index
        if self._build.wants_key():
            self._build.stop("SL108", "the key is not a text", offset, "quote it if it is meant to be one")
        if event.tag is not None and event.tag not in ("!", _CORE + core):
            self._build.report("SL110", _tag_message(event.tag), offset, "leave the tag out")
        open_(offset, event.anchor)

    def _key(self, event: Any) -> None:
        offset, key = event.start_mark.index, event.value
        if event.implicit[0] and key == "<<":
            hint = "YAML 1.2 has no merge keys: use $ref or allOf, or quote the key if it is data"
            self._build.report("SL109", "`<<` is a merge key", offset, hint)
        if event.tag is not None and event.tag != "!" and event.tag.removeprefix(_CORE) not in _SCALAR_TAGS:
            self._build.report("SL110", _tag_message(event.tag), offset, "leave the tag out")
        self._remember(event.anchor, key, key)
        self._build.key(key, offset)

    def _scalar(self, event: Any) -> None:
        text = event.value
        if event.tag is not None:
            value = self._tagged(event)
        elif not event.implicit[0]:
            value = text
        elif text in self._plain:
            value = self._plain[text]
        else:
            value = self._plain[text] = self._number(text, event) if looks_numeric(text) else parse_plain(text)
        self._remember(event.anchor, value, text)
        self._build.put(value, event.start_mark.index)

    def _number(self, text: str, event: Any) -> Scalar:
        offset = event.start_mark.index
        if len(text) > MAX_DIGITS and isinstance(parse_plain(text[:MAX_DIGITS]), int | float):
            hint = "quote it if it is a text"
            self._build.stop("SL113", f"the number has more than {MAX_DIGITS} digits", offset, hint)
        value = parse_plain(text)
        if isinstance(value, float) and not math.isfinite(value):
            hint = "JSON has no such number; quote it if it is a text"
            self._build.report("SL112", f"the number {quoted(text)} is not finite", offset, hint)
            return None
        return value

    def _tagged(self, event: Any) -> Scalar:
        tag, text, offset = event.tag, event.value, event.start_mark.index
        core = tag.removeprefix(_CORE)
        if tag == "!":
            return str(text)
        if core == tag or core not in _SCALAR_TAGS:
            self._build.report("SL110", _tag_message(tag), offset, "leave the tag out, or quote the value")
            return str(text)
        if core in ("int", "float") and looks_numeric(text) and self._number(text, event) is None:
            return None
        try:
            return parse_tagged(core, text)
        except ValueError:
            self._build.report("SL111", f"the value {quoted(text)} does not fit its tag `!!{core}`", offset)
            return str(text)

    def _remember(self, anchor: str | None, value: Scalar, text: str) -> None:
        if anchor is not None:
            self._build.anchors[anchor] = Built(value, None, 1, 0, text)

    def _alias(self, event: Any) -> None:
        build, offset, name = self._build, event.start_mark.index, event.anchor
        if name not in build.anchors:
            build.stop("SL115", f"the alias {quoted('*' + name)} names no anchor above it", offset)
        built = build.anchors[name]
        if built is None:
            build.stop("SL115", f"the anchor {quoted('&' + name)} contains itself", offset)
        elif not build.wants_key():
            build.put_alias(built, offset)
        elif built.text is None:
            build.stop("SL108", "the key is not a text", offset)
        else:
            build.key(built.text, offset)


def _problem(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "syntax error"
    return f"{problem} {error.context}" if error.context and error.problem else problem


def _tag_message(tag: str) -> str:
    return f"the tag {quoted(tag.replace(_CORE, '!!'))} is not one of the YAML core tags"


def _mark_of(mark: Mark) -> Mark:
    return mark


def _at(text: str, offset: int, name: str) -> Location:
    return place(line_starts(text), offset, name)


def _diagnostic(code: str, message: str, location: Location, hint: str = "") -> Diagnostic:
    return Diagnostic(code=code, message=message, location=location, hint=hint)


def _fault(code: str, message: str, location: Location, hint: str = "") -> StopError:
    return StopError(_diagnostic(code, message, location, hint))
