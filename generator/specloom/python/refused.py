"""Which values a client refuses before it sends them, and in which words: worked out from the document alone.

Like `wire`, this is not the runtime and shares nothing with it, so that emitted tests hold the one against the other.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

from specloom.model import (
    ArraySchema,
    Bounds,
    EnumSchema,
    IntegerSchema,
    NumberSchema,
    ReferenceSchema,
    StringSchema,
)
from specloom.python.types import split_union

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model import Json, Schema

FORCED = " (`check=False` sends it all the same)"
_LONGEST = 200
"""Most characters or items of a value that is tried: a row is read by people."""
_WHOLE = 2**53
"""Where floating point no longer tells a number from the next."""
_SHOWN, _LISTED = 80, 20
"""Characters of a value, and listed values, that a message shows."""
_WORDS = {
    "str": "text",
    "int": "an integer",
    "float": "a number",
    "bool": "True or False",
    "datetime": "a datetime",
    "date": "a date",
    "UUID": "a UUID",
    "list": "a list",
    "dict": "a mapping",
}


def takes_words(takes: str) -> str:
    """What a parameter takes, in words; `takes` is what the runtime is told of it."""
    return " or ".join(dict.fromkeys(map(_words, split_union(takes))))


def _words(kind: str) -> str:
    name, _, inner = kind.partition("[")
    return f"a list, each {takes_words(inner.removesuffix(']'))}" if name == "list" and inner else _WORDS[name]


def shown(value: Json, *, sensitive: bool) -> str:
    """A value as a message shows it."""
    if isinstance(value, list | dict) or (sensitive and isinstance(value, str)):
        size = "" if sensitive else f" of length {len(value)}"
        return f"a {type(value).__name__}{size}"
    if sensitive and value is not None:
        return f"a value of type {type(value).__name__}"
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def tried(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[Json]:
    """Values of the right kind on both sides of each limit, and beside what is listed."""
    schema = _resolved(schema, schemas)
    match schema:
        case IntegerSchema(bounds=bounds, epoch="") | NumberSchema(bounds=bounds):
            yield from _around(bounds, whole=isinstance(schema, IntegerSchema))
        case StringSchema(min_length=least, max_length=most):
            yield from ("x" * size for size in _sizes(least, most))
        case EnumSchema(kind="string", members=members, extensible=False):
            yield from (members[0].value, members[-1].value, "not documented")
        case EnumSchema(kind="integer", members=members, extensible=False):
            yield from (members[0].value, max(one.value for one in members if isinstance(one.value, int)) + 1)
        case ArraySchema(items=items, prefix=()):
            yield from [[]] if schema.min_items else []
            yield from ([one] for one in tried(items, schemas))


def departures(
    schema: Schema, schemas: Mapping[str, Schema], value: Json, *, sensitive: bool, member: bool = False
) -> list[str]:
    """What is said of a value of the right kind that the document leaves out; nothing of one that it allows.

    Args:
        member: Whether it is a member of a body, where enumerations speak for themselves.
    """
    named = isinstance(schema, ReferenceSchema)
    schema = _resolved(schema, schemas)
    if member and named and isinstance(schema, EnumSchema):
        listed = [one.value for one in schema.members]
        found = json.dumps(value, ensure_ascii=False)
        return [] if value in listed else [f"Should be one of {', '.join(map(str, listed))}; found {found}"]
    said = [f"{one}, not {shown(value, sensitive=sensitive)}" for one in _departures(schema, value)]
    if isinstance(schema, ArraySchema) and isinstance(value, list):
        inner = [
            f"{at}: {text}"
            for at, one in enumerate(value)
            for text in departures(schema.items, schemas, one, sensitive=sensitive, member=member)
        ]
        return [*inner, *said]
    return said


def _departures(schema: Schema, value: Json) -> Iterator[str]:
    match schema, value:
        case IntegerSchema(bounds=bounds) | NumberSchema(bounds=bounds), int() | float():
            yield from _beyond(bounds, value)
        case StringSchema(min_length=least, max_length=most), str():
            yield from _beyond_size(len(value), least, most, "character")
        case ArraySchema(min_items=least, max_items=most), list():
            yield from _beyond_size(len(value), least, most, "item")
        case EnumSchema(members=members, extensible=False), _:
            listed = [repr(one.value) for one in members]
            if value not in [one.value for one in members]:
                more = f" and {len(listed) - _LISTED} more" if len(listed) > _LISTED else ""
                yield f"it takes one of {', '.join(listed[:_LISTED])}{more}"


def _beyond(bounds: Bounds, value: float) -> Iterator[str]:
    if bounds.minimum is not None and value < bounds.minimum:
        yield f"it takes {bounds.minimum} or more"
    if bounds.maximum is not None and value > bounds.maximum:
        yield f"it takes {bounds.maximum} or less"
    if bounds.exclusive_minimum is not None and value <= bounds.exclusive_minimum:
        yield f"it takes more than {bounds.exclusive_minimum}"
    if bounds.exclusive_maximum is not None and value >= bounds.exclusive_maximum:
        yield f"it takes less than {bounds.exclusive_maximum}"
    if bounds.multiple_of and Fraction(str(value)) % Fraction(str(bounds.multiple_of)):
        yield f"it takes multiples of {bounds.multiple_of}"


def _beyond_size(size: int, least: int | None, most: int | None, unit: str) -> Iterator[str]:
    if least is not None and size < least:
        yield f"it takes at least {_counted(least, unit)}"
    if most is not None and size > most:
        yield f"it takes at most {_counted(most, unit)}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _around(bounds: Bounds, *, whole: bool) -> Iterator[Json]:
    limits = [bounds.minimum, bounds.maximum, bounds.exclusive_minimum, bounds.exclusive_maximum]
    found = [one for one in limits if one is not None and abs(one) < _WHOLE]
    step = bounds.multiple_of
    if step and not found and abs(step) < _WHOLE:
        found.append(step)
    if not whole or all(float(one).is_integer() for one in found):
        yield from dict.fromkeys(value for one in found for value in (one - 1, one, one + 1))


def _sizes(least: int | None, most: int | None) -> list[int]:
    limits = [*([least - 1, least] if least else []), *([most, most + 1] if most is not None else [])]
    return sorted({one for one in limits if 0 <= one <= _LONGEST})


def _resolved(schema: Schema, schemas: Mapping[str, Schema]) -> Schema:
    while isinstance(schema, ReferenceSchema):
        schema = schemas[schema.name]
    return schema
