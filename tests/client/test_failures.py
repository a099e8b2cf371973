"""A success that reports a failure inside: raised, unless the caller asks for the answer itself."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest

from huaweicloud_jobs import InnerFailureError
from huaweicloud_jobs.dataarts_catalog.models import TaskInstances
from tests.client.clients import CALLERS, Caller
from tests.client.documented import TASKS

BOTH = pytest.mark.parametrize("caller", CALLERS, ids=["sync", "async"])
ANYWHERE = "https://service.example"


def answering(**changed: Any) -> httpx2.MockTransport:
    """A network on which the catalogue answers 200 with an envelope that says something else inside.

    Args:
        changed: Members of the envelope; `body` is given as a value and sent as JSON text.
    """
    body = {"msg": "instance does not exist", "rows": [], "success": True, "total": 0} | changed.pop("body", {})
    envelope = {"status_code": 200, "body": json.dumps(body), "header_map": {}} | changed
    return httpx2.MockTransport(lambda _: httpx2.Response(200, headers={"X-Request-Id": "r1"}, json=envelope))


@BOTH
@pytest.mark.parametrize(
    ("envelope", "inner_status"),
    [
        ({"status_code": 404}, 404),
        ({"status_code": 500, "body": {"success": True}}, 500),
        ({"body": {"success": False}}, 200),
    ],
    ids=["inner status", "inner status over success", "no success"],
)
def test_an_inner_failure_is_raised(caller: Caller, envelope: dict[str, Any], inner_status: int) -> None:
    """An inner status from 400 on, or `success: false` two levels deep: HTTP says 200, the class says which it is."""
    with pytest.raises(InnerFailureError) as caught:
        caller(ANYWHERE, TASKS, answering(**envelope))

    error = caught.value
    assert (error.status, error.inner_status, error.request_id) == (200, inner_status, "r1")
    assert error.message == "instance does not exist"
    assert isinstance(error.model, TaskInstances)
    assert json.loads(error.body)["status_code"] == inner_status


@BOTH
@pytest.mark.parametrize("envelope", [{"status_code": 399}, {"status_code": None}, {"body": {"success": None}}])
def test_what_is_no_failure_is_returned(caller: Caller, envelope: dict[str, Any]) -> None:
    """Below 400 is fine, and so is an envelope that does not say."""
    assert isinstance(caller(ANYWHERE, TASKS, answering(**envelope)), TaskInstances)


@BOTH
def test_a_caller_may_have_the_answer_instead(caller: Caller) -> None:
    """`raise_failures=False` returns what came, typed."""
    got = caller(ANYWHERE, TASKS, answering(status_code=404, body={"success": False}), raise_failures=False)

    assert isinstance(got, TaskInstances)
    assert (got.status_code, got.body.success, got.body.msg) == (404, False, "instance does not exist")


@BOTH
def test_the_documented_answer_is_no_failure(caller: Caller, url: str) -> None:
    """The envelope of the example holds 200, and is returned."""
    assert caller(url, TASKS).status_code == 200


@BOTH
@pytest.mark.parametrize("content", [b'{"status_code":500,"header_map":{}}', b'{"status_code":503,"body":"<html>"}'])
def test_a_failure_need_not_look_like_a_success(caller: Caller, content: bytes) -> None:
    """It is read before the answer is."""
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, content=content))

    with pytest.raises(InnerFailureError) as caught:
        caller(ANYWHERE, TASKS, transport)

    assert caught.value.status == 200
    assert caught.value.inner_status == json.loads(content)["status_code"]
    assert caught.value.body == content


def test_the_network_is_replaced_by_the_transport() -> None:
    """The doctored answers above come from nowhere else."""
    seen: list[str] = []

    def record(request: httpx2.Request) -> httpx2.Response:
        seen.append(str(request.url))
        return answering().handle_request(request)

    CALLERS[0](ANYWHERE, TASKS, httpx2.MockTransport(record))

    assert [one.partition("?")[0] for one in seen] == [f"{ANYWHERE}/v1/p1/datamap/node/937987/instances"]
