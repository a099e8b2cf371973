"""What the operations of a resource are called within it.

An operationId is the public name that a vendor chose, and stays what it is but for what its place says already: the
resource that it begins with (`repos/list-for-org` in `repos`), and its own path and method at its end, which frameworks
write there. Each operation has the shortest of its names that no other could have, so order does not matter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from specloom.python import names
from specloom.words import snake, telling_segments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.model import Operation

_SIGNS = re.compile(r"[/.:]")
"""What stands behind a group of operations, and between no words."""

_ON_THEIR_OWN_NO_NAMES = frozenset(
    ("and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "to", "via", "with", "without")
)
"""Words that no name begins with: `typeahead_for_workspace` is no `for_workspace`."""

_DOING = frozenset(
    (
        *("check", "convert", "download", "export", "import", "purge", "query", "run", "scan", "search", "sync"),
        *("test", "translate", "upload", "validate", "verify"),
    )
)
"""Resources that are called by what one does: their `search_team` is no `team`."""


def method_names(resource: str, operations: Sequence[Operation], client: str) -> dict[str, str]:
    """The method of every operation of a resource, by the name of the operation.

    Args:
        client: What the client is called; an id may begin with a word of it (`drive.files.list`).
    """
    around = frozenset(snake(client).split("_"))
    chosen = names.choose({one.name: (*_shorter(one, resource, around), one.name) for one in operations})
    made = names.distinct(chosen.values(), names.method_name)
    return {name: made[one] for name, one in chosen.items()}


def _shorter(operation: Operation, resource: str, around: frozenset[str]) -> Iterator[str]:
    """Names that are shorter than an operation's own, the shortest first; none where the document names the method."""
    if operation.called or operation.name != snake(operation.id):
        return
    request = f"{operation.method.lower()} {operation.path}"
    if operation.id == request:
        yield _of_request(operation, resource)
        return
    # As FastAPI makes them: the function, the path with a `_` for each sign, the method.
    path = re.sub(r"\W", "_", operation.path)
    text = operation.id.removesuffix(f"{path}_{operation.method.lower()}")
    for one in (_within(text, resource, around), snake(text)):
        if _is_usable(one):
            yield one


def _of_request(operation: Operation, resource: str) -> str:
    """The name of an operation without an id: its method, and what its path says beyond the resource."""
    segments = telling_segments(operation.path)
    fixed = [snake(one) for one in segments if not one.startswith("{")]
    known = next((end for end in range(len(fixed), 0, -1) if _is_like("_".join(fixed[:end]), resource)), 0)
    last: list[str] = []
    while segments and segments[-1].startswith("{"):
        last.insert(0, snake(segments.pop()))
    by = ["by", "_and_".join(last)] if last else []
    return "_".join((operation.method.lower(), *fixed[known:], *by))


def _within(text: str, resource: str, around: frozenset[str]) -> str:
    """What an id says after the resource that it begins with; empty where it does not."""
    groups = _SIGNS.split(text)
    starts = [groups, *([groups[1:]] if snake(groups[0]) in around else [])]
    for is_it in (str.__eq__, _is_like):
        for start in starts:
            for end in range(1, len(start)):
                if is_it(snake(" ".join(start[:end])), resource):
                    return snake(" ".join(start[end:]))
    name = snake(text)
    for beginning in (f"{resource}_controller_", f"{resource}_"):
        if name.startswith(beginning) and resource.partition("_")[0] not in _DOING:
            return name.removeprefix(beginning)
    return ""


def _is_like(name: str, resource: str) -> bool:
    """Whether a name is that of a resource, be it of one or of many."""
    return _of_one(name.removesuffix("_controller")) == _of_one(resource)


def _of_one(name: str) -> list[str]:
    return [word.removesuffix("s") for word in name.split("_")]


def _is_usable(name: str) -> bool:
    beginning = name.partition("_")[0]
    return name.isidentifier() and beginning not in _ON_THEIR_OWN_NO_NAMES and names.method_name(name) == name
