"""Rows of the emitted tests of models: each is read, and written again, member by member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.model import AnySchema, NullSchema, ObjectSchema, ReferenceSchema, UnionSchema
from specloom.python.plan_models import field_names, is_required
from specloom.python.types import split_union
from specloom.synthesis import synthesise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model import Api, Json, Schema
    from specloom.python.naming import Naming

_READABLE = (3, 60)
"""Levels and values of what is made: what is held by a model has a row of its own."""

_WIDEST = 200
"""Members of a model that still has rows: what is wider is a row that nobody reads, and costs a build time."""


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


def _filled(made: Mapping[str, Json], fields: Mapping[str, str]) -> list[Json]:
    return [*sorted(fields.get(name, name) for name in made)]


def _made(schema: ObjectSchema, schemas: Mapping[str, Schema], *, nulls: bool) -> dict[str, Json] | None:
    made = synthesise(schema, schemas, nulls=nulls, fitting=True, readable=_READABLE)
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
