"""The table of what is sent again, row by row, by every kind of client, counted on the server's side.

The rows are those of `retry`, which are those that the documentation of the services suggests, numbered in this order:

    1 429                          every operation, for it was refused before anything was done
    2 408                          what may be repeated
    3 413                          what may be repeated, with Retry-After only
    4 500                          what may be repeated
    5 502, 504                     what may be repeated
    6 503                          what may be repeated
    7 no connection                every operation (also in `test_tls` and `test_proxies`)
    8 no answer, or half of one    what may be repeated
    9 401, 403                     nothing, but once where credentials are renewed
    - all else                     nothing
"""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import pytest

from specloom.runtime import errors, retry
from specloom.runtime.auth import TokenCredentials
from specloom.runtime.errors import ConnectError, DecodeError, ReadTimeoutError, StatusError, TransportError
from specloom.runtime.retry import RetryPolicy
from specloom.runtime.vendors.huaweicloud import AccessKeyCredentials
from tests.runtime.driving import OPERATIONS, RUNS, list_history, no_environment, operation, server, start
from tests.runtime.faults import OK, Act, FaultServer, answer, failing
from tests.runtime.sample.client import Sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.runtime.auth import Authentication

__all__ = ["no_environment", "server"]

ALL, REPEATABLE, NONE = "all", "repeatable", "none"
NOW = formatdate(1_000_000_000, usegmt=True)
LATER = formatdate(1_000_000_001, usegmt=True)
MUCH_LATER = formatdate(1_000_003_600, usegmt=True)
HTML = b"<html>bad gateway</html>"
KEYS = AccessKeyCredentials("AK", "SK", clock=lambda: 1_000_000_000 + 1200)


@dataclass(frozen=True, slots=True)
class Row:
    """What happens to every attempt, and what comes of it.

    Args:
        act: The fault.
        again: Which operations are sent again.
        error: What is raised in the end.
        unsaid: Whether the server counts connections, for it reads no request.
        options: Of the call.
    """

    act: Act
    again: str
    error: type[errors.ClientError] = StatusError
    unsaid: bool = False
    options: tuple[tuple[str, Any], ...] = ()

    def count(self, repeatable: bool, retries: int) -> int:
        """How often the request goes out."""
        return 1 + retries if self.again == ALL or (self.again == REPEATABLE and repeatable) else 1


def status(status: int, again: str, body: bytes = b"", **headers: str) -> Row:
    """A row for an answer."""
    return Row(Act(answer(status, body, **headers)), again)


def broken(act: Act, **others: Any) -> Row:
    """A row for an answer that does not come, or not whole."""
    return Row(act, REPEATABLE, TransportError, **others)


SIGNED = (("credentials", KEYS),)
HASTY = (("timeout", 0.06),)

TABLE = {
    "1: 429": status(429, ALL),
    "1: 429, Retry-After in seconds": status(429, ALL, Retry_After="0"),
    "1: 429, Retry-After as a date": status(429, ALL, Retry_After=NOW, Date=NOW),
    "1: 429, Retry-After as a date of a server whose clock is wrong": status(429, ALL, Retry_After=NOW, Date=LATER),
    "1: 429, Retry-After over the cap": status(429, NONE, Retry_After="61"),
    "1: 429, Retry-After as a date over the cap": status(429, NONE, Retry_After=MUCH_LATER, Date=NOW),
    "1: 429, Retry-After that is none": status(429, ALL, Retry_After="soon"),
    "2: 408": status(408, REPEATABLE),
    "2: 408, Retry-After": status(408, REPEATABLE, Retry_After="0"),
    "3: 413": status(413, NONE),
    "3: 413, Retry-After": status(413, REPEATABLE, Retry_After="0"),
    "4: 500": status(500, REPEATABLE, b'{"error_code": "00000001", "error_msg": "try again later"}'),
    "4: 500, Retry-After": status(500, REPEATABLE, Retry_After="0"),
    "5: 502": status(502, REPEATABLE, HTML),
    "5: 504": status(504, REPEATABLE, HTML),
    "5: 504, Retry-After over the cap": status(504, NONE, Retry_After="3600"),
    "6: 503": status(503, REPEATABLE),
    "6: 503, Retry-After": status(503, REPEATABLE, Retry_After="0"),
    "6: 503, Retry-After over the cap": status(503, NONE, Retry_After="3600"),
    "6: 503 that breaks off": Row(Act(answer(503, length=500), end="close"), REPEATABLE),
    "6: 503 that is reset": Row(Act(answer(503, length=500), end="reset"), REPEATABLE),
    "8: a reset before the request is read": broken(Act(unread=True), unsaid=True),
    "8: a reset after the request": broken(Act(end="reset")),
    "8: an end after the request": broken(Act(end="close")),
    "8: half a status line": broken(Act(b"HTTP/1.1 2", end="close")),
    "8: half a header": broken(Act(b"HTTP/1.1 200 OK\r\nContent-Le", end="close")),
    "8: a body that breaks off": broken(Act(answer(200, length=500), end="close")),
    "8: a body that is reset": broken(Act(answer(200, length=500), end="reset")),
    "8: a chunk that breaks off": broken(
        Act(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{}", end="close")
    ),
    "8: a chunk of no length": broken(
        Act(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", end="close")
    ),
    "8: a length that is no number": broken(Act(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", end="close")),
    "8: two lengths": broken(Act(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}", end="close")),
    "8: no HTTP": broken(Act(b"220 mail.example ESMTP\r\n\r\n", end="close")),
    "8: a head without an end": broken(Act(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000, end="close")),
    "8: 100 and no more": broken(Act(b"HTTP/1.1 100 Continue\r\n\r\n", end="close")),
    "8: 103 and no more": broken(Act(b"HTTP/1.1 103 Early Hints\r\n\r\n", end="close")),
    "8: 101": broken(
        Act(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", end="close")
    ),
    "8: silence": Row(Act(wait=0.2, end="close"), REPEATABLE, ReadTimeoutError, options=HASTY),
    "8: a drip too slow for the timeout": Row(
        Act(answer(), drip=0.2, lead=30, end="close"), REPEATABLE, ReadTimeoutError, options=HASTY
    ),
    "9: 401": status(401, NONE),
    "9: 401, Retry-After": status(401, NONE, Retry_After="0"),
    "9: 401 to a signature of another time": Row(
        Act(answer(401, b'{"error_code": "APIG.0301"}', Date=NOW)), NONE, options=SIGNED
    ),
    "9: 403": status(403, NONE),
    "9: 403 to a signature": Row(Act(answer(403)), NONE, options=SIGNED),
    "-: 300": status(300, NONE),
    "-: 302": status(302, NONE, Location="/elsewhere"),
    "-: 304": Row(Act(b"HTTP/1.1 304 Not Modified\r\n\r\n"), NONE),
    "-: 307": status(307, NONE, Location="/elsewhere", Retry_After="0"),
    "-: 400": status(400, NONE, Retry_After="0"),
    "-: 404": status(404, NONE),
    "-: 409": status(409, NONE),
    "-: 501": status(501, NONE),
    "-: 505": status(505, NONE, Retry_After="0"),
    "-: a length that is too short": Row(Act(answer(200, length=5)), NONE, DecodeError),
    "-: no JSON": Row(Act(answer(200, HTML)), NONE, DecodeError),
}


@RUNS
@pytest.mark.parametrize("marked", OPERATIONS)
@pytest.mark.parametrize("name", TABLE)
def test_what_is_sent_again(server: FaultServer, go: Callable[..., Any], marked: str, name: str) -> None:
    """As often as the row says, with retries and without, and the last failure is raised."""
    row, (call, repeatable) = TABLE[name], OPERATIONS[marked]
    for retries in (0, 2):
        wanted = row.count(repeatable, retries)
        for _ in range(3 if row.options is HASTY else 1):  # on a busy machine it may take that long to connect, too
            server.play(row.act)
            error = go(server.url, call, **{"retries": RetryPolicy(retries, base=0.001), **dict(row.options)})
            reached = not isinstance(error, TransportError) or error.maybe_sent
            if error.attempts == len(server.requests) == wanted and reached:
                break

        assert isinstance(error, row.error)
        assert (server.connections if row.unsaid else len(server.requests)) == wanted
        assert error.attempts == wanted
        assert reached


@RUNS
@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.again != NONE])
def test_one_fault_goes_unnoticed(server: FaultServer, go: Callable[..., Any], name: str) -> None:
    """What may be repeated and then works gives its result."""
    row = TABLE[name]
    server.play(row.act, OK)
    result = go(server.url, list_history, **dict(row.options))

    assert result.total == 1
    assert len(server.requests) == (1 if row.unsaid else 2)


@RUNS
@pytest.mark.parametrize("marked", OPERATIONS)
def test_row_7_a_connection_that_never_came_about(go: Callable[..., Any], marked: str) -> None:
    """Nothing was sent, so everything is: nothing listens, or what does breaks off before TLS is agreed on."""
    call, _ = OPERATIONS[marked]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with failing() as plain:
        plain.play(Act(unread=True))
        found = [go(url, call), go(plain.url.replace("http", "https"), call)]

        assert plain.connections == 3
    assert [(type(error), error.maybe_sent, error.attempts) for error in found] == [(ConnectError, False, 3)] * 2


@RUNS
def test_row_8_a_start_whose_answer_is_lost_is_counted_once(server: FaultServer, go: Callable[..., Any]) -> None:
    """However many retries are asked for."""
    for act in (Act(end="reset"), Act(end="close"), Act(answer(202, length=99), end="reset"), Act(wait=0.2)):
        server.play(act)
        error = go(server.url, start, retries=RetryPolicy(max_retries=10, base=0.001), timeout=0.1)

        assert server.requests == ["POST /v1/p/lf-jobs/j/start HTTP/1.1"]
        assert isinstance(error, TransportError)
        assert error.maybe_sent


@RUNS
def test_row_8_a_reset_of_a_fresh_connection(
    server: FaultServer, go: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be felt while connecting, writing or reading: a GET goes out again, a POST while nothing was sent."""
    server.play(Act(early=True), OK)
    assert go(server.url, list_history).total == 1
    outcomes: list[Any] = []
    plan = retry.plan_retry

    def noted(policy: RetryPolicy, outcome: Any, **others: Any) -> float | None:
        outcomes.append(outcome)
        return plan(policy, outcome, **others)

    monkeypatch.setattr(retry, "plan_retry", noted)
    server.play(Act(early=True))
    error = go(server.url, start)

    assert error is outcomes[-1]
    assert isinstance(error, TransportError)
    assert [one.maybe_sent for one in outcomes[:-1]] == [False] * (error.attempts - 1)
    assert error.attempts == 3 or error.maybe_sent


@RUNS
@pytest.mark.parametrize("marked", ["GET", "POST"])
@pytest.mark.parametrize("status", [401, 403])
def test_row_9_credentials_that_can_be_renewed_are_once(
    server: FaultServer, go: Callable[..., Any], marked: str, status: int
) -> None:
    """After a 401, which is no delivery; whatever a 403 means is left to the service's codes."""

    class Renewed(TokenCredentials):
        refreshable = True

        def refused(self, call: Authentication) -> bool:
            return True

    server.play(Act(answer(status)))
    error = go(server.url, operation(marked), credentials=Renewed("t"))

    assert isinstance(error, StatusError)
    assert len(server.requests) == (2 if status == 401 else 1)


@RUNS
def test_a_drip_in_time_is_a_result(server: FaultServer, go: Callable[..., Any]) -> None:
    """The timeout is for each wait; `deadline` is for all of them."""
    server.play(Act(answer(), drip=0.01))
    begun = time.monotonic()

    assert go(server.url, list_history, timeout=0.3).total == 1
    assert time.monotonic() - begun > 0.3
    assert len(server.requests) == 1


@RUNS
@pytest.mark.parametrize("first", [100, 102, 103])
def test_answers_before_the_answer_are_passed_over(server: FaultServer, go: Callable[..., Any], first: int) -> None:
    """1xx, any number of them."""
    server.play(Act(f"HTTP/1.1 {first} Wait\r\nLink: x\r\n\r\n".encode() * 3 + answer()))

    assert go(server.url, list_history).total == 1
    assert len(server.requests) == 1


@RUNS
def test_a_length_that_is_too_short_spoils_nothing_else(server: FaultServer, go: Callable[..., Any]) -> None:
    """The rest of the bytes belongs to nobody; the next call is not answered with them."""
    server.play(Act(answer(200, length=5)), OK)

    def twice(client: Any) -> Any:
        if isinstance(client, Sample):
            with pytest.raises(DecodeError):
                list_history(client)
            return list_history(client)

        async def awaited() -> Any:
            with pytest.raises(DecodeError):
                await list_history(client)
            return await list_history(client)

        return awaited()

    assert go(server.url, twice).total == 1
    assert 2 <= len(server.requests) <= 3
