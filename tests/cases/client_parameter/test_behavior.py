"""Parameters that a client holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_a_parameter_of_the_client_goes_with_every_call(package: ModuleType) -> None:
    """Into the path, and into a header under its own name."""
    service = Service()
    with service.client(package, "ClientParameter", project_id="p 1", work_space="w1") as client:
        client.jobs.list_jobs()

    assert service.targets == ["/p%201/jobs"]
    assert service.requests[0].headers["Work-Space"] == "w1"


def test_an_optional_one_may_be_left_out_and_a_required_one_not(package: ModuleType) -> None:
    """The constructor says what is missing, before any call."""
    service = Service()
    with service.client(package, "ClientParameter", project_id="p1") as client:
        client.jobs.list_jobs()

    assert "Work-Space" not in service.requests[0].headers
    with pytest.raises(package.InvalidCallError, match="project_id"):
        service.client(package, "ClientParameter", project_id="")
