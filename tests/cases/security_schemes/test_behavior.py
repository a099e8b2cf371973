"""Credentials and where they go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_a_token_goes_where_the_scheme_says(package: ModuleType) -> None:
    """One secret, five places."""
    service = Service()
    with service.client(package, "SecuritySchemes", credentials=package.TokenCredentials("t 1")) as client:
        client.go.header()
        client.go.query()
        client.go.cookie()
        client.go.bearer()
        client.go.maybe()
    header, query, cookie, bearer, maybe = service.requests

    assert header.headers["X-Token"] == "t 1"
    assert query.url.raw_path == b"/query?api%20key=t%201"
    assert cookie.headers["Cookie"].startswith("session=")
    assert bearer.headers["Authorization"] == maybe.headers["Authorization"] == "Bearer t 1"


def test_two_schemes_together_take_one_secret_each(package: ModuleType) -> None:
    """By the keys of the document; a single one would go to two places."""
    token = package.TokenCredentials
    service = Service()
    with service.client(package, "SecuritySchemes", credentials={"header": token("a"), "query": token("b")}) as client:
        client.go.both()
    with (
        Service().client(package, "SecuritySchemes", credentials=token("a")) as client,
        pytest.raises(package.InvalidCallError, match="header"),
    ):
        client.go.both()

    assert service.requests[0].headers["X-Token"] == "a"
    assert service.targets == ["/both?api%20key=b"]


def test_without_credentials_only_what_is_open_is_called(package: ModuleType) -> None:
    """An alternative without schemes, or no security at all."""
    service = Service()
    with service.client(package, "SecuritySchemes") as client:
        client.go.open()
        client.go.maybe()
        with pytest.raises(package.InvalidCallError, match="BasicCredentials"):
            client.go.basic()

    assert service.targets == ["/open", "/maybe"]
    assert all("Authorization" not in one.headers for one in service.requests)
