"""Unions whose other members stand first, so that a value is made from each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.model import NullSchema, ReferenceSchema, UnionSchema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model import Schema


def other_members(schema: Schema, schemas: Mapping[str, Schema]) -> Iterator[UnionSchema]:
    """The same union, led by each of its members but the first; nothing for a schema that is no union.

    Args:
        schemas: What references name.
    """
    seen: set[str] = set()
    while isinstance(schema, ReferenceSchema) and schema.name in schemas and schema.name not in seen:
        seen.add(schema.name)
        schema = schemas[schema.name]
    if isinstance(schema, UnionSchema):
        for first, member in enumerate(schema.members):
            if first and not isinstance(member, NullSchema):
                yield _led_by(schema, first)


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
