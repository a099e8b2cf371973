"""What comes before a request is sent: which proxy there is, and what a connection that fails to come about says."""

from __future__ import annotations

import os
import ssl
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .errors import CallTimeoutError, ConnectError, ConnectTimeoutError, DeadlineError, ProxyError, TLSError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from .errors import TransportError

_TRUST = (
    "if it is the server, or the proxy before it, that you mean to reach, name the file with the certificate of its "
    "authority in the environment variable SSL_CERT_FILE, or a folder of such files in SSL_CERT_DIR"
)
_ADVICE = {
    9: "see that the clock of this machine is right",
    10: "see that the clock of this machine is right; if it is, the server needs a new certificate",
    62: "see that the endpoint names the host that the certificate was made for",
    64: "see that the endpoint names the host that the certificate was made for",
}
"""What to do, by the codes of OpenSSL: not valid yet, expired, another host, another IP address."""
_BROKEN_OFF = (
    *(ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError),
    *(ssl.SSLWantReadError, ssl.SSLWantWriteError),
)
"""The connection ended, maybe while more was awaited: that says nothing of what both sides can agree on."""


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
    return proxy if "://" in proxy else f"http://{proxy.removeprefix('//')}"


def tls_error(fault: BaseException, text: str) -> TLSError | None:
    """The error for a connection that failed because both sides do not agree on TLS; `None` where it broke."""
    cause = next((one for one in _chain(fault) if isinstance(one, OSError)), None)
    if not isinstance(cause, ssl.SSLError) or isinstance(cause, _BROKEN_OFF):
        return None
    if isinstance(cause, ssl.SSLCertVerificationError):
        advice = _ADVICE.get(cause.verify_code, _TRUST)
        words = cause.verify_message.rstrip(".")
        return TLSError(f"the certificate of the server is not accepted: {words}; {advice}")
    if cause.reason in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"):
        return TLSError(f"the server does not speak TLS there: see that scheme and port of the endpoint fit ({text})")
    return TLSError(f"no agreement on TLS with the server: {text}")


def _chain(fault: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = fault
    while one is not None and id(one) not in seen:
        yield one
        seen.add(id(one))
        one = one.__cause__ or one.__context__


def proxy_error(text: str) -> ProxyError:
    """The error for a proxy that refused the way to the server; the text begins with the status that it gave."""
    digits = text[:3]
    status = int(digits) if digits.isascii() and digits.isdigit() else None
    advice = ": see the user and the password that the environment names for the proxy" if status == 407 else ""
    return ProxyError(f"the proxy refused the way to the server, {text.strip()}{advice}", status=status)


class Tunnel:
    """Notes whether a request went out through the tunnel that a proxy opened for it: before that nothing was sent."""

    __slots__ = ("is_open",)

    def __init__(self) -> None:
        self.is_open = False

    def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        """Is told of each step of the connection."""
        if event.endswith("send_request_headers.started") and info["request"].method != b"CONNECT":
            self.is_open = True

    async def told(self, event: str, info: Mapping[str, Any]) -> None:
        """The same for asynchronous connections."""
        self(event, info)

    def amend(self, error: TransportError) -> TransportError:
        """The error for what went wrong: one of the proxy's where the tunnel was not open yet."""
        if self.is_open or isinstance(error, ConnectError) or not error.maybe_sent:
            return error
        if isinstance(error, DeadlineError):
            return DeadlineError(str(error.message), maybe_sent=False)
        if isinstance(error, CallTimeoutError):
            return ConnectTimeoutError(f"the proxy did not answer: {error.message}", maybe_sent=False)
        return ProxyError(f"the proxy opened no way to the server: {error.message}")
