"""Bodies that are not JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_text_is_text_and_the_rest_is_bytes(package: ModuleType) -> None:
    """Both ways, under the documented media type."""
    text, data = Service("é", media_type="text/plain; charset=utf-8"), Service("x", media_type="image/png")
    with text.client(package, "BodiesOfOtherKinds") as client:
        assert client.text.send_text("a é") == "é"
    with data.client(package, "BodiesOfOtherKinds") as client:
        assert client.bytes.send_bytes(b"\x00\xff") == b"x"

    assert text.requests[0].content.decode() == "a é"
    assert data.requests[0].content == b"\x00\xff"
    assert data.requests[0].headers["Content-Type"] == "application/octet-stream"
