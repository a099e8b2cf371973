"""Content as it was before it was compressed, and never more of it than a program can bear."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from .deadlines import left
from .errors import TransportError

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 256 * 2**20
"""Bytes of an answer once it is decompressed: some five kilobytes can stand for gigabytes."""
_PIECE = 2**20
_CODINGS = 2
"""Codings on top of one another; services use one, and each multiplies what a byte can stand for."""
_GZIP_MARK = b"\x1f\x8b"
_GZIP, _ZLIB, _DEFLATE = 31, 15, -15
"""Windows of zlib: what is written around the compressed bytes."""


class _OtherContentError(Exception):
    """The content is not of that coding at all."""


def decompressed(content: bytes, encoding: str, deadline: float | None) -> bytes:
    """The content without `gzip` and `deflate`; as it came where it is neither of them.

    Args:
        encoding: `Content-Encoding`.
        deadline: When the call has to be over, on the clock of `time.monotonic`.

    Raises:
        TransportError: It begins as it should and breaks off or goes wrong, or is too large.
    """
    codings = [_CODINGS_BY_NAME.get(name.strip()) for name in reversed(encoding.lower().split(","))]
    known = [one for one in codings if one is not None]
    if len(known) > _CODINGS:
        raise _permanent(f"the answer is compressed {len(known)} times over")
    for decompress in known:
        try:
            content = decompress(content, deadline)
        except _OtherContentError:
            continue
        except zlib.error as fault:
            raise TransportError(f"the answer cannot be decompressed: {fault}") from None
    return content


def _gunzipped(content: bytes, deadline: float | None) -> bytes:
    """Of one or more members (RFC 1952, section 2.2); bytes after them that begin none are ignored, as by gzip."""
    if not content.startswith(_GZIP_MARK):
        raise _OtherContentError
    found = bytearray()
    while content.startswith(_GZIP_MARK):
        content = _inflate(content, _GZIP, deadline, found)
    return bytes(found)


def _inflated(content: bytes, deadline: float | None) -> bytes:
    """With the frame of zlib, as HTTP has it (RFC 9110, section 8.4.1.2), or without, as some services send it."""
    found = bytearray()
    if len(content) > 1 and content[0] & 15 == 8 and int.from_bytes(content[:2]) % 31 == 0:
        _inflate(content, _ZLIB, deadline, found)
        return bytes(found)
    try:
        _inflate(content, _DEFLATE, deadline, found)
    except (zlib.error, _BrokenOffError):  # nothing marks its beginning: it is that, or something else
        raise _OtherContentError from None
    return bytes(found)


class _BrokenOffError(TransportError):
    """The end is missing."""


def _inflate(content: bytes, window: int, deadline: float | None, found: bytearray) -> bytes:
    """Adds one stream to what was found, and gives the bytes after it."""
    stream = zlib.decompressobj(window)
    while not stream.eof:
        piece = stream.decompress(content, _PIECE)
        content = stream.unconsumed_tail
        found += piece
        if len(found) > MOST:
            raise _permanent(f"the answer is larger than {MOST // 2**20} MiB once it is decompressed")
        if deadline is not None:
            left(deadline)
        if not piece and not content and not stream.eof:
            raise _BrokenOffError("the answer breaks off within its compressed content")
    return stream.unused_data


def _permanent(message: str) -> TransportError:
    error = TransportError(message)
    error.permanent = True
    return error


_CODINGS_BY_NAME: dict[str, Callable[[bytes, float | None], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _inflated,
}
