"""How commands say what they found."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from specloom.diagnostics import Severity
from specloom.report import write
from specloom.report.terminal import SourceLines, style_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.diagnostics import Diagnostic


def print_diagnostics(found: Sequence[Diagnostic]) -> None:
    """Print diagnostics on stderr, where there are any."""
    if found:
        style = style_for(sys.stderr)
        ordered = sorted(found, key=lambda one: one.severity is Severity.ERROR)  # the gravest stand last, in view
        click.echo(write(ordered, "text", style=style, line_of=SourceLines()), err=True, nl=False, color=style.color)


def count(number: int, noun: str) -> str:
    """Write a number of things."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
