"""Spec text -> Python literals: the first of the two doors through which it enters Python (the other is `docs`).

Whatever a document holds comes out as an expression with that value and nothing else. The text is what `black` prints:
double quotes, lower-case escapes, brackets split one element a line where a line would be too long.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.model import Json

_NAME = re.compile(r"[^\W\d]\w*")
_STRING = re.compile(r"\"(?:[^\"\\]++|\\.)*+\"|'(?:[^'\\]++|\\.)*+'")

LINE_LENGTH = 120
INDENT = "    "


def string(text: str) -> str:
    """A string literal; everything but printable characters is escaped, bidirectional marks among them."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    if text.isprintable() and "\\" not in text and quote not in text:
        return f"{quote}{text}{quote}"
    return quote + _PERHAPS_ESCAPED.sub(lambda found: _escaped(found.group(), quote), text) + quote


_PERHAPS_ESCAPED = re.compile(r"""[^ !#-&(-\[\]-~]""")
"""Whatever is not a plain character of ASCII, and quotes of both kinds."""

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}


def _escaped(character: str, quote: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    if character.isprintable():
        return f"\\{quote}" if character == quote else character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def scalar(value: bool | int | float | str | None) -> str:
    """A literal of a single value.

    Raises:
        ValueError: It is not a number that JSON has; no document holds one.
    """
    if isinstance(value, str):
        return string(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} has no literal")
    return repr(value).replace("e+", "e") if isinstance(value, float) else repr(value)


def json(value: Json, *, indent: int = 0, before: int = 0, after: int = 0) -> str:
    """A literal of any JSON value.

    Args:
        indent: Depth of the line that the literal begins on, in steps of four spaces.
        before: Columns taken on that line before the literal, the indentation apart.
        after: Columns taken after it.
    """
    if isinstance(value, dict):
        items = [(f"{string(key)}: ", member) for key, member in value.items()]
        return _bracket("{", items, "}", indent=indent, before=before, after=after)
    if isinstance(value, list):
        return _bracket("[", [("", one) for one in value], "]", indent=indent, before=before, after=after)
    return scalar(value)


def _bracket(opening: str, items: list[tuple[str, Json]], closing: str, *, indent: int, before: int, after: int) -> str:
    if not items:
        return opening + closing
    room = LINE_LENGTH - indent * len(INDENT) - before - after
    if (flat := _flat_items(opening, items, closing, room)) is not None:
        return flat
    inner = INDENT * (indent + 1)
    lines = [
        f"{inner}{prefix}{json(value, indent=indent + 1, before=len(prefix), after=1)},\n" for prefix, value in items
    ]
    return f"{opening}\n{''.join(lines)}{INDENT * indent}{closing}"


def _flat(value: Json, room: int) -> str | None:
    """A literal on one line; `None` as soon as it is known not to fit, so that deep values are not written twice."""
    if isinstance(value, dict):
        return _flat_items("{", [(f"{string(key)}: ", member) for key, member in value.items()], "}", room)
    if isinstance(value, list):
        return _flat_items("[", [("", one) for one in value], "]", room)
    flat = scalar(value)
    return flat if len(flat) <= room else None


def _flat_items(opening: str, items: list[tuple[str, Json]], closing: str, room: int) -> str | None:
    parts: list[str] = []
    room -= len(opening) + len(closing) + 2 * (len(items) - 1 if items else 0)
    for prefix, value in items:
        room -= len(prefix)
        flat = _flat(value, room)
        if flat is None:
            return None
        room -= len(flat)
        parts.append(prefix + flat)
    return opening + ", ".join(parts) + closing if room >= 0 else None


def tuple_of(elements: Iterable[str], *, indent: int = 0, before: int = 0, after: int = 0, split: bool = False) -> str:
    """A tuple of finished expressions, split where the line would be too long, or where several are to be."""
    listed = list(elements)
    if not listed:
        return "()"
    flat = "(" + ", ".join(listed) + (",)" if len(listed) == 1 else ")")
    fits = "\n" not in flat and indent * len(INDENT) + before + len(flat) + after <= LINE_LENGTH
    if fits and not (split and len(listed) > 1):
        return flat
    inner = INDENT * (indent + 1)
    return "(\n" + "".join(f"{inner}{one},\n" for one in listed) + INDENT * indent + ")"


def mapping_of(items: Mapping[str, str], *, indent: int = 0, before: int = 0, after: int = 0) -> str:
    """A dict of finished expressions (keys too), split where the line would be too long."""
    listed = [f"{key}: {value}" for key, value in items.items()]
    flat = "{" + ", ".join(listed) + "}"
    if "\n" not in flat and indent * len(INDENT) + before + len(flat) + after <= LINE_LENGTH:
        return flat
    inner = INDENT * (indent + 1)
    return "{\n" + "".join(f"{inner}{one},\n" for one in listed) + INDENT * indent + "}"


def call(
    function: str, arguments: Iterable[str], *, indent: int = 0, before: int = 0, after: int = 0, split: bool = False
) -> str:
    """A call with finished arguments, split one a line where the line would be too long or where `split` says so."""
    listed = list(arguments)
    flat = f"{function}({', '.join(listed)})"
    fits = "\n" not in flat and indent * len(INDENT) + before + len(flat) + after <= LINE_LENGTH
    if not listed or (fits and not split):
        return flat
    inner = INDENT * (indent + 1)
    return f"{function}(\n" + "".join(f"{inner}{one},\n" for one in listed) + INDENT * indent + ")"


def assigned(start: str, value: str) -> str:
    """An assignment in the body of a class; a value longer than a line stands in brackets, if that makes it fit."""
    flat = f"{start} = {value}"
    inner = f"{INDENT * 2}{value}"
    if len(INDENT) + len(flat) <= LINE_LENGTH or len(inner) > LINE_LENGTH or "\n" in value:
        return flat
    return f"{start} = (\n{inner}\n{INDENT})" if len(INDENT) + len(f"{start} = (") <= LINE_LENGTH else flat


@lru_cache(maxsize=16)
def words(code: str) -> frozenset[str]:
    """The names that stand in code, outside of strings."""
    return frozenset(_NAME.findall(without_strings(code)))


def without_strings(code: str) -> str:
    """Code without the strings in it, for a look at the rest."""
    return _STRING.sub("", code)
