"""Decides what a build would change in a tree on disk, and what it may not; reads only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from specloom.emit.disk import Kind
from specloom.emit.files import hash_bytes
from specloom.emit.manifest import MANIFEST, parse_manifest
from specloom.emit.paths import find_clashes, unportable_path, unsafe_path
from specloom.emit.place import DRAFT, IGNORE, JOURNAL, LOCK, NEW, OLD, PLACE
from specloom.emit.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from specloom.emit.disk import Disk


class ChangeKind(StrEnum):
    """Why a file on disk is not what a build would write."""

    NEW = "new"
    """Not on disk."""
    STALE = "stale"
    """On disk as the last build left it; a build would write something else."""
    LINE_ENDS = "line ends"
    """On disk as the last build left it but for its line ends, which git or an editor has turned."""
    EDITED = "edited"
    """On disk, and changed since the last build."""
    OBSOLETE = "obsolete"
    """Written by an earlier build and no longer produced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One file that a build would write or remove.

    Args:
        path: Path within the tree, with `/`.
        kind: Why.
        old: Bytes on disk; None where there is no file.
        new: Text that a build would write; None where it would remove the file.
    """

    path: str
    kind: ChangeKind
    old: bytes | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a build will not write.

    Args:
        path: Path within the tree, as it was asked for; empty for the tree itself.
        reason: What is wrong, in one sentence without a full stop.
        hint: What to do about it.
        code: The code of the diagnostic that it makes.
        line: The line of the file that it is about.
        detail: Lines to show below, each with its line feed.
    """

    path: str
    reason: str
    hint: str
    code: str = "SL701"
    line: int = 1
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How a tree on disk differs from the one that a build produced; paths are sorted."""

    changes: tuple[Change, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


def compare_tree(files: Mapping[str, str], out: Path, disk: Disk) -> Comparison:
    """Compare the tree that a build produced with the folder `out`; never through a symbolic link within it.

    Args:
        files: Path within the tree, with `/`, to text; a `manifest.json` among them lists the others.
        out: The folder of the tree; need not exist. It may itself be a link, nothing in it may.
        disk: Where `out` is.
    """
    survey = Survey(out, disk)
    listed = survey.read(MANIFEST)
    owned = {} if listed is None else parse_manifest(listed)
    if owned is None:
        return Comparison(refused=(_FOREIGN_MANIFEST,))
    if unfit := _refuse_paths(files):
        return Comparison(refused=unfit)
    changes: list[Change] = []
    unchanged: list[str] = []
    refused: list[Refusal] = []
    for path in sorted(files.keys() | owned.keys()):
        match _compare_file(path, files, owned, survey):
            case Change() as change:
                changes.append(change)
            case Refusal() as refusal:
                refused.append(refusal)
            case None if path in files:
                unchanged.append(path)
    if listed is None and len(refused) > _MANY:
        refused = [_lost_manifest(len(refused))]
    return Comparison(changes=tuple(changes), unchanged=tuple(unchanged), refused=tuple(refused))


def refuse_place(out: Path, disk: Disk) -> tuple[Refusal, ...]:
    """Refuse a tree that cannot be where it should, and links where a build would be prepared."""
    elsewhere = "Move it elsewhere, or choose another output folder"
    if not out.is_dir() and (kind := disk.kind(out)) is not Kind.ABSENT:
        what = "a symbolic link that leads to no folder" if kind is Kind.LINK else kind.value
        return (Refusal(path="", reason=f"{what} is where the output folder should be", hint=elsewhere),)
    wanted = dict.fromkeys((PLACE, f"{PLACE}/{NEW}", f"{PLACE}/{OLD}"), Kind.FOLDER)
    wanted |= {f"{PLACE}/{name}": Kind.FILE for name in (JOURNAL, DRAFT, LOCK, IGNORE)}
    found = ((path, disk.kind(out / path), kind) for path, kind in wanted.items())
    wrong = next(((path, there) for path, there, kind in found if there not in (Kind.ABSENT, kind)), None)
    if wrong is None:
        return ()
    path, there = wrong
    return (Refusal(path=path, reason=f"{there.value} is where a build would be prepared", hint=elsewhere),)


def _refuse_paths(files: Mapping[str, str]) -> tuple[Refusal, ...]:
    """Refuse what is no tree on every system, whatever is on disk."""
    hint = "Give another name to what the file is made from"
    faults = {path: f"the path {fault}" for path in files if (fault := unportable_path(path))}
    for path, other in find_clashes(files).items():
        faults.setdefault(path, f"where case does not count, or how letters are composed, this is `{other}`")
    return tuple(Refusal(path=path, reason=faults[path], hint=hint, code="SL706") for path in sorted(faults))


def _compare_file(
    path: str, files: Mapping[str, str], owned: Mapping[str, str], survey: Survey
) -> Change | Refusal | None:
    """Compare one file; None where there is nothing to do."""
    new = files.get(path)
    if reason := _unsafe_reason(path, survey):
        return Refusal(path=path, reason=reason, hint="Remove it, or choose another output folder")
    old = survey.read(path)
    if old is None:
        if new is None:
            return None
        if (alias := survey.alias(path)) and (alias not in owned or alias in files):
            reason = f"the disk takes it for `{alias}`, a file that specloom did not write"
            return Refusal(path=path, reason=reason, hint=_MOVE)
        return Change(path=path, kind=ChangeKind.NEW, old=None, new=new)
    if new is not None and old == new.encode():
        return None
    if path == MANIFEST:
        return Change(path=path, kind=ChangeKind.STALE, old=old, new=new)
    if path not in owned:
        return Refusal(path=path, reason="a file that specloom did not write stands in the way", hint=_MOVE)
    return Change(path=path, kind=_classify(old, new, owned[path]), old=old, new=new)


def _classify(old: bytes, new: str | None, digest: str) -> ChangeKind:
    """Say why a file of ours is not what a build would write."""
    if hash_bytes(old) == digest:
        return ChangeKind.OBSOLETE if new is None else ChangeKind.STALE
    if b"\r\n" in old and hash_bytes(old.replace(b"\r\n", b"\n")) == digest:
        return ChangeKind.OBSOLETE if new is None else ChangeKind.LINE_ENDS
    return ChangeKind.EDITED


def _unsafe_reason(path: str, survey: Survey) -> str:
    """Say why a path may not be touched, or nothing."""
    fault = unsafe_path(path)
    return f"the path {fault}" if fault else survey.obstacle(path)


_MOVE = "Move it elsewhere, or choose another output folder; if a build wrote it, restore `manifest.json` too"

_MANY = 10
"""So many files in the way of a tree without a manifest are told in one line."""


def _lost_manifest(count: int) -> Refusal:
    return Refusal(
        path=MANIFEST,
        reason=f"there is no `{MANIFEST}`, and {count} files stand in the way that specloom may not have written",
        hint=f"Restore `{MANIFEST}` from version control, or choose another output folder",
    )


_FOREIGN_MANIFEST = Refusal(
    path=MANIFEST,
    reason=f"`{MANIFEST}` is not one that specloom wrote, so it cannot tell which files are its own",
    hint="Restore it from version control (after a conflict, either side), or remove the whole folder",
    code="SL707",
)
