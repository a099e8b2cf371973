"""Every error that the documentation shows or lists, as a person reads it there; written by hand."""

from __future__ import annotations

from dataclasses import dataclass

from huaweicloud_jobs.errors import (
    AuthenticationError,
    BadRequestError,
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RequestTimeoutError,
    ServerError,
    StatusError,
)

TYPE_MISMATCH = (
    "failed to read http request, please check your input, code: 400, reason: Type mismatch., "
    "cause: TypeMismatchException"
)
WRONG_TOKEN = "Incorrect token or token resolution failed"
HISTORY, START, INSTANCE, TASKS = (
    "ShowJobHistoryByInstance",
    "StartJobByInstance",
    "ShowJobInstance",
    "ShowInstanceInfos",
)


@dataclass(frozen=True, slots=True)
class DocumentedError:
    """An error of an operation.

    Args:
        operation: Id of the operation.
        status: HTTP status that the service answers with.
        kind: Class that is to be raised.
        example: Name of the documented example; empty where only the status is documented.
        code: What the example says the error's code is.
        message: What the example says the message is.
        title: What the example says the title is.
        documented_as: The status as the document writes it.
    """

    operation: str
    status: int
    kind: type[StatusError]
    example: str = ""
    code: str | None = None
    message: str | None = None
    title: str | None = None
    documented_as: str = ""

    def __str__(self) -> str:
        return f"{self.operation}-{self.status}-{self.example or 'listed'}"

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from others in the document."""
        return self.operation, self.documented_as or str(self.status), self.example

    @property
    def prefer(self) -> str:
        """The `Prefer` header that asks the server for it."""
        return f"code={self.status}" + (f", example={self.example}" if self.example else "")


def of_lakeformation(operation: str) -> tuple[DocumentedError, ...]:
    """The errors that the two LakeFormation pages share."""
    return (
        DocumentedError(operation, 400, BadRequestError, "type_mismatch", "common.01000001", TYPE_MISMATCH),
        DocumentedError(operation, 401, AuthenticationError, "incorrect_token_as_documented"),
        DocumentedError(operation, 401, AuthenticationError, "incorrect_token", "APIG.1002", WRONG_TOKEN),
        DocumentedError(
            operation,
            403,
            PermissionDeniedError,
            "invalid_token",
            "403",
            "X-Auth-Token is invalid in the request",
            "Forbidden",
        ),
        DocumentedError(
            operation, 404, NotFoundError, "not_found", "common.01000001", "response status exception, code: 404"
        ),
        DocumentedError(
            operation, 408, RequestTimeoutError, "timeout", "common.00000408", "timeout exception occurred"
        ),
        DocumentedError(operation, 429, RateLimitError),
        DocumentedError(operation, 500, ServerError, "internal_error", "common.00000500", "internal error"),
    )


ERRORS = (
    *of_lakeformation(HISTORY),
    *of_lakeformation(START),
    DocumentedError(START, 409, ConflictError),
    DocumentedError(INSTANCE, 400, BadRequestError, "no_such_instance", "DLF.0137", "Job instance does not exist."),
    DocumentedError(INSTANCE, 503, ServerError, documented_as="default"),
    DocumentedError(TASKS, 400, BadRequestError),
    DocumentedError(TASKS, 401, AuthenticationError),
    DocumentedError(TASKS, 403, PermissionDeniedError),
    DocumentedError(TASKS, 404, NotFoundError),
    DocumentedError(TASKS, 429, RateLimitError),
    DocumentedError(TASKS, 500, ServerError),
)
