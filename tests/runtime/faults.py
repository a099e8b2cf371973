"""A server on the loopback, of plain sockets, that fails as it is told to and counts what reached it."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Act:
    """What the server does with one request.

    Args:
        send: Bytes that it answers with.
        wait: Seconds before that.
        drip: Seconds between one byte and the next.
        lead: Bytes that go out at once before that.
        end: `keep` the connection, `close` it, or `reset` it.
        unread: Whether it ends the connection without reading the request.
        sip: Seconds between one KiB of the request's body and the next.
    """

    send: bytes = b""
    wait: float = 0
    drip: float = 0
    lead: int = 0
    end: str = "keep"
    unread: bool = False
    sip: float = 0


def answer(status: int = 200, body: bytes = b'{"total": 1}', length: int | None = None, **headers: str) -> bytes:
    """An answer in bytes; `length` is said in place of the real one."""
    lines = [f"HTTP/1.1 {status} Something", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


OK = Act(answer())


class FaultServer:
    """Acts on each request as `acts` says, in turn; the last act goes on for ever."""

    def __init__(self) -> None:
        self.acts: list[Act] = [OK]
        self.requests: list[str] = []
        self.connections = 0
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._spawn(self._accept)

    @property
    def url(self) -> str:
        """The address."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def play(self, *acts: Act) -> None:
        """Forgets what was, and begins with the first of these acts."""
        with self._lock:
            self.acts, self.requests, self.connections = list(acts), [], 0

    def close(self) -> None:
        """Ends everything."""
        self._closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join()

    def _spawn(self, function: object, *arguments: object) -> None:
        thread = threading.Thread(target=function, args=arguments)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.add(connection)
            self._spawn(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while self._act(connection):
                pass
        with self._lock:
            self._open.discard(connection)
        connection.close()

    def _next(self) -> Act:
        with self._lock:
            return self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]

    def _act(self, connection: socket.socket) -> bool:
        """Acts on one request, and says whether another may follow."""
        if self.acts[0].unread:
            self._next()
            return _reset(connection)
        line = _read_request(connection, self.acts[0].sip)
        if line is None:
            return False
        act = self._next()
        with self._lock:
            self.requests.append(line)
        self._closing.wait(act.wait)
        for piece in _pieces(act):
            connection.sendall(piece)
            self._closing.wait(act.drip)
        return _reset(connection) if act.end == "reset" else act.end == "keep"


def _pieces(act: Act) -> list[bytes]:
    """What is sent at a time."""
    if not act.drip:
        return [act.send]
    return [act.send[: act.lead], *(act.send[at : at + 1] for at in range(act.lead, len(act.send)))]


def _reset(connection: socket.socket) -> bool:
    """Ends a connection so that the other side is told that it broke."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    return False


def _read_request(connection: socket.socket, sip: float) -> str | None:
    """The request line of the next request, which is read to its end."""
    received = b""
    if sip:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    while b"\r\n\r\n" not in received:
        more = connection.recv(65536)
        if not more:
            return None
        received += more
    head, _, body = received.partition(b"\r\n\r\n")
    named = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    length = int(named[0].split(b":")[1]) if named else 0
    while len(body) < length:
        more = connection.recv(1024 if sip else 65536)
        if not more:
            return None
        body += more
        time.sleep(sip)
    return head.split(b"\r\n")[0].decode()


@contextlib.contextmanager
def failing() -> Iterator[FaultServer]:
    """A server that runs meanwhile."""
    server = FaultServer()
    try:
        yield server
    finally:
        server.close()


def until(happened: object, seconds: float = 5) -> bool:
    """Waits until a function gives something true."""
    end = time.monotonic() + seconds
    while not (done := happened()) and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.005)
    return bool(done)
