"""Words, waits, threads and tasks of clients whose server fails; what is sent again stands in `test_retry_table`."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from specloom.runtime import errors, retry
from specloom.runtime.auth import TokenCredentials
from specloom.runtime.retry import RetryPolicy
from tests.runtime.driving import RUNS, arguments, list_history, no_environment, server, start
from tests.runtime.faults import OK, Act, FaultServer, answer, until
from tests.runtime.sample.client import AsyncSample, Sample

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["no_environment", "server"]


@RUNS
def test_the_last_answer_keeps_the_words_of_the_server(server: FaultServer, go: Callable[..., Any]) -> None:
    """A 429 says what it said, after all attempts."""
    words = b'{"error_code": "APIG.0308", "error_msg": "policy user over ratelimit"}'
    server.play(Act(answer(429, words, X_Request_Id="r1", Retry_After="0")))
    error = go(server.url, start)

    assert (error.code, error.message, error.request_id, error.attempts) == (
        "APIG.0308",
        "policy user over ratelimit",
        "r1",
        3,
    )
    assert error.is_throttled
    assert error.retry_after == 0
    assert str(error) == ("jobs.start: HTTP 429: APIG.0308 policy user over ratelimit (request id r1, 3 attempts)")


@RUNS
def test_retry_after_is_waited_for(server: FaultServer, go: Callable[..., Any]) -> None:
    """Not sooner than the server asked."""
    server.play(Act(answer(429, Retry_After="0.2")), OK)
    begun = time.monotonic()

    assert go(server.url, list_history).total == 1
    assert 0.2 <= time.monotonic() - begun < 1


def test_64_calls_at_once_take_the_time_of_one(server: FaultServer) -> None:
    """0.3 s each, under 0.6 s together, beyond what this machine is late with bare sockets; no task is left."""
    server.play(Act(answer(), wait=0.3))

    async def bare() -> None:
        host, _, port = server.url.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET / HTTP/1.1\r\nHost: any\r\n\r\n")
        assert (await reader.readuntil(b'{"total": 1}')).startswith(b"HTTP/1.1 200")
        writer.close()

    async def seconds(call: Callable[[], Awaitable[object]]) -> float:
        begun = time.monotonic()
        await asyncio.gather(*(call() for _ in range(64)))
        return time.monotonic() - begun

    async def within() -> tuple[float, float, int]:
        async with AsyncSample(**arguments(server.url)) as client:
            await list_history(client)
            late = max(0.0, await seconds(bare) - 0.3)
            took = await seconds(lambda: list_history(client))
        return took, late, len(asyncio.all_tasks())

    for _ in range(5):  # a machine that is busy with something else may take longer now and then
        took, late, tasks = asyncio.run(within())
        assert tasks == 1
        if took - late < 0.6:
            break
    assert took - late < 0.6
    assert len(server.requests) % 129 == 0


def test_eight_threads_share_a_client(server: FaultServer) -> None:
    """Every call is answered, faults among them, and no thread is left."""
    server.play(*[Act(answer(503)), OK] * 20, OK)
    found: list[Any] = []
    with Sample(**arguments(server.url, retries=RetryPolicy(max_retries=20, base=0.001))) as client:
        before = threading.active_count()
        threads = [threading.Thread(target=lambda: found.append(client.jobs.list_history("j"))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [page.total for page in found] == [1] * 8
    assert until(lambda: threading.active_count() <= before + server.connections)


def test_closing_a_client_ends_its_waits(server: FaultServer) -> None:
    """A call of another thread that waits for its next attempt says that the client was closed."""
    server.play(Act(answer(429, Retry_After="30")))
    client = Sample(**arguments(server.url))
    found: list[Any] = []

    def call() -> None:
        try:
            client.jobs.start("j")
        except errors.ClientError as error:
            found.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    assert until(lambda: server.requests)
    time.sleep(0.05)
    client.close()
    thread.join(5)

    assert [str(error) for error in found] == [
        "jobs.start: the client was closed while the call waited for its next attempt"
    ]


def test_cancelling_a_task_ends_its_wait(server: FaultServer) -> None:
    """At once, and the client is of use afterwards."""
    server.play(Act(answer(429, Retry_After="30")), OK)

    async def within() -> float:
        async with AsyncSample(**arguments(server.url)) as client:
            begun = time.monotonic()
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(list_history(client), 0.1)
            assert (await list_history(client)).total == 1
            return time.monotonic() - begun

    assert asyncio.run(within()) < 1


def test_the_default_is_two_retries_with_waits(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any option; a client that wants none says so."""
    monkeypatch.setattr(retry, "draw", lambda: 0.01)
    server.play(Act(answer(503)))
    with Sample(project_id="p", endpoint=server.url, credentials=TokenCredentials("t")) as client:
        with pytest.raises(errors.StatusError):
            client.jobs.list_history("j")
        with pytest.raises(errors.StatusError):
            client.jobs.list_history("j", retries=0)

    assert len(server.requests) == 4
