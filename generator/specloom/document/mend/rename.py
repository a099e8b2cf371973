"""Names that cannot stay: of components, with all that refers to them, and of paths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from specloom.document.build import quoted
from specloom.document.edits import Put, Rename
from specloom.document.mend.place import Repair
from specloom.document.pointers import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.edits import Edit
    from specloom.document.mend.place import Place

_NOT_IN_NAMES: Final = re.compile(r"[^a-zA-Z0-9._-]+")


def rename_component(place: Place) -> Repair | None:
    """Give a component a name that OpenAPI allows, and let references follow."""
    taken = place.holder.value
    base = name = _NOT_IN_NAMES.sub("_", place.name).strip("_") or "unnamed"
    count = 1
    while name in taken:
        count += 1
        name = f"{base}_{count}"
    old = place.pointer
    changes: dict[str, Edit] = {old: Rename(name)}
    for pointer, reference in _references(place.places.document.top(place.file).value):
        path, hash_, fragment = reference.partition("#")
        plain = unquote(fragment)
        if not path and hash_ and (plain == old or plain.startswith(f"{old}/")):
            changes[pointer] = Put(f"#{join(place.holder.pointer, name)}{plain[len(old) :].replace('%', '%25')}")
    return Repair(changes, f"called {quoted(name)}")


def rename_path(place: Place, path: str) -> Repair | None:
    """Give a path item another path, unless there is one at it."""
    if path in (place.holder.value or {}):
        return None
    return Repair({place.pointer: Rename(path)}, f"read as {quoted(path)}")


def _references(root: Any) -> Iterator[tuple[str, str]]:
    """List every text under `$ref`, and every value in a `mapping`, with its pointer."""
    stack: list[tuple[str, Any]] = [("", root)]
    while stack:
        pointer, value = stack.pop()
        if isinstance(value, dict):
            for key, held in value.items():
                if isinstance(held, str):
                    if key == "$ref" or pointer.endswith("/discriminator/mapping"):
                        yield join(pointer, key), held
                else:
                    stack.append((join(pointer, key), held))
        elif isinstance(value, list):
            stack.extend((join(pointer, index), held) for index, held in enumerate(value))
