"""What a process of its own costs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def measure(arguments: tuple[str, ...], cwd: Path) -> float:
    """Run this Python once and give the CPU seconds that it took, with those of its own children.

    Raises:
        RuntimeError: It failed.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen([sys.executable, *arguments], cwd=cwd, env=environment, stdout=said, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            said.seek(0)
            raise RuntimeError(f"{' '.join(arguments)} failed:\n{said.read().decode(errors='replace')}")
    return used.ru_utime + used.ru_stime
