"""Objects and arrays: their members, elements, and what is said of all others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.lower import keywords, read
from specloom.model import (
    AnySchema,
    ArraySchema,
    MapSchema,
    NeverSchema,
    ObjectSchema,
    PatternProperty,
    Property,
    Schema,
    SchemaInfo,
)

if TYPE_CHECKING:
    from specloom.document import Node
    from specloom.lower.schemas import Schemas


def lower_object(schemas: Schemas, node: Node, info: SchemaInfo) -> Schema:
    """Lower an object by its own keywords; one without named members is a map."""
    required = set(read.texts(node, "required"))
    if node.get("additionalProperties") is None:
        info = _carried(info, "unevaluatedProperties")
    properties = tuple(
        Property(name=name, schema=schemas.lower(one), required=name in required, location=one.location)
        for name, one in read.members(node, "properties")
        if one.value is not False  # No value fits such a member, so no object has it.
    )
    additional = _additional(schemas, node, info)
    patterns = tuple(
        PatternProperty(pattern=pattern, schema=schemas.lower(one))
        for pattern, one in read.members(node, "patternProperties")
    )
    if not properties and additional is not None and not (patterns and isinstance(additional, AnySchema)):
        if not patterns:
            return _map(node, info, additional)
    elif not properties and len(patterns) == 1 and not isinstance(additional, NeverSchema):
        # Names that match a pattern, whatever else may be there: a map, as it is meant.
        return _map(node, info, patterns[0].schema)
    return ObjectSchema(
        info=info,
        properties=properties,
        additional=additional,
        patterns=patterns,
        min_properties=read.whole(node, "minProperties"),
        max_properties=read.whole(node, "maxProperties"),
    )


def _map(node: Node, info: SchemaInfo, values: Schema) -> MapSchema:
    least, most = read.whole(node, "minProperties"), read.whole(node, "maxProperties")
    return MapSchema(info=info, values=values, min_properties=least, max_properties=most)


def _carried(info: SchemaInfo, keyword: str) -> SchemaInfo:
    """What is said of a schema, without a narrowing keyword that its type does say."""
    return replace(info, assertions=tuple(one for one in info.assertions if one.keyword != keyword))


def _additional(schemas: Schemas, node: Node, info: SchemaInfo) -> Schema | None:
    """The schema of members that are not named; `None` where there may be none."""
    found = node.get("additionalProperties")
    if found is None:
        # `unevaluatedProperties` says the same of an object that nothing is composed with.
        found = node.get("unevaluatedProperties")
    if found is None or found.value is True:
        return AnySchema(info=SchemaInfo(location=info.location))
    return None if found.value is False else schemas.lower(found)


def lower_array(schemas: Schemas, node: Node, info: SchemaInfo) -> Schema:
    """Lower an array; `items: false` ends what `prefixItems` begins, which is a tuple unless fewer items may do."""
    items, prefix = node.get("items"), tuple(schemas.lower(one) for one in read.elements(node, "prefixItems"))
    if items is None and node.get("unevaluatedItems") is not None and not keywords.EVALUATING & set(node.value):
        # It says the same of an array that nothing is composed with.
        items, info = node.get("unevaluatedItems"), _carried(info, "unevaluatedItems")
    anything = AnySchema(info=SchemaInfo(location=info.location))
    least, most = read.whole(node, "minItems"), read.whole(node, "maxItems")
    ends = (items is not None and items.value is False) or (prefix and most == len(prefix))
    held = NeverSchema(info=anything.info) if ends else anything if items is None else schemas.lower(items)
    if ends and prefix and least is not None and least < len(prefix):
        held, most = prefix[-1], min(len(prefix), len(prefix) if most is None else most)
    return ArraySchema(
        info=info,
        items=anything if ends and not prefix else held,
        prefix=prefix,
        min_items=least,
        max_items=0 if ends and not prefix else most,
        unique=read.flag(node, "uniqueItems"),
    )
