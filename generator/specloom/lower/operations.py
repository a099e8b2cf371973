"""Path items and operations of a document -> operations of the API model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.document import methods
from specloom.lower import read
from specloom.lower.behavior import lower_behavior, lower_departures, lower_provenance
from specloom.lower.bodies import lower_examples, lower_request_body, lower_response, parameter_schema
from specloom.lower.security import lower_requirements, refuse_odd_name
from specloom.lower.words import snake
from specloom.model import Callback, Documentation, Operation, Parameter, is_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.document import Node
    from specloom.lower.report import Report
    from specloom.lower.schemas import Schemas
    from specloom.model import RequestBody, SecurityScheme

_STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form"}
_IGNORED_HEADERS = {"accept", "content-type", "authorization"}


class Operations:
    """Lowers the operations of one document."""

    def __init__(self, root: Node, schemas: Schemas, schemes: Sequence[SecurityScheme], report: Report) -> None:
        self._root = root
        self._schemas = schemas
        self._schemes = schemes
        self._report = report

    def lower_paths(self) -> tuple[Operation, ...]:
        """Lower every operation under `paths`, in document order."""
        return tuple(
            self._operation(path, method, item.resolved(), operation)
            for path, item in read.members(self._root, "paths")
            if path.startswith("/")
            for method, operation in _operations(item.resolved())
        )

    def lower_webhooks(self) -> tuple[Callback, ...]:
        """Lower every webhook. Nothing is emitted for them yet, which is said."""
        webhooks = self._root.get("webhooks")
        if webhooks is not None and webhooks.value:
            self._report.warning("SL401", webhooks, "nothing is emitted for `webhooks` yet", "their models are")
        return tuple(self._callback(name, "", item) for name, item in read.members(self._root, "webhooks"))

    def _callback(self, name: str, expression: str, item: Node) -> Callback:
        item = item.resolved()
        lowered = tuple(self._operation(expression, method, item, one) for method, one in _operations(item))
        return Callback(name=name, expression=expression, operations=lowered, location=item.location)

    def _callbacks(self, operation: Node) -> Iterator[Callback]:
        callbacks = operation.get("callbacks")
        if callbacks is not None and callbacks.value:
            self._report.warning("SL401", callbacks, "nothing is emitted for `callbacks` yet", "their models are")
        for name, one in read.members(operation, "callbacks"):
            for expression, item in one.resolved().items():
                if not expression.startswith("x-"):
                    yield self._callback(name, expression, item)

    def _operation(self, path: str, method: str, item: Node, node: Node) -> Operation:
        operation_id = read.text(node, "operationId") or f"{method} {path}"
        self._refuse_servers(item, node)
        if {".", ".."} & set(path.split("/")):
            message = f"the path `{path}` has a segment that stands for another path"
            self._report.error("SL408", node, message, "write the path that is meant")
        resource, name = self._names(node, operation_id, path)
        return Operation(
            id=operation_id,
            method=method.upper(),
            path=path,
            resource=resource,
            name=name,
            documentation=_documentation(item, node),
            parameters=tuple(self._parameter(one) for one in _parameters(item, node) if not self._is_ignored(one)),
            body=self._body(node),
            responses=tuple(
                lower_response(status, one.resolved(), self._schemas)
                for status, one in read.members(node, "responses")
                if not status.startswith("x-")
            ),
            security=lower_requirements(node, self._root, self._schemes, self._report),
            behavior=lower_behavior(node),
            servers=tuple(read.text(one, "url") for holder in (item, node) for one in read.elements(holder, "servers")),
            callbacks=tuple(self._callbacks(node)),
            location=node.key_location,
        )

    def _refuse_servers(self, item: Node, node: Node) -> None:
        """An operation with a server of its own would be sent to the document's."""
        for holder in (item, node):
            found = holder.get("servers")
            if found is not None:
                message = "`servers` of a path or operation are not carried over yet"
                self._report.error("SL401", found, message, "put these operations into a document of their own")

    def _names(self, node: Node, operation_id: str, path: str) -> tuple[str, str]:
        declared = read.text(node, "x-specloom-method")
        if declared:
            resource, _, name = declared.rpartition(".")
            return resource, name
        tags = read.texts(node, "tags")
        first = next((part for part in path.split("/") if part and not part.startswith("{")), "")
        return snake(tags[0] if tags else first) or "operations", snake(operation_id)

    def _is_ignored(self, node: Node) -> bool:
        name = read.text(node, "name")
        if read.text(node, "in") != "header" or name.lower() not in _IGNORED_HEADERS:
            return False
        message = f"the specification has a header parameter called `{name}` ignored"
        hint = "a media type or a security scheme says this; the method takes no such parameter"
        self._report.warning("SL401", node, message, hint)
        return True

    def _parameter(self, node: Node) -> Parameter:
        place, name = read.text(node, "in"), read.text(node, "name")
        schema, media_type = parameter_schema(node, self._schemas)
        if media_type and not is_json(media_type):
            message = f"a parameter as `{media_type}` is not carried over yet"
            self._report.error("SL401", node.child("content"), message, "use a `schema`, or `application/json`")
        if place in {"header", "cookie"}:
            refuse_odd_name(name, node, self._report)
        style = read.text(node, "style") or _STYLES.get(place, "form")
        explode = read.maybe_flag(node, "explode")
        return Parameter(
            name=name,
            place=place,
            required=read.flag(node, "required"),
            schema=schema,
            style=style,
            explode=style == "form" if explode is None else explode,
            description=read.text(node, "description"),
            deprecated=read.flag(node, "deprecated"),
            allow_reserved=read.flag(node, "allowReserved"),
            media_type=media_type,
            client_level=read.flag(node, "x-specloom-client-parameter"),
            examples=lower_examples(node),
            location=node.location,
        )

    def _body(self, node: Node) -> RequestBody | None:
        body = node.get("requestBody")
        return None if body is None else lower_request_body(body.resolved(), self._schemas, self._report)


def _operations(item: Node) -> Iterator[tuple[str, Node]]:
    for method, found in methods(item):
        yield method, found.resolved()


def _parameters(item: Node, operation: Node) -> list[Node]:
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
