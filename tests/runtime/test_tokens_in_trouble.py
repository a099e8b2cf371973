"""Tokens from services that are slow or give times of their own, clocks that go back, and processes that fork."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from specloom.runtime.tokens import TokenCache
from tests.runtime.faults import OK, FaultServer, failing
from tests.runtime.sample.client import Sample
from tests.runtime.test_tokens import GET, Clock, World, secret


def test_a_service_that_takes_long_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls wait as long as the one that asks may take, not for a time of their own."""
    monkeypatch.setattr("specloom.runtime.tokens._LEFT_ALONE", 0.05)
    world = World()
    world.gate = threading.Event()
    timer = threading.Timer(0.5, world.gate.set)
    timer.start()
    with world.client(secret(), options={"timeout": 5}) as client, ThreadPoolExecutor(8) as pool:
        results = [one.result() for one in [pool.submit(client._call, GET, {}, {}) for _ in range(8)]]

    assert (results, len(world.questions)) == (["fine"] * 8, 1)


def test_a_token_that_is_over_on_arrival_serves_for_a_while() -> None:
    """Not every call asks; and after a while one does."""
    world, clock = World(expires_in=1), Clock()

    def slow(request: httpx2.Request) -> httpx2.Response:
        clock.now += 20 if request.url.host == "id.example.com" else 0
        return world(request)

    with world.client(secret(clock=clock)) as client:
        client._connection.given = httpx2.MockTransport(slow)
        results = [client._call(GET, {}, {}) for _ in range(5)]
        clock.now += 6
        results.append(client._call(GET, {}, {}))

    assert (results, len(world.questions)) == (["fine"] * 6, 2)


def test_a_clock_that_is_set_back_keeps_no_refused_token() -> None:
    """It says nothing of how long ago another one was refused."""
    world, clock = World(), Clock()
    world.refuse = {"Bearer t1", "Bearer t2"}
    with world.client(secret(clock=clock), options={"retries": 0}) as client:
        with pytest.raises(Exception, match="401"):
            client._call(GET, {}, {})
        clock.now -= 86_400

        assert client._call(GET, {}, {}) == "fine"


@pytest.fixture
def echoing() -> Any:
    """A server."""
    with failing() as running:
        yield running


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
def test_a_forked_process_has_connections_and_locks_of_its_own(echoing: FaultServer) -> None:
    """It opens others; and waits for no lock and no call of a thread that it has not."""
    echoing.play(OK)
    cache = TokenCache(time.time)
    with Sample(project_id="p", endpoint=echoing.url, credentials=None) as client:
        client.jobs.list_rows(raise_failures=False)
        before = client._connection.opened
        with client._connection.lock, cache._lock:
            child = os.fork()
            if child == 0:  # no assertion here: a failure would go on with the tests of the other process
                fresh = client._connection.opened is None and client._connection.lock.acquire(timeout=1)
                os._exit(0 if fresh and cache._lock.acquire(timeout=1) else 1)
        _, status = os.waitpid(child, 0)

        assert os.waitstatus_to_exitcode(status) == 0
        assert client._connection.opened is before
