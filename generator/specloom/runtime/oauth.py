"""OAuth 2 client credentials (RFC 6749, section 4.4): a token for the program itself, obtained when first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

from . import codec, pointers
from .auth import basic, checked, conceal
from .errors import InvalidCallError
from .messages import Request, Secret, SecretBytes
from .operation import HttpAuth, OAuth
from .text import quoted
from .tokens import RefreshedCredentials, Token, ask, unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .auth import Authentication
    from .operation import Scheme
    from .tokens import Clock, Obtaining

_PROVES = ("header", "body")
_LONGEST = 1e9
"""Seconds that a token serves at most, whatever the server says."""


class OAuthClientCredentials(RefreshedCredentials):
    """An OAuth 2 client: its tokens are obtained when first needed, shared by all calls, and renewed in time.

    Give the same object to several clients, and they share its tokens; threads and tasks may use it at once.

    Args:
        client_id: The name of the client.
        client_secret: Its secret.
        scopes: What to ask for; by default the server decides.
        token_url: Where to ask; by default the address that the API documents.
        sent_in: Where the secret goes: `header`, which every server must take (HTTP basic), or `body`.
        clock: Gives seconds since 1970, in place of the clock of this machine.

    Raises:
        InvalidCallError: An argument is missing or makes no sense.
    """

    __slots__ = ("__client_id", "__client_secret", "__in_body", "__scopes", "__token_url")

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        *,
        scopes: Iterable[str] = (),
        token_url: str | None = None,
        sent_in: str = "header",
        clock: Callable[[], float] | None = None,
    ) -> None:
        client_id, client_secret = conceal(client_id), conceal(client_secret)
        self.__client_id = checked("client_id", client_id)
        self.__client_secret = checked("client_secret", client_secret)
        self.__scopes = " ".join([scopes] if isinstance(scopes, str) else scopes)
        if token_url is not None and not _is_address(token_url):
            raise InvalidCallError("token_url= is no http or https address")
        self.__token_url = token_url
        if sent_in not in _PROVES:
            raise InvalidCallError(f"sent_in={sent_in!r} is neither 'header' nor 'body'")
        self.__in_body = sent_in == "body"
        super().__init__(clock)

    def satisfies(self, scheme: Scheme) -> bool:
        """OAuth 2 with a token address, documented or given; any bearer token where it is given."""
        if isinstance(scheme, OAuth):
            return bool(scheme.token_url or self.__token_url)
        return isinstance(scheme, HttpAuth) and scheme.scheme.lower() == "bearer" and self.__token_url is not None

    def key(self, scheme: Scheme, call: Authentication) -> str:
        """The address that the token is from."""
        documented = scheme.token_url if isinstance(scheme, OAuth) else ""
        return self.__token_url or urljoin(call.client.base + "/", documented)

    def obtain(self, scheme: Scheme, request: Request, call: Authentication, clock: Clock) -> Obtaining:
        """Asks for a token; the time it lives is counted from before the question."""
        url, started = self.key(scheme, call), clock()
        who = codec.host_of(url)
        asking = self._question(url, call.client.service.user_agent)
        answer = yield from ask(asking, request, call, who, (self.__client_secret,))
        content = pointers.parsed(SecretBytes(answer.content))
        text = conceal(pointers.resolve(content, "/access_token"))
        kind = pointers.resolve(content, "/token_type")
        lifetime = pointers.resolve(content, "/expires_in")
        del content
        if not text or (isinstance(kind, str) and kind.lower() != "bearer"):
            raise unusable(answer, who)
        return Token(text, started, _positive(lifetime))

    def _question(self, url: str, user_agent: str) -> Request:
        form = {"grant_type": "client_credentials"} | ({"scope": self.__scopes} if self.__scopes else {})
        if self.__in_body:
            form |= {"client_id": self.__client_id, "client_secret": self.__client_secret}
        content = SecretBytes(urlencode(form).encode("ascii"))
        headers = [
            ("Host", codec.host_of(url)),
            ("User-Agent", user_agent),
            ("Accept", "application/json"),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Content-Length", str(len(content))),
        ]
        if not self.__in_body:  # RFC 6749, section 2.3.1: both are form-encoded before they are joined
            proof = basic(Secret(quoted(self.__client_id)), Secret(quoted(self.__client_secret)))
            headers.append(("Authorization", proof))
        return Request("POST", url, headers, content, None)


def _is_address(url: object) -> bool:
    try:
        parts = urlsplit(url) if isinstance(url, str) else None
        return (
            parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        )
    except ValueError:
        return False


def _positive(lifetime: object) -> float | None:
    """Seconds, also where they came as text; `None` where nothing was said that makes sense."""
    if isinstance(lifetime, str) and lifetime.isascii() and lifetime.isdigit():
        lifetime = float(lifetime)  # of any length, as `int` is not
    if isinstance(lifetime, bool) or not isinstance(lifetime, (int, float)) or not lifetime > 0:
        return None
    return float(min(lifetime, _LONGEST))
