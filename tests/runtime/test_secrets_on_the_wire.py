"""Secrets against a real server and the real HTTP library: what its frames and its log lines hold does not get out."""

from __future__ import annotations

import asyncio
import logging
import traceback
import warnings
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from specloom.runtime.auth import Credentials
from specloom.runtime.client import BaseAsyncClient, BaseClient
from specloom.runtime.errors import ClientError
from specloom.runtime.oauth import OAuthClientCredentials
from specloom.runtime.operation import Operation, Response
from specloom.runtime.vendors.huaweicloud import PasswordCredentials
from tests.runtime.faults import Act, answer, failing
from tests.runtime.test_secrets import KINDS, SERVICE, forms_of, shown_by

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "Zq7~s3cret/s3cret+s3cret="
GIVEN = answer(
    201, b'{"access_token": "%b", "expires_in": 900}' % SECRET.encode(), X_Subject_Token=SECRET, X_Plain="seen"
)
ACTS = {
    "reset": Act(end="reset"),
    "closed": Act(end="close"),
    "slow": Act(wait=0.5),
    "half an answer": Act(answer(length=500), end="close"),
    "no HTTP": Act(b"no HTTP at all\r\n\r\n", end="close"),
    "refusal": Act(answer(403, b'{"error": "no"}')),
    "failure": Act(answer(501, b"")),
    "no JSON": Act(answer(200, b"no JSON")),
}


class Bug(Exception):
    """What a function of the caller's raises."""


def raise_bug(*_: object) -> None:
    """A function of the caller's."""
    raise Bug


def credentials_for(kind: str, url: str) -> tuple[str, Credentials]:
    """A scheme and what serves it, with all that they ask for at one address."""
    scheme, make = KINDS[kind]
    match kind:
        case "oauth" | "oauth in the body":
            where = "body" if kind.endswith("body") else "header"
            return scheme, OAuthClientCredentials("me", SECRET, token_url=f"{url}/token", sent_in=where)
        case "password":
            return scheme, PasswordCredentials("me", SECRET, "d", project="p", iam_endpoint=url)
    return scheme, make(SECRET)


def outcomes(kind: str, url: str, **options: Any) -> list[Any]:
    """What a call raises or returns, by both kinds of client over the network."""
    scheme, _ = KINDS[kind]
    operation: Operation[Any] = Operation(
        id="o", name="o.o", method="POST", path="/o", responses={"200": Response("json")}, security=((scheme,),)
    )
    given: Any = {"retries": 0, "timeout": 0.1, **options}

    async def call() -> Any:
        _, credentials = credentials_for(kind, url)
        async with BaseAsyncClient(SERVICE, {}, endpoint=url, credentials=credentials, options=given) as client:
            try:
                return await client._call(operation, {}, {})
            except Exception as error:
                return error

    _, credentials = credentials_for(kind, url)
    with BaseClient(SERVICE, {}, endpoint=url, credentials=credentials, options=given) as client:
        try:
            first = client._call(operation, {}, {})
        except Exception as error:
            first = error
    return [first, asyncio.run(call())]


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Every log line of every logger, with what was warned of."""
    lines: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{record.name} {record.getMessage()} {vars(record)}")

    root, handler = logging.getLogger(), Keeping()
    level = root.level
    root.addHandler(handler)
    root.setLevel(1)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            yield lines
        finally:
            root.setLevel(level)
            root.removeHandler(handler)
            lines.extend(str(one.message) for one in warned)


def leaks(*texts: str) -> list[str]:
    """The forms of the secret that are shown somewhere."""
    shown = "\n".join(texts)
    return [form for form in forms_of(SECRET) if form in shown]


@pytest.mark.parametrize("act", sorted(ACTS))
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_failure_on_the_wire_shows_a_secret(kind: str, act: str, logged: list[str]) -> None:
    """Whether the call fails or what it needs for its credentials; no line of any logger either."""
    found = []
    with failing() as server:
        server.play(ACTS[act])
        found += outcomes(kind, server.url)
        if kind.startswith(("oauth", "password")):
            server.play(Act(GIVEN), ACTS[act], Act(GIVEN), ACTS[act])
            found += outcomes(kind, server.url)

    assert all(isinstance(error, ClientError) for error in found)
    assert leaks(*map(shown_by, found), *logged) == []
    assert any(line.startswith("httpcore2") for line in logged)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_refused_connection_shows_a_secret(kind: str, logged: list[str]) -> None:
    """Nobody listens."""
    with failing() as server:
        url = server.url
    found = outcomes(kind, url)

    assert all(isinstance(error, ClientError) for error in found)
    assert leaks(*map(shown_by, found), *logged) == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_token_that_is_given_is_not_logged(kind: str, logged: list[str]) -> None:
    """Not the answer that holds it, nor the call that uses it; what is no secret stays to be read."""
    with failing() as server:
        server.play(Act(GIVEN))
        found = outcomes(kind, server.url)

    assert not any(isinstance(one, Exception) and not isinstance(one, ClientError) for one in found)
    assert leaks(*logged) == []
    assert any("seen" in line for line in logged)


@pytest.mark.parametrize("hook", ["on_request", "on_response"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_hook_that_raises_shows_no_secret(kind: str, hook: str) -> None:
    """Its error arrives as it is, with its own frames and ours."""

    async def raising(*_: object) -> None:
        raise Bug

    with failing() as server:
        server.play(Act(GIVEN))
        error = outcomes(kind, server.url, **{hook: raise_bug})[0]

    assert isinstance(error, Bug)
    assert "raise_bug" in [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    assert leaks(shown_by(error)) == []


def test_a_cause_stays_by_type_and_words() -> None:
    """What went wrong below is still told; where it went wrong in the library is not."""
    with failing() as server:
        server.play(ACTS["slow"])
        error = outcomes("bearer token", server.url)[0]

    assert isinstance(error.__cause__, httpx2.ReadTimeout)
    assert error.__cause__.__traceback__ is None
    assert str(error.__cause__) == "timed out"


def test_a_cancelled_call_shows_no_secret() -> None:
    """A task that is given too little time: its end leads back to the call."""
    with failing() as server:
        server.play(ACTS["slow"])

        async def run() -> Exception:
            _, credentials = credentials_for("bearer token", server.url)
            operation: Operation[Any] = Operation(
                id="o", name="o.o", method="GET", path="/o", responses={}, security=(("bearer",),)
            )
            async with BaseAsyncClient(SERVICE, {}, endpoint=server.url, credentials=credentials) as client:
                try:
                    async with asyncio.timeout(0.1):
                        await client._call(operation, {}, {})
                except TimeoutError as error:
                    return error
            raise AssertionError("it was too fast")

        error = asyncio.run(run())

    assert isinstance(error.__cause__, asyncio.CancelledError)
    assert leaks(shown_by(error)) == []
