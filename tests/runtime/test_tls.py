"""Servers whose certificate is in order, and servers whose certificate is not: told apart, and never asked twice."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

import pytest

from specloom.runtime import errors, transport
from specloom.runtime.errors import ConnectError, InvalidCallError, TLSError
from tests.runtime.driving import OPERATIONS, RUNS, list_history, no_environment, run, start, trusted
from tests.runtime.faults import CERTIFICATES, OK, Act, answer, failing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["no_environment", "trusted"]


@RUNS
@pytest.mark.usefixtures("trusted")
def test_the_environment_names_whom_to_trust(go: Callable[..., Any]) -> None:
    """SSL_CERT_FILE; faults over TLS are those without it."""
    with failing("loopback") as server:
        assert go(server.url, list_history).total == 1
        assert go(server.url.replace("127.0.0.1", "localhost"), list_history).total == 1
        server.play(Act(answer(503)), OK)
        assert go(server.url, list_history).total == 1
        server.play(Act(end="reset"))
        error = go(server.url, start)

        assert (type(error), error.maybe_sent, len(server.requests)) == (errors.TransportError, True, 1)


@RUNS
def test_a_folder_of_certificates_will_do(
    go: Callable[..., Any], trusted: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """SSL_CERT_DIR, with names as OpenSSL wants them."""
    (tmp_path / "0e44a9f5.0").write_bytes((CERTIFICATES / "authority.pem").read_bytes())
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    with failing("loopback") as server:
        assert go(server.url, list_history).total == 1


@RUNS
@pytest.mark.parametrize("marked", OPERATIONS)
@pytest.mark.parametrize(
    ("certificate", "is_trusted", "words"),
    [
        ("loopback", False, "unable to get local issuer certificate; if it is the server, or the proxy before it"),
        ("elsewhere", True, "certificate is not valid for '127.0.0.1'; see that the endpoint names the host"),
        ("expired", True, "certificate has expired; see that the clock of this machine is right"),
    ],
    ids=["untrusted", "elsewhere", "expired"],
)
def test_a_certificate_that_is_not_accepted(
    go: Callable[..., Any],
    marked: str,
    certificate: str,
    is_trusted: bool,
    words: str,
    trusted: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One connection, whatever the operation: another would end the same way. The message says what to do."""
    if not is_trusted:
        monkeypatch.delenv("SSL_CERT_FILE")
    with failing(certificate) as server:
        error = go(server.url, OPERATIONS[marked][0])

        assert (server.connections, server.requests) == (1, [])
    assert isinstance(error, TLSError)
    assert (error.maybe_sent, error.permanent, error.attempts) == (False, True, 1)
    assert words in str(error)
    if not is_trusted:
        assert "SSL_CERT_FILE" in str(error)


@RUNS
def test_a_server_without_tls(go: Callable[..., Any]) -> None:
    """The scheme is wrong, or the port."""
    with failing() as plain:
        plain.play(Act(b"HTTP/1.1 400 Bad Request\r\n\r\n", blind=True, end="close"))
        error = go(plain.url.replace("http", "https"), list_history)

        assert plain.connections == 1
    assert isinstance(error, TLSError)
    assert "does not speak TLS there: see that scheme and port of the endpoint fit" in str(error)


@RUNS
@pytest.mark.usefixtures("trusted")
def test_a_handshake_that_breaks_is_tried_again(go: Callable[..., Any]) -> None:
    """It is no disagreement: a POST goes out too, for nothing was sent."""
    with failing() as broken:
        broken.play(Act(unread=True))
        error = go(broken.url.replace("http", "https"), start)

        assert (type(error), error.attempts, broken.connections) == (ConnectError, 3, 3)


@RUNS
def test_certificates_that_are_not_there_are_said_before_anything_is_sent(
    go: Callable[..., Any], trusted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the names of the variables; nothing is retried."""
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/authority.pem")
    with failing() as server:
        error = go(server.url, list_history)

        assert server.connections == 0
    assert isinstance(error, InvalidCallError)
    assert "SSL_CERT_FILE" in str(error)


def test_the_error_survives_copies() -> None:
    """With what it knows."""
    for error in (TLSError("no", operation="a.b"), errors.ProxyError("no", status=407), errors.ProxyError("no")):
        for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301
            assert type(twin) is type(error)
            assert vars(twin) == vars(error)
            assert not twin.maybe_sent


@pytest.mark.usefixtures("trusted")
def test_one_ssl_context_serves_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Making it costs more than everything else that a client does."""
    made: list[Any] = []
    make = transport.httpx2.create_ssl_context
    monkeypatch.setattr(transport.httpx2, "create_ssl_context", lambda: made.append(make()) or made[-1])
    with failing("loopback") as server:
        for _ in range(3):
            assert run(server.url, list_history).total == 1

    assert len(made) == 1
