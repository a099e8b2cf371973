"""Finishes a build that was cut short: reads its journal, and completes or undoes what it began."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from specloom.emit.changes import Refusal
from specloom.emit.disk import Kind, MakeFolder, Remove, Sync
from specloom.emit.files import hash_bytes
from specloom.emit.journal import (
    Found,
    Way,
    choose_way,
    find_strangers,
    is_undone,
    ownership_fault,
    parse_journal,
    shape_fault,
)
from specloom.emit.manifest import MANIFEST, parse_manifest
from specloom.emit.place import JOURNAL, NEW, OLD, PLACE
from specloom.emit.steps import closing_steps, moving_steps
from specloom.emit.survey import Survey

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.emit.disk import Disk
    from specloom.emit.journal import Journal


def has_journal(out: Path, disk: Disk) -> bool:
    """Tell whether a build of a tree was cut short after it had begun to change it."""
    return disk.kind(out / PLACE / JOURNAL) is not Kind.ABSENT


def recover(out: Path, disk: Disk, *, force: bool) -> Way | Refusal | None:
    """Complete or undo what a build has begun; nothing where nothing is.

    Args:
        out: The folder of the tree.
        disk: Where it is.
        force: Whether a file may be overwritten that somebody changed meanwhile, and a journal be forgotten that
            cannot be believed.
    """
    if not has_journal(out, disk):
        return None
    survey = Survey(out, disk)
    content = survey.read(f"{PLACE}/{JOURNAL}")
    journal = None if content is None else parse_journal(content)
    if journal is None:
        stuck = "is not one that this version of specloom wrote"
    else:
        found = () if shape_fault(journal) else observe(journal, survey)
        stuck = shape_fault(journal) or _obstacle(journal, survey) or _distrust(journal, found, survey, force=force)
        if not stuck:
            way = choose_way(journal, found, force=force)
            finish(journal, way, found, out, disk, force=force)
            return way
    if force:
        disk.perform(Remove(out / PLACE / JOURNAL))
        return None
    return Refusal(
        path=f"{PLACE}/{JOURNAL}",
        reason=f"the journal of a build that was cut short {stuck}",
        hint=(
            "Restore the output folder from version control and build with `--force`, which forgets this journal and"
            " overwrites what was edited by hand"
        ),
        code="SL703",
    )


def observe(journal: Journal, survey: Survey) -> tuple[Found, ...]:
    """Look at what there is of each entry."""
    return tuple(
        Found(
            target=_hash(survey.read(one.path)),
            staged=_hash(survey.read(f"{PLACE}/{NEW}/{number}")),
            kept=_hash(survey.read(f"{PLACE}/{OLD}/{number}")),
        )
        for number, one in enumerate(journal.entries)
    )


def finish(journal: Journal, way: Way, found: tuple[Found, ...], out: Path, disk: Disk, *, force: bool = False) -> None:
    """Carry out the rest of a journal, one way or the other, and forget it.

    Args:
        journal: What a build has begun.
        way: To complete it or to undo it.
        found: What there is of each entry.
        out: The folder of the tree.
        disk: Where it is.
        force: Whether also files are replaced that were ours and that somebody has changed.
    """

    def is_folder(name: str) -> bool:
        return disk.kind(out / name) is Kind.FOLDER

    for step in moving_steps(journal, way, found, out, force=force):
        if not isinstance(step, MakeFolder) or disk.kind(step.path) is not Kind.FOLDER:
            disk.perform(step)
    for step in closing_steps(journal, way, out, Survey(out, disk).bytecode, is_folder):
        if way is Way.UNDO and isinstance(step, Sync):
            with suppress(OSError):  # what a full disk cannot keep from a loss of power is undone nevertheless
                disk.perform(step)
        else:
            disk.perform(step)


def _obstacle(journal: Journal, survey: Survey) -> str:
    """Say what stands in the way of a journal, in words that follow its name."""
    faults = ((one.path, survey.obstacle(one.path)) for one in journal.entries)
    return next((f"cannot be followed at `{path}`: {fault}" for path, fault in faults if fault), "")


def _distrust(journal: Journal, found: tuple[Found, ...], survey: Survey, *, force: bool) -> str:
    """Say why a journal is not to be followed, in words that follow its name; nothing where it is."""
    way = choose_way(journal, found, force=force)
    if way is Way.STUCK:
        changed = find_strangers(journal, found)
        shown = ", ".join(f"`{one}`" for one in changed[:5]) + (", ..." if len(changed) > 5 else "")
        return f"cannot be followed: {shown} changed since" if changed else "lacks what was prepared for it"
    if way is Way.UNDO and is_undone(journal, found):
        return ""  # nothing is left to do but to forget it, and the new manifest may be gone already
    before, after = _manifests(journal, survey)
    if before is None or after is None:
        return "lacks the manifests that say whose its files are"
    return ownership_fault(journal, before, after)


def _manifests(journal: Journal, survey: Survey) -> tuple[dict[str, str] | None, dict[str, str] | None]:
    """Find what the manifests of the old and of the new tree list; None where one cannot be found."""
    if not journal.entries or journal.entries[-1].path != MANIFEST:
        only = _parse(survey.read(MANIFEST))
        return only, only
    last, number = journal.entries[-1], len(journal.entries) - 1
    texts = [survey.read(name) for name in (MANIFEST, f"{PLACE}/{NEW}/{number}", f"{PLACE}/{OLD}/{number}")]
    by_hash = {_hash(text): text for text in texts if text is not None}
    before = {} if last.old is None else _parse(by_hash.get(last.old))
    return before, None if last.new is None else _parse(by_hash.get(last.new))


def _parse(content: bytes | None) -> dict[str, str] | None:
    return None if content is None else parse_manifest(content)


def _hash(content: bytes | None) -> str | None:
    return None if content is None else hash_bytes(content)
