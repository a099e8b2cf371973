"""Looks at a tree on disk: what is under each path, in the very spelling, and never through a symbolic link."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from specloom.emit.disk import Kind
from specloom.emit.paths import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.emit.disk import Disk


class Survey:
    """What is in an output folder at one time; each folder of it is listed once.

    Args:
        out: The output folder. It may itself be a link, nothing in it may.
    """

    def __init__(self, out: Path, disk: Disk) -> None:
        self._out = out
        self._disk = disk
        self._names: Callable[[Path], frozenset[str]] = cache(disk.names)
        self._kind: Callable[[Path], Kind] = cache(disk.kind)
        self._folder: Callable[[str], tuple[Path, str]] = cache(self._look_at_folder)

    def obstacle(self, path: str) -> str:
        """Say what keeps a path within the tree from being a file, in one sentence without a full stop; or nothing."""
        folder, _, name = path.rpartition("/")
        here, fault = self._folder(folder)
        if fault or name not in self._names(here):
            return fault
        kind = self._kind(here / name)
        return "" if kind in (Kind.ABSENT, Kind.FILE) else f"{kind.value} stands in the way"

    def alias(self, path: str) -> str:
        """Find the file that the disk takes a path for, though it is spelled otherwise; empty where there is none."""
        folder, _, name = path.rpartition("/")
        here, _ = self._folder(folder)
        names = self._names(here)
        if name in names or not (other := _find_alike(name, names)) or self._kind(here / name) is Kind.ABSENT:
            return ""
        return f"{folder}/{other}" if folder else other

    def read(self, path: str) -> bytes | None:
        """Read a file of exactly this spelling; None where there is none, or a link or a folder on the way."""
        if self.obstacle(path):
            return None
        folder, _, name = path.rpartition("/")
        here, _ = self._folder(folder)
        return self._disk.read(here / name) if name in self._names(here) else None

    def bytecode(self, path: str) -> list[str]:
        """List what Python compiled from a module."""
        folder, _, name = path.rpartition("/")
        stem, _, ending = name.rpartition(".")
        compiled = f"{folder}/__pycache__" if folder else "__pycache__"
        if ending != "py" or self.obstacle(f"{compiled}/none"):
            return []
        names = sorted(self._names(self._out / compiled))
        found = [f"{compiled}/{one}" for one in names if one.startswith(f"{stem}.") and one.endswith(".pyc")]
        return [one for one in found if not self.obstacle(one)]

    def _look_at_folder(self, folder: str) -> tuple[Path, str]:
        """Find a folder of the tree, and why it is none to write to; nothing where it is one, or none is there."""
        if not folder:
            return self._out, ""
        above, _, name = folder.rpartition("/")
        parent, fault = self._folder(above)
        here = parent / name
        kind = Kind.ABSENT if fault else self._kind(here)
        if kind is Kind.ABSENT:
            return here, fault
        if name not in self._names(parent) and (other := _find_alike(name, self._names(parent))):
            return here, f"the disk takes `{folder}` for `{other}`, which is there"
        return here, "" if kind is Kind.FOLDER else f"`{folder}` is {kind.value}, where a folder is needed"


def _find_alike(name: str, names: frozenset[str]) -> str:
    folded = fold(name)
    return next((one for one in sorted(names) if fold(one) == folded), "")
