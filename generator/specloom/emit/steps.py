"""The steps by which a tree changes, as values: preparing, completing, undoing and tidying up.

Until the journal is there, the tree is the old one. From then on it can be completed (from `new`) or undone (from
`old`), whatever steps were carried out, also steps of completing or undoing it before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.emit.disk import MakeFolder, Remove, RemoveFolder, Replace, Sync, Write
from specloom.emit.files import hash_bytes, hash_text
from specloom.emit.journal import Entry, Journal, Way, is_ours, print_journal
from specloom.emit.manifest import MANIFEST
from specloom.emit.paths import folders_of
from specloom.emit.place import DRAFT, JOURNAL, NEW, OLD, PLACE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from specloom.emit.changes import Change
    from specloom.emit.disk import Step
    from specloom.emit.journal import Found


def order_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Put the manifest last: who reads a tree that is half-way finds that it does not fit."""
    return tuple(sorted(changes, key=lambda one: (one.path == MANIFEST, one.path)))


def make_journal(changes: Sequence[Change], is_folder: Callable[[str], bool]) -> Journal:
    """Write down changes, in their order.

    Args:
        is_folder: Whether a folder of the tree is there already.
    """
    entries = [
        Entry(
            path=one.path,
            old=None if one.old is None else hash_bytes(one.old),
            new=None if one.new is None else hash_text(one.new),
        )
        for one in changes
    ]
    folders = _folders(one.path for one in changes if one.new is not None)
    return Journal(entries=tuple(entries), folders=tuple(one for one in folders if not is_folder(one)))


def preparing_steps(changes: Sequence[Change], journal: Journal, place: Path) -> Iterator[Step]:
    """Put all contents, old and new, beside the tree, and the journal last."""
    yield MakeFolder(place / NEW)
    yield MakeFolder(place / OLD)
    written: list[Path] = []
    for number, change in enumerate(changes):
        if change.new is not None:
            written.append(place / NEW / str(number))
            yield Write(written[-1], change.new.encode())
        if change.old is not None:
            written.append(place / OLD / str(number))
            yield Write(written[-1], change.old)
    yield Write(place / DRAFT, print_journal(journal).encode())
    yield Sync((*written, place / DRAFT, place / NEW, place / OLD))
    yield Replace(place / DRAFT, place / JOURNAL)
    yield Sync((place,))


def moving_steps(journal: Journal, way: Way, found: Sequence[Found], out: Path, *, force: bool) -> Iterator[Step]:
    """Give every file its content, the new or the old, from whatever is half-way there.

    Files go before others come: where case does not count, both may be one. A file that somebody has changed stays.

    Args:
        journal: What a build has begun.
        way: To complete it or to undo it.
        found: What there is of each entry.
        out: The folder of the tree.
        force: Whether also files are replaced that were ours and that somebody has changed.
    """
    source = out / PLACE / (NEW if way is Way.COMPLETE else OLD)
    wanted = [one.new if way is Way.COMPLETE else one.old for one in journal.entries]
    moves = [
        (number, entry.path)
        for number, (entry, there) in enumerate(zip(journal.entries, found, strict=True))
        if there.target != wanted[number] and is_ours(entry, there, force=force)
    ]
    yield from (Remove(out / path) for number, path in moves if wanted[number] is None)
    coming = [(number, path) for number, path in moves if wanted[number] is not None]
    yield from (MakeFolder(out / folder) for folder in _folders(path for _, path in coming))
    yield from (Replace(source / str(number), out / path) for number, path in coming)


def closing_steps(
    journal: Journal, way: Way, out: Path, bytecode: Callable[[str], Iterable[str]], is_folder: Callable[[str], bool]
) -> Iterator[Step]:
    """Remove folders that are empty now, and forget the journal once all has reached the disk.

    Args:
        journal: What has been done, or undone.
        way: Which of the two.
        out: The folder of the tree.
        bytecode: What Python compiled from a module; it goes with it, or its folder would still be a package.
        is_folder: Whether a folder of the tree is there.
    """
    touched = [one for one in _folders(one.path for one in journal.entries) if is_folder(one)]
    yield Sync((out, *(out / one for one in touched)))
    if way is Way.COMPLETE:
        going = [one.path for one in journal.entries if one.new is None]
        yield from (Remove(out / one) for path in going for one in bytecode(path))
        yield from (RemoveFolder(out / one) for one in _empty_folders(going))
    else:
        yield from (RemoveFolder(out / one) for one in reversed(journal.folders))
    yield Remove(out / PLACE / JOURNAL)


def tidying_steps(place: Path, names: Callable[[Path], Collection[str]]) -> Iterator[Step]:
    """Remove what was prepared, and nothing that somebody else put there; lock and place stay."""
    for folder in (place / NEW, place / OLD):
        yield from (Remove(folder / name) for name in sorted(names(folder)) if name.isdecimal())
        yield RemoveFolder(folder)
    yield Remove(place / DRAFT)


def _folders(paths: Iterable[str]) -> list[str]:
    """List the folders of paths, outer ones first."""
    return sorted({folder for path in paths for folder in folders_of(path)})


def _empty_folders(going: Sequence[str]) -> Iterator[str]:
    """Yield the folders that may be empty without some files, inner ones first."""
    for folder in reversed(_folders(going)):
        yield f"{folder}/__pycache__"
        yield folder
