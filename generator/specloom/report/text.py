"""Diagnostics for people: `file:line:column: SL101 message`, the line it is about, and what to do."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Severity
from specloom.report.escape import one_line
from specloom.report.foremost import foremost

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from specloom.diagnostics import Diagnostic
    from specloom.location import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a report looks.

    Args:
        color: Whether to use the colours of a terminal.
        frames: Whether to show the line that a diagnostic is about.
        width: Columns that a frame may take; a longer line is cut around its place.
    """

    color: bool = False
    frames: bool = False
    width: int = 100


NO_STYLE: Final = Style()

_RED, _YELLOW, _CYAN, _BOLD, _DIM, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
_TAB: Final = "    "


def format_text(
    found: Sequence[Diagnostic],
    *,
    style: Style = NO_STYLE,
    line_of: Callable[[Location], str] | None = None,
    summary: bool = True,
) -> str:
    """Write diagnostics with their frames and hints, and perhaps a line that sums them up."""
    line_of = line_of if style.frames else None
    shown, counted = foremost(found)
    more = f"... and {format_summary(counted)} more\n" if counted else ""
    entries = "".join(_entry(one, style, line_of) for one in shown)
    return entries + more + (f"{_summary(found, style)}\n" if summary else "")


def format_summary(found: Sequence[Diagnostic]) -> str:
    """Say how many diagnostics there are of each weight."""
    errors = sum(one.severity is Severity.ERROR for one in found)
    warnings = len(found) - errors
    counted = [_count(errors, "error")] if errors else []
    counted += [_count(warnings, "warning")] if warnings else []
    return ", ".join(counted) or "nothing to report"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _summary(found: Sequence[Diagnostic], style: Style) -> str:
    text = format_summary(found)
    if not style.color or not found:
        return text
    worst = any(one.severity is Severity.ERROR for one in found)
    return f"{_BOLD}{_RED if worst else _YELLOW}{text}{_PLAIN}"


def _entry(one: Diagnostic, style: Style, line_of: Callable[[Location], str] | None) -> str:
    place = one.location
    file = one_line(place.file)
    # A line that begins with `::` would be a workflow command in the log of GitHub.
    where = f"{'./' if file.startswith(':') else ''}{file}:{place.line}:{place.column}:"
    message, code, warning = one_line(one.message), one.code, one.severity is Severity.WARNING
    mark = " (warning)" if warning else ""
    if style.color:
        where, code = f"{_BOLD}{where}{_PLAIN}", f"{_YELLOW if warning else _RED}{code}{_PLAIN}"
        mark = f"{_DIM}{mark}{_PLAIN}" if mark else ""
    frame = _frame(place, line_of(place), style) if line_of else ""
    hint = f"    {_CYAN}hint:{_PLAIN} " if style.color else "    hint: "
    return f"{where} {code} {message}{mark}\n{frame}" + (f"{hint}{one_line(one.hint)}\n" if one.hint else "")


def _frame(place: Location, line: str, style: Style) -> str:
    """Draw the line of a place, numbered, with a caret under its column; nothing where there is no such line."""
    if not line.strip() or place.column > len(line) + 1:
        return ""
    gutter = str(place.line)
    room = max(style.width - len(gutter) - 8, 20)
    before, after = line[: place.column - 1], line[place.column - 1 :]
    left, right = _draw(before), _draw(after)
    if len(left) > room // 2 and len(left) + len(right) > room:
        left = "…" + left[-(room // 2) :]
    right = right if len(left) + len(right) <= room else right[: room - len(left)] + "…"
    blank = " " * len(gutter)
    caret = " " * sum(map(_columns, left)) + "^"
    if style.color:
        caret = f"{_BOLD}{_RED}{caret}{_PLAIN}"
    return f"    {gutter} | {left}{right}\n    {blank} | {caret}\n"


def _draw(text: str) -> str:
    return one_line(text.replace("\t", _TAB))


def _columns(char: str) -> int:
    """Tell how many columns of a terminal a character takes."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
