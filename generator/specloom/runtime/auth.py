"""Credentials for the standard security schemes, and what one call is authorised by.

Credentials are never shown, copied out or pickled. They are applied to a copy of the request as the last step of each
attempt, so that what is signed is what is sent, and nothing else of a call ever sees them.
"""

from __future__ import annotations

from .errors import InvalidCallError
from .messages import Secret
from .operation import ApiKey, HttpAuth, OAuth, Signer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterator, Mapping
    from typing import Any, Self, TypeAlias

    from .configuration import Configuration
    from .messages import Request, Response, Sleep
    from .operation import Operation, Scheme

    Pairs: TypeAlias = list[tuple[Scheme, "Credentials"]]
    Steps: TypeAlias = Generator[Request | Sleep, Response | None, None]
    Exchange: TypeAlias = Generator[Request | Sleep, Response | None, Response | None]


_LATEST = 253_402_300_799
"""The last second that a date can name."""


class Credentials:
    """Something that satisfies security schemes."""

    __slots__ = ()

    refreshable = False
    """Whether something else can be tried after the server refused them. What cannot be refreshed is sent once, and
    a refusal is never retried: some services lock a key after a few of them."""

    def satisfies(self, scheme: Scheme) -> bool:
        """Whether these credentials can serve that scheme."""
        raise NotImplementedError

    def secret_for(self, scheme: Scheme) -> Secret:
        """What goes to the place that the scheme names."""
        raise NotImplementedError

    def authenticate(self, scheme: Scheme, request: Request, call: Authentication) -> Steps:
        """Puts what the scheme wants into a request, as the last step before it is sent.

        Requests and waits that this takes are yielded, and the drivers of clients serve them like those of calls.

        Args:
            request: To be changed in place: its address and its header lines.
            call: What the request belongs to.
        """
        place(scheme, self.secret_for(scheme), request, call.kept)
        yield from ()

    def refused(self, call: Authentication) -> bool:
        """Forgets what the server has just refused, and says whether there is something else to try."""
        return False

    def accepted(self, call: Authentication) -> None:
        """Is told that the server took what it was sent."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        raise TypeError(f"{type(self).__name__} are not pickled: give them to each process by its own means")


class TokenCredentials(Credentials):
    """A secret text: an API key, a bearer token, an access token. The API says where it goes.

    Args:
        token: The secret, as the service gave it.
    """

    __slots__ = ("__token",)

    def __init__(self, token: str) -> None:
        token = conceal(token)
        self.__token = checked("token", token)

    def satisfies(self, scheme: Scheme) -> bool:
        """API keys, OAuth 2 and every `Authorization` scheme but `basic`."""
        if isinstance(scheme, HttpAuth):
            return scheme.scheme.lower() != "basic"
        return isinstance(scheme, (ApiKey, OAuth))

    def secret_for(self, scheme: Scheme) -> Secret:
        """The token, after the scheme's name where it goes into `Authorization`."""
        if isinstance(scheme, OAuth):
            return Secret(f"Bearer {self.__token}")
        if isinstance(scheme, HttpAuth):
            name = "Bearer" if scheme.scheme.lower() == "bearer" else scheme.scheme
            return Secret(f"{name} {self.__token}")
        return self.__token


class BasicCredentials(Credentials):
    """A user name and a password for HTTP basic authentication.

    Args:
        username: Without a colon.
        password: Any text.
    """

    __slots__ = ("__password", "__username")

    def __init__(self, username: str, password: str) -> None:
        username, password = conceal(username), conceal(password)
        self.__username = checked("username", username)
        self.__password = checked("password", password, empty=True)
        if ":" in username:
            raise InvalidCallError("a user name for basic authentication cannot hold a colon")

    def satisfies(self, scheme: Scheme) -> bool:
        """HTTP basic only."""
        return isinstance(scheme, HttpAuth) and scheme.scheme.lower() == "basic"

    def secret_for(self, scheme: Scheme) -> Secret:
        """`Basic` and both texts in Base64, as UTF-8 (RFC 7617)."""
        return basic(self.__username, self.__password)


def basic(username: Secret, password: Secret) -> Secret:
    """The value of `Authorization` for a user name and a password."""
    from binascii import b2a_base64

    return Secret("Basic " + b2a_base64(f"{username}:{password}".encode(), newline=False).decode("ascii"))


def conceal(text: object) -> Any:
    """A secret text as one that is not shown; something that is no text is given back as nothing.

    The first thing that a function does with a secret argument, so that no traceback shows the argument.
    """
    return Secret(text) if isinstance(text, str) else None


def checked(name: str, text: object, *, empty: bool = False) -> Secret:
    """A secret that is there.

    Raises:
        InvalidCallError: It is no text, or empty where it must not be, or cannot be sent.
    """
    if not isinstance(text, Secret) or not (text or empty):
        raise InvalidCallError(f"{name} must be a text{'' if empty else ' that is not empty'}")
    # Raised out here, for the fault of the encoder holds the text.
    try:
        text.encode()
    except UnicodeEncodeError:
        pass
    else:
        return text
    raise InvalidCallError(f"{name} holds half a character (a lone surrogate)")


def clock_of(clock: object) -> Callable[[], float]:
    """Seconds since 1970: this machine's, or a caller's function, whose answers are looked at.

    Raises:
        InvalidCallError: It is no function; and when it is called, where it gives no such number.
    """
    if clock is None:
        import time

        return time.time
    if not callable(clock):
        raise InvalidCallError("clock= takes a function that gives seconds since 1970")

    def read() -> float:
        now = clock()
        if isinstance(now, (int, float)) and 0 <= now <= _LATEST:
            return now
        from .text import shown

        raise InvalidCallError(f"clock= gave {shown(now)}, which is no number of seconds since 1970")

    return read


class Authentication:
    """What one call is authorised by.

    Args:
        client: Whose call it is.
        pairs: Schemes, each with the credentials that serve it; signatures come last.
        kept: Names of header lines, in lower case, that the caller set and that stay as they are.

    Attributes:
        used: What credentials put into the last attempt, for their own use.
        sent: The last request, with what authorised it; `None` before the first.
        signed_at: Seconds since 1970 that the last attempt was signed for; `None` where no signature depends on time.
    """

    __slots__ = ("_refreshed", "client", "kept", "pairs", "sent", "signed_at", "used")

    def __init__(self, client: Configuration, pairs: Pairs, kept: Collection[str]) -> None:
        self.client = client
        self.pairs = sorted(pairs, key=lambda pair: isinstance(pair[0], Signer)) if len(pairs) > 1 else pairs
        self.kept = kept
        self.used: dict[Credentials, Any] = {}
        self.sent: Request | None = None
        self.signed_at: float | None = None
        self._refreshed = False

    @property
    def refreshable(self) -> bool:
        """Whether a refusal may be followed by another attempt, which `attempt` makes by itself, once in a call."""
        return not self._refreshed and any(credentials.refreshable for _, credentials in self.pairs)

    def attempt(self, request: Request) -> Exchange:
        """One attempt: authenticates, sends, and once in a call again with fresh credentials where they were refused.

        The request itself stays as it is; a copy of it is sent.

        Raises:
            TransportError: No whole answer arrived; `maybe_sent` is false where it was one on the way to a token.
            StatusError: The credentials could not be refreshed.
        """
        if not self.pairs:
            return (yield request)
        response = yield from self._send(request)
        if response is not None and self.refreshable and self._is_refusal(response):
            self._refreshed = True
            others = [credentials.refused(self) for _, credentials in self.pairs]
            if any(others):
                response = yield from self._send(request)
        if response is not None and response.status < 400:
            for _, credentials in self.pairs:
                credentials.accepted(self)
        return response

    def _send(self, request: Request) -> Exchange:
        # A copy: functions of the caller's may hold the request, and look at it while it is on its way.
        self.sent = sent = request.copied()
        for scheme, credentials in self.pairs:
            yield from credentials.authenticate(scheme, sent, self)
        return (yield sent)

    def _is_refusal(self, response: Response) -> bool:
        """Whether the answer says that the credentials are wrong or expired: 401, or a code that means it."""
        if response.status == 401:
            return True
        codes = self.client.service.kinds.get("authentication", ())
        return bool(codes) and 400 <= response.status < 500 and any(code in codes for code in self._codes(response))

    def _codes(self, response: Response) -> Iterator[object]:
        from . import pointers

        content = pointers.parsed(response.content)
        for declared in self.client.service.errors:
            for source in declared.sources if declared.name == "code" else ():
                where, _, name = source.partition(":")
                yield response.headers.get(name) if where == "header" else pointers.resolve(content, name)


def authentication(client: Configuration, operation: Operation[Any], kept: Collection[str] = ()) -> Authentication:
    """What a call of that operation is authorised by.

    Raises:
        InvalidCallError: No alternative of its security requirements can be satisfied.
    """
    pairs = choose(operation.security, client.service.schemes, client.credentials) if operation.security else []
    return Authentication(client, pairs, kept)


def place(scheme: Scheme, secret: Secret, request: Request, kept: Collection[str]) -> None:
    """Puts a secret where the scheme wants it; a header line that the caller set stays.

    Raises:
        InvalidCallError: The secret cannot stand in a header line; the message does not show it.
    """
    where, name = (scheme.place, scheme.name) if isinstance(scheme, ApiKey) else ("header", "Authorization")
    if where == "query":
        from .text import quoted

        mark = "&" if "?" in request.url else "?"
        request.url = Secret(f"{request.url}{mark}{quoted(name)}={quoted(secret)}")
    elif where == "cookie":
        from .text import quoted

        before = Secret(next((value + "; " for key, value in request.headers if key == "Cookie"), ""))
        put(request.headers, "Cookie", Secret(f"{before}{name}={quoted(secret)}"))
    elif name.lower() not in kept:
        if not (secret.isascii() and secret.isprintable()) or " " in (secret[:1], secret[-1:]):
            from .codec import header_value

            header_value(name, secret)
        put(request.headers, name, secret)


def put(lines: list[tuple[str, str]], name: str, value: str) -> None:
    """Replaces the line of that name in its place, or appends it."""
    wanted = name.lower()
    for index, (key, _) in enumerate(lines):
        if key.lower() == wanted:
            lines[index] = (name, value)
            return
    lines.append((name, value))


def choose(
    alternatives: tuple[tuple[str, ...], ...],
    schemes: Mapping[str, Scheme],
    credentials: Credentials | Mapping[str, Credentials] | None,
) -> Pairs:
    """The first alternative that the credentials can satisfy: each of its schemes with what serves it.

    An empty alternative (anonymous calls are served) is taken only where no other can be.

    Raises:
        InvalidCallError: No alternative can be satisfied; the message names what would do.
    """
    for alternative in alternatives:
        pairs: Pairs = []
        for key in alternative:
            scheme, given = schemes.get(key), _credentials_for(key, credentials, len(alternative))
            if scheme is not None and given is not None and given.satisfies(scheme):
                pairs.append((scheme, given))
        if pairs and len(pairs) == len(alternative):
            return pairs
    if not alternatives or () in alternatives:
        return []
    wanted = " or ".join(" with ".join(_describe(key, schemes.get(key)) for key in keys) for keys in alternatives)
    what = "no credentials were given" if not credentials else "the credentials given do not serve it"
    raise InvalidCallError(f"{what}: this operation needs {wanted}")


def _credentials_for(
    key: str, credentials: Credentials | Mapping[str, Credentials] | None, needed_together: int
) -> Credentials | None:
    """What serves one scheme; the same secret never goes to two places, which need a mapping of credentials."""
    if credentials is None:
        return None
    if isinstance(credentials, Credentials):
        return credentials if needed_together == 1 else None
    return credentials.get(key)


def _describe(key: str, scheme: Scheme | None) -> str:
    match scheme:
        case ApiKey():
            return f"{key!r} (TokenCredentials, sent as {scheme.place} {scheme.name})"
        case HttpAuth() if scheme.scheme.lower() == "basic":
            return f"{key!r} (BasicCredentials)"
        case HttpAuth():
            return f"{key!r} (TokenCredentials, sent as Authorization: {scheme.scheme})"
        case OAuth():
            return f"{key!r} (OAuthClientCredentials, or TokenCredentials sent as Authorization: Bearer)"
        case Signer():
            return f"{key!r} (credentials that sign by {scheme.algorithm})"
        case _:
            return f"{key!r} (a scheme that this version does not know)"
