"""Which documented answer an operation gives, and how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from specloom.model import AnySchema, SchemaInfo, StringSchema
from specloom.serve.asgi import Reply
from specloom.serve.media import can_write, json_text, quality, write_text, write_value
from specloom.synthesis import synthesise, write_items

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model import Example, Header, Json, MediaType, Operation, Response, Schema
    from specloom.serve.prefer import Preference

_BODILESS = (204, 205, 304)
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")
_REQUEST_ID = re.compile(r"(request|trace|correlation)-?id\Z", re.IGNORECASE)
# What says how the message itself is carried, or what it is, is not the document's to say.
_OUR_HEADERS = {
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "keep-alive",
    "trailer",
    "transfer-encoding",
    "upgrade",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The answer that is given: a documented response under a status, one of its contents, one of its examples."""

    status: int
    response: Response
    content: MediaType | None = None
    example: Example | None = None


def choose_answer(operation: Operation, preference: Preference, accept: str) -> Choice | str:
    """Choose what an operation answers, or say why what the client prefers cannot be had.

    Without a preference it is the lowest documented 2xx status (`2XX` and `default` count as 200); where there is none,
    the lowest status at all. A preferred code is looked for exactly, then as a range, then in `default`. A preferred
    example is looked for in that response; without a preferred code in the successful one, then in all others.
    """
    ranked = _rank_responses(operation)
    if preference.code:
        if not re.fullmatch(r"[2-5][0-9][0-9]", preference.code):
            return "the preferred code is not a final HTTP status (200 to 599)"
        candidates = [(int(preference.code), one) for one in _responses_for(operation, preference.code)][:1]
        if not candidates:
            known = ", ".join(response.status for response in operation.responses)
            return f"the preferred code is not documented for {operation.id}; documented: {known}"
    else:
        candidates = ranked if preference.example else ranked[:1]
    for status, response in candidates:
        choice = _choose_content(status, response, preference.example, accept)
        if choice is not None:
            return choice
    if preference.example:
        names = dict.fromkeys(one.name for _, response in candidates for one in _examples(response) if one.name)
        return f"the preferred example is not documented; documented: {', '.join(names) or 'none'}"
    return f"{operation.id} documents no final response"


def write_answer(operation: Operation, choice: Choice, schemas: Mapping[str, Schema]) -> Reply:
    """Write an answer: payload, content type, documented headers, and where the payload comes from."""
    headers = _document_headers(operation, choice, schemas)
    if choice.content is None:
        return Reply(status=choice.status, headers=tuple(headers))
    media_type, example = choice.content.media_type, choice.example
    if example is not None:
        raw = example.value if example.raw and isinstance(example.value, str) else None
        written = _write(example.value, choice.content) if raw is None else write_text(raw, media_type)
        origin = [("x-specloom-example", example.name or "documented")]
    else:
        schema = choice.content.schema or AnySchema(info=SchemaInfo(location=choice.content.location))
        made = synthesise(schema, schemas)
        written = _write(made.value, choice.content)
        origin = [("x-specloom-example", "synthesised")]
        origin += [("x-specloom-unmet", "; ".join(made.unmet)[:1000])] if made.unmet else []
    content_type, body = written
    return Reply(status=choice.status, headers=(("content-type", content_type), *origin, *headers), body=body)


def _write(value: Json, content: MediaType) -> tuple[str, bytes]:
    if content.framing and isinstance(value, list):
        return write_text(write_items(value, content.framing), content.media_type)
    return write_value(value, content.media_type)


def find_response(operation: Operation, status: str) -> Response | None:
    """The response that is documented under exactly this status."""
    return next((one for one in operation.responses if one.status == status), None)


def _rank_responses(operation: Operation) -> list[tuple[int, Response]]:
    """All responses with the status that each is sent under, the one that is given without a preference first."""
    ranked = []
    for response in operation.responses:
        status, exactness = response.status.upper(), 0
        if status == "DEFAULT":
            status, exactness = "200", 2
        elif re.fullmatch(r"[1-5]XX", status):
            status, exactness = status[0] + "00", 1
        if re.fullmatch(r"[2-5][0-9][0-9]", status):
            failed = not status.startswith("2")
            ranked.append(((failed, exactness, int(status)), (int(status), response)))
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])]


def _responses_for(operation: Operation, code: str) -> list[Response]:
    order = [code, f"{code[0]}XX", "DEFAULT"]
    fitting = [response for response in operation.responses if response.status.upper() in order]
    return sorted(fitting, key=lambda response: order.index(response.status.upper()))


def _choose_content(status: int, response: Response, name: str, accept: str) -> Choice | None:
    """The content that the client likes best (the first, if it likes none) and of it the first or the named example."""
    if status in _BODILESS or not response.contents:
        return None if name else Choice(status=status, response=response)
    liked = sorted(response.contents, key=lambda one: (-quality(accept, one.media_type), not _is_writable(one)))
    for content in liked:
        named = [example for example in content.examples if name in ("", example.name)]
        if named or not name:
            return Choice(status=status, response=response, content=content, example=named[0] if named else None)
    return None


def _is_writable(content: MediaType) -> bool:
    value: Json = content.examples[0].value if content.examples else {}
    if not content.examples and isinstance(content.schema, StringSchema):
        value = ""
    return bool(content.framing) or can_write(value, content.media_type)


def _examples(response: Response) -> list[Example]:
    return [example for content in response.contents for example in content.examples]


def _document_headers(operation: Operation, choice: Choice, schemas: Mapping[str, Schema]) -> list[tuple[str, str]]:
    """The documented headers that have a value: an example or default, an exchange's id, or one made if required."""
    written: list[tuple[str, str]] = []
    for header in choice.response.headers:
        name = header.name.lower()
        if name in _OUR_HEADERS or name.startswith("x-specloom-") or not _TOKEN.match(name):
            continue
        value = _header_value(header, f"{operation.id} {choice.status}", schemas)
        if value is not None:
            written.append((name, value))
    return written


def _header_value(header: Header, exchange: str, schemas: Mapping[str, Schema]) -> str | None:
    info = header.schema.info
    if not info.examples and info.default is None:
        plain = isinstance(header.schema, StringSchema) and not (header.schema.format or header.schema.pattern)
        if plain and _REQUEST_ID.search(header.name):
            return sha256(exchange.encode("utf-8", "replace")).hexdigest()[:32]
        if not header.required and not _REQUEST_ID.search(header.name):
            return None
    value = synthesise(header.schema, schemas).value
    if isinstance(value, list):
        return ",".join(one if isinstance(one, str) else json_text(one) for one in value)
    return value if isinstance(value, str) else json_text(value)
