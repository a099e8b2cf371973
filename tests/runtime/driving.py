"""Calls by each kind of client, asyncio and trio, over real sockets."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
import trio

from specloom.runtime import errors, transport
from specloom.runtime.auth import TokenCredentials
from specloom.runtime.operation import Operation
from specloom.runtime.retry import RetryPolicy
from tests.runtime.faults import CERTIFICATES, FaultServer, failing
from tests.runtime.sample.client import AsyncSample, Sample
from tests.runtime.sample.jobs import LIST_HISTORY

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    Call = Callable[[Any], Any]

FAST = RetryPolicy(max_retries=2, base=0.001)
_MUTE = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    """One server for all tests of a module."""
    with failing() as running:
        yield running


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own proxies stay out of these tests, and certificates that it names."""
    for name in _MUTE:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def trusted(no_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names the authority of the tests."""
    monkeypatch.setattr(transport, "_ssl_contexts", [])
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "authority.pem"))


def arguments(url: str, **options: Any) -> dict[str, Any]:
    """What the clients of these tests are made with."""
    return {"project_id": "p", "endpoint": url, "credentials": TokenCredentials("t"), "retries": FAST, **options}


def run(url: str, call: Call, **options: Any) -> Any:
    """What a call gives: its result or its error."""
    with Sample(**arguments(url, **options)) as client:
        try:
            return call(client)
        except errors.ClientError as error:
            return error


def run_async(url: str, call: Call, **options: Any) -> Any:
    """The same with await."""
    return asyncio.run(_awaited(url, call, options))


def run_trio(url: str, call: Call, **options: Any) -> Any:
    """The same under the other event loop."""
    return trio.run(_awaited, url, call, options)


async def _awaited(url: str, call: Callable[[Any], Awaitable[Any]], options: dict[str, Any]) -> Any:
    async with AsyncSample(**arguments(url, **options)) as client:
        try:
            return await call(client)
        except errors.ClientError as error:
            return error


RUNS = pytest.mark.parametrize("go", [run, run_async, run_trio], ids=["sync", "asyncio", "trio"])


def list_history(client: Any) -> Any:
    """A GET."""
    return client.jobs.list_history("j")


def start(client: Any) -> Any:
    """A POST that starts something."""
    return client.jobs.start("j")


def operation(method: str, idempotent: bool | None = None) -> Call:
    """A call like the GET, by another method, and as the document marks it."""
    given = {name: getattr(LIST_HISTORY, name) for name in LIST_HISTORY.__match_args__}
    made: Operation[Any] = Operation(**{**given, "method": method, "idempotent": idempotent})
    return lambda client: client._call(made, {"job_id": "j", "offset": 0}, {})


OPERATIONS = {
    "GET": (operation("GET"), True),
    "PUT": (operation("PUT"), True),
    "DELETE": (operation("DELETE"), True),
    "POST": (operation("POST"), False),
    "PATCH": (operation("PATCH"), False),
    "POST, idempotent": (operation("POST", True), True),
    "GET, not idempotent": (operation("GET", False), False),
}
"""Calls, each with whether it may be sent again although the server may have got it."""
