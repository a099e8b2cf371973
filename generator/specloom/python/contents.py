"""Which representation of a body a client sends or asks for, and what that is in Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic, Severity
from specloom.model import AnySchema, StringSchema, is_json
from specloom.python.types import optional, split_union

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model import Api, MediaType, Operation, RequestBody, Response, Schema
    from specloom.python.types import Types


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A chosen representation.

    Args:
        kind: As the runtime names it: `json`, `form`, `multipart`, `text`, `bytes`, `none`, or the framing of items.
        content: The media type it comes from; `None` for `none`.
    """

    kind: str
    content: MediaType | None

    @property
    def media_type(self) -> str:
        """The media type as documented; empty where there is no content."""
        return self.content.media_type if self.content is not None else ""

    @property
    def holds_json(self) -> bool:
        """Whether the content is JSON, or items that are, and so of the type that its schema says."""
        return self.kind == "json" or (self.content is not None and bool(self.content.framing))

    @property
    def sent(self) -> str:
        """The media type of what is sent: one that a range (`*/*`) leaves open goes by the kind."""
        return _SENT[self.kind] if "*" in self.media_type else self.media_type


_SENT = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
    "text": "text/plain",
    "bytes": "application/octet-stream",
}


_EVENTS = frozenset(("events", "json_events", "data", "texts"))


def choose(contents: tuple[MediaType, ...]) -> Content:
    """Choose one representation of several: JSON where there is any, else the first."""
    if not contents:
        return Content(kind="none", content=None)
    chosen = next((one for one in contents if is_json(one.media_type)), contents[0])
    return Content(kind=_kind(chosen), content=chosen)


def left_out(api: Api) -> Iterator[Diagnostic]:
    """The representations of answers that no client asks for by itself, because another is chosen."""
    for operation in api.operations:
        for found in (one.contents for one in operation.responses):
            chosen = choose(found).content
            for one in found:
                if one is not chosen and chosen is not None:
                    message = f"`{one.media_type}` is left out: clients use `{chosen.media_type}` here"
                    yield Diagnostic(code="SL410", message=message, location=one.location, severity=Severity.WARNING)


def read_whole(api: Api) -> Iterator[Diagnostic]:
    """The streams of events of which a call returns nothing before they have ended."""
    for operation in api.operations:
        for content in (choose(one.contents).content for one in successes(operation)):
            if content is not None and content.framing in _EVENTS:
                message = f"`{content.media_type}` is read whole: a call returns when the service has ended the stream"
                hint = "its items are a list; a stream without end has none, and a call of it ends with its `deadline`"
                yield Diagnostic(
                    code="SL412", message=message, location=content.location, hint=hint, severity=Severity.WARNING
                )


def _kind(content: MediaType) -> str:
    if content.framing:
        return content.framing
    name = content.media_type.partition(";")[0].strip().lower()
    if is_json(name):
        return "json"
    if name == "application/x-www-form-urlencoded":
        return "form"
    if name.startswith("multipart/"):
        return "multipart"
    if name in {"*/*", "*", "application/*"}:
        return _kind_by_schema(content.schema)
    # XML is kept as the text it is; so are documents that come line by line.
    is_text = name.startswith("text/") or name.endswith(("xml", "yaml", "javascript", "jsonl", "ndjson", "json-seq"))
    return "text" if is_text else "bytes"


def _kind_by_schema(schema: Schema | None) -> str:
    """What a body of any media type is: what its schema says, for who wrote one meant something by it."""
    match schema:
        case None | AnySchema():
            return "bytes"
        case StringSchema(format=name):
            return "bytes" if name in {"binary", "byte"} else "text"
    return "json"


def is_success(operation: Operation, response: Response) -> bool:
    """Whether a call returns what a documented status of its own says; `default` speaks of no status."""
    return response.status != "default" and response in successes(operation)


def successes(operation: Operation) -> list[Response]:
    """What a call returns: the documented 2XX; redirects, where there is none; `default`, where neither is there."""
    for first in ("2", "3", "default"):
        found = [one for one in operation.responses if one.status.startswith(first)]
        if found:
            return found
    return []


def read_from(operation: Operation, status: str) -> Content:
    """What a call reads from an answer with a 2XX: what is documented of it, else of the first success."""
    found = {one.status.upper(): one for one in successes(operation)}
    first = next((found[one] for one in (status, "2XX", *sorted(found)) if one in found), None)
    return choose(() if first is None else first.contents)


def returned(operation: Operation, types: Types) -> str:
    """What a call of an operation returns."""
    kinds: list[str] = []
    for response in successes(operation):
        chosen = choose(response.contents)
        kinds.extend(split_union(_python_type(chosen, types)))
    return " | ".join(dict.fromkeys(kinds)) or "NoContent"


def _python_type(chosen: Content, types: Types) -> str:
    if chosen.holds_json:
        schema = chosen.content.schema if chosen.content is not None else None
        return "Any" if schema is None else types.returned(schema)
    return {"none": "NoContent", "text": "str"}.get(chosen.kind, "bytes")


def body_annotation(body: RequestBody, types: Types) -> str:
    """What a caller gives as the body of an operation."""
    chosen = choose(body.contents)
    schema = chosen.content.schema if chosen.content is not None else None
    match chosen.kind:
        case "json" | "lines" | "records":
            annotation = "Any" if schema is None else types.given(schema)
        case "form" | "multipart":
            given = "Mapping[str, Any]" if schema is None else types.given(schema)
            annotation = given if given.startswith("Mapping[") else f"{given} | Mapping[str, Any]"
        case "text":
            annotation = "str"
        case _:
            annotation = "bytes"
    if len(body.contents) > 1 or "*" in chosen.media_type:
        annotation = annotation if annotation == "Any" else f"{annotation} | Content"
    return annotation if body.required else optional(annotation)


def takes_null(body: RequestBody, types: Types) -> bool:
    """Whether `None` is sent, as the JSON `null`: where a body must be there, and may be that."""
    chosen = choose(body.contents)
    schema = chosen.content.schema if chosen.content is not None else None
    if not body.required or chosen.kind != "json" or schema is None:
        return False
    return "None" in split_union(types.given(schema))


def accepted(operation: Operation) -> str:
    """The media types that a call asks for, in the order of the document, each once."""
    found = [chosen.media_type for one in successes(operation) if (chosen := choose(one.contents)).kind != "none"]
    return ", ".join(dict.fromkeys(found))
