"""One client for many threads and tasks, and nothing left behind when it is closed."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import anyio
import pytest
import trio

from specloom.runtime.errors import ClientError, InvalidCallError, TransportError
from specloom.runtime.messages import Request, Secret
from specloom.runtime.retry import RetryPolicy
from specloom.runtime.tokens import RefreshedCredentials, Token
from tests.runtime.driving import OPERATIONS, arguments, list_history, no_environment, server, start, trusted
from tests.runtime.faults import OK, Act, FaultServer, answer, failing, until
from tests.runtime.sample.client import AsyncSample, Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from specloom.runtime.auth import Authentication, Scheme
    from specloom.runtime.tokens import Clock, Obtaining

__all__ = ["no_environment", "server", "trusted"]

PATIENT = RetryPolicy(max_retries=50, base=0.001)


class Asking(RefreshedCredentials):
    """Credentials that ask a server for their token."""

    __slots__ = ("_url",)

    def __init__(self, url: str) -> None:
        super().__init__(None)
        self._url = url

    def satisfies(self, scheme: Scheme) -> bool:
        """Any of the sample's."""
        return True

    def key(self, scheme: Scheme, call: Authentication) -> Hashable:
        """One for all."""
        return "token"

    def obtain(self, scheme: Scheme, request: Request, call: Authentication, clock: Clock) -> Obtaining:
        """By one request."""
        lines = [("Host", "token"), ("Content-Length", "0")]
        yield Request("POST", f"{self._url}/token", lines, None, 5)
        return Token(Secret("t"), clock(), 3600)


def on_threads(count: int, work: Callable[[int], None]) -> None:
    """Runs it on so many threads, and raises what any of them raised."""
    faults: list[BaseException] = []
    together = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            together.wait()
            work(number)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def test_sixteen_threads_share_a_client(server: FaultServer) -> None:
    """800 calls, each with its own answer, over no more connections than threads; the token is asked for once."""
    server.play(OK)
    totals: Counter[int] = Counter()
    with Sample(**arguments(server.url, credentials=Asking(server.url))) as client:

        def work(number: int) -> None:
            for index in range(50):
                job = f"{number}-{index}"
                totals[client.jobs.list_history(job).total] += 1

        on_threads(16, work)

    paths = Counter(line.split()[1] for line in server.requests)
    assert totals == {1: 800}
    assert paths.pop("/token") == 1
    assert len(paths) == 800
    assert set(paths.values()) == {1}
    assert server.connections <= 17


def test_threads_do_not_share_faults(server: FaultServer) -> None:
    """Half of the attempts fail in one way or another, and each call is retried by itself; a `start` is not."""
    server.play(*[Act(answer(503)), Act(answer(429, Retry_After="0")), Act(end="reset"), OK, OK, OK] * 60, OK)
    outcomes: Counter[str] = Counter()
    with Sample(**arguments(server.url, retries=PATIENT)) as client:

        def work(number: int) -> None:
            for _ in range(20):
                outcomes[str(list_history(client).total)] += 1

        on_threads(8, work)
        assert outcomes == {"1": 160}
        server.play(Act(end="reset"))

        def begin(number: int) -> None:
            for index in range(10):
                with pytest.raises(TransportError) as caught:
                    client.jobs.start(f"{number}-{index}")
                assert caught.value.maybe_sent

        on_threads(8, begin)
    assert Counter(server.requests) == {
        f"POST /v1/p/lf-jobs/{number}-{index}/start HTTP/1.1": 1 for number in range(8) for index in range(10)
    }


def test_tasks_ask_for_one_token(server: FaultServer) -> None:
    """However many begin at once, under either event loop."""

    async def twenty(gather: Callable[[Callable[[], Any]], Any]) -> None:
        async with AsyncSample(**arguments(server.url, credentials=Asking(server.url))) as client:
            await gather(lambda: list_history(client))

    async def by_asyncio(call: Callable[[], Any]) -> None:
        await asyncio.gather(*(call() for _ in range(20)))

    async def by_trio(call: Callable[[], Any]) -> None:
        async with trio.open_nursery() as nursery:
            for _ in range(20):
                nursery.start_soon(call)

    for run, gather in ((asyncio.run, by_asyncio), (_trio, by_trio)):
        server.play(OK)
        run(twenty(gather))

        assert sum("/token" in line for line in server.requests) == 1
        assert len(server.requests) == 21


def _trio(coroutine: Any) -> None:
    async def main() -> None:
        await coroutine

    trio.run(main)


def in_thread(work: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    """A call on its way, and what it will have come to."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(work())
        except Exception as error:
            found.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, found


def test_closing_ends_calls_of_other_threads(server: FaultServer) -> None:
    """At once, whether they wait for an answer, for the next attempt, or for both: with an error of ours."""
    cases = {
        "the client was closed while the call waited for its answer": (Act(wait=0.7), TransportError),
        "the client was closed while the call waited for its next attempt": (
            Act(answer(429, Retry_After="30")),
            InvalidCallError,
        ),
    }
    for words, (act, kind) in cases.items():
        server.play(act)
        client = Sample(**arguments(server.url))
        thread, found = in_thread(lambda client=client: start(client))
        assert until(lambda: server.requests)
        time.sleep(0.05)
        begun = time.monotonic()
        client.close()
        thread.join()

        assert time.monotonic() - begun < 1
        assert isinstance(found[0], kind)
        assert words in str(found[0])
        assert until(lambda: not server.is_connected)


def test_closing_while_the_first_call_opens_the_network(server: FaultServer) -> None:
    """Whichever comes first, the call ends in a result or in a refusal, and nothing stays open."""
    server.play(OK)
    for _ in range(30):
        client = Sample(**arguments(server.url))
        thread, found = in_thread(lambda client=client: list_history(client))
        client.close()
        thread.join()

        assert isinstance(found[0], (InvalidCallError, TransportError)) or found[0].total == 1
        with pytest.raises(InvalidCallError, match="this Sample is closed"):
            list_history(client)
    gc.collect()
    assert until(lambda: not server.is_connected)


@pytest.mark.parametrize("certificate", ["", "loopback"])
@pytest.mark.usefixtures("trusted")
def test_nothing_is_left_of_a_closed_client(certificate: str) -> None:
    """Neither sockets nor threads, after results and after faults; a socket that is not closed fails the test."""
    with failing(certificate) as server:
        for act in (OK, Act(answer(503)), Act(end="reset"), Act(answer(200, length=99), end="close"), Act(wait=0.2)):
            server.play(act)
            before = threading.active_count() - server.serving
            with Sample(**arguments(server.url, timeout=0.1)) as client:
                for _ in range(3):
                    with contextlib.suppress(ClientError):
                        list_history(client)
            assert len(server.requests) == (3 if act is OK else 9)
            gc.collect()
            assert until(lambda: not server.is_connected)
            assert until(lambda before=before: threading.active_count() - server.serving == before)


@pytest.mark.parametrize("runs", ["asyncio", "trio"])
def test_nothing_is_left_of_a_closed_asynchronous_client(server: FaultServer, runs: str) -> None:
    """Neither tasks nor sockets, whether calls ended, failed, were cancelled or were under way."""

    async def within(count: Callable[[], int]) -> None:
        server.play(OK)
        before = count()
        async with AsyncSample(**arguments(server.url, retries=0)) as client:
            await list_history(client)
            server.play(Act(end="reset"))
            with pytest.raises(TransportError):
                await list_history(client)
            server.play(Act(wait=0.7))
            with anyio.move_on_after(0.05):
                await list_history(client)
            async with anyio.create_task_group() as group:
                group.start_soon(ended, client)
                await anyio.sleep(0.05)
                await client.aclose()
        assert count() == before

    async def ended(client: AsyncSample) -> None:
        with pytest.raises(TransportError, match="the client was closed while the call waited for its answer"):
            await start(client)

    if runs == "asyncio":
        asyncio.run(within(lambda: len(asyncio.all_tasks())))
    else:
        trio.run(within, lambda: trio.lowlevel.current_statistics().tasks_living)
    gc.collect()
    assert until(lambda: not server.is_connected)


@pytest.mark.parametrize("runs", ["asyncio", "trio"])
def test_closing_ends_waits_of_other_tasks(server: FaultServer, runs: str) -> None:
    """As those of threads."""
    server.play(Act(answer(429, Retry_After="30")))

    async def within() -> None:
        client = AsyncSample(**arguments(server.url))
        begun = time.monotonic()
        async with anyio.create_task_group() as group:
            group.start_soon(ended, client)
            await anyio.sleep(0.1)
            await client.aclose()
        assert time.monotonic() - begun < 1

    async def ended(client: AsyncSample) -> None:
        with pytest.raises(InvalidCallError, match="the client was closed while the call waited for its next attempt"):
            await start(client)

    anyio.run(within, backend=runs)


@pytest.mark.parametrize("marked", OPERATIONS)
def test_a_closed_client_says_so(server: FaultServer, marked: str) -> None:
    """However it was closed and however often, and so do those made from it; nothing is sent."""
    call, _ = OPERATIONS[marked]
    server.play(OK)
    client = Sample(**arguments(server.url))
    twin = client.with_options(timeout=1)
    assert call(client).total == 1
    client.close()
    client.close()
    for one in (client, twin, twin.with_options(timeout=2)):
        with pytest.raises(InvalidCallError, match="this Sample is closed"):
            call(one)
        assert "closed" in repr(one)

    async def within() -> None:
        async with AsyncSample(**arguments(server.url)) as other:
            assert (await call(other)).total == 1
        await other.aclose()
        with pytest.raises(InvalidCallError, match="this Sample is closed"):
            await call(other)

    anyio.run(within, backend="asyncio")
    anyio.run(within, backend="trio")
    assert len(server.requests) == 3
