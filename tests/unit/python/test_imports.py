"""Import lines: sorted, grouped, folded."""

from __future__ import annotations

from specloom.python.imports import import_lines
from tests.unit.python.formatting import formatted


def test_groups_stand_apart_and_relative_imports_come_last() -> None:
    """The order of isort, so that a linter has nothing to say."""
    wanted = {
        "..errors": ["STATUS_ERRORS"],
        "httpx2": [],
        "typing": ["Any"],
        "__future__": ["annotations"],
        ".": ["models"],
        ".._runtime.client": ["b", "BaseClient", "A_CONSTANT"],
        "datetime": ["date", "datetime"],
    }

    assert import_lines(wanted) == (
        "from __future__ import annotations",
        "",
        "from datetime import date, datetime",
        "from typing import Any",
        "",
        "import httpx2",
        "",
        "from .._runtime.client import A_CONSTANT, BaseClient, b",
        "from ..errors import STATUS_ERRORS",
        "from . import models",
    )


def test_a_long_line_is_folded_as_black_folds_it() -> None:
    """One name a line."""
    lines = import_lines({".models": [f"AVeryLongName{index}" for index in range(10)]})
    text = "\n".join(lines) + "\n"

    assert len(lines) == 12
    assert formatted(text) == text
