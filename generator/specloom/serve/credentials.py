"""Whether a request carries the credentials that an operation asks for; their value is never looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from specloom.model import ApiKeyScheme, HttpScheme, MutualTlsScheme, OAuthScheme, OpenIdScheme, SignerScheme
from specloom.serve.cookies import parse_cookies

if TYPE_CHECKING:
    from specloom.model import Api, Operation, SecurityScheme
    from specloom.serve.asgi import Request


def missing_credentials(api: Api, operation: Operation, request: Request) -> str:
    """What a request would have to carry, for people; empty where it satisfies one of the operation's requirements."""
    schemes = {scheme.key: scheme for scheme in api.security_schemes}
    wanted: list[str] = []
    for requirement in operation.security:
        known = [schemes[use.key] for use in requirement.uses if use.key in schemes]
        missing = [scheme for scheme in known if not _is_present(scheme, request)]
        if not missing:
            return ""
        wanted.append(" and ".join(map(_describe, missing)))
    return " or ".join(dict.fromkeys(wanted))


def challenges(api: Api, operation: Operation) -> list[tuple[str, str]]:
    """The `WWW-Authenticate` headers for the schemes of HTTP that would do."""
    keys = {use.key for requirement in operation.security for use in requirement.uses}
    names = [_authorization_scheme(scheme) for scheme in api.security_schemes if scheme.key in keys]
    return [("www-authenticate", name) for name in dict.fromkeys(names) if name]


def _is_present(scheme: SecurityScheme, request: Request) -> bool:
    match scheme:
        case ApiKeyScheme():
            return bool(_key_value(scheme, request))
        case HttpScheme() | OAuthScheme() | OpenIdScheme():
            name, _, rest = request.headers.get("authorization", "").partition(" ")
            return name.lower() == _authorization_scheme(scheme).lower() and bool(rest.strip())
        case SignerScheme():
            return bool(request.headers.get("authorization", ""))
        case MutualTlsScheme():
            return True
    assert_never(scheme)


def _key_value(scheme: ApiKeyScheme, request: Request) -> str:
    match scheme.place:
        case "header":
            return request.headers.get(scheme.name.lower(), "")
        case "query":
            return dict(request.query).get(scheme.name, "")
        case _:
            return parse_cookies(request).get(scheme.name, "")


def _authorization_scheme(scheme: SecurityScheme) -> str:
    match scheme:
        case HttpScheme():
            return scheme.scheme.capitalize() if scheme.scheme.isalpha() else scheme.scheme
        case OAuthScheme() | OpenIdScheme():
            return "Bearer"
        case ApiKeyScheme() | MutualTlsScheme() | SignerScheme():
            return ""
    assert_never(scheme)


def _describe(scheme: SecurityScheme) -> str:
    match scheme:
        case ApiKeyScheme():
            return f"{scheme.place} {scheme.name}"
        case SignerScheme():
            return f"header Authorization ({scheme.algorithm})"
        case _:
            return f"header Authorization ({_authorization_scheme(scheme)})"
