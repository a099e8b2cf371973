"""From single Python values to the text that stands for them on the wire."""

from __future__ import annotations

import datetime
import enum
import math
import re
import uuid
from decimal import Decimal
from urllib.parse import quote

from .errors import InvalidCallError

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_UNITS = {"milliseconds": datetime.timedelta(milliseconds=1), "seconds": datetime.timedelta(seconds=1)}
_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]*")
MOST_DIGITS = 4300
"""Digits of a number that Python writes at most."""
_TOO_LONG = f"a number of more than {MOST_DIGITS} digits cannot be sent"
_RESERVED_KEPT = ":/?@!$'()*,;="


def scalar(value: object) -> str:
    """The wire text of one value: booleans as `true`, enums by value, times in ISO 8601, numbers without exponent.

    Raises:
        InvalidCallError: The value has no text: NaN, an infinity, a number of thousands of digits, bytes, an object of
            another kind.
    """
    wire = getattr(value, "wire_text", None)
    if isinstance(wire, str) and isinstance(value, (datetime.datetime, uuid.UUID)):
        return wire
    if isinstance(value, enum.Enum):
        return scalar(value.value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return digits(value)
    if isinstance(value, (float, Decimal)):
        return number(value)
    if isinstance(value, datetime.datetime):
        return timestamp(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    raise InvalidCallError(f"a value of type {type(value).__name__} cannot be sent as text")


def number(value: float | Decimal) -> str:
    """A number in digits: `1e-7` is `0.0000001`, `3.0` is `3`."""
    if not math.isfinite(value):
        raise InvalidCallError(f"{value} is no number that can be sent")
    exact = value if isinstance(value, Decimal) else Decimal(float.__repr__(value))
    if abs(exact.adjusted()) > MOST_DIGITS:
        raise InvalidCallError(_TOO_LONG)
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def digits(value: int) -> str:
    """An integer in digits."""
    try:
        return int.__repr__(value)
    except ValueError:
        raise InvalidCallError(_TOO_LONG) from None


def shown(value: object) -> str:
    """A value as messages show it, also where it has no text: an integer of many digits, what is nested without end."""
    try:
        return repr(value)
    except (ValueError, RecursionError):
        return f"a value of type {type(value).__name__}"


def timestamp(value: datetime.datetime) -> str:
    """ISO 8601 with `Z` for UTC; naive stays naive."""
    text = datetime.datetime.isoformat(value)
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def epoch(value: object, unit: str) -> object:
    """A `datetime` as the count of units since 1970 UTC, rounded down; other values as they are.

    Raises:
        InvalidCallError: A `datetime` without a zone, or a plain date: they name no instant.
    """
    if isinstance(value, datetime.datetime):
        if value.utcoffset() is None:
            raise InvalidCallError("the datetime names no time zone: give it one (datetime.UTC, ...)")
        return (value - _EPOCH) // _UNITS[unit]
    if isinstance(value, datetime.date):
        raise InvalidCallError(f"a date is no instant: give a datetime with a zone, or {unit} since 1970")
    return value


def quoted(text: str) -> str:
    """Percent-encoded UTF-8; only `A-Z a-z 0-9 - . _ ~` stay."""
    if _UNRESERVED.fullmatch(text):
        return text
    try:
        return quote(text, safe="")
    except UnicodeEncodeError:
        raise InvalidCallError("it holds half a character (a lone surrogate)") from None


def quoted_reserved(text: str) -> str:
    """As `quoted`, but reserved characters that cannot be taken for separators of the query stay, and so do triplets
    that are encoded already."""
    parts = text.split("%")
    kept = [_quote_keeping(parts[0])]
    for part in parts[1:]:
        triplet = len(part) >= 2 and all(digit in "0123456789abcdefABCDEF" for digit in part[:2])
        kept.append(("%" if triplet else "%25") + _quote_keeping(part))
    return "".join(kept)


def _quote_keeping(text: str) -> str:
    try:
        return quote(text, safe=_RESERVED_KEPT)
    except UnicodeEncodeError:
        raise InvalidCallError("it holds half a character (a lone surrogate)") from None
