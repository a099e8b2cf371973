"""Null where an extension allows it, in a document of OpenAPI 3.0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_null_is_read_where_it_is_allowed(package: ModuleType) -> None:
    """In a property, a union, an `allOf`, a value of a mapping; either word is enough."""
    answer = {"a": None, "b": None, "c": None, "d": {"x": None}, "e": None}
    with Service(answer).client(package, "NullableByExtensionLater") as client:
        job = client.jobs.get_job()

    assert (job.a, job.b, job.c, job.d) == (None, None, None, {"x": None})
    assert package.problems_of(job) == ()


def test_null_is_a_fault_elsewhere(package: ModuleType) -> None:
    """The mapping itself is none."""
    with Service({"a": "", "b": "", "c": {}, "d": None}).client(package, "NullableByExtensionLater") as client:
        job = client.jobs.get_job()

    assert [one.pointer for one in package.problems_of(job)] == ["/d"]
