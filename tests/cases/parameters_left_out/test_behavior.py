"""Parameters that are sent, and such as are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_what_can_be_sent_is_sent(package: ModuleType) -> None:
    """As the text that it is."""
    service = Service()
    with service.client(package, "ParametersLeftOut") as client:
        client.jobs.get_job("a b", filter="<x/>")

    assert service.targets == ["/jobs/a%20b?filter=%3Cx%2F%3E"]
