"""What a call returns or raises for each kind of answer."""

from __future__ import annotations

import copy
import gzip
import json
import pickle
import zlib
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from specloom.runtime.decoding import success_for
from specloom.runtime.errors import ClientError, DecodeError, StatusError
from specloom.runtime.messages import NoContent
from specloom.runtime.operation import Operation, Response
from tests.runtime.answering import Answers, both
from tests.runtime.sample import errors, models

if TYPE_CHECKING:
    from collections.abc import Callable

JSON = Response("json", lambda: models.JobHistory)
TEXT = Response("text")


def declared(**responses: Response) -> Operation[Any]:
    """An operation that documents these responses."""
    return Operation(
        id="o", name="o", method="GET", path="/", responses={k.lstrip("_"): v for k, v in responses.items()}
    )


@pytest.mark.parametrize(
    ("operation", "status", "expected"),
    [
        (declared(_200=JSON, _2XX=TEXT), 200, JSON),
        (declared(_200=JSON, _2XX=TEXT), 202, TEXT),
        (declared(_200=JSON, default=TEXT), 201, JSON),
        (declared(_201=TEXT, _200=JSON), 299, JSON),
        (declared(default=TEXT), 200, TEXT),
        (declared(_400=JSON, default=TEXT), 204, TEXT),
        (declared(_400=JSON), 200, Response()),
        (declared(_302=Response(), default=TEXT), 302, Response()),
        (declared(_302=Response(), default=TEXT), 301, None),
        (declared(_3XX=TEXT), 304, TEXT),
        (declared(_302=TEXT, _400=JSON), 200, TEXT),
        (declared(_200=JSON, _302=TEXT), 302, None),
        (declared(_200=JSON, _3XX=TEXT), 304, None),
        (declared(_400=JSON, default=TEXT), 400, None),
        (declared(default=TEXT), 500, None),
        (declared(default=TEXT), 101, None),
    ],
)
def test_the_success_rule(operation: Operation[Any], status: int, expected: Response | None) -> None:
    """Exact status, then range, then what the first documented success means; all else is a failure.

    A redirect is a success where it is the only one that is documented.
    """
    assert success_for(operation, status) == expected


def history(answer: httpx2.Response, **options: Any) -> Any:
    """What listing the history gives for an answer; the same for both kinds of client."""
    first, second = both(Answers(answer), lambda client: client.jobs.list_history("j", **options))
    assert type(first) is type(second)
    assert str(first) == str(second)
    return first


def test_a_success_is_a_model() -> None:
    """Also under another 2xx, with a byte order mark, or under another content type."""
    body = b'\xef\xbb\xbf{"total": 1, "jobs": [{"jobName": "etl", "status": {"status": "SUCCESS"}}]}'
    page = history(httpx2.Response(206, content=body, headers={"Content-Type": "text/plain"}))

    assert page == models.JobHistory.from_json(body[3:])
    assert page.jobs[0].status is not None
    assert page.jobs[0].status == "SUCCESS"


def test_a_response_without_content_has_status_request_id_and_headers() -> None:
    """Under any 2xx, whatever its body."""
    for status in (202, 200, 204):
        answer = httpx2.Response(status, headers={"x-request-id": "r1"}, content=b"" if status == 204 else b"x")
        for result in both(Answers(answer), lambda client: client.jobs.start("j")):
            assert isinstance(result, NoContent)
            assert (result.status, result.request_id, result.headers["X-Request-Id"]) == (status, "r1", "r1")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "GZIP", "deflate, gzip", "identity"])
def test_compressed_content_is_decompressed(encoding: str) -> None:
    """What Accept-Encoding promises, raw deflate included."""
    content = b'{"total": 7}'
    compressors: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress}
    for name in encoding.lower().split(", "):
        content = compressors.get(name, bytes)(content)
    answer = httpx2.Response(200, stream=httpx2.ByteStream(content), headers={"Content-Encoding": encoding})

    assert history(answer).total == 7


@pytest.mark.parametrize(
    ("content", "pointer", "words"),
    [
        (b"", "", "nothing came"),
        (b"  ", "", "nothing came"),
        (b'{"total": 1', "", "JSON was expected"),
        (b"<html>busy</html>", "", "<html>busy</html>"),
        (b"[]", "", "object"),
        (b'"text"', "", "object"),
        (b"null", "", "object"),
        (b'{"total": "1"}', "/total", "valid integer"),
        (b'{"jobs": [{"jobName": "a"}, {}]}', "/jobs/1/jobName", "required"),
        (b'{"jobs": [{"jobName": "a", "execute_time": "1"}]}', "/jobs/0/execute_time", "valid integer"),
        (b'{"jobs": [{"jobName": "a", "status": {"status": 1}}]}', "/jobs/0/status/status", "CREATED"),
        (b'{"jobs": [{"jobName": "a", "started": 5}]}', "/jobs/0/started", "ISO 8601"),
        (b"[" * 100_000, "", "JSON was expected"),
        (b"\xff\xfe", "", "JSON was expected"),
    ],
)
def test_a_success_that_does_not_fit_says_where(content: bytes, pointer: str, words: str) -> None:
    """Asked to be strict: an error with JSON pointer, status, request id and first bytes; never an empty model."""
    error = history(httpx2.Response(200, content=content, headers={"X-Request-Id": "r1"}), strict=True)

    assert isinstance(error, DecodeError)
    assert (error.pointer, error.status, error.request_id, error.operation) == (pointer, 200, "r1", "jobs.list_history")
    assert words in str(error)
    assert error.body == content
    assert error.first_bytes == content[:200]
    assert "jobs.list_history: HTTP 200" in str(error)
    assert "(request id r1)" in str(error)


def test_the_pointer_goes_through_json_text() -> None:
    """Three levels deep."""
    running = json.dumps({"currentStep": 1})
    body = json.dumps({"rows": [{"rowId": 1}, {"rowId": 2, "runningData": running}]})
    answer = httpx2.Response(200, json={"body": body})
    for error in both(Answers(answer), lambda client: client.jobs.list_rows(strict=True)):
        assert isinstance(error, DecodeError)
        assert error.pointer == "/body/rows/1/runningData/currentStep"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, errors.RedirectError),
        (400, errors.BadRequestError),
        (404, errors.NotFoundError),
        (418, errors.ClientStatusError),
        (500, errors.ServerError),
        (503, errors.ServerError),
        (600, errors.StatusError),
    ],
)
@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"{'error_code': 'APIG.1002'}", b"[1]", b"null", b"\xff", b'{"a":']
)
def test_a_status_raises_its_class_whatever_the_body(status: int, kind: type[StatusError], content: bytes) -> None:
    """Exact status, then range, then the default class."""
    error = history(httpx2.Response(status, content=content, headers={"X-Request-Id": "r1"}))

    assert type(error) is kind
    assert (error.status, error.code, error.request_id, error.body) == (status, None, "r1", content)
    assert error.text == content.decode("utf-8", "replace")
    assert f"jobs.list_history: HTTP {status}" in str(error)


def test_the_fields_of_an_error_come_from_where_they_are_declared() -> None:
    """The first source that is there and not null, as text; fields beyond the common ones are attributes too."""
    body = {"error": {"code": 403, "message": "bad token", "title": "Forbidden", "error_msg": None}, "error_code": None}
    error = history(httpx2.Response(403, json={**body, "solution_msg": "Get a new one.", "request_id": "inner"}))

    assert isinstance(error, errors.StatusError)
    assert (error.code, error.message, error.title, error.request_id) == ("403", "bad token", "Forbidden", "inner")
    assert (error.common_error_code, error.solution_msg) == (None, "Get a new one.")
    assert error.details == {"common_error_code": None, "solution_msg": "Get a new one."}
    assert str(error) == "jobs.list_history: HTTP 403: 403 bad token (request id inner)"


def test_a_documented_error_model_is_there_where_the_body_fits() -> None:
    """And None where it does not."""
    fits = history(httpx2.Response(400, json={"error_code": "X.1", "more": 1}))
    other = history(httpx2.Response(400, json={"error_code": 5}))
    undocumented = history(httpx2.Response(404, json={"error_code": "X.1"}))

    assert fits.model == models.ServiceError.from_json('{"error_code": "X.1", "more": 1}')
    assert (other.model, other.code) == (None, "5")
    assert undocumented.model is None


@pytest.mark.parametrize(
    ("payload", "status", "message"),
    [
        ({"status_code": 500, "body": '{"rows": [], "msg": "broken"}'}, 500, "broken"),
        ({"status_code": 200, "body": '{"rows": [], "success": false, "msg": null}'}, 200, None),
        ({"body": '{"rows": [], "success": false}'}, None, None),
    ],
)
def test_a_failure_inside_a_success_is_raised_unless_the_caller_opts_out(
    payload: dict[str, Any], status: int | None, message: str | None
) -> None:
    """Pointers go through JSON text; the model is there either way."""
    answers = Answers(httpx2.Response(200, json=payload, headers={"X-Request-Id": "r1"}))
    wanted = models.Envelope.from_json(json.dumps(payload))
    for error in both(answers, lambda client: client.jobs.list_rows()):
        assert type(error) is errors.InnerFailureError
        assert (error.status, error.inner_status, error.message, error.request_id) == (200, status, message, "r1")
        assert error.model == wanted
    for result in both(answers, lambda client: client.jobs.list_rows(raise_failures=False)):
        assert result == wanted
    assert both(answers, lambda client: client.jobs.list_rows(), raise_failures=False) == [wanted, wanted]


@pytest.mark.parametrize(
    "payload", [{"status_code": 200, "body": '{"rows": [], "success": true}'}, {"status_code": None}]
)
def test_a_success_inside_is_returned(payload: dict[str, Any]) -> None:
    """Also where the telling members are absent or null."""
    for result in both(Answers(httpx2.Response(200, json=payload)), lambda client: client.jobs.list_rows()):
        assert isinstance(result, models.Envelope)


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(404, json={"error_code": "X.1", "error_msg": "no", "solution_msg": "try"}),
        httpx2.Response(400, json={"error_code": "X.1"}),
        httpx2.Response(200, content=b'{"total": "1"}'),
    ],
)
def test_errors_are_pickled_and_copied_whole(answer: httpx2.Response) -> None:
    """They cross processes with all they know."""
    error = history(answer, strict=True)
    assert isinstance(error, ClientError)
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert type(other) is type(error)
        assert str(other) == str(error)
        assert vars(other) == vars(error)
