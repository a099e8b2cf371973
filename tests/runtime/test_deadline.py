"""One deadline for a call, over all its attempts and waits."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from specloom.runtime.auth import TokenCredentials
from specloom.runtime.errors import CallTimeoutError, DeadlineError, ReadTimeoutError, StatusError
from specloom.runtime.messages import Request, Sleep
from specloom.runtime.retry import RetryPolicy
from specloom.runtime.transport import _outgoing
from tests.runtime.faults import OK, Act, FaultServer, answer
from tests.runtime.test_faults import RUNS, list_history, no_environment, server, start

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["no_environment", "server"]


@RUNS
def test_a_deadline_ends_a_wait_for_an_answer(server: FaultServer, go: Callable[..., Any]) -> None:
    """And is told apart from a timeout of that wait, which may be tried again."""
    server.play(Act(wait=1))
    begun = time.monotonic()
    error = go(server.url, list_history, deadline=0.1)
    took = time.monotonic() - begun

    assert isinstance(error, DeadlineError)
    assert isinstance(error, CallTimeoutError)
    assert (error.maybe_sent, error.attempts) == (True, 1)
    assert took < 0.6
    assert isinstance(go(server.url, start, timeout=0.1, deadline=5), ReadTimeoutError)


@RUNS
def test_a_deadline_counts_all_attempts(server: FaultServer, go: Callable[..., Any]) -> None:
    """Each alone would be in time."""
    server.play(Act(wait=0.08, end="close"))
    begun = time.monotonic()
    error = go(server.url, list_history, deadline=0.2, retries=RetryPolicy(max_retries=50, base=0.001))

    assert isinstance(error, DeadlineError)
    assert time.monotonic() - begun < 0.6
    assert 2 <= error.attempts <= 3


@RUNS
def test_a_deadline_ends_an_answer_that_trickles_in(server: FaultServer, go: Callable[..., Any]) -> None:
    """Every byte comes in time, and all of them together do not."""
    server.play(Act(answer(200, b" " * 400), drip=0.01))
    begun = time.monotonic()
    error = go(server.url, list_history, deadline=1)

    assert isinstance(error, DeadlineError)
    assert time.monotonic() - begun < 2.2


@RUNS
def test_a_wait_that_would_outlive_the_deadline_is_not_begun(server: FaultServer, go: Callable[..., Any]) -> None:
    """The server's own words are raised at once."""
    server.play(Act(answer(429, Retry_After="20")))
    error = go(server.url, list_history, deadline=5)

    assert isinstance(error, StatusError)
    assert (error.status, error.retry_after, len(server.requests)) == (429, 20, 1)


@RUNS
def test_a_call_in_time_is_not_touched(server: FaultServer, go: Callable[..., Any]) -> None:
    """Whether the client or the call sets the deadline; `None` takes it off."""
    server.play(OK)
    assert go(server.url, list_history, deadline=5).total == 1
    server.play(Act(answer(), wait=0.15))
    assert go(server.url, lambda client: client.jobs.list_history("j", deadline=None), deadline=0.1).total == 1


def test_each_wait_is_cut_to_what_is_left() -> None:
    """When it begins, not when the attempt did; a timeout that is shorter stays."""
    request = Request("GET", "http://host/", [], None, 5)
    request.deadline = time.monotonic() + 0.5
    waits = _outgoing(request).extensions["timeout"]
    first = waits.get("connect")
    time.sleep(0.02)

    assert 0.3 < waits.get("read") < first <= 0.5
    request.timeout = 0.1
    assert _outgoing(request).extensions["timeout"].get("read") == pytest.approx(0.1)
    request.deadline = time.monotonic() - 1
    with pytest.raises(DeadlineError):
        _outgoing(request)


@RUNS
def test_a_deadline_holds_for_what_authentication_asks_for(server: FaultServer, go: Callable[..., Any]) -> None:
    """The request for a token, and the wait for one that another call has asked for."""

    class Slow(TokenCredentials):
        asks: Any

        def authenticate(self, scheme: Any, request: Request, call: Any) -> Any:
            yield self.asks

    token = Request("POST", server.url + "/token", [("Host", "x"), ("Content-Length", "0")], None, 5)
    for asked in (token, Sleep(9)):
        credentials = Slow("t")
        credentials.asks = asked
        server.play(Act(wait=1))
        begun = time.monotonic()
        error = go(server.url, list_history, deadline=0.1, credentials=credentials)

        assert isinstance(error, DeadlineError)
        assert time.monotonic() - begun < 0.6
        assert len(server.requests) <= 1
