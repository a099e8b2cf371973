"""The names of one API in Python: classes of schemas, resources, methods. Decided once, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.model import EnumSchema
from specloom.python import names
from specloom.python.classes import class_names
from specloom.python.methods import are_spelled, method_names
from specloom.python.types import Types

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model import Api, NamedSchema, Operation

SHARED = "shared"
"""The module of models that several resources use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What everything of an API is called.

    Args:
        client: Class of the client.
        module: Package of the client within the emitted package.
        classes: Class of every named schema.
        groups: Resource whose module of models every named schema belongs to, or `SHARED`.
        resources: Module and attribute of every resource.
        resource_classes: Class of every resource.
        methods: Method of every operation, by resource and name.
    """

    client: str
    module: str
    classes: Mapping[str, str]
    kinds: Mapping[str, str]
    groups: Mapping[str, str]
    resources: Mapping[str, str]
    resource_classes: Mapping[str, str]
    methods: Mapping[tuple[str, str], str]

    @property
    def async_client(self) -> str:
        """Class of the asynchronous client."""
        return f"Async{self.client}"

    def resource_class(self, resource: str) -> str:
        """Class of a resource."""
        return self.resource_classes[resource]

    def method(self, operation: Operation) -> str:
        """Method of an operation."""
        return self.methods[operation.resource, operation.name]

    def call(self, operation: Operation) -> str:
        """How a caller reaches an operation from a client: `jobs.list_history`."""
        return f"{self.resources[operation.resource]}.{self.method(operation)}"

    def constant(self, operation: Operation) -> str:
        """The constant that holds an operation's declaration."""
        made = self.method(operation).strip("_").upper()
        return f"{made}_" if made in names.CONSTANTS or made == self.resource_classes[operation.resource] else made

    def types(self, prefix: str = "") -> Types:
        """How annotations are written, with what stands before a class."""
        return Types(classes=self.classes, kinds=self.kinds, prefix=prefix)


def operations_by_resource(api: Api) -> dict[str, tuple[Operation, ...]]:
    """The operations of every resource, both in the order of the document."""
    found: dict[str, list[Operation]] = {}
    for one in api.operations:
        found.setdefault(one.resource, []).append(one)
    return {resource: tuple(operations) for resource, operations in found.items()}


def name_api(api: Api) -> Naming:
    """Decide every name of an API."""
    resources = names.distinct((one.resource for one in api.operations), names.resource_name)
    methods: dict[tuple[str, str], str] = {}
    spelled = are_spelled(one for one in api.operations if one.id != f"{one.method.lower()} {one.path}")
    for resource, operations in operations_by_resource(api).items():
        mine = method_names(resource, operations, api.name, spelled=spelled)
        methods |= {(resource, name): made for name, made in mine.items()}
    client = names.client_name(api.name)
    calls = {one.id: f"{resources[one.resource]}.{methods[one.resource, one.name]}" for one in api.operations}
    return Naming(
        client=client,
        module=names.module_name(api.module),
        classes=class_names(api.schemas, calls),
        kinds={one.name: _kind(one) for one in api.schemas},
        groups={one.name: resources.get(one.group, SHARED) for one in api.schemas},
        resources=resources,
        resource_classes=names.distinct(
            resources, lambda one: names.resource_class_name(one, client), names.mark_pascal
        ),
        methods=methods,
    )


def _kind(named: NamedSchema) -> str:
    return named.schema.kind if isinstance(named.schema, EnumSchema) else ""
