"""The table of the emitted README: what it says, and what it should say."""

from __future__ import annotations

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
FRAGMENT = REPOSITORY / "spec/README.huaweicloud-jobs.md"


def written() -> dict[str, list[str]]:
    """The cells of all rows that name a command, by that command, with the question first."""
    lines = FRAGMENT.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `make ")]
    return {row[0].strip("`"): row[1:] for row in rows}


def command_of(key: str) -> str:
    """What a reader runs to see a row for himself."""
    return f"make peers ROW={key}"


def row_text(key: str, question: str, cells: list[str]) -> str:
    """A row as it stands in the table."""
    return f"| `{command_of(key)}` | {question} | {' | '.join(cells)} |"
