"""A server on the loopback, of plain sockets, that fails as it is told to and counts what reached it."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import struct
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CERTIFICATES = Path(__file__).parent / "certificates"


@dataclass(frozen=True, slots=True)
class Act:
    """What the server does with one request.

    Args:
        send: Bytes that it answers with.
        wait: Seconds before that.
        drip: Seconds between one byte and the next.
        lead: Bytes that go out at once before that.
        onto: A port of this machine that all further bytes go on to, and come from, as through a proxy.
        end: `keep` the connection, `close` it, or `reset` it.
        awaits: Whether it ends the connection only when more has come.
        blind: Whether it answers as soon as there are bytes, whatever they are.
        early: Whether it resets the connection as soon as there is one.
        unread: Whether it resets the connection when a request has come, and does not read it.
        sip: Seconds between one KiB of the request's body and the next.
    """

    send: bytes = b""
    wait: float = 0
    drip: float = 0
    lead: int = 0
    onto: int = 0
    end: str = "keep"
    awaits: bool = False
    blind: bool = False
    early: bool = False
    unread: bool = False
    sip: float = 0


def answer(status: int = 200, body: bytes = b'{"total": 1}', length: int | None = None, **headers: str) -> bytes:
    """An answer in bytes; `length` is said in place of the real one."""
    lines = [f"HTTP/1.1 {status} Something", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


OK = Act(answer())


class FaultServer:
    """Acts on each request as `acts` says, in turn; the last act goes on for ever.

    Args:
        certificate: Of the folder `certificates`, to speak TLS.
    """

    def __init__(self, certificate: str = "") -> None:
        self.acts: list[Act] = [OK]
        self.requests: list[str] = []
        self.heads: list[str] = []
        self.connections = 0
        self._tls = None
        if certificate:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._spawn(self._accept)

    @property
    def url(self) -> str:
        """The address."""
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._listener.getsockname()[1]
        return port

    @property
    def is_connected(self) -> bool:
        """Whether anybody is."""
        with self._lock:
            return bool(self._open)

    @property
    def serving(self) -> int:
        """How many threads it has."""
        return sum(thread.is_alive() for thread in self._threads)

    def play(self, *acts: Act) -> None:
        """Forgets what was, and begins with the first of these acts."""
        with self._lock:
            self.acts, self.requests, self.heads, self.connections = list(acts), [], [], 0

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
        served = connection
        with contextlib.suppress(OSError):
            if self._tls is not None:
                served = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
                with self._lock:
                    self._open.add(served)
                served.do_handshake()
            while self._act(served):
                pass
        with self._lock:
            self._open -= {connection, served}
        connection.close()
        served.close()

    def _next(self) -> Act:
        with self._lock:
            return self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]

    def _act(self, connection: socket.socket) -> bool:
        """Acts on one request, and says whether another may follow."""
        if self.acts[0].early or (self.acts[0].unread and connection.recv(1, socket.MSG_PEEK)):
            self._next()
            return _reset(connection)
        head = _read_request(connection, self.acts[0])
        if head is None:
            return False
        act = self._next()
        with self._lock:
            self.requests.append(head.splitlines()[0])
            self.heads.append(head)
        self._closing.wait(act.wait)
        for piece in _pieces(act):
            connection.sendall(piece)
            self._closing.wait(act.drip)
        if act.onto:
            return _lead(connection, act.onto)
        if act.awaits:
            connection.recv(1, socket.MSG_PEEK)
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


def _lead(near: socket.socket, port: int) -> bool:
    """Leads bytes both ways until one side has no more."""
    with socket.create_connection(("127.0.0.1", port)) as far:
        other = {near: far, far: near}
        while True:
            ready, _, _ = select.select([near, far], [], [])
            for one in ready:
                received = one.recv(65536)
                if not received:
                    return False
                other[one].sendall(received)


def _read_request(connection: socket.socket, act: Act) -> str | None:
    """The head of the next request, which is read to its end."""
    received = b""
    if act.blind:
        return repr(connection.recv(65536))
    if act.sip:
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
        more = connection.recv(1024 if act.sip else 65536)
        if not more:
            return None
        body += more
        time.sleep(act.sip)
    return head.decode("latin-1")


@contextlib.contextmanager
def failing(certificate: str = "") -> Iterator[FaultServer]:
    """A server that runs meanwhile."""
    server = FaultServer(certificate)
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
