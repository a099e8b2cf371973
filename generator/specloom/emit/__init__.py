"""Puts a tree of texts on disk, all of it or nothing; touches only files that specloom wrote.

Ownership is written down: the tree carries a `manifest.json` whose `files` maps the path of each emitted file to the
SHA-256 of its content. What the manifest on disk lists is ours to replace and to remove; anything else is not.

    changes    compares with the disk, and decides what would change and what may not
    journal    writes that down; chooses what becomes of a build that was cut short
    steps      makes of it a list of single steps
    disk       carries out one step
    recovery   looks at what is half-way there, and finishes it
    lock       one build of a tree at a time
    tree       all of this in its order: `write_tree`, `diff_tree`, `recover_tree`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.emit.files import hash_bytes, hash_text, replace_file
from specloom.emit.manifest import MANIFEST, read_manifest
from specloom.emit.place import PLACE

if TYPE_CHECKING:
    from specloom.emit.changes import Change, ChangeKind, Refusal
    from specloom.emit.journal import Way
    from specloom.emit.tree import Drift, Written, diff_tree, is_unfinished, recover_tree, write_tree

__all__ = [
    "MANIFEST",
    "PLACE",
    "Change",
    "ChangeKind",
    "Drift",
    "Refusal",
    "Way",
    "Written",
    "diff_tree",
    "hash_bytes",
    "hash_text",
    "is_unfinished",
    "read_manifest",
    "recover_tree",
    "replace_file",
    "write_tree",
]


def __getattr__(name: str) -> object:
    """Load what a build with nothing to do can do without."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from specloom.emit import changes, journal, tree

    return next(vars(one)[name] for one in (changes, journal, tree) if name in vars(one))
