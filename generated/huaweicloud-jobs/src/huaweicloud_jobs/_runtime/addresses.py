"""Addresses for httpx2 that are parsed only where it asks for more than a connection needs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import httpx2

if TYPE_CHECKING:
    from typing import Any

_PIECE = r"[A-Za-z0-9\-._~!$&()*+,;=:@/?]*"
_PLAIN = re.compile(rf"(https?://[A-Za-z0-9\-.:]+)(/{_PIECE}(?:%[0-9A-F]{{2}}{_PIECE})*)")
"""Addresses that httpx2 writes as they are: scheme, host and port, and the rest."""


def address(url: str) -> httpx2.URL:
    """An address for httpx2, which parses those at once that it would write in another way."""
    found = _PLAIN.fullmatch(url)
    if found is None or "/." in url:
        return httpx2.URL(url)
    return _Address(url, _origin(found[1]), found[2])


class _Address(httpx2.URL):
    """An address of which is known what a connection asks for; httpx2 parses it where anything else is asked.

    Parsing is a fifth of what a call costs, and all that it would find is known.

    Args:
        text: The whole address.
        origin: Scheme, host and port.
        target: Path and query as they go out.
    """

    if not TYPE_CHECKING:  # properties there, plain values here
        raw_scheme = b""
        raw_host = b""
        port = None
        raw_path = b""

    def __init__(self, text: str, origin: tuple[bytes, bytes, int | None], target: str) -> None:
        scheme, host, port = origin
        known = {"raw_scheme": scheme, "raw_host": host, "port": port, "raw_path": target.encode("ascii")}
        vars(self).update(known, _written=text)

    def __getattr__(self, name: str) -> Any:
        """What is missing is what parsing finds."""
        if name.startswith("__") or "_written" not in vars(self):
            raise AttributeError(name)
        super().__init__(vars(self)["_written"])
        return object.__getattribute__(self, name)


@lru_cache(maxsize=64)
def _origin(text: str) -> tuple[bytes, bytes, int | None]:
    url = httpx2.URL(text)
    return url.raw_scheme, url.raw_host, url.port
