"""The network, by httpx2: the only module that imports it, at the first call of a client.

Requests go to a transport of httpx2 directly, not through `httpx2.Client`: what goes out is exactly what the call
prepared. No redirect is followed, no cookie is kept, no `.netrc` is read, nothing is logged or written to disk. Proxies
(`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`) and certificate authorities (`SSL_CERT_FILE`, `SSL_CERT_DIR`)
come from the environment as usual.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import zlib
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

import httpx2

from . import errors
from .messages import Headers, Notice, Request, Response, Sleep

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterable, Callable, Iterable
    from typing import TypeVar

    T = TypeVar("T")

GivenTransport: TypeAlias = httpx2.BaseTransport
"""What a caller may give in place of the network."""

GivenAsyncTransport: TypeAlias = httpx2.AsyncBaseTransport
"""What a caller may give in place of the network, for asynchronous clients."""

opening = threading.Lock()
"""Held while a client opens its transport, so that threads share one."""

_OVER = "the deadline of the call is over"
_TICK = 0.005
"""Seconds by which a wait may end before the deadline that it was cut to."""

_ssl_lock = threading.Lock()
_ssl_contexts: list[ssl.SSLContext] = []

_FAULTS: tuple[tuple[type[Exception], Callable[[str], errors.ClientError]], ...] = (
    (httpx2.ConnectTimeout, lambda text: errors.ConnectTimeoutError(text, maybe_sent=False)),
    (httpx2.PoolTimeout, lambda text: errors.PoolTimeoutError(text, maybe_sent=False)),
    (httpx2.WriteTimeout, errors.WriteTimeoutError),
    (httpx2.ReadTimeout, errors.ReadTimeoutError),
    (httpx2.TimeoutException, errors.CallTimeoutError),
    (httpx2.ConnectError, lambda text: errors.ConnectError(text, maybe_sent=False)),
    (httpx2.ProxyError, lambda text: errors.ConnectError(text, maybe_sent=False)),
    (httpx2.UnsupportedProtocol, lambda text: errors.ConnectError(text, maybe_sent=False)),
    (httpx2.LocalProtocolError, lambda text: errors.TransportError(text, maybe_sent=False)),
)


class Transport:
    """Performs the steps of calls.

    Args:
        base: The base address of the client, which decides on the proxy.
        given: Takes the place of the network.
    """

    def __init__(self, base: str, given: GivenTransport | None) -> None:
        self._transport = given if given is not None else _guarded(_network, base)
        self._closing = threading.Event()

    def perform(self, step: Request | Sleep | Notice) -> Response | None:
        """Sends a request and reads the answer to its end, or waits, or runs a function of the caller's.

        Waits end when the client is closed.

        Raises:
            TransportError: Whatever went wrong on the way; besides it only what functions of the caller's raise.
        """
        if not isinstance(step, Request):
            self._step_aside(step)
            return None
        try:
            answer = self._transport.handle_request(_outgoing(step))
        except Exception as fault:
            raise _translated(fault, step) from fault
        received = bytearray()
        stream: Iterable[bytes] = answer.stream  # type: ignore[assignment]
        try:
            try:
                for chunk in stream:
                    received += chunk
                    if step.deadline is not None:
                        _left(step.deadline)
            finally:
                answer.close()
        except Exception as fault:
            if answer.status_code < 400:
                raise _translated(fault, step) from fault
        return _incoming(answer, bytes(received))

    def _step_aside(self, step: Sleep | Notice) -> None:
        if isinstance(step, Sleep):
            if self._closing.wait(step.seconds):
                raise errors.InvalidCallError("the client was closed while the call waited for its next attempt")
        else:
            step.function(*step.arguments)

    def close(self) -> None:
        """Closes the connections, and ends the waits of calls."""
        self._closing.set()
        self._transport.close()


class AsyncTransport:
    """Performs the steps of asynchronous calls; else as `Transport`."""

    def __init__(self, base: str, given: GivenAsyncTransport | None) -> None:
        self._transport = given if given is not None else _guarded(_async_network, base)

    async def perform(self, step: Request | Sleep | Notice) -> Response | None:
        """As `Transport.perform`."""
        if not isinstance(step, Request):
            await self._step_aside(step)
            return None
        if step.deadline is None:
            return await self._send(step)
        import anyio

        try:
            with anyio.fail_after(_left(step.deadline)):
                return await self._send(step)
        except TimeoutError as fault:
            raise errors.DeadlineError(_OVER) from fault

    async def _step_aside(self, step: Sleep | Notice) -> None:
        if isinstance(step, Sleep):
            import anyio

            await anyio.sleep(step.seconds)
        else:
            returned = step.function(*step.arguments)
            if hasattr(returned, "__await__"):
                await returned

    async def _send(self, step: Request) -> Response:
        try:
            answer = await self._transport.handle_async_request(_outgoing(step))
        except Exception as fault:
            raise _translated(fault, step) from fault
        received = bytearray()
        stream: AsyncIterable[bytes] = answer.stream  # type: ignore[assignment]
        try:
            try:
                async for chunk in stream:
                    received += chunk
            finally:
                await answer.aclose()
        except Exception as fault:
            if answer.status_code < 400:
                raise _translated(fault, step) from fault
        return _incoming(answer, bytes(received))

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._transport.aclose()


def _guarded(build: Callable[[str], T], base: str) -> T:
    try:
        return build(base)
    except Exception as fault:
        raise _translated(fault) from fault


def _network(base: str) -> httpx2.BaseTransport:
    return httpx2.HTTPTransport(verify=_ssl_context(), limits=_limits(), proxy=proxy_for(base))


def _async_network(base: str) -> httpx2.AsyncBaseTransport:
    return httpx2.AsyncHTTPTransport(verify=_ssl_context(), limits=_limits(), proxy=proxy_for(base))


def _limits() -> httpx2.Limits:
    return httpx2.Limits(max_connections=100, max_keepalive_connections=100, keepalive_expiry=5.0)


def _ssl_context() -> ssl.SSLContext:
    """One for the process: making it costs more than everything else that a client does."""
    with _ssl_lock:
        if not _ssl_contexts:
            _ssl_contexts.append(httpx2.create_ssl_context())
        return _ssl_contexts[0]


def proxy_for(base: str) -> str | None:
    """The proxy that the environment (or the system, on macOS and Windows) names for that address."""
    named = any(name.lower().endswith("_proxy") and value for name, value in os.environ.items())
    if not named and sys.platform not in ("darwin", "win32"):
        return None
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(base)
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(parts.netloc):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _outgoing(request: Request) -> httpx2.Request:
    seconds = request.timeout
    waits = {"connect": seconds, "read": seconds, "write": seconds, "pool": seconds}
    if request.deadline is not None:
        _left(request.deadline)
        waits = _Waits(waits, request.deadline)
    return httpx2.Request(
        request.method,
        request.url,
        headers=request.headers,
        content=request.content,
        extensions={"timeout": waits},
    )


class _Waits(dict[str, float | None]):
    """Timeouts that end with the deadline: the transport asks for each when it begins to wait."""

    def __init__(self, waits: dict[str, float | None], deadline: float) -> None:
        super().__init__(waits)
        self._deadline = deadline

    def get(self, key: str, default: float | None = None) -> float | None:  # type: ignore[override]
        """The timeout, or the time that is left."""
        left = max(0.001, self._deadline - time.monotonic())
        seconds = super().get(key, default)
        return left if seconds is None else min(seconds, left)


def _left(deadline: float) -> float:
    """Seconds until the deadline.

    Raises:
        DeadlineError: There are none left.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise errors.DeadlineError(_OVER)
    return left


def _incoming(answer: httpx2.Response, content: bytes) -> Response:
    headers = Headers((_text(name), _text(value)) for name, value in answer.headers.raw)
    return Response(answer.status_code, headers, _decompressed(content, headers.get("Content-Encoding")))


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _decompressed(content: bytes, encoding: str | None) -> bytes:
    """The content without `gzip` and `deflate`; as it came where it is neither, or broken."""
    for name in reversed([] if encoding is None else encoding.lower().split(",")):
        windows = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}.get(name.strip(), ())
        for window in windows:
            try:
                content = zlib.decompress(content, window)
                break
            except zlib.error:
                continue
    return content


def _translated(fault: Exception, request: Request | None = None) -> errors.ClientError:
    """The error of ours for whatever a transport raised."""
    if isinstance(fault, errors.ClientError):
        return fault
    text = f"{type(fault).__name__}: {fault}" if str(fault) else type(fault).__name__
    made = next((make(text) for kind, make in _FAULTS if isinstance(fault, kind)), errors.TransportError(text))
    deadline = None if request is None else request.deadline
    if deadline is not None and isinstance(made, errors.CallTimeoutError) and time.monotonic() >= deadline - _TICK:
        return errors.DeadlineError(f"{_OVER} ({text})", maybe_sent=made.maybe_sent)
    return made
