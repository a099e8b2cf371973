"""Answers before they are decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from .messages import Headers

from .errors import InvalidCallError
from .messages import Response

T_co = TypeVar("T_co", covariant=True)


class RawResponse(Generic[T_co]):
    """A successful answer as it came; `parse()` gives what the call would have returned.

    It can be pickled; what comes of that holds the answer, and is parsed no more.

    Attributes:
        status: The HTTP status.
        headers: The response headers.
        content: The body, decompressed.
        request_id: The id that the server gave the request, where the API names a place for it.
        attempts: How often the request was tried.
    """

    __slots__ = ("_parse", "attempts", "content", "headers", "request_id", "status")

    def __init__(
        self, response: Response, parse: Callable[[], T_co], *, request_id: str | None = None, attempts: int = 1
    ) -> None:
        self.status: int = response.status
        self.headers: Headers = response.headers
        self.content: bytes = response.content
        self.request_id = request_id
        self.attempts = attempts
        self._parse = parse

    @property
    def text(self) -> str:
        """The body as text, whatever it is."""
        return self.content.decode("utf-8", "replace")

    def parse(self) -> T_co:
        """What the call would have returned; decoded anew each time.

        Raises:
            DecodeError: The content is not what the operation documents.
            StatusError: The content reports a failure.
        """
        return self._parse()

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.status, self.headers, self.content, self.request_id, self.attempts)

    def __repr__(self) -> str:
        return f"<RawResponse {self.status}>"


def _restored(status: int, headers: Headers, content: bytes, request_id: str | None, attempts: int) -> RawResponse[Any]:
    return RawResponse(Response(status, headers, content), _refuse, request_id=request_id, attempts=attempts)


def _refuse() -> Any:
    raise InvalidCallError("this answer was pickled, and has left its client behind: parse() it before")
