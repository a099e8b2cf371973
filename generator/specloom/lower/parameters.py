"""Parameters of a document -> parameters of the API model, by the rules of their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.lower import read
from specloom.lower.bodies import lower_examples, parameter_schema
from specloom.lower.security import is_token
from specloom.model import (
    AnySchema,
    BooleanSchema,
    ConstSchema,
    EnumSchema,
    IntegerSchema,
    NumberSchema,
    Parameter,
    SchemaInfo,
    StringSchema,
    UnionSchema,
    is_json,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from specloom.document import Node
    from specloom.lower.report import Report
    from specloom.lower.schemas import Schemas
    from specloom.model import Example, Schema

_STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form", "querystring": "form"}
_ALLOWED = {
    "path": {"simple", "label", "matrix"},
    "header": {"simple"},
    "query": {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
    "cookie": {"form", "cookie"},
    "querystring": {"form"},
}
_IGNORED_HEADERS = {"accept", "content-type", "authorization"}
_FRAMING_HEADERS = {"content-length", "transfer-encoding", "connection", "host"}
"""Headers that frame a message: they follow from what is sent and where, and another word on that breaks it."""
_WRITTEN = (StringSchema, IntegerSchema, NumberSchema, BooleanSchema, EnumSchema, ConstSchema, UnionSchema)
"""What has one text, or may have."""


def can_be_sent(node: Node, templates: Collection[str], report: Report) -> bool:
    """Whether a parameter has a place in requests; one that has none is left out, and that is said.

    Args:
        templates: The names in the path.
    """
    place, name = read.text(node, "in"), read.text(node, "name")
    message, hint = "", "the method takes no such parameter"
    if place not in _STYLES:
        message = f"a parameter in `{place}` has no place in a request"
    elif not name:
        message = "a parameter without a name cannot be sent"
    elif place == "header" and name.lower() in _IGNORED_HEADERS:
        message = f"the specification has a header parameter called `{name}` ignored"
        hint = "a media type or a security scheme says this; the method takes no such parameter"
    elif place == "header" and name.lower() in _FRAMING_HEADERS:
        message, hint = f"`{name}` follows from what is sent", "clients send it; the method takes no such parameter"
    elif place in {"header", "cookie"} and not is_token(name):
        report.warning("SL408", node.get("name") or node, "no header or cookie can have this name", hint)
        return False
    elif place == "path" and name not in templates:
        message, hint = f"the path has no `{{{name}}}`", "name it in the path, or leave it out"
    if message:
        report.warning("SL401", node, message, hint)
    return not message


def lower_parameter(node: Node, schemas: Schemas, report: Report) -> Parameter:
    """Lower a parameter that has a place."""
    place = read.text(node, "in")
    schema, media_type = parameter_schema(node, schemas)
    if media_type and place != "querystring" and not is_json(media_type):
        schema = _as_text(schema, media_type, node, schemas)
    style = read.text(node, "style") or _STYLES[place]
    if style not in _ALLOWED[place]:
        hint = f"`{_STYLES[place]}` is taken"
        report.warning("SL401", node.child("style"), f"no {place} parameter has the style `{style}`", hint)
        style = _STYLES[place]
    explode = read.maybe_flag(node, "explode")
    return Parameter(
        name=read.text(node, "name"),
        place=place,
        required=place == "path" or read.flag(node, "required"),
        schema=schema,
        style=style,
        explode=style in {"form", "cookie"} if explode is None else explode,
        description=read.text(node, "description"),
        deprecated=read.flag(node, "deprecated"),
        allow_reserved=_allows_reserved(node, place, report),
        media_type=media_type,
        client_level=read.flag(node, "x-specloom-client-parameter"),
        examples=lower_examples(node) or _content_examples(node),
        location=node.location,
    )


def _as_text(schema: Schema, media_type: str, node: Node, schemas: Schemas) -> Schema:
    """What is given for a parameter that is written as a media type which clients cannot write: its text."""
    if isinstance(schemas.shape(schema), _WRITTEN):
        return schema
    if not isinstance(schema, AnySchema):
        message = f"clients cannot write the parameter `{read.text(node, 'name')}` as `{media_type}`"
        schemas.report.warning("SL401", node, message, "the method takes the text that is sent")
    return StringSchema(info=schema.info)


def _allows_reserved(node: Node, place: str, report: Report) -> bool:
    """Whether reserved characters stay: up to OpenAPI 3.1 in queries alone, from 3.2 on in paths too."""
    if not read.flag(node, "allowReserved"):
        return False
    if place == "query" or (place == "path" and node.document.version == "3.2"):
        return True
    message = f"`allowReserved` has no effect on this {place} parameter"
    report.warning("SL401", node.child("allowReserved"), message, "leave it out")
    return False


def _content_examples(node: Node) -> tuple[Example, ...]:
    return next((lower_examples(one.resolved()) for _, one in read.members(node, "content")), ())


def path_parameter(name: str, operation: Node) -> Parameter:
    """The parameter that a path names and nothing declares."""
    info = SchemaInfo(location=operation.location)
    return Parameter(
        name=name,
        place="path",
        required=True,
        schema=StringSchema(info=info),
        style="simple",
        explode=False,
        location=operation.location,
    )
