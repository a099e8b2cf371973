"""What templates see: frozen values whose fields are finished text, flags, or tuples of views."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A finished line of a class body, with the docstring under it (empty for none)."""

    text: str
    docstring: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassView:
    """A model or an enumeration; `config` is empty where wire names are Python names."""

    name: str
    base: str
    docstring: str
    config: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsView:
    """A module of models; `typing_imports` are other models, which the runtime finds when one is first used.

    `exported` is what `*` brings along, where a package of very many models asks for it.
    """

    header: str
    docstring: str
    imports: tuple[str, ...]
    classes: tuple[ClassView, ...]
    exported: str = ""
    typing_imports: tuple[str, ...] = ()
    aliases: tuple[LineView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportView:
    """A public name and the module that it comes from; `import_line` is for type checkers."""

    name: str
    module: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView:
    """A package of very many models: modules whose models are its own, and places by the beginnings of names.

    Its `TYPE_CHECKING` comes from the `runtime`: pyright refuses to see it assigned beside what `*` brings along.
    """

    header: str
    docstring: str
    runtime: str
    modules: tuple[str, ...]
    imports: tuple[str, ...]
    places: tuple[ExportView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesView:
    """A module of places that are too many to stand in their package."""

    header: str
    docstring: str
    places: tuple[ExportView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyView:
    """The package of a client of very many resources: `exports` are the synchronous ones, beside which others stand."""

    header: str
    docstring: str
    imports: tuple[str, ...]
    modules: tuple[str, ...]
    exports: tuple[ExportView, ...]
    submodule_names: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LazyView:
    """A package that imports nothing before it is used."""

    header: str
    docstring: str
    imports: tuple[str, ...]
    exports: tuple[ExportView, ...]
    submodules: tuple[str, ...]
    submodule_names: str

    @property
    def names(self) -> tuple[str, ...]:
        """All public names in the order of `dir`."""
        return tuple(sorted([*(one.name for one in self.exports), *self.submodules]))


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseView:
    """An entry of an operation's responses."""

    status: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationView:
    """The declaration of an operation; texts are literals, empty where the declaration leaves them out."""

    constant: str
    returns: str
    id: str
    name: str
    method: str
    path: str
    parameters: str
    body: str
    responses: tuple[ResponseView, ...]
    security: str
    accept: str
    failure: str
    idempotent: str
    servers: str
    deprecated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodView:
    """A method of a resource: `parameters` are finished, one a line; `call` and `awaited` are its last statement."""

    name: str
    parameters: tuple[str, ...]
    returns: str
    docstring: str
    call: str
    awaited: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceView:
    """A module of one resource; `exported` is what `*` brings along, empty where nobody imports it so."""

    header: str
    docstring: str
    imports: tuple[str, ...]
    typing_imports: tuple[str, ...]
    name: str
    async_name: str
    class_docstring: str
    operations: tuple[OperationView, ...]
    methods: tuple[MethodView, ...]
    exported: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A part of a resource: its module and its classes; `place` is a tuple of the module and of the methods there."""

    module: str
    name: str
    async_name: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsView:
    """The package of a resource of several modules; `exported` as of a resource."""

    header: str
    docstring: str
    name: str
    async_name: str
    class_docstring: str
    parts: tuple[PartView, ...]
    exported: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookView:
    """A function that reads what a service sends; `kind` is what it reads it into."""

    name: str
    returns: str
    docstring: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhooksView:
    """A module of such functions."""

    header: str
    docstring: str
    imports: tuple[str, ...]
    typing_imports: tuple[str, ...]
    functions: tuple[WebhookView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeView:
    """A resource of a client."""

    name: str
    module: str
    resource: str
    async_resource: str
    docstring: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientView:
    """A module of one client, in both forms."""

    header: str
    docstring: str
    typing_imports: tuple[str, ...]
    imports: tuple[str, ...]
    name: str
    async_name: str
    class_docstring: str
    service: tuple[str, ...]
    parameters: tuple[str, ...]
    server_variables: str
    client_parameters: str
    attributes: tuple[AttributeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredView:
    """A resource of a client of very many: a line for each client, and what the document says of it, or nothing."""

    declared: str
    async_declared: str
    docstring: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyClientView:
    """A module of a client of very many resources."""

    header: str
    docstring: str
    typing_imports: tuple[str, ...]
    imports: tuple[str, ...]
    name: str
    async_name: str
    class_docstring: str
    service: tuple[str, ...]
    parameters: tuple[str, ...]
    server_variables: str
    client_parameters: str
    attributes: tuple[DeclaredView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorClassView:
    """An error class of the package and the status, range or word under which it is raised."""

    name: str
    base: str
    status: str
    docstring: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorsView:
    """The status errors of the package."""

    header: str
    docstring: str
    fields: tuple[LineView, ...]
    classes: tuple[ErrorClassView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiLineView:
    """One operation in the index of the package."""

    call: str
    request: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiClientView:
    """The operations of a client in the index of the package."""

    name: str
    title: str
    operations: tuple[ApiLineView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleView:
    """What programs of a README are made of; `variables` are those of the servers, `credentials` whole statements."""

    imports: str
    made: str
    made_elsewhere: str
    method: str
    arguments: str
    credentials: tuple[str, ...]
    credentials_imports: str
    variables: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectView:
    """The files around the package."""

    header: str
    distribution: str
    distribution_literal: str
    import_name: str
    version: str
    description: str
    description_text: str
    example: ExampleView | None
    clients: tuple[ApiClientView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """A function of an emitted test module that asserts what a documented example means."""

    name: str
    parameters: tuple[str, ...]
    signature: str
    docstring: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """A function of an emitted test module that asserts all of a request; `parts` are method, target, headers, body."""

    name: str
    docstring: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestView:
    """One documented exchange; the texts are finished statements and expressions.

    Args:
        awaited: The call of the asynchronous client; empty where the other alone is tested.
    """

    name: str
    docstring: str
    client: str
    async_client: str
    construction: tuple[str, ...]
    payload: str
    exchange: str
    call: str
    awaited: str
    returns: str
    request: str
    raises: str
    raising: bool
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TestsView:
    """A module of emitted tests: those of one resource."""

    header: str
    docstring: str
    imports: tuple[str, ...]
    marks: tuple[str, ...]
    requests: tuple[RequestView, ...]
    checks: tuple[CheckView, ...]
    tests: tuple[TestView, ...]
