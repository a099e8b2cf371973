"""Objects that stand for one of their members."""

from __future__ import annotations

import json
from typing import Annotated, Any

import pydantic
import pytest

from specloom.runtime.models import DateTime, Model, StandsFor
from tests.runtime.sample.models import JobInstance, JobStatus


class Thing(Model):
    """Members that services wrap at times."""

    status: Annotated[JobStatus, StandsFor("status")] | None = None
    statuses: list[Annotated[JobStatus, StandsFor("status")]] | None = None
    name: Annotated[str, StandsFor("value")] | None = None
    count: Annotated[int, StandsFor("value")] | None = None
    job: Annotated[JobInstance, StandsFor("job")] | None = None
    at: Annotated[DateTime, StandsFor("value")] | None = None


@pytest.mark.parametrize(
    ("payload", "value"),
    [
        ({"status": "SUCCESS"}, JobStatus.SUCCESS),
        ({"status": {"status": "SUCCESS"}}, JobStatus.SUCCESS),
        ({"status": {"more": [1], "status": "NEW", "status_": None}}, "NEW"),
        ({"statuses": ["SUCCESS", {"status": "FAILED", "more": 1}]}, [JobStatus.SUCCESS, JobStatus.FAILED]),
        ({"name": {"value": "etl", "id": 5}}, "etl"),
        ({"count": {"value": 7}}, 7),
        ({"job": {"job": {"jobName": "etl"}, "id": 5}}, JobInstance(job_name="etl")),
        ({"job": {"jobName": "etl"}}, JobInstance(job_name="etl")),
    ],
)
def test_both_forms_read_as_the_value_and_go_back_as_they_came(payload: dict[str, Any], value: object) -> None:
    """The Python value is the member; the object comes back with all that was in it."""
    thing = Thing.from_json(json.dumps(payload))

    assert getattr(thing, next(iter(payload))) == value
    assert thing.to_dict() == payload


def test_an_assigned_value_takes_the_place_of_the_object() -> None:
    """What is new has the plain form."""
    thing = Thing.from_json('{"status": {"status": "SUCCESS", "more": 1}}')
    thing.status = JobStatus.FAILED

    assert thing.to_dict() == {"status": "FAILED"}


def test_a_model_that_is_changed_in_its_object_stays_in_it() -> None:
    """The object goes back with the member as it is now."""
    thing = Thing.from_json('{"job": {"job": {"jobName": "etl"}, "id": 5}}')
    assert thing.job is not None
    thing.job.job_name = "new"

    assert thing.to_dict() == {"job": {"job": {"jobName": "new"}, "id": 5}}


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ('{"status": 5}', ("status",)),
        ('{"status": {"status": 5}}', ("status", "status")),
        ('{"status": {"other": "SUCCESS"}}', ("status",)),
        ('{"count": {"value": "7"}}', ("count", "value")),
    ],
)
def test_what_fits_neither_form_is_refused_at_its_place(text: str, location: tuple[str, ...]) -> None:
    """The place goes through the object."""
    with pytest.raises(pydantic.ValidationError) as caught:
        Thing.from_json(text)

    assert caught.value.errors()[0]["loc"] == location
