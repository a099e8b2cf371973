"""The network, by httpx2: the only module that imports it, at the first call of a client.

Requests go to a transport of httpx2 directly, not through `httpx2.Client`: what goes out is exactly what the call
prepared. No redirect is followed, no cookie is kept, no `.netrc` is read, nothing is logged or written to disk. Proxies
(`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`) and certificate authorities (`SSL_CERT_FILE`, `SSL_CERT_DIR`)
come from the environment as usual.
"""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING, TypeAlias

import httpx2

from . import errors, telemetry
from .addresses import address
from .auth import conceal
from .connecting import Tunnel, proxy_error, proxy_for, tls_error
from .deadlines import OVER, Waits, left, punctual
from .messages import Headers, Notice, Request, Response, Sleep
from .secrecy import words_of

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
    from typing import Any, TypeVar

    import anyio

    T = TypeVar("T")

GivenTransport: TypeAlias = httpx2.BaseTransport
"""What a caller may give in place of the network."""

GivenAsyncTransport: TypeAlias = httpx2.AsyncBaseTransport
"""What a caller may give in place of the network, for asynchronous clients."""

_CLOSED = "the client was closed while the call waited for its next attempt"
_TICK = 0.005
"""Seconds by which waits may end before or after the deadline that they were cut to."""

_SEE = "see the environment variables SSL_CERT_FILE and SSL_CERT_DIR"

telemetry.mask_log_lines()

_NOWHERE = httpx2.URL()
_ssl_lock = threading.Lock()
_ssl_contexts: list[ssl.SSLContext] = []

_FAULTS: tuple[tuple[type[Exception], Callable[[str], errors.TransportError]], ...] = (
    (httpx2.ConnectTimeout, lambda text: errors.ConnectTimeoutError(text, maybe_sent=False)),
    (httpx2.PoolTimeout, lambda text: errors.PoolTimeoutError(text, maybe_sent=False)),
    (httpx2.WriteTimeout, errors.WriteTimeoutError),
    (httpx2.ReadTimeout, errors.ReadTimeoutError),
    (httpx2.TimeoutException, errors.CallTimeoutError),
    (httpx2.ConnectError, lambda text: errors.ConnectError(text, maybe_sent=False)),
    (httpx2.ProxyError, lambda text: proxy_error(text.partition(": ")[2])),
    (httpx2.UnsupportedProtocol, lambda text: errors.ConnectError(text, maybe_sent=False)),
    (httpx2.LocalProtocolError, lambda text: errors.TransportError(text, maybe_sent=False)),
)


class _Performer:
    """What both kinds of transport share."""

    _closed = False

    def _error(self, fault: Exception, step: Request, tunnel: Tunnel | None = None) -> errors.ClientError:
        """The error for whatever a transport raised."""
        made = _translated(fault, step, tunnel)
        if self._closed and made.maybe_sent:
            return errors.TransportError("the client was closed while the call waited for its answer")
        return made


def _cause(fault: Exception) -> BaseException | None:
    """What is shown as the cause of an error that is made of this one."""
    return fault.__cause__ if isinstance(fault, errors.ClientError) else fault


class Transport(_Performer):
    """Performs the steps of calls.

    Args:
        base: The base address of the client, which decides on the proxy.
        given: Takes the place of the network.
    """

    def __init__(self, base: str, given: GivenTransport | None) -> None:
        self._transport, self._tunnels = _opened(_network, base) if given is None else (_kept_in_time(given), False)
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
        tunnel = Tunnel() if self._tunnels else None
        try:
            answer = self._transport.handle_request(_outgoing(step, tunnel))
            made = _head(answer)
        except Exception as fault:
            raise self._error(fault, step, tunnel) from _cause(fault)
        received, whole = bytearray(), False
        stream: Iterable[bytes] = answer.stream  # type: ignore[assignment]
        try:
            try:
                for chunk in stream:
                    received += chunk
                    if step.deadline is not None:
                        left(step.deadline)
                whole = True
            finally:
                answer.close()
                if self._closed and "network_stream" in answer.extensions:
                    answer.extensions["network_stream"].close()  # it may have come about while the others were closed
        except Exception as fault:
            if made.status < 400 and not whole:  # an answer that has come is one, whatever its end is like
                raise self._error(fault, step) from _cause(fault)
        return _with(made, bytes(received), step.deadline)

    def _step_aside(self, step: Sleep | Notice) -> None:
        if isinstance(step, Sleep):
            if self._closing.wait(step.seconds):
                raise errors.InvalidCallError(_CLOSED)
        else:
            step.run()

    def close(self) -> None:
        """Closes the connections, and ends the waits of calls."""
        self._closed = True
        self._closing.set()
        close(self._transport)


class AsyncTransport(_Performer):
    """Performs the steps of asynchronous calls; else as `Transport`."""

    def __init__(self, base: str, given: GivenAsyncTransport | None) -> None:
        self._transport, self._tunnels = (given, False) if given is not None else _opened(_async_network, base)
        self._waits: set[anyio.Event] = set()

    async def perform(self, step: Request | Sleep | Notice) -> Response | None:
        """As `Transport.perform`."""
        if not isinstance(step, Request):
            await self._step_aside(step)
            return None
        tunnel = Tunnel() if self._tunnels else None
        try:
            send = self._transport.handle_async_request
            answer = await _in_time(step.deadline, send, _outgoing(step, tunnel and tunnel.told))
            made = _head(answer)
        except Exception as fault:
            raise self._error(fault, step, tunnel) from _cause(fault)
        received, whole = bytearray(), False
        try:
            try:
                await _in_time(step.deadline, _receive, answer, received)
                whole = True
            finally:
                await answer.aclose()
                if self._closed and "network_stream" in answer.extensions:
                    await answer.extensions["network_stream"].aclose()
        except Exception as fault:
            if made.status < 400 and not whole:  # an answer that has come is one, whatever its end is like
                raise self._error(fault, step) from _cause(fault)
        return _with(made, bytes(received), step.deadline)

    async def _step_aside(self, step: Sleep | Notice) -> None:
        if isinstance(step, Sleep):
            import anyio

            closing = anyio.Event()
            self._waits.add(closing)
            try:
                with anyio.move_on_after(step.seconds):
                    await closing.wait()
                    raise errors.InvalidCallError(_CLOSED)
            finally:
                self._waits.discard(closing)
        else:
            returned = step.run()
            if hasattr(returned, "__await__"):
                await returned

    async def aclose(self) -> None:
        """Closes the connections, and ends the waits of calls."""
        self._closed = True
        for closing in self._waits:
            closing.set()
        await aclose(self._transport)


def close(transport: GivenTransport | Transport) -> None:
    """Closes a transport, used or not.

    Raises:
        TransportError: It does not close.
    """
    try:
        transport.close()
    except Exception as fault:
        raise _unclosed(fault) from _cause(fault)


async def aclose(transport: GivenAsyncTransport | AsyncTransport) -> None:
    """The same for asynchronous ones."""
    try:
        await transport.aclose()
    except Exception as fault:
        raise _unclosed(fault) from _cause(fault)


async def _in_time(deadline: float | None, function: Callable[..., Awaitable[T]], *arguments: object) -> T:
    """What a function gives, if that is before the deadline.

    Raises:
        DeadlineError: It is not.
    """
    if deadline is None:
        return await function(*arguments)
    import anyio

    # A wait that was cut to the deadline ends first, for it knows whether anything was sent.
    with anyio.move_on_after(left(deadline) + _TICK):
        return await function(*arguments)
    raise errors.DeadlineError(OVER)


async def _receive(answer: httpx2.Response, received: bytearray) -> None:
    stream: AsyncIterable[bytes] = answer.stream  # type: ignore[assignment]
    async for chunk in stream:
        received += chunk


def _kept_in_time(given: httpx2.BaseTransport) -> httpx2.BaseTransport:
    return punctual(given) if isinstance(given, httpx2.HTTPTransport) else given


def _network(proxy: httpx2.Proxy | None) -> httpx2.BaseTransport:
    return punctual(httpx2.HTTPTransport(verify=_ssl_context(), limits=_limits(), proxy=proxy))


def _async_network(proxy: httpx2.Proxy | None) -> httpx2.AsyncBaseTransport:
    return httpx2.AsyncHTTPTransport(verify=_ssl_context(), limits=_limits(), proxy=proxy)


def _opened(build: Callable[[httpx2.Proxy | None], T], base: str) -> tuple[T, bool]:
    """A transport by the environment, and whether it reaches that address through a tunnel.

    Raises:
        InvalidCallError: The environment asks for what cannot be.
    """
    proxy = _proxy(base)
    try:
        return build(proxy), proxy is not None and base.startswith("https:")
    except ImportError:
        raise errors.InvalidCallError("the environment names a SOCKS proxy: install httpx2[socks] for it") from None
    except Exception as fault:
        raise errors.InvalidCallError(f"no connections can be made: {fault} ({_SEE})") from fault


def _proxy(base: str) -> httpx2.Proxy | None:
    """The proxy for that address; where it is none, nothing of it is shown: it may hold a password."""
    named = conceal(proxy_for(base))
    with contextlib.suppress(Exception):
        return httpx2.Proxy(named) if named else None
    raise errors.InvalidCallError(
        "the proxy that the environment names is no address such as http://user:password@host:3128 "
        "(see HTTP_PROXY, HTTPS_PROXY, ALL_PROXY; %40 stands for an @ in a password)"
    )


def _limits() -> httpx2.Limits:
    return httpx2.Limits(max_connections=100, max_keepalive_connections=100, keepalive_expiry=5.0)


def _ssl_context() -> ssl.SSLContext:
    """One for the process: making it costs more than everything else that a client does."""
    with _ssl_lock:
        if not _ssl_contexts:
            _ssl_contexts.append(httpx2.create_ssl_context())
        return _ssl_contexts[0]


def _outgoing(request: Request, told: Callable[[str, Any], Any] | None = None) -> httpx2.Request:
    seconds = request.timeout
    waits: dict[str, float | None]
    if request.deadline is None:
        waits = {"connect": seconds, "read": seconds, "write": seconds, "pool": seconds}
    else:
        left(request.deadline)
        waits = Waits(seconds, request.deadline)
    # As a stream: for anything else httpx2 would look for lines to add, and all that go out are there.
    made = httpx2.Request(
        request.method,
        _NOWHERE,
        headers=request.headers,
        stream=httpx2.ByteStream(request.content or b""),
        extensions={"timeout": waits} if told is None else {"timeout": waits, "trace": told},
    )
    made.url = address(request.url)
    made.read()
    return made


def _head(answer: httpx2.Response) -> Response:
    return Response(answer.status_code, Headers((_text(name), _text(value)) for name, value in answer.headers.raw), b"")


def _with(head: Response, content: bytes, deadline: float | None) -> Response:
    """The whole answer; that of a failure as it came where it cannot be decompressed.

    Raises:
        TransportError: That of a success cannot be.
    """
    encoding = head.headers.get("Content-Encoding")
    if encoding and content:
        from .compression import decompressed

        try:
            content = decompressed(content, encoding, deadline)
        except errors.TransportError:
            if head.status < 400:
                raise
    head.content = content
    return head


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _unclosed(fault: Exception) -> errors.ClientError:
    if isinstance(fault, errors.ClientError):
        return fault
    return errors.TransportError(f"the transport did not close: {words_of(fault)}", maybe_sent=False)


def _translated(fault: Exception, request: Request, tunnel: Tunnel | None) -> errors.TransportError:
    """The error of ours for whatever a transport raised."""
    if isinstance(fault, errors.TransportError):
        return fault if tunnel is None else tunnel.amend(fault)
    text = words_of(fault)
    made = next((make(text) for kind, make in _FAULTS if isinstance(fault, kind)), errors.TransportError(text))
    if isinstance(fault, httpx2.ConnectError):
        made = tls_error(fault, text) or made
    if tunnel is not None:
        made = tunnel.amend(made)
    if (
        request.deadline is not None
        and isinstance(made, errors.CallTimeoutError)
        and time.monotonic() >= request.deadline - _TICK
    ):
        return errors.DeadlineError(f"{OVER} ({text})", maybe_sent=made.maybe_sent)
    return made
