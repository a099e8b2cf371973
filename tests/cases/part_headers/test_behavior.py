"""Headers of the parts of a body, and reserved characters in a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_a_part_has_the_headers_that_are_fixed(package: ModuleType) -> None:
    """After those that every part has (RFC 7578, section 4.8)."""
    service = Service()
    with service.client(package, "PartHeaders") as client:
        client.parts.send_parts({"table": "a,b", "raw": b"r"})
    request = service.requests[0]
    boundary = request.headers["Content-Type"].removeprefix("multipart/form-data; boundary=")

    assert request.content.decode() == "\r\n".join(
        [
            f"--{boundary}",
            'Content-Disposition: form-data; name="table"',
            "Content-Type: text/csv",
            "Content-Language: en",
            "X-Rows: 2",
            "",
            "a,b",
            f"--{boundary}",
            'Content-Disposition: form-data; name="raw"; filename="raw"',
            "Content-Type: application/octet-stream",
            "",
            "r",
            f"--{boundary}--",
            "",
        ]
    )


def test_reserved_characters_stay_in_the_property_that_allows_them(package: ModuleType) -> None:
    """What would divide the form is encoded all the same; a list is joined where it is not exploded."""
    service = Service()
    with service.client(package, "PartHeaders") as client:
        client.forms.send_form({"path": "/a/b?c&d", "other": "/a", "list": ["x", "y"]})

    assert service.requests[0].content == b"path=/a/b?c%26d&other=%2Fa&list=x,y"
