"""Plain scalars by the core schema of YAML 1.2 (specification 1.2.2, section 10.3.2)."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

Scalar: TypeAlias = "str | int | float | bool | None"

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BASED: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_ENDLESS: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMBER_STARTS: Final = frozenset("0123456789+-.")


def parse_plain(text: str) -> Scalar:
    """Read an unquoted scalar; what is no null, boolean or number is the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) or _ENDLESS.fullmatch(text):
        return parse_float(text)
    if _BASED.fullmatch(text):
        return int(text[2:], 16 if text[1] == "x" else 8)
    return text


def parse_float(text: str) -> float:
    """Read a floating point number of the core schema, `.inf` and `.nan` included."""
    return float(text.replace(".", "", 1) if text.lower().endswith(("inf", "nan")) else text)


def looks_numeric(text: str) -> bool:
    """Tell whether an unquoted scalar could be a number; a cheap first look for the bound on its length."""
    return text[:1] in _NUMBER_STARTS


def parse_tagged(tag: str, text: str) -> Scalar:
    """Read a scalar with one of the core tags.

    Raises:
        ValueError: The text does not fit the tag.
    """
    value: Scalar = text if tag == "str" else parse_plain(text)
    if tag == "float" and type(value) is int:
        value = float(value)
    if tag == {str: "str", int: "int", float: "float", bool: "bool", type(None): "null"}[type(value)]:
        return value
    raise ValueError(tag)
