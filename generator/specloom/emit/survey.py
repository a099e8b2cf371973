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

    def obstacle(self, path: str) -> str:
        """Say what keeps a path within the tree from being a file, in one sentence without a full stop; or nothing."""
        *folders, name = path.split("/")
        here = self._out
        for folder in folders:
            if fault := self._folder_fault(here, folder):
                return fault
            here = here / folder
        match self._kind(here / name) if name in self._names(here) else Kind.ABSENT:
            case Kind.ABSENT | Kind.FILE:
                return ""
            case kind:
                return f"{kind.value} stands in the way"

    def alias(self, path: str) -> str:
        """Find the file that the disk takes a path for, though it is spelled otherwise; empty where there is none."""
        folder, _, name = path.rpartition("/")
        here = self._out / folder
        names = self._names(here)
        if name in names or not (other := _find_alike(name, names)) or self._kind(here / name) is Kind.ABSENT:
            return ""
        return f"{folder}/{other}" if folder else other

    def read(self, path: str) -> bytes | None:
        """Read a file of exactly this spelling; None where there is none, or a link or a folder on the way."""
        if self.obstacle(path):
            return None
        target = self._out / path
        return self._disk.read(target) if target.name in self._names(target.parent) else None

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

    def _folder_fault(self, parent: Path, name: str) -> str:
        """Say why a name within a folder is no folder to write to; nothing where it is one, or none is there."""
        shown = f"`{(parent / name).relative_to(self._out).as_posix()}`"
        kind = self._kind(parent / name)
        if kind is Kind.ABSENT:
            return ""
        if name not in self._names(parent) and (other := _find_alike(name, self._names(parent))):
            return f"the disk takes {shown} for `{other}`, which is there"
        return "" if kind is Kind.FOLDER else f"{shown} is {kind.value}, where a folder is needed"


def _find_alike(name: str, names: frozenset[str]) -> str:
    folded = fold(name)
    return next((one for one in sorted(names) if fold(one) == folded), "")
