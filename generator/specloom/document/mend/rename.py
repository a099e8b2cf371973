"""Names that cannot stay: of components, with all that refers to them, and of paths."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from specloom.document.build import quoted
from specloom.document.edits import Put, Rename
from specloom.document.mend.place import Repair
from specloom.document.pointers import join

if TYPE_CHECKING:
    from specloom.document.edits import Edit
    from specloom.document.mend.place import Place

_NOT_IN_NAMES: Final = re.compile(r"[^a-zA-Z0-9._-]+")


def rename_component(place: Place) -> Repair | None:
    """Give a component a name that OpenAPI allows, and let references follow."""
    wanted = _NOT_IN_NAMES.sub("_", "".join(map(_spelled, place.name))).strip("_") or "unnamed"
    old, name = place.pointer, place.places.free_name(place.holder, wanted)
    changes: dict[str, Edit] = {old: Rename(name)}
    for pointer, plain in place.places.references(place.file).get(old, ()):
        changes[pointer] = Put(f"#{join(place.holder.pointer, name)}{plain[len(old) :].replace('%', '%25')}")
    return Repair(changes, f"called {quoted(name)}")


def _spelled(sign: str) -> str:
    """A letter without its marks; one of another script is its place in Unicode, which tells names of that apart."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(one))
    plain = plain if plain.isascii() else plain.casefold()
    return plain if plain.isascii() or not sign.isalnum() else f"U{ord(sign):04X}_"


def rename_path(place: Place, path: str) -> Repair | None:
    """Give a path item another path, unless there is one at it."""
    if place.places.free_name(place.holder, path) != path:
        return None
    return Repair({place.pointer: Rename(path)}, f"read as {quoted(path)}")
