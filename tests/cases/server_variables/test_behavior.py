"""The documented address and its variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2

if TYPE_CHECKING:
    from types import ModuleType


def test_variables_have_their_documented_defaults(package: ModuleType) -> None:
    """And another value where one is given."""
    seen: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(str(request.url))
        return httpx2.Response(204)

    for arguments in ({}, {"region": "south-2", "port": "8443"}):
        with package.ServerVariables(transport=httpx2.MockTransport(answer), **arguments) as client:
            client.jobs.get_job()

    assert seen == ["https://north-1.service.example/v1/jobs", "https://south-2.service.example:8443/v1/jobs"]
