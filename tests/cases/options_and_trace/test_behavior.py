"""Methods that are seldom documented, and servers by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_a_call_has_its_method(package: ModuleType) -> None:
    """None of them has a body."""
    service = Service("TRACE /jobs HTTP/1.1", media_type="message/http")
    with service.client(package, "OptionsAndTrace") as client:
        client.jobs.options()
        client.jobs.head_jobs()
        echoed = client.jobs.trace_jobs()

    assert [(one.method, one.content) for one in service.requests] == [("OPTIONS", b""), ("HEAD", b""), ("TRACE", b"")]
    assert "Content-Length" not in service.requests[2].headers
    assert echoed == b"TRACE /jobs HTTP/1.1"


def test_a_client_names_its_servers_and_where_more_is_said(package: ModuleType) -> None:
    """The first is called."""
    said = package.OptionsAndTrace.__doc__

    assert "`https://test.example` (test)" in said
    assert "The manual: <https://docs.example>" in said
