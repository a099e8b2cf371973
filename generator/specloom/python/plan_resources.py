"""Plans the modules of resources: declarations of operations, and methods that call them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.model import AnySchema
from specloom.python import contents, docs, literals
from specloom.python.arguments import declaration, declare, plan_arguments
from specloom.python.imports import import_lines
from specloom.python.method_docs import method_docstring
from specloom.python.names import client_parameter_name
from specloom.python.plan_client import server_literal
from specloom.python.plan_models import RUNTIME_TYPES
from specloom.python.types import beside_list, folded_union
from specloom.python.views import MethodView, OperationView, ResourceView, ResponseView, WebhooksView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from specloom.model import Api, Encoding, FailureTest, NamedSchema, Operation, RequestBody, Response
    from specloom.python.arguments import Argument
    from specloom.python.naming import Naming
    from specloom.python.types import Types

_HELD = frozenset(("json", "form", "multipart", "lines", "records"))
"""Kinds of bodies that are held to their schema."""


def plan_resources(
    api: Api, operations: Mapping[str, Sequence[Operation]], naming: Naming, *, header: str, exporting: bool
) -> list[ResourceView]:
    """Plan the modules of all resources, each of which holds these operations of an API.

    Args:
        exporting: Whether modules say what `*` brings along from them.
    """
    schemas = {one.name: one for one in api.schemas}
    views = (_resource(api, one, operations[one], schemas, naming, header) for one in naming.resources)
    return [replace(one, exported=_exported(one.name)) if exporting else one for one in views]


def _exported(name: str) -> str:
    return literals.json([name, f"Async{name}"], before=len("__all__ = "))


def _resource(
    api: Api,
    resource: str,
    operations: Sequence[Operation],
    schemas: Mapping[str, NamedSchema],
    naming: Naming,
    header: str,
) -> ResourceView:
    """Plan the module of one resource."""
    views = tuple(_operation(one, naming) for one in operations)
    methods = tuple(_method(one, naming, schemas) for one in operations)
    if any(one.name == "list" for one in methods):
        methods = tuple(_beside_list(one) for one in methods)
    name = naming.resource_class(resource)
    tag = next((one.description for one in api.tags if one.name == resource or _same(one.name, resource)), "")
    about = docs.paragraphs(tag) or [f"Operations on {resource.replace('_', ' ')}."]
    return ResourceView(
        header=header,
        docstring=docs.docstring(
            [docs.sentence(f"{docs.plain(api.title)}: {about[0][:1].lower()}{about[0][1:]}")], indent=0
        ),
        imports=resource_imports(views),
        typing_imports=resource_typing_imports(views, methods),
        name=name,
        async_name=f"Async{name}",
        class_docstring=docs.docstring([docs.sentence(about[0]), *about[1:]]),
        operations=views,
        methods=methods,
    )


def _same(tag: str, resource: str) -> bool:
    return "".join(one for one in tag.lower() if one.isalnum()) == resource.replace("_", "")


def _operation(operation: Operation, naming: Naming) -> OperationView:
    types = naming.types("models.")
    arguments = {id(one.parameter): one.name for one in plan_arguments(operation, naming)}
    retry = operation.behavior.retry
    return OperationView(
        constant=naming.constant(operation),
        returns=_subscript(
            contents.returned(operation, types), len(f"{naming.constant(operation)}: Operation[] = Operation(")
        ),
        id=literals.string(operation.id),
        name=literals.string(naming.call(operation)),
        method=literals.string(operation.method),
        path=literals.string(operation.path),
        parameters=_declarations(operation, arguments, naming),
        body=_body(operation.body, types),
        responses=tuple(_response(one, naming) for one in operation.responses),
        security=_security(operation),
        accept=literals.string(accepted) if (accepted := contents.accepted(operation)) else "",
        failure=_failure(operation),
        idempotent="" if retry is None or retry.idempotent is None else str(retry.idempotent),
        servers=_own_servers(operation),
        deprecated="True" if operation.documentation.deprecated else "",
    )


def _body(body: RequestBody | None, types: Types) -> str:
    if body is None or not body.contents:
        return ""
    chosen = contents.choose(body.contents)
    given = [literals.string(chosen.sent), literals.string(chosen.kind)]
    given.extend(["required=True"] if body.required else [])
    schema = chosen.content.schema if chosen.content is not None else None
    if chosen.kind in _HELD and schema is not None and not isinstance(schema, AnySchema):
        given.append(f"model=lambda: {types.held(schema)}")
    given.extend(["null=True"] if contents.takes_null(body, types) else [])
    encodings = chosen.content.encodings if chosen.content is not None and chosen.kind in {"form", "multipart"} else ()
    fields = {literals.string(one.property_name): declared for one in encodings if (declared := _field(one))}
    if fields:
        given.append(f"fields={literals.mapping_of(fields, indent=2, before=len('fields='), after=1)}")
    return literals.call("Body", given, indent=1, before=len("body="), after=1, split="\n" in given[-1])


def _field(encoding: Encoding) -> str:
    """How a property of a form is written; empty where it is by default."""
    given = {
        "content_type": literals.string(encoding.content_type) if encoding.content_type else "",
        "style": literals.string(encoding.style) if encoding.style else "",
        "explode": "" if encoding.explode is None else str(encoding.explode),
        "allow_reserved": "True" if encoding.allow_reserved else "",
        "headers": _part_headers(encoding) if encoding.headers else "",
    }
    listed = [f"{key}={value}" for key, value in given.items() if value]
    before = len(literals.string(encoding.property_name)) + len(": ")
    return literals.call("Field", listed, indent=3, before=before, after=1) if listed else ""


def _part_headers(encoding: Encoding) -> str:
    listed = [f"({literals.string(name)}, {literals.string(value)})" for name, value in encoding.headers]
    return literals.tuple_of(listed, indent=4, before=len("headers="), after=1)


def _own_servers(operation: Operation) -> str:
    if not operation.servers:
        return ""
    declared = [server_literal(one) for one in operation.servers]
    return literals.tuple_of(declared, indent=1, before=len("servers="), after=1)


def _subscript(annotation: str, around: int) -> str:
    """What a type is subscripted by, folded where the line would be too long."""
    if around + len(annotation) <= literals.LINE_LENGTH:
        return annotation
    return f"\n{folded_union(annotation, 1)}\n"


def _declarations(operation: Operation, arguments: dict[int, str], naming: Naming) -> str:
    types = naming.types("models.")
    declared = [
        declare(one, arguments.get(id(one), client_parameter_name(one.name)), types) for one in operation.parameters
    ]
    return literals.tuple_of(declared, indent=1, before=len("parameters="), after=1, split=True) if declared else ""


def _response(response: Response, naming: Naming) -> ResponseView:
    types = naming.types("models.")
    chosen = contents.choose(response.contents)
    given = [literals.string(chosen.kind)]
    if chosen.holds_json and chosen.content is not None and chosen.content.schema is not None:
        given.append(f"lambda: {types.held(chosen.content.schema)}")
    if chosen.kind == "none":
        given = []
    status = literals.string(response.status)
    return ResponseView(status=status, text=literals.call("Response", given, indent=2, before=len(status) + 2, after=1))


def _security(operation: Operation) -> str:
    alternatives = [
        literals.tuple_of(literals.string(use.key) for use in requirement.uses) for requirement in operation.security
    ]
    return literals.tuple_of(alternatives, indent=1, before=len("security="), after=1) if alternatives else ""


def _failure(operation: Operation) -> str:
    failure = operation.behavior.failure
    if failure is None:
        return ""
    tests = literals.tuple_of(map(_failure_test, failure.tests), indent=2, before=0, after=1)
    given = [tests, f"status={literals.string(failure.status)}", f"message={literals.string(failure.message)}"]
    return literals.call("Failure", given, indent=1, before=len("failure="), after=1, split=True)


def _failure_test(test: FailureTest) -> str:
    given = [literals.string(test.pointer)]
    if test.minimum is not None:
        given.append(f"minimum={test.minimum}")
    elif isinstance(test.equals, None | bool | int | float | str):
        given.append(f"equals={literals.scalar(test.equals)}")
    return f"FailureTest({', '.join(given)})"


def _method(operation: Operation, naming: Naming, schemas: Mapping[str, NamedSchema]) -> MethodView:
    types = naming.types("models.")
    arguments = plan_arguments(operation, naming)
    parameters = [one.declaration for one in arguments if not one.keyword]
    keywords = [one.declaration for one in arguments if one.keyword]
    body = ""
    if operation.body is not None and operation.body.contents:
        annotation = contents.body_annotation(operation.body, types)
        declared = declaration("body", annotation, "" if operation.body.required else "None")
        (parameters if operation.body.required else keywords).append(declared)
        body = "body"
    if keywords:
        parameters.extend(["*", *keywords])
    constant = naming.constant(operation)
    return MethodView(
        name=naming.method(operation),
        parameters=(*parameters, "**options: Unpack[CallOptions]"),
        returns=contents.returned(operation, types),
        docstring=method_docstring(operation, arguments, schemas),
        call=_statement("return", constant, arguments, body),
        awaited=_statement("return await", constant, arguments, body),
    )


def _beside_list(method: MethodView) -> MethodView:
    parameters = tuple(beside_list(one) for one in method.parameters)
    return replace(method, parameters=parameters, returns=beside_list(method.returns))


def _statement(keyword: str, constant: str, arguments: Iterable[Argument], body: str) -> str:
    """The last statement of a method: a call of the runtime, folded for the keyword that stands before it."""
    values = literals.mapping_of({literals.string(one.name): one.name for one in arguments}, indent=3, after=1)
    given = [constant, values, "options", *([body] if body else [])]
    call = literals.call("self._call", given, indent=2, before=len(keyword) + 1, split="\n" in values)
    return f"{keyword} {call}"


def resource_imports(views: Sequence[OperationView], *, depth: int = 1) -> tuple[str, ...]:
    """The imports of a module of operations, so many packages below that of the whole."""
    declared = "\n".join(
        text
        for one in views
        for text in (one.parameters, one.body, one.failure, one.servers, *(response.text for response in one.responses))
    )
    used = literals.words(declared)
    runtime = {"Operation"} | (
        used & {"Body", "Failure", "FailureTest", "Field", "Limits", "Parameter", "Response", "Server"}
    )
    lambdas = {"Any", "Annotated", "Literal", "Never"} & literals.words(_types_at_run_time(views))
    wanted: dict[str, list[str]] = {
        "__future__": ["annotations"],
        f".{'.' * depth}_runtime.client": ["AsyncResource", "Resource"],
        f".{'.' * depth}_runtime.operation": sorted(runtime),
    }
    if "models" in used:
        wanted["." * depth] = ["models"]
    if lambdas:
        wanted["typing"] = sorted(lambdas)
    return import_lines(wanted)


def resource_typing_imports(
    views: Sequence[OperationView], methods: Sequence[MethodView], *, depth: int = 1
) -> tuple[str, ...]:
    """The imports of a module of operations that are for type checkers."""
    taken = [parameter.partition(": ")[2].partition(" = ")[0] for one in methods for parameter in one.parameters]
    said = [*taken, *(one.returns for one in methods), *(one.returns for one in views)]
    annotations = literals.words("\n".join(said))
    lambdas = literals.words(_types_at_run_time(views))
    runtime = f".{'.' * depth}_runtime"
    wanted: dict[str, list[str]] = {f"{runtime}.options": ["CallOptions"]}
    places = {
        "collections.abc": {"Mapping", "Sequence"},
        "datetime": {"date", "datetime"},
        "typing": {"Annotated", "Any", "Literal", "Never", "Unpack"}
        - ({"Any", "Annotated", "Literal", "Never"} & lambdas),
        "uuid": {"UUID"},
        f"{runtime}.bodies": {"Content"},
        f"{runtime}.messages": {"NoContent"},
        "." * depth: {"models"} - lambdas,
    }
    for module, known in places.items():
        if annotations & known:
            wanted[module] = sorted(annotations & known)
    if any(re.search(r"(?<![.\w])List\[", one) for one in said):
        wanted["typing"] = sorted([*wanted.get("typing", []), "List"])
    return import_lines(wanted, indent=1)


def runtime_types(views: Iterable[ResourceView], webhooks: WebhooksView) -> tuple[str, ...]:
    """The runtime types that modules outside of the package of models name as members of it."""
    said = "\n".join(
        [*(_types_at_run_time(view.operations) for view in views), *(one.kind for one in webhooks.functions)]
    )
    return tuple(name for name in RUNTIME_TYPES if name in literals.words(said))


def _types_at_run_time(views: Iterable[OperationView]) -> str:
    """The declarations that name types in functions, which run: those of bodies, parameters and responses."""
    return "\n".join(
        text for one in views for text in (one.parameters, one.body, *(each.text for each in one.responses))
    )
