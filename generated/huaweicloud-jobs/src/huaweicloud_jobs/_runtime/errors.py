"""Everything that a client raises.

    ClientError
    ├── InvalidCallError           refused before anything was sent: an argument, no credentials, a closed client
    ├── TransportError             no whole answer arrived; `maybe_sent` tells whether the server may have the request
    │   ├── ConnectError           no connection came about: nothing was sent
    │   └── CallTimeoutError       a wait took too long
    │       ├── ConnectTimeoutError    for a connection: nothing was sent
    │       ├── PoolTimeoutError       for a free connection of the pool: nothing was sent
    │       ├── WriteTimeoutError      for the server to take the request
    │       └── ReadTimeoutError       for the answer
    ├── DecodeError                a success arrived whose content is not what the operation documents
    └── StatusError                the server answered with a failure; a package derives one class for each status

All of them can be pickled and copied, and none shows credentials.
"""

from __future__ import annotations

from .messages import Headers
from .reserved import ERROR_ATTRIBUTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_OWN_FIELDS = ("code", "message", "title", "request_id")
_SHOWN_BODY = 200


class ClientError(Exception):
    """Base of all errors of a client.

    Args:
        message: What happened, for a person.
        operation: The operation as a caller reaches it (`jobs.list_history`), where one was running.
    """

    def __init__(self, message: str = "", *, operation: str = "") -> None:
        super().__init__(message)
        self.message: str | None = message
        self.operation = operation

    def __str__(self) -> str:
        return f"{self.operation}: {self.message}" if self.operation else str(self.message)


class InvalidCallError(ClientError):
    """The call cannot be made as asked; nothing was sent."""


class TransportError(ClientError):
    """No whole answer arrived.

    Args:
        maybe_sent: Whether the server may have got the request, so that sending it again may do the work twice.
    """

    def __init__(self, message: str = "", *, operation: str = "", maybe_sent: bool = True) -> None:
        super().__init__(message, operation=operation)
        self.maybe_sent = maybe_sent


class ConnectError(TransportError):
    """No connection came about: name resolution, refusal, TLS, proxy."""


class CallTimeoutError(TransportError):
    """A wait took longer than the timeout."""


class ConnectTimeoutError(CallTimeoutError):
    """No connection came about in time; nothing was sent."""


class PoolTimeoutError(CallTimeoutError):
    """No connection of the pool became free in time; nothing was sent."""


class WriteTimeoutError(CallTimeoutError):
    """The server did not take the request in time."""


class ReadTimeoutError(CallTimeoutError):
    """The answer did not come in time."""


class DecodeError(ClientError):
    """A success whose content is not what the operation documents.

    Args:
        status: The HTTP status.
        pointer: JSON pointer of the first fault, through JSON text; empty for the whole body.
        request_id: The id that the server gave the request.
        headers: The response headers.
        body: The content as it came.
    """

    def __init__(
        self,
        message: str = "",
        *,
        operation: str = "",
        status: int = 0,
        pointer: str = "",
        request_id: str | None = None,
        headers: Headers | None = None,
        body: bytes = b"",
    ) -> None:
        super().__init__(message, operation=operation)
        self.status = status
        self.pointer = pointer
        self.request_id = request_id
        self.headers = Headers() if headers is None else headers
        self.body = body

    @property
    def first_bytes(self) -> bytes:
        """The beginning of the body."""
        return self.body[:_SHOWN_BODY]

    def __str__(self) -> str:
        place = f" at {self.pointer}" if self.pointer else ""
        text = f"HTTP {self.status} with unexpected content{place}: {self.message}"
        return _compose(self.operation, text, self.request_id)


class StatusError(ClientError):
    """The server answered with a failure.

    Args:
        message: The server's words; `None` where it gave none.
        status: The HTTP status.
        fields: The error fields that the API declares, by name; those beyond `code`, `message`, `title` and
            `request_id` become attributes too.
        headers: The response headers.
        body: The content as it came.
        model: The documented error model, where the body fits it.
        inner_status: The status inside a successful response that reports a failure.
    """

    def __init__(
        self,
        message: str | None = None,
        *,
        operation: str = "",
        status: int = 0,
        fields: Mapping[str, str | None] | None = None,
        headers: Headers | None = None,
        body: bytes = b"",
        model: Any = None,
        inner_status: int | None = None,
    ) -> None:
        super().__init__(message or "", operation=operation)
        fields = fields or {}
        self.message = message
        self.status = status
        self.code = fields.get("code")
        self.title = fields.get("title")
        self.request_id = fields.get("request_id")
        self.headers = Headers() if headers is None else headers
        self.body = body
        self.model = model
        self.inner_status = inner_status
        self.details: dict[str, str | None] = {k: v for k, v in fields.items() if k not in _OWN_FIELDS}
        for name, value in self.details.items():
            if name not in ERROR_ATTRIBUTES:
                setattr(self, name, value)

    @property
    def text(self) -> str:
        """The body as text, whatever it is."""
        return self.body.decode("utf-8", "replace")

    def __str__(self) -> str:
        inner = "" if self.inner_status is None else f" holding status {self.inner_status}"
        words = " ".join(filter(None, (self.code, self.message or self.title or self._excerpt())))
        return _compose(self.operation, f"HTTP {self.status}{inner}{': ' if words else ''}{words}", self.request_id)

    def _excerpt(self) -> str:
        return " ".join(self.body[:_SHOWN_BODY].decode("utf-8", "replace").split())


def _compose(operation: str, text: str, request_id: str | None) -> str:
    before = f"{operation}: " if operation else ""
    after = f" (request id {request_id})" if request_id else ""
    return before + text + after
