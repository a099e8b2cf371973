"""Where dynamic references lead, as far as that is fixed: to a schema that the reference stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.lower import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document import Node

_ANCHORS = ("$dynamicAnchor", "$anchor")


def anchored(node: Node, reference: str) -> Node | None:
    """The schema that `$dynamicRef` or `$recursiveRef` leads to; `None` where only a value could tell."""
    if "/" in reference:
        return node.at(reference)
    name = reference.removeprefix("#")
    around = list(_around(node))
    if not name:
        outermost = [one for one in around if read.flag(one, "$recursiveAnchor")]
        named = [one for one in around if one.pointer.split("/")[-2:-1] in (["schemas"], ["$defs"], ["definitions"])]
        return next(iter([*outermost, *named]), None)
    known = [one for one in around if name in (read.text(one, key) for key in _ANCHORS)]
    if known:
        return known[0]
    inner = [one for holder in around for one in _anchored_in(holder, "$defs", name)]
    return inner[0] if len(inner) == 1 else _listed(node, name)


def _around(node: Node) -> Iterator[Node]:
    """The mappings that a node stands in, from the outermost."""
    keys = node.pointer.split("/")
    for end in range(2, len(keys) + 1):
        found = node.at("/".join(keys[:end]))
        if found is not None and isinstance(found.value, dict):
            yield found


def _listed(node: Node, name: str) -> Node | None:
    """The one component that has an anchor."""
    components = node.at("/components")
    if components is None:
        return None
    found = _anchored_in(components, "schemas", name)
    return found[0] if len(found) == 1 else None


def _anchored_in(holder: Node, key: str, name: str) -> list[Node]:
    """The schemas of a map that have an anchor."""
    return [one for _, one in read.members(holder, key) if name in (read.text(one, anchor) for anchor in _ANCHORS)]
