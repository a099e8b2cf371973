"""Spec text -> Python literals: the first of the two doors through which it enters Python (the other is `docs`).

Whatever a document holds comes out as an expression with that value and nothing else. The text is what `black` prints:
double quotes, lower-case escapes, brackets split one element a line where a line would be too long.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.model import Json

LINE_LENGTH = 120
INDENT = "    "


def string(text: str) -> str:
    """A string literal; everything but printable characters is escaped, bidirectional marks among them."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(_escaped(character, quote) for character in text) + quote


def _escaped(character: str, quote: str) -> str:
    if character == "\\" or character == quote:
        return "\\" + character
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character)
    if short is not None:
        return short
    if character.isprintable():
        return character
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
    flat = opening + ", ".join(prefix + _flat(value) for prefix, value in items) + closing
    if not items or indent * len(INDENT) + before + len(flat) + after <= LINE_LENGTH:
        return flat
    inner = INDENT * (indent + 1)
    lines = [
        f"{inner}{prefix}{json(value, indent=indent + 1, before=len(prefix), after=1)},\n" for prefix, value in items
    ]
    return f"{opening}\n{''.join(lines)}{INDENT * indent}{closing}"


def _flat(value: Json) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{string(key)}: {_flat(member)}" for key, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flat(one) for one in value) + "]"
    return scalar(value)


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


def words(code: str) -> frozenset[str]:
    """The names that stand in code, outside of strings."""
    return frozenset(re.findall(r"[^\W\d]\w*", re.sub(r"\"(\\.|[^\"\\])*\"|'(\\.|[^'\\])*'", "", code)))
