"""Unions whose other members stand first, so that a value is made from each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.model import EnumSchema, NullSchema, ObjectSchema, ReferenceSchema, UnionSchema
from specloom.synthesis.fit import may_be

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model import Json, Schema


_DEEPEST = 4
"""Unions within unions that are looked at."""


def other_members(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[UnionSchema]:
    """The same union, led by each of its members but the first; nothing for a schema that is no union.

    Args:
        schemas: What references name.
    """
    schema = _target(schema, schemas)
    if isinstance(schema, UnionSchema):
        for first, member in enumerate(schema.members):
            if first and not isinstance(member, NullSchema):
                yield _led_by(schema, first)


def is_read_as_first(union: Schema, value: Json, schemas: Mapping[str, Schema]) -> bool:
    """Tell whether a value is read as the first member of a union, and as it is documented there.

    Lists of values are open: where nothing says which member an object is, one that has the same members is as good,
    although it lists other values for one of them.
    """
    if not isinstance(union, UnionSchema) or not may_be(union.members[0], value, schemas):
        return False
    return union.discriminator is not None or not any(
        _could_be(_target(one, schemas), value, schemas) for one in union.members[1:]
    )


def _could_be(schema: Schema, value: Json, schemas: Mapping[str, Schema], depth: int = 0) -> bool:
    match schema:
        case UnionSchema(members=members) if depth < _DEEPEST:
            return any(_could_be(_target(one, schemas), value, schemas, depth + 1) for one in members)
        case ObjectSchema(properties=properties) if isinstance(value, dict):
            required = {one.name for one in properties if one.required}
            return required <= value.keys() <= {one.name for one in properties}
        case EnumSchema(members=members):
            return any(type(one.value) is type(value) for one in members)
    return False


def _target(schema: Schema, schemas: Mapping[str, Schema]) -> Schema:
    seen: set[str] = set()
    while isinstance(schema, ReferenceSchema) and schema.name in schemas and schema.name not in seen:
        seen.add(schema.name)
        schema = schemas[schema.name]
    return schema


def _led_by(union: UnionSchema, first: int) -> UnionSchema:
    """The union with that member in front; its discriminator goes by the places of members."""
    count = len(union.members)
    members = (*union.members[first:], *union.members[:first])
    told = union.discriminator
    if told is not None:
        moved = tuple((text, (index - first) % count) for text, index in told.mapping)
        default = None if told.default is None else (told.default - first) % count
        told = replace(told, mapping=moved, default=default)
    return replace(union, info=replace(union.info, examples=(), default=None), members=members, discriminator=told)
