"""Every change of a single node of a JSON document, through the texts in it that hold JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

INSIDE = object()
"""The step from a text into the JSON that it holds."""

Path = tuple[Any, ...]
Change = Callable[[Any], Any]

CHANGES: dict[str, Change] = {
    "null": lambda _: None,
    "integer": lambda _: 12345,
    "fraction": lambda _: 1.25,
    "boolean": lambda _: True,
    "new text": lambda _: "unheard-of",
    "object": lambda _: {"unheard-of": 1},
    "list": lambda _: [1],
    "list of objects": lambda _: [{}],
    "nested object": lambda value: {"status": value, "value": {"deeper": [value]}},
    "JSON text": lambda _: "{}",
    "null in text": lambda _: "null",
    "broken text": lambda value: str(value)[:-1] + "{",
    "added member": lambda value: (
        {**value, "unheard-of": [None, {"deeper": 1.5}]} if isinstance(value, dict) else value
    ),
}
"""What takes the place of a node; dropping it is a change of what is around it."""


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """The way to every node, the document itself left out."""
    if path and path[-1] is not INSIDE:
        yield path
    inner = inside(value)
    if inner is not None:
        yield from paths(inner, (*path, INSIDE))
    for step, member in steps(value):
        yield from paths(member, (*path, step))


def steps(value: Any) -> list[tuple[Any, Any]]:
    """Members or items by name or position."""
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def inside(value: Any) -> Any:
    """The object or list that a text holds; `None` where it holds none."""
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return None
    try:
        return json.loads(value)
    except ValueError:
        return None


def changed(value: Any, path: Path, change: Change) -> Any:
    """The document with another node at a place; texts around it are written anew, indented."""
    if not path:
        return change(value)
    step, *rest = path
    if step is INSIDE:
        return json.dumps(changed(json.loads(value), tuple(rest), change), indent=1)
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[step] = changed(copied[step], tuple(rest), change)
    return copied


def without(value: Any, path: Path) -> Any:
    """The document without the node at a place."""
    *around, last = path
    return changed(value, tuple(around), lambda holder: _dropped(holder, last))


def _dropped(holder: Any, step: Any) -> Any:
    if isinstance(holder, dict):
        return {key: value for key, value in holder.items() if key != step}
    return [value for index, value in enumerate(holder) if index != step]


def mutations(value: Any) -> Iterator[tuple[str, Path, Any]]:
    """Each change: its name, its place and the document after it."""
    for path in paths(value):
        yield "drop", path, without(value, path)
        for name, change in CHANGES.items():
            yield name, path, changed(value, path, change)


def pointer(path: Path) -> str:
    """A place as JSON pointer."""
    tokens = (str(step).replace("~", "~0").replace("/", "~1") for step in path if step is not INSIDE)
    return "".join(f"/{token}" for token in tokens)
