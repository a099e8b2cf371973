"""Absent and null."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_absent_is_told_from_null(package: ModuleType) -> None:
    """What was not there is not written back."""
    with Service({"name": None, "owner": None}).client(package, "NullableOfThreeZero") as client:
        job = client.jobs.get_job()

    assert (job.name, job.owner, job.state) == (None, None, None)
    assert job.model_fields_set == {"name", "owner"}
    assert job.to_json() == b'{"name":null,"owner":null}'


def test_a_required_member_may_be_null_and_not_absent(package: ModuleType) -> None:
    """Null is a value, absence is a fault of the answer: reported, and raised for who asks for it."""
    with Service({"owner": None}).client(package, "NullableOfThreeZero") as client:
        job = client.jobs.get_job()
        with pytest.raises(package.DecodeError, match="name"):
            client.jobs.get_job(strict=True)

    assert [one.pointer for one in job.problems] == ["/name"]
