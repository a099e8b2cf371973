"""Names that cannot stay: of components, with all that refers to them, and of paths."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from specloom.document.build import quoted
from specloom.document.edits import Put, Rename
from specloom.document.mend.place import Repair
from specloom.document.pointers import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.document.edits import Edit
    from specloom.document.mend.place import Place

_NOT_IN_NAMES: Final = re.compile(r"[^a-zA-Z0-9._-]+")


def rename_component(place: Place) -> Repair | None:
    """Give a component a name that OpenAPI allows, and let references follow."""
    old, name = place.pointer, _allowed_names(place.holder.value)[place.name]
    changes: dict[str, Edit] = {old: Rename(name)}
    for pointer, reference in _references(place.places.document.top(place.file).value):
        path, hash_, fragment = reference.partition("#")
        plain = unquote(fragment)
        if not path and hash_ and (plain == old or plain.startswith(f"{old}/")):
            changes[pointer] = Put(f"#{join(place.holder.pointer, name)}{plain[len(old) :].replace('%', '%25')}")
    return Repair(changes, f"called {quoted(name)}")


def _allowed_names(components: Iterable[str]) -> dict[str, str]:
    """The names of components that cannot stay, each with another that no component has or gets."""
    taken = {one for one in components if not _NOT_IN_NAMES.search(one)}
    given: dict[str, str] = {}
    for one in components:
        if one in taken:
            continue
        base = name = _NOT_IN_NAMES.sub("_", "".join(map(_spelled, one))).strip("_") or "unnamed"
        count = 1
        while name in taken:
            count += 1
            name = f"{base}_{count}"
        taken.add(name)
        given[one] = name
    return given


def _spelled(sign: str) -> str:
    """A letter without its marks; one of another script is its place in Unicode, which tells names of that apart."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(one))
    plain = plain if plain.isascii() else plain.casefold()
    return plain if plain.isascii() or not sign.isalnum() else f"U{ord(sign):04X}_"


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
