"""Which module each operation of a large resource stands in.

A resource is one module while that is one that people can read. A larger one is a package, with a module for each
family of operations: those whose paths have the same words first. A family that is too large for a module is divided
by the words that follow, and one whose paths have no more of them by the HTTP method and by the words of the names. So
where an operation goes depends on its own family alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.python import names, placing
from specloom.words import split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.model import Operation

HEAD = 100
"""Lines that a module keeps free for what stands before its operations: imports, and docstrings of classes."""

_TEMPLATE = re.compile(r"\{[^{}]*\}")
_SAID_OF_ALL = re.compile(r"apis?|rest|json|v?\d[\d-]*((alpha|beta|rc)\d*)?", re.IGNORECASE)
"""Words of paths that tell no operation from another: what every path of an API begins or ends with."""

_HERE = ""
"""The level at which the words of a path end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An operation that waits for its place.

    Args:
        operation: Its name within the resource.
        levels: Where it stands, from the coarse to the fine.
        lines: Lines that it takes in each of the files that are divided alike.
    """

    operation: str
    levels: tuple[str, ...]
    lines: tuple[int, ...]


def levels(operation: Operation) -> tuple[str, ...]:
    """Where an operation stands: the words of its path, its HTTP method, the words of its name."""
    written = re.split(r"[^\w-]+", _TEMPLATE.sub("", operation.path))
    told = [names.snake(one) for one in written if split_words(one) and not _SAID_OF_ALL.fullmatch(one)]
    said = {operation.resource, *operation.resource.split("_")}
    own = [one for one in told if one not in said]
    return (*own, _HERE, operation.method.lower(), *operation.name.split("_"))


def divide(operations: Sequence[Placed]) -> dict[str, str]:
    """Find the part of every operation of a resource, as the levels that lead there: `branches/protection`.

    Two slashes are where the words of a path end: `branches//get`. The part of operations whose paths have no words of
    their own is empty.
    """
    found: dict[str, str] = {}
    _divide(operations, 0, found)
    return found


def _divide(operations: Sequence[Placed], depth: int, found: dict[str, str]) -> None:
    families: dict[tuple[str, ...], list[Placed]] = {}
    for one in operations:
        families.setdefault(one.levels[: depth + 1], []).append(one)
    for beginning, family in families.items():
        if len(family) == 1 or fits(family) or all(one.levels == beginning for one in family):
            found |= dict.fromkeys((one.operation for one in family), "/".join(beginning).removesuffix("/"))
        else:
            _divide(family, depth + 1, found)


def fits(operations: Sequence[Placed]) -> bool:
    """Whether operations can share a module."""
    return all(sum(lines) <= placing.LINES - HEAD for lines in zip(*(one.lines for one in operations), strict=True))


def shown(part: str) -> str:
    """A part in words for people."""
    return part.replace("//", "/").strip("/")
