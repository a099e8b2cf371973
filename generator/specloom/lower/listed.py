"""`enum` and `const`: listed values, and what is meant where they and their type disagree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.lower import keywords, read
from specloom.model import (
    ArraySchema,
    ConstSchema,
    EnumMember,
    EnumSchema,
    NullSchema,
    ReferenceSchema,
    Schema,
    SchemaInfo,
    StringSchema,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from specloom.document import Node
    from specloom.lower.report import Report
    from specloom.lower.schemas import Schemas
    from specloom.model import Json

_PYTHON: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}
"""What JSON types are in a loaded document."""


def lower_const(node: Node, info: SchemaInfo, report: Report) -> Schema:
    """Lower a schema with one value."""
    value = _meant(node.child("const"), node, report)
    return NullSchema(info=info) if value is None else ConstSchema(info=info, value=value)


def lower_enum(node: Node, info: SchemaInfo, report: Report, *, keyword: str = "enum") -> Schema:
    """Lower a schema with listed values; null among them says that the schema takes null."""
    listed = list(read.elements(node, keyword))
    if _lists_items(node, listed):
        hint = "write the values at `items`"
        report.warning("SL402", node.child(keyword), "these values are taken for those of the list's elements", hint)
        members = _members(node, [one.value for one in listed])
        items = EnumSchema(info=SchemaInfo(location=info.location), kind=_kind_of(members), members=members)
        return ArraySchema(info=info, items=items)
    meant = list(_unique(_meant(one, node, report) for one in listed))
    values = [one for one in meant if one is not None]
    info = replace(info, nullable=info.nullable or len(values) < len(meant) or "null" in read.texts(node, "type"))
    if not values:
        return NullSchema(info=info)
    members = _members(node, values)
    return EnumSchema(info=info, kind=_kind_of(members), members=members, extensible=keyword == "x-extensible-enum")


def _unique(values: Iterable[Json]) -> Iterable[Json]:
    """Values in their order, each once; `1` and `true` are two."""
    return {(type(one).__name__, repr(one)): one for one in values}.values()


def _members(node: Node, values: Sequence[Json]) -> tuple[EnumMember, ...]:
    names = read.texts(node, "x-enum-varnames") or read.texts(node, "x-enumNames")
    texts = read.texts(node, "x-enum-descriptions")
    names = names if len(names) == len(values) else ()
    texts = texts if len(texts) == len(values) else ()
    return tuple(
        EnumMember(value=value, name=names[index] if names else "", description=texts[index] if texts else "")
        for index, value in enumerate(values)
    )


def _lists_items(node: Node, listed: list[Node]) -> bool:
    """Whether single values are listed for a schema of lists: they are meant for the elements."""
    return read.texts(node, "type") == ("array",) and not any(isinstance(one.value, list | None) for one in listed)


def _meant(value: Node, node: Node, report: Report) -> Json:
    """A listed value as its type has it: a number that was not quoted is text where the type is text."""
    types = [one for one in read.texts(node, "type") if one in keywords.JSON_TYPES]
    found: Json = value.value
    if found is None or not types or any(type(found) in _PYTHON[one] for one in types):
        return found
    shown = " or ".join(types)
    made = _as_text(found) if "string" in types else _as_number(found) if {"integer", "number"} & set(types) else None
    hint = f"it is taken as {made!r}" if made is not None else "it is kept as it is; correct one of them"
    report.warning("SL402", value, f"the schema has type {shown}, and this is none", hint)
    return found if made is None else made


def _as_text(value: Json) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else None


def _as_number(value: Json) -> int | None:
    digits = value.removeprefix("-") if isinstance(value, str) else ""
    return int(str(value)) if digits.isascii() and digits.isdecimal() else None


def _kind_of(members: Iterable[EnumMember]) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string"}
    found = {kinds.get(type(one.value), "mixed") for one in members}
    if found == {"integer", "number"}:
        return "number"
    return found.pop() if len(found) == 1 else "mixed"


def join_listed(members: list[Schema], schemas: Schemas) -> list[Schema]:
    """The members of a union with those that list texts, or whole numbers, as one; text beside them goes with them.

    Enumerations are open, so that a text would fit the first of several whatever it is. Beside any text they list what
    is known, and rule out nothing; an enumeration of a name of its own does so wherever it is used.
    """
    shape = schemas.shape
    for kind in ("string", "integer"):
        listed = [one for one in members if _lists(shape(one), kind)]
        places = {id(one) for one in listed}
        joined = [one for one in members if id(one) in places or (kind == "string" and _is_any_text(one))]
        if not listed or len(joined) < 2:
            continue
        merged = listed[0]
        if len(listed) > 1 or not isinstance(shape(merged), EnumSchema):
            values = _unique_members(member for one in listed for member in _listed(shape(one)))
            merged = EnumSchema(info=joined[0].info, kind=kind, members=values)
        if len(joined) > len(listed):
            merged = _extensible(merged, schemas)
        others = {id(one) for one in joined[1:]}
        members = [merged if one is joined[0] else one for one in members if id(one) not in others]
    return members


def _extensible(schema: Schema, schemas: Schemas) -> Schema:
    if isinstance(schema, ReferenceSchema):
        schemas.named.extend(schema.name)
    return replace(schema, extensible=True) if isinstance(schema, EnumSchema) else schema


def _unique_members(members: Iterable[EnumMember]) -> tuple[EnumMember, ...]:
    found: dict[str, EnumMember] = {}
    for one in members:
        found.setdefault(repr(one.value), one)
    return tuple(found.values())


def _lists(schema: Schema | None, kind: str) -> bool:
    if isinstance(schema, EnumSchema):
        return schema.kind == kind
    return isinstance(schema, ConstSchema) and type(schema.value) is {"string": str, "integer": int}[kind]


def _is_any_text(schema: Schema) -> bool:
    return isinstance(schema, StringSchema) and schema.format not in {"date-time", "date", "uuid"}


def _listed(schema: Schema | None) -> tuple[EnumMember, ...]:
    if isinstance(schema, EnumSchema):
        return schema.members
    assert isinstance(schema, ConstSchema)
    return (EnumMember(value=schema.value, name=schema.info.title, description=schema.info.description),)
