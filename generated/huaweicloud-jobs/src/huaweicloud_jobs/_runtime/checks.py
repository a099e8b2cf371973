"""Checks of what a client and a call are given besides parameters."""

from __future__ import annotations

from .auth import Credentials
from .errors import InvalidCallError
from .messages import SECRET_NAMES, Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeGuard

CALL_OPTIONS = frozenset(
    ("timeout", "extra_headers", "extra_query", "raise_failures", "strict", "deadline", "retries", "check")
)
HOOKS = frozenset(("on_request", "on_response"))
CLIENT_OPTIONS = CALL_OPTIONS | HOOKS
_SWITCHES = ("check", "raise_failures", "strict")
_MAPPINGS = ("extra_headers", "extra_query")
_LONGEST = 1_000_000
"""Seconds; waits that are much longer are beyond what systems count."""
_COROUTINE = 0x80
"""`inspect.CO_COROUTINE`; importing that module costs more than a client."""


def check_options(options: Mapping[str, Any], operation: str = "", known: frozenset[str] = CALL_OPTIONS) -> None:
    """Refuses options that do not exist, and values that they do not take; secrets in header lines show no more."""
    if options.get("extra_headers"):
        _conceal(options)
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

            message = f"{name}={shown(seconds)} is no number of seconds over 0 and up to {_LONGEST}"
            raise InvalidCallError(f"{message}: None waits without end", operation=operation)
    for name in _MAPPINGS:
        if options.get(name) is not None and not _is_mapping(options[name]):
            kind = type(options[name]).__name__
            raise InvalidCallError(f"{name}= takes a mapping, not {kind}", operation=operation)
    for name in _SWITCHES:
        if not (options.get(name) is None or isinstance(options[name], bool)):
            raise InvalidCallError(f"{name}={options[name]!r} is neither True nor False", operation=operation)
    if options.get("retries") is not None:
        from .retry import policy_of

        try:
            policy_of(options["retries"])
        except InvalidCallError as error:
            error.operation = operation
            raise


def _conceal(options: Mapping[str, Any]) -> None:
    """Has secrets in header lines print as `***`: in place, for the frames of the call hold these options too."""
    given = options["extra_headers"]
    if isinstance(options, dict) and _is_mapping(given):
        options["extra_headers"] = {
            name: (
                Secret(value)
                if isinstance(value, str) and any(one in str(name).lower() for one in SECRET_NAMES)
                else value
            )
            for name, value in given.items()
        }


def check_hooks(options: Mapping[str, Any], awaits: bool) -> None:
    """Refuses hooks that are no functions, or that a client would have to await and does not."""
    for name in HOOKS & options.keys():
        if not callable(options[name]):
            raise InvalidCallError(f"{name}={options[name]!r} is no function")
        if not awaits and _has_to_be_awaited(options[name]):
            raise InvalidCallError(f"{name}={options[name]!r} has to be awaited, which this client does not do")


def _has_to_be_awaited(function: Any) -> bool:
    """Whether a function is a coroutine function, as it is, in a `partial` or as what calls an object."""
    from functools import partial

    while isinstance(function, partial):
        function = function.func
    code = getattr(function, "__code__", None) or getattr(type(function).__call__, "__code__", None)
    return code is not None and bool(code.co_flags & _COROUTINE)


def check_transport(transport: object, awaits: bool) -> None:
    """Refuses what is no transport of the kind that a client needs."""
    wanted, kind = ("handle_async_request", "AsyncBaseTransport") if awaits else ("handle_request", "BaseTransport")
    if transport is None or (callable(getattr(transport, wanted, None)) and not isinstance(transport, type)):
        return
    found = f"the class {transport.__name__}" if isinstance(transport, type) else type(transport).__name__
    raise InvalidCallError(
        f"transport= takes an httpx2.{kind}, such as httpx2.{'Async' if awaits else ''}HTTPTransport() or "
        f"httpx2.MockTransport(...), not {found}"
    )


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
