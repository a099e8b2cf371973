"""Where the files lie that come with specloom and are not Python to it: templates, and the runtime to copy."""

from __future__ import annotations

from pathlib import Path

GENERATOR = Path(__file__).parent
"""The sources of specloom."""

RUNTIME = GENERATOR / "runtime"
"""What is copied into every package."""


def templates_folder() -> Path:
    """The templates: inside the package in an installation, beside the sources in a checkout."""
    installed = GENERATOR / "templates"
    return installed if installed.is_dir() else GENERATOR.parent.parent / "templates"
