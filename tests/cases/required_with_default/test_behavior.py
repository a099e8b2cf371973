"""A default that is always sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_what_is_required_is_sent_and_what_is_optional_is_not(package: ModuleType) -> None:
    """A default of an optional parameter is the service's own."""
    service = Service({"total": 1})
    with service.client(package, "RequiredWithDefault") as client:
        client.jobs.list_jobs()
        client.jobs.list_jobs(offset=5, order="desc", limit=3)

    assert service.targets == ["/jobs?offset=0&order=asc", "/jobs?offset=5&order=desc&limit=3"]
