"""Values that depart from a schema in one place: of another kind of JSON than it documents there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.model import (
    ArraySchema,
    BooleanSchema,
    ConstSchema,
    EnumSchema,
    IntegerSchema,
    JsonTextSchema,
    MapSchema,
    NullSchema,
    NumberSchema,
    ObjectSchema,
    ReferenceSchema,
    StandInSchema,
    StringSchema,
    UnionSchema,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from specloom.model import Json, Schema

_FOREIGN: Mapping[str, Json] = {
    "object": {"not": "documented"},
    "string": "not documented",
    "array": ["not documented"],
    "boolean": True,
}
"""A value of each kind, in the order in which they are tried."""
_ANY = frozenset((*_FOREIGN, "number", "null"))
_KEY = "any/key~"
"""A name that has to be escaped where a pointer names it."""
_DEEPEST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A value, the JSON pointer within it to what is not documented, and what is found there."""

    value: Json
    pointer: str
    found: Json


def departures(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[Departure]:
    """Values of a foreign kind, where a schema does not take every kind, and what holds one such value.

    Args:
        schemas: What references name.
    """
    while isinstance(schema, ReferenceSchema) and schema.name in schemas:
        schema = schemas[schema.name]
    foreign = _foreign(schema, schemas)
    if foreign is not None:
        yield Departure(value=foreign, pointer="", found=foreign)
    match schema:
        case StringSchema(format="date-time" | "date" | "uuid"):
            yield Departure(value=_FOREIGN["string"], pointer="", found=_FOREIGN["string"])
        case ArraySchema(items=items, prefix=()):
            yield from _holding(items, schemas, "0", lambda value: [value])
        case MapSchema(values=values):
            yield from _holding(values, schemas, _KEY, lambda value: {_KEY: value})
        case StandInSchema(value=value, member=member):
            yield from _holding(value, schemas, member, lambda value: {member: value})
        case JsonTextSchema(content=content):
            yield Departure(value="{", pointer="", found="{")
            for one in departures(content, schemas):
                text = json.dumps(one.value, separators=(",", ":"))
                yield Departure(value=text, pointer=one.pointer, found=one.found)


def _holding(
    inner: Schema, schemas: Mapping[str, Schema], step: str, hold: Callable[[Json], Json]
) -> Iterator[Departure]:
    foreign = _foreign(inner, schemas)
    if foreign is not None:
        yield Departure(value=hold(foreign), pointer=step_to(step), found=foreign)


def step_to(name: str) -> str:
    """One step of a JSON pointer."""
    return "/" + name.replace("~", "~0").replace("/", "~1")


def _foreign(schema: Schema, schemas: Mapping[str, Schema]) -> Json:
    taken = _kinds(schema, schemas, 0)
    return next((value for kind, value in _FOREIGN.items() if kind not in taken), None)


def _kinds(schema: Schema, schemas: Mapping[str, Schema], depth: int) -> frozenset[str]:
    """The kinds of JSON that a schema takes, null aside."""
    match schema:
        case ReferenceSchema(name=name) if depth < _DEEPEST and name in schemas:
            return _kinds(schemas[name], schemas, depth + 1)
        case UnionSchema(members=members):
            return frozenset().union(*(_kinds(one, schemas, depth + 1) for one in members))
        case StringSchema() | JsonTextSchema():
            return frozenset(("string",))
        case IntegerSchema() | NumberSchema():
            return frozenset(("number",))
        case BooleanSchema():
            return frozenset(("boolean",))
        case NullSchema():
            return frozenset()
        case ObjectSchema() | MapSchema():
            return frozenset(("object",))
        case ArraySchema():
            return frozenset(("array",))
        case ConstSchema(value=value):
            return _kinds_of([value])
        case EnumSchema(members=members):
            return _kinds_of(one.value for one in members)
        case StandInSchema(value=value):
            return _kinds(value, schemas, depth) | {"object"}
    return _ANY


def _kinds_of(values: Iterable[Json]) -> frozenset[str]:
    return frozenset(_kind_of(one) for one in values)


def _kind_of(value: Json) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"
    return "number"
