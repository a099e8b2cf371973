"""What is wrong with a request, by its operation: what is missing, and values that are not of their simple type."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.model import ArraySchema, MapSchema, ObjectSchema
from specloom.serve.cookies import parse_cookies
from specloom.serve.media import base_type, covers, is_json
from specloom.serve.values import follow_references, value_complaint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model import Operation, Parameter, Schema
    from specloom.serve.asgi import Request
    from specloom.serve.routing import Match

# OpenAPI 3.1, section 4.8.12: a parameter of one of these names is ignored.
_NOT_PARAMETERS = {"accept", "content-type", "authorization"}
_DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Something wrong with a request: the parameter (or `body`), its place, and what is expected of it."""

    parameter: str
    place: str
    detail: str
    status: int = 400


def check_request(match: Match, request: Request, schemas: Mapping[str, Schema]) -> list[Complaint]:
    """Everything that is wrong with the parameters and the body of a request, in the document's order.

    Checked are presence, simple type, enumeration, bounds and length of parameters; presence, media type and JSON
    syntax of the body. What a person needs a validator for (patterns, formats, bodies by schema) is not.
    """
    operation = match.route.operation
    found = [_check_parameter(one, match, request, schemas) for one in operation.parameters]
    return [*(one for one in found if one is not None), *_check_body(operation, request)]


def _check_parameter(
    parameter: Parameter, match: Match, request: Request, schemas: Mapping[str, Schema]
) -> Complaint | None:
    if parameter.place == "header" and parameter.name.lower() in _NOT_PARAMETERS:
        return None
    if parameter.place == "querystring":
        return None if request.query else _missing(parameter)
    schema = follow_references(parameter.schema, schemas)
    if isinstance(schema, ObjectSchema | MapSchema) and not parameter.media_type:
        return None if _has_object(parameter, schema, match, request) else _missing(parameter)
    texts = _sent_texts(parameter, match, request)
    if not texts:
        return _missing(parameter)
    detail = next(filter(None, (_text_complaint(parameter, schema, text, schemas) for text in texts)), "")
    return _complaint(parameter, f"expected {detail}") if detail else None


def _sent_texts(parameter: Parameter, match: Match, request: Request) -> list[str]:
    match parameter.place:
        case "path":
            return [match.values[parameter.name]] if parameter.name in match.values else []
        case "query":
            return [value for name, value in request.query if name == parameter.name]
        case "header":
            value = request.headers.get(parameter.name.lower())
        case _:
            value = parse_cookies(request).get(parameter.name)
    return [] if value is None else [value]


def _has_object(parameter: Parameter, schema: ObjectSchema | MapSchema, match: Match, request: Request) -> bool:
    """Whether an object is there; its members may stand among the query's own parameters."""
    if parameter.place == "query" and parameter.style == "deepObject":
        return any(name.startswith(f"{parameter.name}[") for name, _ in request.query)
    if parameter.place == "query" and parameter.explode:
        names = {one.name for one in schema.properties} if isinstance(schema, ObjectSchema) else set()
        return not names or any(name in names for name, _ in request.query)
    return bool(_sent_texts(parameter, match, request))


def _text_complaint(parameter: Parameter, schema: Schema, text: str, schemas: Mapping[str, Schema]) -> str:
    if parameter.media_type:
        return "a JSON document" if is_json(parameter.media_type) and not _is_json_text(text) else ""
    if parameter.style in ("matrix", "label"):
        return ""
    if not isinstance(schema, ArraySchema):
        return value_complaint(schema, text, schemas)
    exploded = parameter.place == "query" and parameter.explode
    parts = [text] if exploded else text.split(_DELIMITERS.get(parameter.style, ","))
    items = [part.strip() if parameter.place == "header" else part for part in parts]
    return next(filter(None, (value_complaint(schema.items, item, schemas) for item in items)), "")


def _check_body(operation: Operation, request: Request) -> list[Complaint]:
    if operation.body is None:
        return []
    if not request.body:
        wrong = [Complaint(parameter="body", place="body", detail="is required")]
        return wrong if operation.body.required else []
    sent = request.headers.get("content-type", "")
    known = [content.media_type for content in operation.body.contents]
    if sent and known and not any(covers(one, sent) for one in known):
        detail = f"has a media type that is not documented; documented: {', '.join(map(base_type, known))}"
        return [Complaint(parameter="body", place="body", detail=detail, status=415)]
    if sent and is_json(sent) and not _is_json_text(request.body):
        return [Complaint(parameter="body", place="body", detail="is not a JSON document")]
    return []


def _is_json_text(text: str | bytes) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _missing(parameter: Parameter) -> Complaint | None:
    return _complaint(parameter, "is required") if parameter.required else None


def _complaint(parameter: Parameter, detail: str) -> Complaint:
    return Complaint(parameter=parameter.name, place=parameter.place, detail=detail)
