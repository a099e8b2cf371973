"""The exchanges that a document shows: which call, answered by which example, read as which class of error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.python import contents, docs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model import Example, Json, MediaType, Operation, Response

_ERROR_WITHOUT_EXAMPLE = "503"


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
        if response.status == "default" and not chosen.content:
            continue
        if chosen.kind == "none":
            if contents.is_success(response.status):
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


def answered_status(response: Response | None) -> str:
    """The status that an exchange is answered with: that of a range or of `default` is made up."""
    if response is None:
        return _ERROR_WITHOUT_EXAMPLE
    if response.status == "default":
        return "500"
    return response.status.replace("XX", "99").replace("xx", "99")


def payload_text(example: Example, *, is_text: bool) -> str:
    if is_text and isinstance(example.value, str):
        return example.value
    return docs.json_file(example.value)
