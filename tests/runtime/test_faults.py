"""Both kinds of client against a server that fails in every way, counted on the server's side."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from specloom.runtime import errors, retry
from specloom.runtime.auth import TokenCredentials
from specloom.runtime.retry import RetryPolicy
from tests.runtime.faults import OK, Act, FaultServer, answer, failing, until
from tests.runtime.sample.client import AsyncSample, Sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FAST = RetryPolicy(max_retries=2, base=0.001)
MUTE = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    """One server for all tests of the module."""
    with failing() as running:
        yield running


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own proxies stay out of these tests."""
    for name in MUTE | {name.lower() for name in MUTE}:
        monkeypatch.delenv(name, raising=False)


def arguments(url: str, **options: Any) -> dict[str, Any]:
    """What the clients of these tests are made with."""
    return {"project_id": "p", "endpoint": url, "credentials": TokenCredentials("t"), "retries": FAST, **options}


def list_history(client: Any) -> Any:
    """A GET."""
    return client.jobs.list_history("j")


def start(client: Any) -> Any:
    """A POST that starts something."""
    return client.jobs.start("j")


def run(url: str, call: Callable[[Any], Any], **options: Any) -> Any:
    """What a call gives: its result or its error."""
    with Sample(**arguments(url, **options)) as client:
        try:
            return call(client)
        except errors.ClientError as error:
            return error


def run_async(url: str, call: Callable[[Any], Any], **options: Any) -> Any:
    """The same with await."""

    async def within() -> Any:
        async with AsyncSample(**arguments(url, **options)) as client:
            try:
                return await call(client)
            except errors.ClientError as error:
                return error

    return asyncio.run(within())


RUNS = pytest.mark.parametrize("go", [run, run_async], ids=["sync", "async"])

# What happens to every attempt: how often a GET and a POST are then sent, and what is raised in the end.
TABLE: dict[str, tuple[Act, int, int, type[errors.ClientError]]] = {
    "429": (Act(answer(429)), 3, 3, errors.StatusError),
    "429 with Retry-After": (Act(answer(429, Retry_After="0")), 3, 3, errors.StatusError),
    "429 that asks for too long": (Act(answer(429, Retry_After="3600")), 1, 1, errors.StatusError),
    "408": (Act(answer(408)), 3, 1, errors.StatusError),
    "413": (Act(answer(413)), 1, 1, errors.StatusError),
    "413 with Retry-After": (Act(answer(413, Retry_After="0")), 3, 1, errors.StatusError),
    "500": (Act(answer(500)), 3, 1, errors.StatusError),
    "502": (Act(answer(502, b"<html>bad gateway</html>")), 3, 1, errors.StatusError),
    "503": (Act(answer(503)), 3, 1, errors.StatusError),
    "503 with Retry-After": (Act(answer(503, Retry_After="0")), 3, 1, errors.StatusError),
    "503 that breaks off": (Act(answer(503, length=500), end="close"), 3, 1, errors.StatusError),
    "504": (Act(answer(504)), 3, 1, errors.StatusError),
    "501": (Act(answer(501)), 1, 1, errors.StatusError),
    "400": (Act(answer(400)), 1, 1, errors.StatusError),
    "401": (Act(answer(401)), 1, 1, errors.StatusError),
    "403": (Act(answer(403)), 1, 1, errors.StatusError),
    "404": (Act(answer(404)), 1, 1, errors.StatusError),
    "409": (Act(answer(409)), 1, 1, errors.StatusError),
    "302": (Act(answer(302, Location="/elsewhere")), 1, 1, errors.StatusError),
    "304": (Act(b"HTTP/1.1 304 Not Modified\r\n\r\n"), 1, 1, errors.StatusError),
    "a reset after the request": (Act(end="reset"), 3, 1, errors.TransportError),
    "an end without an answer": (Act(end="close"), 3, 1, errors.TransportError),
    "a body that breaks off": (Act(answer(200, length=500), end="close"), 3, 1, errors.TransportError),
    "a body that is reset": (Act(answer(200, length=500), end="reset"), 3, 1, errors.TransportError),
    "half a header": (Act(b"HTTP/1.1 200 OK\r\nContent-Le", end="close"), 3, 1, errors.TransportError),
    "no number for a length": (
        Act(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", end="close"),
        3,
        1,
        errors.TransportError,
    ),
    "a broken chunk": (
        Act(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", end="close"),
        3,
        1,
        errors.TransportError,
    ),
    "no HTTP": (Act(b"220 mail.example ESMTP\r\n\r\n", end="close"), 3, 1, errors.TransportError),
    "only a 1xx": (Act(b"HTTP/1.1 103 Early Hints\r\n\r\n", end="close"), 3, 1, errors.TransportError),
    "silence": (Act(wait=0.3, end="close"), 3, 1, errors.ReadTimeoutError),
}


@RUNS
@pytest.mark.parametrize("name", TABLE)
def test_what_is_sent_again(server: FaultServer, go: Callable[..., Any], name: str) -> None:
    """Every row of the table: a GET again, a POST never after the server may have it, unless it was refused unread."""
    act, gets, posts, kind = TABLE[name]
    options = {"timeout": 0.06} if name == "silence" else {}
    server.play(act)
    first = go(server.url, list_history, **options)
    sent = len(server.requests)
    server.play(act)
    second = go(server.url, start, **options)

    assert [type(first).__name__, sent] == [type(first).__name__, gets]
    assert isinstance(first, kind)
    assert first.attempts == gets
    assert (len(server.requests), isinstance(second, kind), second.attempts) == (posts, True, posts)


@RUNS
@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row[1] == 3])
def test_one_fault_goes_unnoticed(server: FaultServer, go: Callable[..., Any], name: str) -> None:
    """What may be repeated and then works gives its result."""
    options = {"timeout": 0.06} if name == "silence" else {}
    server.play(TABLE[name][0], OK)
    result = go(server.url, list_history, **options)

    assert result.total == 1
    assert len(server.requests) == 2


@RUNS
def test_a_start_whose_answer_is_lost_is_counted_once(server: FaultServer, go: Callable[..., Any]) -> None:
    """However many retries are asked for."""
    server.play(Act(end="reset"))
    error = go(server.url, start, retries=RetryPolicy(max_retries=10, base=0.001))

    assert server.requests == ["POST /v1/p/lf-jobs/j/start HTTP/1.1"]
    assert isinstance(error, errors.TransportError)
    assert error.maybe_sent


@RUNS
def test_a_reset_before_the_request_was_read_may_have_been_a_delivery(
    server: FaultServer, go: Callable[..., Any]
) -> None:
    """The client cannot know: a GET goes out again, a POST does not."""
    server.play(Act(unread=True), OK)
    assert go(server.url, list_history).total == 1
    server.play(Act(unread=True))
    error = go(server.url, start)

    assert isinstance(error, errors.TransportError)
    assert error.attempts < 3 or not error.maybe_sent
    assert server.requests == []


@RUNS
@pytest.mark.parametrize("call", [list_history, start])
def test_a_connection_that_never_came_about_is_tried_again(go: Callable[..., Any], call: Callable[[Any], Any]) -> None:
    """Nothing was sent, so even a POST is: nothing listens, or what does breaks off the TLS handshake."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with failing() as plain:
        plain.play(Act(unread=True))
        found = [go(url, call), go(plain.url.replace("http", "https"), call)]

    assert [(type(error).__name__, error.maybe_sent, error.attempts) for error in found] == [
        ("ConnectError", False, 3)
    ] * 2


@RUNS
def test_answers_before_the_answer_are_passed_over(server: FaultServer, go: Callable[..., Any]) -> None:
    """1xx, any number of them."""
    server.play(Act(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer()))

    assert go(server.url, list_history).total == 1


@RUNS
def test_a_length_that_is_too_short_is_no_result(server: FaultServer, go: Callable[..., Any]) -> None:
    """The rest of the bytes belongs to nobody; the next call is not answered with them."""
    server.play(Act(answer(200, length=5)), OK)

    error = go(server.url, list_history)
    assert isinstance(error, errors.DecodeError)
    assert error.attempts == 1


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
    """0.3 s each, under 0.6 s together; no task is left."""
    server.play(Act(answer(), wait=0.3))

    async def within() -> tuple[float, int]:
        async with AsyncSample(**arguments(server.url)) as client:
            await list_history(client)
            begun = time.monotonic()
            await asyncio.gather(*(list_history(client) for _ in range(64)))
            took = time.monotonic() - begun
        return took, len(asyncio.all_tasks())

    took, tasks = asyncio.run(within())
    assert took < 0.6
    assert tasks == 1
    assert len(server.requests) == 65


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
