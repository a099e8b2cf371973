"""Whether a request is sent again, and after how long: by what came back and by what the server may have got.

What is retried, unless a `RetryPolicy` says otherwise:

    429                                   every operation: it was refused before anything was done
    408, 500, 502, 503, 504               operations that may be repeated
    413                                   operations that may be repeated, if the server says when
    no connection came about              every operation: nothing was sent; but not where both sides do not agree on
                                          TLS, or a proxy refuses with 4xx: another attempt would end like that
    the connection broke, or a wait for   operations that may be repeated: the server may have done the work
    the answer took too long

GET, HEAD, OPTIONS, TRACE, PUT and DELETE may be repeated (RFC 9110, section 9.2.2), unless the document says otherwise
for the operation. Failed credentials (401, 403) are never sent again: some services lock a key after a few failures.
"""

from __future__ import annotations

from .errors import InvalidCallError, TransportError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from dataclasses import dataclass

    from .messages import Headers, Response
    from .operation import Operation
else:
    from .values import dataclass

_REPEATABLE = frozenset(("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"))
_NEVER = (401, 403)
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and when failed attempts are repeated.

    Waits are drawn between 0 and `base * 2 ** retry` seconds ("full jitter"), at most `cap`. Where the server names a
    time (`Retry-After`), that goes before, and the draw is added. After a 429 without one, they are drawn between 4
    and 10 times `base`.

    Args:
        max_retries: Attempts after the first; 0 for none.
        base: Seconds; how long the first wait is at most.
        cap: Seconds; how long any wait is at most that the server did not ask for.
        retry_after_cap: Seconds; where the server asks for more, the error is raised at once, with `retry_after`.
        statuses: HTTP statuses that are retried, by the rules of this module; 401 and 403 cannot be among them.
    """

    max_retries: int = 2
    base: float = 0.5
    cap: float = 8.0
    retry_after_cap: float = 60.0
    statuses: Collection[int] = frozenset((408, 413, 429, 500, 502, 503, 504))


DEFAULT = RetryPolicy()
"""The policy where neither client nor call names one."""


def policy_of(retries: object) -> RetryPolicy:
    """The policy that the option `retries=` stands for: itself, the default with that many retries, or the default.

    Raises:
        InvalidCallError: It stands for none.
    """
    if retries is None:
        return DEFAULT
    if isinstance(retries, RetryPolicy):
        _check(retries)
        return retries
    if isinstance(retries, int) and not isinstance(retries, bool) and retries >= 0:
        return RetryPolicy(max_retries=retries)
    raise InvalidCallError(f"retries={_shown(retries)} is neither a number of retries from 0 nor a RetryPolicy")


def _check(policy: RetryPolicy) -> None:
    if not all(map(_is_in_range, (policy.max_retries, policy.base, policy.cap, policy.retry_after_cap))):
        raise InvalidCallError(f"retries={_shown(policy)}: its numbers are from 0 to {_MOST}")
    if not _is_whole(policy.max_retries):
        raise InvalidCallError(f"retries={_shown(policy)}: max_retries is a whole number")
    statuses: object = policy.statuses
    if not isinstance(statuses, (frozenset, set, list, tuple, range)):
        raise InvalidCallError(f"retries={_shown(policy)}: statuses is a set of HTTP statuses")
    for status in policy.statuses:
        if not _is_failure(status) or status in _NEVER:
            raise InvalidCallError(f"retries={_shown(policy)}: {status!r} is never retried")


def _shown(value: object) -> str:
    from .text import shown

    return shown(value)


def _is_whole(number: object) -> bool:
    return isinstance(number, int)


def _is_failure(status: object) -> bool:
    return isinstance(status, int) and 400 <= status <= 599


def _is_in_range(number: object) -> bool:
    return isinstance(number, (int, float)) and not isinstance(number, bool) and 0 <= number <= _MOST


def is_repeatable(operation: Operation[object]) -> bool:
    """Whether it may be sent again after the server may have got it: as the document says, else by the method."""
    return operation.method in _REPEATABLE if operation.idempotent is None else operation.idempotent


def plan_retry(
    policy: RetryPolicy,
    outcome: Response | TransportError,
    *,
    repeatable: bool,
    retries: int,
    random: Callable[[], float],
) -> float | None:
    """Seconds to wait before the next attempt, or `None` where there is none.

    Args:
        outcome: What the last attempt came to.
        repeatable: Whether the request may be sent again although the server may have got it.
        retries: How many retries there were before.
        random: Gives numbers from 0 to 1.
    """
    if retries >= policy.max_retries:
        return None
    draw = random() * min(policy.cap, policy.base * 2.0 ** min(retries, 64))
    if isinstance(outcome, TransportError):
        return draw if not outcome.permanent and (repeatable or not outcome.maybe_sent) else None
    if outcome.status not in policy.statuses or not (repeatable or outcome.status == 429):
        return None
    asked = retry_after(outcome.headers)
    if asked is not None:
        return asked + draw if asked <= policy.retry_after_cap else None
    if outcome.status == 429:
        return min(policy.cap, policy.base * (4 + 6 * random()))
    return None if outcome.status == 413 else draw


def draw() -> float:
    """A number from 0 to 1 by chance; tests put another function in its place."""
    from random import random

    return random()


def retry_after(headers: Headers) -> float | None:
    """Seconds that `Retry-After` asks for, from now; 0 for a date that is over, `None` where there is none.

    Dates are held against the server's own clock where the answer has a `Date` (RFC 9110, section 10.2.3).
    """
    value = (headers.get("Retry-After") or "").strip()
    if value.isascii() and value.replace(".", "", 1).isdigit():
        return float(value)
    until = _seconds(value)
    if until is None:
        return None
    now = server_time(headers)
    if now is None:
        import time

        now = time.time()
    return max(0.0, until - now)


def server_time(headers: Headers) -> float | None:
    """Seconds since 1970 when the answer was made, by the server's clock; `None` where it does not say."""
    return _seconds(headers.get("Date") or "")


def _seconds(date: str) -> float | None:
    """A date of HTTP in seconds since 1970; `None` for any other text."""
    if not date:
        return None
    from email.utils import mktime_tz, parsedate_tz

    try:
        parts = parsedate_tz(date)
        # Without a zone it is the old form of C's asctime, which means UTC too.
        return None if parts is None else float(mktime_tz((*parts[:9], parts[9] or 0)))
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
