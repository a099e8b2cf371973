"""The exchanges that a document shows: which call, answered by which example, read as which class of error.

Where it shows no answer, one is made from the schema, so that every documented answer is read at least once.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from specloom.model import Example, is_json
from specloom.python import contents, docs
from specloom.synthesis import is_read_as_first, other_members, synthesise, write_items

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model import Json, MediaType, Operation, Response, Schema

_ERROR_WITHOUT_EXAMPLE = "503"
EVERY_MEMBER, NULL_MEMBERS = "every_member", "null_members"
"""Names of made answers."""
_READABLE = (6, 100)
"""Levels and values of made answers, past which they only have what they must: a test of each is read by people."""
_OTHERWISE = (*range(500, 600), *range(400, 500), *range(300, 400))
"""Statuses that `default` may speak of, in the order in which they are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A call and what the service answers: an example, or a response without content.

    Args:
        made: Whether the example is made from the schema.
        both: Whether both clients are tested with it; answers that only hold more or less are read alike by both.
    """

    operation: Operation
    response: Response | None
    content: MediaType | None
    example: Example | None
    body: Example | None
    made: bool = False
    both: bool = True


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


def documented_exchanges(operation: Operation, schemas: Mapping[str, Schema]) -> Iterator[Exchange]:
    """Every documented answer of an operation, by each of its examples or a made one; at least one in any case."""
    bodies: list[Example | None] = list(_body_examples(operation))
    if not bodies:
        if operation.body is not None and operation.body.required:
            return
        bodies = [None]
    found = False
    waiting = list(bodies[1:])
    for one in (one for response in operation.responses for one in _answers(operation, response, schemas)):
        found = True
        name = "" if one.made or one.example is None else one.example.name
        body = next((each for each in bodies if each is not None and each.name == name), bodies[0])
        if body in waiting and not one.made and one.example is not None:
            waiting.remove(body)
        yield replace(one, body=body)
    for body in waiting if found else bodies:
        yield Exchange(operation=operation, response=None, content=None, example=None, body=body)


def _answers(operation: Operation, response: Response, schemas: Mapping[str, Schema]) -> Iterator[Exchange]:
    """What a documented response may be: each of its examples, and what is made where they do not show all."""
    chosen = contents.choose(response.contents)
    success = contents.is_success(operation, response)
    answer = Exchange(operation=operation, response=response, content=chosen.content, example=None, body=None)
    if not _status_of(operation, response) or (response.status == "default" and not chosen.content):
        return
    if chosen.kind == "none" and success:
        yield replace(answer, content=None)
    if chosen.kind == "none" or chosen.content is None:
        return
    # The text of a whole sequence would have to be read by us to say what comes of it.
    examples = tuple(
        one for one in chosen.content.examples if not (chosen.content.framing and isinstance(one.value, str))
    )
    for example in examples:
        yield replace(answer, example=example)
    if success or not examples:
        for at, example in enumerate(_made(chosen.content, schemas, whole=success)):
            yield replace(answer, example=example, made=True, both=not examples and not at)


def _made(content: MediaType, schemas: Mapping[str, Schema], *, whole: bool) -> Iterator[Example]:
    """Answers that keep all of their schema, where the examples do not show all that one may hold.

    One has every member, as far as it stays readable; in the other, for those who want the whole, each is null that
    may be.
    """
    if content.schema is None or not (is_json(content.media_type) or content.framing):
        return
    whole = whole and content.framing not in ("events", "json_events")  # No event has a member that is null.
    shown = {place for one in content.examples for place in _places(one.value)}
    others = enumerate(other_members(content.schema, schemas), 2) if whole and not content.framing else ()
    for name, schema, nulls in (
        (EVERY_MEMBER, content.schema, False),
        *([(NULL_MEMBERS, content.schema, True)] if whole else []),
        *((f"{EVERY_MEMBER}_of_{at}", schema, False) for at, schema in others),
    ):
        synthesis = synthesise(schema, schemas, nulls=nulls, fitting=True, readable=_READABLE)
        places = _places(synthesis.value)
        if synthesis.unmet or shown.issuperset(places):
            continue
        if schema is not content.schema and not is_read_as_first(schema, synthesis.value, schemas):
            continue
        shown |= places
        yield Example(name=name, value=synthesis.value, location=content.location)


def told_answer(name: str) -> str:
    """What a made answer has, by its name."""
    if name == NULL_MEMBERS:
        return "null for every member that may be"
    at = name.removeprefix(EVERY_MEMBER).removeprefix("_of_")
    return f"every member, as number {at} of the union" if at else "every member"


def _places(value: Json, at: str = "") -> set[str]:
    """Where something stands in a value, JSON text and all, whatever place it has in a list; and where that is null."""
    found = {f"{at}: null" if value is None else at}
    if isinstance(value, str) and value[:1] in ("{", "["):
        with contextlib.suppress(ValueError, RecursionError):
            return found | _places(json.loads(value), f"{at}: text")
    if isinstance(value, dict):
        for name, one in value.items():
            found |= _places(one, f"{at}/{name}")
    elif isinstance(value, list):
        for one in value:
            found |= _places(one, f"{at}/*")
    return found


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
            case "lines" | "records":
                if isinstance(one.value, list):
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


def payload_text(example: Example, content: MediaType | None, *, is_text: bool) -> str:
    """What an answer holds: an example as it is sent."""
    if content is not None and content.framing and isinstance(example.value, list):
        return write_items(example.value, content.framing)
    if is_text and isinstance(example.value, str):
        return example.value
    return docs.json_file(example.value)
