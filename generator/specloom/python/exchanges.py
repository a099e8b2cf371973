"""The exchanges that a document shows: which call, answered by which example, read as which class of error."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.python import contents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model import Example, Json, MediaType, Operation, Response

_ERROR_WITHOUT_EXAMPLE = "503"
_OTHERWISE = (*range(500, 600), *range(400, 500), *range(300, 400))
"""Statuses that `default` may speak of, in the order in which they are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A call and what the service answers: an example, or a response without content."""

    operation: Operation
    response: Response | None
    content: MediaType | None
    example: Example | None
    body: Example | None


ERROR_CLASSES = {
    "400": "BadRequestError",
    "401": "AuthenticationError",
    "403": "PermissionDeniedError",
    "404": "NotFoundError",
    "408": "RequestTimeoutError",
    "409": "ConflictError",
    "410": "GoneError",
    "413": "ContentTooLargeError",
    "422": "UnprocessableContentError",
    "429": "RateLimitError",
}
"""The statuses that have an error class of their own."""


def error_class(status: str) -> str:
    """The class that an answer with a status is raised as."""
    if status in ERROR_CLASSES:
        return ERROR_CLASSES[status]
    return {"3": "RedirectError", "4": "ClientStatusError"}.get(status[0], "ServerError")


def documented_exchanges(operation: Operation) -> Iterator[Exchange]:
    """Every documented example of an operation, and every success without content; at least one in any case."""
    bodies: list[Example | None] = list(_body_examples(operation))
    if not bodies:
        if operation.body is not None and operation.body.required:
            return
        bodies = [None]
    found = False
    waiting = list(bodies[1:])
    for response in operation.responses:
        chosen = contents.choose(response.contents)
        if not _status_of(operation, response) or (response.status == "default" and not chosen.content):
            continue
        if chosen.kind == "none":
            if contents.is_success(operation, response):
                found = True
                yield Exchange(operation=operation, response=response, content=None, example=None, body=bodies[0])
            continue
        for example in chosen.content.examples if chosen.content is not None else ():
            body = next((one for one in bodies if one is not None and one.name == example.name), bodies[0])
            if body in waiting:
                waiting.remove(body)
            found = True
            yield Exchange(operation=operation, response=response, content=chosen.content, example=example, body=body)
    for body in waiting if found else bodies:
        yield Exchange(operation=operation, response=None, content=None, example=None, body=body)


def documented_answers(operation: Operation) -> int:
    """How many examples of answers a document gives for an operation, in the representations that a client reads."""
    chosen = [contents.choose(one.contents).content for one in operation.responses]
    return sum(len(one.examples) for one in chosen if one is not None)


def _body_examples(operation: Operation) -> Iterator[Example]:
    if operation.body is None:
        return
    chosen = contents.choose(operation.body.contents)
    for one in chosen.content.examples if chosen.content is not None else ():
        match chosen.kind:
            case "json":
                if one.value is not None and not one.raw:
                    yield one
            case "text":
                if isinstance(one.value, str):
                    yield one
            case "form" if chosen.content is not None and not chosen.content.encodings:
                if isinstance(one.value, dict) and all(_is_flat(each) for each in one.value.values()):
                    yield one


def _is_flat(value: Json) -> bool:
    """Whether a member of a form is a single value, or a list of them."""
    listed = value if isinstance(value, list) else [value]
    return all(isinstance(one, str | bool | int) for one in listed)


def answered_status(exchange: Exchange) -> str:
    """The status that an exchange is answered with."""
    if exchange.response is None:
        return _ERROR_WITHOUT_EXAMPLE
    return _status_of(exchange.operation, exchange.response)


def _status_of(operation: Operation, response: Response) -> str:
    """A status that a response, and no other of its operation, speaks of; empty where there is none."""
    status = response.status.upper()
    others = {one.status.upper() for one in operation.responses} - {status}
    if status == "DEFAULT":
        free = (str(one) for one in _OTHERWISE if not {str(one), f"{one // 100}XX"} & others)
    else:
        free = (one for one in (status.replace("XX", f"{end:02}") for end in range(99, -1, -1)) if one not in others)
    return next(free, "")


def payload_text(example: Example, *, is_text: bool) -> str:
    if is_text and isinstance(example.value, str):
        return example.value
    return json.dumps(example.value, ensure_ascii=False, indent=2) + "\n"
