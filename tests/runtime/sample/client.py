"""Clients of the sample API."""

from __future__ import annotations

from functools import cached_property

from specloom.runtime.client import BaseAsyncClient, BaseClient
from specloom.runtime.operation import ApiKey, ErrorField, Server, Service, Signer

from .errors import STATUS_ERRORS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Unpack

    import httpx2

    from specloom.runtime.options import AsyncClientOptions, ClientOptions, CredentialsInput

    from .jobs import AsyncJobs, Jobs

SERVICE = Service(
    name="Sample",
    user_agent="sample/0.1.0",
    servers=(Server("https://sample.{region}.example.com", {"region": "cn-north-4"}),),
    schemes={"token": ApiKey("header", "X-Auth-Token"), "aksk": Signer("sdk-hmac-sha256")},
    errors=(
        ErrorField("code", ("body:/error_code", "body:/error/code")),
        ErrorField("message", ("body:/error_msg", "body:/error/message")),
        ErrorField("title", ("body:/title", "body:/error/title")),
        ErrorField("request_id", ("header:X-Request-Id", "body:/request_id")),
        ErrorField("common_error_code", ("body:/common_error_code",)),
        ErrorField("solution_msg", ("body:/solution_msg",)),
    ),
    required=("project_id",),
)


class Sample(BaseClient):
    """A client of the sample API."""

    def __init__(
        self,
        *,
        project_id: str,
        region: str = "cn-north-4",
        workspace: str | None = None,
        endpoint: str | None = None,
        credentials: CredentialsInput | None = None,
        transport: httpx2.BaseTransport | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        super().__init__(
            SERVICE,
            STATUS_ERRORS,
            endpoint=endpoint,
            server_variables={"region": region},
            parameters={"project_id": project_id, "workspace": workspace},
            credentials=credentials,
            transport=transport,
            options=options,
        )

    @cached_property
    def jobs(self) -> Jobs:
        """Operations on jobs."""
        from .jobs import Jobs

        return Jobs(self)


class AsyncSample(BaseAsyncClient):
    """An asynchronous client of the sample API."""

    def __init__(
        self,
        *,
        project_id: str,
        region: str = "cn-north-4",
        workspace: str | None = None,
        endpoint: str | None = None,
        credentials: CredentialsInput | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        super().__init__(
            SERVICE,
            STATUS_ERRORS,
            endpoint=endpoint,
            server_variables={"region": region},
            parameters={"project_id": project_id, "workspace": workspace},
            credentials=credentials,
            transport=transport,
            options=options,
        )

    @cached_property
    def jobs(self) -> AsyncJobs:
        """Operations on jobs."""
        from .jobs import AsyncJobs

        return AsyncJobs(self)
