"""Bodies that must be given and bodies that may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_what_was_set_is_what_is_sent(package: ModuleType) -> None:
    """Null is sent where it was given, and nothing where a member was not."""
    service = Service()
    with service.client(package, "RequestBodies") as client:
        client.jobs.write_job("1", package.request_bodies.models.Job(name="a", size=None))
        client.jobs.write_job("1", package.request_bodies.models.Job(name="a"))
        client.jobs.change_job("1")

    assert [one.content for one in service.requests] == [b'{"name":"a","size":null}', b'{"name":"a"}', b""]
    assert "Content-Type" not in service.requests[2].headers


def test_a_required_body_is_not_left_out(package: ModuleType) -> None:
    """Nothing is sent then."""
    service = Service()
    with (
        service.client(package, "RequestBodies") as client,
        pytest.raises(package.InvalidCallError, match="body"),
    ):
        client.jobs.write_job("1", None)

    assert service.requests == []
