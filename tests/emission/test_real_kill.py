"""Real processes that are really killed."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.emission.trees import SCENARIOS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(not hasattr(os, "fork"), reason="has no way to kill a process at a certain step")
def test_a_process_that_is_killed_at_any_change_of_the_file_system(tmp_path: Path) -> None:
    """The changes that Python itself reports are those of the one module that makes them, and each is survived."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.emission.killing", str(tmp_path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    counts = dict(line.rsplit(" ", 1) for line in ended.stdout.splitlines())

    assert ended.returncode == 0, ended.stderr
    assert set(counts) == set(SCENARIOS)
    assert min(int(count) for count in counts.values()) > 20
