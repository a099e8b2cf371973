"""What functions of the caller's raise: it ends the call, as it is, and nothing is sent again."""

from __future__ import annotations

import asyncio
import inspect
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from specloom.runtime import errors
from specloom.runtime.retry import RetryPolicy
from tests.runtime.answering import async_client_over, both, client_over

if TYPE_CHECKING:
    from collections.abc import Callable

FAULTS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.ClientError)]
KINDS = [*FAULTS, RuntimeError, KeyboardInterrupt]
HOOKS = {"on_request": 0, "on_response": 1}
"""Functions of a client, with the requests that were sent when they are first called."""
MANY = RetryPolicy(max_retries=5, base=0)


class Service:
    """Answers, and counts the requests."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.count += 1
        return httpx2.Response(202)


def raising(fault: BaseException) -> Callable[..., None]:
    """A function that raises the same whenever it is called."""

    def hook(*_: object) -> None:
        raise fault

    return hook


def fault_of(kind: type[BaseException]) -> BaseException:
    """One that looks as if a call had ended in it before anything was sent."""
    fault = kind("audit")
    if isinstance(fault, errors.TransportError):
        fault.maybe_sent = False
    return fault


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_of_a_hook_ends_the_call_as_it_is(kind: type[BaseException], hook: str) -> None:
    """Above all a start is not delivered again, and the error still says what it said."""
    service, fault = Service(), fault_of(kind)
    with client_over(service, retries=MANY, **{hook: raising(fault)}) as client, pytest.raises(kind) as caught:
        client.jobs.start("j")

    assert caught.value is fault
    assert service.count == HOOKS[hook]
    assert getattr(fault, "operation", "") == ""
    assert getattr(fault, "attempts", 0) == 0


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_of_an_awaited_hook_ends_the_call_as_it_is(kind: type[BaseException], hook: str) -> None:
    """The same for what is raised while it is awaited."""
    service, fault = Service(), fault_of(kind)

    async def raise_later(*_: object) -> None:
        await asyncio.sleep(0)
        raise fault

    async def run() -> BaseException | None:
        async with async_client_over(service, retries=MANY, **{hook: raise_later}) as client:
            try:
                await client.jobs.start("j")
            except BaseException as error:
                return error
            return None

    assert asyncio.run(run()) is fault
    assert service.count == HOOKS[hook]
    assert getattr(fault, "operation", "") == ""


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_that_runs_out_of_something_is_no_result(hook: str) -> None:
    """`StopIteration` of a function is not the end of the call."""
    with client_over(Service(), **{hook: raising(StopIteration("mine"))}) as client, pytest.raises(StopIteration):
        client.jobs.start("j")


def test_a_hook_may_call_a_client_whose_host_is_down() -> None:
    """What that raises names its own operation, and the first call is not repeated."""

    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("refused")

    service, audit = Service(), client_over(refuse)
    with client_over(service, retries=MANY, on_response=lambda *_: audit.jobs.list_history("a")) as client:
        with pytest.raises(errors.ConnectError, match=r"^jobs\.list_history: ConnectError: refused$"):
            client.jobs.start("j")

        assert service.count == 1


def test_what_keeps_a_hook_from_being_called_is_an_error_of_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections are opened for the first step, which may be a hook: the error names the operation."""
    from tests.runtime.sample.client import Sample

    monkeypatch.setenv("HTTP_PROXY", "ftp://host")
    told: list[Any] = []
    with Sample(project_id="p", endpoint="http://host", credentials=None, on_request=told.append) as client:
        with pytest.raises(errors.InvalidCallError, match=r"^jobs\.list_rows: the proxy"):
            client.jobs.list_rows()

        assert told == []


def test_hooks_that_raise_nothing_change_nothing() -> None:
    """A refusal that is retried is told of each time."""
    answers = iter([httpx2.Response(429, headers={"Retry-After": "0"}), httpx2.Response(202)] * 2)
    told: list[int] = []
    both(
        lambda _: next(answers),
        lambda client: client.jobs.start("j"),
        retries=MANY,
        on_response=lambda _, response: told.append(response.status),
    )

    assert told == [429, 202] * 2
