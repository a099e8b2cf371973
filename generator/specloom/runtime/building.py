"""Builds models side by side: pydantic builds one within the other, and gives up at a chain of some ninety.

A model is built when it is first used, with all that it refers to. Here each of those becomes a definition of its own,
and models refer to definitions, so that nothing recurses deeper where there are more models.
"""

from __future__ import annotations

import builtins
import re
import sys
from contextlib import contextmanager
from inspect import get_annotations
from threading import local
from typing import TYPE_CHECKING, Any, cast, get_args

from pydantic import VERSION, BaseModel
from pydantic_core import core_schema

if TYPE_CHECKING:
    from collections.abc import Generator

    from pydantic import GetCoreSchemaHandler

INLINED = 50
"""Among so many models, pydantic may still put one that is used once in the place where it is used."""

RECURSES = tuple(int(part) for part in VERSION.split(".")[:2]) < (2, 14)
"""Whether pydantic follows references by recursion in Python, which takes a dozen frames for each model."""

_FRAMES = 16


Waiting = list[tuple["type[BaseModel]", core_schema.DefinitionReferenceSchema]]


class _Build(local):
    """What runs in this thread.

    Attributes:
        waiting: Models that the build has still to visit, each with a reference to it; `None` where none runs.
        watched: Whether somebody puts the recursion limit back.
    """

    waiting: Waiting | None = None
    watched: bool = False


_build = _Build()


def schema_of(kind: type[BaseModel], handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
    """The core schema of a model: a reference, with all that it leads to defined beside it.

    Args:
        handler: What pydantic gives to `__get_pydantic_core_schema__`. It defines a model, and asks for those that its
            fields hold; these get a reference, and their turn afterwards.
    """
    if _build.waiting is not None:
        name = f"{kind.__module__}.{kind.__qualname__}:{id(kind)}"  # as pydantic calls the definition of a model
        # What has metadata is left where it is: pydantic would put definitions into one another again.
        reference = core_schema.definition_reference_schema(name, metadata={"kept": True})
        _build.waiting.append((kind, reference))
        return reference
    waiting: Waiting = []
    _build.waiting = waiting
    try:
        find_models(kind)
        schema = handler(kind)
        defined: set[type[BaseModel]] = {kind}
        references: list[core_schema.DefinitionReferenceSchema] = []
        while waiting:
            one, reference = waiting.pop()
            references.append(reference)
            if one not in defined:
                defined.add(one)
                find_models(one)
                handler(one)
    finally:
        _build.waiting = None
    if len(defined) <= INLINED:
        for reference in references:
            reference.pop("metadata", None)
    elif RECURSES and _build.watched:
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 1000 + _FRAMES * len(defined)))
    return schema


def find_models(kind: Any) -> None:
    """Puts types that a type names, and its module has not imported, into that module.

    Modules of a large package import one another for type checkers alone, for they go round in circles and are many.
    A type is found by its name, in the package that the module lies in, or in the one around that.
    """
    seen: set[int] = set()
    waiting: list[Any] = [kind]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, type) and issubclass(one, BaseModel):
            for owner in one.__mro__:
                said = " ".join(text for text in get_annotations(owner).values() if isinstance(text, str))
                waiting.extend(_aliases_in(owner.__module__, said))
        elif isinstance(value := getattr(cast("object", one), "__value__", None), str):
            waiting.extend(_named_in(one.__module__, value))
        else:
            waiting.extend(get_args(one) if value is None else [value])


def _aliases_in(module: str, said: str) -> list[Any]:
    """The types that a text names and that are no classes: the turn of classes comes when they are built."""
    return [one for one in _named_in(module, said) if hasattr(one, "__value__")]


def _named_in(module: str, said: str) -> list[Any]:
    """The types that a text names, all of them put into the module."""
    there = sys.modules.get(module)
    package = getattr(there, "__package__", None)
    if there is None or not package or package.startswith("pydantic"):
        return []
    found: list[Any] = []
    for name in set(_NAME.findall(said)) - _BUILTINS:
        one = there.__dict__.get(name)
        if one is None:
            one = _found_in(package, name) or _found_in(package.rpartition(".")[0], name)
            if one is not None:
                setattr(there, name, one)
        found.append(one)
    return found


_NAME = re.compile(r"[^\W\d]\w*")
_BUILTINS = frozenset(one for one in dir(builtins) if not one[0].isupper()) | {"None"}
"""Names that no model has; a model may well be called `Warning`."""


def _found_in(package: str, name: str) -> Any:
    found = getattr(sys.modules.get(package), name, None)
    return found if isinstance(found, type) or hasattr(found, "__value__") else None


@contextmanager
def room_to_build() -> Generator[None]:
    """Lets a pydantic that recurses go as deep as there are models; frames of Python take nothing from the stack."""
    if not RECURSES or _build.watched:
        yield
        return
    limit = sys.getrecursionlimit()
    _build.watched = True
    try:
        yield
    finally:
        _build.watched = False
        sys.setrecursionlimit(limit)
