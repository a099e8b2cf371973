"""Everything that a client raises.

    ClientError
    ├── InvalidCallError           refused: an argument, no credentials, a closed client; no request is on its way
    ├── TransportError             no whole answer arrived; `maybe_sent` tells whether the server may have the request
    │   ├── ConnectError           no connection came about: nothing was sent
    │   │   ├── TLSError               the certificate, or TLS itself, is not agreed on
    │   │   └── ProxyError             a proxy did not open the way to the server
    │   └── CallTimeoutError       a wait took too long
    │       ├── ConnectTimeoutError    for a connection: nothing was sent
    │       ├── PoolTimeoutError       for a free connection of the pool: nothing was sent
    │       ├── WriteTimeoutError      for the server to take the request
    │       ├── ReadTimeoutError       for the answer
    │       └── DeadlineError          for the call as a whole, all attempts and waits together
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

    from .problems import Problem

_OWN_FIELDS = ("code", "message", "title", "request_id")
_SHOWN_BODY = 200
_SKEW_TOLD = 60
_KINDS = {
    400: ("invalid",),
    401: ("authentication",),
    403: ("permission",),
    404: ("not_found",),
    409: ("conflict",),
    410: ("not_found",),
    422: ("invalid",),
    429: ("throttled",),
}
_REFUSALS = ("authentication", "permission")


def kinds_of(status: int, told: tuple[str, ...]) -> tuple[str, ...]:
    """What a failure means: what the API says of its code, else what the status says.

    A refusal stays what its status says, whatever the code adds, and a fault of the server is none.

    Args:
        told: The kinds of the code.
    """
    usual = _KINDS.get(status, ())
    if status in (401, 403):
        return tuple(dict.fromkeys((*usual, *told)))
    meant = told if status < 500 else tuple(kind for kind in told if kind not in _REFUSALS)
    return meant or usual


class ClientError(Exception):
    """Base of all errors of a client.

    Args:
        message: What happened, for a person.
        operation: The operation as a caller reaches it (`jobs.list_history`), where one was running.

    Attributes:
        attempts: How often the request was tried; 0 where it was refused before that.
    """

    def __init__(self, message: str = "", *, operation: str = "") -> None:
        super().__init__(message)
        self.message: str | None = message
        self.operation = operation
        self.attempts = 0

    def __str__(self) -> str:
        return self._compose(str(self.message))

    def _compose(self, text: str, request_id: str | None = None) -> str:
        before = f"{self.operation}: " if self.operation else ""
        tried = f"{self.attempts} attempts" if self.attempts > 1 else ""
        after = ", ".join(filter(None, (f"request id {request_id}" if request_id else "", tried)))
        return f"{before}{text} ({after})" if after else before + text


class InvalidCallError(ClientError):
    """The call cannot be made as asked; nothing was sent, unless the client was closed between two attempts."""


class TransportError(ClientError):
    """No whole answer arrived.

    Args:
        maybe_sent: Whether the server may have got the request, so that sending it again may do the work twice.

    Attributes:
        permanent: Whether another attempt would end like this one, so that none is made.
    """

    permanent = False

    def __init__(self, message: str = "", *, operation: str = "", maybe_sent: bool = True) -> None:
        super().__init__(message, operation=operation)
        self.maybe_sent = maybe_sent


class ConnectError(TransportError):
    """No connection came about: name resolution, refusal, TLS, proxy."""


class TLSError(ConnectError):
    """Client and server do not agree on TLS: mostly, the server's certificate is not accepted. Nothing was sent."""

    permanent = True

    def __init__(self, message: str = "", *, operation: str = "", maybe_sent: bool = False) -> None:
        super().__init__(message, operation=operation, maybe_sent=maybe_sent)


class ProxyError(ConnectError):
    """A proxy did not open the way to the server: nothing was sent to that.

    Args:
        status: The HTTP status that the proxy answered with; `None` where it gave none.
    """

    def __init__(
        self, message: str = "", *, operation: str = "", maybe_sent: bool = False, status: int | None = None
    ) -> None:
        super().__init__(message, operation=operation, maybe_sent=maybe_sent)
        self.status = status
        self.permanent = status is not None and status < 500 and status not in (408, 429)


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


class DeadlineError(CallTimeoutError):
    """The call as a whole took longer than its deadline: the sum of its attempts and of the waits between them."""


class DecodeError(ClientError):
    """A success whose content is not what the operation documents.

    Args:
        status: The HTTP status.
        pointer: JSON pointer of the first fault, through JSON text; empty for the whole body.
        request_id: The id that the server gave the request.
        headers: The response headers.
        body: The content as it came.
        problems: All faults of a content that could be read; else the one that kept it from being read.
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
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(message, operation=operation)
        self.status = status
        self.pointer = pointer
        self.request_id = request_id
        self.headers = Headers() if headers is None else headers
        self.body = body
        self.problems = problems

    @property
    def first_bytes(self) -> bytes:
        """The beginning of the body."""
        return self.body[:_SHOWN_BODY]

    def __str__(self) -> str:
        place = f" at {self.pointer}" if self.pointer else ""
        text = f"HTTP {self.status} with unexpected content{place}: {self.message}"
        return self._compose(text, self.request_id)


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

    Attributes:
        kinds: What the failure means: `not_found`, `conflict`, ... By the code, where the API says what it means
            (some APIs answer 400 for everything), else by the status; of a 401 or 403 by both.
        clock_skew: Seconds by which the clock that a refused request was signed by is before the server's (negative:
            behind it); `None` where no signature was refused, or the server gave no time.
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
        self._excerpt = _excerpt(body)
        self.model = model
        self.inner_status = inner_status
        self.clock_skew: int | None = None
        self.kinds: tuple[str, ...] = _KINDS.get(inner_status or status, ())
        self.details: dict[str, str | None] = {k: v for k, v in fields.items() if k not in _OWN_FIELDS}
        for name, value in self.details.items():
            if name not in ERROR_ATTRIBUTES:
                setattr(self, name, value)

    @property
    def text(self) -> str:
        """The body as text, whatever it is."""
        return self.body.decode("utf-8", "replace")

    @property
    def retry_after(self) -> float | None:
        """Seconds that the server asks to wait before the next try, counted from now; `None` where it names none."""
        from .retry import retry_after

        return retry_after(self.headers)

    @property
    def is_not_found(self) -> bool:
        """Whether what was named does not exist: 404, 410, or a code that the API gives this meaning."""
        return "not_found" in self.kinds

    @property
    def is_conflict(self) -> bool:
        """Whether the request contradicts the state of things: 409, or such a code."""
        return "conflict" in self.kinds

    @property
    def is_invalid(self) -> bool:
        """Whether the request itself is wrong: 400, 422, or such a code."""
        return "invalid" in self.kinds

    @property
    def is_authentication(self) -> bool:
        """Whether the credentials are missing, wrong or expired: 401, or such a code."""
        return "authentication" in self.kinds

    @property
    def is_permission(self) -> bool:
        """Whether the credentials do not permit this: 403, or such a code."""
        return "permission" in self.kinds

    @property
    def is_quota(self) -> bool:
        """Whether a quota is used up; only codes say so."""
        return "quota" in self.kinds

    @property
    def is_throttled(self) -> bool:
        """Whether there were too many requests: 429, or such a code."""
        return "throttled" in self.kinds

    def __str__(self) -> str:
        inner = "" if self.inner_status is None else f" holding status {self.inner_status}"
        words = " ".join(filter(None, (self.code, self.message or self.title or self._excerpt)))
        text = f"HTTP {self.status}{inner}{': ' if words else ''}{words}"
        return self._compose(text + self._wait() + self._clocks(), self.request_id)

    def _wait(self) -> str:
        seconds = self.retry_after
        return f"; the server asks to wait {seconds:.0f} seconds" if seconds else ""

    def _clocks(self) -> str:
        skew = self.clock_skew or 0
        if abs(skew) <= _SKEW_TOLD:
            return ""
        way = "ahead of" if skew > 0 else "behind"
        return f"; the clock that signed is {abs(skew)} seconds {way} the server's: set the clock of this machine"


def _excerpt(body: bytes) -> str:
    return " ".join(body[:_SHOWN_BODY].decode("utf-8", "replace").split())
