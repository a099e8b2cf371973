"""Runs the guard over the files of a package."""

from __future__ import annotations

import ast
import gc
import os
from functools import partial
from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic
from specloom.guard.compare import Comparison
from specloom.guard.expected import expected
from specloom.guard.grammar import BUILTINS, UnplannedError
from specloom.guard.sharing import share
from specloom.guard.text import NO_PYTHON, Source
from specloom.location import Location

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.python import Page

    Printed = tuple[str, Page, str]

MODULES = frozenset(
    (
        *("__future__", "asyncio", "collections.abc", "copy", "datetime", "functools", "gzip", "importlib", "json"),
        *("pathlib", "zlib", "typing", "typing_extensions", "uuid", "exchange", "httpx2", "pydantic", "pytest"),
    )
)
"""What emitted files import of others."""

SHARED_FROM = 1_000_000
"""Characters of a package from which on several processes read it."""

MOST_PROCESSES = 4


def check_files(pages: Mapping[str, Page], files: Mapping[str, str], import_name: str) -> list[Diagnostic]:
    """Compare every Python file of a package with its plan.

    Args:
        pages: Template and view by path.
        files: Text by path, as it is to be written.
        import_name: What the package is imported by.
    """
    modules = MODULES | {import_name}
    printed = [(path, page, files[path]) for path, page in pages.items() if path.endswith(".py")]
    return share([partial(_check_part, part, modules) for part in _parts(printed)])


def _parts(printed: list[Printed]) -> list[list[Printed]]:
    """Files in parts of about the same size: one for each processor, where there is enough to read."""
    count = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1, MOST_PROCESSES)
    if sum(len(text) for _, _, text in printed) < SHARED_FROM:
        count = 1
    parts: list[list[Printed]] = [[] for _ in range(count)]
    sizes = [0] * count
    for one in sorted(printed, key=lambda one: -len(one[2])):
        least = sizes.index(min(sizes))
        parts[least].append(one)
        sizes[least] += len(one[2])
    return parts


def _check_part(printed: list[Printed], modules: frozenset[str]) -> list[Diagnostic]:
    seen: dict[str, frozenset[str]] = {}
    is_collecting = gc.isenabled()
    gc.disable()  # trees are without cycles, and looking for some takes half of the time
    try:
        found = [_check(path, page, text, modules, seen) for path, page, text in printed]
    finally:
        if is_collecting:
            gc.enable()
    return [one for one in found if one is not None]


def _check(
    path: str, page: Page, text: str, modules: frozenset[str], seen: dict[str, frozenset[str]]
) -> Diagnostic | None:
    planned = expected(page.view)
    source = Source(text)
    if planned is None:
        return _unplanned(path, page, 1, 1, f"no module is planned of a `{type(page.view).__name__}`")
    try:
        tree = ast.parse(text)
    except NO_PYTHON as error:
        line = getattr(error, "lineno", None) or 1
        return _unplanned(path, page, line, getattr(error, "offset", None) or 1, f"this is no Python: {error}")
    try:
        module = Comparison(source, modules, seen).statements(planned, tree.body, tree)
        for name, node in module.free():
            if name not in BUILTINS:
                raise UnplannedError(_place(name, node), f"`{name}` is nothing that this file has")
    except UnplannedError as error:
        line = getattr(error.node, "lineno", 1)
        column = source.column(line - 1, getattr(error.node, "col_offset", 0)) + 1
        return _unplanned(path, page, line, column, error.message)
    return None


def _place(name: str, within: ast.AST) -> ast.AST:
    """Where a name stands; that which it stands in, where it is part of a text."""
    return next((one for one in ast.walk(within) if isinstance(one, ast.Name) and one.id == name), within)


def _unplanned(path: str, page: Page, line: int, column: int, message: str) -> Diagnostic:
    hint = f"`{page.template}` printed it: print what its view holds, or, with templates as they come, report this"
    return Diagnostic(code="SL708", message=message, location=Location(path, line, column), hint=hint)
