"""Whole small programs: a report, a wrapper class, functions over any client."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Self, TypeVar

from huaweicloud_jobs import (
    ClientError,
    DataArtsCatalog,
    DataArtsFactory,
    LakeFormation,
    dataarts_factory,
    default_credentials,
    lakeformation,
)

T = TypeVar("T")


@dataclass
class Watcher:
    """A class that holds a client and closes it."""

    client: LakeFormation
    seen: dict[str, lakeformation.models.JobStatus] = field(default_factory=dict[str, lakeformation.models.JobStatus])

    def __enter__(self) -> Self:
        self.client.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()


def news(watcher: Watcher, instance_id: str, job_id: str) -> list[str]:
    """Name the runs whose state has changed."""
    changed: list[str] = []
    for run in watcher.client.jobs.list_history(instance_id, job_id).jobs:
        if run.id is not None and run.status is not None and watcher.seen.get(run.id) != run.status:
            watcher.seen[run.id] = run.status
            changed.append(run.id)
    return changed


def report(instance: dataarts_factory.models.JobInstance) -> str:
    """Write a table, with times made of milliseconds."""
    lines = [f"{instance.job_name} {instance.status} {'forced' if instance.force_success else ''}"]
    for node in instance.nodes:
        began = "-" if node.start_time is None else datetime.fromtimestamp(node.start_time / 1000, UTC).isoformat()
        lines.append(f"{node.node_name:20} {node.status.value:10} {began} {(node.speed or 0) / 60:.1f}")
    return "\n".join(lines)


def attempt(call: Callable[[], T], otherwise: T) -> T:
    """Any call, or something else."""
    try:
        return call()
    except ClientError:
        return otherwise


def total_of(client: LakeFormation) -> int | None:
    """Hand a call on with its arguments."""
    page = attempt(partial(client.jobs.list_history, "i1", "j1", limit=1), lakeformation.models.JobHistory(jobs=[]))
    return page.total


def engines(project_id: str) -> dict[str, list[str | None]]:
    """Use several clients at once, and JSON that is held in text."""
    with ExitStack() as stack:
        keys = default_credentials()
        factory = stack.enter_context(DataArtsFactory(project_id=project_id, credentials=keys))
        catalog = stack.enter_context(DataArtsCatalog(project_id=project_id, credentials=keys, instance="i1"))
        names = {node.node_name for node in factory.jobs.get_instance("etl", 1).nodes}
        got = {name: catalog.tasks.list_instances(1, name, 0, 1, 0, 10).body.rows for name in names}
    return {name: [row.running_data.dli_current_step for row in rows] for name, rows in got.items()}


def in_threads(client: DataArtsFactory, names: list[str]) -> list[dataarts_factory.models.JobInstance]:
    """Share a client between threads."""
    with ThreadPoolExecutor() as pool:
        running = [pool.submit(client.jobs.get_instance, name, 1, timeout=10) for name in names]
        return [one.result() for one in running]


def parameters(row_count: int | None, client: DataArtsCatalog) -> dict[str, str]:
    """Take what is there from lists that may be missing."""
    found: dict[str, str] = {}
    for row in client.tasks.list_instances(1, "etl", 0, 1, 0, row_count or 10).body.rows:
        for one in (row.running_param.rows or []) if row.running_param else []:
            if one.name and one.value:
                found[one.name] = one.value
    return found
