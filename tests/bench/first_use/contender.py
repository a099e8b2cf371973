"""First use of one of the clients: `contender.py FOLDER ADDRESS NAME`; without a name, of none."""

from __future__ import annotations

import logging
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.peers.contenders import contenders, read


def main(folder: str, address: str, name: str) -> None:
    """One client, one call."""
    warnings.simplefilter("ignore")
    logging.disable()
    for contender in contenders(Path(folder)):
        if contender.name == name:
            assert len(read(contender, address).nodes) == 2


if __name__ == "__main__":
    main(*sys.argv[1:])
