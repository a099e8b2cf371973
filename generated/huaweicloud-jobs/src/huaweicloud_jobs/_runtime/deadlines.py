"""Waits on sockets that end with the deadline of their call, however slowly bytes come or go.

The connections of httpx2 ask for their timeout once for the head of an answer and once for its body, and then give each
read of it that long. So the timeout that they are given knows the deadline, and what stands between them and the
sockets cuts each wait to what is left. Asynchronous calls need none of this: they are cancelled.
"""

from __future__ import annotations

import contextlib
import socket
import time
from typing import TYPE_CHECKING

from .errors import DeadlineError

if TYPE_CHECKING:
    from typing import Any, Self, TypeVar

    T = TypeVar("T")

OVER = "the deadline of the call is over"
_PIECE = 16 * 1024
"""Bytes that are handed to a socket at a time: so many are taken at once or not at all."""


def left(deadline: float, *, maybe_sent: bool = True) -> float:
    """Seconds until a deadline, on the clock of `time.monotonic`.

    Raises:
        DeadlineError: There are none left.
    """
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise DeadlineError(OVER, maybe_sent=maybe_sent)
    return seconds


class Until(float):
    """A timeout that ends with a deadline: as long as it was when it was made, and shorter each time it is cut."""

    __slots__ = ("_deadline", "_seconds")

    _seconds: float | None
    _deadline: float

    def __new__(cls, seconds: float | None, deadline: float) -> Self:
        """The timeout, or the time until the deadline where that is less."""
        until = max(0.001, deadline - time.monotonic())
        made = super().__new__(cls, until if seconds is None else min(seconds, until))
        made._seconds = seconds
        made._deadline = deadline
        return made

    def cut(self, *, maybe_sent: bool) -> float:
        """The timeout of a wait that begins now."""
        until = left(self._deadline, maybe_sent=maybe_sent)
        return until if self._seconds is None else min(self._seconds, until)


class Waits(dict[str, "float | None"]):
    """Timeouts by what is waited for, each of which ends with the deadline."""

    def __init__(self, seconds: float | None, deadline: float) -> None:
        super().__init__(dict.fromkeys(("connect", "read", "write", "pool"), seconds))
        self._deadline = deadline

    def get(self, key: str, default: float | None = None) -> float | None:  # type: ignore[override]
        """The timeout for a wait that is about to begin."""
        return Until(super().get(key, default), self._deadline)


def punctual(transport: T) -> T:
    """The same transport of httpx2, whose sockets keep deadlines; those of one that was here before do so already.

    It has no public place for them. Should a later version keep them elsewhere, the transport is left as it is: waits
    are then cut when head or body of an answer begins.
    """
    pool = getattr(transport, "_pool", None)
    backend = getattr(pool, "_network_backend", None)
    if pool is not None and backend is not None and not isinstance(backend, _Sockets):
        pool._network_backend = _Sockets(backend)
    return transport


class _Sockets:
    """What opens connections."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **others: Any) -> Any:
        """Connects to the first address of the host that answers; all of them together have until the deadline."""
        hosts = _addresses(host, port) if isinstance(timeout, Until) else [host]
        for one in hosts[:-1]:
            try:
                return _Socket(self._backend.connect_tcp(one, port, _now(timeout, maybe_sent=False), **others))
            except DeadlineError:
                raise
            except Exception:  # of several addresses the last one says what is wrong
                continue
        return _Socket(self._backend.connect_tcp(hosts[-1], port, _now(timeout, maybe_sent=False), **others))

    def connect_unix_socket(self, path: str, timeout: float | None = None, **others: Any) -> _Socket:
        """Connects to a server of this machine."""
        return _Socket(self._backend.connect_unix_socket(path, _now(timeout, maybe_sent=False), **others))


class _Socket:
    """A connection."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def close(self) -> None:
        """Ends the connection, and the wait of a thread that reads from it."""
        with contextlib.suppress(OSError, AttributeError):
            socket.socket.shutdown(self._stream.get_extra_info("socket"), socket.SHUT_RDWR)
        self._stream.close()

    def read(self, max_bytes: int, timeout: float | None = None) -> Any:
        """Waits for bytes."""
        return self._stream.read(max_bytes, _now(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Hands over bytes."""
        size = _PIECE if isinstance(timeout, Until) else len(buffer)
        for start in range(0, len(buffer), size or 1):
            self._stream.write(buffer[start : start + size], _now(timeout))

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Socket:
        """Agrees on TLS."""
        return _Socket(self._stream.start_tls(ssl_context, server_hostname, _now(timeout, maybe_sent=False)))


def _now(timeout: float | None, *, maybe_sent: bool = True) -> float | None:
    return timeout.cut(maybe_sent=maybe_sent) if isinstance(timeout, Until) else timeout


def _addresses(host: str, port: int) -> list[str]:
    """The addresses of a host; itself where it has none, for the connection to say so."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return [host]
    return list(dict.fromkeys(str(address[0]) for *_, address in found)) or [host]
