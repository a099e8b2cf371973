"""How properties of forms are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_properties_of_a_form_have_styles(package: ModuleType) -> None:
    """Others are written by default: a pair for each element."""
    service = Service()
    with service.client(package, "Encodings") as client:
        client.forms.send_form({"tags": ["a", "b"], "joined": ["c d", "e"], "range": {"from": 1, "to": 2}})

    assert service.requests[0].content == b"tags=a&tags=b&joined=c%20d,e&range%5Bfrom%5D=1&range%5Bto%5D=2"


def test_parts_have_media_types(package: ModuleType) -> None:
    """The documented one, the first of several; a list is a part for each element."""
    service = Service()
    with service.client(package, "Encodings") as client:
        client.parts.send_parts({"table": "a,b", "about": {"x": 1}, "names": ["n", "m"], "picture": b"png"})
    parts = service.requests[0].content.split(b"--" + service.requests[0].headers["Content-Type"][-32:].encode())

    assert [one.strip() for one in parts[1:-1]] == [
        b'Content-Disposition: form-data; name="table"\r\nContent-Type: text/csv\r\n\r\na,b',
        b'Content-Disposition: form-data; name="about"\r\nContent-Type: application/vnd.about+json\r\n\r\n{"x":1}',
        b'Content-Disposition: form-data; name="names"\r\n\r\nn',
        b'Content-Disposition: form-data; name="names"\r\n\r\nm',
        b'Content-Disposition: form-data; name="picture"; filename="picture"\r\nContent-Type: image/png\r\n\r\npng',
    ]
