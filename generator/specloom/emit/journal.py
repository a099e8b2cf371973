"""What a build is about to do, written down before it does it, and what the next run makes of one that was cut short.

A journal on disk is input like any other: it may come with a checkout from anywhere. So it is believed only where the
manifests say that its files are ours, and where every file has one of the two contents that it names.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from specloom.emit.manifest import MANIFEST
from specloom.emit.paths import folders_of, unsafe_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file that changes.

    Args:
        path: Path within the tree.
        old: SHA-256 of its content before; None where there was no file.
        new: SHA-256 of its content after; None where there is to be none.
    """

    path: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """All files that change, the manifest last, and the folders that are made for them."""

    entries: tuple[Entry, ...]
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What there is of one entry, each as SHA-256 or None.

    Args:
        target: The file itself.
        staged: Its new content, as it was prepared.
        kept: A copy of its old content.
    """

    target: str | None
    staged: str | None
    kept: str | None


class Way(Enum):
    """What becomes of a build that was cut short."""

    COMPLETE = "completed"
    UNDO = "undone"
    STUCK = "stuck"


def print_journal(journal: Journal) -> str:
    """Write a journal as text."""
    entries = [{"path": one.path, "old": one.old, "new": one.new} for one in journal.entries]
    return json.dumps({"format": FORMAT, "folders": journal.folders, "entries": entries}, indent=1) + "\n"


def parse_journal(content: bytes) -> Journal | None:
    """Read a journal; None where it is not one of this version's making."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    match found:
        case {"format": 1, "folders": list(folders), "entries": list(written)}:
            entries = [_parse_entry(one) for one in written]
        case _:
            return None
    if not all(isinstance(one, str) for one in folders):
        return None
    whole = tuple(one for one in entries if one is not None)
    return Journal(entries=whole, folders=tuple(folders)) if len(whole) == len(entries) else None


def _parse_entry(written: object) -> Entry | None:
    match written:
        case {"path": str(path), "old": str() | None as old, "new": str() | None as new} if old != new:
            return Entry(path=path, old=old, new=new)
        case _:
            return None


def shape_fault(journal: Journal) -> str:
    """Say why a journal cannot be one of a tree, in words that follow its name; nothing where it can."""
    paths = [one.path for one in journal.entries]
    if strange := next(filter(unsafe_path, paths), ""):
        return f"names `{strange}`, which is no file of a tree"
    if len(set(paths)) != len(paths) or MANIFEST in paths[:-1]:
        return "names a file twice, or its files out of order"
    if set(journal.folders) - {folder for path in paths for folder in folders_of(path)}:
        return "names a folder in which it has no file"
    return ""


def ownership_fault(journal: Journal, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Say why a journal is not ours to follow, in words that follow its name; nothing where it is.

    Args:
        before: What the manifest of the old tree lists.
        after: What the manifest of the new tree lists.
    """
    for one in journal.entries:
        if one.path == MANIFEST:
            continue
        if (one.old is not None and one.path not in before) or (one.new is not None and after.get(one.path) != one.new):
            return f"names `{one.path}`, which the manifest does not list"
    return ""


def choose_way(journal: Journal, found: Iterable[Found], *, force: bool = False) -> Way:
    """Choose what becomes of a build that was cut short: completed where that can be, else undone.

    Args:
        found: What there is of each entry.
        force: Whether files that were ours may be replaced though somebody changed them meanwhile.
    """
    pairs = tuple(zip(journal.entries, found, strict=True))
    if all(_can_end(one, there, one.new, there.staged, force) for one, there in pairs):
        return Way.COMPLETE
    if all(_can_end(one, there, one.old, there.kept, force) for one, there in pairs):
        return Way.UNDO
    return Way.STUCK


def is_ours(one: Entry, there: Found, *, force: bool) -> bool:
    """Tell whether a file may be replaced or removed: its content is one that the journal names."""
    return there.target in (None, one.old, one.new) or (force and one.old is not None)


def is_undone(journal: Journal, found: Iterable[Found]) -> bool:
    """Tell whether every file has its old content."""
    return all(there.target == one.old for one, there in zip(journal.entries, found, strict=True))


def find_strangers(journal: Journal, found: Iterable[Found]) -> tuple[str, ...]:
    """Find the files whose content is neither the old nor the new: somebody changed them since."""
    pairs = zip(journal.entries, found, strict=True)
    return tuple(one.path for one, there in pairs if there.target not in (None, one.old, one.new))


def _can_end(one: Entry, there: Found, wanted: str | None, source: str | None, force: bool) -> bool:
    """Tell whether a file has a content (None: is gone), or can get it without loss of one that nobody knows."""
    if there.target == wanted:
        return True
    return is_ours(one, there, force=force) and (wanted is None or source == wanted)
