"""What a watch tells: small frozen records, read from the models of the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huaweicloud_jobs.dataarts_catalog.models import TaskInstance, TaskInstances
    from huaweicloud_jobs.dataarts_factory.models import JobInstance, Node
    from huaweicloud_jobs.lakeformation.models import Job, JobHistory

FAILED = ("fail", "running-exception")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a LakeFormation job."""

    job: str
    state: str
    began: datetime | None
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class NodeReport:
    """How one node of a Factory job was executed."""

    name: str
    state: str
    took: timedelta | None
    log: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """How an instance of a Factory job was executed."""

    job: str
    failed: bool
    nodes: tuple[NodeReport, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Where the engine is with an execution of a task of the catalogue."""

    task: str
    state: str
    engine: str
    step: int
    parameters: dict[str, str]


def read_runs(history: JobHistory) -> tuple[Run, ...]:
    """The runs of a page of a job's history."""
    return tuple(map(_read_run, history.jobs))


def _read_run(job: Job) -> Run:
    state = job.status.value if job.status is not None else "UNKNOWN"
    return Run(job=job.name or "", state=state, began=job.start_time, ended=job.end_time)


def read_summary(instance: JobInstance) -> Summary:
    """An instance of a job, node by node."""
    nodes = tuple(map(_read_node, instance.nodes))
    return Summary(job=instance.job_name, failed=instance.status in FAILED, nodes=nodes)


def _read_node(node: Node) -> NodeReport:
    took = None
    if node.start_time is not None and node.end_time is not None:
        took = _moment(node.end_time) - _moment(node.start_time)
    return NodeReport(name=node.node_name, state=node.status.value, took=took, log=node.log_path)


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)


def read_steps(instances: TaskInstances) -> tuple[Step, ...]:
    """Where the engine is, for each row of the catalogue's answer."""
    return tuple(map(_read_step, instances.body.rows))


def _read_step(row: TaskInstance) -> Step:
    rows = row.running_param.rows if row.running_param is not None else None
    return Step(
        task=row.task_name or "",
        state=row.status or "",
        engine=row.running_data.type or "",
        step=int(row.running_data.dli_current_step or 0),
        parameters={one.name: one.value for one in rows or [] if one.name is not None and one.value is not None},
    )
