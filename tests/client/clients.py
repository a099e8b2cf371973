"""Every operation of the emitted package under one spelling, with both kinds of client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from huaweicloud_jobs import (
    AsyncDataArtsCatalog,
    AsyncDataArtsFactory,
    AsyncLakeFormation,
    DataArtsCatalog,
    DataArtsFactory,
    LakeFormation,
    TokenCredentials,
)

if TYPE_CHECKING:
    import httpx2

Caller = Callable[..., Any]

TASK: dict[str, Any] = {
    "task_id": "937987",
    "job_name": "etl",
    "start_time": 1,
    "end_time": 2,
    "offset": 0,
    "limit": 10,
}
PATHS = {
    "ShowJobHistoryByInstance": "/v1/p1/instances/instance-1/lf-jobs/job-1/history?offset=0&limit=10",
    "StartJobByInstance": "/v1/p1/instances/instance-1/lf-jobs/job-1/start",
    "ShowJobInstance": "/v1/p1/jobs/job_batch/instances/34765",
    "ShowInstanceInfos": "/v1/p1/datamap/node/937987/instances?job_name=etl&start_time=1&end_time=2&offset=0&limit=10",
}
"""What the calls below ask for, by operation id."""


def call(url: str, operation_id: str, transport: httpx2.BaseTransport | None = None, **options: Any) -> Any:
    """Call an operation of a server with the synchronous client.

    Args:
        url: Where the server is.
        operation_id: Which operation, as the document names it.
        transport: Takes the place of the network.
        options: Options of the call; failures are not retried unless they say so.
    """
    options = {"retries": 0, **options}
    token = TokenCredentials("t")
    if operation_id in ("ShowJobHistoryByInstance", "StartJobByInstance"):
        with LakeFormation(endpoint=url, project_id="p1", credentials=token, transport=transport) as lakeformation:
            if operation_id == "StartJobByInstance":
                return lakeformation.jobs.start("instance-1", "job-1", **options)
            return lakeformation.jobs.list_history("instance-1", "job-1", **options)
    if operation_id == "ShowJobInstance":
        with DataArtsFactory(endpoint=url, project_id="p1", credentials=token, transport=transport) as factory:
            return factory.jobs.get_instance("job_batch", 34765, **options)
    assert operation_id == "ShowInstanceInfos"
    with DataArtsCatalog(
        endpoint=url, project_id="p1", credentials=token, transport=transport, instance="i1"
    ) as catalog:
        return catalog.tasks.list_instances(**TASK, **options)


def call_async(url: str, operation_id: str, transport: httpx2.AsyncBaseTransport | None = None, **options: Any) -> Any:
    """Call an operation of a server with the asynchronous client; else as `call`."""
    return asyncio.run(_call(url, operation_id, transport, {"retries": 0, **options}))


async def _call(
    url: str, operation_id: str, transport: httpx2.AsyncBaseTransport | None, options: dict[str, Any]
) -> Any:
    token = TokenCredentials("t")
    if operation_id in ("ShowJobHistoryByInstance", "StartJobByInstance"):
        async with AsyncLakeFormation(
            endpoint=url, project_id="p1", credentials=token, transport=transport
        ) as lakeformation:
            if operation_id == "StartJobByInstance":
                return await lakeformation.jobs.start("instance-1", "job-1", **options)
            return await lakeformation.jobs.list_history("instance-1", "job-1", **options)
    if operation_id == "ShowJobInstance":
        async with AsyncDataArtsFactory(
            endpoint=url, project_id="p1", credentials=token, transport=transport
        ) as factory:
            return await factory.jobs.get_instance("job_batch", 34765, **options)
    assert operation_id == "ShowInstanceInfos"
    async with AsyncDataArtsCatalog(
        endpoint=url, project_id="p1", credentials=token, transport=transport, instance="i1"
    ) as catalog:
        return await catalog.tasks.list_instances(**TASK, **options)


CALLERS: list[Caller] = [call, call_async]
"""Both kinds of client, for parametrized tests."""
