"""The steps by which a tree changes, as values: preparing, completing, undoing and tidying up.

Until the journal is there, the tree is the old one. From then on it can be completed (from `new`) or undone (from
`old`), whatever steps were carried out, also steps of completing or undoing it before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.emit.disk import MakeFolder, Remove, RemoveFolder, Replace, Sync, Write
from specloom.emit.files import hash_bytes, hash_text
from specloom.emit.journal import Entry, Journal, print_journal
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


def completing_steps(
    journal: Journal, found: Sequence[Found], out: Path, bytecode: Callable[[str], Iterable[str]]
) -> Iterator[Step]:
    """Make the new tree, from whatever is half-way there.

    Files go before others come: where case does not count, both may be one.

    Args:
        found: What there is of each entry.
        bytecode: What Python compiled from a module; it goes with it, or its folder would still be a package.
    """
    place = out / PLACE
    going = [one.path for one in journal.entries if one.new is None]
    pairs = list(enumerate(zip(journal.entries, found, strict=True)))
    for _, (entry, there) in pairs:
        if entry.new is None and there.target is not None:
            yield Remove(out / entry.path)
    for path in going:
        yield from (Remove(out / one) for one in bytecode(path))
    for folder in _folders(one.path for one in journal.entries if one.new is not None):
        yield MakeFolder(out / folder)
    for number, (entry, there) in pairs:
        if entry.new is not None and there.target != entry.new:
            yield Replace(place / NEW / str(number), out / entry.path)
    for folder in _empty_folders(going):
        yield RemoveFolder(out / folder)


def undoing_steps(journal: Journal, found: Sequence[Found], out: Path) -> Iterator[Step]:
    """Make the old tree, from whatever is half-way there."""
    place = out / PLACE
    pairs = list(enumerate(zip(journal.entries, found, strict=True)))
    for _, (entry, there) in pairs:
        if entry.old is None and there.target is not None:
            yield Remove(out / entry.path)
    for folder in _folders(one.path for one in journal.entries if one.old is not None):
        yield MakeFolder(out / folder)
    for number, (entry, there) in pairs:
        if entry.old is not None and there.target != entry.old:
            yield Replace(place / OLD / str(number), out / entry.path)
    for folder in reversed(journal.folders):
        yield RemoveFolder(out / folder)


def closing_steps(journal: Journal, out: Path, is_folder: Callable[[str], bool]) -> Iterator[Step]:
    """Forget a journal whose work is done, once that has reached the disk."""
    touched = [one for one in _folders(one.path for one in journal.entries) if is_folder(one)]
    yield Sync((out, *(out / one for one in touched)))
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
