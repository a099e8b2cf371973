"""Rows of the emitted tests of answers that nobody hopes for: they depart from the document, or report a failure."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from specloom.model import ObjectSchema, ReferenceSchema
from specloom.python import contents, wire
from specloom.synthesis import Departure, departures, step_to, synthesise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from specloom.model import Api, Failure, Json, Operation, Schema
    from specloom.python.rows_of_refusals import Refusals

_READABLE = (1, 20)
"""Levels and values of an answer that is made."""
_SAID = "it did not work"
"""The message of a failure."""
_MOST = 4
"""Answers of one operation: the members of its models have rows of their own."""


def answer_rows(api: Api, calls: Refusals) -> Iterator[Json]:
    """The call and its arguments, the status, the answer as text, and the place in it that is not documented.

    The last tells whether what came is returned all the same, where nobody asks for more.

    Args:
        calls: Knows how operations are called.
    """
    for operation, arguments in _called(api, calls, lambda one: one.behavior.failure is None):
        for status, departure, kept in islice(_answers(operation, calls.schemas), _MOST):
            text = json.dumps(departure.value, ensure_ascii=False)
            yield [calls.naming.call(operation), arguments, status, text, departure.pointer, kept]


def failure_rows(api: Api, calls: Refusals) -> Iterator[Json]:
    """The call and its arguments, the status, a success that reports a failure, its inner status and its message."""
    for operation, arguments in _called(api, calls, lambda one: one.behavior.failure is not None):
        failure = operation.behavior.failure
        assert failure is not None
        for status, schema in _successes(operation):
            made = synthesise(schema, calls.schemas, fitting=True, readable=_READABLE)
            for payload in () if made.unmet else _failing(failure, made.value):
                inner = _at(payload, failure.status) if failure.status else None
                text = json.dumps(payload, ensure_ascii=False)
                shown: list[Json] = [inner if isinstance(inner, int) else None, _SAID if failure.message else None]
                yield [calls.naming.call(operation), arguments, status, text, *shown]


def _called(
    api: Api, calls: Refusals, wanted: Callable[[Operation], bool]
) -> Iterator[tuple[Operation, dict[str, Json]]]:
    """The wanted operations of which a call can be written down, with its arguments."""
    for operation in filter(wanted, api.operations):
        if operation.documentation.deprecated or wire.credentials_of(api, operation) != calls.credentials:
            continue
        body = calls.body(operation)
        if calls.is_whole(operation, body):
            yield operation, calls.arguments(operation, body)


def _failing(failure: Failure, made: Json) -> Iterator[Json]:
    """The same answer with each of the values that tell a failure."""
    for test in failure.tests:
        told = test.equals if test.minimum is None else test.minimum
        found = _put(made, failure.message, _SAID) if failure.message else made
        yield _put(found, test.pointer, told)


def _put(document: Json, pointer: str, value: Json) -> Json:
    """A document with a value in a place, through texts that hold JSON."""
    step, _, rest = pointer[1:].partition("/")
    name = step.replace("~1", "/").replace("~0", "~")
    if not pointer:
        return value
    if isinstance(document, str):
        return json.dumps(_put(_read(document), pointer, value), separators=(",", ":"))
    held = document if isinstance(document, dict) else {}
    return {**held, name: _put(held.get(name), f"/{rest}" if rest else "", value)}


def _at(document: Json, pointer: str) -> Json:
    found = _read(document) if isinstance(document, str) and pointer else document
    step, _, rest = pointer[1:].partition("/")
    if not pointer or not isinstance(found, dict):
        return found if not pointer else None
    return _at(found.get(step.replace("~1", "/").replace("~0", "~")), f"/{rest}" if rest else "")


def _read(text: str) -> Json:
    try:
        found: Json = json.loads(text)
    except ValueError:
        return None
    return found


def _answers(operation: Operation, schemas: Mapping[str, Schema]) -> Iterator[tuple[int, Departure, bool]]:
    for status, schema in _successes(operation):
        for one in departures(schema, schemas):
            yield status, one, bool(one.pointer)
        for one in _members(schema, schemas):
            yield status, one, True


def _successes(operation: Operation) -> Iterator[tuple[int, Schema]]:
    """A status and the schema of each success that is JSON."""
    for response in contents.successes(operation):
        chosen = contents.choose(response.contents)
        schema = chosen.content.schema if chosen.content is not None and chosen.kind == "json" else None
        if schema is not None and response.status.startswith("2"):
            yield int(response.status.upper().replace("XX", "99")), schema


def _members(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[Departure]:
    """An object, one member of which departs."""
    while isinstance(schema, ReferenceSchema):
        schema = schemas[schema.name]
    made = synthesise(schema, schemas, fitting=True, readable=_READABLE)
    if not isinstance(schema, ObjectSchema) or not isinstance(made.value, dict) or made.unmet:
        return
    for one in schema.properties:
        for inner in departures(one.schema, schemas) if one.name in made.value else ():
            value: Json = {**made.value, one.name: inner.value}
            yield Departure(value=value, pointer=step_to(one.name) + inner.pointer, found=inner.found)
