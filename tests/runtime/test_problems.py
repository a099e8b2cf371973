"""What is told of a result, and when: now, for any result, at no cost to reading."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import httpx2
import pytest

from specloom.runtime import repair
from specloom.runtime.errors import DecodeError, StatusError
from specloom.runtime.models import JsonText, Model, OpenEnum, decoder_for, wire_names
from specloom.runtime.problems import Problem, problems_of
from specloom.runtime.repair import repaired
from tests.runtime.answering import Answers, both
from tests.runtime.sample.models import JobHistory, JobInstance, JobStatus


class Part(Model):
    """A model with each kind of null."""

    model_config = wire_names({"many": "theMany"}, nullable=("may",))

    must: str | None
    may: str | None = None
    many: list[str] | None = None
    status: JobStatus | None = None


class Closed(Model):
    """A model that documents all of its members."""

    model_config = wire_names(closed=True)

    part: Part | None = None


def history(answer: httpx2.Response, **options: Any) -> list[Any]:
    """What listing the history gives, by either client."""
    return both(Answers(answer), lambda client: client.jobs.list_history("j", **options))


def pointers(value: object) -> list[str]:
    """Where the problems lie."""
    return [one.pointer for one in problems_of(value)]


def test_null_is_told_where_the_document_does_not_allow_it() -> None:
    """Not for a nullable member, optional or required; absence is none."""
    part = Part.from_json('{"must":null,"may":null,"theMany":null,"status":null}')

    assert part.problems == (
        Problem("/theMany", "Input should be a valid array; found null"),
        Problem("/status", "Input should be 'CREATED', 'SUCCESS' or 'FAILED'; found null"),
    )
    assert Part.from_json('{"must":"x"}').problems == ()
    assert Part(must="x", many=None).problems[0].pointer == "/theMany"


def test_a_member_that_a_closed_object_does_not_name_is_told() -> None:
    """In an open one it is as documented."""
    closed = Closed.from_json('{"more":[1],"part":{"must":"x","more":[1]}}')

    assert closed.problems == (Problem("/more", "No such member is documented; found [1]", [1]),)
    assert json.loads(closed.to_json()) == {"more": [1], "part": {"must": "x", "more": [1]}}


def test_problems_of_a_part_begin_at_it() -> None:
    """The same faults, seen from further in."""
    content = b'{"jobs": [{"jobName": "a"}, {"jobName": 1, "status": {"status": "ODD"}}]}'
    page = repaired(JobHistory, content)

    assert pointers(page) == ["/jobs/1/jobName", "/jobs/1/status/status"]
    assert pointers(page.jobs) == ["/1/jobName", "/1/status/status"]
    assert pointers(page.jobs[1]) == ["/jobName", "/status/status"]
    assert pointers(page.jobs[0]) == []


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        (list[JobInstance], b'[{"jobName": "a"}, 5, {}]', ["/1", "/2/jobName"]),
        (list[int], b'[1, "2"]', ["/1"]),
        (dict[str, list[int]], b'{"a": [true]}', ["/a/0"]),
        (JsonText[list[int]], b'"[null]"', ["/0"]),
        (list[JobStatus], b'["SUCCESS", "ODD"]', ["/1"]),
        (JobStatus, b'"ODD"', [""]),
        (JobStatus, b'"SUCCESS"', []),
        (str, b'"x"', []),
    ],
)
def test_results_of_any_type_have_problems(kind: Any, content: bytes, expected: list[str]) -> None:
    """Lists, mappings and single values too, also after copying and pickling."""
    try:
        result = decoder_for(kind)(content)
    except ValueError:
        result = repaired(kind, content)

    assert pointers(result) == expected
    assert pointers(pickle.loads(pickle.dumps(result))) == expected  # noqa: S301
    assert pointers(copy.deepcopy(result)) == expected


def test_a_field_that_is_given_a_fitting_value_is_no_problem_any_more() -> None:
    """Problems describe what is there now."""
    page = repaired(JobHistory, b'{"total": "1", "jobs": [{}, {"jobName": "b", "status": "ODD"}]}')
    assert pointers(page) == ["/total", "/jobs/0/jobName", "/jobs/1/status"]
    page.total = 1
    page.jobs[0].job_name = "a"
    page.jobs[1].status = JobStatus.SUCCESS

    assert page.problems == ()
    assert json.loads(page.to_json()) == {
        "total": 1,
        "jobs": [{"jobName": "a"}, {"jobName": "b", "status": "SUCCESS"}],
    }


def test_a_part_with_faults_goes_out_in_another_model_as_it_came() -> None:
    """A job that was read is written within one that a program made."""
    job = repaired(JobHistory, b'{"jobs": [{"jobName": 5, "status": [1], "forced": 1}]}').jobs[0]
    page = JobHistory(total=1)
    page.jobs = [job]

    assert json.loads(page.to_json()) == page.to_dict() == {"total": 1, "jobs": [job.to_dict()]}
    assert job.to_dict() == {"jobName": 5, "status": [1], "forced": 1}


def test_a_model_that_a_program_filled_wrongly_is_still_refused() -> None:
    """Only what was read so is written so."""
    job = JobInstance(job_name="a")
    job.instance_id = 5
    job.__dict__["instance_id"] = "5"

    with pytest.raises(ValueError, match="xpected"):
        job.to_json()
    with pytest.raises(ValueError, match="xpected"):
        job.to_dict()


def test_strict_calls_and_clients_raise_what_others_return() -> None:
    """The call goes before the client; the error crosses processes with its list."""
    answer = httpx2.Response(200, json={"total": "1", "jobs": [{"jobName": "a", "instanceId": None}]})
    for result in history(answer):
        expected = result.problems
        assert [one.pointer for one in expected] == ["/total", "/jobs/0/instanceId"]
    strict = both(Answers(answer), lambda client: client.jobs.list_history("j"), strict=True)
    for error in [*history(answer, strict=True), *strict]:
        assert isinstance(error, DecodeError)
        assert error.problems == expected
        assert pickle.loads(pickle.dumps(error)).problems == expected  # noqa: S301
        assert 'at /total: Input should be a valid integer; found "1" (and 1 more)' in str(error)
    for result in both(Answers(answer), lambda client: client.jobs.list_history("j", strict=False), strict=True):
        assert isinstance(result, JobHistory)


def test_an_inner_failure_goes_before_strictness() -> None:
    """What the service says of the failure is worth more than that it says it oddly."""
    answer = httpx2.Response(200, json={"status_code": 500, "body": 5})
    for error in both(Answers(answer), lambda client: client.jobs.list_rows(strict=True)):
        assert isinstance(error, StatusError)
        assert error.model.problems[0].pointer == "/body"


def test_reading_what_fits_repairs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does it look for problems: nothing is paid before somebody asks."""
    monkeypatch.setattr(repair, "repaired", None)
    monkeypatch.setattr("specloom.runtime.decoding.problems_of", None)
    answer = httpx2.Response(200, json={"total": 1, "jobs": [{"jobName": "a", "status": "ODD", "instanceId": None}]})

    assert [type(result) for result in history(answer)] == [JobHistory, JobHistory]


def test_problems_are_frozen_values_that_read_well() -> None:
    """For logs and for comparing."""
    problem = Problem("/a", "wrong; found 1", 1)

    assert str(problem) == "/a: wrong; found 1"
    assert str(Problem("", "wrong")) == "(whole body): wrong"
    assert pickle.loads(pickle.dumps(problem)) == problem  # noqa: S301
    with pytest.raises(AttributeError):
        problem.pointer = "/b"  # type: ignore[misc]


def test_long_values_are_cut_in_words_only() -> None:
    """The value itself is whole."""
    (problem,) = repaired(JobHistory, json.dumps({"total": "x" * 1000})).problems

    assert len(problem.message) < 200
    assert problem.value == "x" * 1000


def test_an_enumeration_that_nobody_asks_about_stays_open() -> None:
    """An unlisted value is still of its class."""
    assert issubclass(JobStatus, OpenEnum)
    assert pointers(JobInstance(job_name="a", status=JobStatus("ODD"))) == ["/status"]
