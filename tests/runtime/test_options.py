"""Options of clients and calls, and clients with other options."""

from __future__ import annotations

import asyncio
from typing import Any, assert_type

import httpx2
import pytest

from specloom.runtime.errors import InvalidCallError
from specloom.runtime.messages import Request, Response
from specloom.runtime.retry import RetryPolicy
from tests.runtime.answering import Answers, async_client_over, both, client_over
from tests.runtime.sample.client import AsyncSample, Sample

PAGE = httpx2.Response(200, json={"total": 1})


def test_a_client_with_options_uses_them_and_leaves_the_first_alone() -> None:
    """Header lines and query parameters are added, others replaced."""
    answers = Answers(PAGE)
    client = client_over(answers, extra_headers={"X-A": "1", "X-B": "1"}, timeout=5)
    other = assert_type(client.with_options(extra_headers={"X-B": "2"}, extra_query={"q": "1"}, timeout=7), Sample)
    client.jobs.list_history("j")
    other.jobs.list_history("j")
    first, second = answers.requests

    assert (first.headers["X-A"], first.headers["X-B"], first.url.query) == ("1", "1", b"offset=0")
    assert (second.headers["X-A"], second.headers["X-B"], second.url.query) == ("1", "2", b"offset=0&q=1")
    assert (first.extensions["timeout"]["read"], second.extensions["timeout"]["read"]) == (5, 7)


def test_a_client_with_options_shares_the_connection() -> None:
    """Opened by either, closed by either; what was made of the first before is not taken along."""
    opened = client_over(Answers(PAGE))
    jobs = opened.jobs
    other = opened.with_options(retries=3)
    other.jobs.list_history("j")

    assert other.jobs is not jobs
    assert other._open() is opened._open()
    other.close()
    with pytest.raises(InvalidCallError, match="closed"):
        jobs.list_history("j")


def test_an_asynchronous_client_has_it_too() -> None:
    """The same."""

    async def run() -> None:
        answers = Answers(PAGE)
        async with async_client_over(answers) as client:
            other = assert_type(client.with_options(extra_headers={"X-A": "1"}), AsyncSample)
            await other.jobs.list_history("j")
        assert answers.requests[0].headers["X-A"] == "1"
        with pytest.raises(InvalidCallError, match="closed"):
            await other.jobs.list_history("j")

    asyncio.run(run())


@pytest.mark.parametrize(
    "options",
    [
        {"deadline": 0},
        {"deadline": "5"},
        {"deadline": float("inf")},
        {"timeout": True},
        {"check": "no"},
        {"strict": 0},
        {"raise_failures": "yes"},
        {"retries": -1},
        {"retrys": 1},
    ],
)
def test_options_that_are_none_are_refused(options: dict[str, Any]) -> None:
    """By the constructor, by `with_options` and by a call."""
    name = next(iter(options))
    client = client_over(Answers(PAGE))
    with pytest.raises(InvalidCallError, match=name):
        client_over(Answers(PAGE), **options)
    with pytest.raises(InvalidCallError, match=name):
        client.with_options(**options)
    for error in both(Answers(PAGE), lambda one: one.jobs.start("j", **options)):
        assert isinstance(error, InvalidCallError)
        assert name in str(error)


FAILURE = httpx2.Response(200, json={"total": "many", "error_code": "X.1"})


@pytest.mark.parametrize("given", [{}, {"check": False, "strict": True}])
def test_none_for_a_switch_is_what_the_library_does_by_itself(given: dict[str, bool]) -> None:
    """Values are checked, answers are read with their problems: whatever the client was told."""

    def call(client: Any) -> Any:
        return client.jobs.list_history("j", offset=5000, check=None)

    for error in both(Answers(PAGE), call, **given):
        assert isinstance(error, InvalidCallError)
    for page in both(Answers(FAILURE), lambda one: one.jobs.list_history("j", strict=None), **given):
        assert [problem.pointer for problem in page.problems] == ["/total"]


def test_hooks_are_options_of_clients_only() -> None:
    """And must be functions."""
    with pytest.raises(InvalidCallError, match="on_request"):
        client_over(Answers(PAGE)).jobs.start("j", on_request=print)  # type: ignore[call-arg]
    with pytest.raises(InvalidCallError, match="is no function"):
        client_over(Answers(PAGE), on_response=5)


def test_checks_of_bounds_can_be_switched_off() -> None:
    """For services that take more than they document; by client or call."""
    answers = Answers(PAGE)

    def call(client: Any, **options: Any) -> Any:
        return client.jobs.list_history("j", offset=5000, **options)

    assert all(isinstance(error, InvalidCallError) for error in both(answers, call))
    assert [page.total for page in both(answers, lambda client: call(client, check=False))] == [1, 1]
    assert [page.total for page in both(answers, call, check=False)] == [1, 1]
    assert {request.url.query for request in answers.requests} == {b"offset=5000"}


def test_hooks_see_every_attempt_without_credentials() -> None:
    """Before and after it, whatever the status."""
    seen: list[str] = []
    answers = iter([httpx2.Response(503), PAGE] * 2)

    def on_request(request: Request) -> None:
        assert "s3cret" not in f"{request.url}{request.headers}{[value for _, value in request.headers]}"
        seen.append(f"{request.method} {request.attempts}")

    def on_response(request: Request, response: Response) -> None:
        seen.append(f"{request.attempts}: {response.status}")

    found = both(
        lambda request: next(answers),
        lambda client: client.jobs.list_history("j"),
        on_request=on_request,
        on_response=on_response,
        retries=RetryPolicy(base=0),
    )

    assert [page.total for page in found] == [1, 1]
    assert seen == ["GET 1", "1: 503", "GET 2", "2: 200"] * 2


def test_asynchronous_hooks_are_awaited() -> None:
    """By asynchronous clients; the others refuse them."""
    seen: list[int] = []

    async def on_response(request: Request, response: Response) -> None:
        await asyncio.sleep(0)
        seen.append(response.status)

    async def run() -> None:
        async with async_client_over(Answers(PAGE), on_response=on_response) as client:
            await client.jobs.list_history("j")

    asyncio.run(run())
    assert seen == [200]
    with pytest.raises(InvalidCallError, match="has to be awaited"):
        client_over(Answers(PAGE), on_response=on_response)
    with pytest.raises(InvalidCallError, match="has to be awaited"):
        client_over(Answers(PAGE)).with_options(on_response=on_response)


def test_an_exception_in_a_hook_reaches_the_caller_and_nothing_is_sent_again() -> None:
    """A slip in a hook must not start a job twice."""
    answers = Answers(httpx2.Response(202))

    def on_response(request: Request, response: Response) -> None:
        raise TypeError("a slip")

    for error in both(answers, lambda client: client.jobs.start("j"), on_response=on_response, retries=5):
        assert type(error) is TypeError

    assert len(answers.requests) == 2
