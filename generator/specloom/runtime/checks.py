"""Checks of what a client and a call are given besides parameters."""

from __future__ import annotations

from .auth import Credentials
from .errors import InvalidCallError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeGuard

CALL_OPTIONS = frozenset(
    ("timeout", "extra_headers", "extra_query", "raise_failures", "strict", "deadline", "retries", "check")
)
HOOKS = frozenset(("on_request", "on_response"))
CLIENT_OPTIONS = CALL_OPTIONS | HOOKS
_LONGEST = 1e9
"""Seconds, some thirty years: more of them is more than sockets take."""
_COROUTINE = 0x80
"""`inspect.CO_COROUTINE`; importing that module costs more than a client."""


def check_options(options: Mapping[str, Any], operation: str = "", known: frozenset[str] = CALL_OPTIONS) -> None:
    """Refuses options that do not exist, and values that they do not take."""
    unknown = sorted(options.keys() - known)
    if unknown:
        there = ", ".join(sorted(known))
        raise InvalidCallError(f"there is no option {unknown[0]!r}; the options are {there}", operation=operation)
    for name in ("timeout", "deadline"):
        seconds = options.get(name)
        if seconds is not None and not (
            isinstance(seconds, (int, float)) and not isinstance(seconds, bool) and 0 < seconds <= _LONGEST
        ):
            from .text import shown

            message = f"{name}={shown(seconds)} is no number of seconds over 0 and up to {_LONGEST:g}"
            raise InvalidCallError(message, operation=operation)
    if options.get("retries") is not None:
        from .retry import policy_of

        try:
            policy_of(options["retries"])
        except InvalidCallError as error:
            error.operation = operation
            raise


def check_hooks(options: Mapping[str, Any], awaits: bool) -> None:
    """Refuses hooks that are no functions, or that a client would have to await and does not."""
    for name in HOOKS & options.keys():
        if not callable(options[name]):
            raise InvalidCallError(f"{name}={options[name]!r} is no function")
        code = getattr(options[name], "__code__", None)
        if not awaits and code is not None and code.co_flags & _COROUTINE:
            raise InvalidCallError(f"{name}={options[name]!r} has to be awaited, which this client does not do")


def check_credentials(credentials: object) -> None:
    """Refuses what are no credentials, and does not show it."""
    if credentials is None or isinstance(credentials, Credentials):
        return
    if _is_mapping(credentials) and all(isinstance(given, Credentials) for given in credentials.values()):
        return
    raise InvalidCallError(f"credentials= takes credentials such as TokenCredentials, not {type(credentials).__name__}")


def _is_mapping(value: object) -> TypeGuard[Mapping[object, object]]:
    from collections.abc import Mapping

    return isinstance(value, Mapping)
