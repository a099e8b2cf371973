"""What the runtime holds values to before they are sent: kinds, listed values, bounds, sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from specloom.model import (
    AnySchema,
    ArraySchema,
    BooleanSchema,
    Bounds,
    ConstSchema,
    EnumSchema,
    IntegerSchema,
    JsonTextSchema,
    MapSchema,
    NeverSchema,
    NullSchema,
    NumberSchema,
    ObjectSchema,
    ReferenceSchema,
    StandInSchema,
    StringSchema,
    UnionSchema,
)
from specloom.python import contents, literals
from specloom.python.types import split_union

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.model import Api, Schema
    from specloom.python.types import Types

_FORMATS = {"date-time": "datetime | str", "date": "date | str", "uuid": "UUID | str"}
_LISTED = {bool: "bool", int: "int", float: "float", str: "str"}


def takes(schema: Schema, types: Types) -> str:
    """The kinds of value that a caller may give, in the words of `Parameter.takes`; empty for anything."""
    match schema:
        case StringSchema(format=name):
            return _FORMATS.get(name, "str")
        case IntegerSchema(epoch=epoch):
            return "int | datetime" if epoch else "int"
        case NumberSchema():
            return "float"
        case BooleanSchema():
            return "bool"
        case ConstSchema(value=value):
            return _LISTED.get(type(value), "")
        case EnumSchema(kind=kind, members=members):
            found = ["float"] if kind == "number" else [_LISTED.get(type(one.value), "") for one in members]
            return _union(found)
        case ReferenceSchema(name=name):
            return {"": "dict", "integer": "int"}.get(types.kinds[name], "str")
        case ObjectSchema():
            return "dict"
        case ArraySchema(items=items):
            return _within("list[", takes(items, types), "list")
        case MapSchema(values=values):
            return _within("dict[str, ", takes(values, types), "dict")
        case UnionSchema(members=members):
            return _union(takes(one, types) for one in members)
        case JsonTextSchema(content=inner) | StandInSchema(value=inner):
            return takes(inner, types)
        case AnySchema() | NeverSchema() | NullSchema():
            return ""
        case _:
            assert_never(schema)


def _union(members: Iterable[str]) -> str:
    """All kinds of the members, each once; anything where one of them is anything."""
    found = list(members)
    return " | ".join(dict.fromkeys(part for one in found for part in split_union(one))) if all(found) else ""


def _within(before: str, inner: str, plain: str) -> str:
    return f"{before}{inner}]" if inner else plain


def limits(schema: Schema, types: Types, *, indent: int, before: int = 0) -> str:
    """The `Limits` of a schema; empty where the document says nothing beyond its type.

    Args:
        indent, before: Where the expression stands, as for `literals.call`.
    """
    given = _limits(schema, types, indent)
    arguments = [f"{key}={value}" for key, value in given.items() if value]
    return literals.call("Limits", arguments, indent=indent, before=before, after=1) if arguments else ""


def _limits(schema: Schema, types: Types, indent: int) -> Mapping[str, str]:
    match schema:
        case IntegerSchema(bounds=bounds) | NumberSchema(bounds=bounds):
            return _of_bounds(bounds)
        case StringSchema(min_length=least, max_length=most):
            return _of_size(least, most)
        case ArraySchema(items=items, min_items=least, max_items=most, unique=unique):
            inner = limits(items, types, indent=indent + 1, before=len("items="))
            return {**_of_size(least, most), "items": inner, "unique": "True" if unique else ""}
        case MapSchema(values=values, min_properties=least, max_properties=most):
            return {**_of_size(least, most), "items": limits(values, types, indent=indent + 1, before=len("items="))}
        case ConstSchema(value=value):
            return {"listed": f"lambda: {_tuple([value], indent)}"}
        case EnumSchema(members=members, extensible=False):
            return {"listed": f"lambda: {_tuple([one.value for one in members], indent)}"}
        case ReferenceSchema(name=name) if types.kinds[name] and types.prefix and name not in types.extensible:
            return {"listed": f"lambda: {types.prefix}{types.classes[name]}"}
        case UnionSchema(members=members):
            found = [one for member in members if (one := _limits(member, types, indent)) and any(one.values())]
            return found[0] if len(found) == 1 and not found[0].get("listed") else {}
        case JsonTextSchema(content=inner) | StandInSchema(value=inner):
            return _limits(inner, types, indent)
    return {}


def _of_bounds(bounds: Bounds) -> Mapping[str, str]:
    found = {
        "minimum": bounds.minimum,
        "maximum": bounds.maximum,
        "exclusive_minimum": bounds.exclusive_minimum,
        "exclusive_maximum": bounds.exclusive_maximum,
        "multiple_of": bounds.multiple_of,
    }
    return {key: literals.scalar(value) for key, value in found.items() if value is not None}


def _of_size(least: int | None, most: int | None) -> Mapping[str, str]:
    return {"min_length": str(least) if least else "", "max_length": "" if most is None else str(most)}


def _tuple(values: Iterable[object], indent: int) -> str:
    listed = [literals.scalar(one) for one in values if isinstance(one, str | bool | int | float)]
    return literals.tuple_of(listed, indent=indent + 1, before=len("listed=lambda: "), after=1)


def is_sensitive(schema: Schema) -> bool:
    """Whether no text may show a value of a schema, or what it is made of; named schemas speak for themselves."""
    match schema:
        case ArraySchema(items=inner) | MapSchema(values=inner) | JsonTextSchema(content=inner):
            return schema.info.sensitive or is_sensitive(inner)
        case StandInSchema(value=inner):
            return schema.info.sensitive or is_sensitive(inner)
        case UnionSchema(members=members):
            return schema.info.sensitive or any(is_sensitive(one) for one in members)
    return schema.info.sensitive


def sent_schemas(api: Api) -> frozenset[str]:
    """The named schemas that may be part of what clients send as a body."""
    named = {one.name: one.schema for one in api.schemas}
    bodies = [contents.choose(one.body.contents).content for one in api.operations if one.body is not None]
    waiting = [one.schema for one in bodies if one is not None and one.schema is not None]
    found: set[str] = set()
    while waiting:
        schema = waiting.pop()
        if isinstance(schema, ReferenceSchema):
            if schema.name not in found:
                found.add(schema.name)
                waiting.append(named[schema.name])
            continue
        waiting.extend(_parts(schema))
    return frozenset(found)


def _parts(schema: Schema) -> Iterable[Schema]:
    match schema:
        case ObjectSchema(properties=properties, additional=additional):
            return [*(one.schema for one in properties), *([] if additional is None else [additional])]
        case ArraySchema(items=inner, prefix=prefix):
            return [*prefix, inner]
        case MapSchema(values=inner) | StandInSchema(value=inner):
            return [inner]
        case JsonTextSchema(content=inner):
            return [inner]
        case UnionSchema(members=members):
            return members
    return []
