"""Every code that is reported has its line in the table, and every line is a code that is reported."""

from __future__ import annotations

import re
from pathlib import Path

from specloom import document
from specloom.document import CODES, LOAD_CODES, RESOLVE_CODES, VALIDATE_CODES


def test_the_table_holds_what_the_code_reports() -> None:
    """A code without an explanation, or an explanation without a code, is a mistake."""
    folder = Path(document.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")) if path.name != "codes.py"]

    assert {code for text in texts for code in re.findall(r"\bSL\d{3}\b", text)} == set(CODES)


def test_the_hundreds_name_the_stage() -> None:
    """Load, resolve and validate have their own hundreds, in order."""
    tables = (LOAD_CODES, RESOLVE_CODES, VALIDATE_CODES)

    assert [{code[:3] for code in table} for table in tables] == [{"SL1"}, {"SL2"}, {"SL3"}]
    assert [list(table) for table in tables] == [sorted(table) for table in tables]
