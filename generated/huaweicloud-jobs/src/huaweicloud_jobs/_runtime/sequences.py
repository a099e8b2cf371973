"""Contents that hold item after item: as one JSON array, which is decoded as any other, and back.

A framing says where an item ends: `lines` (JSON lines), `records` (JSON text sequences, RFC 7464), `events`
(server-sent events, an item being the event), `json_events` (the same with the JSON that its data are), `data` (an item
being that JSON alone) and `texts` (the data itself).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from pydantic_core import from_json

from .problems import Problem, found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FRAMINGS = ("lines", "records", "events", "json_events", "data", "texts")
_LINES = ("application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines")
_SEPARATOR = b"\x1e"
_END = "[DONE]"
"""The data of a last event that many services send in place of JSON to say that no more come."""
_LINE_END = re.compile("\r\n|\n|\r")


def framing_of(media_type: str) -> str:
    """The framing in which a list is sent under a media type; empty where it goes as one JSON document."""
    if media_type in _LINES:
        return "lines"
    return "records" if media_type.endswith(("/json-seq", "+json-seq")) else ""


def joined(framing: str, content: bytes) -> tuple[bytes, tuple[Problem, ...]]:
    """The items as a JSON array, and those among them that are no JSON: they stand there as text."""
    items: list[bytes] = []
    odd: list[Problem] = []
    for item in _items(framing, content):
        if _is_json(item):
            items.append(item)
            continue
        text = item.decode("utf-8", "replace")
        odd.append(Problem(f"/{len(items)}", f"Should be JSON; {found(text)}", text))
        items.append(json.dumps(text).encode("ascii"))
    return b"[" + b",".join(items) + b"]", tuple(odd)


def framed(framing: str, items: Iterable[bytes]) -> bytes:
    """JSON documents, each without line ends, as a body that holds one after the other."""
    before = _SEPARATOR if framing == "records" else b""
    return b"".join(before + item + b"\n" for item in items)


def _items(framing: str, content: bytes) -> Iterator[bytes]:
    if framing in ("lines", "records"):
        pieces = content.split(b"\n" if framing == "lines" else _SEPARATOR)
        yield from (stripped for piece in pieces if (stripped := piece.strip()))
        return
    events = list(_events(content.decode("utf-8", "replace")))
    if framing in ("data", "json_events") and events and events[-1]["data"] == _END:
        events.pop()
    for event in events:
        match framing:
            case "events":
                yield _written(event)
            case "json_events":
                yield _with_json(event)
            case "data":
                yield str(event["data"]).encode("utf-8", "replace")
            case _:
                yield _written(event["data"])


def _with_json(event: dict[str, str | int]) -> bytes:
    """An event with the JSON of its data as it came, byte for byte; data that are no JSON stay text."""
    data = str(event["data"]).encode("utf-8", "replace")
    others = [_written(name) + b":" + _written(one) for name, one in event.items() if name != "data"]
    return b"{" + b",".join([b'"data":' + (data if _is_json(data) else _written(event["data"])), *others]) + b"}"


def _written(value: object) -> bytes:
    return json.dumps(value).encode("ascii")


def _events(text: str) -> Iterator[dict[str, str | int]]:
    """Events as the HTML standard reads them: one without data, or that no empty line ends, is none."""
    event: dict[str, str | int] = {}
    data: list[str] = []
    for line in _LINE_END.split(text)[:-1]:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not line:
            if any(data):
                yield {**event, "data": "\n".join(data)}
            event, data = {}, []
        elif name == "data":
            data.append(value)
        elif name == "event" or (name == "id" and "\0" not in value):
            event[name] = value
        elif name == "retry" and value.isascii() and value.isdigit():
            event[name] = int(value[:18])


def _is_json(item: bytes) -> bool:
    """Whether an item is one JSON document, though bytes of it be no characters."""
    try:
        from_json(item)
    except ValueError:
        try:
            json.loads(item.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return False
    return True
