"""Whatever a server sends or a transport does, what comes out is a result or an error of the tree."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from specloom.runtime.errors import ClientError, TransportError
from tests.runtime.answering import async_client_over, client_over
from tests.runtime.driving import arguments, list_history, no_environment, run, run_async, run_trio, server
from tests.runtime.faults import Act, FaultServer, answer
from tests.runtime.sample.client import AsyncSample, Sample

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

__all__ = ["no_environment", "server"]

GZIP = answer(200, b"\x1f\x8b\x08\x00\x00", Content_Encoding="gzip, deflate")
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n" + b'{"total": 1}' + b"\r\n0\r\nX: y\r\n\r\n"
ANSWERS = st.sampled_from([answer(), answer(404), answer(429, Retry_After="0"), GZIP, CHUNKED])


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """An answer of which a few bytes are other ones, missing or too many."""
    made = bytearray(draw(ANSWERS))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(made)))
        made[start : start + draw(st.integers(0, 5))] = draw(st.binary(max_size=5))
    return bytes(made)


@given(sent=spoiled() | st.binary(max_size=60), go=st.sampled_from([run, run_async, run_trio]))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_from_a_server(server: FaultServer, sent: bytes, go: Callable[..., Any]) -> None:
    """Nothing but errors of the tree is raised, or the test would end with it."""
    server.play(Act(sent, end="close"))
    found = go(server.url, list_history, retries=0, timeout=2)

    assert isinstance(found, ClientError) or found.total in (None, 1) or found.problems
    assert len(server.requests) == 1


class Odd(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """A transport that does something else than it should."""

    def __init__(self, act: Callable[[], Any], closing: Callable[[], Any] = lambda: None) -> None:
        self._act = act
        self._closing = closing

    def handle_request(self, request: httpx2.Request) -> Any:
        """Does it."""
        return self._act()

    async def handle_async_request(self, request: httpx2.Request) -> Any:
        """Does it."""
        return self._act()

    def close(self) -> None:
        """Does the other thing."""
        self._closing()

    async def aclose(self) -> None:
        """Does the other thing."""
        self._closing()


class Breaking(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body that fails, and cannot be closed."""

    def __iter__(self) -> Iterator[bytes]:
        yield b"{"
        raise RuntimeError("the body broke")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"{"
        raise RuntimeError("the body broke")

    def close(self) -> None:
        """Fails."""
        raise ValueError("and does not close")

    async def aclose(self) -> None:
        """Fails."""
        raise ValueError("and does not close")


def fail(error: BaseException) -> Callable[[], Any]:
    """What raises it."""

    def act() -> Any:
        raise error

    return act


ODD: dict[str, Callable[[], Any]] = {
    "nothing": lambda: None,
    "something else": lambda: 200,
    "a body that breaks": lambda: httpx2.Response(200, stream=Breaking()),
    "a body that is no bytes": lambda: httpx2.Response(200, stream=[1, 2]),  # type: ignore[arg-type]
    "no HTTP error": fail(RuntimeError("whatever")),
    "a mistake": fail(KeyError("x")),
    "no message": fail(OSError()),
    "an end of iteration": fail(StopIteration("x")),
    "a builtin timeout": fail(TimeoutError()),
    "every error": fail(ExceptionGroup("some", [ValueError("a"), OSError("b")])),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("deadline", [None, 5])
def test_any_transport(name: str, deadline: float | None) -> None:
    """Which may do whatever it likes; the server may have the request."""
    options = {"retries": 0, "deadline": deadline}
    found: list[Any] = []
    with Sample(**arguments("http://host", transport=Odd(ODD[name]), **options)) as client:
        with pytest.raises(ClientError) as caught:
            list_history(client)
        found.append(caught.value)

    async def within() -> None:
        async with AsyncSample(**arguments("http://host", transport=Odd(ODD[name]), **options)) as client:
            with pytest.raises(ClientError) as caught:
                await list_history(client)
            found.append(caught.value)

    asyncio.run(within())
    assert [type(error) for error in found] == [TransportError] * 2
    assert [error.maybe_sent for error in found] == [True, True]


def test_a_transport_that_does_not_close() -> None:
    """Says so once; the client is closed all the same."""
    client = Sample(**arguments("http://host", transport=Odd(lambda: httpx2.Response(202), fail(OSError("stuck")))))
    assert client.jobs.start("j").status == 202
    with pytest.raises(TransportError, match="the transport did not close: OSError: stuck"):
        client.close()
    client.close()
    assert "closed" in repr(client)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3), GeneratorExit()])
def test_what_is_no_error_passes(error: BaseException) -> None:
    """What ends a program ends it."""

    def handler(request: httpx2.Request) -> httpx2.Response:
        raise error

    with pytest.raises(type(error)):
        client_over(handler).jobs.list_history("j")

    async def within() -> None:
        with pytest.raises(asyncio.CancelledError):
            await async_client_over(cancelled).jobs.list_history("j")

    def cancelled(request: httpx2.Request) -> httpx2.Response:
        raise asyncio.CancelledError

    asyncio.run(within())
