"""What the operations of a resource are called within it.

An operationId is the public name that a vendor chose, and stays what it is but for what its place says already: the
resource that it begins with (`repos/list-for-org` in `repos`), and its own path and method at its end, which frameworks
write there. Each operation has the shortest of its names that no other could have, so order does not matter.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from specloom.python import names
from specloom.words import snake, telling_segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from specloom.model import Operation

LONG = 60
"""Most characters of a name that is made though an operation has an id."""

_SIGNS = re.compile(r"[/.:]")
"""What stands behind a group of operations, and between no words."""

_WITH_VERSION = re.compile(r"_v\d\w*$")

_ON_THEIR_OWN_NO_NAMES = frozenset(
    ("and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "to", "via", "with", "without")
)
"""Words that no name begins with: `typeahead_for_workspace` is no `for_workspace`."""

_DOING = frozenset(
    (
        *("block", "check", "convert", "download", "export", "follow", "import", "invite", "like", "log", "purge"),
        *("query", "run", "scan", "search", "share", "star", "sync", "test", "translate", "upload", "validate"),
        *("verify", "vote", "watch"),
    )
)
"""Resources that are called by what one does: their `search_team` is no `team`."""


def method_names(
    resource: str, operations: Sequence[Operation], client: str, *, spelled: bool = False
) -> dict[str, str]:
    """The method of every operation of a resource, by the name of the operation.

    Args:
        client: What the client is called; an id may begin with a word of it (`drive.files.list`).
        spelled: Whether an id that only spells its request counts as none (`are_spelled`).
    """
    around = frozenset(snake(client).split("_"))
    chosen = names.choose(
        {
            one.name: (*_shorter(one, resource, around, spelled=spelled and spells_request(one)), one.name)
            for one in operations
        }
    )
    made = names.distinct(chosen.values(), names.method_name)
    return {name: made[one] for name, one in chosen.items()}


def are_spelled(operations: Iterable[Operation]) -> bool:
    """Whether the ids of a document were made of its requests, and nobody chose them (`GetCustomersCustomer`).

    Only operations with a template in their path tell: people, too, call `GET /regions` `getRegions`.
    """
    told = Counter(spells_request(one) for one in operations if "{" in one.path)
    return told[True] > told[False]


def spells_request(operation: Operation) -> bool:
    """Whether an id is method and path and nothing else; a template may be its last word alone (`get_files_id`)."""
    said = snake(operation.id)
    segments = telling_segments(operation.path)
    short = [one.strip("{}").rpartition("_")[2] if one.startswith("{") else one for one in segments]
    return any(said == snake("/".join((operation.method.lower(), *one))) for one in (segments, short))


def _shorter(operation: Operation, resource: str, around: frozenset[str], *, spelled: bool) -> Iterator[str]:
    """Names that are shorter than an operation's own, the shortest first; none where the document names the method."""
    if operation.called or operation.name != snake(operation.id):
        return
    request = f"{operation.method.lower()} {operation.path}"
    if spelled or operation.id == request:
        made = _of_request(operation, resource)
        if not spelled or len(made) <= LONG:
            yield made
        return
    # As FastAPI makes them: the function, the path with a `_` for each sign, the method.
    path = re.sub(r"\W", "_", operation.path)
    text = operation.id.removesuffix(f"{path}_{operation.method.lower()}")
    for one in (_within(text, resource, around), _behind_what_it_does(text, resource), snake(text)):
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
    if resource.partition("_")[0] in _DOING:
        return ""
    for beginning in (f"{resource}_controller_", f"{resource}_"):
        if name.startswith(beginning):
            return name.removeprefix(beginning)
    if len(groups) > 1 or _of_one(resource)[0] in _DOING:
        return ""
    words, count = name.split("_"), resource.count("_") + 1
    return "_".join(words[count:]) if _is_like("_".join(words[:count]), resource) else ""


def _behind_what_it_does(text: str, resource: str) -> str:
    """An id without the resource behind its first word (`list_core_v1_pod` in `core_v1`): only one with a version, for
    other resources are what is listed."""
    first, _, rest = snake(text).partition("_")
    versioned = _WITH_VERSION.search(resource) is not None and rest.startswith(f"{resource}_")
    return f"{first}_{rest.removeprefix(f'{resource}_')}" if versioned else ""


def _is_like(name: str, resource: str) -> bool:
    """Whether a name is that of a resource, be it of one or of many."""
    return _of_one(name.removesuffix("_controller")) == _of_one(resource)


def _of_one(name: str) -> list[str]:
    return [word.removesuffix("s") for word in name.split("_")]


def _is_usable(name: str) -> bool:
    beginning = name.partition("_")[0]
    return name.isidentifier() and beginning not in _ON_THEIR_OWN_NO_NAMES and names.method_name(name) == name
