"""`oneOf` and `anyOf`: what they mean, from "or null" to a real union."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.lower import keywords, read
from specloom.lower.listed import join_listed
from specloom.lower.members import called_after
from specloom.lower.telling import differ, tell_apart
from specloom.model import (
    AnySchema,
    Assertion,
    IntegerSchema,
    MapSchema,
    NullSchema,
    NumberSchema,
    ObjectSchema,
    ReferenceSchema,
    Schema,
    SchemaInfo,
    StandInSchema,
    UnionSchema,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.document import Node
    from specloom.lower.merge import Merge
    from specloom.lower.schemas import Schemas


def lower_union(schemas: Schemas, merge: Merge, node: Node) -> Schema:
    """Lower a schema with `oneOf` or `anyOf`, and whatever stands beside it."""
    found = [key for key in ("oneOf", "anyOf") if node.get(key) is not None]
    said = [key for key in found if _only_narrows(node.child(key))]
    parts = [_union(schemas, merge, node, key) for key in found if key not in said]
    own = schemas.plain(node)
    own = replace(own, info=replace(own.info, assertions=(*own.info.assertions, *_assertions(node, said))))
    if not parts:
        return own
    whole = parts[0] if len(parts) == 1 else merge.all(tuple(parts), node)
    return whole if len(parts) == len(found) else schemas.noted(whole, own.info.assertions)


def _union(schemas: Schemas, merge: Merge, node: Node, keyword: str) -> Schema:
    nodes = [one for one in node.child(keyword).elements() if one.value is not False]
    stand_in = _stand_in(schemas, node, nodes)
    if stand_in is not None:
        return stand_in
    lowered = [NullSchema(info=_info(one)) if _is_only_null(one) else schemas.lower(one) for one in nodes]
    pairs = [pair for pair in zip(nodes, lowered, strict=True) if not isinstance(pair[1], NullSchema)]
    # A schema that is itself or something else is that something else.
    pairs = [pair for pair in pairs if not schemas.is_open_as(pair[1], node)]
    nullable = any(isinstance(one, NullSchema) or one.info.nullable for one in lowered)
    nodes, members = [one for one, _ in pairs], [one for _, one in pairs]
    if (set(node.value) & keywords.SHAPE) - {"oneOf", "anyOf", "nullable"}:
        members = _beside(schemas, merge, node, members)
    described = schemas.described(NullSchema(info=members[0].info if len(members) == 1 else _info(node)), node)
    info = replace(described.info, nullable=nullable or read.flag(node, "nullable") or read.flag(node, "x-nullable"))
    return _joined(schemas, node, nodes, members, info, exclusive=keyword == "oneOf")


def _is_only_null(node: Node) -> bool:
    """Whether a member says nothing but `nullable`: OpenAPI 3.0 has no other word for null."""
    return isinstance(node.value, dict) and set(node.value) == {"nullable"} and read.flag(node, "nullable")


def _info(node: Node) -> SchemaInfo:
    return SchemaInfo(location=node.location)


def _joined(
    schemas: Schemas, node: Node, nodes: list[Node], members: list[Schema], info: SchemaInfo, *, exclusive: bool
) -> Schema:
    """The union of members, or the one schema that it comes to."""
    # Any value beside a narrower schema is any value.
    anything = next((one for one in members if isinstance(one, AnySchema)), None)
    if anything is not None:
        return AnySchema(info=info)
    kept = join_listed(_without_double(members), schemas)
    if any(isinstance(one, NumberSchema) for one in kept):
        kept = [one for one in kept if not isinstance(one, IntegerSchema)]
    if not kept:
        return NullSchema(info=info)
    if len(kept) == 1:
        said = kept[0].info if len(members) == 1 else info
        return replace(kept[0], info=replace(info, sentinels=said.sentinels, assertions=said.assertions))
    return _told_apart(schemas, node, nodes, members, kept, info, exclusive=exclusive)


def _without_double(members: list[Schema]) -> list[Schema]:
    """Members without those that are named twice."""
    names: set[str] = set()
    kept: list[Schema] = []
    for one in members:
        if isinstance(one, ReferenceSchema):
            if one.name in names:
                continue
            names.add(one.name)
        kept.append(one)
    return kept


def _told_apart(
    schemas: Schemas,
    node: Node,
    nodes: Sequence[Node],
    members: Sequence[Schema],
    kept: list[Schema],
    info: SchemaInfo,
    *,
    exclusive: bool,
) -> Schema:
    """A union whose objects are told apart by a property, where one does it.

    Objects that stand among other members get a union of their own within this.
    """
    objects = [one for one in kept if isinstance(_known(schemas, one), ObjectSchema)]
    discriminator, shapes = None, []
    if len(objects) > 1:
        places = {id(one): node for one, node in zip(members, nodes, strict=True)}
        written = [places[id(one)] for one in objects]
        shapes = [shape for one in objects if isinstance(shape := schemas.shape(one), ObjectSchema)]
        discriminator = tell_apart(schemas, node, written, shapes)
    if discriminator is None or len(objects) == len(kept):
        if discriminator is None and not differ(shapes):
            message = "a value may fit several members of this union: it is read as the one that it fits best"
            hint = "a `discriminator` would say which one it is"
            schemas.report.warning("SL403", node, message, hint)
        return UnionSchema(info=info, members=tuple(kept), exclusive=exclusive, discriminator=discriminator)
    bare = SchemaInfo(location=info.location, title="object")
    inner = UnionSchema(info=bare, members=tuple(objects), exclusive=exclusive, discriminator=discriminator)
    rest = [one for one in kept if not isinstance(_known(schemas, one), ObjectSchema)]
    return UnionSchema(info=info, members=(*rest, inner), exclusive=exclusive)


def _known(schemas: Schemas, schema: Schema) -> Schema:
    """What a member of a union is."""
    return schemas.known_shape(schema)


def _only_narrows(union: Node) -> bool:
    """Whether a union says nothing but which members must be there, or what must not be: no type can say it."""
    members = list(union.elements())
    return bool(members) and all(_says_no_shape(one) for one in members)


def _says_no_shape(node: Node) -> bool:
    if node.is_reference or not isinstance(node.value, dict) or not node.value:
        return False
    shape = set(node.value) & keywords.SHAPE
    if "type" in shape and (not shape - {"type"} or read.texts(node, "type") != ("object",)):
        return False
    if not shape <= {"required", "type", "minProperties", "maxProperties", "allOf", "anyOf", "oneOf", "properties"}:
        return False
    nested = [one for key in ("allOf", "anyOf", "oneOf") for one in read.elements(node, key)]
    empty = all(one.value in ({}, True, False) for _, one in read.members(node, "properties"))
    return empty and all(_says_no_shape(one) for one in nested) and bool(shape or "not" in node.value)


def _assertions(node: Node, said: Sequence[str]) -> tuple[Assertion, ...]:
    return tuple(Assertion(keyword=key, value=node.child(key).value, location=node.child(key).location) for key in said)


def _beside(schemas: Schemas, merge: Merge, node: Node, members: list[Schema]) -> list[Schema]:
    """The members, each with what stands beside the union; a bare type beside it says nothing new."""
    own = schemas.plain(node)
    required = read.texts(node, "required")
    if isinstance(own, AnySchema) or (isinstance(own, MapSchema) and isinstance(own.values, AnySchema)):
        return [called_after(merge.require(one, required), one) for one in members] if required else members
    if isinstance(own, ObjectSchema) and not own.properties:
        return members
    if not members:
        return [own]
    return [called_after(merge.require(merge.all((own, one), node), required), one) for one in members]


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
