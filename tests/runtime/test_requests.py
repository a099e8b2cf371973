"""What a call sends: the whole request, to the byte."""

from __future__ import annotations

import datetime

import httpx2
import pytest

from specloom.runtime.auth import TokenCredentials
from specloom.runtime.errors import InvalidCallError
from tests.runtime.answering import Answers, both, client_over
from tests.runtime.sample.models import JobStatus, NewJob

HISTORY = httpx2.Response(200, content=b'{"total": 0}')
ACCEPTED = httpx2.Response(202)
CREATED = httpx2.Response(201, content=b'{"jobName": "etl"}')


def test_a_get_is_sent_as_declared() -> None:
    """Method, address, and each header line in its place; sync and async alike."""
    answers = Answers(HISTORY)
    moment = datetime.datetime(2024, 1, 11, 1, 1, 47, tzinfo=datetime.UTC)
    results = both(
        answers,
        lambda client: client.jobs.list_history("a/b c", status=JobStatus.SUCCESS, offset=3, start_time=moment),
        workspace="w1",
    )

    assert [result.total for result in results] == [0, 0]
    for request in answers.requests:
        assert request.method == "GET"
        assert str(request.url) == (
            "http://host/gw/v1/p1/lf-jobs/a%2Fb%20c/history?status=SUCCESS&offset=3&startTime=1704934907000"
        )
        assert request.headers.raw == [
            (b"Host", b"host"),
            (b"User-Agent", b"sample/0.1.0"),
            (b"Accept", b"application/json"),
            (b"Accept-Encoding", b"gzip, deflate"),
            (b"workspace", b"w1"),
            (b"X-Auth-Token", b"s3cret"),
        ]
        assert request.content == b""


def test_a_post_without_a_body_says_so() -> None:
    """Content-Length: 0, no Content-Type; no Accept where no success has content."""
    answers = Answers(ACCEPTED)
    both(answers, lambda client: client.jobs.start("job-1"))

    for request in answers.requests:
        assert (request.method, str(request.url)) == ("POST", "http://host/gw/v1/p1/lf-jobs/job-1/start")
        assert request.headers.raw == [
            (b"Host", b"host"),
            (b"User-Agent", b"sample/0.1.0"),
            (b"Accept-Encoding", b"gzip, deflate"),
            (b"Content-Length", b"0"),
            (b"X-Auth-Token", b"s3cret"),
        ]


def test_a_body_is_sent_with_its_type_and_length() -> None:
    """The operation needs no credentials, so none are sent."""
    answers = Answers(CREATED)
    both(answers, lambda client: client.jobs.create(NewJob(job_name="ß")))

    for request in answers.requests:
        assert request.content == '{"jobName":"ß"}'.encode()
        assert request.headers.raw == [
            (b"Host", b"host"),
            (b"User-Agent", b"sample/0.1.0"),
            (b"Accept", b"application/json"),
            (b"Accept-Encoding", b"gzip, deflate"),
            (b"Content-Type", b"application/json"),
            (b"Content-Length", b"16"),
        ]


def test_extra_headers_and_query_come_last_and_the_call_wins() -> None:
    """A line that is there already is replaced in its place; a header given so is not overwritten by credentials."""
    answers = Answers(HISTORY)
    client = client_over(answers, extra_headers={"X-A": "client", "x-language": "en"}, extra_query={"v": 1})
    client.jobs.list_history(
        "j",
        extra_headers={"x-a": "call", "user-agent": "mine", "x-auth-token": "own"},
        extra_query={"mode": "A B", "list": [1, True], "none": None},
    )

    assert answers.requests[0].url.raw_path == (b"/gw/v1/p1/lf-jobs/j/history?offset=0&v=1&mode=A%20B&list=1&list=true")
    assert answers.requests[0].headers.raw == [
        (b"Host", b"host"),
        (b"user-agent", b"mine"),
        (b"Accept", b"application/json"),
        (b"Accept-Encoding", b"gzip, deflate"),
        (b"x-a", b"call"),
        (b"x-language", b"en"),
        (b"x-auth-token", b"own"),
    ]


@pytest.mark.parametrize(
    ("options", "seconds"),
    [({}, 60.0), ({"timeout": 5}, 5), ({"timeout": None}, None)],
)
def test_the_timeout_holds_for_each_wait(options: dict[str, float | None], seconds: float | None) -> None:
    """Of the client or of the call; None waits without end."""
    answers = Answers(HISTORY)
    client_over(answers, **options).jobs.list_history("j")
    client_over(answers).jobs.list_history("j", **options)  # type: ignore[arg-type]

    expected = {"connect": seconds, "read": seconds, "write": seconds, "pool": seconds}
    assert [request.extensions["timeout"] for request in answers.requests] == [expected] * 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"job_id": ""}, "job_id: it is empty"),
        ({"job_id": None}, "job_id is required"),
        ({"job_id": ".."}, "segment"),
        ({"job_id": "j", "offset": 1001}, "offset: it takes 1000 or less, not 1001"),
        ({"job_id": "j", "offset": None}, "offset is required"),
        ({"job_id": "j", "extra_headers": {"X-A": "a\nb"}}, "header X-A"),
        ({"job_id": "j", "extra_headers": {"X A": "a"}}, "no header name"),
        ({"job_id": "j", "extra_headers": {"content-length": "5"}}, "cannot set content-length"),
        ({"job_id": "j", "extra_headers": 5}, "takes a mapping"),
        ({"job_id": "j", "extra_query": {"a": {"b": 1}}}, "extra_query"),
        ({"job_id": "j", "timeout": 0}, "timeout=0"),
        ({"job_id": "j", "timeout": True}, "timeout=True"),
        ({"job_id": "j", "retry": 5}, "there is no option 'retry'"),
    ],
)
def test_nothing_is_sent_with_a_bad_value(arguments: dict[str, object], message: str) -> None:
    """The error names the operation and the value; the server hears nothing."""
    answers = Answers(HISTORY)
    errors = both(answers, lambda client: client.jobs.list_history(**arguments))

    assert answers.requests == []
    for error in errors:
        assert isinstance(error, InvalidCallError)
        assert message in str(error)
        assert error.operation == "jobs.list_history"


def test_credentials_are_asked_for_before_anything_is_sent() -> None:
    """The message says which would do."""
    answers = Answers(HISTORY)
    error, _ = both(answers, lambda client: client.jobs.list_history("j"), credentials=None)

    assert answers.requests == []
    assert str(error) == (
        "jobs.list_history: no credentials were given: this operation needs 'token' (TokenCredentials, sent as header"
        " X-Auth-Token) or 'aksk' (credentials that sign by sdk-hmac-sha256)"
    )


def test_a_default_port_is_not_part_of_the_host() -> None:
    """Any other port is."""
    answers = Answers(HISTORY)
    for endpoint in ("http://Host:80", "https://host:443/", "http://host:8080", "http://[::1]:8080/a/"):
        client_over(answers, endpoint=endpoint, credentials=TokenCredentials("t")).jobs.list_history("j")

    assert [request.headers["Host"] for request in answers.requests] == ["Host", "host", "host:8080", "[::1]:8080"]
    assert answers.requests[3].url.raw_path.startswith(b"/a/v1/p1/")
