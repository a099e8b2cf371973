"""Addresses of single operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def addresses(package: ModuleType, **arguments: object) -> list[str]:
    """Where three calls of one client go."""
    seen: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(str(request.url))
        return httpx2.Response(204)

    with package.OperationServers(transport=httpx2.MockTransport(answer), **arguments) as client:
        client.jobs.list_jobs()
        client.files.list_files()
        client.files.put_file()
    return seen


def test_a_call_goes_to_its_own_server(package: ModuleType) -> None:
    """A relative one is found from the document's."""
    assert addresses(package) == [
        "https://main.example/v1/jobs",
        "https://eu.files.example/v2/files",
        "https://main.example/upload/files",
    ]


def test_variables_are_those_of_the_client(package: ModuleType) -> None:
    """Whichever server has them."""
    assert addresses(package, region="us")[1] == "https://us.files.example/v2/files"


def test_an_endpoint_is_for_all_calls(package: ModuleType) -> None:
    """Somebody who gives one has everything there."""
    assert addresses(package, endpoint="https://local.example") == [
        "https://local.example/jobs",
        "https://local.example/files",
        "https://local.example/files",
    ]


def test_the_host_line_names_the_server(package: ModuleType) -> None:
    """And not that of other operations."""
    service = Service()
    with service.client(package, "OperationServers") as client:
        client.files.list_files()

    assert service.requests[0].headers["Host"] == "service.example"
