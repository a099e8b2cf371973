"""The watch over three services, for asynchronous programs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Self

from huaweicloud_jobs import AsyncDataArtsFactory, AsyncLakeFormation, TokenCredentials
from jobwatch.errors import translated
from jobwatch.records import Run, Summary, read_runs, read_summary


class AsyncWatch:
    """As `Watch`, awaited: jobs and their instances, many at once.

    Args:
        url: Address of the services.
        project: The project.
        token: What calls are authorised by.
        headers: Further header lines of every call.
    """

    def __init__(self, url: str, *, project: str, token: str, headers: Mapping[str, str] | None = None) -> None:
        credentials, extra = TokenCredentials(token), dict(headers or {})
        self._jobs = AsyncLakeFormation(endpoint=url, project_id=project, credentials=credentials, extra_headers=extra)
        self._factory = AsyncDataArtsFactory(
            endpoint=url, project_id=project, credentials=credentials, extra_headers=extra
        )

    async def start(self, instance: str, job: str) -> str | None:
        """As `Watch.start`."""
        with translated():
            return (await self._jobs.jobs.start(instance, job)).request_id

    async def runs(self, instance: str, job: str, *, state: str | None = None) -> tuple[Run, ...]:
        """As `Watch.runs`."""
        with translated():
            return read_runs(await self._jobs.jobs.list_history(instance, job, status=state, limit=100))

    async def summaries(self, job: str, instances: tuple[int, ...]) -> list[Summary]:
        """How some instances of a Factory job were executed, asked for at the same time."""
        with translated():
            answers = await asyncio.gather(*(self._factory.jobs.get_instance(job, one) for one in instances))
        return [read_summary(answer) for answer in answers]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        async with AsyncExitStack() as stack:
            for client in (self._jobs, self._factory):
                stack.push_async_callback(client.aclose)
