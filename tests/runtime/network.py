"""A real server on the loopback, which does what its path says."""

from __future__ import annotations

import contextlib
import http.server
import socket
import struct
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Server(http.server.ThreadingHTTPServer):
    """Remembers the request lines and headers it got."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[tuple[str, list[tuple[str, str]], bytes]] = []
        self.connections = 0

    @property
    def url(self) -> str:
        """The address."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536
    server: Server

    def setup(self) -> None:
        """Counts connections."""
        super().setup()
        self.server.connections += 1

    def do_GET(self) -> None:
        """Answers by the first segment of the path."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append((self.requestline, self.headers.items(), body))
        behavior = getattr(self, "_" + self.path.split("/")[1], self._ok)
        behavior()

    do_POST = do_GET  # noqa: N815

    def _reply(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def _ok(self) -> None:
        self._reply(200, b'{"total": 1}', Set_Cookie="a=b", X_Request_Id="r1")

    def _redirect(self) -> None:
        self._reply(302, Location="/ok")

    def _slow(self) -> None:
        time.sleep(0.5)
        self._reply(200, b'{"total": 1}')

    def _reset(self) -> None:
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()

    def _truncated(self) -> None:
        self._cut(200)

    def _failing(self) -> None:
        self._cut(503)

    def _cut(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "500")
        self.end_headers()
        self.wfile.write(b'{"total": 1')
        self.wfile.flush()
        self.close_connection = True

    def _garbage(self) -> None:
        self.wfile.write(b"no HTTP at all\r\n\r\n")
        self.wfile.flush()
        self.close_connection = True

    def finish(self) -> None:
        """Bears a connection that was reset above."""
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    """A server that runs in a thread."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
