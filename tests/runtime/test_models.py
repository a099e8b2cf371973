"""Models: strict, tolerant of what services add, and faithful to what they sent."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pydantic
import pytest
from hypothesis import given

from specloom.runtime.models import Model, wire_names
from tests.runtime.sample.models import JobHistory, JobInstance, JobStatus, NewJob
from tests.runtime.strategies import HISTORIES


@given(HISTORIES)
def test_what_was_read_and_not_touched_is_written_back_equal_as_json(payload: dict[str, Any]) -> None:
    """Unknown members, nulls, absent members, number forms, times, unknown statuses: all come back."""
    model = JobHistory.from_json(json.dumps(payload))

    assert json.loads(model.to_json()) == payload
    assert model.to_dict() == payload
    assert typed(json.loads(model.to_json())) == typed(payload)


@given(HISTORIES)
def test_copies_and_pickles_write_the_same(payload: dict[str, Any]) -> None:
    """A copy, a deep copy and what comes out of a pickle are as untouched as their original."""
    model = JobHistory.from_json(json.dumps(payload))
    pickled = pickle.loads(pickle.dumps(model))  # noqa: S301
    others = [
        copy.copy(model),
        copy.deepcopy(model),
        pickled,
        model.model_copy(),
    ]

    assert [other.to_json() for other in others] == [model.to_json()] * 4
    assert all(other == model for other in others)


def typed(value: Any) -> Any:
    """JSON with the type beside each number: 1, 1.0 and true are three things."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    return (type(value).__name__, value)


def test_a_model_is_built_by_python_names_and_written_by_wire_names() -> None:
    """What was not given is not written; what was given as None is null."""
    assert NewJob(job_name="etl", owner=None).to_json() == b'{"jobName":"etl","owner":null}'


def test_decoding_takes_wire_names_only() -> None:
    """A member called like a Python name is an unknown member, and stays one."""
    model = JobInstance.from_json('{"jobName": "etl", "job_name": 7, "class_": []}')

    assert model.job_name == "etl"
    assert model.class_ is None
    assert model.model_extra == {"job_name": 7, "class_": []}
    with pytest.raises(pydantic.ValidationError) as caught:
        JobInstance.from_json('{"job_name": "etl"}')
    assert caught.value.errors()[0]["loc"] == ("jobName",)


def test_absent_is_told_from_null() -> None:
    """Both read as None; the set of fields that came tells them apart."""
    absent = JobInstance.from_json('{"jobName": "etl"}')
    null = JobInstance.from_json('{"jobName": "etl", "instanceId": null}')

    assert (absent.instance_id, null.instance_id) == (None, None)
    assert null.model_fields_set - absent.model_fields_set == {"instance_id"}


@pytest.mark.parametrize(
    "member",
    [
        '"instanceId": "12"',
        '"instanceId": 12.5',
        '"instanceId": 1.0',
        '"instanceId": true',
        '"execute_time": "0.3"',
        '"execute_time": true',
        '"execute_time": NaN',
        '"execute_time": 1e999',
        '"forced": "false"',
        '"forced": 0',
        '"forced": null',
        '"jobName": 5',
        '"status": 5',
        '"status": {"other": "SUCCESS"}',
        '"statuses": "SUCCESS"',
        '"statuses": {"0": "SUCCESS"}',
        '"started": 1704934907000',
        '"started": "2023-05-27"',
        '"started": "yesterday"',
        '"day": "2023-05-27T00:00:00Z"',
        '"day": 19000',
        '"key": "not one"',
    ],
)
def test_a_value_of_another_kind_is_refused(member: str) -> None:
    """`"12"` is never 12, `"false"` never true, `true` never 1, 12.5 never 12."""
    with pytest.raises(pydantic.ValidationError):
        JobInstance.from_json("{" + ", ".join(['"jobName": "etl"', member]) + "}")


def test_numbers_keep_their_kind() -> None:
    """A number is an int where it is written as one, and a float where it is not; 0.3 is never 0."""
    values = [
        JobInstance.from_json(f'{{"jobName": "etl", "execute_time": {text}}}').execute_time
        for text in ("1", "1.0", "0.3", str(2**80))
    ]

    assert [(type(value), value) for value in values] == [(int, 1), (float, 1.0), (float, 0.3), (int, 2**80)]


def test_assignment_is_checked_too() -> None:
    """A field takes what its type allows: a status as text, never a number as text."""
    model = JobInstance(job_name="etl")
    model.status = "SUCCESS"  # type: ignore[assignment]

    assert model.status is JobStatus.SUCCESS
    with pytest.raises(pydantic.ValidationError):
        model.instance_id = "12"  # type: ignore[assignment]


def test_wrong_values_put_into_a_list_are_not_written() -> None:
    """What slipped past every check is found when the model is written."""
    model = JobHistory(jobs=[])
    assert model.jobs is not None
    model.jobs.append("etl")  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="Expected"):
        model.to_json()


class Person(Model):
    """A member whose field is called otherwise than on the wire, and another person."""

    model_config = wire_names({"user_id": "userId"}, nullable=("user_id",))

    user_id: str | None = None
    friend: Person | None = None


@pytest.mark.parametrize(
    "content",
    [
        '{"user_id":7}',
        '{"userId":"a","user_id":7}',
        '{"userId":null}',
        '{"friend":{"user_id":7,"friend":{"userId":"b","user_id":null}}}',
        '{"friend":3,"user_id":7}',
    ],
)
def test_a_member_called_like_the_field_of_another_is_only_itself(content: str) -> None:
    """Pydantic counts the field as set, which would be written as null."""
    read = Person.from_json(content, strict=False)

    assert json.loads(read.to_json()) == json.loads(content)
    assert read.to_dict() == json.loads(content)
