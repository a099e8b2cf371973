"""Security schemes and requirements of a document -> those of the API model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from specloom.lower import read
from specloom.model import (
    ApiKeyScheme,
    HttpScheme,
    MutualTlsScheme,
    OAuthFlow,
    OAuthScheme,
    OpenIdScheme,
    Requirement,
    SchemeUse,
    SecurityScheme,
    SignerScheme,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.document import Node
    from specloom.lower.report import Report


def lower_schemes(root: Node, report: Report) -> tuple[SecurityScheme, ...]:
    """Lower the security schemes of the components."""
    components = root.get("components")
    if components is None:
        return ()
    found = (_scheme(key, node.resolved(), report) for key, node in read.members(components, "securitySchemes"))
    return tuple(one for one in found if one is not None)


def _scheme(key: str, node: Node, report: Report) -> SecurityScheme | None:
    description, location = read.text(node, "description"), node.location
    algorithm = read.text(node, "x-specloom-signer")
    if algorithm:
        return SignerScheme(key=key, algorithm=algorithm, description=description, location=location)
    match read.text(node, "type"):
        case "apiKey":
            place, name = read.text(node, "in"), read.text(node, "name")
            if place in {"header", "cookie"} and not is_token(name):
                hint = "no client can send it"
                report.warning("SL408", node.get("name") or node, "no header or cookie can have this name", hint)
                return None
            return ApiKeyScheme(key=key, place=place, name=name, description=description, location=location)
        case "http":
            scheme, bearer = read.text(node, "scheme").lower() or "bearer", read.text(node, "bearerFormat")
            return HttpScheme(key=key, scheme=scheme, bearer_format=bearer, description=description, location=location)
        case "oauth2":
            return OAuthScheme(key=key, flows=_flows(node), description=description, location=location)
        case "openIdConnect":
            url = read.text(node, "openIdConnectUrl")
            return OpenIdScheme(key=key, url=url, description=description, location=location)
        case "mutualTLS":
            return MutualTlsScheme(key=key, description=description, location=location)
        case kind:
            report.warning("SL401", node, f"no client can satisfy a security scheme of type `{kind}`")
            return None


_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def is_token(name: str) -> bool:
    """Whether a header or cookie can have a name (RFC 9110 section 5.6.2, RFC 6265 section 4.1)."""
    return _TOKEN.fullmatch(name) is not None


def _flows(node: Node) -> tuple[OAuthFlow, ...]:
    return tuple(
        OAuthFlow(
            kind=kind,
            authorization_url=read.text(flow, "authorizationUrl"),
            token_url=read.text(flow, "tokenUrl"),
            refresh_url=read.text(flow, "refreshUrl"),
            scopes=tuple((name, str(one.value)) for name, one in read.members(flow, "scopes")),
        )
        for kind, flow in read.members(node, "flows")
        if not kind.startswith("x-")
    )


class Requirements:
    """Lowers what operations require; what is odd about a scheme is said once."""

    def __init__(self, root: Node, schemes: Sequence[SecurityScheme], report: Report) -> None:
        self._root = root
        self._report = report
        self._known = {one.key: one for one in schemes}
        components = root.get("components")
        self._declared = () if components is None else dict(read.members(components, "securitySchemes"))
        self._said: set[tuple[str, ...]] = set()

    def lower(self, operation: Node) -> tuple[Requirement, ...]:
        """The alternatives that an operation accepts: its own, else those of the document."""
        holder = operation if operation.get("security") is not None else self._root
        lowered = (self._requirement(one) for one in read.elements(holder, "security"))
        return tuple(dict.fromkeys(lowered))

    def _requirement(self, alternative: Node) -> Requirement:
        uses: list[SchemeUse] = []
        for key, one in alternative.items():
            scheme = self._known.get(key)
            if key not in self._declared:
                hint = "declare it in `components.securitySchemes`; calls are made without it"
                self._say(key, node=one, message=f"there is no security scheme `{key}`", hint=hint)
            elif scheme is None or isinstance(scheme, MutualTlsScheme):
                continue  # Nothing of it goes into a request.
            elif _takes_authorization(scheme) and any(_takes_authorization(self._known[use.key]) for use in uses):
                message = "two of these schemes would each write the `Authorization` header: the first does"
                self._say(*alternative.value, node=alternative, message=message, hint="list them as alternatives")
            else:
                uses.append(SchemeUse(key=key, scopes=_scopes(one)))
        return Requirement(uses=tuple(uses))

    def _say(self, *keys: str, node: Node, message: str, hint: str) -> None:
        if keys not in self._said:
            self._said.add(keys)
            self._report.warning("SL401", node, message, hint)


def _takes_authorization(scheme: SecurityScheme | None) -> bool:
    match scheme:
        case ApiKeyScheme(place="header", name=name):
            return name.lower() == "authorization"
        case HttpScheme() | OAuthScheme() | OpenIdScheme() | SignerScheme():
            return True
    return False


def _scopes(node: Node) -> tuple[str, ...]:
    return tuple(one.value for one in node.elements() if isinstance(one.value, str))
