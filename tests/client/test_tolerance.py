"""No answer is lost: whatever one node of a documented answer turns into, the call returns it and says what is wrong.

What breaks a schema is told by an implementation of JSON Schema that reads the documents themselves, so that neither
the generator's reading of them nor the runtime's is believed.
"""

from __future__ import annotations

import copy
import json
import pickle
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaweicloud_jobs import DecodeError, Problem, problems_of
from huaweicloud_jobs.dataarts_factory.models import NodeStatus
from specloom.document import read_document
from specloom.lint.dialect import Direction
from specloom.lint.examples import Use, example_uses
from specloom.lint.fit import Fit
from specloom.lint.survey import survey_documents
from tests.client.clients import CALLERS, Caller, call
from tests.client.documented import HISTORY, INSTANCE, TASKS
from tests.client.mutations import changed, mutations, paths, pointer
from tests.conftest import REPOSITORY
from tests.runtime.strategies import JSON_VALUES

FIXTURES = REPOSITORY / "generated" / "huaweicloud-jobs" / "tests" / "fixtures"
ANYWHERE = "https://service.example"
ANSWERS = {
    HISTORY: "lakeformation/jobs/list_history_200_one_successful_run.json",
    INSTANCE: "dataarts_factory/jobs/get_instance_200_failed_instance.json",
    TASKS: "dataarts_catalog/tasks/list_instances_200_running_task.json",
}
BOTH = pytest.mark.parametrize("caller", CALLERS, ids=["sync", "async"])
READS = pytest.mark.parametrize("operation", list(ANSWERS))


def answer(operation: str) -> Any:
    """The documented answer of an operation."""
    return json.loads((FIXTURES / ANSWERS[operation]).read_text())


@cache
def oracle(operation: str) -> tuple[Fit, Use]:
    """JSON Schema's view of an operation's answer."""
    document, _, _ = read_document(REPOSITORY / "spec" / Path(ANSWERS[operation]).parts[0] / "openapi.yaml")
    assert document is not None
    shown = answer(operation)
    uses = [use for use in example_uses(survey_documents([document])) if use.direction is Direction.RESPONSE]
    use = next(use for use in uses if use.value.value == shown)
    return Fit([(use.schema, use.direction)]), use


def breaks_schema(operation: str, value: Any) -> bool:
    """Whether JSON Schema refuses an answer."""
    fit, use = oracle(operation)
    return bool(fit.misfits(value, use.schema, use.direction))


def sending(content: bytes | str) -> httpx2.MockTransport:
    """A network that answers everything with 200 and this content."""
    return httpx2.MockTransport(lambda _: httpx2.Response(200, headers={"X-Request-Id": "r1"}, content=content))


def got(operation: str, value: Any, **options: Any) -> Any:
    """What a call returns for an answer, inner failures and all."""
    return call(ANYWHERE, operation, sending(json.dumps(value)), raise_failures=False, **options)


def same(value: Any) -> str:
    """JSON that is equal for equal documents alone: `true` is not 1, and 1.0 is not 1."""
    return json.dumps(value, sort_keys=True)


@BOTH
@READS
def test_a_documented_answer_has_no_problems(caller: Caller, operation: str) -> None:
    """Strictness takes it as it is."""
    result = caller(ANYWHERE, operation, sending(json.dumps(answer(operation))), strict=True)

    assert result.problems == problems_of(result) == ()


@READS
def test_each_change_of_one_node_is_returned_and_told_exactly_where_it_breaks_the_schema(operation: str) -> None:
    """Never an exception, problems if and only if JSON Schema refuses it, and equal JSON goes back."""
    wrong: list[tuple[str, str, object]] = []
    for name, path, value in mutations(answer(operation)):
        result = got(operation, value)
        if bool(result.problems) != breaks_schema(operation, value):
            wrong.append((name, pointer(path), [str(one) for one in result.problems]))
        if not same(json.loads(result.to_json())) == same(result.to_dict()) == same(value):
            wrong.append((name, pointer(path), "written otherwise"))

    assert wrong == []


@READS
def test_problems_lie_at_the_change(operation: str) -> None:
    """At it or below, or at the object that lacks it, and each says what was found."""
    for name, path, value in mutations(answer(operation)):
        place = pointer(path[:-1] if name == "drop" else path)
        for problem in got(operation, value).problems:
            assert problem.pointer.startswith(place), (name, problem)
            assert "; found " in problem.message


@READS
def test_strict_calls_raise_the_same_list(operation: str) -> None:
    """And return what has no problems."""
    for _, _, value in list(mutations(answer(operation)))[::7]:
        problems = got(operation, value).problems
        if not problems:
            assert got(operation, value, strict=True).to_dict() == value
            continue
        with pytest.raises(DecodeError) as caught:
            got(operation, value, strict=True)
        assert caught.value.problems == problems
        assert (caught.value.pointer, caught.value.request_id) == (problems[0].pointer, "r1")


@READS
def test_what_has_problems_crosses_processes_and_copies(operation: str) -> None:
    """With its problems, and with what goes back."""
    for _, _, value in list(mutations(answer(operation)))[::5]:
        result = got(operation, value)
        for other in (pickle.loads(pickle.dumps(result)), copy.copy(result), copy.deepcopy(result)):  # noqa: S301
            assert (other, other.problems, other.to_json()) == (result, result.problems, result.to_json())


@READS
@given(data=st.data())
def test_any_json_in_place_of_any_node_is_returned(operation: str, data: st.DataObject) -> None:
    """Whatever it is, as it is or as JSON text."""
    value = answer(operation)
    put = data.draw(JSON_VALUES | JSON_VALUES.map(json.dumps))
    value = changed(value, data.draw(st.sampled_from(list(paths(value)))), lambda _: put)
    result = got(operation, value)

    assert same(json.loads(result.to_json())) == same(value)
    assert pickle.loads(pickle.dumps(result)).problems == result.problems  # noqa: S301


@BOTH
def test_a_person_sees_what_is_wrong(caller: Caller) -> None:
    """One answer with a fault of each kind."""
    value = answer(INSTANCE)
    value["endTime"] = None
    value["nodes"][0]["status"] = "asleep"
    value["nodes"][0]["planTime"] = "soon"
    del value["nodes"][1]["type"]
    result = caller(ANYWHERE, INSTANCE, sending(json.dumps(value)))

    assert {one.pointer: one.value for one in result.problems} == {
        "/endTime": None,
        "/nodes/0/status": "asleep",
        "/nodes/0/planTime": "soon",
        "/nodes/1/type": None,
    }
    assert Problem("/nodes/0/planTime", 'Input should be a valid integer; found "soon"', "soon") in result.problems
    assert [node.problems for node in result.nodes[2:]] == [()] * len(result.nodes[2:])
    assert result.nodes[0].problems[0].pointer == "/planTime"
    assert isinstance(result.nodes[0].status, NodeStatus)
    assert (result.nodes[0].plan_time, result.nodes[1].type) == ("soon", None)


def test_the_pointer_goes_through_json_text() -> None:
    """Two texts deep."""
    value = answer(TASKS)
    path = next(one for one in paths(value) if one[-1] == "dliCurrentStep")
    result = got(TASKS, changed(value, path, lambda _: 5))

    assert [one.pointer for one in result.problems] == ["/body/rows/0/runningData/dliCurrentStep"]
    assert result.body.rows[0].running_data.dli_current_step == 5
    assert result.body.rows[0].running_data.job_id == answer_of_row(value)["jobId"]


def answer_of_row(value: Any) -> Any:
    """What the documented row holds as text."""
    return json.loads(json.loads(value["body"])["rows"][0]["runningData"])


@BOTH
@pytest.mark.parametrize("content", ["", "[]", "null", '"text"', '{"jobs": [', "<html></html>", "{} {}"])
def test_what_is_no_such_answer_at_all_is_an_error(caller: Caller, content: str) -> None:
    """Truncated, another format, or another kind of JSON than an object."""
    with pytest.raises(DecodeError):
        caller(ANYWHERE, HISTORY, sending(content))


@BOTH
def test_bytes_that_are_no_text_are_replaced(caller: Caller) -> None:
    """And told, for the rest of the answer is fine."""
    for content in (b'{"jobs": [{"name": "a\xff"}]}', b'{"jobs": [{"name": "a\\ud800"}]}'):
        result = caller(ANYWHERE, HISTORY, sending(content))

        assert result.jobs[0].name[0] == "a"
        assert [one.pointer for one in result.problems] == [""]
