"""Rows of the emitted tests of credentials: each documented way to authorise a call, and what is sent for it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import quote

from specloom.model import ApiKeyScheme, HttpScheme, SignerScheme
from specloom.python import contents, wire
from specloom.python.vendors import VENDORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model import Api, Json, Operation, SecurityScheme
    from specloom.model.security import Requirement
    from specloom.python.rows_of_refusals import Refusals

_SIGNED = "AccessKeyCredentials"
MADE = {
    "TokenCredentials": f'TokenCredentials("{wire.TOKEN}")',
    "BasicCredentials": f'BasicCredentials("{wire.USERNAME}", "{wire.PASSWORD}")',
    _SIGNED: f'{_SIGNED}("an-access-key", "a-secret-key")',
}
"""Credentials by their class, as tests make them."""


def credential_rows(api: Api, calls: Refusals) -> Iterator[Json]:
    """The call and its arguments, the class of credentials for each scheme, and what is then found in which place.

    Args:
        calls: Knows how operations are called.
    """
    schemes = {one.key: one for one in api.security_schemes}
    for operation in api.operations:
        body = _body(operation)
        if operation.documentation.deprecated or not calls.is_whole(operation, body):
            continue
        for requirement in operation.security:
            used = _used(requirement, schemes)
            if used and all(used.values()):
                classes: dict[str, Json] = {**used}
                said: list[Json] = [*chain.from_iterable(_said(schemes[key]) for key in used)]
                yield [calls.naming.call(operation), calls.arguments(operation, body), classes, said]


def classes_in(row: Json) -> list[str]:
    """The classes of credentials that a row names."""
    classes = row[2] if isinstance(row, list) else None
    return [str(one) for one in classes.values()] if isinstance(classes, dict) else []


def _body(operation: Operation) -> Json:
    """A documented body of an operation that needs one."""
    if operation.body is None or not operation.body.required:
        return None
    chosen = contents.choose(operation.body.contents)
    shown = chosen.content.examples if chosen.content is not None and chosen.kind == "json" else ()
    return next((one.value for one in shown if not one.raw), None)


def _used(requirement: Requirement, schemes: Mapping[str, SecurityScheme]) -> dict[str, str]:
    return {one.key: _class_for(schemes[one.key]) if one.key in schemes else "" for one in requirement.uses}


def _class_for(scheme: SecurityScheme) -> str:
    if isinstance(scheme, SignerScheme):
        known = [vendor for vendor in VENDORS if scheme.algorithm.lower() in vendor.signers]
        return _SIGNED if known and _SIGNED in known[0].exports else ""
    return wire.credentials_for(scheme)


def _said(scheme: SecurityScheme) -> Iterator[Json]:
    match scheme:
        case SignerScheme(algorithm=algorithm):
            yield ["authorization", f"{algorithm.upper()} "]
        case ApiKeyScheme(place="query", name=name):
            yield ["query", f"{quote(name, safe='')}={wire.TOKEN}"]
        case ApiKeyScheme(place="cookie", name=name):
            yield ["cookie", f"{quote(name, safe='')}={wire.TOKEN}"]
        case ApiKeyScheme(name=name):
            yield [name.lower(), wire.TOKEN]
        case HttpScheme(scheme="basic"):
            yield ["authorization", "Basic "]
        case _:
            yield ["authorization", f"Bearer {wire.TOKEN}"]
