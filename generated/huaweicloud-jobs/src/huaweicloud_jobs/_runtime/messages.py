"""What passes between a call and its transport: requests, responses, waits; nothing here touches a socket."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any


SECRET_NAMES = ("authorization", "cookie", "key", "secret", "signature", "token")
"""What the names of header lines with secrets have in them, in lower case."""


class Secret(str):
    """Text that prints as `***` wherever values are shown: in lists, locals of tracebacks, `repr`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'***'"


class SecretBytes(bytes):
    """Content that prints as `***` wherever values are shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "b'***'"


class Headers:
    """Header lines in the order in which they came; names are compared without case."""

    __slots__ = ("_lines",)

    def __init__(self, lines: Iterable[tuple[str, str]] = ()) -> None:
        self._lines = tuple(lines)

    def get(self, name: str, default: str | None = None) -> str | None:
        """The first value of that name, or `default`."""
        wanted = name.lower()
        return next((value for key, value in self._lines if key.lower() == wanted), default)

    def get_all(self, name: str) -> list[str]:
        """Every value of that name."""
        wanted = name.lower()
        return [value for key, value in self._lines if key.lower() == wanted]

    def items(self) -> list[tuple[str, str]]:
        """Names and values, line by line."""
        return list(self._lines)

    def keys(self) -> list[str]:
        """The names, each once, as it came first."""
        first: dict[str, str] = {}
        for key, _ in self._lines:
            first.setdefault(key.lower(), key)
        return list(first.values())

    def values(self) -> list[str]:
        """The values, line by line."""
        return [value for _, value in self._lines]

    def __getitem__(self, name: str) -> str:
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Headers) and other._lines == self._lines

    def __hash__(self) -> int:
        return hash(self._lines)

    def __repr__(self) -> str:
        return f"Headers({list(self._lines)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Headers, (self._lines,)


class Request:
    """One request, ready to send.

    Args:
        method: As sent.
        url: The whole address; path and query are already percent-encoded and go out as they are.
        headers: Every header line that goes out, in order, and no other.
        content: The body; `None` where there is none.
        timeout: Seconds for each wait (connect, read, write, a free connection); `None` to wait without end.

    Attributes:
        deadline: When the call has to be over, on the clock of `time.monotonic`; `None` for never.
        attempts: How often it was handed to the transport.
    """

    __slots__ = ("attempts", "content", "deadline", "headers", "method", "timeout", "url")

    def __init__(
        self, method: str, url: str, headers: list[tuple[str, str]], content: bytes | None, timeout: float | None
    ) -> None:
        self.method = method
        self.url = url
        self.headers = headers
        self.content = content
        self.timeout = timeout
        self.deadline: float | None = None
        self.attempts = 0

    def copied(self) -> Request:
        """The same request, with header lines of its own."""
        twin = Request(self.method, self.url, list(self.headers), self.content, self.timeout)
        twin.deadline = self.deadline
        twin.attempts = self.attempts
        return twin

    def __repr__(self) -> str:
        return f"<Request {self.method}>"


class Response:
    """One response, read to its end; `content` is decompressed."""

    __slots__ = ("content", "headers", "status")

    def __init__(self, status: int, headers: Headers, content: bytes) -> None:
        self.status = status
        self.headers = headers
        self.content = content

    def __repr__(self) -> str:
        return f"<Response {self.status}>"


class Sleep:
    """A wait, in seconds, that a call asks its driver for."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __repr__(self) -> str:
        return f"Sleep({self.seconds!r})"


class Notice:
    """A function of the caller's that a call asks its driver to run; what it returns is awaited where it can be.

    Attributes:
        is_begun: Whether it has been called, so that what is raised from then on is the function's own.
    """

    __slots__ = ("arguments", "function", "is_begun")

    def __init__(self, function: Callable[..., Any], *arguments: Request | Response) -> None:
        self.function = function
        self.arguments = arguments
        self.is_begun = False

    def run(self) -> Any:
        """Calls the function."""
        self.is_begun = True
        return self.function(*self.arguments)


class NoContent:
    """What a call returns where the response has no content.

    Args:
        status: The HTTP status.
        request_id: The id the server gave the request, where the API names a place for it.
        headers: The response headers.
    """

    __slots__ = ("headers", "request_id", "status")

    def __init__(self, status: int, request_id: str | None = None, headers: Headers | None = None) -> None:
        self.status = status
        self.request_id = request_id
        self.headers = Headers() if headers is None else headers

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NoContent):
            return NotImplemented
        return (self.status, self.request_id, self.headers) == (other.status, other.request_id, other.headers)

    def __hash__(self) -> int:
        return hash((self.status, self.request_id, self.headers))

    def __repr__(self) -> str:
        return f"NoContent(status={self.status}, request_id={self.request_id!r})"
