"""Security schemes and requirements of an API model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.location import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyScheme:
    """A secret sent as it is in a header, query parameter or cookie."""

    key: str
    place: str
    name: str
    description: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpScheme:
    """An `Authorization` header of a registered HTTP scheme (`basic`, `bearer`, ...), in lower case."""

    key: str
    scheme: str
    bearer_format: str
    description: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthFlow:
    """One way to obtain an OAuth 2 token."""

    kind: str
    authorization_url: str
    token_url: str
    refresh_url: str
    scopes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthScheme:
    """OAuth 2; the token goes into `Authorization: Bearer`."""

    key: str
    flows: tuple[OAuthFlow, ...]
    description: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIdScheme:
    """OpenID Connect discovery."""

    key: str
    url: str
    description: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class MutualTlsScheme:
    """A client certificate; nothing is added to the request."""

    key: str
    description: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerScheme:
    """A signature over the final request, by the named algorithm (`x-specloom-signer`)."""

    key: str
    algorithm: str
    description: str
    location: Location


SecurityScheme = ApiKeyScheme | HttpScheme | OAuthScheme | OpenIdScheme | MutualTlsScheme | SignerScheme


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeUse:
    """A scheme that a request needs, with its scopes."""

    key: str
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """Schemes that are needed together; none at all means that anonymous requests are served."""

    uses: tuple[SchemeUse, ...]
