"""Trees to build from and to, and what is on disk of one."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.emit import MANIFEST, PLACE, hash_text, write_tree
from specloom.emit.disk import Disk, Sync

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from specloom.emit.disk import Step

Snapshot = dict[str, bytes | str]
"""Content of each file by path; what folders and links are is said in words."""

FOREIGN = {"src/mine.py": "MINE = True\n", "old/notes.txt": "mine\n"}
"""Files of somebody else, which lie about in a tree that has been built before."""


class QuickDisk(Disk):
    """The disk, without waiting for it: nobody pulls a plug in a test."""

    def perform(self, step: Step) -> None:
        """Carry out a step, unless it would only take time."""
        if not isinstance(step, Sync):
            super().perform(step)


@dataclass(frozen=True)
class Scenario:
    """A build: what an earlier one has left, if any, and what is to come.

    Args:
        old: Files of the earlier build; none where there was no build.
        new: Files to come.
        edits: Owned files that a hand has changed in between.
    """

    old: Mapping[str, str]
    new: Mapping[str, str]
    edits: Mapping[str, str]

    def set_up(self, out: Path) -> Snapshot:
        """Make the old tree, with files of somebody else in it; gives what is there."""
        if self.old:
            write_tree(make_tree(self.old), out, disk=QuickDisk())
            for path, text in {**FOREIGN, **self.edits}.items():
                (out / path).parent.mkdir(parents=True, exist_ok=True)
                (out / path).write_text(text)
        return snapshot(out)

    def expected(self, out: Path) -> Snapshot:
        """The tree that comes out of a build that nothing disturbs; gives what is there."""
        self.set_up(out)
        written = write_tree(make_tree(self.new), out, force=True, disk=QuickDisk())
        assert written.refused == ()
        return snapshot(out)


SCENARIOS = {
    "first": Scenario({}, {"a.py": "a\n", "src/b.py": "b\n", "src/deep/c.py": "c\n", "py.typed": ""}, {}),
    "edited": Scenario(
        {"a.py": "a\n", "src/b.py": "b\n", "same.py": "same\n"},
        {"a.py": "a2\n", "src/b.py": "b2\n", "same.py": "same\n", "new/d.py": "d\n"},
        {},
    ),
    "pruned": Scenario(
        {"a.py": "a\n", "old/b.py": "b\n", "gone/er/c.py": "c\n", "gone/d.py": "d\n"}, {"a.py": "a2\n"}, {}
    ),
    "forced": Scenario({"a.py": "a\n", "b.py": "b\n"}, {"a.py": "a2\n"}, {"a.py": "edited\n", "b.py": "edited\n"}),
}


def make_tree(files: Mapping[str, str]) -> dict[str, str]:
    """Add the manifest that a build would."""
    listed = {path: hash_text(text) for path, text in sorted(files.items())}
    return {**files, MANIFEST: json.dumps({"files": listed}, indent=2) + "\n"}


def snapshot(out: Path, *, place: bool = False) -> Snapshot:
    """Look at everything in a folder.

    Args:
        place: Whether to look at what a build has prepared, too.
    """
    found: Snapshot = {} if out.is_dir() else {".": "absent"}
    for parent, folders, names in os.walk(out):
        if not place:
            folders[:] = [one for one in folders if one != PLACE]
        for name in (*folders, *names):
            path = out.__class__(parent, name)
            key = path.relative_to(out).as_posix()
            if path.is_symlink():
                found[key] = f"link to {os.readlink(path)}"
            else:
                found[key] = "folder" if path.is_dir() else path.read_bytes()
    return found
