"""Errors that the sample API documents."""

from __future__ import annotations

from specloom.runtime import errors as _base

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class StatusError(_base.StatusError):
    """The service answered with a failure."""

    common_error_code: str | None
    solution_msg: str | None


class BadRequestError(StatusError):
    """HTTP 400."""


class NotFoundError(StatusError):
    """HTTP 404."""


class ClientStatusError(StatusError):
    """HTTP 4xx of another kind."""


class ServerError(StatusError):
    """HTTP 5xx."""


class RedirectError(StatusError):
    """A redirect that the operation does not document."""


class InnerFailureError(StatusError):
    """A success that reports a failure inside."""


STATUS_ERRORS: Mapping[str, type[StatusError]] = {
    "400": BadRequestError,
    "404": NotFoundError,
    "3XX": RedirectError,
    "4XX": ClientStatusError,
    "5XX": ServerError,
    "default": StatusError,
    "failure": InnerFailureError,
}
