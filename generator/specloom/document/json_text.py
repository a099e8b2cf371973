"""JSON text -> plain values: fast where all is well, event by event where a position is needed."""

from __future__ import annotations

import json
import math
import re
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from specloom.document.build import MAX_DEPTH, MAX_DIGITS, MAX_VALUES, Builder, quoted, too_many_values
from specloom.document.source import pack

if TYPE_CHECKING:
    from specloom.document.source import Mark

# Possessive repeats keep a text that is not JSON from costing more than one pass.
_TOKEN: Final = re.compile(r'[\s,:]*+("(?:[^"\\]++|\\.)*+"|[{}\[\]]|[^\s{}\[\],:"]++)', re.DOTALL)
# What there is to see in a text that is known to be JSON: a text, with a colon a key, what opens, what closes, a word.
_MARKED: Final = re.compile(r'[\s,]*+(?:("(?:[^"\\]++|\\.)*+")(\s*+:)?+|([{\[])|([}\]])|([^\s{}\[\],:"]++))', re.DOTALL)
_KEY, _OPEN, _CLOSE = 2, 3, 4
_BEFORE_VALUE: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"|([,\[{])(?!\s*+[\]}])', re.DOTALL)
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}


class _OddError(Exception):
    """Something that the fast way cannot place."""


def read_json(text: str, name: str) -> tuple[Any, Builder | None]:
    """Read JSON text.

    Returns:
        The value, and the builder with diagnostics and positions where the fast way was not enough.

    Raises:
        json.JSONDecodeError: The text is not JSON.
        StopError: The text is beyond a bound.
    """
    if sum(map(text.count, ",[{")) >= MAX_VALUES and _holds_too_many(text):
        raise too_many_values(name)
    try:
        value = json.loads(
            text, object_pairs_hook=_unique, parse_float=_finite, parse_int=_short, parse_constant=_constant
        )
        if _SURROGATE.search(text) or _too_deep(value):
            raise _OddError
    except (_OddError, RecursionError):
        _check_syntax(text)
        builder = scan_json(text, name)
        return builder.root, builder
    return value, None


def json_mark(text: str) -> Mark:
    """Find the position of every value of a text that is known to be JSON; the values are not built again."""
    holders: list[Any] = []
    marks: Any = []
    top, key, key_offset = marks, "", -1
    for found in _MARKED.finditer(text):
        kind = found.lastindex or 0
        if kind == _CLOSE:
            marks = holders.pop()
            continue
        if kind == _KEY:
            token, key_offset = found[1], found.start(1)
            key = json.loads(token) if "\\" in token else token[1:-1]
            continue
        offset = found.start(kind)
        packed = pack(offset if key_offset < 0 else key_offset, offset)
        inside: Any = None if kind != _OPEN else {} if text[offset] == "{" else []
        mark = packed if inside is None else (packed, inside)
        if key_offset < 0:
            marks.append(mark)
        else:
            marks[key], key_offset = mark, -1
        if inside is not None:
            holders.append(marks)
            marks = inside
    found_mark: Mark = top[0]
    return found_mark


def scan_json(text: str, name: str) -> Builder:
    """Build the values of a JSON text token by token, with positions and diagnostics.

    Raises:
        json.JSONDecodeError: A token is not JSON.
        StopError: The text is beyond a bound.
    """
    builder = Builder(text, name)
    for found in _TOKEN.finditer(text):
        token, offset = found.group(1), found.start(1)
        first = token[0]
        if first == '"':
            if builder.wants_key():
                builder.key(_text(token, offset, builder), offset)
            else:
                builder.put(_text(token, offset, builder), offset)
        elif first == "{":
            builder.open_mapping(offset)
        elif first == "[":
            builder.open_sequence(offset)
        elif first in "]}":
            builder.close()
        else:
            builder.put(_word(token, offset, builder), offset)
    return builder


def _text(token: str, offset: int, builder: Builder) -> str:
    if "\\" not in token:
        return token[1:-1]
    text: str = json.loads(token)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        half = f"\\u{ord(text[error.start]):04x}"
        hint = "write both halves or none"
        builder.report("SL118", f"the text holds `{half}`, half of a surrogate pair", offset, hint)
        return text.encode(errors="replace").decode()
    return text


def _word(token: str, offset: int, builder: Builder) -> Any:
    if token in _WORDS:
        return _WORDS[token]
    if len(token) > MAX_DIGITS:
        builder.stop("SL113", f"the number has more than {MAX_DIGITS} digits", offset, "quote it if it is a text")
    value = json.loads(token)
    if isinstance(value, float) and not math.isfinite(value):
        hint = "JSON has no such number; quote it if it is a text"
        builder.report("SL112", f"the number {quoted(token)} is not finite", offset, hint)
        return None
    return value


def _holds_too_many(text: str) -> bool:
    """Count values by what stands before them, the root apart; no further than the bound."""
    before = (found for found in _BEFORE_VALUE.finditer(text) if found.lastindex)
    return next(islice(before, MAX_VALUES - 1, None), None) is not None


def _check_syntax(text: str) -> None:
    with suppress(RecursionError):  # the text is right up to a depth that the scan refuses
        json.loads(text, parse_float=str, parse_int=str, parse_constant=str)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _OddError
    return value


def _finite(text: str) -> float:
    value = float(text) if len(text) <= MAX_DIGITS else math.inf
    if not math.isfinite(value):
        raise _OddError
    return value


def _short(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise _OddError
    return int(text)


def _constant(text: str) -> float:
    raise _OddError(text)


def _too_deep(value: Any) -> bool:
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(MAX_DEPTH):
        level = [
            below
            for container in level
            for below in (container.values() if isinstance(container, dict) else container)
            if isinstance(below, (dict, list))
        ]
        if not level:
            return False
    return bool(level)
