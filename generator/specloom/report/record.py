"""Diagnostics as plain JSON records."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """What is known about a code.

    Args:
        name: In kebab-case; the code itself where it has no name.
        summary: What it reports, in one line.
        help: The whole text about it, as Markdown; may be empty.
        severity: What it weighs where a diagnostic does not say otherwise.
    """

    name: str
    summary: str
    help: str = ""
    severity: Severity = Severity.ERROR


def format_json(found: Sequence[Diagnostic]) -> str:
    """Write diagnostics as one JSON object: `diagnostics`, and how many there are of each weight."""
    errors = sum(one.severity is Severity.ERROR for one in found)
    shown = {
        "diagnostics": [
            {
                "code": one.code,
                "severity": one.severity.value,
                "message": one.message,
                "hint": one.hint,
                "file": one.location.file,
                "line": one.location.line,
                "column": one.location.column,
                "pointer": one.location.pointer,
            }
            for one in found
        ],
        "errors": errors,
        "warnings": len(found) - errors,
    }
    return json.dumps(shown, indent=2) + "\n"
