"""What tells the members of a union apart: a declared discriminator, or a property with values of their own."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from specloom.lower import read
from specloom.model import ConstSchema, Discriminator, EnumSchema, ObjectSchema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.document import Node
    from specloom.lower.schemas import Schemas

Values = tuple[str | int, ...]


def tell_apart(
    schemas: Schemas, holder: Node, nodes: Sequence[Node], shapes: Sequence[ObjectSchema]
) -> Discriminator | None:
    """The property that tells objects apart.

    Args:
        holder: The schema that may have a `discriminator`.
        nodes: The members as written.
        shapes: What each of them is.

    Returns:
        None where no property does.
    """
    declared = holder.get("discriminator") or _inherited(nodes)
    name = "" if declared is None else read.text(declared, "propertyName")
    if declared is not None and any(_property(one, name) for one in shapes):
        mapping = _declared(schemas, declared, name, nodes, shapes)
        if len(set(mapping.values())) > 1:
            identity = default_of(schemas, declared)
            default = next((index for index, node in enumerate(nodes) if identity in _identities(node)), None)
            return Discriminator(property_name=name, mapping=tuple(mapping.items()), default=default)
    for candidate in shapes[0].properties:
        values = [_listed(schemas, one, candidate.name) for one in shapes]
        if all(values) and len({one for each in values for one in each}) == sum(map(len, values)):
            pairs = tuple((value, index) for index, each in enumerate(values) for value in each)
            return Discriminator(property_name=candidate.name, mapping=pairs)
    return None


def differ(shapes: Sequence[ObjectSchema]) -> bool:
    """Whether of each two objects one requires a property that the other has no name for."""
    named = [frozenset(one.name for one in shape.properties) for shape in shapes]
    required = [frozenset(one.name for one in shape.properties if one.required) for shape in shapes]
    return all(
        required[one] - named[other] or required[other] - named[one]
        for one, other in combinations(range(len(shapes)), 2)
    )


def _inherited(nodes: Sequence[Node]) -> Node | None:
    """The discriminator of a schema that all members extend."""
    found: dict[tuple[str, str], Node] = {}
    for index, node in enumerate(nodes):
        bases = [one.resolved() for one in read.elements(node.resolved(), "allOf") if one.is_reference]
        mine = {one.identity: told for one in bases if (told := one.get("discriminator")) is not None}
        found = mine if index == 0 else {key: one for key, one in found.items() if key in mine}
    return next(iter(found.values()), None)


def _property(shape: ObjectSchema, name: str) -> bool:
    return any(one.name == name for one in shape.properties)


def _declared(
    schemas: Schemas, declared: Node, name: str, nodes: Sequence[Node], shapes: Sequence[ObjectSchema]
) -> dict[str | int, int]:
    """Value -> member: as mapped; by the values that a member lists for the property; by the member's own name."""
    places = mapped(schemas, declared)
    found: dict[str | int, int] = {}
    for index, (node, shape) in enumerate(zip(nodes, shapes, strict=True)):
        identities = _identities(node)
        mine = [value for value, identity in places.items() if identity in identities]
        values: Sequence[str | int] = mine or _listed(schemas, shape, name) or (schemas.name_of(node.resolved()),)
        for one in values:
            found.setdefault(one, index)
    return found


def mapped(schemas: Schemas, declared: Node) -> Mapping[str, tuple[str, str]]:
    """The `mapping` of a discriminator: value -> the schema that it names, by reference or by its own name."""
    found = {}
    for value, one in read.members(declared, "mapping"):
        if isinstance(one.value, str):
            target = schemas.named_by(one, one.value)
            if target is not None:
                found[value] = target.identity
    return found


def default_of(schemas: Schemas, declared: Node) -> tuple[str, str] | None:
    """The schema that a discriminator names for values that tell nothing (`defaultMapping` of OpenAPI 3.2)."""
    named = declared.get("defaultMapping")
    target = schemas.named_by(named, named.value) if named is not None and isinstance(named.value, str) else None
    return None if target is None else target.identity


def _identities(node: Node) -> set[tuple[str, str]]:
    """Every place that a member is at: where it is written, and what that leads to."""
    found = {node.identity}
    while node.is_reference:
        node = node.target()
        found.add(node.identity)
    return found


def _listed(schemas: Schemas, shape: ObjectSchema, name: str) -> Values:
    """The values that an object lists for a property; none where it may have others."""
    for one in shape.properties:
        if one.name != name:
            continue
        match schemas.shape(one.schema):
            case ConstSchema(value=str() | int() as value) if not isinstance(value, bool):
                return (value,)
            case EnumSchema(kind="string" | "integer", members=members):
                return tuple(each.value for each in members if isinstance(each.value, str | int))
    return ()
