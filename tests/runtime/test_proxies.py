"""Proxies of the environment: what goes through them, what becomes of a call that they refuse, and what nobody sees."""

from __future__ import annotations

import base64
import logging
import pickle
import socket
import traceback
from typing import TYPE_CHECKING, Any

import pytest

from specloom.runtime import errors, transport
from specloom.runtime.errors import (
    ConnectError,
    ConnectTimeoutError,
    DeadlineError,
    InvalidCallError,
    ProxyError,
    StatusError,
    TLSError,
    TransportError,
)
from tests.runtime.driving import OPERATIONS, RUNS, list_history, no_environment, server, start, trusted
from tests.runtime.faults import OK, Act, FaultServer, answer, failing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["no_environment", "server", "trusted"]

SECRET = "pr0xy-p4ss"
OPENED = b"HTTP/1.1 200 Connection established\r\n\r\n"
BEHIND, BEHIND_TLS = "http://elsewhere.example", "https://elsewhere.example"


@pytest.fixture(scope="module")
def proxy() -> Iterator[FaultServer]:
    """One for all tests of the module."""
    with failing() as running:
        yield running


@pytest.fixture(scope="module")
def behind() -> Iterator[FaultServer]:
    """A server that only the proxy leads to: its name resolves nowhere."""
    with failing("elsewhere") as running:
        yield running


@pytest.fixture
def through(proxy: FaultServer, monkeypatch: pytest.MonkeyPatch, trusted: None) -> FaultServer:
    """The proxy, named by the environment with a user and a password."""
    url = proxy.url.replace("//", f"//me:{SECRET}@")
    monkeypatch.setenv("HTTP_PROXY", url)
    monkeypatch.setenv("HTTPS_PROXY", url)
    return proxy


def credentials_in(head: str) -> str:
    """What the proxy was told."""
    value = next(line for line in head.splitlines() if line.lower().startswith("proxy-authorization:"))
    return base64.b64decode(value.split()[-1]).decode()


@RUNS
def test_plain_requests_name_the_whole_address(through: FaultServer, go: Callable[..., Any]) -> None:
    """And the credentials of the proxy, which is not a header of the call."""
    through.play(OK)

    assert go(BEHIND, list_history).total == 1
    assert through.requests == [f"GET {BEHIND}/v1/p/lf-jobs/j/history?offset=0 HTTP/1.1"]
    assert credentials_in(through.heads[0]) == f"me:{SECRET}"


@RUNS
def test_encrypted_requests_go_through_a_tunnel(
    through: FaultServer, behind: FaultServer, go: Callable[..., Any]
) -> None:
    """The proxy sees the host alone, and the server nothing of the proxy's password."""
    through.play(Act(OPENED, onto=behind.port))
    behind.play(OK)

    assert go(BEHIND_TLS, list_history).total == 1
    assert through.requests == ["CONNECT elsewhere.example:443 HTTP/1.1"]
    assert credentials_in(through.heads[0]) == f"me:{SECRET}"
    assert "x-auth-token" not in through.heads[0].lower()
    assert behind.requests == ["GET /v1/p/lf-jobs/j/history?offset=0 HTTP/1.1"]
    assert "proxy" not in behind.heads[0].lower()


@RUNS
def test_what_happens_in_a_tunnel_is_as_without_one(
    through: FaultServer, behind: FaultServer, go: Callable[..., Any]
) -> None:
    """A tunnel is used again; what was lost in it may have been delivered."""
    through.play(Act(OPENED, onto=behind.port))
    behind.play(Act(answer(503)), OK)
    assert go(BEHIND_TLS, list_history).total == 1
    assert (len(through.requests), len(behind.requests)) == (1, 2)
    behind.play(Act(end="reset"))
    error = go(BEHIND_TLS, start)

    assert (type(error), error.maybe_sent, len(behind.requests)) == (TransportError, True, 1)
    error = go(BEHIND_TLS, list_history, timeout=0.2, retries=0, deadline=5)
    assert (type(error), error.maybe_sent) == (TransportError, True)


# What the proxy does to each attempt at a tunnel: how often it is asked, and what is raised.
REFUSALS: dict[str, tuple[Act, int, type[errors.ClientError], int | None]] = {
    "400": (Act(answer(400, b"")), 1, ProxyError, 400),
    "403": (Act(answer(403, b"")), 1, ProxyError, 403),
    "407": (Act(answer(407, b"", Proxy_Authenticate="Basic")), 1, ProxyError, 407),
    "429": (Act(answer(429, b"")), 3, ProxyError, 429),
    "502": (Act(answer(502, b"<html>")), 3, ProxyError, 502),
    "503": (Act(answer(503, b"", Retry_After="0")), 3, ProxyError, 503),
    "504": (Act(answer(504, b"")), 3, ProxyError, 504),
    "302": (Act(answer(302, b"", Location="/login")), 1, ProxyError, 302),
    "a reset after CONNECT": (Act(end="reset"), 3, ProxyError, None),
    "an end after CONNECT": (Act(end="close"), 3, ProxyError, None),
    "no HTTP": (Act(b"220 mail.example ESMTP\r\n\r\n", end="close"), 3, ProxyError, None),
    "a reset within the tunnel": (Act(OPENED, end="reset", awaits=True), 3, ConnectError, None),
    "an end within the tunnel": (Act(OPENED, end="close", awaits=True), 3, ConnectError, None),
    "silence": (Act(wait=0.2, end="close"), 3, ConnectTimeoutError, None),
}


@RUNS
@pytest.mark.parametrize("marked", OPERATIONS)
@pytest.mark.parametrize("name", REFUSALS)
def test_a_proxy_that_opens_no_tunnel(through: FaultServer, go: Callable[..., Any], marked: str, name: str) -> None:
    """Nothing was sent to the server, so every operation is tried again, where that may help."""
    act, count, kind, status = REFUSALS[name]
    through.play(act)
    error = go(BEHIND_TLS, OPERATIONS[marked][0], **({"timeout": 0.1} if name == "silence" else {}))

    assert isinstance(error, kind)
    assert getattr(error, "status", None) == status
    assert (error.maybe_sent, error.attempts, len(through.requests)) == (False, count, count)
    assert SECRET not in str(error)


@RUNS
def test_a_tunnel_that_opens_late_goes_unnoticed(
    through: FaultServer, behind: FaultServer, go: Callable[..., Any]
) -> None:
    """A `start` goes out once, after two refusals."""
    through.play(Act(answer(502, b"")), Act(end="reset"), Act(OPENED, onto=behind.port))
    behind.play(Act(answer(202, b"")))

    assert go(BEHIND_TLS, start).status == 202
    assert behind.requests == ["POST /v1/p/lf-jobs/j/start HTTP/1.1"]


@RUNS
@pytest.mark.parametrize(("status", "gets", "posts"), [(407, 1, 1), (403, 1, 1), (502, 3, 1), (503, 3, 1), (504, 3, 1)])
def test_a_proxy_that_answers_for_the_server(
    through: FaultServer, go: Callable[..., Any], status: int, gets: int, posts: int
) -> None:
    """Without a tunnel nobody can tell whose answer it is: the table of statuses holds."""
    for call, count in ((list_history, gets), (start, posts)):
        through.play(Act(answer(status, b"<html>from the proxy</html>")))
        error = go(BEHIND, call)

        assert isinstance(error, StatusError)
        assert (error.status, len(through.requests)) == (status, count)


@RUNS
def test_a_certificate_behind_a_proxy(
    through: FaultServer, behind: FaultServer, go: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy that opens TLS shows its own certificate: the message says how to trust it, and nothing is retried."""
    monkeypatch.delenv("SSL_CERT_FILE")
    through.play(Act(OPENED, onto=behind.port))
    behind.play(OK)
    error = go(BEHIND_TLS, list_history)

    assert isinstance(error, TLSError)
    assert (error.attempts, len(through.requests), behind.requests) == (1, 1, [])
    assert "or the proxy before it" in str(error)


@RUNS
def test_a_proxy_that_is_not_there(go: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was sent."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("ALL_PROXY", f"http://me:{SECRET}@127.0.0.1:{free.getsockname()[1]}")
    for url in (BEHIND, BEHIND_TLS):
        error = go(url, start)

        assert isinstance(error, ConnectError)
        assert (error.maybe_sent, error.attempts) == (False, 3)
        assert SECRET not in str(error)


@RUNS
def test_a_deadline_holds_for_a_proxy_that_trickles(through: FaultServer, go: Callable[..., Any]) -> None:
    """It is one of the call, whoever keeps it waiting; nothing was sent."""
    through.play(Act(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 400, drip=0.02))
    error = go(BEHIND_TLS, start, deadline=0.3)

    assert isinstance(error, DeadlineError)
    assert (error.maybe_sent, error.attempts) == (False, 1)


@pytest.mark.parametrize(
    ("environment", "base", "proxied"),
    [
        ({"HTTP_PROXY": "http://one"}, "http://host", "http://one"),
        ({"http_proxy": "http://one"}, "http://host", "http://one"),
        ({"HTTP_PROXY": "http://one"}, "https://host", None),
        ({"HTTPS_PROXY": "http://one"}, "https://host", "http://one"),
        ({"HTTPS_PROXY": "http://one"}, "http://host", None),
        ({"ALL_PROXY": "http://one"}, "https://host", "http://one"),
        ({"ALL_PROXY": "http://one", "HTTPS_PROXY": "http://two"}, "https://host", "http://two"),
        ({"HTTPS_PROXY": "one:3128"}, "https://host", "http://one:3128"),
        ({"HTTPS_PROXY": "//one:3128"}, "https://host", "http://one:3128"),
        ({"HTTPS_PROXY": ""}, "https://host", None),
        ({"HTTPS_PROXY": "http://one", "NO_PROXY": "*"}, "https://host", None),
        ({"HTTPS_PROXY": "http://one", "NO_PROXY": "host"}, "https://host", None),
        ({"HTTPS_PROXY": "http://one", "NO_PROXY": "host"}, "https://a.host", None),
        ({"HTTPS_PROXY": "http://one", "NO_PROXY": ".host"}, "https://a.host", None),
        ({"HTTPS_PROXY": "http://one", "NO_PROXY": "ost"}, "https://host", "http://one"),
        ({"HTTPS_PROXY": "http://one", "no_proxy": "other, host:8443"}, "https://host:8443", None),
        ({"HTTPS_PROXY": "http://one", "no_proxy": "other, host:8443"}, "https://host", "http://one"),
    ],
)
def test_which_proxy_the_environment_names(
    environment: dict[str, str], base: str, proxied: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As other programs read it."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert transport.proxy_for(base) == proxied


@RUNS
def test_no_proxy_goes_straight(
    through: FaultServer, server: FaultServer, go: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the server itself."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,other.example")
    through.play(OK)
    server.play(OK)

    assert go(server.url, list_history).total == 1
    assert (len(through.requests), len(server.requests)) == (0, 1)


@RUNS
@pytest.mark.parametrize(
    "named",
    [f"http://me:{SECRET}@host:port", f"gopher://me:{SECRET}@host", f"http://me:{SECRET}@[::1", f"me:{SECRET}@host:x"],
)
def test_a_proxy_that_is_none_is_said_and_not_shown(
    go: Callable[..., Any], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is sent."""
    monkeypatch.setenv("HTTPS_PROXY", named)
    error = go(BEHIND_TLS, list_history)

    assert isinstance(error, InvalidCallError)
    assert "HTTPS_PROXY" in str(error)
    assert SECRET not in shown(error)


@RUNS
def test_a_proxy_of_another_kind_says_what_is_missing(go: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """SOCKS takes a package that not everybody has."""
    monkeypatch.setitem(__import__("sys").modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", f"socks5://me:{SECRET}@127.0.0.1:1080")
    error = go(BEHIND_TLS, list_history)

    assert isinstance(error, InvalidCallError)
    assert "install httpx2[socks]" in str(error)
    assert SECRET not in shown(error)


@RUNS
@pytest.mark.parametrize("name", [*REFUSALS, "fine"])
def test_the_password_of_a_proxy_is_shown_nowhere(
    through: FaultServer, behind: FaultServer, go: Callable[..., Any], name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither in errors with all their causes and locals, nor in their pickles, nor in any log."""
    caplog.set_level(logging.DEBUG)
    through.play(REFUSALS[name][0] if name in REFUSALS else Act(OPENED, onto=behind.port))
    behind.play(OK)
    result = go(BEHIND_TLS, list_history, timeout=0.1)
    encoded = base64.b64encode(f"me:{SECRET}".encode()).decode()

    assert through.requests
    for text in (shown(result) if isinstance(result, Exception) else repr(result), caplog.text):
        assert SECRET not in text
        assert encoded not in text


def shown(error: BaseException) -> str:
    """An error as the most talkative report shows it."""
    return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format()) + repr(
        pickle.dumps(error)
    )
