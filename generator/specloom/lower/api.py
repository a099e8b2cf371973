"""Document -> Api: the stage as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.lower import read
from specloom.lower.behavior import lower_errors
from specloom.lower.groups import group_schemas
from specloom.lower.hoist import holding
from specloom.lower.operations import Operations, set_apart
from specloom.lower.report import Report
from specloom.lower.schemas import Schemas
from specloom.lower.security import lower_schemes
from specloom.lower.servers import lower_servers, share_servers
from specloom.lower.titles import client_words, module_of
from specloom.model import Api, Tag, is_json
from specloom.words import snake

if TYPE_CHECKING:
    from specloom.diagnostics import Diagnostic
    from specloom.document import Document, Node
    from specloom.lower.hoist import Named
    from specloom.model import Callback, MediaType, Operation, Parameter, Response


def lower(document: Document) -> tuple[Api, tuple[Diagnostic, ...]]:
    """Turn a validated document into the API model.

    Returns:
        The model and what could not be carried over. The model is whole only where nothing of that is an error.
    """
    root, report = document.root, Report()
    _check_dialect(root, report)
    schemes = lower_schemes(root, report)
    schemas = Schemas(report, root, version=document.version or "")
    components = root.get("components")
    if components is not None:
        listed = list(read.members(components, "schemas"))
        for _, node in listed:
            schemas.name_of(node)
        for _, node in listed:
            schemas.component(node)
        schemas.finish()
    lowering = Operations(root, schemas, schemes, report)
    operations, webhooks = lowering.lower_paths(), lowering.lower_webhooks()
    schemas.finish()
    operations = set_apart(operations, report)
    servers, operations = share_servers(lower_servers(root), operations)
    operations = tuple(_hoist_operation(schemas.named, one) for one in operations)
    webhooks = tuple(_hoist_callback(schemas.named, one) for one in webhooks)
    called = client_words(_title(root), [one.url for one in servers], root.file)
    api = Api(
        name=_client(root, "name") or " ".join(called),
        module=_client(root, "module") or snake(_client(root, "name")) or module_of(called),
        title=_title(root),
        version=read.text(_info(root), "version"),
        description=_description(root),
        sources=_sources(document),
        servers=servers,
        tags=tuple(
            Tag(name=read.text(one, "name"), description=read.documentation(one)) for one in read.elements(root, "tags")
        ),
        operations=operations,
        webhooks=webhooks,
        schemas=group_schemas(schemas.named.all, operations),
        security_schemes=schemes,
        errors=lower_errors(root),
        location=root.location,
    )
    return api, report.found


def _hoist_operation(named: Named, operation: Operation) -> Operation:
    """Name the schemas that stand within an operation after it."""
    name = operation.id
    body = operation.body
    if body is not None:
        body = holding(body, contents=_hoist_contents(named, body.contents, f"{name}.request"))
    return holding(
        operation,
        parameters=tuple(_hoist_parameter(named, one, name) for one in operation.parameters),
        body=body,
        responses=_hoist_responses(named, operation.responses, name),
        callbacks=tuple(_hoist_callback(named, one) for one in operation.callbacks),
    )


def _hoist_parameter(named: Named, parameter: Parameter, name: str) -> Parameter:
    return holding(parameter, schema=named.hoist(parameter.schema, f"{name}.{parameter.name}"))


def _hoist_responses(named: Named, responses: tuple[Response, ...], name: str) -> tuple[Response, ...]:
    """The first success is named after the operation alone: it is what people will meet; others carry their status."""
    plain = next((one.status for one in responses if one.status.startswith("2")), "")
    return tuple(
        _hoist_response(named, one, f"{name}.response" if one.status == plain else f"{name}.response.{one.status}")
        for one in responses
    )


def _hoist_response(named: Named, response: Response, name: str) -> Response:
    headers = tuple(holding(one, schema=named.hoist(one.schema, f"{name}.{one.name}")) for one in response.headers)
    return holding(response, contents=_hoist_contents(named, response.contents, name), headers=headers)


def _hoist_contents(named: Named, contents: tuple[MediaType, ...], name: str) -> tuple[MediaType, ...]:
    """Name what stands within a body: in its JSON, or in its first representation where it has no JSON.

    Other representations stay as they are written: a client sends and asks for one, and needs no classes for the rest.
    """
    plain = next((one for one in contents if is_json(one.media_type)), contents[0] if contents else None)
    return tuple(
        holding(one, schema=named.hoist(one.schema, name)) if one is plain and one.schema is not None else one
        for one in contents
    )


def _hoist_callback(named: Named, callback: Callback) -> Callback:
    return holding(callback, operations=tuple(_hoist_operation(named, one) for one in callback.operations))


_DIALECTS = ("https://spec.openapis.org/oas/3.1/dialect/base", "https://json-schema.org/draft/2020-12/schema")


def _check_dialect(root: Node, report: Report) -> None:
    declared = read.text(root, "jsonSchemaDialect")
    if declared and declared.rstrip("#") not in _DIALECTS:
        message = "schemas of this dialect are read as those of OpenAPI 3.1"
        report.warning("SL401", root.child("jsonSchemaDialect"), message, f"write them as `{_DIALECTS[0]}` has it")


def _info(root: Node) -> Node:
    return root.get("info") or root


def _description(root: Node) -> str:
    described = (read.text(_info(root), "description"), read.documentation(root))
    return "\n\n".join(one for one in described if one)


def _title(root: Node) -> str:
    return read.text(_info(root), "title") or "Client"


def _client(root: Node, key: str) -> str:
    found = root.get("x-specloom-client")
    return "" if found is None else read.text(found.resolved(), key)


def _sources(document: Document) -> tuple[str, ...]:
    entry = document.sources[document.entry].name
    return (entry, *sorted(source.name for key, source in document.sources.items() if key != document.entry))
