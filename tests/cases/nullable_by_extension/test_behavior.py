"""Null where an extension allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_null_is_read_where_it_is_allowed(package: ModuleType) -> None:
    """In a property, an element, an `allOf`, an enumeration."""
    with Service({"a": None, "b": [1, None], "c": None, "d": None}).client(package, "NullableByExtension") as client:
        job = client.jobs.get_job()

    assert (job.a, job.b, job.c, job.d) == (None, [1, None], None, None)
    assert package.problems_of(job) == ()


def test_null_is_a_fault_elsewhere(package: ModuleType) -> None:
    """`x-nullable: false` allows nothing."""
    answer = {"a": "x", "b": None, "c": {"name": "n"}, "d": "low", "e": None}
    with Service(answer).client(package, "NullableByExtension") as client:
        job = client.jobs.get_job()

    assert [one.pointer for one in package.problems_of(job)] == ["/b", "/e"]
