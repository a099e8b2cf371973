"""Puts a tree of texts on disk, or says how the disk differs from it."""

from __future__ import annotations

import errno
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specloom.emit.changes import Change, Comparison, Refusal, compare_tree, refuse_place
from specloom.emit.diff import format_diff, refuse_edits
from specloom.emit.disk import Disk, Kind, Remove, Write
from specloom.emit.journal import Way, find_strangers
from specloom.emit.lock import PATIENCE, BusyError, find_holder, locked
from specloom.emit.place import IGNORE, PLACE
from specloom.emit.recovery import finish, has_journal, observe, recover
from specloom.emit.steps import make_journal, order_changes, preparing_steps, tidying_steps
from specloom.emit.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

_DISK: Final = Disk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What `write_tree` did; nothing at all where anything is refused.

    Args:
        recovered: What became of a build that was cut short before this one; None where there was none.
    """

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    recovered: Way | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """What `diff_tree` found.

    Args:
        changes: Path and kind of each file that is not what a build would write.
        diff: One unified diff over all of them, which `patch -p1` applies within the tree; empty where nothing differs.
        refused: Why a build would not write.
    """

    changes: tuple[Change, ...] = ()
    diff: str = ""
    refused: tuple[Refusal, ...] = ()


def diff_tree(files: Mapping[str, str], out: Path, *, disk: Disk = _DISK) -> Drift:
    """Say how the folder `out` differs from the tree that a build produced, in memory; writes nothing."""
    try:
        refused = refuse_place(out, disk) or _refuse_unfinished(out, disk)
        found = Comparison(refused=refused) if refused else compare_tree(files, out, disk)
    except OSError as error:
        return Drift(refused=(_refuse_failure(error, "read"),))
    diff = "".join(map(format_diff, found.changes))
    return Drift(changes=found.changes, diff=diff, refused=(*found.refused, *refuse_edits(found.changes)))


def write_tree(
    files: Mapping[str, str], out: Path, *, force: bool = False, disk: Disk = _DISK, patience: float = PATIENCE
) -> Written:
    """Make the owned files in `out` equal to `files`, all of them or none.

    A build that was cut short is finished first. Files that are equal keep their time stamps. Files that are no longer
    produced are removed, with the folders that this leaves empty. Where anything fails, what was done is undone; where
    the process is ended, the next one completes or undoes it.

    Args:
        files: Path within the tree, with `/`, to text; a `manifest.json` among them lists the others.
        out: The folder of the tree; need not exist. It may itself be a link, nothing in it may.
        force: Whether files that were edited by hand are overwritten.
        disk: Where `out` is.
        patience: Seconds to wait for another process that writes there.
    """

    def write() -> Written:
        if disk.kind(out / PLACE) is Kind.ABSENT:
            found = _compare(files, out, disk, force)
            if found.refused or not found.changes:
                return Written(unchanged=found.unchanged, refused=found.refused)
        with _held(out, disk, patience):
            recovered = recover(out, disk, force=force)
            if isinstance(recovered, Refusal):
                return Written(refused=(recovered,))
            _tidy(out, disk)
            found = _compare(files, out, disk, force)
            refused = found.refused or _carry_out(found.changes, out, disk)
            if refused or not found.changes:
                return Written(unchanged=found.unchanged, refused=refused, recovered=recovered)
        return Written(
            changed=tuple(one.path for one in found.changes if one.new is not None),
            removed=tuple(one.path for one in found.changes if one.new is None),
            unchanged=found.unchanged,
            recovered=recovered,
        )

    return _guarded(write, out, disk)


def recover_tree(out: Path, *, force: bool = False, disk: Disk = _DISK, patience: float = PATIENCE) -> Written:
    """Complete or undo a build that was cut short, and do nothing where there is none.

    Args:
        out: The folder of the tree.
        force: Whether files may be overwritten that were edited meanwhile, and a journal forgotten that cannot be
            followed.
        disk: Where `out` is.
        patience: Seconds to wait for another process that writes there.
    """

    def settle() -> Written:
        if not has_journal(out, disk):
            return Written()
        with _held(out, disk, patience):
            recovered = recover(out, disk, force=force)
        return Written(refused=(recovered,)) if isinstance(recovered, Refusal) else Written(recovered=recovered)

    return _guarded(settle, out, disk)


def is_unfinished(out: Path, *, disk: Disk = _DISK) -> bool:
    """Tell whether a build of a tree was cut short after it had begun to change it."""
    return has_journal(out, disk)


def _guarded(action: Callable[[], Written], out: Path, disk: Disk) -> Written:
    """Do something to a tree; what the system refuses is told."""
    try:
        if refused := refuse_place(out, disk):
            return Written(refused=refused)
        return action()
    except BusyError as error:
        return Written(refused=(_refuse_busy(error.process),))
    except OSError as error:
        return Written(refused=(_refuse_failure(error, "written", unfinished=has_journal(out, disk)),))


def _compare(files: Mapping[str, str], out: Path, disk: Disk, force: bool) -> Comparison:
    """Compare a tree that is to be written: edits are refused, unless they are to be overwritten."""
    found = compare_tree(files, out, disk)
    return found if force else replace(found, refused=(*found.refused, *refuse_edits(found.changes)))


@contextmanager
def _held(out: Path, disk: Disk, patience: float) -> Iterator[None]:
    """Hold a tree, with a place beside it to prepare things in; both are as they were afterwards."""
    place = out / PLACE
    with locked(place, disk, patience):
        try:
            if disk.kind(place / IGNORE) is Kind.ABSENT:
                disk.perform(Write(place / IGNORE, b"*\n"))
            yield
        finally:
            with suppress(OSError):  # what stays is hidden from git, and removed by the next build
                _tidy(out, disk)
                if not has_journal(out, disk):
                    disk.perform(Remove(place / IGNORE))


def _tidy(out: Path, disk: Disk) -> None:
    """Remove what was prepared, unless a journal needs it."""
    if not has_journal(out, disk):
        for step in tidying_steps(out / PLACE, disk.names):
            disk.perform(step)


def _carry_out(changes: Sequence[Change], out: Path, disk: Disk) -> tuple[Refusal, ...]:
    """Make all changes or, where anything goes wrong, none; refuses where somebody else makes some meanwhile."""
    ordered = order_changes(changes)
    journal = make_journal(ordered, lambda name: disk.kind(out / name) is Kind.FOLDER)
    try:
        for step in preparing_steps(ordered, journal, out / PLACE):
            disk.perform(step)
        found = observe(journal, Survey(out, disk))
        changed = find_strangers(journal, found)
        finish(journal, Way.UNDO if changed else Way.COMPLETE, found, out, disk)
    except BaseException:
        if has_journal(out, disk):
            finish(journal, Way.UNDO, observe(journal, Survey(out, disk)), out, disk)
        raise
    return tuple(_refuse_change(path) for path in changed)


def _refuse_unfinished(out: Path, disk: Disk) -> tuple[Refusal, ...]:
    """Say that a tree is half-way between two builds."""
    if not has_journal(out, disk):
        return ()
    if (process := find_holder(out / PLACE)) is not None:
        return (_refuse_busy(process),)
    reason = "a build was cut short while it wrote here; part of this tree may be old and part new"
    return (Refusal(path="", reason=reason, hint="`specloom build` completes or undoes it", code="SL703"),)


def _refuse_busy(process: int) -> Refusal:
    who = f"process {process}" if process else "another process"
    hint = "Wait until it has ended; if it hangs, end it: what it began is completed or undone by the next build"
    return Refusal(path="", reason=f"{who} is building here", hint=hint, code="SL704")


def _refuse_change(path: str) -> Refusal:
    return Refusal(path=path, reason="was changed while the build was writing", hint="Build again", code="SL702")


def _refuse_failure(error: OSError, verb: str, *, unfinished: bool = False) -> Refusal:
    """Say what the system refused."""
    if error.errno in _FULL:
        hint = "Make room and build again"
    elif error.errno in _FORBIDDEN:
        hint = "Allow it to be written, or choose another output folder"
    else:
        hint = "Mend that and build again"
    state = "what was begun is completed or undone by the next build" if unfinished else "nothing was changed"
    what = error.strerror or type(error).__name__
    reason = f"cannot be {verb}: {what[:1].lower()}{what[1:]}; {state}"
    return Refusal(path="", reason=reason, hint=hint, code="SL705")


_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT}) if hasattr(errno, "EDQUOT") else frozenset({errno.ENOSPC})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
