"""Answers in a kind of JSON, in bytes, and failures of a class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_a_kind_of_json_is_read_as_json(package: ModuleType) -> None:
    """It is what the call asks for."""
    service = Service({"id": "j1"}, media_type="application/vnd.job+json")
    with service.client(package, "AnswersOfOtherKinds") as client:
        job = client.jobs.get_job("j1")

    assert job.id == "j1"
    assert package.problems_of(job) == ()
    assert service.requests[0].headers["Accept"] == "application/vnd.job+json"


def test_a_fault_in_it_is_told(package: ModuleType) -> None:
    """At its place."""
    with Service({"id": 5}, media_type="application/vnd.job+json").client(package, "AnswersOfOtherKinds") as client:
        job = client.jobs.get_job("j1")

    assert [one.pointer for one in package.problems_of(job)] == ["/id"]


def test_bytes_are_bytes(package: ModuleType) -> None:
    """Whatever they say."""
    with Service("{}", media_type="application/octet-stream").client(package, "AnswersOfOtherKinds") as client:
        assert client.jobs.get_log("j1") == b"{}"


@pytest.mark.parametrize("status", [404, 418, 499])
def test_a_failure_of_a_class_has_the_model_of_the_class(package: ModuleType, status: int) -> None:
    """Whether or not the status has a name."""
    service = Service({"title": "No", "detail": "not here"}, status=status, media_type="application/problem+json")
    with service.client(package, "AnswersOfOtherKinds") as client, pytest.raises(package.StatusError) as raised:
        client.jobs.get_job("j1")

    assert (raised.value.status, type(raised.value.model).__name__) == (status, "Problem")
    assert raised.value.model.detail == "not here"


def test_a_failure_of_a_class_without_content_is_raised(package: ModuleType) -> None:
    """With its status, and no model."""
    service = Service(status=501)
    with service.client(package, "AnswersOfOtherKinds") as client, pytest.raises(package.StatusError) as raised:
        client.jobs.get_job("j1")

    assert (raised.value.status, raised.value.model) == (501, None)
