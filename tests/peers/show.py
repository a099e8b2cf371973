"""`make peers`: goes through the rows of the comparison, prints them, and fails where the README says another thing."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.peers.environment import observe
from tests.peers.rows import ROWS
from tests.peers.table import FRAGMENT, REPOSITORY, command_of, row_text, written


def main(*keys: str) -> int:
    """Observe and print; the exit code."""
    known = {row.key: row.question for row in ROWS}
    if strange := sorted(set(keys) - set(known)):
        print(f"peers: there is no row {', '.join(strange)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    found, said = observe(*keys), written()
    stale = []
    for key, cells in found.items():
        print(row_text(key, known[key], cells))
        if said.get(command_of(key)) != [known[key], *cells]:
            stale.append(key)
    if stale:
        print(f"peers: {FRAGMENT.relative_to(REPOSITORY)} says another thing in {', '.join(stale)}", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except RuntimeError as error:
        sys.exit(f"peers: {error}")
