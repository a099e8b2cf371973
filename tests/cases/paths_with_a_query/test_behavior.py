"""Paths that hold more than a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_the_query_of_a_path_goes_before_what_parameters_say(package: ModuleType) -> None:
    """And values in it end nothing."""
    service = Service()
    with service.client(package, "PathsWithAQuery") as client:
        client.jobs.list_jobs("a&b", limit=5)
        client.jobs.start_jobs()

    assert [one.url.raw_path for one in service.requests] == [b"/jobs?action=list&kind=a%26b&limit=5", b"/jobs"]
