"""`observe.py FOLDER [ROW...]`: goes through rows with every contender, and prints the cells as JSON.

Runs in the environment of the peers.
"""

from __future__ import annotations

import json
import logging
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.peers.contenders import contenders
from tests.peers.rows import ROWS
from tests.runtime.faults import failing


def main(folder: str, *keys: str) -> None:
    """Observe and print: cells by row, in the order of the contenders."""
    warnings.simplefilter("ignore")
    logging.disable()
    every = contenders(Path(folder))
    found: dict[str, list[str]] = {}
    with failing() as server:
        for row in ROWS:
            if not keys or row.key in keys:
                found[row.key] = [row.observe(contender, server) for contender in every]
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
