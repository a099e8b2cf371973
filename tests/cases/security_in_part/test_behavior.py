"""Credentials of requirements that are met in part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_what_is_left_of_a_requirement_is_sent(package: ModuleType) -> None:
    """Nothing of a scheme that is not declared; the first of two that write one line; any HTTP scheme by its name."""
    service = Service()
    with service.client(package, "SecurityInPart", credentials=package.TokenCredentials("t")) as client:
        for operation in (client.a.a, client.b.b, client.c.c, client.d.d):
            operation()

    assert [one.headers.get("Authorization") for one in service.requests] == [None, "Bearer t", None, "negotiate t"]
    assert service.targets == ["/a", "/b", "/c?key=t", "/d"]
