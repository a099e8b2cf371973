"""Prints changes as a unified diff, and tells of those that a hand has made."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from specloom.emit.changes import Change, ChangeKind, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_LINES = 40
"""Lines that are shown of the edits of one file."""

MOST_FILES = 5
"""Files whose edits are shown."""


def format_diff(change: Change) -> str:
    """Print one change as `git diff` would, with paths within the tree."""
    if change.kind is ChangeKind.LINE_ENDS:
        return f"Only line ends differ: {change.path}\n"
    old = _decode(change.old)
    before = "/dev/null" if old is None else f"a/{change.path}"
    after = "/dev/null" if change.new is None else f"b/{change.path}"
    return "".join(_unified(old or "", change.new or "", before, after))


def refuse_edits(changes: Iterable[Change]) -> tuple[Refusal, ...]:
    """Refuse to overwrite what somebody has edited; shows what that is, within bounds."""
    edited = [one for one in changes if one.kind is ChangeKind.EDITED]
    return tuple(_refuse_edit(one, shown=number < MOST_FILES) for number, one in enumerate(edited))


def _refuse_edit(change: Change, *, shown: bool) -> Refusal:
    gone = "" if change.new is not None else ", and is no longer produced"
    return Refusal(
        path=change.path,
        reason=f"was edited by hand since it was built{gone}",
        hint="Move the edit into the description or a file of your own; `specloom build --force` overwrites it here",
        code="SL702",
        line=_first_difference(change),
        detail=_format_edit(change) if shown else "",
    )


def _format_edit(change: Change) -> str:
    """Print what a hand has made of a file, against what a build would write now."""
    before = "/dev/null" if change.new is None else f"built/{change.path}"
    lines = _unified(change.new or "", _decode(change.old) or "", before, f"edited/{change.path}")
    more = len(lines) - MOST_LINES
    rest = [f"... and {more} lines more; `specloom build --check` prints them all\n"] if more > 0 else []
    return "".join(lines[:MOST_LINES] + rest)


def _first_difference(change: Change) -> int:
    """Find the first line of the file on disk that is not as a build would write it."""
    if change.new is None:
        return 1
    old, new = (_decode(change.old) or "").split("\n"), change.new.split("\n")
    pairs = enumerate(zip_longest(old, new), 1)
    return min(next((number for number, (one, other) in pairs if one != other), 1), len(old))


def _decode(content: bytes | None) -> str | None:
    """Read bytes as text; those that are not UTF-8 are shown escaped: such a diff can be read, though not applied."""
    return None if content is None else content.decode(errors="backslashreplace")


def _unified(old: str, new: str, before: str, after: str) -> list[str]:
    from difflib import unified_diff  # costs what the rest of a build with nothing to do costs

    lines = list(unified_diff(_lines_of(old), _lines_of(new), before, after))
    return lines or [f"--- {before}\n", f"+++ {after}\n"]  # an empty file that comes or goes has no lines


def _lines_of(text: str) -> list[str]:
    """Split at line feeds alone (Python's own splitting knows more line ends) and mark a missing last one."""
    *lines, rest = text.split("\n")
    marked = [f"{rest}\n\\ No newline at end of file\n"] if rest else []
    return [f"{line}\n" for line in lines] + marked
