"""Builds models side by side: pydantic builds one within the other, and gives up at a chain of some ninety.

A model is built when it is first used, with all that it refers to. Here each of those becomes a definition of its own,
and models refer to definitions, so that nothing recurses deeper where there are more models.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import local
from typing import TYPE_CHECKING

from pydantic import VERSION
from pydantic_core import core_schema

if TYPE_CHECKING:
    from collections.abc import Generator

    from pydantic import BaseModel, GetCoreSchemaHandler

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
        schema = handler(kind)
        defined: set[type[BaseModel]] = {kind}
        references: list[core_schema.DefinitionReferenceSchema] = []
        while waiting:
            one, reference = waiting.pop()
            references.append(reference)
            if one not in defined:
                defined.add(one)
                handler(one)
    finally:
        _build.waiting = None
    if len(defined) <= INLINED:
        for reference in references:
            reference.pop("metadata", None)
    elif RECURSES and _build.watched:
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 1000 + _FRAMES * len(defined)))
    return schema


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
