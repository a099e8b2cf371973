"""A success with content and others without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_a_call_returns_what_the_status_means(package: ModuleType) -> None:
    """The model, or that there is no content, with the status."""
    with Service({"id": "a"}).client(package, "SeveralSuccesses") as client:
        made = client.jobs.make_job()
    with Service(status=202).client(package, "SeveralSuccesses") as client:
        later = client.jobs.make_job()

    assert made.id == "a"
    assert isinstance(later, package.NoContent)
    assert later.status == 202
