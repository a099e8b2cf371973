"""What a watch raises, whichever service it asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from huaweicloud_jobs.errors import (
    AuthenticationError,
    InnerFailureError,
    NotFoundError,
    PermissionDeniedError,
    StatusError,
)


class WatchError(Exception):
    """Something could not be watched.

    Args:
        message: What happened.
        request_id: Name of the exchange, to quote when asking for help.
        advice: What the service suggests doing, where it suggests anything.
    """

    def __init__(self, message: str, *, request_id: str | None = None, advice: str | None = None) -> None:
        super().__init__(message)
        self.request_id = request_id
        self.advice = advice


class NotAllowedError(WatchError):
    """The token does not permit this."""


class NotThereError(WatchError):
    """There is no such job."""


class UnavailableError(WatchError):
    """The service cannot say now."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise errors of the services as errors of a watch."""
    try:
        yield
    except StatusError as error:
        raise _kind_of(error)(
            error.message or error.text, request_id=error.request_id, advice=error.solution_msg
        ) from error


def _kind_of(error: StatusError) -> type[WatchError]:
    if isinstance(error, AuthenticationError | PermissionDeniedError):
        return NotAllowedError
    if isinstance(error, NotFoundError) or (isinstance(error, InnerFailureError) and error.inner_status == 404):
        return NotThereError
    return UnavailableError if error.status >= 500 else WatchError
