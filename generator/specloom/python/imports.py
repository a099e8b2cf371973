"""Import lines of emitted modules, sorted and folded as isort and black have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.python.literals import INDENT, LINE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STANDARD = {"__future__", "asyncio", "collections", "datetime", "functools", "json", "pathlib", "typing", "uuid"}


def import_lines(wanted: Mapping[str, Iterable[str]], *, indent: int = 0) -> tuple[str, ...]:
    """Write the import of names from modules; a module without names is imported itself.

    Returns:
        Finished lines; an empty one stands between the standard library, other packages and the package itself.
    """
    groups: dict[int, list[str]] = {}
    for module in sorted(wanted, key=_order):
        found = sorted(set(wanted[module]), key=_case)
        groups.setdefault(_group(module), []).append(_line(module, found, indent))
    lines: list[str] = []
    for group in sorted(groups):
        lines.extend(["", *groups[group]] if lines else groups[group])
    return tuple(line for block in lines for line in block.split("\n"))


def _group(module: str) -> int:
    if module.startswith("."):
        return 3
    top = module.partition(".")[0]
    return 0 if top == "__future__" else 1 if top in _STANDARD else 2


def _order(module: str) -> tuple[int, int, str]:
    """Relative imports from far to near, as isort has them; plain imports before those of names."""
    dots = len(module) - len(module.lstrip("."))
    return (_group(module), -dots, module)


def _case(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest."""
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return (kind, name)


def _line(module: str, found: list[str], indent: int) -> str:
    margin = INDENT * indent
    if not found:
        return f"{margin}import {module}"
    flat = f"{margin}from {module} import {', '.join(found)}"
    if len(flat) <= LINE_LENGTH:
        return flat
    inner = "".join(f"{margin}{INDENT}{name},\n" for name in found)
    return f"{margin}from {module} import (\n{inner}{margin})"
