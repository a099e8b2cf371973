"""Options of clients and of calls, hooks, raw answers, transports."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Unpack

import httpx2

from huaweicloud_jobs import (
    CallOptions,
    ClientOptions,
    CredentialsInput,
    DataArtsCatalog,
    DataArtsFactory,
    Headers,
    LakeFormation,
    NoContent,
    RawResponse,
    Request,
    Response,
    RetryPolicy,
    TokenCredentials,
)
from huaweicloud_jobs.dataarts_factory.models import JobInstance
from huaweicloud_jobs.lakeformation.models import JobHistory


def configured(token: str) -> LakeFormation:
    """Set everything that a client takes."""
    return LakeFormation(
        project_id="p1",
        region=os.environ.get("REGION", "cn-north-4"),
        credentials=TokenCredentials(token),
        timeout=30,
        deadline=120.0,
        retries=RetryPolicy(max_retries=5, base=0.25, statuses=frozenset({429, 503})),
        check=False,
        extra_headers={"X-Team": "data"},
        extra_query={"debug": True},
        raise_failures=True,
        strict=False,
        on_request=lambda request: None,
        on_response=lambda request, response: print(response.status, request.attempts),
    )


def shared(credentials: CredentialsInput, told: list[str]) -> tuple[LakeFormation, DataArtsFactory]:
    """Set the same options of two clients, with functions that are told of attempts."""

    def note(request: Request, response: Response) -> None:
        headers: Headers = response.headers
        told.append(f"{request.method} {response.status} {headers.get('Date')}")

    options: ClientOptions = {"timeout": 10, "on_response": note}
    return (
        LakeFormation(project_id="p1", credentials=credentials, **options),
        DataArtsFactory(project_id="p1", credentials=credentials, **options).with_options(on_request=sent),
    )


def sent(request: Request) -> None:
    """Print what goes out."""
    print(request.method, request.url, *(name for name, _ in request.headers))


def newest(client: LakeFormation, job_id: str, **options: Unpack[CallOptions]) -> JobHistory:
    """Hand the options of a call on."""
    return client.jobs.list_history("i1", job_id, limit=1, **options)


def newest_in_haste(client: LakeFormation) -> tuple[JobHistory, JobHistory]:
    """Give options to what hands them on, one by one and together."""
    options = CallOptions(timeout=1, retries=0)
    return newest(client, "j1", deadline=5, check=True), newest(client, "j2", **options)


def patient(client: LakeFormation) -> JobHistory:
    """Set options of one call."""
    return client.jobs.list_history(
        "i1",
        "j1",
        limit=1000,
        timeout=None,
        deadline=None,
        retries=RetryPolicy(cap=60),
        extra_query={"tag": ["a", "b"]},
    )


def derived(client: DataArtsFactory, headers: Mapping[str, str]) -> DataArtsFactory:
    """Make a client with other options; it is of the same class."""
    quick = client.with_options(timeout=1.5, retries=0, extra_headers=headers)
    return quick.with_options(strict=True)


def raw_page(client: LakeFormation) -> tuple[int, JobHistory]:
    """Ask for the answer as it came."""
    raw = client.with_raw_response(client.jobs.list_history)("i1", "j1", status="FAILED", retries=1)
    print(raw.status, raw.headers["Content-Type"], raw.text[:80], raw.request_id, raw.attempts)
    return len(raw.content), raw.parse()


def raw_calls(lake: LakeFormation, factory: DataArtsFactory) -> list[str | None]:
    """Keep the types of raw answers apart."""
    started: RawResponse[NoContent] = lake.with_raw_response(lake.jobs.start)(instance_id="i1", job_id="j1")
    shown: RawResponse[JobInstance] = factory.with_raw_response(factory.jobs.get_instance)("etl", instance_id=1)
    return [started.request_id, started.parse().request_id, shown.request_id, shown.parse().job_name]


def without_a_network(answer: bytes) -> DataArtsCatalog:
    """Give a transport in place of the network, and an address."""

    def serve(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=answer)

    return DataArtsCatalog(
        project_id="p1",
        instance="i1",
        workspace_id="w1",
        endpoint="https://proxy.example/base",
        credentials=TokenCredentials("t"),
        transport=httpx2.MockTransport(serve),
    )


def retried(policy: RetryPolicy) -> bool:
    """Read a policy."""
    return 503 in policy.statuses and policy.max_retries * policy.cap < policy.retry_after_cap
