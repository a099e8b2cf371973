"""Every documented error, raised by both clients over a real socket."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx2
import pytest

from huaweicloud_jobs import ClientError
from huaweicloud_jobs.errors import AuthenticationError, PermissionDeniedError, StatusError
from tests.client.clients import CALLERS, PATHS, Caller
from tests.client.documented import ERRORS, HISTORY, START, DocumentedError

if TYPE_CHECKING:
    from specloom.model import Api

BOTH = pytest.mark.parametrize("caller", CALLERS, ids=["sync", "async"])


def raised_by(caller: Caller, url: str, documented: DocumentedError) -> StatusError:
    """The error that a call ends with when the server answers as documented."""
    with pytest.raises(StatusError) as caught:
        caller(url, documented.operation, extra_headers={"Prefer": documented.prefer})
    return caught.value


def answered_by(url: str, documented: DocumentedError) -> httpx2.Response:
    """The same answer as it is on the wire."""
    method = "POST" if documented.operation == START else "GET"
    headers = {"X-Auth-Token": "t", "instance": "i1", "Prefer": documented.prefer}
    return httpx2.request(method, url + PATHS[documented.operation], headers=headers)


def test_the_table_of_errors_is_whole(apis: tuple[Api, ...]) -> None:
    """Each error response and each example of one in the documents stands in the table by hand, and none besides."""
    found = [
        (operation.id, response.status, name)
        for api in apis
        for operation in api.operations
        for response in operation.responses
        if not response.status.startswith("2")
        for name in [one.name for content in response.contents for one in content.examples] or [""]
    ]

    assert sorted(error.key for error in ERRORS) == sorted(found)
    assert len(found) == 25


@BOTH
@pytest.mark.parametrize("documented", [one for one in ERRORS if one.example], ids=str)
def test_an_example_of_an_error_is_raised_with_its_fields(
    caller: Caller, url: str, documented: DocumentedError
) -> None:
    """Class by status; code, message and title where the example has them, `None` where it has not."""
    error = raised_by(caller, url, documented)

    assert type(error) is documented.kind
    assert (error.status, error.code, error.message, error.title) == (
        documented.status,
        documented.code,
        documented.message,
        documented.title,
    )
    assert (error.common_error_code, error.solution_msg, error.inner_status) == (None, None, None)
    assert isinstance(error, ClientError)


@BOTH
@pytest.mark.parametrize("documented", [one for one in ERRORS if not one.example], ids=str)
def test_an_error_without_an_example_is_raised_with_what_comes(
    caller: Caller, url: str, documented: DocumentedError
) -> None:
    """A status that is only listed has the shared error as its schema, every member of which becomes a field."""
    error = raised_by(caller, url, documented)
    sent = json.loads(error.body)

    assert type(error) is documented.kind
    assert error.status == documented.status
    assert (error.code, error.message) == (sent["error_code"], sent["error_msg"])
    assert (error.common_error_code, error.solution_msg) == (sent["common_error_code"], sent["solution_msg"])
    assert None not in sent.values()


@BOTH
@pytest.mark.parametrize("documented", ERRORS, ids=str)
def test_an_error_carries_the_answer_itself(caller: Caller, url: str, documented: DocumentedError) -> None:
    """Body byte for byte, headers whatever their case, and the request id out of them."""
    error = raised_by(caller, url, documented)
    answer = answered_by(url, documented)

    assert error.body == answer.content
    assert error.text == answer.text
    assert answer.content != b""
    assert error.headers["X-REQUEST-ID"] == answer.headers["x-request-id"]
    assert error.request_id == answer.headers["x-request-id"]
    assert error.headers["content-type"] == answer.headers["content-type"] == "application/json"


@BOTH
@pytest.mark.parametrize("operation", [HISTORY, START])
def test_a_body_that_is_not_json_does_not_hide_the_error(caller: Caller, url: str, operation: str) -> None:
    """The pages print a 401 with single quotes: it is an authentication error all the same, and shows what came."""
    documented = next(one for one in ERRORS if one.key == (operation, "401", "incorrect_token_as_documented"))
    error = raised_by(caller, url, documented)

    assert type(error) is AuthenticationError
    assert (error.code, error.message, error.model) == (None, None, None)
    assert "'APIG.1002'" in error.text
    assert "'APIG.1002'" in str(error)
    with pytest.raises(ValueError, match="Expecting value"):
        json.loads(error.body)


@BOTH
def test_a_gateway_error_is_a_model_that_tells_null(caller: Caller, url: str) -> None:
    """The 403 of the gateway says everything twice and two things not at all."""
    documented = next(one for one in ERRORS if one.key == (HISTORY, "403", "invalid_token"))
    error = raised_by(caller, url, documented)

    assert isinstance(error, PermissionDeniedError)
    assert error.model.error.title == "Forbidden"
    assert error.model.error.error_code is None
    assert "error_code" in error.model.error.model_fields_set
    assert json.loads(error.model.to_json()) == json.loads(error.body)


@BOTH
def test_a_call_without_credentials_gets_the_documented_401(caller: Caller, url: str) -> None:
    """The server looks for the token header; an empty one is none."""
    with pytest.raises(AuthenticationError) as caught:
        caller(url, HISTORY, extra_headers={"X-Auth-Token": ""})

    assert caught.value.headers["x-specloom-reason"].startswith("missing credentials")


@BOTH
def test_an_error_reads_well(caller: Caller, url: str) -> None:
    """Operation, status, code, message and request id on one line, and no token."""
    documented = next(one for one in ERRORS if one.key == (HISTORY, "404", "not_found"))
    error = raised_by(caller, url, documented)

    assert str(error) == (
        "jobs.list_history: HTTP 404: common.01000001 response status exception, code: 404 "
        f"(request id {error.request_id})"
    )
