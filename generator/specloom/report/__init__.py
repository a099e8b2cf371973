"""Diagnostics on paper: for people, for programs, for code hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.report.github import format_github
from specloom.report.record import RuleText
from specloom.report.text import NO_STYLE, Style, format_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from specloom.diagnostics import Diagnostic
    from specloom.location import Location

FORMATS: Final = ("text", "json", "github", "sarif")

__all__ = ["FORMATS", "NO_STYLE", "RuleText", "Style", "write"]


def write(
    diagnostics: Iterable[Diagnostic],
    format_name: str,
    *,
    style: Style = NO_STYLE,
    line_of: Callable[[Location], str] | None = None,
    rules: Mapping[str, RuleText] | None = None,
    summary: bool = True,
) -> str:
    """Print diagnostics; what is not empty ends in a line break.

    No control character and no character that turns the direction of text comes through from a document.

    Args:
        format_name: One of `FORMATS`.
        style: How `text` looks.
        line_of: Gives the source line of a place, for the code frames of `text`; without it there are none.
        rules: What is known about each code, for the rule table of `sarif`.
        summary: Whether the last line of `text` says how many there are.
    """
    found = tuple(diagnostics)
    match format_name:
        case "text":
            return format_text(found, style=style, line_of=line_of, summary=summary)
        case "github":
            return format_github(found)
        case "json":
            from specloom.report.record import format_json  # imports that a text report does without

            return format_json(found)
        case "sarif":
            from specloom.report.sarif import format_sarif

            return format_sarif(found, rules or {})
    raise ValueError(f"{format_name!r} is not one of {', '.join(FORMATS)}")
