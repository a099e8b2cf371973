"""The same with asynchronous clients: awaited, at once, handed on, with hooks that are awaited."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from huaweicloud_jobs import (
    AsyncClientOptions,
    AsyncDataArtsCatalog,
    AsyncDataArtsFactory,
    AsyncLakeFormation,
    ClientError,
    NoContent,
    RawResponse,
    Request,
    Response,
    TokenCredentials,
)
from huaweicloud_jobs.dataarts_catalog.models import TaskInstances
from huaweicloud_jobs.dataarts_factory.models import JobInstance
from huaweicloud_jobs.lakeformation.models import Job, JobHistory


async def start_and_watch(client: AsyncLakeFormation, instance_id: str, job_id: str) -> Job | None:
    """Start a job and wait for its newest run to end."""
    await client.jobs.start(instance_id, job_id)
    while True:
        page = await client.jobs.list_history(instance_id, job_id, limit=1)
        newest = page.jobs[0] if page.jobs else None
        if newest is None or newest.end_time is not None:
            return newest
        await asyncio.sleep(5)


async def many_at_once(names: list[str]) -> list[JobInstance]:
    """Gather calls; the results keep their type."""
    async with AsyncDataArtsFactory(project_id="p1", credentials=TokenCredentials("t"), workspace="w1") as client:
        return await asyncio.gather(*(client.jobs.get_instance(name, 1) for name in names))


async def in_a_task_group(client: AsyncDataArtsCatalog, tasks: list[int]) -> list[TaskInstances]:
    """Start tasks and take their results."""
    begin, end = datetime(2026, 1, 1, tzinfo=UTC), datetime.now(UTC)
    async with asyncio.TaskGroup() as group:
        running = [group.create_task(client.tasks.list_instances(task, "etl", begin, end, 0, 10)) for task in tasks]
    return [one.result() for one in running]


async def pages(client: AsyncLakeFormation, instance_id: str, job_id: str) -> AsyncIterator[Job]:
    """Go through the pages by hand."""
    for offset in range(0, 1001, 100):
        page: JobHistory = await client.jobs.list_history(instance_id, job_id, offset=offset, limit=100)
        for job in page.jobs:
            yield job
        if len(page.jobs) < 100:
            return


async def raw_start(client: AsyncLakeFormation) -> tuple[int, str | None]:
    """Ask for the answer as it came, and parse it."""
    raw: RawResponse[NoContent] = await client.with_raw_response(client.jobs.start)("i1", "j1", timeout=5)
    parsed = raw.parse()
    return parsed.status, raw.headers.get("X-Request-Id")


async def with_hooks() -> None:
    """Give hooks: functions that return nothing, and functions that are awaited."""
    client = AsyncLakeFormation(
        project_id="p1",
        credentials=TokenCredentials("t"),
        on_request=lambda request: print(request.method, request.url),
        on_response=lambda request, response: asyncio.sleep(0 if response.status < 400 else 1),
    )
    try:
        await asyncio.wait_for(client.jobs.start("i1", "j1"), 30)
    except ClientError as error:
        print(error.operation, error.attempts)
    finally:
        await client.aclose()


def told(queue: asyncio.Queue[str]) -> AsyncLakeFormation:
    """Set functions that are awaited, and one that is not, in options that are made before."""

    async def before(request: Request) -> None:
        await queue.put(request.url)

    def after(request: Request, response: Response) -> None:
        print(request.attempts, response.status)

    options: AsyncClientOptions = {"on_request": before, "retries": 1}
    return AsyncLakeFormation(project_id="p1", **options).with_options(on_response=after)
