"""Rows of the emitted tests of models: each is read, and written again, member by member, whatever its members hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from specloom.model import (
    AnySchema,
    BooleanSchema,
    IntegerSchema,
    NullSchema,
    NumberSchema,
    ObjectSchema,
    ReferenceSchema,
    StringSchema,
    UnionSchema,
)
from specloom.python.limits import is_sensitive
from specloom.python.plan_models import field_names, is_required
from specloom.python.types import split_union
from specloom.synthesis import departures, is_read_as_first, other_members, step_to, synthesise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model import Api, Json, Schema
    from specloom.python.naming import Naming
    from specloom.synthesis import Departure

_READABLE = (3, 60)
"""Levels and values of what is made: what is held by a model has a row of its own."""

_SMALL = (1, 30)
"""The same where one member after the other departs from what is documented."""

_WIDEST = 200
"""Members of a model that still has rows: what is wider is a row that nobody reads, and costs a build time."""

_UNDOCUMENTED = "undocumented"
"""A member that no document has."""


def model_rows(api: Api, naming: Naming) -> Iterator[list[Json]]:
    """The class, a document that it is read from, the fields that this fills, and where it holds an undocumented null.

    One document has every member; in the other each member is null that may be, and each that may be absent, for many
    services send null in place of leaving out.
    """
    schemas: dict[str, Schema] = {one.name: one.schema for one in api.schemas}
    for one in api.schemas:
        if not isinstance(one.schema, ObjectSchema) or len(one.schema.properties) > _WIDEST:
            continue
        class_, fields = naming.classes[one.name], field_names(one.schema)
        whole = _made(one.schema, schemas, nulls=False)
        if whole:
            yield [class_, whole, _filled(whole, fields), []]
        empty = _made(one.schema, schemas, nulls=True)
        strays = _strays(one.schema, schemas, naming)
        if empty is not None and {**empty, **strays} not in ({}, whole):
            yield [class_, {**empty, **strays}, _filled({**empty, **strays}, fields), [*strays]]
        if whole is None:
            continue
        if not one.schema.patterns and (one.schema.additional is None or isinstance(one.schema.additional, AnySchema)):
            more: dict[str, Json] = {**whole, _UNDOCUMENTED: {"not": ["documented"]}}
            yield [class_, more, _filled(more, fields), [_UNDOCUMENTED] if _is_closed(one.schema) else []]
        for name, value in _others(one.schema, schemas):
            if name in whole and whole[name] != value:
                other: dict[str, Json] = {**whole, name: value}
                yield [class_, other, _filled(other, fields), []]


def secret_rows(api: Api, naming: Naming) -> Iterator[list[Json]]:
    """The class, a document that it is read from, and texts in it that nothing may show."""
    schemas: dict[str, Schema] = {one.name: one.schema for one in api.schemas}
    for one in api.schemas:
        if not isinstance(one.schema, ObjectSchema) or len(one.schema.properties) > _WIDEST:
            continue
        hidden = [each.name for each in one.schema.properties if _is_secret_text(each.schema)]
        made = _made(one.schema, schemas, nulls=False, readable=_SMALL) if hidden else None
        if made is not None:
            secrets: dict[str, Json] = {name: f"secret {at}" for at, name in enumerate(hidden)}
            yield [naming.classes[one.name], {**made, **secrets}, [*secrets.values()]]


def _is_secret_text(schema: Schema) -> bool:
    return isinstance(schema, StringSchema) and schema.info.sensitive and schema.format in ("", "password")


def _others(schema: ObjectSchema, schemas: Mapping[str, Schema]) -> Iterator[tuple[str, Json]]:
    """A value of each member of a union but the first, for each member of a model that is one."""
    for one in schema.properties:
        for union in other_members(one.schema, schemas):
            made = synthesise(union, schemas, fitting=True, readable=_SMALL)
            if not made.unmet and made.value is not None and is_read_as_first(union, made.value, schemas):
                yield one.name, made.value


def departure_rows(api: Api, naming: Naming) -> Iterator[list[Json]]:
    """The class, a document that it is read from, and what may stand in place of its members although nothing says so.

    Each of these is a member, its field, the value, and pointer and words by which it is told.
    """
    schemas: dict[str, Schema] = {one.name: one.schema for one in api.schemas}
    for one in api.schemas:
        if not isinstance(one.schema, ObjectSchema) or len(one.schema.properties) > _WIDEST:
            continue
        made = _made(one.schema, schemas, nulls=False, readable=_SMALL)
        if made is None:
            continue
        fields = field_names(one.schema)
        found: list[Json] = [
            _departed(name, fields.get(name, ""), schema, departure)
            for name, schema in _members(one.schema, made)
            for departure in departures(schema, schemas)
        ]
        if found:
            yield [naming.classes[one.name], made, found]


def _members(schema: ObjectSchema, made: Mapping[str, Json]) -> Iterator[tuple[str, Schema]]:
    yield from ((one.name, one.schema) for one in schema.properties if one.name in made)
    if schema.additional is not None and not schema.patterns:
        yield _UNDOCUMENTED, schema.additional


def _departed(name: str, field: str, schema: Schema, departure: Departure) -> Json:
    said = "found "
    if isinstance(schema, StringSchema | IntegerSchema | NumberSchema | BooleanSchema):  # nothing else decides on these
        shown = json.dumps(departure.found, ensure_ascii=False)
        said += "a value that is not shown" if is_sensitive(schema) else shown
    return [name, field, departure.value, step_to(name) + departure.pointer, said]


def _is_closed(schema: ObjectSchema) -> bool:
    return schema.additional is None and not schema.patterns


def _filled(made: Mapping[str, Json], fields: Mapping[str, str]) -> list[Json]:
    return [*sorted(fields.get(name, name) for name in made)]


def _made(
    schema: ObjectSchema, schemas: Mapping[str, Schema], *, nulls: bool, readable: tuple[int, int] = _READABLE
) -> dict[str, Json] | None:
    made = synthesise(schema, schemas, nulls=nulls, fitting=True, readable=readable)
    return made.value if isinstance(made.value, dict) and not made.unmet else None


def _strays(schema: ObjectSchema, schemas: Mapping[str, Schema], naming: Naming) -> dict[str, Json]:
    """Null for each member that may be absent and not null."""
    types = naming.types()
    return {
        one.name: None
        for one in schema.properties
        if not is_required(one)
        and "None" not in split_union(types.held(one.schema))
        and not _takes_null(one.schema, schemas)
    }


def _takes_null(schema: Schema, schemas: Mapping[str, Schema]) -> bool:
    """Whether null is a value of a type that does not say so by itself: anything is, and an alias may stand for it."""
    seen: set[str] = set()
    while isinstance(schema, ReferenceSchema) and schema.name not in seen:
        seen.add(schema.name)
        schema = schemas[schema.name]
    if isinstance(schema, UnionSchema):
        return any(isinstance(one, ReferenceSchema) or _takes_null(one, schemas) for one in schema.members)
    return schema.info.nullable or isinstance(schema, AnySchema | NullSchema)
