"""Plans the parts of a README that depend on what a package has: its credentials, and where its calls go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.model import ApiKeyScheme, HttpScheme, OAuthScheme, OpenIdScheme
from specloom.python.arguments import plan_arguments
from specloom.python.plan_client import client_parameters, server_variables
from specloom.python.types import split_union
from specloom.python.vendors import credentials_of
from specloom.python.views import ExampleView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.model import Api, Operation
    from specloom.python.arguments import Argument
    from specloom.python.naming import Naming

_OFFERED = {
    "OAuthClientCredentials": (
        'OAuthClientCredentials("...", "...")',
        "a client and its secret; tokens are renewed in time",
    ),
    "AccessKeyCredentials": (
        'AccessKeyCredentials("...", "...")',
        "an access key and its secret key; they sign each request",
    ),
    "PasswordCredentials": (
        'PasswordCredentials("...", "...", "...")',
        "a user, the password and the account; tokens are renewed in time",
    ),
    "default_credentials": ("default_credentials()", "the keys of this machine: of the environment, else of the file"),
}
"""How the credentials are made that only some packages have, and what they are."""


def plan_example(apis: Sequence[Api], namings: Sequence[Naming], import_name: str) -> ExampleView | None:
    """Plan the program that a README begins with; `None` where there is nothing to read."""
    for api, naming in zip(apis, namings, strict=True):
        for operation in api.operations:
            if operation.method == "GET":
                return _example(apis, api, naming, operation, import_name)
    return None


def _example(apis: Sequence[Api], api: Api, naming: Naming, operation: Operation, import_name: str) -> ExampleView:
    given = [f'{name}="..."' for name, one in client_parameters(api).items() if one.required]
    credentials = tuple(_credentials(apis, api))
    kinds = [made.partition("(")[0] for made, _ in credentials]
    if operation.security and credentials:
        given.append(f"credentials={credentials[0][0]}")
    imports = [naming.client, *(kinds[:1] if operation.security else [])]
    variables = server_variables(api, client_parameters(api))
    elsewhere = ", ".join(f'{name}="..."' for name in variables) or 'endpoint="https://host"'
    return ExampleView(
        imports=f"from {import_name} import {', '.join(sorted(imports))}",
        made=f"{naming.client}({', '.join(given)})",
        made_elsewhere=f"{naming.client}({', '.join([*given, elsewhere])})",
        method=naming.call(operation),
        arguments=", ".join(_made_up(one) for one in plan_arguments(operation, naming) if not one.default),
        credentials=tuple(f"credentials = {made}  # {what}" for made, what in credentials),
        credentials_imports=f"from {import_name} import {', '.join(sorted(kinds))}",
        variables=", ".join(f"`{name}=`" for name in variables),
    )


def _made_up(argument: Argument) -> str:
    """A value of the type that an argument has, to be replaced by readers."""
    kinds = split_union(argument.annotation)
    return "1" if "int" in kinds else "True" if kinds == ["bool"] else '"..."'


def _credentials(apis: Sequence[Api], api: Api) -> Iterator[tuple[str, str]]:
    """How credentials of the package are made, and what they are; a token first, which most services take."""
    schemes = api.security_schemes
    basic = any(isinstance(one, HttpScheme) and one.scheme.lower() == "basic" for one in schemes)
    taking = [one for one in schemes if isinstance(one, ApiKeyScheme | OAuthScheme | OpenIdScheme | HttpScheme)]
    if taking and not (basic and len(schemes) == 1):
        fetched = any(isinstance(one, OAuthScheme | OpenIdScheme) for one in taking)
        what = "a key or token that the service gave you"
        yield 'TokenCredentials("...")', f"{what}, or that you fetched by a flow of it" if fetched else what
    if basic:
        yield 'BasicCredentials("...", "...")', "a user and the password"
    for name in credentials_of(apis):
        yield _OFFERED[name]
