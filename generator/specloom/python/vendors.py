"""Modules of the runtime that are copied only where a spec needs them: those of a vendor, where it names the signer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.model import OAuthScheme, SignerScheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from specloom.model import Api, SecurityScheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """A vendor.

    Args:
        module: Its module (or package) in `vendors` of the runtime.
        signers: The algorithms that `x-specloom-signer` may name, in lower case.
        exports: What packages offer from there.
        needs: Which of the modules in `ON_DEMAND` it is built on.
    """

    module: str
    signers: tuple[str, ...]
    exports: tuple[str, ...]
    needs: tuple[str, ...] = ()


ON_DEMAND = ("many", "oauth", "parts", "tokens", "webhooks")
"""Modules of the runtime that only packages have which can use them, besides those of vendors."""


VENDORS = (
    Vendor(
        module="huaweicloud",
        signers=("sdk-hmac-sha256",),
        exports=("AccessKeyCredentials", "PasswordCredentials", "default_credentials"),
        needs=("tokens",),
    ),
)


def vendors_of(apis: Iterable[Api]) -> tuple[Vendor, ...]:
    """The vendors whose signers the documents name, each once."""
    named = {one.algorithm.lower() for one in _schemes(apis) if isinstance(one, SignerScheme)}
    return tuple(vendor for vendor in VENDORS if named.intersection(vendor.signers))


def runtime_parts(apis: Sequence[Api], *, webhooks: bool, in_parts: bool, many: bool) -> tuple[str, ...]:
    """The modules of the runtime that these documents need beyond those of every package, by their dotted names.

    Args:
        webhooks: Whether the package reads what services send.
        in_parts: Whether a resource of it has several modules.
        many: Whether a client of it has very many resources.
    """
    vendors = vendors_of(apis)
    parts = {f"vendors.{vendor.module}" for vendor in vendors} | {one for vendor in vendors for one in vendor.needs}
    if any(token_url(one) for one in _schemes(apis)):
        parts |= {"oauth", "tokens"}
    if webhooks:
        parts.add("webhooks")
    if in_parts:
        parts.add("parts")
    if many:
        parts.add("many")
    return tuple(sorted(parts))


def credentials_of(apis: Sequence[Api]) -> Mapping[str, str]:
    """The credentials that a package offers beyond those of every package, each with its module of the runtime."""
    exports = {name: f"vendors.{vendor.module}" for vendor in vendors_of(apis) for name in vendor.exports}
    if any(token_url(one) for one in _schemes(apis)):
        exports["OAuthClientCredentials"] = "oauth"
    return exports


def token_url(scheme: SecurityScheme) -> str:
    """Where a program obtains a token for itself; empty where the scheme knows no such way."""
    flows = scheme.flows if isinstance(scheme, OAuthScheme) else ()
    return next((flow.token_url for flow in flows if flow.kind == "clientCredentials"), "")


def _schemes(apis: Iterable[Api]) -> Iterable[SecurityScheme]:
    return (scheme for api in apis for scheme in api.security_schemes)
