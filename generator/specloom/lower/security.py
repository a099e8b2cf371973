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
            if place in {"header", "cookie"}:
                refuse_odd_name(name, node, report)
            return ApiKeyScheme(key=key, place=place, name=name, description=description, location=location)
        case "http" if read.text(node, "scheme").lower() not in {"basic", "bearer"}:
            message = f"the HTTP scheme `{read.text(node, 'scheme')}` is not carried over"
            report.error(
                "SL401", node.child("scheme"), message, "`basic`, `bearer`, or a signer by `x-specloom-signer`"
            )
            return None
        case "http":
            scheme, bearer = read.text(node, "scheme").lower(), read.text(node, "bearerFormat")
            return HttpScheme(key=key, scheme=scheme, bearer_format=bearer, description=description, location=location)
        case "oauth2":
            return OAuthScheme(key=key, flows=_flows(node), description=description, location=location)
        case "openIdConnect":
            url = read.text(node, "openIdConnectUrl")
            return OpenIdScheme(key=key, url=url, description=description, location=location)
        case "mutualTLS":
            return MutualTlsScheme(key=key, description=description, location=location)
        case kind:
            report.error("SL401", node, f"a security scheme of type `{kind}` is not carried over")
            return None


_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def refuse_odd_name(name: str, node: Node, report: Report) -> None:
    """Report the name of a header or cookie that no message can hold (RFC 9110 section 5.6.2, RFC 6265 section 4.1)."""
    if not _TOKEN.fullmatch(name):
        hint = "use letters, digits and the marks of a token"
        report.error("SL408", node.get("name") or node, "no header or cookie can have this name", hint)


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


def lower_requirements(
    operation: Node, root: Node, schemes: Sequence[SecurityScheme], report: Report
) -> tuple[Requirement, ...]:
    """The alternatives that an operation accepts: its own, else those of the document."""
    holder = operation if operation.get("security") is not None else root
    known = {one.key: one for one in schemes}
    for alternative in read.elements(holder, "security"):
        used = [(key, one) for key, one in alternative.items()]
        for key, one in used:
            declared = (root.get("components") or root).get("securitySchemes")
            if key not in known and (declared is None or key not in declared.value):
                hint = "declare it in `components.securitySchemes`"
                report.error("SL401", one, f"there is no security scheme `{key}`", hint)
        if sum(_takes_authorization(known.get(key)) for key, _ in used) > 1:
            message = "two of these schemes would each write the `Authorization` header"
            report.error("SL401", alternative, message, "list them as alternatives")
    return tuple(
        Requirement(uses=tuple(SchemeUse(key=key, scopes=_scopes(one)) for key, one in alternative.items()))
        for alternative in read.elements(holder, "security")
    )


def _takes_authorization(scheme: SecurityScheme | None) -> bool:
    match scheme:
        case ApiKeyScheme(place="header", name=name):
            return name.lower() == "authorization"
        case HttpScheme() | OAuthScheme() | OpenIdScheme() | SignerScheme():
            return True
    return False


def _scopes(node: Node) -> tuple[str, ...]:
    return tuple(one.value for one in node.elements() if isinstance(one.value, str))
