"""What black makes of a text."""

from __future__ import annotations

import black
from black.mode import Mode, TargetVersion

MODE = Mode(line_length=120, target_versions={TargetVersion.PY311})


def formatted(text: str) -> str:
    """The text as black prints it."""
    return black.format_str(text, mode=MODE)
