"""Whether and when a request is sent again, without sending or waiting."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import httpx2
import pytest

from specloom.runtime import errors, flow, retry
from specloom.runtime.errors import InvalidCallError, StatusError, TransportError
from specloom.runtime.messages import Headers, Request, Response, Sleep
from specloom.runtime.operation import Operation
from specloom.runtime.retry import RetryPolicy, plan_retry, retry_after
from tests.runtime.answering import both, client_over
from tests.runtime.sample import jobs

ALWAYS = (408, 429, 500, 502, 503, 504)
DATE = "Sun, 06 Nov 1994 08:49:37 GMT"


def answered(status: int, **headers: str) -> Response:
    """An answer."""
    return Response(status, Headers((name.replace("_", "-"), value) for name, value in headers.items()), b"")


def plan(outcome: Any, *, repeatable: bool = True, retries: int = 0, draw: float = 1, **policy: Any) -> float | None:
    """`plan_retry` with the most that chance can give."""
    return plan_retry(RetryPolicy(**policy), outcome, repeatable=repeatable, retries=retries, random=lambda: draw)


@pytest.mark.parametrize("status", [*range(400, 419), 429, 451, *range(500, 512)])
@pytest.mark.parametrize("repeatable", [True, False])
def test_statuses_are_retried_by_the_table(status: int, repeatable: bool) -> None:
    """429 always, the others of the table where the request may be repeated, all else never."""
    wanted = status in ALWAYS and (repeatable or status == 429)

    assert (plan(answered(status), repeatable=repeatable) is not None) == wanted


@pytest.mark.parametrize(
    ("error", "repeatable", "wanted"),
    [
        (errors.ConnectError(maybe_sent=False), False, True),
        (errors.ConnectTimeoutError(maybe_sent=False), False, True),
        (errors.PoolTimeoutError(maybe_sent=False), False, True),
        (errors.WriteTimeoutError(), False, False),
        (errors.ReadTimeoutError(), False, False),
        (TransportError(), False, False),
        (errors.WriteTimeoutError(), True, True),
        (errors.ReadTimeoutError(), True, True),
        (TransportError(), True, True),
    ],
)
def test_what_was_not_sent_is_sent_again_and_what_may_have_been_is_not(
    error: TransportError, repeatable: bool, wanted: bool
) -> None:
    """Unless it may be repeated."""
    assert (plan(error, repeatable=repeatable) is not None) == wanted


def test_waits_grow_up_to_the_cap_and_are_drawn() -> None:
    """Full jitter: from 0 to twice as much each time."""
    error = TransportError()
    limits = [plan(error, retries=n, max_retries=99, base=0.5, cap=8) for n in range(7)]

    assert limits == [0.5, 1, 2, 4, 8, 8, 8]
    assert plan(error, draw=0) == 0
    assert plan(error, draw=0.5) == 0.25
    assert plan(error, retries=5000, max_retries=9999) == 8


def test_there_are_no_more_retries_than_allowed() -> None:
    """None at all with 0."""
    assert plan(answered(503), max_retries=0) is None
    assert plan(answered(503), max_retries=2, retries=1) is not None
    assert plan(answered(503), max_retries=2, retries=2) is None


def test_a_time_that_the_server_names_goes_first() -> None:
    """Never sooner; the draw comes on top, so that clients do not come back together."""
    assert plan(answered(503, Retry_After="3"), draw=0) == 3
    assert plan(answered(503, Retry_After="3")) == 3.5
    assert plan(answered(429, Retry_After="0"), draw=0) == 0
    assert plan(answered(413, Retry_After="1"), draw=0) == 1
    assert plan(answered(503, Retry_After="61")) is None
    assert plan(answered(503, Retry_After="61"), retry_after_cap=100, draw=0) == 61


def test_a_429_without_a_time_waits_two_to_five_seconds() -> None:
    """As the service's own answers to questions advise; the base scales it, and the cap caps it."""
    assert plan(answered(429), draw=0) == 2
    assert plan(answered(429), draw=1) == 5
    assert plan(answered(429), base=0.1) == 1
    assert plan(answered(429), cap=3) == 3


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry_After": "120"}, 120),
        ({"Retry_After": " 0 "}, 0),
        ({"Retry_After": "1.5"}, 1.5),
        ({"Retry_After": "-1"}, None),
        ({"Retry_After": "soon"}, None),
        ({"Retry_After": ""}, None),
        ({"Retry_After": "١٢"}, None),
        ({"Retry_After": "nan"}, None),
        ({"Retry_After": "Sun, 99 Nov 99999999999 08:49:37 GMT"}, None),
        ({"Retry_After": "Sun, 06 Nov 1994 08:49:40 GMT", "Date": DATE}, 3),
        ({"Retry_After": "Sun Nov  6 08:49:40 1994", "Date": DATE}, 3),
        ({"Retry_After": "Sunday, 06-Nov-94 08:49:40 GMT", "Date": DATE}, 3),
        ({"Retry_After": "Sun, 06 Nov 1994 08:49:30 GMT", "Date": DATE}, 0),
        ({"Retry_After": DATE}, 0),
    ],
)
def test_retry_after_is_read_in_seconds_and_dates(headers: dict[str, str], seconds: float | None) -> None:
    """Dates by the server's own clock, in all three forms of HTTP; anything else is as if it were not there."""
    assert retry_after(answered(503, **headers).headers) == seconds


@pytest.mark.parametrize(
    "retries",
    [
        -1,
        True,
        "3",
        2.5,
        [],
        RetryPolicy(max_retries=-1),
        RetryPolicy(base=float("nan")),
        RetryPolicy(cap=float("inf")),
        RetryPolicy(statuses=frozenset({401})),
        RetryPolicy(statuses=frozenset({403, 429})),
        RetryPolicy(statuses=frozenset({200})),
    ],
)
def test_a_policy_that_is_none_is_refused(retries: Any) -> None:
    """When the client is made, and before a call sends anything; failed credentials are never sent again."""
    with pytest.raises(InvalidCallError, match="retries="):
        client_over(lambda request: httpx2.Response(202), retries=retries)
    for error in both(lambda request: httpx2.Response(202), lambda client: client.jobs.start("j", retries=retries)):
        assert isinstance(error, InvalidCallError)
        assert error.operation == "jobs.start"


@pytest.mark.parametrize(
    ("method", "declared", "repeatable"),
    [
        *((method, None, True) for method in ("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE")),
        *((method, None, False) for method in ("POST", "PATCH", "QUERY")),
        ("POST", True, True),
        ("GET", False, False),
    ],
)
def test_the_document_says_what_may_be_repeated_else_the_method(
    method: str, declared: bool | None, repeatable: bool
) -> None:
    """As RFC 9110 has it."""
    operation: Operation[Any] = Operation(id="x", name="x", method=method, path="/", idempotent=declared)

    assert retry.is_repeatable(operation) is repeatable


def steps_of(answers: list[Any], **options: Any) -> tuple[list[Any], Any]:
    """What a flow yields for a GET when it is given these answers, and what it comes to."""
    client = client_over(lambda request: httpx2.Response(200))
    run = flow.run(client._configuration, jobs.LIST_HISTORY, {"job_id": "j", "offset": 0}, options, None)
    steps = [next(run)]
    try:
        while True:
            given = None if isinstance(steps[-1], Sleep) else answers.pop(0)
            steps.append(run.throw(given) if isinstance(given, Exception) else run.send(given))
    except StopIteration as end:
        return steps, end.value
    except errors.ClientError as error:
        return steps, error


def test_a_flow_waits_between_its_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    """One request, sent three times as it is; the waits are steps, so nothing sleeps here."""
    monkeypatch.setattr(retry, "draw", lambda: 0.5)
    good = Response(200, Headers(), b'{"total": 1}')
    steps, result = steps_of([answered(503), TransportError("lost"), good], retries=2)

    assert [step.seconds if isinstance(step, Sleep) else step.method for step in steps] == [
        "GET",
        0.25,
        "GET",
        0.5,
        "GET",
    ]
    sent = [step for step in steps if isinstance(step, Request)]
    assert len({(one.method, one.url, tuple(one.headers), one.content) for one in sent}) == 1
    assert result.total == 1


def test_the_last_failure_is_raised_with_the_number_of_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    """And keeps it through pickles and copies."""
    monkeypatch.setattr(retry, "draw", lambda: 0)
    _, status = steps_of([TransportError("lost"), answered(503)], retries=1)
    _, lost = steps_of([answered(503), TransportError("lost")], retries=1)

    assert (type(status).__name__, status.attempts, type(lost), lost.attempts) == ("ServerError", 2, TransportError, 2)
    for error in (status, lost):
        assert "2 attempts" in str(error)
        for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301
            assert (str(twin), twin.attempts) == (str(error), 2)


def test_an_attempt_that_does_not_fit_the_deadline_is_not_waited_for() -> None:
    """The error of the last attempt is raised at once: it says more than that time is over."""
    steps, error = steps_of([answered(429, Retry_After="30")], deadline=5)

    assert len(steps) == 1
    assert (error.status, error.attempts) == (429, 1)


KINDS = ("authentication", "conflict", "invalid", "not_found", "permission", "quota", "throttled")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "invalid"),
        (401, "authentication"),
        (403, "permission"),
        (404, "not_found"),
        (409, "conflict"),
        (410, "not_found"),
        (422, "invalid"),
        (429, "throttled"),
        (500, None),
    ],
)
def test_a_status_says_what_it_means(status: int, kind: str | None) -> None:
    """One question for each meaning."""
    error = StatusError("x", status=status)

    assert [name for name in KINDS if getattr(error, f"is_{name}")] == ([kind] if kind else [])


def test_a_code_says_more_than_a_status(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the API lists codes by meaning: DLF.0137 is a 400, and means that there is no such thing."""

    def call(code: str) -> list[Any]:
        def handler(request: httpx2.Request) -> httpx2.Response:
            return httpx2.Response(400, json={"error_code": code, "error_msg": "x"})

        return both(handler, list_history)

    def list_history(client: Any) -> Any:
        service = client._configuration.service
        values = {name: getattr(service, name) for name in service.__match_args__}
        client._configuration.service = type(service)(**{**values, "kinds": {"not_found": ("DLF.0100", "DLF.0137")}})
        return client.jobs.list_history("j")

    for error in call("DLF.0137"):
        assert error.is_not_found
        assert not error.is_invalid
    for error in call("DLF.0101"):
        assert not error.is_not_found
        assert error.is_invalid
