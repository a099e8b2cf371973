"""Calls as people make them: arguments by place and by name, pages by hand, results that are read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from huaweicloud_jobs import DataArtsCatalog, DataArtsFactory, LakeFormation, NoContent, TokenCredentials
from huaweicloud_jobs.dataarts_catalog.models import TaskInstance
from huaweicloud_jobs.dataarts_factory.models import JobInstance, Node
from huaweicloud_jobs.lakeformation.models import Job, JobHistory, JobStatusFilter


def start_a_job(instance_id: str, job_id: str) -> int:
    """Start a job and give the status of the answer."""
    with LakeFormation(project_id="p1", credentials=TokenCredentials("t")) as client:
        started: NoContent = client.jobs.start(instance_id, job_id)
        print(started.request_id or "no id", started.headers.get("Date"), file=sys.stderr)
        return started.status


def failed_runs(client: LakeFormation, instance_id: str, job_id: str) -> list[Job]:
    """Read one page, filtered by a member of the enumeration."""
    page = client.jobs.list_history(instance_id, job_id, status=JobStatusFilter.FAILED, limit=100)
    return [job for job in page.jobs if job.log_simple_info is not None]


def all_runs(client: LakeFormation, instance_id: str, job_id: str, status: str | None = None) -> Iterator[Job]:
    """Go through the pages by hand, filtered by text or by nothing."""
    offset = 0
    while True:
        page: JobHistory = client.jobs.list_history(
            instance_id=instance_id, job_id=job_id, status=status, offset=offset, limit=50
        )
        yield from page.jobs
        offset += len(page.jobs)
        if not page.jobs or (page.total is not None and offset >= page.total):
            return


def slowest_node(client: DataArtsFactory, job_name: str, instance_id: int | str) -> Node | None:
    """Read nodes of an instance, named by number or text."""
    instance: JobInstance = client.jobs.get_instance(job_name, instance_id)
    done = [(node.end_time - node.plan_time, node) for node in instance.nodes if node.end_time is not None]
    return max(done, key=lambda pair: pair[0])[1] if done else None


def instances_of_the_last_day(client: DataArtsCatalog, task_id: int) -> list[TaskInstance]:
    """Give times where the wire wants milliseconds."""
    now = datetime.now(UTC)
    got = client.tasks.list_instances(task_id, "etl", now - timedelta(days=1), now, 0, 100)
    return got.body.rows


def instances_since_an_instant(client: DataArtsCatalog, since: int) -> tuple[int, str]:
    """Mix milliseconds and a time, all by name, and read a mapping."""
    got = client.tasks.list_instances(
        task_id="937987",
        job_name="etl",
        start_time=since,
        end_time=datetime(2026, 1, 1, tzinfo=UTC),
        offset=0,
        limit=10,
    )
    return got.status_code or 0, got.header_map.get("X-Frame-Options", got.header_map["Date"])
