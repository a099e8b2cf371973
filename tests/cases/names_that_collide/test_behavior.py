"""Arguments and members whose names had to be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_every_argument_is_sent_under_its_own_name(package: ModuleType) -> None:
    """Those of one name in two places say the place."""
    service = Service({})
    with service.client(package, "NamesThatCollide") as client:
        client.jobs.get_job(job_dash_id="a", job_id="b", job_id_query="c", job_id_header="d")

    assert service.targets == ["/jobs?job-id=a&jobId=b&job_id=c"]
    assert service.requests[0].headers["job_id"] == "d"
