"""Media types, examples, request bodies, responses and headers -> those of the API model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.lower import read
from specloom.model import AnySchema, Encoding, Example, Header, Link, MediaType, RequestBody, Response, SchemaInfo

if TYPE_CHECKING:
    from specloom.document import Node
    from specloom.lower.schemas import Schemas
    from specloom.model import Schema


def lower_request_body(node: Node, schemas: Schemas) -> RequestBody:
    """Lower a request body."""
    return RequestBody(
        required=read.flag(node, "required"),
        contents=_contents(node, schemas),
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


def _contents(node: Node, schemas: Schemas) -> tuple[MediaType, ...]:
    return tuple(_media_type(name, one.resolved(), schemas) for name, one in read.members(node, "content"))


def _media_type(name: str, node: Node, schemas: Schemas) -> MediaType:
    schema = node.get("schema")
    return MediaType(
        media_type=name,
        schema=None if schema is None else schemas.lower(schema),
        examples=lower_examples(node),
        encodings=tuple(_encoding(key, one) for key, one in read.members(node, "encoding")),
        location=node.location,
    )


def _encoding(name: str, node: Node) -> Encoding:
    return Encoding(
        property_name=name,
        content_type=read.text(node, "contentType"),
        style=read.text(node, "style"),
        explode=read.maybe_flag(node, "explode"),
        allow_reserved=read.flag(node, "allowReserved"),
    )


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
    operation = read.text(node, "operationId") or read.text(node, "operationRef")
    return Link(name=name, operation=operation, description=read.text(node, "description"), location=node.location)
