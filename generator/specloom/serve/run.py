"""The application over a real socket, by uvicorn."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

from specloom.serve.app import create_app
from specloom.serve.problems import ServeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import uvicorn

    from specloom.model import Api

_STOP_SECONDS = 10.0


def serve(apis: Sequence[Api], *, host: str = "127.0.0.1", port: int = 0, announce: Callable[[str], None]) -> None:
    """Serve until Ctrl-C, which is a clean end.

    Args:
        apis: The documents, all under one address.
        host: Where to listen.
        port: Where to listen; 0 picks a free one.
        announce: Told the base URL once connections are taken.

    Raises:
        ServeError: Two operations collide, the address cannot be had, or uvicorn is not installed.
    """
    server = _prepare(apis)
    with _listen(host, port) as listener, contextlib.suppress(KeyboardInterrupt):
        announce(_base_url(host, listener))
        server.run(sockets=[listener])


@contextlib.contextmanager
def running(apis: Sequence[Api]) -> Iterator[str]:
    """Serve on a free loopback port, in a thread of its own, while the context is open; gives the base URL.

    Raises:
        ServeError: As `serve`.
    """
    server = _prepare(apis)
    with _listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, args=([listener],), name="specloom-serve", daemon=True)
        thread.start()
        try:
            yield _base_url("127.0.0.1", listener)
        finally:
            server.should_exit = True
            thread.join(_STOP_SECONDS)


def _prepare(apis: Sequence[Api]) -> uvicorn.Server:
    try:
        import uvicorn
    except ImportError as error:
        raise ServeError("serving needs uvicorn: pip install 'specloom[serve]'") from error
    config = uvicorn.Config(
        create_app(apis),
        # Always the same two, whatever else is installed: h11 bounds headers and refuses what is not HTTP.
        http="h11",
        loop="asyncio",
        ws="none",
        lifespan="off",
        # Nothing of a request is written anywhere, and the same request has the same answer.
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket that already queues connections."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, OverflowError, UnicodeError) as error:
        raise ServeError(f"cannot listen on {host} port {port}: {error}") from error


def _base_url(host: str, listener: socket.socket) -> str:
    port: int = listener.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
