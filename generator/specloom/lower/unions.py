"""`oneOf` and `anyOf`: what they mean, from "or null" to a real union."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from specloom.lower import keywords, read
from specloom.model import (
    AnySchema,
    ArraySchema,
    BooleanSchema,
    ConstSchema,
    Discriminator,
    EnumSchema,
    IntegerSchema,
    JsonTextSchema,
    MapSchema,
    NullSchema,
    NumberSchema,
    ObjectSchema,
    Schema,
    StandInSchema,
    StringSchema,
    UnionSchema,
)

if TYPE_CHECKING:
    from specloom.document import Node
    from specloom.lower.merge import Merge
    from specloom.lower.schemas import Schemas


def lower_union(schemas: Schemas, merge: Merge, node: Node) -> Schema:
    """Lower a schema with `oneOf` or `anyOf`, and whatever stands beside it."""
    keyword = "oneOf" if node.get("oneOf") is not None else "anyOf"
    if node.get("oneOf") is not None and node.get("anyOf") is not None:
        schemas.report.error("SL401", node.child("anyOf"), "`oneOf` beside `anyOf` is not carried over yet")
    nodes = list(node.child(keyword).elements())
    stand_in = _stand_in(schemas, node, nodes)
    if stand_in is not None:
        return stand_in
    lowered = [schemas.lower(one) for one in nodes]
    members: list[Schema] = [one for one in lowered if not isinstance(one, NullSchema)]
    nullable = len(members) < len(lowered) or any(one.info.nullable for one in members)
    if (set(node.value) & keywords.SHAPE) - {keyword, "nullable"}:
        own = schemas.plain(node)
        members = [merge.all((own, one), node) for one in members]
    # Any value beside a narrower schema is any value.
    members = next(([one] for one in members if isinstance(one, AnySchema)), members)
    described = schemas.described(NullSchema(info=members[0].info if members else lowered[0].info), node)
    info = replace(described.info, nullable=nullable or read.flag(node, "nullable"))
    if not members:
        return NullSchema(info=info)
    if len(members) == 1:
        return replace(members[0], info=info)
    union = UnionSchema(
        info=replace(schemas.plain_info(node), nullable=info.nullable),
        members=tuple(members),
        exclusive=keyword == "oneOf",
        discriminator=_discriminator(node),
    )
    _check_distinct(schemas, union, node)
    return union


def _stand_in(schemas: Schemas, node: Node, nodes: list[Node]) -> Schema | None:
    """A value, or an object that stands for one of its members: `{"status": "SUCCESS"}` for `"SUCCESS"`."""
    standing = [one for one in nodes if read.text(one.resolved(), "x-specloom-stands-for")]
    if not standing:
        return None
    others = [one for one in nodes if one not in standing]
    member = read.text(standing[0].resolved(), "x-specloom-stands-for")
    if len(standing) != 1 or len(others) != 1:
        message = "a schema that stands for a member goes with exactly one other schema"
        schemas.report.error("SL401", standing[0], message, "leave two members in this union")
    value = schemas.lower(others[0] if others else standing[0])
    return StandInSchema(info=schemas.plain_info(node), value=value, member=member)


def _discriminator(node: Node) -> Discriminator | None:
    found = node.get("discriminator")
    name = "" if found is None else read.text(found, "propertyName")
    if found is None or not name:
        return None
    mapping = tuple((key, one.value) for key, one in read.members(found, "mapping") if isinstance(one.value, str))
    return Discriminator(property_name=name, mapping=mapping)


def _check_distinct(schemas: Schemas, union: UnionSchema, node: Node) -> None:
    """Refuse a union of two schemas that one value can fit both of: decoding it would be a guess."""
    shapes = [schemas.shape(one) for one in union.members]
    for first, second in combinations(shapes, 2):
        if first is None or second is None:
            continue
        if not _are_distinct(schemas, first, second):
            hint = "give each a required member, or a member with one value, that the others lack"
            schemas.report.error("SL403", node, "the members of this union cannot be told apart", hint)
            return


def _are_distinct(schemas: Schemas, first: Schema, second: Schema) -> bool:
    kinds = _json_kind(first), _json_kind(second)
    if "" in kinds:
        return False
    if kinds[0] != kinds[1]:
        # A whole number is a number, and a number without a fraction may be meant as either.
        return set(kinds) != {"integer", "number"}
    if isinstance(first, ObjectSchema) and isinstance(second, ObjectSchema):
        return _objects_differ(schemas, first, second)
    if isinstance(first, StringSchema) or isinstance(second, StringSchema):
        # Both arrive as text whatever they are; a listed value equals its text.
        return isinstance(first, EnumSchema | ConstSchema | StringSchema) and not _needs_parsing(first, second)
    if isinstance(first, ConstSchema | EnumSchema) and isinstance(second, ConstSchema | EnumSchema):
        return not (_values(first) & _values(second))
    return False


def _needs_parsing(*both: Schema) -> bool:
    """Whether text is turned into something else on decoding, so that it matters which schema it belongs to."""
    parsed = {"date-time", "date", "uuid"}
    formats = {one.format if isinstance(one, StringSchema) else "" for one in both}
    return any(isinstance(one, JsonTextSchema) for one in both) or (len(formats) > 1 and bool(formats & parsed))


def _objects_differ(schemas: Schemas, first: ObjectSchema, second: ObjectSchema) -> bool:
    ours = {one.name: one for one in first.properties}
    theirs = {one.name: one for one in second.properties}
    if any(one.required and one.name not in theirs for one in first.properties):
        return True
    if any(one.required and one.name not in ours for one in second.properties):
        return True
    for name in ours.keys() & theirs.keys():
        if not (ours[name].required or theirs[name].required):
            continue
        left, right = schemas.shape(ours[name].schema), schemas.shape(theirs[name].schema)
        if isinstance(left, ConstSchema) and isinstance(right, ConstSchema) and left.value != right.value:
            return True
    return False


def _values(schema: ConstSchema | EnumSchema) -> set[str]:
    listed = [schema.value] if isinstance(schema, ConstSchema) else [one.value for one in schema.members]
    return {repr(one) for one in listed}


def _json_kind(schema: Schema) -> str:
    """The JSON type of a schema's values; empty where there are several."""
    match schema:
        case StringSchema() | JsonTextSchema():
            return "string"
        case IntegerSchema():
            return "integer"
        case NumberSchema():
            return "number"
        case BooleanSchema():
            return "boolean"
        case ArraySchema():
            return "array"
        case ObjectSchema() | MapSchema():
            return "object"
        case EnumSchema(kind=kind):
            return "" if kind == "mixed" else kind
        case ConstSchema(value=value):
            kinds: dict[type, str] = {bool: "boolean", int: "integer", float: "number", str: "string"}
            return kinds.get(type(value), "")
    return ""
