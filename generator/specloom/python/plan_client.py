"""Plans the modules of clients, and the packages that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic, Severity
from specloom.model import (
    ApiKeyScheme,
    HttpScheme,
    MutualTlsScheme,
    OAuthScheme,
    OpenIdScheme,
    SecurityScheme,
    SignerScheme,
)
from specloom.python import docs, literals, names
from specloom.python.imports import import_lines
from specloom.python.types import optional
from specloom.python.vendors import token_url, vendors_of
from specloom.python.views import AttributeView, ClientView, ExportView, LazyView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.model import Api, Parameter, Server
    from specloom.python.naming import Naming


def plan_client(api: Api, naming: Naming, *, header: str, user_agent: str) -> tuple[ClientView, tuple[Diagnostic, ...]]:
    """Plan the module of a client."""
    held = client_parameters(api)
    required = [name for name, one in held.items() if one.required]
    variables = server_variables(api, held)
    schemes, faults = _schemes(api)
    service = [
        f"name={literals.string(naming.client)}",
        f"user_agent={literals.string(user_agent)}",
        *_servers(api),
        *([f"schemes={literals.mapping_of(schemes, indent=1, before=len('schemes='), after=1)}"] if schemes else []),
        *_errors(api),
        *([f"required={literals.tuple_of(map(literals.string, required))}"] if required else []),
        *_kinds(api),
        *_credentials(api),
    ]
    types = naming.types("models.")
    parameters = [
        *(f"{name}: {types.given(held[name].schema)}" for name in required),
        *(f"{name}: str = {literals.string(default)}" for name, (_, default) in variables.items()),
        *(f"{name}: {optional(types.given(one.schema))} = None" for name, one in held.items() if not one.required),
    ]
    about = docs.paragraphs(api.description)
    summary = docs.sentence(about[0]) if about else f"Client of {docs.sentence(api.title)}"
    view = ClientView(
        header=header,
        docstring=docs.docstring([f"The client of {docs.sentence(api.title)}"], indent=0),
        imports=import_lines(client_imports(service, naming)),
        typing_imports=import_lines(client_typing_imports(parameters) | _resource_imports(naming), indent=1),
        name=naming.client,
        async_name=naming.async_client,
        class_docstring=docs.docstring([summary, *about[1:], _arguments(api, held, variables)]),
        service=tuple(service),
        parameters=tuple(parameters),
        server_variables=literals.mapping_of(
            {literals.string(wire): name for name, (wire, _) in variables.items()},
            indent=3,
            before=len("server_variables="),
            after=1,
        ),
        client_parameters=literals.mapping_of(
            {literals.string(name): name for name in held}, indent=3, before=len("parameters="), after=1
        ),
        attributes=tuple(_attribute(api, resource, naming) for resource in naming.resources),
    )
    return view, tuple(faults)


def client_parameters(api: Api) -> dict[str, Parameter]:
    """The parameters that a client holds, by Python name; required where every operation that takes one requires it."""
    found: dict[str, Parameter] = {}
    for operation in api.operations:
        for one in operation.parameters:
            if one.client_level:
                name = names.client_parameter_name(one.name)
                if name not in found or (found[name].required and not one.required):
                    found[name] = one
    return found


def _all_servers(api: Api) -> tuple[Server, ...]:
    return (*api.servers, *(server for operation in api.operations for server in operation.servers))


def server_variables(api: Api, held: dict[str, Parameter]) -> dict[str, tuple[str, str]]:
    """The variables of the documented servers, by Python name: (wire name, default); the first server goes first."""
    defaults: dict[str, str] = {}
    for one in (variable for server in _all_servers(api) for variable in server.variables):
        defaults.setdefault(one.name, one.default)

    def name_of(wire: str) -> str:
        name = names.client_parameter_name(wire)
        while name in held:
            name = f"server_{name}"
        return name

    made = names.distinct(defaults, name_of)
    return {made[wire]: (wire, default) for wire, default in defaults.items()}


def _schemes(api: Api) -> tuple[dict[str, str], list[Diagnostic]]:
    schemes: dict[str, str] = {}
    faults: list[Diagnostic] = []
    for one in api.security_schemes:
        declared = _scheme(one)
        if declared:
            schemes[literals.string(one.key)] = declared
        else:
            hint = "give the client a `transport` that has the certificate"
            message = f"the security scheme `{one.key}` is a client certificate, which goes with the connection"
            found = Diagnostic(
                code="SL401", message=message, location=one.location, hint=hint, severity=Severity.WARNING
            )
            faults.append(found)
    return schemes, faults


def _scheme(scheme: SecurityScheme) -> str:
    match scheme:
        case ApiKeyScheme(place=place, name=name):
            return f"ApiKey({literals.string(place)}, {literals.string(name)})"
        case HttpScheme(scheme=name):
            return f"HttpAuth({literals.string(name)})"
        case OAuthScheme() if token_url(scheme):
            return f"OAuth({literals.string(token_url(scheme))})"
        case OAuthScheme() | OpenIdScheme():
            return 'HttpAuth("bearer")'
        case SignerScheme(algorithm=algorithm):
            return f"Signer({literals.string(algorithm)})"
        case MutualTlsScheme():
            return ""


def _servers(api: Api) -> Iterator[str]:
    declared = [server_literal(one) for one in api.servers]
    if declared:
        yield f"servers={literals.tuple_of(declared, indent=1, before=len('servers='), after=1)}"


def server_literal(server: Server) -> str:
    """The declaration of a server, two steps in."""
    variables = {literals.string(each.name): literals.string(each.default) for each in server.variables}
    values = {
        literals.string(each.name): literals.tuple_of(
            map(literals.string, each.values), indent=4, before=len(each.name) + 4, after=1
        )
        for each in server.variables
        if each.values
    }
    given = [literals.string(server.url), *([literals.mapping_of(variables, indent=3, after=1)] if variables else [])]
    given.extend([literals.mapping_of(values, indent=3, after=1)] if values else [])
    return literals.call("Server", given, indent=2, after=1)


def _errors(api: Api) -> Iterator[str]:
    declared = []
    for one in api.errors.fields:
        sources = literals.tuple_of(map(literals.string, one.sources))
        declared.append(literals.call("ErrorField", [literals.string(one.name), sources], indent=2, after=1))
    if declared:
        yield f"errors={literals.tuple_of(declared, indent=1, before=len('errors='), after=1)}"


def _kinds(api: Api) -> Iterator[str]:
    kinds = {literals.string(one.name): literals.tuple_of(map(literals.string, one.codes)) for one in api.errors.kinds}
    if kinds:
        yield f"kinds={literals.mapping_of(kinds, indent=1, before=len('kinds='), after=1)}"


def _credentials(api: Api) -> Iterator[str]:
    """What belongs to one vendor: the runtime knows what any package has."""
    offered = [literals.string(name) for vendor in vendors_of([api]) for name in vendor.exports]
    if offered:
        yield f"credentials={literals.tuple_of(offered, indent=1, before=len('credentials='), after=1)}"


def _named_servers(api: Api) -> str:
    """The servers that may be called in place of the first."""
    shown = [
        docs.code_span(one.url) + (f" ({docs.plain(one.description).rstrip('.')})" if one.description else "")
        for one in api.servers[1:]
    ]
    return f" Documented too: {', '.join(shown)}." if shown else ""


def _arguments(api: Api, held: dict[str, Parameter], variables: dict[str, tuple[str, str]]) -> str:
    described = {one.name: one for server in reversed(_all_servers(api)) for one in server.variables}
    lines = [f"    {name}: {docs.sentence(one.description)}" for name, one in held.items() if one.description]
    for name, (wire, _) in variables.items():
        text = docs.sentence(described[wire].description) or f"`{docs.plain(wire)}` of the server address."
        lines.append(f"    {name}: {text}")
    lines.extend(
        [
            f"    endpoint: Address to call in place of the documented one; a path in it is kept.{_named_servers(api)}",
            "    credentials: What the calls are authorised by.",
            "    transport: Takes the place of the network.",
            "    options: Options of every call, and hooks, as `ClientOptions` lists them.",
        ]
    )
    return "\n".join(["Args:", *lines])


def described(api: Api, resource: str) -> str:
    """What a document says of the tag of a resource, in its first paragraph."""
    about = next((one.description for one in api.tags if names.snake(one.name) == resource), "")
    return next(iter(docs.paragraphs(about)), "")


def _attribute(api: Api, resource: str, naming: Naming) -> AttributeView:
    about = described(api, resource) or f"The {resource.replace('_', ' ')}"
    name = naming.resource_class(resource)
    return AttributeView(
        name=naming.resources[resource],
        module=naming.resources[resource],
        resource=name,
        async_resource=f"Async{name}",
        docstring=docs.docstring([docs.sentence(about)], indent=2),
    )


def client_imports(service: Sequence[str], naming: Naming) -> dict[str, list[str]]:
    """What the module of a client imports."""
    known = {"ApiKey", "ErrorField", "HttpAuth", "OAuth", "Server", "Signer"}
    used = known & literals.words("\n".join(service))
    return {
        "__future__": ["annotations"],
        **({"functools": ["cached_property"]} if naming.resources else {}),
        ".._runtime.client": ["BaseAsyncClient", "BaseClient"],
        ".._runtime.operation": sorted({"Service"} | used),
        "..errors": ["STATUS_ERRORS"],
    }


def client_typing_imports(parameters: Sequence[str]) -> dict[str, list[str]]:
    """What the module of a client imports for type checkers, resources apart."""
    annotations = literals.words("\n".join(parameters))
    wanted: dict[str, list[str]] = {
        "typing": sorted({"Unpack"} | (annotations & {"Annotated", "Any", "Literal", "Never"})),
        "httpx2": [],
        ".._runtime.options": ["AsyncClientOptions", "ClientOptions", "CredentialsInput"],
    }
    for module, known in {
        "collections.abc": {"Mapping", "Sequence"},
        "datetime": {"date", "datetime"},
        "uuid": {"UUID"},
        ".": {"models"},
    }.items():
        if annotations & known:
            wanted[module] = sorted(annotations & known)
    return wanted


def _resource_imports(naming: Naming) -> dict[str, list[str]]:
    found = {module: naming.resource_class(resource) for resource, module in naming.resources.items()}
    return {f".{module}": [name, f"Async{name}"] for module, name in found.items()}


def plan_client_package(naming: Naming, *, header: str, title: str, submodules: tuple[str, ...]) -> LazyView:
    """Plan the package of one client."""
    exports = {naming.client: "client", naming.async_client: "client"}
    for resource, module in naming.resources.items():
        name = naming.resource_class(resource)
        exports |= {name: module, f"Async{name}": module}
    by_module: dict[str, list[str]] = {}
    for name, module in exports.items():
        by_module.setdefault(f".{module}", []).append(name)
    if submodules:
        by_module["."] = list(submodules)
    return LazyView(
        header=header,
        docstring=docs.docstring([f"The clients of {docs.sentence(title)}"], indent=0),
        imports=import_lines(by_module, indent=1),
        exports=tuple(ExportView(name=name, module=exports[name]) for name in sorted(exports)),
        submodules=submodules,
        submodule_names=literals.tuple_of(map(literals.string, submodules)),
    )
