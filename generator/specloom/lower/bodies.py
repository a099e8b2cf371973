"""Media types, examples, request bodies, responses and headers -> those of the API model."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.lower import read
from specloom.lower.sequences import item_examples, lower_items
from specloom.model import (
    AnySchema,
    ConstSchema,
    Encoding,
    EnumSchema,
    Example,
    Header,
    Link,
    MediaType,
    RequestBody,
    Response,
    SchemaInfo,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document import Node
    from specloom.lower.schemas import Schemas
    from specloom.model import Json, Schema


def lower_request_body(node: Node, schemas: Schemas) -> RequestBody:
    """Lower a request body."""
    return RequestBody(
        required=read.flag(node, "required"),
        contents=_contents(node, schemas, sent=True),
        description=read.text(node, "description"),
        location=node.location,
    )


def lower_response(status: str, node: Node, schemas: Schemas) -> Response:
    """Lower the response under a status."""
    headers = tuple(
        _header(name, one.resolved(), schemas)
        for name, one in read.members(node, "headers")
        if name.lower() != "content-type"  # The specification has it ignored: the media type says it.
    )
    return Response(
        status=status,
        description=read.text(node, "description"),
        contents=_contents(node, schemas),
        headers=headers,
        links=tuple(_link(name, one.resolved()) for name, one in read.members(node, "links")),
        location=node.location,
    )


def lower_examples(node: Node) -> tuple[Example, ...]:
    """The examples of a media type or parameter: the single one, else the named ones."""
    single = node.get("example")
    if single is not None:
        return (Example(name="", value=single.value, location=single.location),)
    return tuple(_examples(node))


def _examples(node: Node) -> list[Example]:
    found = []
    for name, one in read.members(node, "examples"):
        target = one.resolved()
        value = target.get("value")
        if value is None:
            continue  # `externalValue`: an address, and nothing is fetched.
        raw = read.flag(target, "x-specloom-raw")
        summary = read.text(one, "summary") or read.text(target, "summary")
        found.append(Example(name=name, value=value.value, summary=summary, raw=raw, location=value.location))
    return found


def parameter_schema(node: Node, schemas: Schemas) -> tuple[Schema, str]:
    """The schema of a parameter or header, and its media type where it is written as `content`."""
    for media_type, one in read.members(node, "content"):
        held = one.resolved().get("schema")
        return (_anything(one) if held is None else schemas.lower(held)), media_type
    held = node.get("schema")
    return (_anything(node) if held is None else schemas.lower(held)), ""


def _anything(node: Node) -> Schema:
    return AnySchema(info=SchemaInfo(location=node.location))


def _contents(node: Node, schemas: Schemas, *, sent: bool = False) -> tuple[MediaType, ...]:
    found = [(name, one.resolved()) for name, one in read.members(node, "content")]
    return tuple(_media_type(name, one, schemas, sent=sent) for name, one in found)


def _media_type(name: str, node: Node, schemas: Schemas, *, sent: bool) -> MediaType:
    held, examples = node.get("schema"), lower_examples(node)
    schema = None if held is None else schemas.lower(held)
    framing, schema = lower_items(name, node, schema, schemas, sent=sent)
    return MediaType(
        media_type=name,
        schema=schema,
        examples=item_examples(examples) if framing else examples,
        framing=framing,
        encodings=tuple(_encoding(key, one, schemas) for key, one in read.members(node, "encoding")),
        location=node.location,
    )


def _encoding(name: str, node: Node, schemas: Schemas) -> Encoding:
    return Encoding(
        property_name=name,
        content_type=read.text(node, "contentType"),
        style=read.text(node, "style"),
        explode=read.maybe_flag(node, "explode"),
        allow_reserved=read.flag(node, "allowReserved"),
        headers=tuple(_part_headers(node, schemas)),
    )


def _part_headers(node: Node, schemas: Schemas) -> Iterator[tuple[str, str]]:
    """The header lines of a part whose value the document fixes; callers give a part its content alone."""
    for name, one in read.members(node, "headers"):
        if name.lower() == "content-type":
            continue  # The specification has it ignored: `contentType` says it.
        schema, _ = parameter_schema(one.resolved(), schemas)
        value = _only(schema)
        if value is None:
            hint = "give its schema a `const` or a `default`, which is sent"
            schemas.report.warning("SL401", one, f"the header `{name}` of a part is not sent", hint)
        else:
            yield name, _shown(value)


def _only(schema: Schema) -> Json:
    """The value that a schema leaves no choice of, or takes by default; `None` where there is none."""
    match schema:
        case ConstSchema(value=value):
            return value
        case EnumSchema(members=(member,)):
            return member.value
    return None if schema.info.default is None else schema.info.default.value


def _header(name: str, node: Node, schemas: Schemas) -> Header:
    schema, _ = parameter_schema(node, schemas)
    examples = tuple(one.value for one in lower_examples(node) if not one.raw)
    if examples:
        schema = replace(schema, info=replace(schema.info, examples=examples))
    return Header(
        name=name,
        required=read.flag(node, "required"),
        schema=schema,
        description=read.text(node, "description"),
        location=node.location,
    )


def _link(name: str, node: Node) -> Link:
    body, server = node.get("requestBody"), node.get("server")
    return Link(
        name=name,
        operation=read.text(node, "operationId") or _referred(node, read.text(node, "operationRef")),
        description=read.text(node, "description"),
        location=node.location,
        parameters=tuple((key, _shown(one.value)) for key, one in read.members(node, "parameters")),
        body="" if body is None else _shown(body.value),
        server="" if server is None else read.text(server, "url"),
    )


def _referred(node: Node, reference: str) -> str:
    """The id of the operation that a reference leads to; the reference where it leads to none of this document."""
    found = node.at(reference) if reference.startswith("#/") else None
    return reference if found is None else read.text(found.resolved(), "operationId") or reference


def _shown(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
