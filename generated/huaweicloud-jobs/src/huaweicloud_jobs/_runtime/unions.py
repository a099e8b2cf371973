"""Unions whose objects are told apart by a member, and types that have a name of their own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, cast, get_args, get_type_hints

from pydantic_core import core_schema

from .building import find_models

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetCoreSchemaHandler


_UNTOLD = ("untold",)
"""What stands for a tag that is not listed; no JSON value equals it."""


class ByTag:
    """`Annotated[Cat | Dog, ByTag("petType", {"cat": "Cat", "dog": "Dog"})]`: the member `petType` says which it is.

    The other members of an object do not matter for that. An object without the tag, or with one that is not listed, is
    of the default, else read as what it fits best (see `repair`).

    Args:
        name: The member, by its name on the wire.
        classes: Name of the type for each of its values.
        default: Name of the type of an object without the tag, or with one that is not listed; empty for none.
    """

    def __init__(self, name: str, classes: Mapping[str | int, str], default: str = "") -> None:
        self.name = name
        self.classes = classes
        self.default = default

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        made = {name: handler.generate_schema(kind) for name, kind in members_of(source).items()}
        choices: Any = {tag: made[name] for tag, name in self.classes.items() if name in made}
        told: Any = self.name
        if self.default in made:
            choices[_UNTOLD] = made[self.default]
            told = self._tag_of
        # In Python it is the class of an object that says what it is, when it is given and when it is written: of a
        # chain, the last link writes.
        union = handler(source)
        read = core_schema.chain_schema([core_schema.tagged_union_schema(choices, told), union])
        return core_schema.json_or_python_schema(json_schema=read, python_schema=union)

    def _tag_of(self, value: Any) -> Any:
        tag = cast("dict[str, Any]", value).get(self.name) if isinstance(value, dict) else None
        return tag if isinstance(tag, str | int) and tag in self.classes else _UNTOLD

    def kind_of(self, source: Any, value: Mapping[str, Any]) -> Any:
        """The member of the union that the tag of a JSON object names; `None` where it names none."""
        tag = value.get(self.name)
        known = tag if isinstance(tag, str) or type(tag) is int else None
        name = self.default if known is None else self.classes.get(known, self.default)
        return members_of(source).get(name)


def members_of(union: Any) -> dict[str, Any]:
    """The members of a union by their names."""
    return {name: one for one in get_args(union) or (union,) if (name := getattr(one, "__name__", None))}


def meant(kind: Any) -> Any:
    """What a type is, where it is known by a name of its own."""
    while hasattr(kind, "__value__"):
        find_models(kind)
        value = kind.__value__
        kind = evaluated(value, kind.__module__) if isinstance(value, str) else value
    return kind


def evaluated(annotation: Any, module: str) -> Any:
    """The type that a text means in a module of that name, or a type with such texts in it."""
    holder = type("Holder", (), {"__annotations__": {"held": annotation}})
    return get_type_hints(holder, vars(sys.modules[module]), include_extras=True)["held"]
