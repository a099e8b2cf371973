"""Calls over real sockets."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from specloom.runtime import errors, transport
from specloom.runtime.auth import TokenCredentials
from tests.runtime.network import Server, serving
from tests.runtime.sample.client import AsyncSample, Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server for all tests of the module."""
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own proxies stay out of these tests."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def over_both(url: str, call: Callable[[Any], Any], **options: Any) -> list[Any]:
    """What a call gives over each kind of client: its result or its error."""
    arguments: dict[str, Any] = {"project_id": "p", "endpoint": url, "credentials": TokenCredentials("s3cret")}
    options = {"retries": 0, **options}

    async def run() -> Any:
        async with AsyncSample(**arguments, **options) as client:
            try:
                return await call(client)
            except errors.ClientError as error:
                return error

    with Sample(**arguments, **options) as client:
        try:
            first = call(client)
        except errors.ClientError as error:
            first = error
    return [first, asyncio.run(run())]


def list_history(client: Any) -> Any:
    """The call of most tests."""
    return client.jobs.list_history("a/b")


def test_the_bytes_on_the_wire_are_those_of_the_request(server: Server) -> None:
    """Request line and headers, in their order and spelling; no cookie comes back, nothing is added."""
    server.requests.clear()
    with Sample(project_id="p", endpoint=server.url + "/ok", credentials=TokenCredentials("t")) as client:
        results = [list_history(client) for _ in range(2)]

    assert [result.total for result in results] == [1, 1]
    assert (
        server.requests
        == [
            (
                "GET /ok/v1/p/lf-jobs/a%2Fb/history?offset=0 HTTP/1.1",
                [
                    ("Host", f"127.0.0.1:{server.server_port}"),
                    ("User-Agent", "sample/0.1.0"),
                    ("Accept", "application/json"),
                    ("Accept-Encoding", "gzip, deflate"),
                    ("X-Auth-Token", "t"),
                ],
                b"",
            )
        ]
        * 2
    )


def test_a_connection_is_used_again(server: Server) -> None:
    """One connection for a client's calls, sync and async."""
    before = server.connections

    async def run() -> None:
        async with AsyncSample(project_id="p", endpoint=server.url, credentials=TokenCredentials("t")) as client:
            for _ in range(3):
                await list_history(client)

    with Sample(project_id="p", endpoint=server.url, credentials=TokenCredentials("t")) as client:
        for _ in range(3):
            list_history(client)
    asyncio.run(run())

    assert server.connections - before == 2


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/reset", errors.TransportError),
        ("/truncated", errors.TransportError),
        ("/garbage", errors.TransportError),
        ("/slow", errors.ReadTimeoutError),
        ("/redirect", errors.StatusError),
        ("/failing", errors.StatusError),
    ],
)
def test_faults_of_a_server_are_errors_of_ours(server: Server, path: str, kind: type[errors.ClientError]) -> None:
    """Each after a request that may have done its work; a status that arrived is never lost."""
    for error in over_both(server.url + path, list_history, timeout=0.2):
        assert isinstance(error, kind)
        assert error.operation == "jobs.list_history"
        assert "s3cret" not in str(error)
        if isinstance(error, errors.TransportError):
            assert error.maybe_sent
        if path == "/failing":
            assert (error.status, error.body) == (503, b'{"total": 1')  # type: ignore[attr-defined]


def test_a_refused_connection_was_not_sent() -> None:
    """Nothing listens there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    for error in over_both(url, list_history):
        assert isinstance(error, errors.ConnectError)
        assert not error.maybe_sent


def test_an_unknown_host_is_a_connection_error() -> None:
    """The reserved name resolves nowhere (RFC 6761)."""
    for error in over_both("http://nowhere.invalid", list_history):
        assert isinstance(error, errors.ConnectError)


def test_netrc_is_not_read(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A matching entry changes nothing, and nothing is written to the home directory."""
    (tmp_path / ".netrc").write_text("default login evil password evil\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    server.requests.clear()
    over_both(server.url, lambda client: client.jobs.create(_new_job()))

    assert [name for _, headers, _ in server.requests for name, _ in headers if name.lower() == "authorization"] == []
    assert [file.name for file in tmp_path.iterdir()] == [".netrc"]


def _new_job() -> Any:
    from tests.runtime.sample.models import NewJob

    return NewJob(job_name="etl")


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment_is_used(server: Server, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy gets the whole address; NO_PROXY goes around it."""
    monkeypatch.setenv(name, server.url)
    server.requests.clear()
    results = over_both("http://behind.invalid", list_history)

    assert [result.total for result in results] == [1, 1]
    assert [line for line, _, _ in server.requests] == [
        "GET http://behind.invalid/v1/p/lf-jobs/a%2Fb/history?offset=0 HTTP/1.1"
    ] * 2
    monkeypatch.setenv("NO_PROXY", "localhost,.invalid")
    assert transport.proxy_for("http://behind.invalid") is None
    assert transport.proxy_for("http://other.example") == server.url


def test_calls_of_tasks_run_side_by_side(server: Server) -> None:
    """Eight slow answers take the time of one."""

    async def run() -> float:
        async with AsyncSample(
            project_id="p", endpoint=server.url + "/slow", credentials=TokenCredentials("t")
        ) as client:
            start = time.monotonic()
            await asyncio.gather(*(list_history(client) for _ in range(8)))
            return time.monotonic() - start

    assert asyncio.run(run()) < 2


def test_no_thread_and_no_socket_is_left(server: Server) -> None:
    """Clients close what they open; pytest turns a leaked socket into an error."""
    before = threading.active_count()
    over_both(server.url, list_history)
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)

    assert threading.active_count() <= before


def test_one_ssl_context_serves_the_process() -> None:
    """Making it costs more than everything else that a client does."""
    assert transport._ssl_context() is transport._ssl_context()
