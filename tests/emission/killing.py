"""Kills processes that build, one at each change of the file system that Python knows of; run as a program.

The change is seen by an audit hook, so that it counts whatever module makes it. Prints how many processes were killed,
and each change that was not made by the one module that is to make them.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from specloom.emit import recover_tree, write_tree
from specloom.emit.disk import Disk
from tests.emission.trees import SCENARIOS, make_tree, snapshot

if TYPE_CHECKING:
    from specloom.emit.disk import Step

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink"}


class WatchedDisk(Disk):
    """Knows whether it is at work."""

    works = False

    def perform(self, step: Step) -> None:
        """Carry out a step."""
        self.works = True
        try:
            super().perform(step)
        finally:
            self.works = False


def build(name: str, out: Path, dies_at: int) -> None:
    """Build, and be killed before a change."""
    changes = 0
    disk = WatchedDisk()

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal changes
        flags = arguments[2] if event == "open" else 0
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if event in CHANGES or writes:
            changes += 1
            if changes == dies_at:
                os.kill(os.getpid(), signal.SIGKILL)
            if not disk.works and not str(arguments[0]).endswith("lock") and event != "os.truncate":
                os.write(1, f"outside: {event} {arguments[0]}\n".encode())

    files = make_tree(SCENARIOS[name].new)
    sys.addaudithook(watch)
    write_tree(files, out, force=True, disk=disk)


def kill_each(name: str, folder: Path) -> int:
    """Kill a build at each change; gives how many were killed."""
    scenario = SCENARIOS[name]
    new = scenario.expected(folder / "expected")
    for at in range(1, 1000):
        out = folder / "out"
        old = scenario.set_up(out)
        child = os.fork()
        if child == 0:
            build(name, out, at)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert status == 0
            return at - 1
        recover_tree(out)
        assert snapshot(out) in (old, new, {}), at
        assert write_tree(make_tree(scenario.new), out, force=True).refused == (), at
        assert snapshot(out, place=True) == new, at
        shutil.rmtree(out)
    raise AssertionError("a build that never ends")


if __name__ == "__main__":
    for which in SCENARIOS:
        below = Path(sys.argv[1], which)
        below.mkdir()
        print(which, kill_each(which, below))
