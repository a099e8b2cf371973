"""One deadline for a call, over all its attempts and waits."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from specloom.runtime import deadlines
from specloom.runtime.auth import TokenCredentials
from specloom.runtime.errors import CallTimeoutError, DeadlineError, ReadTimeoutError, StatusError
from specloom.runtime.messages import Request, Sleep
from specloom.runtime.retry import RetryPolicy
from specloom.runtime.transport import _outgoing
from tests.runtime.driving import RUNS, list_history, no_environment, run, server, start
from tests.runtime.faults import OK, Act, FaultServer, answer
from tests.runtime.sample.models import NewJob

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


TRICKLES = {
    "head": b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 400,
    "1xx": b"HTTP/1.1 103 Early Hints\r\n\r\n" * 20,
    "body": answer(200, b" " * 400),
    "chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"a" * 400,
    "failure": answer(503, b" " * 400),
}


@RUNS
@pytest.mark.parametrize("name", TRICKLES)
def test_a_deadline_ends_an_answer_that_trickles_in(server: FaultServer, go: Callable[..., Any], name: str) -> None:
    """Every byte comes in time, and all of them together do not: wherever the answer is when time is over."""
    at_once = TRICKLES[name].rindex(b"\r\n\r\n") + 4 if name in ("body", "failure") else 0
    server.play(Act(TRICKLES[name], drip=0.05, lead=at_once))
    begun = time.monotonic()
    error = go(server.url, list_history, deadline=0.5)
    took = time.monotonic() - begun

    assert isinstance(error, StatusError if name == "failure" else DeadlineError)
    assert error.attempts == 1
    assert 0.45 < took < 0.7


@RUNS
def test_a_deadline_ends_a_request_that_seeps_out(server: FaultServer, go: Callable[..., Any]) -> None:
    """The server takes a little at a time, and never so late that a single wait would be over."""
    server.play(Act(sip=0.02))
    begun = time.monotonic()
    error = go(server.url, lambda client: client.jobs.create(NewJob(job_name="x" * 8_000_000)), deadline=0.5)
    took = time.monotonic() - begun

    assert isinstance(error, DeadlineError)
    assert error.maybe_sent
    assert 0.45 < took < 0.8


def test_all_addresses_of_a_host_share_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is tried in turn with the time that is left; without a deadline the transport looks them up by itself."""
    tried: list[tuple[str, float]] = []

    class Nowhere:
        def connect_tcp(self, host: str, port: int, timeout: float) -> None:
            tried.append((host, timeout))
            time.sleep(min(timeout, 0.06))
            raise OSError(f"{host} does not answer")

    found = [(0, 0, 0, "", (f"192.0.2.{number}", 80)) for number in range(1, 10)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    sockets = deadlines._Sockets(Nowhere())
    begun = time.monotonic()
    with pytest.raises(DeadlineError) as caught:
        sockets.connect_tcp("many.example", 80, deadlines.Until(5, begun + 0.15))

    assert time.monotonic() - begun < 0.4
    assert not caught.value.maybe_sent
    assert [host for host, _ in tried] == ["192.0.2.1", "192.0.2.2", "192.0.2.3"]
    assert sorted((timeout for _, timeout in tried), reverse=True) == [timeout for _, timeout in tried]
    with pytest.raises(OSError, match=r"many\.example does not answer"):
        sockets.connect_tcp("many.example", 80, 0.01)


def test_a_transport_that_is_built_otherwise_is_left_as_it_is() -> None:
    """Nothing but timing hangs on what is put between it and its sockets."""
    for other in (object(), httpx2.MockTransport(lambda request: httpx2.Response(200))):
        assert deadlines.punctual(other) is other
    assert type(deadlines.punctual(httpx2.HTTPTransport())._pool._network_backend) is deadlines._Sockets


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


@pytest.mark.parametrize("uses", [1, 2])
def test_a_transport_of_the_library_that_was_given_keeps_deadlines(server: FaultServer, uses: int) -> None:
    """Also where several clients were given it, one after the other."""
    server.play(Act(TRICKLES["head"], drip=0.05))
    transport = httpx2.HTTPTransport()
    for _ in range(uses):
        begun = time.monotonic()
        error = run(server.url, list_history, transport=transport, deadline=0.5)
        took = time.monotonic() - begun

        assert isinstance(error, DeadlineError)
        assert 0.45 < took < 0.9
    assert type(transport._pool._network_backend._backend) is not deadlines._Sockets


def test_a_socket_of_this_machine_keeps_deadlines(tmp_path: Path) -> None:
    """It is opened by another way than those of the network."""
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        begun = time.monotonic()
        error = run("http://any", list_history, transport=httpx2.HTTPTransport(uds=path), deadline=0.3, timeout=5)

    assert isinstance(error, DeadlineError)
    assert time.monotonic() - begun < 2
