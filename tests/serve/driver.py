"""Calls an ASGI application without a socket."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from specloom.serve import create_app

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model import Api, Operation
    from specloom.serve.asgi import AsgiApp, Message

CREDENTIALS = {"X-Auth-Token": "t"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def call(
    app: AsgiApp, line: str, headers: Mapping[str, str] | None = None, body: bytes | tuple[bytes, ...] = b""
) -> Answer:
    """Send `METHOD /path?query` and give the answer; a body in pieces comes in that many messages."""
    method, target = line.split(" ", 1)
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "headers": [(name.lower().encode(), value.encode("utf-8")) for name, value in (headers or {}).items()],
    }
    pieces = list(body) if isinstance(body, tuple) else [body]
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(_run(app(scope, receive, send)))
    start, *bodies = sent
    found = {name.decode("latin-1"): value.decode("utf-8") for name, value in start["headers"]}
    return Answer(status=start["status"], headers=found, body=b"".join(one["body"] for one in bodies))


def ask(api: Api, line: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
    """Ask a server of one document."""
    return call(create_app([api]), line, headers, body)


def served_by(app: AsgiApp, line: str) -> str:
    """The id of the operation that answers."""
    return call(app, line).headers["x-specloom-operation"]


def ids(*operations: Operation) -> list[str]:
    """The ids of operations."""
    return [operation.id for operation in operations]


async def _run(awaitable: Any) -> None:
    await awaitable
