"""Runs command lines of specloom one after another, each in a forked process with bounds: `python -m` this.

A line of JSON on standard input is a run: folder, arguments, file for what is printed. A line of JSON on standard
output is what came of it. What every run imports is imported once.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

IMPORTED = (
    "specloom.cli",
    "specloom.pipeline",
    "specloom.lint",
    "specloom.document.mend",
    "specloom.document.overlay",
    "specloom.document.validate.tool",
    "specloom.python.models",
    "black",
)
ADDRESSES = 2 << 30
"""Bytes of addresses that a run may take, beside those of what is imported."""

PATIENCE = 20
"""Seconds of CPU after which a run is ended, so that a test fails in place of never ending."""


def main() -> None:
    """Answer until standard input ends."""
    for name in IMPORTED:
        importlib.import_module(name)
    begun = _kibibytes()
    for line in sys.stdin:
        folder, arguments, printed = json.loads(line)
        print(json.dumps(_run(Path(folder), arguments, Path(printed), begun)), flush=True)


def _run(folder: Path, arguments: Sequence[str], printed: Path, begun: int) -> dict[str, Any]:
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        _become(folder, arguments, printed, begun)
    _, status, used = os.wait4(child, 0)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "seconds": used.ru_utime + used.ru_stime,
        "elapsed": time.monotonic() - started,
        "megabytes": max(0, used.ru_maxrss - begun) >> 10,
    }


def _become(folder: Path, arguments: Sequence[str], printed: Path, begun: int) -> NoReturn:
    """Be the program: in its folder, within its bounds, with what it prints in a file."""
    code = 70
    try:
        limit = (begun << 10) + ADDRESSES
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE + 1))
        os.chdir(folder)
        for stream in (1, 2):
            os.dup2(os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), stream)
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for the life of the process
        code = _specloom(arguments)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _specloom(arguments: Sequence[str]) -> int:
    from specloom.cli import main as specloom

    try:
        specloom(arguments)
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(left.code is not None)


def _kibibytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
