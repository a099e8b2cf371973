"""How much of a report people are shown: as much as anybody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from specloom.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.diagnostics import Diagnostic

MOST: Final = 1000
"""Diagnostics that are shown; further ones are counted. JSON and SARIF, which programs read, hold all."""


class Foremost(NamedTuple):
    """What is shown of a report, and what is only counted."""

    shown: Sequence[Diagnostic]
    counted: Sequence[Diagnostic]


def foremost(found: Sequence[Diagnostic]) -> Foremost:
    """Choose what is shown: errors before warnings, the first of each, in the order that they are in."""
    if len(found) <= MOST:
        return Foremost(found, ())
    chosen = sorted(range(len(found)), key=lambda index: found[index].severity is not Severity.ERROR)
    shown = sorted(chosen[:MOST])
    return Foremost([found[index] for index in shown], [found[index] for index in sorted(chosen[MOST:])])
