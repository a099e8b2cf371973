"""Wire forms of times, dates and identifiers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

TEXT = '{"at":"2024-05-17T10:30:00.120+02:00","day":"2024-05-17","id":"3FA85F64-5717-4562-B3FC-2C963F66AFA6"}'


def test_values_are_typed_and_written_back_byte_for_byte(package: ModuleType) -> None:
    """Three digits stay three, an offset stays an offset, capitals stay capitals."""
    with Service(TEXT).client(package, "FormatsKept") as client:
        job = client.jobs.get_job(UUID(int=1))

    assert job.at == datetime(2024, 5, 17, 8, 30, 0, 120_000, tzinfo=UTC)
    assert job.day == date(2024, 5, 17)
    assert job.id == UUID("3fa85f64-5717-4562-b3fc-2c963f66afa6")
    assert job.to_json().decode() == TEXT


def test_arguments_are_values_or_their_text(package: ModuleType) -> None:
    """A text goes as it is given."""
    service = Service("{}")
    with service.client(package, "FormatsKept") as client:
        client.jobs.get_job(UUID(int=1), since=datetime(2024, 5, 17, tzinfo=UTC), day=date(2024, 5, 17))
        client.jobs.get_job("x", since="2024", day="today")

    assert service.targets == [
        "/jobs/00000000-0000-0000-0000-000000000001?since=2024-05-17T00%3A00%3A00Z&day=2024-05-17",
        "/jobs/x?since=2024&day=today",
    ]
