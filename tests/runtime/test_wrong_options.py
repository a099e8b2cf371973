"""Options of a wrong kind are refused when they are given, with what to give, by an error of ours."""

from __future__ import annotations

import functools
from typing import Any

import httpx2
import pytest

from specloom.runtime.errors import InvalidCallError
from specloom.runtime.messages import Request
from specloom.runtime.retry import RetryPolicy
from tests.runtime.answering import Answers, async_client_over, both, client_over
from tests.runtime.driving import arguments
from tests.runtime.sample.client import AsyncSample, Sample

PAGE = httpx2.Response(200, json={"total": 1})


class Awaited:
    """An object that is called like a function, and has to be awaited."""

    async def __call__(self, request: Request) -> None:
        """Is never to come."""

    async def method(self, request: Request) -> None:
        """Neither."""


class Plain:
    """The same, which is done when it returns."""

    def __call__(self, request: Request) -> None:
        """Sees the request."""


async def awaited(name: str, request: Request) -> None:
    """A function with more arguments than a hook has."""


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("extra_headers", [("a", "b")], "takes a mapping, not list"),
        ("extra_query", "a=b", "takes a mapping, not str"),
        ("timeout", 1e300, "None waits without end"),
        ("deadline", 1_000_001, "None waits without end"),
        ("retries", RetryPolicy(statuses=None), "set of HTTP statuses"),  # type: ignore[arg-type]
        ("retries", RetryPolicy(statuses=500), "set of HTTP statuses"),  # type: ignore[arg-type]
        ("retries", RetryPolicy(statuses=[[500]]), "never retried"),  # type: ignore[list-item]
        ("retries", RetryPolicy(max_retries=1.5), "whole number"),  # type: ignore[arg-type]
        ("retries", RetryPolicy(base=True), "from 0 to"),
    ],
)
def test_an_option_of_another_kind_is_refused_at_once(option: str, value: Any, words: str) -> None:
    """By the constructor, by a client with others, and by a call."""
    client: Any = client_over(Answers(PAGE), extra_headers={"X-A": "1"}, extra_query={"a": "1"})
    options: Any = {option: value}
    with pytest.raises(InvalidCallError, match=words):
        client_over(Answers(PAGE), **options)
    with pytest.raises(InvalidCallError, match=words):
        client.with_options(**options)
    for error in both(Answers(PAGE), lambda one: one.jobs.start("j", **options)):
        assert isinstance(error, InvalidCallError)
        assert words in str(error)


@pytest.mark.parametrize("statuses", [{500}, [500], (500,), range(500, 505)])
def test_statuses_of_a_policy_may_be_any_collection(statuses: Any) -> None:
    """As type checkers have it."""
    answers = iter([httpx2.Response(500), PAGE])
    client = client_over(lambda request: next(answers), retries=RetryPolicy(base=0, statuses=statuses))

    assert client.jobs.list_history("j").total == 1


def test_what_is_none_is_the_default() -> None:
    """For a call of a client that says otherwise, too."""
    found = both(
        Answers(PAGE), lambda client: client.jobs.list_history("j", retries=None, extra_headers=None), retries=7
    )

    assert [page.total for page in found] == [1, 1]


@pytest.mark.parametrize(
    "hook", [Awaited(), Awaited().method, functools.partial(awaited, "n"), functools.partial(Awaited())]
)
def test_a_hook_that_has_to_be_awaited_is_refused(hook: Any) -> None:
    """Whatever it is called through; a client that awaits takes it."""
    with pytest.raises(InvalidCallError, match="has to be awaited"):
        client_over(Answers(PAGE), on_request=hook)

    assert repr(async_client_over(Answers(PAGE), on_request=hook)).startswith("<AsyncSample")
    assert client_over(Answers(PAGE), on_request=functools.partial(Plain())).jobs.list_history("j").total == 1


class Sync(httpx2.BaseTransport):
    """A transport that is not awaited."""


@pytest.mark.parametrize(
    ("kind", "transport", "words"),
    [
        (Sample, httpx2.Client(), "BaseTransport, such as httpx2.HTTPTransport.*, not Client"),
        (Sample, httpx2.AsyncHTTPTransport(), "BaseTransport, such as .*, not AsyncHTTPTransport"),
        (AsyncSample, Sync(), "AsyncBaseTransport, such as httpx2.AsyncHTTPTransport.*, not Sync"),
        (AsyncSample, "http://proxy", "AsyncBaseTransport, such as .*, not str"),
        (Sample, httpx2.HTTPTransport, "not the class HTTPTransport"),
    ],
)
def test_what_is_no_transport_is_refused(kind: Any, transport: Any, words: str) -> None:
    """Before anything is sent, and with what to give."""
    with pytest.raises(InvalidCallError, match=words):
        kind(**arguments("http://host"), transport=transport)
