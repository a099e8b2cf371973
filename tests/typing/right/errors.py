"""Errors caught by what happened, and what they tell."""

from __future__ import annotations

import logging

from huaweicloud_jobs import (
    AuthenticationError,
    CallTimeoutError,
    ClientError,
    ConnectError,
    DataArtsCatalog,
    DataArtsFactory,
    DeadlineError,
    DecodeError,
    InnerFailureError,
    InvalidCallError,
    LakeFormation,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    StatusError,
    TransportError,
    errors,
)
from huaweicloud_jobs.dataarts_factory.models import JobInstance
from huaweicloud_jobs.lakeformation.models import ServiceError

log = logging.getLogger(__name__)


def find(client: DataArtsFactory, name: str) -> JobInstance | None:
    """Tell what is not there from what went wrong."""
    try:
        return client.jobs.get_instance(name, 1)
    except StatusError as error:
        if error.is_not_found:
            return None
        log.error("%s %s: %s (%s)", error.status, error.code, error.message, error.request_id)
        raise


def seconds_to_wait(client: LakeFormation) -> float:
    """Read how long the server asks to wait."""
    try:
        client.jobs.start("i1", "j1", retries=0)
    except RateLimitError as error:
        return error.retry_after or 1.0
    except (ServerError, ConnectError):
        return 10.0
    return 0.0


def may_have_started(client: LakeFormation) -> bool | None:
    """Tell whether the server may have the request."""
    try:
        client.jobs.start("i1", "j1", deadline=10)
    except DeadlineError:
        return None
    except CallTimeoutError as error:
        return error.maybe_sent
    except TransportError as error:
        return error.maybe_sent and error.attempts > 0
    return True


def words_of_the_service(error: errors.StatusError) -> list[str]:
    """Collect what the service says, with fields that the document adds."""
    said = [error.solution_msg, error.common_error_code, error.title, error.headers.get("X-Request-Id")]
    if isinstance(error.model, ServiceError):
        said.append(error.model.error_msg)
    return [one for one in said if one] or [error.text]


def what_is_wrong(client: DataArtsCatalog) -> str:
    """Read the inside of a success that reports a failure, or cannot be decoded."""
    try:
        client.tasks.list_instances(1, "etl", 0, 1, 0, 10, strict=True)
    except InnerFailureError as error:
        return f"{error.inner_status}: {error.message}"
    except DecodeError as error:
        return "; ".join([error.pointer, *map(str, error.problems), error.first_bytes.decode("utf-8", "replace")])
    return "nothing"


def exit_code(error: ClientError) -> int:
    """Map the error tree."""
    match error:
        case InvalidCallError():
            return 64
        case AuthenticationError() | PermissionDeniedError():
            return 77
        case NotFoundError(request_id=str()):
            return 66
        case StatusError(status=status) if status >= 500:
            return 69
        case _:
            return 1
