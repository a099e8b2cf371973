"""Typed reading of document nodes: the value if it is of the kind that is asked for, else a neutral one.

Validation has run before, so a value of another kind is rare; it then counts as absent here and is reported there.
What is read is a plain value, so no node is made for it: a large document is asked a million times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from specloom.document import Node


def value(node: Node, key: str) -> Any:
    """The plain value under a key; `None` where there is none, and for null."""
    held = node.value
    return held.get(key) if isinstance(held, dict) else None


def text(node: Node, key: str) -> str:
    """The text under a key, or an empty one."""
    found = value(node, key)
    return found if isinstance(found, str) else ""


def documentation(node: Node) -> str:
    """What an object says to people: its description, and where there is more (`externalDocs`)."""
    external = node.get("externalDocs")
    address = "" if external is None else text(external, "url")
    if external is None or not address:
        return text(node, "description")
    said = text(external, "description").strip().rstrip(".") or "Documentation"
    return "\n\n".join(one for one in (text(node, "description"), f"{said}: <{address}>") if one)


def flag(node: Node, key: str) -> bool:
    """Whether the value under a key is `true`."""
    return value(node, key) is True


def maybe_flag(node: Node, key: str) -> bool | None:
    """The boolean under a key, or `None` where there is none."""
    found = value(node, key)
    return found if isinstance(found, bool) else None


def whole(node: Node, key: str) -> int | None:
    """The whole number under a key, or `None`."""
    found = value(node, key)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def number(node: Node, key: str) -> float | None:
    """The number under a key, or `None`; a whole one stays whole."""
    found = value(node, key)
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def members(node: Node, key: str) -> Iterator[tuple[str, Node]]:
    """The members of the object under a key; anything that is not an object has none."""
    found = _found(node, key)
    if found is not None:
        yield from found.items()


def elements(node: Node, key: str) -> Iterator[Node]:
    """The elements of the list under a key."""
    found = _found(node, key)
    if found is not None:
        yield from found.elements()


def _found(node: Node, key: str) -> Node | None:
    """What stands under a key; a whole map or list may be referred to in extensions alone."""
    found = node.get(key)
    return found.resolved() if found is not None and key.startswith("x-") else found


def texts(node: Node, key: str) -> tuple[str, ...]:
    """The texts of the list under a key; a single text counts as a list of one."""
    found = value(node, key)
    if isinstance(found, str):
        return (found,)
    if isinstance(found, list):
        return tuple(one for one in found if isinstance(one, str))
    return ()


def says_null(node: Node) -> bool:
    """Whether a schema says by its own words that null is a value, beside others."""
    if (
        flag(node, "nullable")
        or flag(node, "x-nullable")
        or "null" in texts(node, "type")[1:] + texts(node, "type")[:-1]
    ):
        return True
    members = [one for key in ("oneOf", "anyOf") for one in elements(node, key)]
    return any(texts(one, "type") == ("null",) or (not one.is_reference and says_null(one)) for one in members)
