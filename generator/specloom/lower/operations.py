"""Path items and operations of a document -> operations of the API model."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic, Severity
from specloom.document import methods
from specloom.lower import read
from specloom.lower.behavior import lower_behavior, lower_departures, lower_provenance
from specloom.lower.bodies import lower_request_body, lower_response
from specloom.lower.parameters import can_be_sent, lower_parameter, path_parameter
from specloom.lower.security import Requirements
from specloom.lower.servers import lower_servers
from specloom.model import Callback, Documentation, Operation
from specloom.words import snake, telling_segments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.document import Node
    from specloom.lower.report import Report
    from specloom.lower.schemas import Schemas
    from specloom.model import Parameter, RequestBody, Response, SecurityScheme


class Operations:
    """Lowers the operations of one document."""

    def __init__(self, root: Node, schemas: Schemas, schemes: Sequence[SecurityScheme], report: Report) -> None:
        self._root = root
        self._schemas = schemas
        self._requirements = Requirements(root, schemes, report)
        self._report = report
        self._responses: dict[tuple[str, str], Response] = {}
        self._has_fragments = False

    def lower_paths(self) -> tuple[Operation, ...]:
        """Lower every operation under `paths`, in document order."""
        return tuple(
            self._operation(path, method, item.resolved(), operation)
            for path, item in read.members(self._root, "paths")
            if path.startswith("/")
            for method, operation in _operations(item.resolved())
        )

    def lower_webhooks(self) -> tuple[Callback, ...]:
        """Lower every webhook."""
        return tuple(self._callback(name, "", item) for name, item in read.members(self._root, "webhooks"))

    def _callback(self, name: str, expression: str, item: Node) -> Callback:
        item = item.resolved()
        found = list(_operations(item))
        lowered = tuple(
            self._operation(expression, method, item, one, called=name if len(found) == 1 else f"{name} {method}")
            for method, one in found
        )
        return Callback(name=name, expression=expression, operations=lowered, location=item.location)

    def _callbacks(self, operation: Node, operation_id: str) -> Iterator[Callback]:
        for name, one in read.members(operation, "callbacks"):
            for expression, item in one.resolved().items():
                if not expression.startswith("x-"):
                    called = self._callback(f"{operation_id}.{name}", expression, item)
                    yield replace(called, name=name)

    def _tell_of_fragments(self, node: Node, path: str) -> None:
        """Once: documents that have such paths have hundreds."""
        if not self._has_fragments:
            message = f"what follows `#` in a path (`{path}`) is not sent: it only tells operations apart"
            self._report.warning("SL401", node, message, "say what tells the requests apart as a parameter")
        self._has_fragments = True

    def _operation(self, path: str, method: str, item: Node, node: Node, *, called: str = "") -> Operation:
        operation_id = read.text(node, "operationId") or called or f"{method} {path}"
        if {".", ".."} & set(path.split("/")):
            message = f"the path `{path}` has a segment that stands for another path"
            self._report.error("SL408", node, message, "write the path that is meant")
        if "#" in path:
            self._tell_of_fragments(node, path)
        resource, name = self._names(node, operation_id, path)
        return Operation(
            id=operation_id,
            method=method.upper(),
            path=path,
            resource=resource,
            name=name,
            called=node.get("x-specloom-method") is not None,
            documentation=_documentation(item, node),
            parameters=self._parameters(path, item, node),
            body=self._body(node),
            responses=tuple(
                self._response(status.upper() if status != "default" else status, one.resolved())
                for status, one in read.members(node, "responses")
                if not status.startswith("x-")
            ),
            security=self._requirements.lower(node),
            behavior=lower_behavior(node),
            servers=lower_servers(node) or lower_servers(item),
            callbacks=tuple(self._callbacks(node, operation_id)),
            location=node.key_location,
        )

    def _names(self, node: Node, operation_id: str, path: str) -> tuple[str, str]:
        declared = read.text(node, "x-specloom-method")
        if declared:
            resource, _, name = declared.rpartition(".")
            return resource, name
        tags = read.texts(node, "tags")
        first = next((part for part in telling_segments(path) if not part.startswith("{")), "")
        return snake(tags[0] if tags else first) or "operations", snake(operation_id)

    def _parameters(self, path: str, item: Node, node: Node) -> tuple[Parameter, ...]:
        """The parameters of an operation; those of the path are what its templates say, whatever else is declared."""
        templates = dict.fromkeys(re.findall(r"\{([^{}]*)\}", path)) if path.startswith("/") else {}
        lowered = [
            lower_parameter(one, self._schemas, self._report)
            for one in _declared(item, node)
            if can_be_sent(one, templates, self._report)
        ]
        named = {one.name for one in lowered if one.place == "path"}
        for name in templates:
            if name not in named:
                hint = "declare it with its type"
                self._report.warning("SL401", node, f"the path parameter `{name}` is not declared: text is taken", hint)
                lowered.append(path_parameter(name, node))
        return tuple(lowered)

    def _response(self, status: str, node: Node) -> Response:
        """A response of the components is lowered once, however many operations refer to it."""
        known = self._responses.get(node.identity)
        if known is None:
            known = self._responses[node.identity] = lower_response(status, node, self._schemas)
        return known if known.status == status else replace(known, status=status)

    def _body(self, node: Node) -> RequestBody | None:
        body = node.get("requestBody")
        return None if body is None else lower_request_body(body.resolved(), self._schemas)


def _operations(item: Node) -> Iterator[tuple[str, Node]]:
    for method, found in methods(item):
        yield method, found.resolved()


def _declared(item: Node, operation: Node) -> list[Node]:
    """The parameters of an operation: those of the path item, each replaced by the operation's of the same name."""
    found: dict[tuple[str, str], Node] = {}
    for holder in (item, operation):
        for one in read.elements(holder, "parameters"):
            node = one.resolved()
            found[read.text(node, "in"), read.text(node, "name")] = node
    return list(found.values())


def _documentation(item: Node, node: Node) -> Documentation:
    external = node.get("externalDocs")
    return Documentation(
        summary=read.text(node, "summary") or read.text(item, "summary"),
        description=read.text(node, "description") or read.text(item, "description"),
        external_url="" if external is None else read.text(external, "url"),
        deprecated=read.flag(node, "deprecated"),
        stability=read.text(node, "x-specloom-stability"),
        provenance=lower_provenance(node),
        departures=lower_departures(node),
    )


def set_apart(operations: tuple[Operation, ...], report: Report) -> tuple[Operation, ...]:
    """Operations whose names are all different: those of one name get their method and path into it."""
    names = Counter((one.resource, one.name) for one in operations)
    ids = Counter(one.id for one in operations)
    return tuple(_set_apart(one, names[one.resource, one.name] > 1, ids[one.id] > 1, report) for one in operations)


def _set_apart(operation: Operation, same_name: bool, same_id: bool, report: Report) -> Operation:
    if not same_name and not same_id:
        return operation
    request = f"{operation.method.lower()} {operation.path}"
    name = snake(f"{operation.name} {request}") if same_name else operation.name
    if same_name:
        message = f"another operation is called `{operation.resource}.{operation.name}`: this one becomes `{name}`"
        found = Diagnostic(
            code="SL407",
            location=operation.location,
            message=message,
            hint="give it an `operationId` of its own, or name it with `x-specloom-method`",
            severity=Severity.WARNING,
        )
        report.add(found)
    return replace(operation, name=name, id=f"{operation.id} {request}" if same_id else operation.id)
