"""Clients of the sample API over a transport in this process."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx2

from specloom.runtime.auth import TokenCredentials
from tests.runtime.sample.client import AsyncSample, Sample

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[[httpx2.Request], httpx2.Response]


class Answers:
    """Answers every request with one response and remembers the requests."""

    def __init__(self, response: httpx2.Response) -> None:
        self.requests: list[httpx2.Request] = []
        self._response = response

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        return self._response


def client_over(handler: Handler, **options: Any) -> Sample:
    """A client whose network is the handler; failures are not retried unless the options say so."""
    return Sample(transport=httpx2.MockTransport(handler), **{**_arguments(), **options})


def async_client_over(handler: Handler, **options: Any) -> AsyncSample:
    """The same, asynchronous."""
    return AsyncSample(transport=httpx2.MockTransport(handler), **{**_arguments(), **options})


def _arguments() -> dict[str, Any]:
    return {
        "project_id": "p1",
        "endpoint": "http://host/gw",
        "credentials": TokenCredentials("s3cret"),
        "retries": 0,
    }


def both(handler: Handler, call: Callable[[Any], Any], **options: Any) -> list[Any]:
    """What a call on each kind of client gives: its result, or the exception it raised."""

    async def run() -> Any:
        async with async_client_over(handler, **options) as client:
            return await outcome_of(call(client))

    with client_over(handler, **options) as client:
        try:
            first = call(client)
        except Exception as error:
            first = error
    return [first, asyncio.run(run())]


async def outcome_of(pending: Awaitable[Any]) -> Any:
    """The result, or the exception."""
    try:
        return await pending
    except Exception as error:
        return error
