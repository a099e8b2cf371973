"""Compressed answers: what they stand for, and what becomes of those that break off or grow without end."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from typing import Any

import httpx2
import pytest

from specloom.runtime import compression
from specloom.runtime.compression import decompressed
from specloom.runtime.errors import DeadlineError, StatusError, TransportError
from specloom.runtime.operation import Operation, Response
from tests.runtime.answering import both

CONTENT = b'{"total": 7, "jobs": []}'
BYTES: Operation[Any] = Operation(
    id="get", name="things.get", method="GET", path="/things", responses={"200": Response("bytes")}
)


def raw_deflate(content: bytes) -> bytes:
    """Without the frame of zlib."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def bomb(size: int) -> bytes:
    """So many bytes as gzip, a thousandth of them on the wire."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * 2**20
    return b"".join([*(packer.compress(block) for _ in range(size // 2**20)), packer.flush()])


def outcomes(content: bytes, encoding: str = "gzip", status: int = 200, **options: Any) -> tuple[list[Any], int]:
    """What a call gives for an answer of such content, by both kinds of client, and how many requests it took."""
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        headers = {"Content-Encoding": encoding}
        return httpx2.Response(status, stream=httpx2.ByteStream(content), headers=headers)

    return both(answer, lambda client: client._call(BYTES, {}, {}), **options), len(seen)


@pytest.mark.parametrize(
    ("content", "encoding", "expected"),
    [
        (gzip.compress(CONTENT[:9]) + gzip.compress(CONTENT[9:]), "gzip", CONTENT),
        (gzip.compress(CONTENT) + b"\0" * 9, "gzip", CONTENT),
        (gzip.compress(CONTENT), "x-gzip", CONTENT),
        (gzip.compress(b""), "gzip", b""),
        (zlib.compress(CONTENT), "deflate", CONTENT),
        (raw_deflate(CONTENT), "deflate", CONTENT),
        (gzip.compress(zlib.compress(CONTENT)), "deflate, gzip", CONTENT),
        (CONTENT, "gzip", CONTENT),
        (CONTENT, "deflate", CONTENT),
        (b"", "gzip", b""),
        (CONTENT, "br", CONTENT),
        (CONTENT, ", ,identity", CONTENT),
    ],
    ids=lambda value: value if isinstance(value, str) else str(len(value)),  # what gzip writes holds the time
)
def test_what_content_stands_for(content: bytes, encoding: str, expected: bytes) -> None:
    """Several members are one content; what is not compressed after all is left as it came."""
    assert outcomes(content, encoding) == ([expected] * 2, 2)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
@pytest.mark.parametrize("end", [10, 14, -1])
def test_a_success_that_breaks_off_is_none(encoding: str, end: int) -> None:
    """It is no whole answer, and read again where that is safe."""
    whole = (gzip.compress if encoding == "gzip" else zlib.compress)(CONTENT * 9)
    found, requests = outcomes(whole[:end], encoding, retries=1)

    assert all(isinstance(one, TransportError) and "breaks off" in str(one) for one in found)
    assert requests == 4


def test_a_success_that_goes_wrong_is_none() -> None:
    """A byte of it is another than was sent."""
    whole = bytearray(gzip.compress(CONTENT))
    whole[-6] ^= 1
    found, _ = outcomes(bytes(whole))

    assert all(isinstance(one, TransportError) and "cannot be decompressed" in str(one) for one in found)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "gzip, gzip"])
def test_a_success_that_grows_without_end_is_refused(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, for it would be as large the next time; and no more of it is held than is allowed."""
    monkeypatch.setattr(compression, "MOST", 4 * 2**20)
    content = bomb(64 * 2**20) if encoding == "gzip" else zlib.compress(bytes(64 * 2**20))
    content = gzip.compress(bomb(64 * 2**20)) if "," in encoding else content
    tracemalloc.start()
    found, requests = outcomes(content, encoding, retries=2)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert all(isinstance(one, TransportError) and "larger than 4 MiB" in str(one) for one in found)
    assert requests == 2
    assert peak < 24 * 2**20


def test_a_failure_keeps_content_that_cannot_be_decompressed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its status is what a caller has to know."""
    monkeypatch.setattr(compression, "MOST", 2**20)
    for content in (bomb(8 * 2**20), gzip.compress(CONTENT)[:-3]):
        found, _ = outcomes(content, status=400)

        assert all(isinstance(one, StatusError) and one.body == content for one in found)


def test_codings_on_codings_are_refused() -> None:
    """Two are taken."""
    content = gzip.compress(gzip.compress(gzip.compress(CONTENT)))
    found, requests = outcomes(content, "gzip, gzip, gzip", retries=2)

    assert all(isinstance(one, TransportError) and "3 times" in str(one) for one in found)
    assert requests == 2


def test_decompressing_ends_with_the_deadline() -> None:
    """However much there is to do."""
    content = bomb(128 * 2**20)
    begun = time.monotonic()
    with pytest.raises(DeadlineError):
        decompressed(content, "gzip", time.monotonic() + 0.01)

    assert time.monotonic() - begun < 0.5


class Closing(httpx2.ByteStream):
    """A body whose connection does not close."""

    def close(self) -> None:
        """Fails."""
        raise OSError("close")

    async def aclose(self) -> None:
        """Fails too."""
        raise OSError("close")


def test_an_answer_that_has_come_is_one_whatever_its_connection_does_then() -> None:
    """A start that was taken does not look like one that failed."""
    found = both(lambda _: httpx2.Response(202, stream=Closing(b"")), lambda client: client.jobs.start("j"))

    assert [one.status for one in found] == [202, 202]
