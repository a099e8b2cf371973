"""Objects that others extend: a schema with a `discriminator` of its own, and those that name it in their `allOf`.

Wherever such a schema is referred to, a value may be of any of them. The reference becomes one to their union, which is
called after the schema (`any Pet`); in the `allOf` of those that extend it, the schema is itself alone.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from specloom.lower import read
from specloom.lower.telling import default_of, mapped
from specloom.model import Discriminator, NamedSchema, ReferenceSchema, Schema, SchemaInfo, UnionSchema

if TYPE_CHECKING:
    from specloom.document import Node
    from specloom.lower.schemas import Schemas

Identity = tuple[str, str]

_VALUE = "x-ms-discriminator-value"
"""What documents of Swagger 2.0, which has no mapping, say beside a schema that extends another."""


class Families:
    """Finds the schemas of a document that extend one with a discriminator."""

    def __init__(self, schemas: Schemas, root: Node) -> None:
        self._schemas = schemas
        self._root = root
        self._made: dict[Identity, ReferenceSchema] = {}

    def of(self, node: Node) -> Schema | None:
        """The union that a reference to a schema means; `None` where it means the schema alone."""
        if node.identity in self._made:
            return self._made[node.identity]
        declared = node.get("discriminator")
        if declared is None or node.get("oneOf") is not None or node.get("anyOf") is not None:
            return None
        values = self._values(node, declared)
        if not values:
            return None
        name = f"any {self._schemas.name_of(node)}"
        reference = ReferenceSchema(name=name, info=SchemaInfo(location=node.location))
        # Known before its members are, for they lead back to it.
        self._made[node.identity] = reference
        extending = [one for one in dict.fromkeys(values.values()) if one.identity != node.identity]
        # Itself first: of what a value of no known kind fits alike, that says least of it.
        members = (node, *extending)
        discriminator = self._discriminator(node, declared, values, members)
        if discriminator is None:
            members = (*extending, node)
        lowered = [self._schemas.component(one) for one in members]
        union = UnionSchema(
            info=SchemaInfo(location=node.location, description=read.text(node, "description")),
            members=tuple(lowered),
            exclusive=True,
            discriminator=discriminator,
        )
        self._schemas.named.enter(NamedSchema(name=name, schema=union, location=node.location))
        return reference

    def _discriminator(
        self, node: Node, declared: Node, values: dict[str, Node], members: tuple[Node, ...]
    ) -> Discriminator | None:
        """What tells the members apart; nothing does where the property lists values, and none of them names one."""
        name = read.text(declared, "propertyName")
        listed = _listed(node, name)
        if listed and listed.isdisjoint(values):
            message = f"no value of `{name}` names a schema that extends this one: a value is read as what it fits best"
            self._schemas.report.warning("SL403", declared, message, "a `mapping` would say which one it is")
            return None
        places = {one.identity: index for index, one in enumerate(members)}
        default = default_of(self._schemas, declared)
        return Discriminator(
            property_name=name,
            mapping=tuple((value, places[one.identity]) for value, one in values.items()),
            default=None if default is None else places.get(default),
        )

    def _values(self, node: Node, declared: Node) -> dict[str, Node]:
        """Value -> schema: as mapped, else by what the schema and the components that extend it say, or are called."""
        found = {value: self._at(identity) for value, identity in mapped(self._schemas, declared).items()}
        known = {one.identity for one in found.values()}
        if not known - {node.identity} and node.identity not in self._extending:
            return {}
        listed, called = _listed(node, read.text(declared, "propertyName")), _component(node)
        own = {called: node} if called and (not listed or called in listed) else {}
        for name, one in (*self._extending.get(node.identity, {}).items(), *own.items()):
            if one.identity not in known:
                found.setdefault(read.text(one, _VALUE) or name, one)
        return found

    def _at(self, identity: Identity) -> Node:
        file, pointer = identity
        found = self._root.document.look_up(file, f"#{pointer}" if pointer else "")
        assert found is not None
        return found.resolved()

    @cached_property
    def _extending(self) -> dict[Identity, dict[str, Node]]:
        """The components that extend a schema, directly or through others, by the schema they extend."""
        direct: dict[Identity, dict[str, Node]] = {}
        components = self._root.get("components")
        for name, one in read.members(components, "schemas") if components is not None else ():
            for part in read.elements(one, "allOf"):
                if part.is_reference:
                    direct.setdefault(part.resolved().identity, {})[name] = one
        return {base: _all_below(base, direct) for base in direct}


def _listed(node: Node, name: str) -> set[str]:
    """The values that a schema lists for a property, in its own words."""
    held = dict(read.members(node, "properties")).get(name)
    return set() if held is None else set(read.texts(held.resolved(), "enum"))


def _component(node: Node) -> str:
    """The name of a component; empty for a schema that is none."""
    place, _, name = node.pointer.rpartition("/")
    return name if place == "/components/schemas" else ""


def _all_below(base: Identity, direct: dict[Identity, dict[str, Node]]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    waiting = [base]
    while waiting:
        for name, one in direct.get(waiting.pop(), {}).items():
            if name not in found and one.identity != base:
                found[name] = one
                waiting.append(one.identity)
    return found
