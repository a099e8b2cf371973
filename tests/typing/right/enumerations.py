"""Enumerations: members, text, values that the documentation does not list."""

from __future__ import annotations

from collections import Counter

from huaweicloud_jobs import DataArtsFactory, LakeFormation
from huaweicloud_jobs.dataarts_factory.models import JobInstanceStatus, NodeStatus
from huaweicloud_jobs.lakeformation.models import Job, JobStatus, JobStatusFilter, JobType


def is_over(status: JobInstanceStatus) -> bool:
    """Compare with members."""
    return status in (JobInstanceStatus.SUCCESS, JobInstanceStatus.FAIL, JobInstanceStatus.MANUAL_STOP)


def word_for(kind: JobType) -> str:
    """Match on members, and on what the documentation may list tomorrow."""
    match kind:
        case JobType.METADATA_MIGRATION:
            return "moves metadata"
        case JobType.PERMISSION_MIGRATION:
            return "moves permissions"
        case JobType.METADATA_DISCOVERY:
            return "finds metadata"
        case _:
            return f"does {kind}"


def count_states(client: DataArtsFactory) -> Counter[NodeStatus]:
    """Use members as keys."""
    return Counter(node.status for node in client.jobs.get_instance("etl", "1").nodes)


def surprising(jobs: list[Job]) -> set[str]:
    """Find values that are not listed, and use members as text."""
    return {job.status.upper() for job in jobs if job.status is not None and not job.status.is_known}


def by_text_from_a_form(client: LakeFormation, given: str) -> int:
    """Turn text into a member, and pass members and text alike."""
    wanted = JobStatusFilter(given.strip().upper())
    both: list[JobStatusFilter | str] = [wanted, given, JobStatusFilter.CREATED.value]
    return sum(client.jobs.list_history("i1", "j1", status=one).total or 0 for one in both)


def listed() -> list[str]:
    """Go through all members."""
    return [f"{status.name}={status.value}" for status in JobStatus]
