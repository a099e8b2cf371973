"""Plans the files around a package: its errors, its entry, its project, its index of operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.python import contents, docs, literals, names
from specloom.python.arguments import plan_arguments
from specloom.python.exchanges import ERROR_CLASSES
from specloom.python.imports import import_lines
from specloom.python.readme import plan_example
from specloom.python.vendors import credentials_of
from specloom.python.views import (
    ApiClientView,
    ApiLineView,
    ErrorClassView,
    ErrorsView,
    ExportView,
    LazyView,
    LineView,
    ProjectView,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.model import Api, Json, Operation
    from specloom.python.naming import Naming

_OWN_FIELDS = {"code", "message", "title", "request_id"}
_RUNTIME = {
    "auth": ("BasicCredentials", "Credentials", "TokenCredentials"),
    "bodies": ("Content",),
    "errors": (
        "CallTimeoutError",
        "ClientError",
        "ConnectError",
        "ConnectTimeoutError",
        "DeadlineError",
        "DecodeError",
        "InvalidCallError",
        "PoolTimeoutError",
        "ProxyError",
        "ReadTimeoutError",
        "TLSError",
        "TransportError",
        "WriteTimeoutError",
    ),
    "messages": ("Headers", "NoContent", "Request", "Response"),
    "options": ("AsyncClientOptions", "CallOptions", "ClientOptions", "CredentialsInput"),
    "raw": ("RawResponse",),
    "retry": ("RetryPolicy",),
    "problems": ("Problem", "problems_of"),
}
_STATUS_DOCS = {
    "400": "HTTP 400: the request is not what the service expects.",
    "401": "HTTP 401: the credentials are missing, wrong or expired.",
    "403": "HTTP 403: the credentials do not permit this.",
    "404": "HTTP 404: there is no such thing.",
    "408": "HTTP 408: the service gave up waiting.",
    "409": "HTTP 409: the request contradicts the state of things.",
    "410": "HTTP 410: the thing is gone for good.",
    "413": "HTTP 413: the request is too large.",
    "422": "HTTP 422: the request is well formed and makes no sense.",
    "429": "HTTP 429: too many requests.",
}


def plan_errors(apis: Sequence[Api], *, header: str) -> ErrorsView:
    """Plan the status errors: a class for each status that people tell apart, with the fields that the APIs declare."""
    declared = dict.fromkeys(field.name for api in apis for field in api.errors.fields if field.name not in _OWN_FIELDS)
    classes = [
        ErrorClassView(
            name="RedirectError",
            base="StatusError",
            status='"3XX"',
            docstring='"""HTTP 3xx: a redirect, and not what the operation returns."""',
        ),
        ErrorClassView(
            name="ClientStatusError",
            base="StatusError",
            status='"4XX"',
            docstring='"""HTTP 4xx: the request cannot be served."""',
        ),
        *(
            ErrorClassView(
                name=name,
                base="ClientStatusError",
                status=literals.string(status),
                docstring=f'"""{_STATUS_DOCS[status]}"""',
            )
            for status, name in ERROR_CLASSES.items()
        ),
        ErrorClassView(
            name="ServerError",
            base="StatusError",
            status='"5XX"',
            docstring='"""HTTP 5xx: the service failed."""',
        ),
        ErrorClassView(
            name="InnerFailureError",
            base="StatusError",
            status='"failure"',
            docstring='"""A success that reports a failure inside; `inner_status` is the status that it holds."""',
        ),
    ]
    return ErrorsView(
        header=header,
        docstring='"""Errors that answers are raised as, by HTTP status; `_runtime.errors` draws the whole tree."""',
        fields=tuple(
            LineView(text=f"{name}: str | None", docstring=_field_docs(name, apis))
            for name in declared
            if names.is_attribute(name)
        ),
        classes=tuple(classes),
    )


def _field_docs(name: str, apis: Sequence[Api]) -> str:
    """Where a field of an error is read from."""
    fields = [field for api in apis for field in api.errors.fields if field.name == name]
    sources = dict.fromkeys(source for field in fields for source in field.sources)
    places = [one.partition(":") for one in sources]
    told = [f"{'header' if place == 'header' else 'member'} {docs.code_span(path)}" for place, _, path in places]
    return docs.docstring([f"What the service says in {', else '.join(told)}; `None` where it says nothing."])


def plan_entry(
    apis: Sequence[Api], namings: Sequence[Naming], errors: ErrorsView, *, header: str, about: str
) -> LazyView:
    """Plan the package itself: every public name, none of them imported before it is used."""
    exports = {name: f"_runtime.{module}" for module, found in _RUNTIME.items() for name in found}
    exports |= {name: f"_runtime.{module}" for name, module in credentials_of(apis).items()}
    exports |= {one.name: "errors" for one in errors.classes} | {"StatusError": "errors"}
    for naming in namings:
        exports |= {naming.client: f"{naming.module}.client", naming.async_client: f"{naming.module}.client"}
    by_module: dict[str, list[str]] = {}
    for name, module in exports.items():
        by_module.setdefault(f".{module}", []).append(name)
    submodules = tuple(sorted({naming.module for naming in namings} | {"errors"}))
    by_module["."] = list(submodules)
    return LazyView(
        header=header,
        docstring=docs.docstring([docs.sentence(about)], indent=0),
        imports=import_lines(by_module, indent=1),
        exports=tuple(ExportView(name=name, module=exports[name]) for name in sorted(exports)),
        submodules=submodules,
        submodule_names=literals.tuple_of(map(literals.string, submodules), indent=1, before=len("_SUBMODULES = ")),
    )


def plan_project(
    apis: Sequence[Api],
    namings: Sequence[Naming],
    *,
    header: str,
    distribution: str,
    import_name: str,
    version: str,
    description: str,
) -> ProjectView:
    """Plan the files of the project."""
    about = description or "; ".join(api.description or api.title for api in apis)
    one_line = docs.plain(about)
    return ProjectView(
        header=header,
        distribution=distribution,
        distribution_literal=docs.toml_string(distribution),
        import_name=import_name,
        version=docs.toml_string(version),
        description=docs.toml_string(one_line[:200]),
        description_text=docs.markdown(docs.sentence(about)),
        example=plan_example(apis, namings, import_name),
        clients=tuple(_client(api, naming) for api, naming in zip(apis, namings, strict=True)),
    )


def _client(api: Api, naming: Naming) -> ApiClientView:
    return ApiClientView(
        name=naming.client,
        title=docs.markdown(api.title),
        operations=tuple(_line(one, naming) for one in api.operations),
    )


def _line(operation: Operation, naming: Naming) -> ApiLineView:
    types = naming.types()
    arguments = plan_arguments(operation, naming)
    shown = [one.name for one in arguments if not one.keyword]
    if operation.body is not None and operation.body.contents and operation.body.required:
        shown.append("body")
    keywords = [f"{one.name}={one.default}" for one in arguments if one.keyword]
    if operation.body is not None and operation.body.contents and not operation.body.required:
        keywords.append("body=None")
    signature = ", ".join([*shown, *(["*", *keywords] if keywords else [])])
    returns = contents.returned(operation, types)
    said = operation.documentation
    summary = said.summary or (docs.paragraphs(said.description) or [operation.id])[0]
    return ApiLineView(
        call=docs.code_span(f"{naming.call(operation)}({signature}) -> {returns}"),
        request=docs.code_span(f"{operation.method} {operation.path}"),
        summary=docs.markdown(docs.sentence(summary)),
    )


def manifest(generator: str, sources: Mapping[str, str], files: Mapping[str, str], *, distribution: str) -> str:
    """The list of what a package was built from and what belongs to it.

    Args:
        generator: Version of specloom.
        sources: SHA-256 of every file of the documents, by name.
        files: SHA-256 of every file of the package, by path.
    """
    listed: dict[str, Json] = {
        "distribution": distribution,
        "generator": {"name": "specloom", "version": generator},
        "sources": dict(sorted(sources.items())),
        "files": dict(sorted(files.items())),
    }
    return docs.json_file(listed)
