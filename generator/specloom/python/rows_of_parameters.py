"""Rows of the emitted tests of parameters: each goes where its document says, in the style that it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.model import (
    ArraySchema,
    BooleanSchema,
    EnumSchema,
    IntegerSchema,
    MapSchema,
    ReferenceSchema,
    StringSchema,
    UnionSchema,
)
from specloom.python import styles, wire
from specloom.python.arguments import plan_arguments
from specloom.python.refused import departures
from specloom.synthesis import synthesise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model import Api, Json, Operation, Parameter, Schema
    from specloom.python.rows_of_refusals import Refusals

_READABLE = (2, 20)
"""Levels and values of what is made."""
_TEXTS = ("a b/ß?&=%+,;", "a b/c", "ab")
"""Texts for a parameter, in the order in which they are tried: not each place takes every character."""


def parameter_rows(api: Api, calls: Refusals) -> Iterator[Json]:
    """The call and its arguments, path and query that it asks for, and the header lines that its parameter makes.

    Args:
        calls: Knows how operations are called.
    """
    for operation in api.operations:
        if operation.documentation.deprecated or wire.credentials_of(api, operation) != calls.credentials:
            continue
        body = calls.body(operation)
        if not calls.is_whole(operation, body):
            continue
        arguments = calls.arguments(operation, body)
        call = calls.naming.call(operation)
        needed = _needed(operation, calls)
        for one in plan_arguments(operation, calls.naming):
            for value in _written(one.parameter, calls.schemas):
                given = {**needed, _key(one.parameter): value}
                has_body = body is not None
                request = wire.write_request(api, operation, given, body, has_body=has_body, user_agent="")
                about = {"header": one.parameter.name.lower(), "cookie": "cookie"}.get(one.parameter.place, "")
                lines: list[Json] = [[name, said] for name, said in request.headers if name == about]
                yield [call, {**arguments, one.name: value}, request.target, lines]


def _key(parameter: Parameter) -> str:
    return f"{parameter.place} {parameter.name}"


def _needed(operation: Operation, calls: Refusals) -> dict[str, Json]:
    """The values of what is required, and of what the client holds."""
    found: dict[str, Json] = {}
    for one in operation.parameters:
        needed = wire.sample(one, calls.schemas) if one.required else None
        value = calls.held.get(one.name) if one.client_level else needed
        if styles.can_write(one, value):
            found[_key(one)] = value
    return found


def _written(parameter: Parameter, schemas: Mapping[str, Schema]) -> Iterator[Json]:
    """Values of each kind that a parameter takes, and that can be sent."""
    for value in _values(parameter, parameter.schema, schemas):
        if styles.can_write(parameter, value) and not departures(parameter.schema, schemas, value, sensitive=False):
            yield value


def _values(parameter: Parameter, schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[Json]:
    while isinstance(schema, ReferenceSchema):
        schema = schemas[schema.name]
    match schema:
        case UnionSchema(members=members):
            for one in members:
                yield from _values(parameter, one, schemas)
        case StringSchema(format=""):
            yield next((one for one in _TEXTS if styles.can_write(parameter, one)), None)
        case BooleanSchema():
            yield from (True, False)
        case EnumSchema(members=members):
            yield from (one.value for one in members[-1:])
        case ArraySchema(items=StringSchema(format=""), prefix=()):
            for text in _TEXTS:
                yield [text, "c"]
        case ArraySchema(items=IntegerSchema(), prefix=()):
            yield [1, 2]
        case MapSchema(values=IntegerSchema()):
            yield {"a b": 1, "c": 2}
        case MapSchema(values=StringSchema(format="")):
            yield {"a b": "c d", "e": "f"}
        case _:
            made = synthesise(schema, schemas, fitting=True, readable=_READABLE)
            yield from [] if made.unmet else [made.value]
