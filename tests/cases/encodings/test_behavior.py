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


def test_a_list_of_files_is_a_part_for_each(package: ModuleType) -> None:
    """Under the one name, each with the name and the media type that it is given; objects are a document each."""
    service = Service()
    with service.client(package, "Encodings") as client:
        client.parts.send_parts({"scans": [b"1", ("b.png", b"2", "image/png")], "rows": [{"a": 1}, {}]})
    parts = service.requests[0].content.split(b"--" + service.requests[0].headers["Content-Type"][-32:].encode())

    head = b'Content-Disposition: form-data; name="%s"'
    assert [one.strip() for one in parts[1:-1]] == [
        head % b"scans" + b'; filename="scans"\r\nContent-Type: application/octet-stream\r\n\r\n1',
        head % b"scans" + b'; filename="b.png"\r\nContent-Type: image/png\r\n\r\n2',
        head % b"rows" + b'\r\nContent-Type: application/json\r\n\r\n{"a":1}',
        head % b"rows" + b"\r\nContent-Type: application/json\r\n\r\n{}",
    ]
