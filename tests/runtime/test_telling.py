"""What errors and answers tell: words, causes, header lines, and what is left of them elsewhere."""

from __future__ import annotations

import pickle

import httpx2
import pytest

from specloom.runtime.errors import DeadlineError, InvalidCallError, StatusError
from specloom.runtime.messages import Headers
from specloom.runtime.retry import RetryPolicy
from tests.runtime.answering import Answers, both, client_over

WORDS = {"error_code": "BUSY", "error_msg": "come back later"}


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ({"Retry-After": "30"}, "HTTP 429: slow; the server asks to wait 30 seconds"),
        ({"Retry-After": "soon"}, "HTTP 429: slow"),
        ({}, "HTTP 429: slow"),
    ],
)
def test_an_error_says_how_long_to_wait(headers: dict[str, str], text: str) -> None:
    """Where the server does."""
    assert str(StatusError("slow", status=429, headers=Headers(headers.items()))) == text


def test_a_deadline_tells_what_the_server_said_before_it() -> None:
    """The last attempt has nothing to tell; the one before had."""
    answers: list[httpx2.Response | None] = [httpx2.Response(503, json=WORDS), None] * 2

    def answer(request: httpx2.Request) -> httpx2.Response:
        made = answers.pop(0)
        if made is None:
            raise DeadlineError("over")
        return made

    policy = RetryPolicy(max_retries=1, base=0)
    for error in both(answer, lambda client: client.jobs.list_history("j", retries=policy)):
        assert isinstance(error, DeadlineError)
        assert isinstance(error.__cause__, StatusError)
        assert str(error.__cause__) == "jobs.list_history: HTTP 503: BUSY come back later (2 attempts)"


def test_header_lines_are_listed_like_those_of_a_mapping() -> None:
    """Lines may repeat, names are there once."""
    headers = Headers([("Set-Cookie", "a"), ("X-Id", "1"), ("set-cookie", "b")])

    assert headers.keys() == ["Set-Cookie", "X-Id"]
    assert headers.values() == ["a", "1", "b"]
    assert headers.items() == [("Set-Cookie", "a"), ("X-Id", "1"), ("set-cookie", "b")]
    assert dict(headers) == {"Set-Cookie": "a", "X-Id": "1"}


def test_a_raw_answer_is_pickled_without_its_client() -> None:
    """What came is there; what it means has to be asked for before."""
    page = httpx2.Response(200, headers={"X-Request-Id": "r1"}, json={"total": 1})
    with client_over(Answers(page)) as client:
        answer = client.with_raw_response(client.jobs.list_history)("j")
        copied = pickle.loads(pickle.dumps(answer))  # noqa: S301

    assert (copied.status, copied.content, copied.request_id, copied.attempts) == (200, page.content, "r1", 1)
    assert copied.headers == answer.headers
    with pytest.raises(InvalidCallError, match="before"):
        copied.parse()
