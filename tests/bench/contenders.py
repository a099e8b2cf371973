"""One GET of a job instance by each client over a transport in this process, all sending and giving the same."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx2
from pydantic import TypeAdapter

from huaweicloud_jobs import AsyncDataArtsFactory, DataArtsFactory, TokenCredentials
from huaweicloud_jobs.dataarts_factory.models import JobInstance

Calls = dict[str, Callable[[], Any]]
AsyncCalls = dict[str, Callable[[], Awaitable[Any]]]

ADDRESS = "https://service.example"
PROJECT = "b384b9e9ab9b4ee8994c8633aabc9505"
WORKSPACE = "b88c445407b24283aa949f9833a38fd8"
HEADERS = {"X-Auth-Token": "a-token", "workspace": WORKSPACE}
PATH = f"/v1/{PROJECT}/jobs/{{}}/instances/{{}}"
JOB, INSTANCE = "job_batch", 34765
# Joining a path to `base_url=` costs httpx2 much, so bare httpx2 is there in both ways: with it, and with whole URLs.
OURS, BARE, WHOLE_URL, PEER = "package", "bare", "whole url", "peer"

_adapter = TypeAdapter(JobInstance)


def validate_alone(content: bytes) -> JobInstance:
    """Pydantic and nothing else, on the emitted model."""
    return _adapter.validate_json(content, by_alias=True, by_name=False)


class Answering:
    """What the transport in this process does: it answers with the payload, and keeps the last request."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.last: httpx2.Request | None = None

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """The answer."""
        self.last = request
        return httpx2.Response(200, headers={"Content-Type": "application/json"}, content=self._content)


@contextmanager
def opened(answering: Answering, peer: Any) -> Iterator[Calls]:
    """The calls that return.

    Args:
        peer: The generated client's module, or `None`.
    """
    transport = httpx2.MockTransport(answering)
    with ExitStack() as stack:
        bare = stack.enter_context(httpx2.Client(base_url=ADDRESS, headers=HEADERS, transport=transport))
        whole = stack.enter_context(httpx2.Client(headers=HEADERS, transport=transport))
        package = stack.enter_context(DataArtsFactory(**_settings(), transport=transport))
        calls: Calls = {
            OURS: lambda: package.jobs.get_instance(JOB, INSTANCE),
            BARE: lambda: validate_alone(bare.get(PATH.format(JOB, INSTANCE)).content),
            WHOLE_URL: lambda: validate_alone(whole.get(ADDRESS + PATH.format(JOB, INSTANCE)).content),
        }
        if peer is not None:
            plain = stack.enter_context(httpx2.Client(transport=transport))
            other = stack.enter_context(peer.Client(base_url=ADDRESS, token="a-token", http_client=plain))
            calls[PEER] = lambda: other.jobs.show_job_instance(**_arguments())
        yield calls


@contextmanager
def opened_async(answering: Answering, peer: Any, runner: asyncio.Runner) -> Iterator[AsyncCalls]:
    """The calls that are awaited, in the loop of a runner; else as `opened`."""
    transport = httpx2.MockTransport(answering)
    bare = httpx2.AsyncClient(base_url=ADDRESS, headers=HEADERS, transport=transport)
    whole = httpx2.AsyncClient(headers=HEADERS, transport=transport)
    package = AsyncDataArtsFactory(**_settings(), transport=transport)

    async def call_bare() -> JobInstance:
        return validate_alone((await bare.get(PATH.format(JOB, INSTANCE))).content)

    async def call_whole() -> JobInstance:
        return validate_alone((await whole.get(ADDRESS + PATH.format(JOB, INSTANCE))).content)

    calls: AsyncCalls = {
        OURS: lambda: package.jobs.get_instance(JOB, INSTANCE),
        BARE: call_bare,
        WHOLE_URL: call_whole,
    }
    closing = [bare.aclose, whole.aclose, package.aclose]
    if peer is not None:
        plain = httpx2.AsyncClient(transport=transport)
        other = peer.AsyncClient(base_url=ADDRESS, token="a-token", http_client=plain)
        calls[PEER] = lambda: other.jobs.show_job_instance(**_arguments())
        closing += [other.aclose, plain.aclose]
    try:
        yield calls
    finally:
        for close in closing:
            runner.run(close())


def check(result: Any, answering: Answering, content: bytes) -> None:
    """Make sure that a call sent and gave what all of them should.

    Raises:
        RuntimeError: It did not.
    """
    sent = answering.last
    if sent is None:
        raise RuntimeError("nothing was sent")
    seen = (sent.method, str(sent.url), {name: sent.headers.get(name) for name in HEADERS})
    wanted = ("GET", ADDRESS + PATH.format(JOB, INSTANCE), HEADERS)
    if seen != wanted:
        raise RuntimeError(f"this was sent: {seen}, and not {wanted}")
    if result.model_dump(mode="json", by_alias=True, exclude_unset=True) != json.loads(content):
        raise RuntimeError(f"this was read: {result!r}")


def _settings() -> dict[str, Any]:
    credentials = TokenCredentials("a-token")
    return {"project_id": PROJECT, "workspace": WORKSPACE, "endpoint": ADDRESS, "credentials": credentials}


def _arguments() -> dict[str, Any]:
    return {"project_id": PROJECT, "workspace": WORKSPACE, "job_name": JOB, "instance_id": INSTANCE}
