"""The names of options and argument types, for type checkers; clients never import this module at run time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from .auth import Credentials

if TYPE_CHECKING:
    from .messages import Request, Response
    from .retry import RetryPolicy

CredentialsInput: TypeAlias = Credentials | Mapping[str, Credentials]
"""Credentials, or one for each security scheme by its key where an operation needs two kinds together."""


class CallOptions(TypedDict, total=False):
    """What any single call may set, on top of what its client sets; `None` is the default, where nothing else is said.

    Attributes:
        timeout: Seconds for each wait (connect, read, write, a free connection); `None` waits without end.
        deadline: Seconds for the whole call, all attempts and the waits between them; `None` for no end. What a
            transport of your own waits for is yours to end, unless the call is asynchronous.
        retries: How often a failed attempt is repeated where that is safe, or the whole policy; 2 where nothing is
            said. What is repeated, and when, is with `RetryPolicy`.
        check: `False` sends what the documentation does not allow (other values, types and sizes, and a call without a
            required value), in place of refusing it.
        extra_headers: Further header lines; one that the call sends already is replaced in its place.
        extra_query: Further query parameters, after those of the operation.
        raise_failures: `False` returns a success that reports a failure inside, in place of raising it.
        strict: `True` raises `DecodeError` for a success that departs in any way from what is documented, in place of
            returning it with its `problems`.
    """

    timeout: float | None
    deadline: float | None
    retries: int | RetryPolicy | None
    check: bool | None
    extra_headers: Mapping[str, str] | None
    extra_query: Mapping[str, Any] | None
    raise_failures: bool | None
    strict: bool | None


class ClientOptions(CallOptions, total=False):
    """What a client may set for all its calls: the options of a call, and functions that are told of attempts.

    An exception that such a function raises ends the call and reaches the caller as it is; nothing is sent again. What
    it is shown holds no credentials.

    Attributes:
        on_request: Is called before each attempt.
        on_response: Is called after each attempt that was answered, whatever the status.
    """

    on_request: Callable[[Request], None]
    on_response: Callable[[Request, Response], None]


class AsyncClientOptions(CallOptions, total=False):
    """As `ClientOptions`, for an asynchronous client: it awaits what the functions return, where that can be."""

    on_request: Callable[[Request], Awaitable[None] | None]
    on_response: Callable[[Request, Response], Awaitable[None] | None]
