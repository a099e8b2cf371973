"""Models made, changed, copied, read and written by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from huaweicloud_jobs import Problem, problems_of
from huaweicloud_jobs.dataarts_catalog.models import RunningData, TaskInstance, TaskInstances, TaskInstancesBody
from huaweicloud_jobs.dataarts_factory.models import JobInstance, JobInstanceStatus, Node, NodeStatus
from huaweicloud_jobs.lakeformation.models import GatewayForbiddenError, Job, JobHistory, JobStatus, JobType


def fixture_of_a_page() -> JobHistory:
    """Build what a test wants: members, times, nothing."""
    run = Job(
        id="j1",
        type=JobType.METADATA_DISCOVERY,
        status=JobStatus("SUCCESS"),
        start_time=datetime(2026, 1, 1, tzinfo=UTC),
        end_time=None,
        execute_time=1.5,
    )
    return JobHistory(total=1, jobs=[run, Job()])


def fixture_of_an_instance() -> JobInstance:
    """Build a model with all that it requires, nested ones included."""
    node = Node(node_name="n1", status=NodeStatus.SKIP, plan_time=0, type="Dummy", instance_id=1)
    return JobInstance(
        job_name="etl", instance_id=1, status=JobInstanceStatus.RUNNING_EXCEPTION, plan_time=0, total=1, nodes=[node]
    )


def fixture_of_json_in_text() -> bytes:
    """Build what is JSON text on the wire as the models that it holds."""
    row = TaskInstance(running_data=RunningData(type="DLI"), force_success=True)
    body = TaskInstancesBody(rows=[row], total=1, success=True)
    return TaskInstances(status_code=200, body=body, header_map={"Date": "today"}).to_json()


def shift(job: Job, by: timedelta) -> Job:
    """Change a copy, field by field."""
    moved = job.model_copy(deep=True)
    if moved.start_time is not None:
        moved.start_time = moved.start_time + by
    moved.status = JobStatus.STOPPED
    moved.log_simple_info = None
    return moved


def read_a_dump(text: str | bytes) -> dict[str, Any]:
    """Read JSON into a model, and write it as Python values."""
    page = JobHistory.from_json(text)
    page.jobs.append(Job(name="added"))
    return page.to_dict()


def describe(page: JobHistory) -> list[str]:
    """List what departs from the documentation, in one result and in several."""
    found: tuple[Problem, ...] = page.problems
    return [f"{one.pointer}: {one.message}" for one in (*found, *problems_of(page.jobs))]


def nested_code(error: GatewayForbiddenError) -> str:
    """Take the inner value where there is one, else the outer."""
    inner = error.error.error_code if error.error else None
    return inner or error.error_code or "unknown"


def unknown_members(job: Job) -> dict[str, object]:
    """Look at what is not documented."""
    return dict(job.model_extra or {})
