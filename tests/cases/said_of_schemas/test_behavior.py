"""Schemas that more is said of than they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_json_is_as_if_nothing_were_said(package: ModuleType) -> None:
    """Names and wrappers of XML are for XML."""
    service = Service({"id": "j1", "tags": ["a"]})
    with service.client(package, "SaidOfSchemas") as client:
        job = client.jobs.put_job(package.said_of_schemas.models.Job(id="j1", tags=["a"]))

    assert service.requests[0].content == b'{"id":"j1","tags":["a"]}'
    assert (job.id, job.tags, package.problems_of(job)) == ("j1", ["a"], ())


def test_people_are_told_where_more_is_said(package: ModuleType) -> None:
    """In the docstring of the class."""
    assert package.said_of_schemas.models.Job.__doc__ == "About jobs: <https://docs.example/job>."
