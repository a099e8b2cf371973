"""Times since 1970."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_a_time_is_sent_as_the_number_of_its_unit(package: ModuleType) -> None:
    """A number goes as it is."""
    service, moment = Service({}), datetime(2024, 1, 11, 0, 15, 7, 250_000, tzinfo=UTC)
    with service.client(package, "EpochParameter") as client:
        client.tasks.list_tasks(since=moment, until=moment.replace(microsecond=0))
        client.tasks.list_tasks(since=5)

    assert service.targets == ["/tasks?since=1704932107250&until=1704932107", "/tasks?since=5"]


def test_a_time_without_a_zone_is_refused(package: ModuleType) -> None:
    """Which moment it is would be a guess."""
    with (
        Service({}).client(package, "EpochParameter") as client,
        pytest.raises(package.InvalidCallError, match="since"),
    ):
        client.tasks.list_tasks(since=datetime(2024, 1, 11))  # noqa: DTZ001
