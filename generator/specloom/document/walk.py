"""Every object of a document once, references followed, with its kind and the node that led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from specloom.document.grammar import METHODS, REFERABLE, Kind, below

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from specloom.document.document import Document, Node


_WITHOUT_OPERATIONS: Final = frozenset((Kind.SCHEMA, Kind.PARAMETER, Kind.REQUEST_BODY, Kind.RESPONSES, Kind.EXTENSION))


class Operation(NamedTuple):
    """An operation with what stands around it.

    Args:
        node: The operation object.
        method: The key it stands under.
        path: The key of the path item; a name for a webhook, an expression for a callback.
        item: The path item, references followed.
        entry: The node under that key, references not followed.
        under: `paths`, `webhooks`, `callbacks` or `components`.
    """

    node: Node
    method: str
    path: str
    item: Node
    entry: Node
    under: str


def walk(document: Document, *, without: Collection[Kind] = ()) -> Iterator[tuple[Node, Kind]]:
    """List every object that can be reached from the root of a document, each once per kind, in a fixed order.

    Args:
        without: Kinds of object that are left out, with what is in them.
    """
    return walk_from(document.root, Kind.DOCUMENT, set(), without)


def walk_from(
    start: Node, start_kind: Kind, seen: set[tuple[int, Kind]], without: Collection[Kind] = ()
) -> Iterator[tuple[Node, Kind]]:
    """List every object that can be reached from one, as `walk` does.

    Args:
        seen: What has been listed before, which is passed over and added to.
    """
    siblings = start.document.version not in (None, "2.0", "3.0")
    stack = [(start, start_kind)]
    while stack:
        node, kind = stack.pop()
        if not isinstance(node.value, dict) or (id(node.value), kind) in seen:
            continue
        seen.add((id(node.value), kind))
        yield node, kind
        further = []
        if kind in REFERABLE and node.is_reference:
            further.append((node.target(), kind))
            if not (kind is Kind.PATH_ITEM or (kind is Kind.SCHEMA and siblings)):
                stack.extend(further)
                continue
        for found in below(node.value, kind):
            if isinstance(found.value, dict) and found.kind not in without:
                further.append((node.descend(found.keys), found.kind))
        stack.extend(reversed(further))


def operations(document: Document) -> Iterator[Operation]:
    """List every operation: of the paths, the webhooks, the callbacks and the reusable path items.

    An operation that two paths share through a reference is listed for each of them.
    """
    seen: set[tuple[str, str, str]] = set()
    for node, kind in walk(document, without=_WITHOUT_OPERATIONS):
        for key, entry, under in _path_items(node, kind):
            item = entry.resolved()
            if not isinstance(item.value, dict):
                continue
            for method, operation in methods(item):
                if isinstance(operation.value, dict):
                    place = (*entry.identity, method)
                    if place not in seen:
                        seen.add(place)
                        yield Operation(operation, method, key, item, entry, under)


def methods(item: Node) -> Iterator[tuple[str, Node]]:
    """List the operations of a path item by their methods; those of OpenAPI 3.2 that have names of their own last."""
    for method in METHODS:
        operation = item.get(method)
        if operation is not None:
            yield method, operation
    further = item.get("additionalOperations")
    yield from further.items() if further is not None else ()


def _path_items(node: Node, kind: Kind) -> Iterator[tuple[str, Node, str]]:
    if kind is Kind.PATHS or kind is Kind.CALLBACK:
        if kind is Kind.CALLBACK and node.is_reference:
            return
        for key, entry in node.items():
            if not key.startswith("x-"):
                yield key, entry, "paths" if kind is Kind.PATHS else "callbacks"
    elif kind is Kind.DOCUMENT:
        held = node.get("webhooks")
        for key, entry in held.items() if held is not None else ():
            yield key, entry, "webhooks"
    elif kind is Kind.COMPONENTS:
        held = node.get("pathItems")
        for key, entry in held.items() if held is not None else ():
            yield key, entry, "components"
