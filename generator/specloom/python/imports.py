"""Import lines of emitted modules, sorted and folded as isort and black have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.python.literals import INDENT, LINE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STANDARD = {
    *(
        "__future__",
        "asyncio",
        "collections",
        "copy",
        "datetime",
        "functools",
        "gzip",
        "importlib",
        "json",
        "pathlib",
        "typing",
        "uuid",
        "zlib",
    ),
}


def import_lines(wanted: Mapping[str, Iterable[str]], *, indent: int = 0, own: str = "") -> tuple[str, ...]:
    """Write the import of names from modules; a module without names is imported itself.

    Args:
        own: A package that counts as one's own, and so stands after the others.

    Returns:
        Finished lines; an empty one stands between the standard library, other packages and the package itself.
    """
    groups: dict[int, list[str]] = {}
    for module in sorted(wanted, key=lambda one: (bool(list(wanted[one])), _order(one))):
        found = sorted(set(wanted[module]), key=_case)
        group = 3 if module.partition(".")[0] == own else _group(module)
        groups.setdefault(group, []).append(_line(module, found, indent))
    lines: list[str] = []
    for group in sorted(groups):
        lines.extend(["", *groups[group]] if lines else groups[group])
    return tuple(line for block in lines for line in block.split("\n"))


def _group(module: str) -> int:
    if module.startswith("."):
        return 4
    top = module.partition(".")[0]
    return 0 if top == "__future__" else 1 if top in _STANDARD else 2


def _order(module: str) -> tuple[int, str]:
    """Relative imports from far to near, as isort has them."""
    dots = len(module) - len(module.lstrip("."))
    return (-dots, module)


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
