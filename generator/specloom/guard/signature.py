"""What a function takes, read from its definition."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from specloom.guard.text import NO_PYTHON

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Given = tuple[str, ast.arg | None, ast.expr | None]


def parameters(given: ast.arguments) -> Iterator[Given]:
    """Parameters in their order: what stands before one, the parameter (none for a bare `*`), its default."""
    defaults = [None] * (len(given.args) - len(given.defaults)) + list(given.defaults)
    for arg, default in zip(given.args, defaults, strict=True):
        yield "", arg, default
    if given.vararg is not None or given.posonlyargs:
        yield "*args", None, None
    elif given.kwonlyargs:
        yield "*", None, None
    for arg, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        yield "", arg, default
    if given.kwarg is not None:
        yield "**", given.kwarg, None


def local_names(node: ast.FunctionDef) -> set[str]:
    """The names that a function gives values to."""
    stored = (one for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
    return {one.id for one in stored}


def are_same_parameters(planned: Sequence[str], node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function takes what is planned, however it is laid out."""
    try:
        body = ast.parse(f"def planned(\n{', '.join(planned)}\n): ...").body
    except NO_PYTHON:
        return False
    match body:
        case [ast.FunctionDef(args=wanted)]:
            return ast.dump(wanted) == ast.dump(node.args)
    return False
