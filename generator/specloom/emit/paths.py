"""Which paths may be written at all, on any system: a tree that is built on one is checked out on others."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from specloom.emit.place import PLACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_NAME = 255
"""Most bytes of a name that every file system takes."""

_UNPORTABLE = frozenset('\\:*?"<>|\x7f') | frozenset(map(chr, range(32)))
"""Signs that Windows refuses in a file name, or reads as a separator, a drive or a stream."""

_NO_NAMES = frozenset({"", ".", ".."})

_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)( *\..*)?", re.IGNORECASE)
"""Names that are devices on Windows, whatever ending they have."""


def unsafe_path(path: str) -> str:
    """Say why no file of ours can be under a path, in words that follow `the path`; nothing where one can."""
    parts = path.split("/")
    if not _NO_NAMES.isdisjoint(parts) or not _UNPORTABLE.isdisjoint(path):
        return "leaves the output folder or does not mean the same everywhere"
    if not path.isascii() and any("\ud800" <= sign <= "\udfff" for sign in path):
        return "holds half a character"
    if fold(parts[0]) == PLACE:
        return f"lies in `{PLACE}`, where a build is prepared"
    if any(len(part.encode()) > MAX_NAME for part in parts):
        return f"has a name of more than {MAX_NAME} bytes"
    return ""


def unportable_path(path: str) -> str:
    """Say why a path should not be given to a file, in words that follow `the path`; nothing where it may."""
    if fault := unsafe_path(path):
        return fault
    for part in path.split("/"):
        if _DEVICE.fullmatch(part):
            return f"holds `{part}`, which is a device on Windows"
        if part[-1] in ". ":
            return f"holds `{part}`, whose last sign Windows leaves out"
    return ""


def fold(name: str) -> str:
    """Give what names have in common that a file system may take for one: by case, or by how letters are composed."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())


def find_clashes(paths: Iterable[str]) -> dict[str, str]:
    """Find paths that are one with another, or with its folders, where case does not count; each with that other."""
    taken: dict[str, str] = {}
    clashes: dict[str, str] = {}
    files = sorted(paths)
    for path in files:
        for part in _prefixes(path):
            other = taken.setdefault(fold(part), part)
            if other != part:
                clashes[path] = other
    folders = {fold(folder): folder for path in files for folder in folders_of(path)}
    clashes |= {path: f"{folders[fold(path)]}/" for path in files if fold(path) in folders}
    return clashes


def folders_of(path: str) -> Iterator[str]:
    """Yield the folders of a path within a tree, outermost first."""
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)


def _prefixes(path: str) -> Iterator[str]:
    yield from folders_of(path)
    yield path
