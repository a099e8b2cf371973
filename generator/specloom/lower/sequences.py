"""Contents that hold item after item (JSON lines, JSON text sequences, server-sent events) -> lists of items."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.model import (
    AnySchema,
    ArraySchema,
    BooleanSchema,
    IntegerSchema,
    JsonTextSchema,
    MapSchema,
    NumberSchema,
    ObjectSchema,
    SchemaInfo,
    StringSchema,
    UnionSchema,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document import Node
    from specloom.lower.schemas import Schemas
    from specloom.model import Example, Schema

_LINES = {"application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines"}
_EVENT = {"data", "event", "id", "retry"}
"""What a server-sent event has."""


def lower_items(
    name: str, node: Node, schema: Schema | None, schemas: Schemas, *, sent: bool
) -> tuple[str, Schema | None]:
    """How the items of a content are framed, and the schema of the list of them; no framing where it is one value.

    OpenAPI 3.2 has `itemSchema`. Older documents have but `schema`: one of a list is that of all items, one of text
    means the content as it is, and any other is that of an item.

    Args:
        schema: What stands under `schema`.
        sent: Whether the content is a request's, which has no events.
    """
    framing, written = _framing(name, sent=sent), node.get("itemSchema")
    if not framing:
        if written is not None:
            hint = "the content is read and sent whole; its items have no type"
            schemas.report.warning("SL401", written, f"the items of `{name}` are not told apart", hint)
        return "", schema
    if written is not None:
        schema = schemas.lower(written)
    elif schema is None or isinstance(shape := schemas.shape(schema), StringSchema | AnySchema):
        return "", schema
    elif isinstance(shape, ArraySchema):
        return _of_item(framing, shape.items, schemas), schema
    listed = ArraySchema(info=SchemaInfo(location=node.location), items=schema)
    return _of_item(framing, schema, schemas), listed


def item_examples(examples: tuple[Example, ...]) -> tuple[Example, ...]:
    """The examples of a content as lists of items: what is no list, and no text of the content, is one item."""
    return tuple(one if isinstance(one.value, list | str) else replace(one, value=[one.value]) for one in examples)


def _framing(media_type: str, *, sent: bool) -> str:
    name = media_type.partition(";")[0].strip().lower()
    if name == "text/event-stream" and not sent:
        return "events"
    if name.endswith(("/json-seq", "+json-seq")):
        return "records"
    return "lines" if name in _LINES else ""


def _of_item(framing: str, item: Schema, schemas: Schemas) -> str:
    """The framing by what an item is: of events, the event, or its data, which are JSON or text in both."""
    if framing != "events":
        return framing
    if _is_event(item, schemas):
        return "json_events" if any(_is_json(one, schemas) for one in _data(item, schemas)) else "events"
    return "texts" if isinstance(schemas.shape(item), StringSchema | JsonTextSchema) else "data"


def _data(item: Schema, schemas: Schemas) -> Iterator[Schema]:
    """What the data of an event may be."""
    shape = schemas.shape(item)
    if isinstance(shape, UnionSchema):
        for member in shape.members:
            yield from _data(member, schemas)
    elif isinstance(shape, ObjectSchema):
        yield next(one.schema for one in shape.properties if one.name == "data")


def _is_json(schema: Schema, schemas: Schemas) -> bool:
    """Whether data are documented that text cannot be: what the JSON in the text is, not the text."""
    shape = schemas.shape(schema)
    if isinstance(shape, UnionSchema):
        return any(_is_json(one, schemas) for one in shape.members)
    return isinstance(shape, ObjectSchema | MapSchema | ArraySchema | IntegerSchema | NumberSchema | BooleanSchema)


def _is_event(item: Schema, schemas: Schemas) -> bool:
    shape = schemas.shape(item)
    if isinstance(shape, UnionSchema):
        return all(_is_event(one, schemas) for one in shape.members)
    names = {one.name for one in shape.properties} if isinstance(shape, ObjectSchema) else set[str]()
    return "data" in names and names <= _EVENT
