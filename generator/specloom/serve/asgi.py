"""HTTP as this package sees it: plain requests and replies, and how ASGI carries them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]

# A longer body is refused. It is read to its end all the same, for a client that is still sending would not see the
# answer, and up to a bound, for some bodies never end.
LARGEST_BODY = 10 * 1024 * 1024
LARGEST_DRAIN = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request, complete.

    Args:
        method: In capitals.
        path: Percent-encoded, as it came, without the query.
        query: Decoded names and values in their order.
        headers: By name in lower case; several lines of one name are joined as HTTP says.
        body: `None` where it was longer than `LARGEST_BODY`.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str]
    body: bytes | None = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is sent back; header names in lower case, `content-length` left to `send_reply`."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def with_headers(self, *headers: tuple[str, str]) -> Reply:
        """The same reply with more headers."""
        return Reply(status=self.status, headers=(*self.headers, *headers), body=self.body)


async def receive_request(scope: Scope, receive: Receive) -> Request | None:
    """Read the whole request; `None` where the client went away before its end."""
    chunks: list[bytes] = []
    size, more = 0, True
    while more and size <= LARGEST_DRAIN:
        message = await receive()
        if message["type"] != "http.request":
            return None
        chunk: bytes = message.get("body", b"")
        size, more = size + len(chunk), message.get("more_body", False)
        if size <= LARGEST_BODY:
            chunks.append(chunk)
    body = b"".join(chunks) if size <= LARGEST_BODY else None
    raw_path: bytes = scope.get("raw_path") or quote(scope["path"]).encode("ascii")
    # A proxy's request line names the whole address (RFC 9112, section 3.2.2).
    path = re.sub(r"^https?://[^/]*", "", raw_path.decode("latin-1")) or "/"
    query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True, errors="replace")
    return Request(
        method=scope["method"].upper(),
        path=path,
        query=tuple(query),
        headers=_join_headers(scope["headers"]),
        body=body,
    )


async def send_reply(send: Send, reply: Reply, *, head: bool) -> None:
    """Send a reply; for HEAD everything but its body."""
    headers = [(encode_header(name), encode_header(value)) for name, value in reply.headers]
    if reply.status not in (204, 304):
        headers.append((b"content-length", str(len(reply.body)).encode("ascii")))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else reply.body})


def encode_header(text: str) -> bytes:
    """Text as it may stand in a header: UTF-8 without control characters, so that no document can add a line."""
    return "".join(" " if char < " " or char == "\x7f" else char for char in text).strip().encode("utf-8", "replace")


def _join_headers(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), _decode(raw_value)
        separator = "; " if name == "cookie" else ", "
        joined[name] = f"{joined[name]}{separator}{value}" if name in joined else value
    return joined


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
