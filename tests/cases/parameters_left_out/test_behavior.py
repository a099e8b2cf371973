"""Parameters that are sent, and such as are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_what_can_be_sent_is_sent(package: ModuleType) -> None:
    """As the text that it is."""
    service = Service()
    with service.client(package, "ParametersLeftOut") as client:
        client.jobs.get_job("a b", filter="<x/>")

    assert service.targets == ["/jobs/a%20b?filter=%3Cx%2F%3E"]


def test_what_clients_cannot_write_is_given_as_text(package: ModuleType) -> None:
    """JSON of any name they can."""
    service = Service()
    with service.client(package, "ParametersLeftOut") as client:
        client.jobs.get_job("a", rows="1,2", page={"at": 3})
        with pytest.raises(package.InvalidCallError, match="rows: it takes text"):
            client.jobs.get_job("a", rows=[1, 2])

    assert service.targets == ["/jobs/a?rows=1%2C2&page=%7B%22at%22%3A3%7D"]
