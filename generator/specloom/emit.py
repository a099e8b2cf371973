"""Puts a tree of texts on disk, or says how the disk differs from it; touches only files that specloom wrote.

Ownership is written down: the tree carries a `manifest.json` whose `files` maps the path of each emitted file to the
SHA-256 of its content. What the manifest on disk lists is ours to replace and to remove; anything else is not.

The three steps are apart so that each can change alone: `compare_tree` reads the disk and decides, `diff_tree` prints
that decision, `write_tree` carries it out.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MANIFEST = "manifest.json"


class ChangeKind(StrEnum):
    """Why a file on disk is not what a build would write."""

    NEW = "new"
    """Not on disk."""
    STALE = "stale"
    """On disk as the last build left it; a build would write something else."""
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
    """A path that specloom will not write or remove.

    Args:
        path: Path within the tree, as it was asked for.
        reason: What is wrong, in one sentence without a full stop.
        hint: What to do about it.
    """

    path: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How a tree on disk differs from the one that a build produced; paths are sorted."""

    changes: tuple[Change, ...]
    unchanged: tuple[str, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What `write_tree` did; nothing at all where anything is refused."""

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """What `diff_tree` found.

    Args:
        changes: Path and kind of each file that is not what a build would write.
        diff: One unified diff over all of them, which `patch -p1` applies within the tree; empty where nothing differs.
        refused: Paths that a build would refuse.
    """

    changes: tuple[Change, ...]
    diff: str
    refused: tuple[Refusal, ...]


def compare_tree(files: Mapping[str, str], out: Path) -> Comparison:
    """Compare the tree that a build produced with the folder `out`; reads only, and never through a symbolic link.

    Args:
        files: Path within the tree, with `/`, to text; a `manifest.json` among them lists the others.
        out: The folder of the tree; need not exist. It may itself be a link, nothing in it may.
    """
    owned = read_manifest(out)
    if owned is None and (out / MANIFEST).exists():
        return Comparison(changes=(), unchanged=(), refused=(_FOREIGN_MANIFEST,))
    changes: list[Change] = []
    unchanged: list[str] = []
    refused: list[Refusal] = []
    for path in sorted(files.keys() | (owned or {}).keys()):
        match _compare_file(path, files.get(path), out, owned or {}):
            case Change() as change:
                changes.append(change)
            case Refusal() as refusal:
                refused.append(refusal)
            case None if path in files:
                unchanged.append(path)
    return Comparison(changes=tuple(changes), unchanged=tuple(unchanged), refused=tuple(refused))


def diff_tree(files: Mapping[str, str], out: Path) -> Drift:
    """Say how the folder `out` differs from the tree that a build produced, in memory."""
    found = compare_tree(files, out)
    return Drift(changes=found.changes, diff="".join(map(_format_diff, found.changes)), refused=found.refused)


def write_tree(files: Mapping[str, str], out: Path) -> Written:
    """Make the owned files in `out` equal to `files`; write nothing at all where a path is refused.

    Each file is replaced whole; files that are equal keep their time stamps. Files that are no longer produced are
    removed, with the folders that this leaves empty. The manifest is written last: a build that was cut short is
    repeated, not believed.
    """
    found = compare_tree(files, out)
    if found.refused:
        return Written(unchanged=found.unchanged, refused=found.refused)
    written = {change.path: change.new for change in found.changes if change.new is not None}
    removed = tuple(change.path for change in found.changes if change.new is None)
    for path, text in written.items():
        if path != MANIFEST:
            replace_file(out / path, text)
    for path in removed:
        _remove_file(path, out)
    if MANIFEST in written:
        replace_file(out / MANIFEST, written[MANIFEST])
    return Written(changed=tuple(written), removed=removed, unchanged=found.unchanged)


def read_manifest(out: Path) -> dict[str, str] | None:
    """Read which files in `out` are ours, as path to SHA-256; None where there is no manifest that a build wrote."""
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    owned = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(owned, dict) or not all(isinstance(digest, str) for digest in owned.values()):
        return None
    return {path: digest for path, digest in owned.items() if path != MANIFEST}


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text as it is written, in hexadecimal: the form that the manifest holds."""
    return hash_bytes(text.encode())


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def replace_file(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old content or the new one, never a part; makes its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(text.encode())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _compare_file(path: str, new: str | None, out: Path, owned: Mapping[str, str]) -> Change | Refusal | None:
    """Compare one file; None where there is nothing to do."""
    if reason := _unsafe_reason(path, out):
        return Refusal(path=path, reason=reason, hint="Remove it, or choose another output folder")
    target = out / path
    if not target.exists():
        return None if new is None else Change(path=path, kind=ChangeKind.NEW, old=None, new=new)
    old = target.read_bytes()
    if new is not None and old == new.encode():
        return None
    if path == MANIFEST:
        return Change(path=path, kind=ChangeKind.STALE, old=old, new=new)
    if path not in owned:
        reason = "a file that specloom did not write stands in the way"
        return Refusal(path=path, reason=reason, hint="Move it elsewhere, or choose another output folder")
    if hash_bytes(old) != owned[path]:
        return Change(path=path, kind=ChangeKind.EDITED, old=old, new=new)
    return Change(path=path, kind=ChangeKind.OBSOLETE if new is None else ChangeKind.STALE, old=old, new=new)


_FOREIGN_MANIFEST = Refusal(
    path=MANIFEST,
    reason=f"`{MANIFEST}` is not one that specloom wrote, so it cannot tell which files are its own",
    hint="Restore it from version control, remove the whole folder, or choose another output folder",
)


def _unsafe_reason(path: str, out: Path) -> str:
    """Say why a path may not be touched, or nothing."""
    if any(part in ("", ".", "..") for part in path.split("/")) or any(sign in _UNPORTABLE for sign in path):
        return "the path leaves the output folder or does not mean the same everywhere"
    for folder in _folders_of(path, out):
        if folder.is_symlink():
            return f"`{folder.relative_to(out).as_posix()}` is a symbolic link"
        if folder.exists() and not folder.is_dir():
            return f"`{folder.relative_to(out).as_posix()}` is a file where a folder is needed"
    target = out / path
    if target.is_symlink():
        return "a symbolic link stands in the way"
    if target.exists() and not target.is_file():
        return "a folder stands in the way"
    return ""


_UNPORTABLE = frozenset('\\:*?"<>|') | frozenset(map(chr, range(32)))
"""Signs that Windows refuses in a file name, or reads as a separator, a drive or a stream."""


def _folders_of(path: str, out: Path) -> Iterator[Path]:
    """Yield the folders between `out` and a path within it, outermost first."""
    folder = out
    for part in path.split("/")[:-1]:
        folder = folder / part
        yield folder


def _remove_file(path: str, out: Path) -> None:
    """Remove a file of the tree, what Python compiled from it, and the folders that are empty without it."""
    target = out / path
    target.unlink(missing_ok=True)
    compiled = target.parent / "__pycache__"
    for bytecode in compiled.glob(f"{target.stem}.*.pyc") if target.suffix == ".py" else ():
        bytecode.unlink(missing_ok=True)
    for folder in (compiled, *reversed(list(_folders_of(path, out)))):
        try:
            folder.rmdir()
        except OSError:  # absent, or somebody's file is in it
            continue


def _format_diff(change: Change) -> str:
    """Print one change as `git diff` would, with paths within the tree."""
    from difflib import unified_diff  # costs what the rest of a build with nothing to do costs

    # Bytes that are not UTF-8 are shown escaped: such a diff can be read, though not applied.
    old = None if change.old is None else change.old.decode(errors="backslashreplace")
    before = "/dev/null" if old is None else f"a/{change.path}"
    after = "/dev/null" if change.new is None else f"b/{change.path}"
    lines = list(unified_diff(_lines_of(old or ""), _lines_of(change.new or ""), before, after))
    return "".join(lines or [f"--- {before}\n", f"+++ {after}\n"])  # an empty file that comes or goes has no lines


def _lines_of(text: str) -> list[str]:
    """Split at line feeds alone (Python's own splitting knows more line ends) and mark a missing last one."""
    *lines, rest = text.split("\n")
    marked = [f"{rest}\n\\ No newline at end of file\n"] if rest else []
    return [f"{line}\n" for line in lines] + marked
