"""Rows of the emitted tests of what is refused before anything is sent: what is missing, and what is not documented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.model import (
    ArraySchema,
    EnumSchema,
    IntegerSchema,
    NumberSchema,
    ReferenceSchema,
    StringSchema,
)
from specloom.python import contents, styles, wire
from specloom.python.arguments import plan_arguments
from specloom.python.limits import takes
from specloom.python.plan_client import client_parameters
from specloom.python.types import split_union

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model import Api, Bounds, Json, Operation, Parameter, Schema
    from specloom.python.naming import Naming

_LONGEST = 200
"""Most characters or items of a value that is too long: a row is read by people."""
_WHOLE = 2**53
"""Where floating point no longer tells a number from the next."""
_UNDOCUMENTED: tuple[tuple[str, Json], ...] = (
    ("dict", {"not": "documented"}),
    ("list", ["not documented"]),
    ("str", "not documented"),
    ("bool", True),
)
"""Values of kinds, in the order in which they are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """Works out the rows of one API: what the client is given, the call and its arguments, the words of the refusal.

    Args:
        schemas: Those that the document names.
        credentials: Those of the client that makes the calls, as `wire.credentials_of` gives them.
    """

    api: Api
    naming: Naming
    schemas: Mapping[str, Schema]
    credentials: Mapping[str, str]

    def rows(self) -> Iterator[Json]:
        """Every row, in the order of the operations; what the client holds is tried with the first that takes it."""
        held = {one.name: name for name, one in client_parameters(self.api).items()}
        for operation in self.api.operations:
            if operation.documentation.deprecated or wire.credentials_of(self.api, operation) != self.credentials:
                continue
            call = self.naming.call(operation)
            arguments = self.arguments(operation)
            for one in () if self._missing(operation) else operation.parameters:
                if one.client_level and one.name in held:
                    name = held.pop(one.name)
                    for value, said in self._refused(one, name):
                        if value in (None, ""):
                            continue  # which the client refuses, for all of its operations
                        yield [{name: value}, call, arguments, said]
            missing = set(self._missing(operation))
            for argument in plan_arguments(operation, self.naming):
                if missing - {argument.name}:
                    continue  # Python itself refuses the call
                for value, said in self._refused(argument.parameter, argument.name):
                    yield [{}, call, {**arguments, argument.name: value}, said]
            body = operation.body
            needs_body = body is not None and body.required and not contents.takes_null(body, self.naming.types())
            if needs_body and not missing:
                yield [{}, call, arguments, "body is required"]

    def is_whole(self, operation: Operation, body: Json) -> bool:
        """Whether a documented call can be written down."""
        needs_body = operation.body is not None and operation.body.required
        return not self._missing(operation) and not (needs_body and body is None)

    def _missing(self, operation: Operation) -> list[str]:
        """What a documented call would have to give, body aside, and nothing is known of."""
        given = self.arguments(operation)
        needed = [one.name for one in plan_arguments(operation, self.naming) if one.parameter.required]
        return [one for one in needed if one not in given]

    def arguments(self, operation: Operation, body: Json = None) -> dict[str, Json]:
        """What a documented call gives of all that is required."""
        found: dict[str, Json] = {}
        for one in plan_arguments(operation, self.naming):
            value = wire.sample(one.parameter, self.schemas)
            if one.parameter.required and styles.can_write(one.parameter, value):
                found[one.name] = value
        bodies: dict[str, Json] = {} if operation.body is None else {"body": body}
        return {**found, **bodies}

    def _refused(self, parameter: Parameter, name: str) -> Iterator[tuple[Json, str]]:
        if parameter.required:
            yield None, f"{name} is required"
        kinds = {one.partition("[")[0] for one in split_union(takes(parameter.schema, self.naming.types("models.")))}
        if any(kinds):
            other = next((value for kind, value in _UNDOCUMENTED if kind not in kinds), None)
            if other is not None:
                yield other, f"{name}: it takes "
        for value in _beyond(parameter.schema, self.schemas):
            yield value, f"{name}: "


def _beyond(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[Json]:
    """Values of the right kind that the document leaves out."""
    while isinstance(schema, ReferenceSchema):
        schema = schemas[schema.name]
    match schema:
        case IntegerSchema(bounds=bounds, epoch="") | NumberSchema(bounds=bounds):
            yield from _out_of_bounds(bounds)
        case StringSchema(min_length=least, max_length=most):
            yield from ["x" * (least - 1)] if least and least <= _LONGEST else []
            yield from ["x" * (most + 1)] if most is not None and most < _LONGEST else []
        case EnumSchema(kind="string", extensible=False):
            yield "not documented"
        case EnumSchema(kind="integer", members=members, extensible=False):
            yield max(one.value for one in members if isinstance(one.value, int)) + 1
        case ArraySchema(items=items, min_items=least):
            yield from [[]] if least else []
            for inner in _beyond(items, schemas):
                yield [inner]


def _out_of_bounds(bounds: Bounds) -> Iterator[Json]:
    if bounds.minimum is not None and abs(bounds.minimum) < _WHOLE:
        yield bounds.minimum - 1
    if bounds.maximum is not None and abs(bounds.maximum) < _WHOLE:
        yield bounds.maximum + 1
    if bounds.exclusive_minimum is not None:
        yield bounds.exclusive_minimum
    if bounds.exclusive_maximum is not None:
        yield bounds.exclusive_maximum
