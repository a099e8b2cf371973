"""Plain values made from a schema: texts by format, length and pattern, numbers by range."""

from __future__ import annotations

import math
from base64 import b64encode
from typing import TYPE_CHECKING

from specloom.model.numbers import exact, is_within
from specloom.synthesis.patterns import UnknownPatternError, fitting_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model import Bounds, IntegerSchema, NumberSchema, StringSchema

# A documented length is a stranger's number; nobody reads a longer text.
_LONGEST = 10_000
_BASE64 = b64encode(b"example").decode("ascii")
_NUMBER = 1.5
_MOMENT = 1705305600  # 2024-01-15T08:00:00Z, the moment of every made date
_FORMATS = {
    "date-time": "2024-01-15T08:00:00Z",
    "date": "2024-01-15",
    "time": "08:00:00Z",
    "duration": "PT1H",
    "uuid": "00000000-0000-4000-8000-000000000001",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "iri": "https://example.com/",
    "uri-reference": "/example",
    "iri-reference": "/example",
    "uri-template": "/example/{id}",
    "email": "user@example.com",
    "idn-email": "user@example.com",
    "hostname": "example.com",
    "idn-hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "json-pointer": "/example",
    "relative-json-pointer": "0",
    "regex": ".*",
    "byte": _BASE64,
}


def make_text(schema: StringSchema) -> tuple[str, str]:
    """A text for a schema, and what of the schema it does not keep (empty where it keeps all)."""
    shortest = min(schema.min_length or 0, _LONGEST)
    longest = _LONGEST if schema.max_length is None else schema.max_length
    if schema.pattern:
        try:
            parsed = schema.format in ("date", "date-time", "uuid")
            return fitting_text(schema.pattern, shortest, longest), f"format: {schema.format}" if parsed else ""
        except UnknownPatternError as error:
            return _fit("string", shortest, longest), f"pattern: {error}"
    fixed = _FORMATS.get(schema.format, "")
    if not fixed and schema.content_encoding in ("base64", "base64url"):
        fixed = _BASE64
    if not fixed and schema.content_media_type == "application/json":
        fixed = "{}"
    if fixed:
        kept = shortest <= len(fixed) <= longest
        return fixed, "" if kept else "minLength or maxLength"
    text = _fit("string", shortest, longest)
    return text, "" if len(text) >= (schema.min_length or 0) else "minLength"


def make_integer(schema: IntegerSchema) -> tuple[int, str]:
    """A whole number for a schema, and what of the schema it does not keep."""
    low, high = _limits(schema.bounds)
    value = {"milliseconds": _MOMENT * 1000, "seconds": _MOMENT}.get(schema.epoch, 1)
    if value < low < math.inf:
        value = math.ceil(low)
    elif value > high > -math.inf:
        value = math.floor(high)
    value += value == schema.bounds.exclusive_minimum
    value -= value == schema.bounds.exclusive_maximum
    if schema.bounds.multiple_of:
        step = exact(schema.bounds.multiple_of).numerator  # whole multiples of 3/2 are those of 3
        value = -(-value // step) * step
        value -= step if value > high else 0
    return value, "" if is_within(value, schema.bounds) else "range"


def make_number(schema: NumberSchema) -> tuple[int | float, str]:
    """A number for a schema, and what of the schema it does not keep."""
    made: int | float = _NUMBER
    try:
        for made in _numbers(schema.bounds):
            if math.isfinite(made) and is_within(made, schema.bounds):
                return made, ""
    except OverflowError:  # bounds that no float reaches
        return _NUMBER, "range"
    return made, "range"


def _numbers(bounds: Bounds) -> Iterator[int | float]:
    low, high = _limits(bounds)
    nearest: int | float = min(max(_NUMBER, low), high)
    yield _next_multiple(nearest, bounds.multiple_of) if bounds.multiple_of else nearest
    if low > -math.inf and high < math.inf:
        yield (low + high) / 2
    if low > -math.inf:
        yield low + 1
    if high < math.inf:
        yield high - 1


def _next_multiple(value: float, step: float) -> int | float:
    found = math.ceil(exact(value) / exact(step)) * exact(step)
    return found.numerator if isinstance(step, int) else float(found)


def _fit(text: str, shortest: int, longest: int) -> str:
    repeated = text * (shortest // len(text) + 1) if shortest > len(text) else text
    return repeated[: max(shortest, len(text))][: max(longest, 0)]


def _limits(bounds: Bounds) -> tuple[float, float]:
    lows = [one for one in (bounds.minimum, bounds.exclusive_minimum) if one is not None]
    highs = [one for one in (bounds.maximum, bounds.exclusive_maximum) if one is not None]
    return max(lows, default=-math.inf), min(highs, default=math.inf)
