"""Diagnostics as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.report.escape import one_line
from specloom.report.foremost import foremost
from specloom.report.text import format_summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.diagnostics import Diagnostic


def format_github(found: Sequence[Diagnostic]) -> str:
    """Write one workflow command a diagnostic."""
    shown, counted = foremost(found)
    more = f"::notice::... and {format_summary(counted)} more\n" if counted else ""
    return "".join(map(_command, shown)) + more


def _command(one: Diagnostic) -> str:
    place = one.location
    properties = (
        f"file={_property(place.file)},line={place.line},col={place.column},title={_property(f'specloom {one.code}')}"
    )
    hint = f"%0A{_data(f'hint: {one.hint}')}" if one.hint else ""
    return f"::{one.severity.value} {properties}::{_data(f'{one.code} {one.message}')}{hint}\n"


# Escapes of the runner: actions/toolkit, packages/core/src/command.ts. Line breaks never get that far.
def _data(text: str) -> str:
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
