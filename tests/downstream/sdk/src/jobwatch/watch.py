"""The watch over three services."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from typing import Self

from huaweicloud_jobs import DataArtsCatalog, DataArtsFactory, LakeFormation, TokenCredentials
from jobwatch.errors import translated
from jobwatch.records import Run, Step, Summary, read_runs, read_steps, read_summary


class Watch:
    """Watches the jobs of a project.

    Args:
        url: Address of the services.
        project: The project.
        token: What calls are authorised by.
        catalogue: The DataArts Studio instance whose catalogue is read.
        workspace: The DataArts workspace; the default one where none is given.
        headers: Further header lines of every call.
    """

    def __init__(
        self,
        url: str,
        *,
        project: str,
        token: str,
        catalogue: str,
        workspace: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        credentials, extra = TokenCredentials(token), dict(headers or {})
        self._jobs = LakeFormation(endpoint=url, project_id=project, credentials=credentials, extra_headers=extra)
        self._factory = DataArtsFactory(
            endpoint=url, project_id=project, credentials=credentials, extra_headers=extra, workspace=workspace
        )
        self._catalogue = DataArtsCatalog(
            endpoint=url, project_id=project, credentials=credentials, extra_headers=extra, instance=catalogue
        )

    def start(self, instance: str, job: str) -> str | None:
        """Start a LakeFormation job; gives the id of the request, for the log."""
        with translated():
            return self._jobs.jobs.start(instance, job).request_id

    def runs(self, instance: str, job: str, *, state: str | None = None) -> tuple[Run, ...]:
        """The latest runs of a LakeFormation job."""
        with translated():
            return read_runs(self._jobs.jobs.list_history(instance, job, status=state, limit=100))

    def summary(self, job: str, instance: int) -> Summary:
        """How an instance of a Factory job was executed."""
        with translated():
            return read_summary(self._factory.jobs.get_instance(job, instance))

    def steps(self, task: int, job: str, *, since: datetime, until: datetime) -> tuple[Step, ...]:
        """Where the engine is with the executions of a task in a span of time."""
        with translated():
            return read_steps(
                self._catalogue.tasks.list_instances(
                    task, job_name=job, start_time=since, end_time=until, offset=0, limit=100
                )
            )

    def close(self) -> None:
        """Close all connections."""
        with ExitStack() as stack:
            for client in (self._jobs, self._factory, self._catalogue):
                stack.callback(client.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
