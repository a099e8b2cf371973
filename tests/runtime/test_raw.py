"""Answers before they are decoded."""

from __future__ import annotations

import asyncio
from typing import Any, assert_type

import httpx2
import pytest

from specloom.runtime.errors import DecodeError, InvalidCallError, StatusError
from specloom.runtime.messages import NoContent
from specloom.runtime.raw import RawResponse
from tests.runtime.answering import Answers, async_client_over, both, client_over
from tests.runtime.sample.models import JobHistory

PAGE = httpx2.Response(200, json={"total": 1}, headers={"X-Request-Id": "r1", "X-Rate": "5"})


def test_a_raw_answer_holds_what_came_and_the_result() -> None:
    """Typed as the method is: its arguments, and what `parse` gives."""
    client = client_over(Answers(PAGE))
    answer = assert_type(client.with_raw_response(client.jobs.list_history)("j", offset=0), RawResponse[JobHistory])

    assert (answer.status, answer.headers["X-Rate"], answer.request_id, answer.attempts) == (200, "5", "r1", 1)
    assert answer.text == answer.content.decode() == '{"total":1}'
    assert assert_type(answer.parse(), JobHistory).total == 1
    assert repr(answer) == "<RawResponse 200>"


def test_an_asynchronous_raw_answer_is_awaited() -> None:
    """The same with await."""

    async def run() -> None:
        async with async_client_over(Answers(PAGE)) as client:
            list_history = client.with_raw_response(client.jobs.list_history)
            answer = assert_type(await list_history("j", timeout=5), RawResponse[JobHistory])
            assert answer.parse().total == 1

    asyncio.run(run())


def test_wrong_arguments_do_not_type_check() -> None:
    """Names and kinds are those of the method; at run time too."""
    client = client_over(Answers(PAGE))
    raw = client.with_raw_response(client.jobs.list_history)
    with pytest.raises(TypeError):
        raw()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        raw("j", "SUCCESS")  # type: ignore[call-arg]
    with pytest.raises(InvalidCallError):
        raw("j", offset="x", no_option=1)  # type: ignore[call-arg, arg-type]


def test_the_client_that_is_asked_gives_the_options() -> None:
    """And what is no method of it is refused."""
    answers = Answers(httpx2.Response(202))
    client = client_over(answers)
    other = client.with_options(extra_headers={"X-A": "1"})

    assert assert_type(other.with_raw_response(client.jobs.start)("j").parse(), NoContent).status == 202
    assert answers.requests[0].headers["X-A"] == "1"
    for method in (len, client.close, client):
        with pytest.raises(InvalidCallError, match="takes a method of this client"):
            client.with_raw_response(method)  # type: ignore[arg-type]


def test_failures_are_raised_and_faults_of_the_content_wait_for_parse() -> None:
    """An answer that cannot be read is not lost."""

    def raw(client: Any) -> Any:
        return client.with_raw_response(client.jobs.list_history)("j")

    for error in both(Answers(httpx2.Response(404, json={"error_msg": "gone"})), raw):
        assert isinstance(error, StatusError)
        assert error.is_not_found
    for answer in both(Answers(httpx2.Response(200, text="<html>")), raw):
        assert answer.text == "<html>"
        with pytest.raises(DecodeError, match=r"jobs\.list_history: HTTP 200"):
            answer.parse()
