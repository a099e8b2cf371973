"""Says which resource alone uses a named schema, so that its model can stand with that resource."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from specloom.model import ReferenceSchema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specloom.model import NamedSchema, Operation


def group_schemas(named: Iterable[NamedSchema], operations: Iterable[Operation]) -> tuple[NamedSchema, ...]:
    """Fill in `NamedSchema.group`: the one resource whose operations reach a schema, directly or through others."""
    named = tuple(named)
    references = {one.name: frozenset(_references(one.schema)) for one in named}
    users: dict[str, set[str]] = {one.name: set() for one in named}
    for operation in operations:
        for name in _reached(frozenset(_references(operation)), references):
            users[name].add(operation.resource)
    _place_unused(users, references)
    return tuple(replace(one, group=next(iter(users[one.name])) if len(users[one.name]) == 1 else "") for one in named)


def _place_unused(users: dict[str, set[str]], references: Mapping[str, frozenset[str]]) -> None:
    """Put a schema that no operation reaches beside what it refers to, or, where that is spread, all of it together."""
    for name in [name for name, found in users.items() if not found]:
        reached = _reached(references[name], references)
        resources = {one for other in reached for one in users[other] if one}
        if len(resources) == 1:
            users[name] |= resources
        else:
            for other in reached:
                users[other] |= {"", *resources}


def _reached(start: frozenset[str], references: Mapping[str, frozenset[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(references.get(name, ()))
    # A reference to a schema that was refused leads nowhere.
    return reached & references.keys()


_WITHOUT = frozenset(
    {"info", "location", "description", "documentation", "behavior", "security", "servers", "examples", "links"}
)
"""Parts of the API model that never refer to a schema."""

_PLAIN = frozenset({"str", "bool", "bool | None", "int | None", "Bounds", "Json"})
"""Types of fields, as they are written in the API model, that never do."""


def _references(value: object) -> Iterator[str]:
    """Every schema that a part of the API model refers to."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting.extend(one)
        elif isinstance(one, ReferenceSchema):
            yield one.name
        else:
            kind: Any = type(one)
            for name in _fields(kind):
                held = getattr(one, name)
                if held:
                    waiting.append(held)


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    """The fields of a class of the API model that may refer to schemas."""
    if not is_dataclass(kind):
        return ()
    return tuple(one.name for one in fields(kind) if one.name not in _WITHOUT and one.type not in _PLAIN)
