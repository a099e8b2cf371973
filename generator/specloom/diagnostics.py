"""What is wrong with an input, as data: code, place, message, hint."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.location import Location


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding.

    Args:
        code: `SL` and three digits; the hundreds name the stage (1 load, 2 resolve, 3 validate, 4 lower and plan,
            5 lint, 6 configuration, 7 emit).
        message: What is wrong, in one sentence without a full stop, with the offending name in backquotes.
        location: The place to change.
        hint: What to do about it; empty where the message says it.
        severity: Error unless said otherwise.
    """

    code: str
    message: str
    location: Location
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.location}: {self.code} {self.message}"


def sorted_diagnostics(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Put diagnostics into reading order (file, line, column, code), each once."""
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.location, one.code, one.message)))


def has_errors(found: Iterable[Diagnostic]) -> bool:
    """Tell whether anything found stops the build."""
    return any(one.severity is Severity.ERROR for one in found)
