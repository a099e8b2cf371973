"""Media types that are chosen, and such as a caller chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def sent(service: Service) -> list[tuple[str, bytes]]:
    """Media type and content of every request."""
    return [(one.headers.get("Content-Type", ""), one.content) for one in service.requests]


def test_json_goes_first_and_others_can_be_given(package: ModuleType) -> None:
    """Text as it is, a mapping as the media type has it."""
    job = package.bodies_of_any_type.models.Job(id=1)
    service = Service({"id": 2})
    with service.client(package, "BodiesOfAnyType") as client:
        answer = client.jobs.add_job(job)
        client.jobs.add_job(package.Content("application/xml", "<job/>"))
        client.jobs.add_job(package.Content("application/x-www-form-urlencoded", {"id": 1}))
        client.jobs.add_job(package.Content("application/vnd.job+json", job))

    assert answer.id == 2
    assert sent(service) == [
        ("application/json", b'{"id":1}'),
        ("application/xml", b"<job/>"),
        ("application/x-www-form-urlencoded", b"id=1"),
        ("application/vnd.job+json", b'{"id":1}'),
    ]


def test_any_type_is_what_its_schema_says(package: ModuleType) -> None:
    """Nothing said is bytes."""
    service = Service("data: x", media_type="text/event-stream")
    with service.client(package, "BodiesOfAnyType") as client:
        events = client.jobs.put_job(body=package.bodies_of_any_type.models.Job(id=1))
        client.jobs.delete_jobs(body=b"raw")

    assert events == "data: x"
    assert sent(service) == [("application/json", b'{"id":1}'), ("application/octet-stream", b"raw")]


def test_null_is_a_body_where_there_must_be_one(package: ModuleType) -> None:
    """And the document takes it."""
    service = Service()
    with service.client(package, "BodiesOfAnyType") as client:
        client.jobs.set_next_job(None)

    assert sent(service) == [("application/json", b"null")]


def test_a_media_type_cannot_break_a_header(package: ModuleType) -> None:
    """What it is, is checked before anything is sent."""
    service = Service()
    with service.client(package, "BodiesOfAnyType") as client, pytest.raises(package.InvalidCallError):
        client.jobs.delete_jobs(body=package.Content("text/plain\r\nX: y", "text"))

    assert service.requests == []
