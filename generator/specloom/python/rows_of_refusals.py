"""Rows of the emitted tests of what is refused before anything is sent, and of what is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.model import ObjectSchema, ReferenceSchema
from specloom.python import contents, styles, wire
from specloom.python.arguments import plan_arguments
from specloom.python.limits import is_sensitive, takes
from specloom.python.plan_client import client_parameters
from specloom.python.plan_models import is_required
from specloom.python.refused import FORCED, departures, shown, takes_words, tried
from specloom.python.types import split_union
from specloom.synthesis import departures as foreign_values
from specloom.synthesis import step_to, synthesise
from specloom.synthesis.fit import may_be

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model import Api, Json, Operation, Parameter, Schema
    from specloom.python.naming import Naming

_UNDOCUMENTED: tuple[tuple[str, Json], ...] = (
    ("dict", {"not": "documented"}),
    ("list", ["not documented"]),
    ("str", "not documented"),
    ("bool", True),
)
"""Values of kinds, in the order in which they are tried."""


_READABLE = (1, 20)
"""Levels and values of a body that is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A call.

    Args:
        given: What the client is made with beside what it is made with anyway.
        said: How the words begin by which it is refused; empty where it is not.
        sent: Whether it is sent where the caller insists.
    """

    given: dict[str, Json]
    call: str
    arguments: dict[str, Json]
    said: str
    sent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    value: Json
    said: str
    sent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """Works out the rows of one API: what the client is given, the call and its arguments, the words of the refusal.

    Args:
        schemas: Those that the document names.
        credentials: Those of the client that makes the calls, as `wire.credentials_of` gives them.
        held: What that client holds of parameters, by their name on the wire.
    """

    api: Api
    naming: Naming
    schemas: Mapping[str, Schema]
    credentials: Mapping[str, str]
    held: Mapping[str, Json]

    def rows(self) -> Iterator[Json]:
        """Every call that is refused, with the words."""
        for one in self._trials():
            if one.said:
                yield [one.given, one.call, one.arguments, one.said]

    def sent_rows(self) -> Iterator[Json]:
        """Every call that is sent: with values just within their limits, and with others where the caller insists."""
        for one in self._trials():
            if one.sent:
                insisting: dict[str, Json] = {"check": False} if one.said else {}
                yield [one.given, one.call, {**one.arguments, **insisting}]

    def _trials(self) -> Iterator[Trial]:
        """In the order of the operations; what the client holds is tried with the first that takes it."""
        held = {one.name: name for name, one in client_parameters(self.api).items()}
        for operation in self.api.operations:
            if operation.documentation.deprecated or wire.credentials_of(self.api, operation) != self.credentials:
                continue
            call, missing = self.naming.call(operation), self._missing(operation)
            body = self.body(operation)
            arguments = self.arguments(operation, body)
            can_send = self.is_whole(operation, body)
            for one in () if missing else operation.parameters:
                if one.client_level and one.name in held:
                    name = held.pop(one.name)
                    for tried_value in self._values(one, name):
                        if tried_value.value in (None, ""):
                            continue  # which the client refuses, for all of its operations
                        given: dict[str, Json] = {name: tried_value.value}
                        yield _trial(tried_value, call, arguments, given=given, can_send=can_send)
            for argument in plan_arguments(operation, self.naming):
                if {*missing} - {argument.name}:
                    continue  # Python itself refuses the call
                for tried_value in self._values(argument.parameter, argument.name):
                    changed = {**arguments, argument.name: tried_value.value}
                    yield _trial(tried_value, call, changed, can_send=can_send or argument.name in missing)
            for tried_value in () if missing else self._bodies(operation, body):
                yield _trial(tried_value, call, {**arguments, "body": tried_value.value})

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

    def body(self, operation: Operation) -> Json:
        """A body of JSON: the first that is documented, else one that is made."""
        chosen = contents.choose(operation.body.contents) if operation.body is not None else None
        if chosen is None or chosen.kind != "json" or chosen.content is None:
            return None
        schema = chosen.content.schema
        documented = [one.value for one in chosen.content.examples if not one.raw]
        fitting = [one for one in documented if schema is None or may_be(schema, one, self.schemas)]
        if fitting or schema is None:
            return next(iter(fitting), None)
        made = synthesise(schema, self.schemas, fitting=True, readable=_READABLE)
        return None if made.unmet else made.value

    def _values(self, parameter: Parameter, name: str) -> Iterator[_Value]:
        if parameter.required:
            where = "; give it to the client" if parameter.client_level else ""
            yield _Value(value=None, said=f"{name} is required{where}", sent=parameter.place != "path")
        sensitive = is_sensitive(parameter.schema)
        kinds = takes(parameter.schema, self.naming.types("models."))
        other = _foreign(kinds) if kinds else None
        if other is not None:
            said = f"{name}: it takes {takes_words(kinds)}, not {shown(other, sensitive=sensitive)}{FORCED}"
            yield _Value(value=other, said=said, sent=styles.can_write(parameter, other))
        for value in tried(parameter.schema, self.schemas):
            faults = departures(parameter.schema, self.schemas, value, sensitive=sensitive)
            words = f"{name}: {'; '.join(faults)}{FORCED}" if faults else ""
            if words or styles.can_write(parameter, value):
                yield _Value(value=value, said=words, sent=styles.can_write(parameter, value))

    def _bodies(self, operation: Operation, body: Json) -> Iterator[_Value]:
        needed = operation.body is not None and operation.body.required
        if needed and operation.body is not None and not contents.takes_null(operation.body, self.naming.types()):
            yield _Value(value=None, said="body is required", sent=True)
        content = contents.choose(operation.body.contents).content if operation.body is not None else None
        if body is None or content is None or content.schema is None:
            return
        for departure in foreign_values(content.schema, self.schemas):
            yield _Value(value=departure.value, said=f"body{departure.pointer}: ", sent=True)
        schema = content.schema
        while isinstance(schema, ReferenceSchema):
            schema = self.schemas[schema.name]
        if isinstance(schema, ObjectSchema) and isinstance(body, dict):
            yield from self._members(schema, body)

    def _members(self, schema: ObjectSchema, body: Mapping[str, Json]) -> Iterator[_Value]:
        for one in schema.properties:
            if one.name not in body or one.schema.info.read_only:
                continue
            place = f"body{step_to(one.name)}"
            for departure in foreign_values(one.schema, self.schemas):
                changed: dict[str, Json] = {**body, one.name: departure.value}
                yield _Value(value=changed, said=f"{place}{departure.pointer}: ", sent=True)
            for value in tried(one.schema, self.schemas):
                sensitive = is_sensitive(one.schema)
                faults = departures(one.schema, self.schemas, value, sensitive=sensitive, member=True)
                said = "; ".join(f"{place}{'/' if fault[:1].isdigit() else ': '}{fault}" for fault in faults)
                yield _Value(value={**body, one.name: value}, said=said and said + FORCED, sent=True)
            if is_required(one):
                left = {name: value for name, value in body.items() if name != one.name}
                said = f"{place}: A member is required; found nothing{FORCED}"
                yield _Value(value=left, said=said, sent=True)


def _trial(
    value: _Value,
    call: str,
    arguments: dict[str, Json],
    *,
    given: dict[str, Json] | None = None,
    can_send: bool = True,
) -> Trial:
    return Trial(given=given or {}, call=call, arguments=arguments, said=value.said, sent=value.sent and can_send)


def _foreign(kinds: str) -> Json:
    taken = {one.partition("[")[0] for one in split_union(kinds)}
    return next((value for kind, value in _UNDOCUMENTED if kind not in taken), None)
