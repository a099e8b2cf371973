"""Tokens that credentials obtain: once for all who wait, in time, again after a refusal, by the flow of the call."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs

import httpx2
import pytest

from specloom.runtime.client import BaseAsyncClient, BaseClient
from specloom.runtime.errors import ClientError, ConnectError, DeadlineError, DecodeError, InvalidCallError, StatusError
from specloom.runtime.flow import run
from specloom.runtime.oauth import OAuthClientCredentials
from specloom.runtime.operation import ErrorField, HttpAuth, OAuth, Operation, Response, Server, Service

SERVICE = Service(
    name="Any",
    user_agent="any/1",
    servers=(Server("https://api.example.com"),),
    schemes={"oauth": OAuth("https://id.example.com/token"), "bearer": HttpAuth("bearer")},
    errors=(ErrorField("code", ("body:/code",)),),
    kinds={"authentication": ("EXPIRED",)},
)
GET: Operation[Any] = Operation(
    id="get",
    name="things.get",
    method="GET",
    path="/things",
    responses={"200": Response("text")},
    security=(("oauth",),),
)
START: Operation[Any] = Operation(
    id="start",
    name="things.start",
    method="POST",
    path="/things",
    responses={"200": Response("text")},
    security=(("oauth",),),
)


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class World:
    """An API and the service that gives its tokens, in this process."""

    def __init__(self, **answer: Any) -> None:
        self.answer = {"access_token": "t", "token_type": "Bearer", "expires_in": 3600, **answer}
        self.questions: list[httpx2.Request] = []
        self.calls: list[str] = []
        self.refuse: set[str] = set()
        self.refusal = httpx2.Response(401)
        self.troubles: list[httpx2.Response | Exception] = []
        self.gate: threading.Event | None = None
        self._lock = threading.Lock()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "id.example.com":
            with self._lock:
                self.questions.append(request)
                number = len(self.questions)
                trouble = self.troubles.pop(0) if self.troubles else None
            if self.gate is not None:
                self.gate.wait(5)
            if isinstance(trouble, Exception):
                raise trouble
            return trouble or httpx2.Response(200, json={**self.answer, "access_token": f"t{number}"})
        token = request.headers["Authorization"]
        self.calls.append(token)
        return self.refusal if token in self.refuse else httpx2.Response(200, text="fine")

    def client(self, credentials: Any, **options: Any) -> BaseClient:
        """A client in this world."""
        return BaseClient(SERVICE, {}, credentials=credentials, transport=httpx2.MockTransport(self), **options)


def secret(**given: Any) -> OAuthClientCredentials:
    """Made-up credentials."""
    return OAuthClientCredentials("me", "s3cret", **given)


def test_a_token_is_obtained_once_and_used_by_all_calls() -> None:
    """The request for it is a request of the call's own flow, form-encoded, with the secret in `Authorization`."""
    world = World()
    with world.client(secret(scopes=["read", "write"])) as client:
        results = [client._call(GET, {}, {}), client._call(START, {}, {})]
    (asked,) = world.questions

    assert (results, world.calls) == (["fine", "fine"], ["Bearer t1", "Bearer t1"])
    assert (asked.method, str(asked.url)) == ("POST", "https://id.example.com/token")
    assert asked.headers["Authorization"] == "Basic bWU6czNjcmV0"
    assert parse_qs(asked.content.decode()) == {"grant_type": ["client_credentials"], "scope": ["read write"]}


def test_the_secret_goes_into_the_body_where_asked() -> None:
    """Some servers read it nowhere else."""
    world = World()
    with world.client(secret(sent_in="body", token_url="https://id.example.com/other")) as client:
        client._call(GET, {}, {})
    (asked,) = world.questions

    assert (asked.url.path, "Authorization" in asked.headers) == ("/other", False)
    assert parse_qs(asked.content.decode()) == {
        "grant_type": ["client_credentials"],
        "client_id": ["me"],
        "client_secret": ["s3cret"],
    }


@pytest.mark.parametrize(
    ("passed", "lifetime", "questions"),
    [
        (3000, 3600, 1),
        (3250, 3600, 2),
        (24 * 3600 - 31 * 60, 24 * 3600, 1),
        (24 * 3600 - 29 * 60, 24 * 3600, 2),
        (4000, 3600, 2),
        (10**9, None, 1),
        (3250, "3600", 2),
    ],
)
def test_a_token_is_renewed_before_it_ends(passed: float, lifetime: object, questions: int) -> None:
    """In the last tenth of its life, or the last half hour if that is shorter; never where no end was named."""
    clock, world = Clock(), World(expires_in=lifetime)
    with world.client(secret(clock=clock)) as client:
        client._call(GET, {}, {})
        clock.now += passed
        client._call(GET, {}, {})

    assert world.calls == ["Bearer t1", f"Bearer t{questions}"]


def test_a_renewal_that_fails_fails_nobody_while_the_token_serves() -> None:
    """It is tried again a minute later; when the token has ended, the failure shows."""
    clock, world = Clock(), World()
    with world.client(secret(clock=clock)) as client:
        client._call(GET, {}, {})
        clock.now += 3300
        world.troubles = [httpx2.Response(400)] * 3
        client._call(GET, {}, {})
        client._call(GET, {}, {})
        asked_early = len(world.questions)
        clock.now += 100
        client._call(GET, {}, {})
        asked_again = len(world.questions)
        clock.now += 200
        with pytest.raises(StatusError):
            client._call(GET, {}, {})

    assert (asked_early, asked_again, set(world.calls)) == (2, 3, {"Bearer t1"})


@pytest.mark.parametrize("operation", [GET, START])
@pytest.mark.parametrize(
    "refusal", [httpx2.Response(401), httpx2.Response(403, json={"code": "EXPIRED"})], ids=["401", "403"]
)
def test_a_refused_token_is_renewed_once(operation: Operation[Any], refusal: httpx2.Response) -> None:
    """After 401, and after an answer with a code that the API gives this meaning: nothing was done yet, so POST too."""
    world = World()
    world.refuse, world.refusal = {"Bearer t1"}, refusal
    with world.client(secret()) as client:
        result = client._call(operation, {}, {})
        world.refuse.add("Bearer t2")
        again = client._call(operation, {}, {})

    assert (result, again) == ("fine", "fine")
    assert world.calls == ["Bearer t1", "Bearer t2", "Bearer t2", "Bearer t3"]


@pytest.mark.parametrize("refusal", [httpx2.Response(403), httpx2.Response(403, json={"code": "OTHER"})])
def test_another_refusal_renews_nothing(refusal: httpx2.Response) -> None:
    """A 403 that is about permissions is no matter of tokens."""
    world = World()
    world.refuse, world.refusal = {"Bearer t1"}, refusal
    with world.client(secret()) as client, pytest.raises(StatusError):
        client._call(GET, {}, {})

    assert (len(world.questions), len(world.calls)) == (1, 1)


def test_a_service_that_refuses_every_token_is_not_flooded_with_questions() -> None:
    """One more token for the first call, none for those within a minute, one more after it."""
    clock, world = Clock(), World()
    world.refuse = {f"Bearer t{number}" for number in range(9)}
    asked = []
    with world.client(secret(clock=clock)) as client:
        for _ in range(3):
            with pytest.raises(StatusError):
                client._call(GET, {}, {})
            asked.append(len(world.questions))
        clock.now += 61
        with pytest.raises(StatusError):
            client._call(GET, {}, {})

    assert (asked, len(world.questions)) == ([2, 2, 2], 3)


def test_threads_that_need_a_token_at_once_ask_once() -> None:
    """One asks, the others wait; two clients that share the credentials are no different."""
    world, shared = World(), secret()
    world.gate = threading.Event()
    with world.client(shared) as one, world.client(shared) as other, ThreadPoolExecutor(16) as pool:
        pending = [
            pool.submit(lambda client: client._call(GET, {}, {}), client) for client in (one, other) for _ in range(8)
        ]
        threading.Timer(0.1, world.gate.set).start()
        results = [each.result() for each in pending]

    assert (results, len(world.questions), set(world.calls)) == (["fine"] * 16, 1, {"Bearer t1"})


class Slowly(httpx2.AsyncBaseTransport):
    """A world whose token takes a while, without blocking the event loop."""

    def __init__(self, world: World, wait: float = 0.05) -> None:
        self.world, self.wait = world, wait

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "id.example.com":
            await asyncio.sleep(self.wait)
        return self.world(request)


def test_tasks_that_need_a_token_at_once_ask_once_and_block_no_loop() -> None:
    """Also while a thread with its own client waits for the same token."""
    world, shared = World(), secret()

    async def main() -> tuple[list[Any], int]:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.005)
                ticks += 1

        async with BaseAsyncClient(SERVICE, {}, credentials=shared, transport=Slowly(world)) as client:
            ticking = asyncio.ensure_future(tick())
            first = [asyncio.ensure_future(client._call(GET, {}, {})) for _ in range(32)]
            await asyncio.sleep(0.01)
            with world.client(shared) as threaded:
                in_thread = asyncio.to_thread(lambda: threaded._call(GET, {}, {}))
                results = await asyncio.gather(*first, in_thread)
            ticking.cancel()
        return results, ticks

    results, ticks = asyncio.run(main())

    assert (results, len(world.questions)) == (["fine"] * 33, 1)
    assert ticks >= 4


def test_a_task_that_is_cancelled_while_it_asks_leaves_the_others_to_ask() -> None:
    """Nobody waits for a call that is gone."""
    world, shared = World(), secret()

    async def main() -> Any:
        async with BaseAsyncClient(SERVICE, {}, credentials=shared, transport=Slowly(world, 0.2)) as client:
            leader = asyncio.ensure_future(client._call(GET, {}, {}))
            await asyncio.sleep(0.01)
            follower = asyncio.ensure_future(client._call(GET, {}, {}))
            await asyncio.sleep(0.01)
            leader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await leader
            del leader
            return await asyncio.wait_for(follower, 5)

    assert asyncio.run(main()) == "fine"
    assert len(world.questions) == 1


def test_all_who_wait_for_a_refused_secret_get_the_refusal() -> None:
    """It is not sent once for each of them: services lock accounts for less. The words of the service are there."""
    world = World()
    world.gate = threading.Event()
    world.troubles = [
        httpx2.Response(401, json={"error": "invalid_client", "error_description": "no, not s3cret"}) for _ in range(8)
    ]

    def failing(client: BaseClient) -> ClientError:
        with pytest.raises(StatusError) as caught:
            client._call(GET, {}, {})
        return caught.value

    with world.client(secret()) as client, ThreadPoolExecutor(8) as pool:
        pending = [pool.submit(failing, client) for _ in range(8)]
        threading.Timer(0.1, world.gate.set).start()
        errors = [each.result() for each in pending]

    assert len(world.questions) == 1
    assert {str(error) for error in errors} == {
        "things.get: HTTP 401: invalid_client no token from id.example.com: no, not ***"
    }
    assert len({id(error) for error in errors}) == 8
    assert world.calls == []


def test_a_busy_token_service_is_asked_again() -> None:
    """Twice more, as it asks itself; then its failure is the call's."""
    world = World()
    world.troubles = [
        httpx2.Response(503, headers={"Retry-After": "0"}),
        httpx2.Response(429, headers={"Retry-After": "0"}),
    ]
    with world.client(secret()) as client:
        result = client._call(GET, {}, {})

    assert (result, len(world.questions), world.calls) == ("fine", 3, ["Bearer t3"])


def test_a_question_that_got_lost_says_that_nothing_of_the_call_was_sent() -> None:
    """So that the call may be tried again, even a POST."""
    world = World()
    world.troubles = [httpx2.ReadError("reset")] * 9
    with world.client(secret()) as client, pytest.raises(ClientError) as caught:
        client._call(START, {}, {})
    error: Any = caught.value

    assert (error.maybe_sent, world.calls) == (False, [])
    assert "no token from id.example.com" in str(error)


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(200, text="s3cret<html>"),
        httpx2.Response(200, json={"access_token": 5, "s3cret": "s3cret"}),
        httpx2.Response(200, json={"access_token": "s3cret", "token_type": "mac"}),
        httpx2.Response(204),
    ],
)
def test_an_answer_without_a_token_is_an_error_that_shows_nothing_of_it(answer: httpx2.Response) -> None:
    """It may hold a secret all the same."""
    world = World()
    world.troubles = [answer]
    with world.client(secret()) as client, pytest.raises(DecodeError) as caught:
        client._call(GET, {}, {})

    assert "s3cret" not in f"{caught.value!r}{caught.value}{vars(caught.value)}"


def test_a_redirect_of_the_token_service_is_not_followed() -> None:
    """The secret goes nowhere else."""
    world = World()
    world.troubles = [httpx2.Response(307, headers={"Location": "https://evil.example.com/"})]
    with world.client(secret()) as client, pytest.raises(StatusError) as caught:
        client._call(GET, {}, {})

    assert (caught.value.status, len(world.questions)) == (307, 1)


def test_a_call_that_never_ends_does_not_hold_up_others_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flow that was dropped without being closed is passed over after a while."""
    monkeypatch.setattr("specloom.runtime.tokens._LEFT_ALONE", 0.05)
    world, shared = World(), secret()
    with world.client(shared, options={"timeout": 0.01}) as client:
        dropped = run(client._configuration, GET, {}, {}, None)
        next(dropped)
        result = client._call(GET, {}, {})

    assert (result, len(world.questions)) == ("fine", 1)


def test_a_call_waits_for_another_ones_token_until_its_deadline() -> None:
    """And then nothing of it was sent."""
    world, shared = World(), secret()
    with world.client(shared) as client:
        dropped = run(client._configuration, GET, {}, {}, None)
        next(dropped)
        with pytest.raises(DeadlineError) as caught:
            client._call(GET, {}, {"deadline": 0.05})

    assert (caught.value.maybe_sent, world.questions, world.calls) == (False, [], [])


def test_a_bearer_scheme_takes_tokens_from_a_given_address() -> None:
    """Where the document names no address, the credentials do."""
    bearer, documented = SERVICE.schemes["bearer"], SERVICE.schemes["oauth"]
    given = secret(token_url="https://id.example.com/token")

    assert [given.satisfies(bearer), given.satisfies(documented)] == [True, True]
    assert [secret().satisfies(bearer), secret().satisfies(documented), secret().satisfies(OAuth())] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "make",
    [
        lambda: OAuthClientCredentials("", "s"),
        lambda: OAuthClientCredentials("a", ""),
        lambda: secret(token_url="id.example.com/token"),
        lambda: secret(token_url="https://me:pw@id.example.com/token"),
        lambda: secret(sent_in="query"),
        lambda: secret(clock=1),
    ],
)
def test_unusable_credentials_are_refused_at_once(make: Any) -> None:
    """Not at the first call."""
    with pytest.raises(InvalidCallError):
        make()


def test_a_connection_that_fails_is_told_apart_from_one_for_the_call() -> None:
    """The class of the error stays."""
    world = World()
    world.troubles = [httpx2.ConnectError("refused")] * 9
    with world.client(secret()) as client, pytest.raises(ConnectError, match=r"no token from id\.example\.com"):
        client._call(GET, {}, {})
