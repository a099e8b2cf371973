"""Credentials for the standard security schemes. They are never shown, copied out or pickled."""

from __future__ import annotations

from .errors import InvalidCallError
from .messages import Secret
from .operation import ApiKey, HttpAuth, Signer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Self

    Scheme = ApiKey | HttpAuth | Signer


class Credentials:
    """Something that satisfies security schemes."""

    __slots__ = ()

    def satisfies(self, scheme: Scheme) -> bool:
        """Whether these credentials can serve that scheme."""
        raise NotImplementedError

    def secret_for(self, scheme: Scheme) -> Secret:
        """What goes to the place that the scheme names."""
        raise NotImplementedError

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
        self.__token = _checked("token", token)

    def satisfies(self, scheme: Scheme) -> bool:
        """API keys and every `Authorization` scheme but `basic`."""
        return isinstance(scheme, ApiKey) or (isinstance(scheme, HttpAuth) and scheme.scheme.lower() != "basic")

    def secret_for(self, scheme: Scheme) -> Secret:
        """The token, after the scheme's name where it goes into `Authorization`."""
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
        self.__username = _checked("username", username)
        self.__password = _checked("password", password, empty=True)
        if ":" in username:
            raise InvalidCallError("a user name for basic authentication cannot hold a colon")

    def satisfies(self, scheme: Scheme) -> bool:
        """HTTP basic only."""
        return isinstance(scheme, HttpAuth) and scheme.scheme.lower() == "basic"

    def secret_for(self, scheme: Scheme) -> Secret:
        """`Basic` and both texts in Base64, as UTF-8 (RFC 7617)."""
        from binascii import b2a_base64

        pair = f"{self.__username}:{self.__password}".encode()
        return Secret(f"Basic {b2a_base64(pair, newline=False).decode('ascii')}")


def _checked(name: str, text: object, *, empty: bool = False) -> Secret:
    if not isinstance(text, str) or not (text or empty):
        raise InvalidCallError(f"{name} must be a text{'' if empty else ' that is not empty'}")
    return Secret(text)


def choose(
    alternatives: tuple[tuple[str, ...], ...],
    schemes: Mapping[str, Scheme],
    credentials: Credentials | Mapping[str, Credentials] | None,
) -> list[tuple[Scheme, Credentials]]:
    """The first alternative that the credentials can satisfy: each of its schemes with what serves it.

    An empty alternative (anonymous calls are served) is taken only where no other can be.

    Raises:
        InvalidCallError: No alternative can be satisfied; the message names what would do.
    """
    for alternative in alternatives:
        pairs = []
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
        case Signer():
            return f"{key!r} (a signature by {scheme.algorithm}, which this version cannot make)"
        case _:
            return f"{key!r} (a scheme that this version does not know)"
