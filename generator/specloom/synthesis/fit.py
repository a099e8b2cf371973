"""Whether an example may be a value of its schema: examples of others need not be."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from specloom.model import (
    ArraySchema,
    BooleanSchema,
    ConstSchema,
    EnumSchema,
    IntegerSchema,
    JsonTextSchema,
    MapSchema,
    NumberSchema,
    ObjectSchema,
    ReferenceSchema,
    StringSchema,
    UnionSchema,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specloom.model import Json, Schema

_DEEPEST = 40
"""Levels that are looked at; what is beneath them is taken on trust."""


def may_be(schema: Schema, value: Json, schemas: Mapping[str, Schema], *, depth: int = 0) -> bool:
    """Tell whether a value is of the kinds of a schema, has what it requires, and is among what it lists.

    Patterns, bounds and formats that stay text are left to validation.

    Args:
        schemas: What references name.
    """
    if depth > _DEEPEST:
        return True
    if value is None and schema.info.nullable:
        return True
    match schema:
        case ReferenceSchema(name=name):
            return name not in schemas or may_be(schemas[name], value, schemas, depth=depth + 1)
        case UnionSchema(members=members):
            return any(may_be(one, value, schemas, depth=depth + 1) for one in members)
        case ObjectSchema() if isinstance(value, dict):
            return all(
                may_be(one.schema, value[one.name], schemas, depth=depth + 1) if one.name in value else not one.required
                for one in schema.properties
            )
        case MapSchema(values=values) if isinstance(value, dict):
            return all(may_be(values, one, schemas, depth=depth + 1) for one in value.values())
        case ArraySchema(items=items, prefix=prefix) if isinstance(value, list):
            kinds = [*prefix, *[items] * (len(value) - len(prefix))]
            return all(may_be(kind, one, schemas, depth=depth + 1) for kind, one in zip(kinds, value, strict=False))
        case EnumSchema(members=members):
            return any(one.value == value and type(one.value) is type(value) for one in members)
        case ConstSchema():
            return schema.value == value
    return _is_of_kind(schema, value)


def _is_of_kind(schema: Schema, value: Json) -> bool:
    """Whether a value is of the JSON type of a schema that says one."""
    match schema:
        case StringSchema(format=name):
            return isinstance(value, str) and _is_read(name, value)
        case JsonTextSchema():
            return isinstance(value, str)
        case BooleanSchema():
            return isinstance(value, bool)
        case IntegerSchema():
            return isinstance(value, int) and not isinstance(value, bool)
        case NumberSchema():
            return isinstance(value, int | float) and not isinstance(value, bool)
        case ArraySchema() | ObjectSchema() | MapSchema():
            return False
    return True


def _is_read(name: str, value: str) -> bool:
    """Whether a text of a format that is read as a value can be."""
    read = _READ.get(name)
    try:
        return read is None or read(value) is not None
    except ValueError:
        return False


_READ: Mapping[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "date-time": datetime.fromisoformat,
    "uuid": UUID,
}
