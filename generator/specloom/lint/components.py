"""Rules about components, security schemes and servers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.document.grammar import Kind
from specloom.lint.rule import ERROR, WARNING, Finding, rule, shown
from specloom.lint.survey import component, security_uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.document import Document, Node
    from specloom.lint.rule import Rule
    from specloom.lint.survey import Survey


@rule(
    "SL521",
    "unused-component",
    WARNING,
    summary="Nothing that an operation needs refers to a component",
    why="It is read, translated and kept up to date for nobody, or the reference to it was forgotten. Entries in the "
    "maps of further files count as components.",
    bad="components:\n  schemas:\n    Pet: {type: object}   # and no $ref to it",
    good="paths:\n  /pets: {get: {responses: {'200': {description: A pet, content: {application/json: {schema: "
    "{$ref: '#/components/schemas/Pet'}}}}}}}",
    hint="remove it, or refer to it; where other documents use it, lint them together with this one",
)
def unused_component(survey: Survey) -> Iterator[Finding]:
    """Compare what stands in the files with what the walk from the operations came by."""
    if not survey.of(Kind.OPERATION):
        return
    judged: set[str] = set()
    entries = {document.top(document.entry).source.name for document in survey.documents}
    for document in survey.documents:
        for file, source in document.sources.items():
            if source.name not in judged and _is_own(document, file, survey.complete, entries):
                judged.add(source.name)
                for entry in _entries(document.top(file), survey):
                    if (source.name, entry.pointer) not in survey.used:
                        yield Finding(entry.key_location, f"nothing uses {shown(entry.name)}")


def _is_own(document: Document, file: str, complete: bool, entries: set[str]) -> bool:
    """Tell whether all that uses a file is known: it is an entry file, or in the folder of one."""
    if complete or document.sources[file].name in entries:
        return True
    folder = document.entry.rpartition("/")[0]
    return not folder or file.startswith(f"{folder}/")


def _entries(top: Node, survey: Survey) -> Iterator[Node]:
    """List the components of a file: those of `components`, and in a further file those of its other maps.

    A map that is referred to as a whole, or holds anything but objects and lists, is no map of components.
    """
    components = top.get("components")
    for section, held in components.items() if components else ():
        if not section.startswith("x-") and section != "securitySchemes":
            for _, entry in held.items():
                yield entry
    name = top.source.name
    if "openapi" in top.value or "swagger" in top.value or (name, "") in survey.targets:
        return
    for section, held in top.items():
        if section not in ("components", "$defs") and (name, held.pointer) not in survey.targets:
            entries = [entry for _, entry in held.items()]
            if all(isinstance(entry.value, dict | list) for entry in entries):
                yield from entries


@rule(
    "SL522",
    "unused-security-scheme",
    WARNING,
    summary="No operation asks for a security scheme",
    why="A client offers credentials for it that are never sent, or the requirement was forgotten.",
    bad="components:\n  securitySchemes:\n    Token: {type: http, scheme: bearer}   # and no `security`",
    good="security:\n  - Token: []",
    hint="name it under `security`, or remove it",
)
def unused_security_scheme(survey: Survey) -> Iterator[Finding]:
    """Compare the declared schemes of each document with those that the walk came by."""
    for document in survey.documents:
        components = document.root.get("components")
        schemes = components.get("securitySchemes") if components else None
        for name, scheme in schemes.items() if schemes and survey.of(Kind.OPERATION) else ():
            if (scheme.source.name, scheme.pointer) not in survey.used:
                yield Finding(scheme.key_location, f"no operation asks for the security scheme {shown(name)}")


@rule(
    "SL523",
    "undefined-security-scheme",
    ERROR,
    summary="A security requirement names a scheme that does not exist",
    why="Nobody can tell which credentials the operation takes.",
    bad="security:\n  - Tokn: []\ncomponents:\n  securitySchemes:\n    Token: {type: http, scheme: bearer}",
    good="security:\n  - Token: []\ncomponents:\n  securitySchemes:\n    Token: {type: http, scheme: bearer}",
    hint="define it under `components/securitySchemes`",
)
def undefined_security_scheme(survey: Survey) -> Iterator[Finding]:
    """Look up every name that a requirement uses."""
    for kind in (Kind.DOCUMENT, Kind.OPERATION):
        for node in survey.of(kind):
            for use, name in security_uses(node):
                if component(node.document, "securitySchemes", name) is None:
                    yield Finding(use.key_location, f"there is no security scheme {shown(name)}")


_LOCAL: Final = r"localhost|127\.\d+\.\d+\.\d+|\[::1\]|[^/:]*\.(localhost|test|local)"
_OPEN: Final = re.compile(rf"http://(?!({_LOCAL})([:/]|$))")
_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")


@rule(
    "SL524",
    "server-without-tls",
    WARNING,
    summary="A server is addressed without https",
    why="Credentials would travel in the open. Addresses of the own machine are left alone.",
    bad="servers:\n  - url: http://api.example.com",
    good="servers:\n  - url: https://api.example.com",
    hint="write `https://` if the service takes it",
)
def server_without_tls(survey: Survey) -> Iterator[Finding]:
    """Look at the address of every server."""
    for server in survey.of(Kind.SERVER):
        url = server.get("url")
        if url is not None and isinstance(url.value, str) and _OPEN.match(url.value):
            yield Finding(url.location, f"the server {shown(url.value)} is addressed without https")


@rule(
    "SL525",
    "undeclared-server-variable",
    ERROR,
    summary="The address of a server uses a variable that is not declared",
    why="The address cannot be completed: there is neither a default nor a list of values.",
    bad="servers:\n  - url: https://{region}.example.com",
    good="servers:\n  - url: https://{region}.example.com\n    variables:\n      region: {default: eu}",
    hint="declare it under `variables`, with a `default`",
)
def undeclared_server_variable(survey: Survey) -> Iterator[Finding]:
    """Compare the braces of every address with the declared variables."""
    for server in survey.of(Kind.SERVER):
        url, variables = server.get("url"), server.value.get("variables")
        declared = variables if isinstance(variables, dict) else {}
        if url is not None and isinstance(url.value, str):
            for name in dict.fromkeys(_VARIABLE.findall(url.value)):
                if name not in declared:
                    yield Finding(url.location, f"the server variable {shown(name)} is not declared")


RULES: Final[tuple[Rule, ...]] = (
    unused_component,
    unused_security_scheme,
    undefined_security_scheme,
    server_without_tls,
    undeclared_server_variable,
)
