"""What was read and not touched goes back as it came, whatever the service adds or leaves out."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest

from huaweicloud_jobs import DecodeError
from huaweicloud_jobs.dataarts_factory.models import NodeStatus
from huaweicloud_jobs.lakeformation.models import JobHistory, JobStatus
from tests.client.clients import CALLERS, PATHS, Caller, call
from tests.client.documented import HISTORY, INSTANCE, TASKS

BOTH = pytest.mark.parametrize("caller", CALLERS, ids=["sync", "async"])
READS = pytest.mark.parametrize("operation", [HISTORY, INSTANCE, TASKS])
ANYWHERE = "https://service.example"


def served(url: str, operation: str) -> Any:
    """What the server sends, as plain JSON."""
    return httpx2.get(url + PATHS[operation], headers={"X-Auth-Token": "t", "instance": "i1"}).json()


def answering(content: str) -> httpx2.MockTransport:
    """A network that answers everything with one JSON text."""
    return httpx2.MockTransport(
        lambda _: httpx2.Response(200, headers={"Content-Type": "application/json"}, content=content)
    )


def history_of(content: str) -> JobHistory:
    """A history as a service might send it."""
    history: JobHistory = call(ANYWHERE, HISTORY, answering(content))
    return history


@BOTH
@READS
def test_each_answer_is_written_back_equal(caller: Caller, url: str, operation: str) -> None:
    """Decoding and encoding change nothing in the JSON document, down to the kind of each number."""
    sent = served(url, operation)
    written = json.loads(caller(url, operation).to_json())

    assert json.dumps(written, sort_keys=True) == json.dumps(sent, sort_keys=True)


@BOTH
def test_json_in_text_is_written_back_byte_for_byte(caller: Caller, url: str) -> None:
    """The layout inside the text is the service's own, on both levels of it."""
    sent = served(url, TASKS)["body"]
    written = json.loads(caller(url, TASKS).to_json())["body"]

    assert written == sent
    assert '\n\t "rows":[\n' in written
    assert json.loads(written)["rows"][0]["runningData"] == json.loads(sent)["rows"][0]["runningData"]


def test_a_change_two_texts_deep_is_written_and_nothing_else_changes(url: str) -> None:
    """The texts around the change are written anew, with the same values in them; its neighbour keeps its text."""
    got = call(url, TASKS)
    got.body.rows[0].running_data.dli_current_step = "2"
    sent, written = served(url, TASKS), json.loads(got.to_json())
    row, changed = json.loads(sent["body"])["rows"][0], json.loads(written["body"])["rows"][0]

    assert written["header_map"] == sent["header_map"]
    assert json.loads(changed.pop("runningData")) == json.loads(row.pop("runningData")) | {"dliCurrentStep": "2"}
    assert changed == row


@BOTH
def test_times_and_the_object_around_a_status_are_written_back(caller: Caller, url: str) -> None:
    """`...743Z` gains no digits and the status keeps the object that the example puts around it."""
    (job,) = json.loads(caller(url, HISTORY).to_json())["jobs"]

    assert job["create_time"] == "2023-05-27T10:04:35.743Z"
    assert job["status"] == {"status": "SUCCESS"}


@pytest.mark.parametrize("status", ['"RUNNING"', '{"status":"RUNNING"}', '{"status":"RUNNING","since":[1]}'])
def test_a_status_means_the_same_in_either_form(status: str) -> None:
    """Bare or in an object, with whatever else the object holds."""
    history = history_of(f'{{"jobs":[{{"status":{status}}}]}}')

    assert history.jobs[0].status == JobStatus.RUNNING
    assert isinstance(history.jobs[0].status, JobStatus)
    assert json.loads(history.to_json())["jobs"][0]["status"] == json.loads(status)


@pytest.mark.parametrize(
    ("job", "fields", "end_time", "problems"),
    [
        ("{}", set(), None, []),
        ('{"end_time":null}', {"end_time"}, None, ["/jobs/0/end_time"]),
        ('{"end_time":"never"}', {"end_time"}, "never", ["/jobs/0/end_time"]),
    ],
    ids=["absent", "null", "wrong"],
)
def test_absent_is_told_from_null(job: str, fields: set[str], end_time: str | None, problems: list[str]) -> None:
    """Both read as `None` and go back as they came; null is told, for the page has none, as is what is no time."""
    content = f'{{"jobs":[{job}]}}'
    history = history_of(content)

    assert history.jobs[0].end_time == end_time
    assert [one.pointer for one in history.problems] == problems
    assert history.jobs[0].model_fields_set == fields
    assert history.to_json().decode() == content


def test_unknown_members_are_kept_at_every_level() -> None:
    """What a later version of the service adds is readable and goes back."""
    content = '{"jobs":[{"id":"1","cost":{"amount":1.50,"of":[null]}}],"next":"abc"}'
    history = history_of(content)

    assert history.model_extra == {"next": "abc"}
    assert history.jobs[0].model_extra == {"cost": {"amount": 1.5, "of": [None]}}
    assert json.loads(history.to_json()) == json.loads(content)


def test_an_unknown_value_of_an_enumeration_is_kept() -> None:
    """It equals its text, says that it is unknown, and goes back."""
    history = history_of('{"jobs":[{"status":"ASLEEP","type":"METADATA_DISCOVERY"}]}')
    status = history.jobs[0].status

    assert status == "ASLEEP"
    assert status not in list(JobStatus)
    assert json.loads(history.to_json())["jobs"][0]["status"] == "ASLEEP"
    assert NodeStatus("sleeping") == "sleeping"


@BOTH
@pytest.mark.parametrize("total", ['"12"', "1.5", "true"])
def test_another_type_is_not_taken_for_a_number(caller: Caller, total: str) -> None:
    """`"12"` is not 12: the error of a strict call names the member and holds what came."""
    with pytest.raises(DecodeError) as caught:
        caller(ANYWHERE, HISTORY, answering(f'{{"total":{total},"jobs":[]}}'), strict=True)

    assert (caught.value.status, caught.value.pointer) == (200, "/total")
    assert total.encode() in caught.value.body


def test_a_fault_inside_json_text_is_placed(url: str) -> None:
    """The pointer goes on through the text."""
    sent = served(url, TASKS)
    sent["body"] = sent["body"].replace('"total":1\n', '"total":"1"\n')
    with pytest.raises(DecodeError) as caught:
        call(ANYWHERE, TASKS, answering(json.dumps(sent)), strict=True)

    assert caught.value.pointer == "/body/total"
