"""A build that is killed, at whatever step: the next run finds the old tree or the new one, or makes it so."""

from __future__ import annotations

import errno
import itertools
import shutil
from typing import TYPE_CHECKING

import pytest

from specloom.emit import PLACE, diff_tree, is_unfinished, recover_tree, write_tree
from specloom.emit.disk import Disk, RemoveFolder
from tests.emission.disks import CountingDisk, DyingDisk, Killed
from tests.emission.trees import SCENARIOS, QuickDisk, Scenario, make_tree, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from specloom.emit.disk import Step
    from tests.emission.trees import Snapshot

all_scenarios = pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)


@all_scenarios
@pytest.mark.parametrize("half", [False, True], ids=["before", "within"])
def test_a_build_that_is_killed_at_any_step_is_completed_or_undone(
    scenario: Scenario, half: bool, tmp_path: Path
) -> None:
    """By recovering alone, and by the next build, which leaves nothing behind."""
    new = scenario.expected(tmp_path / "expected")
    seen = set()
    for at, out, old in kill_each(scenario, tmp_path, half=half):
        recovered = shutil.copytree(out, tmp_path / f"recovered-{at}") if out.exists() else out
        way = recover_tree(recovered, force=True, disk=QuickDisk()).recovered
        seen.add(way)

        assert snapshot(recovered) in (old, new, {}), f"step {at}"
        assert write_tree(make_tree(scenario.new), out, force=True, disk=QuickDisk()).refused == ()
        assert snapshot(out, place=True) == new, f"step {at}"
    assert len(seen) > 1


@all_scenarios
def test_a_recovery_that_is_killed_at_any_step_is_repeated(scenario: Scenario, tmp_path: Path) -> None:
    """Killed twice, at every pair of steps."""
    new = scenario.expected(tmp_path / "expected")
    tried = 0
    for at, out, old in kill_each(scenario, tmp_path):
        if not is_unfinished(out):
            continue
        for again in itertools.count(1):
            copy = shutil.copytree(out, tmp_path / f"again-{at}-{again}")
            try:
                recover_tree(copy, disk=DyingDisk(again))
            except Killed:
                recover_tree(copy, disk=QuickDisk())
                tried += 1

                assert snapshot(copy) in (old, new), f"steps {at} and {again}"
            else:
                break
    assert tried > 20


@all_scenarios
def test_an_undoing_that_is_killed_at_any_step_is_repeated(scenario: Scenario, tmp_path: Path) -> None:
    """A build fails, begins to undo what it did, and is killed over it."""
    new = scenario.expected(tmp_path / "expected")
    tried = 0
    for at in itertools.count(1):
        ended = False
        for later in itertools.count(1):
            out = tmp_path / f"out-{at}-{later}"
            old = scenario.set_up(out)
            try:
                written = write_tree(make_tree(scenario.new), out, force=True, disk=FailsThenDies(at, at + later))
            except Killed:
                recover_tree(out, disk=QuickDisk())
                tried += 1

                assert snapshot(out) in (old, new, {}), f"steps {at} and {at + later}"
            else:
                ended = not written.refused
                break
        if ended:
            break
    assert tried > 25


@all_scenarios
def test_check_reports_a_build_that_was_killed_and_writes_nothing(scenario: Scenario, tmp_path: Path) -> None:
    """Where the tree may be half-way; where it is not yet, or already whole, there is nothing to report."""
    new = scenario.expected(tmp_path / "expected")
    for at, out, old in kill_each(scenario, tmp_path):
        before = snapshot(out, place=True)
        codes = [one.code for one in diff_tree(make_tree(scenario.new), out).refused if one.code != "SL702"]

        assert codes == (["SL703"] if is_unfinished(out) else []), f"step {at}"
        assert snapshot(out, place=True) == before
        assert is_unfinished(out) or snapshot(out) in (old, new, {})


def test_a_build_of_something_else_recovers_first(tmp_path: Path) -> None:
    """Its changes are made to a whole tree, and its own manifest tells what goes."""
    scenario = SCENARIOS["edited"]
    third = make_tree({"a.py": "a3\n", "src/e.py": "e\n"})
    for at, out, _ in kill_each(scenario, tmp_path):
        written = write_tree(third, out, disk=QuickDisk())

        assert written.refused == (), f"step {at}"
        assert {path for path, content in snapshot(out, place=True).items() if content != "folder"} == {
            *third,
            "src/mine.py",
            "old/notes.txt",
        }


def test_nothing_is_left_behind_and_the_steps_are_many(tmp_path: Path) -> None:
    """The kinds of steps that the tests above count."""
    disk = CountingDisk()
    write_tree(make_tree(SCENARIOS["first"].new), tmp_path / "out", disk=disk)
    kinds = {type(step).__name__ for step in disk.steps}

    assert kinds == {"MakeFolder", "Write", "Sync", "Replace", "Remove", "RemoveFolder"}
    assert len(disk.steps) > 25
    assert not (tmp_path / "out" / PLACE).exists()


def test_a_build_with_nothing_to_change_takes_no_step(tmp_path: Path) -> None:
    """So that it may run on a disk that cannot be written."""
    files = make_tree(SCENARIOS["first"].new)
    write_tree(files, tmp_path)
    disk = CountingDisk()

    assert write_tree(files, tmp_path, disk=disk).changed == ()
    assert disk.steps == []


class FailsThenDies(DyingDisk):
    """Fails at one step and ends the process at a later one."""

    def __init__(self, fails: int, dies: int) -> None:
        super().__init__(dies)
        self._fails = fails

    def perform(self, step: Step) -> None:
        """Carry out a step."""
        if len(self.steps) + 1 == self._fails and not isinstance(step, RemoveFolder):
            self.steps.append(step)
            raise OSError(errno.EIO, "Input/output error")
        super().perform(step)


def kill_each(scenario: Scenario, tmp_path: Path, *, half: bool = False) -> Iterator[tuple[int, Path, Snapshot]]:
    """Kill a build at each of its steps; gives the step, the folder, and what was there before."""
    for at in itertools.count(1):
        out = tmp_path / f"out-{at}-{half}"
        old = scenario.set_up(out)
        try:
            write_tree(make_tree(scenario.new), out, force=True, disk=DyingDisk(at, half=half))
        except Killed:
            yield at, out, old
        else:
            assert at > 20
            return


def test_a_disk_is_what_it_seems() -> None:
    """Only the one method is changed: reading is that of the real disk."""
    assert {name for name in vars(CountingDisk) if not name.startswith("__")} == {"perform"}
    assert issubclass(CountingDisk, Disk)
