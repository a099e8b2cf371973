"""What the system refuses, and Ctrl-C, at whatever step: the tree is whole at once, and the message says what to do."""

from __future__ import annotations

import errno
import itertools
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from specloom.emit import is_unfinished, recover_tree, write_tree
from specloom.emit.disk import MakeFolder, Remove, RemoveFolder, Replace, Sync, Write
from tests.emission.disks import FailingDisk, StoppingDisk
from tests.emission.trees import SCENARIOS, QuickDisk, Scenario, make_tree, snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.emit.disk import Step

all_scenarios = pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
NEEDS_ROOM: tuple[type[Step], ...] = (MakeFolder, Write, Sync)
NEEDS_LEAVE: tuple[type[Step], ...] = (MakeFolder, Write, Replace, Remove, RemoveFolder)


@all_scenarios
@pytest.mark.parametrize(
    ("code", "kinds", "said"),
    [
        (errno.ENOSPC, NEEDS_ROOM, "no space left on device"),
        (errno.EIO, (), "input/output error"),
        (errno.EACCES, (), "permission denied"),
    ],
    ids=["full", "broken once", "forbidden once"],
)
def test_a_build_that_fails_at_any_step_changes_nothing(
    scenario: Scenario, code: int, kinds: tuple[type[Step], ...], said: str, tmp_path: Path
) -> None:
    """What was done is undone, and nothing is left behind; a failure of tidying up is none."""
    new = scenario.expected(tmp_path / "expected")
    outcomes = set()
    for at in itertools.count(1):
        out = tmp_path / f"out-{at}"
        old = scenario.set_up(out)
        disk = FailingDisk(at, code, kinds)
        written = write_tree(make_tree(scenario.new), out, force=True, disk=disk)
        if len(disk.steps) < at:
            break
        outcomes.add(bool(written.refused))

        assert snapshot(out) == (old if written.refused else new), f"step {at}"
        if written.refused:
            (refusal,) = written.refused
            assert refusal.code == "SL705"
            assert refusal.reason == f"cannot be written: {said}; nothing was changed"
        assert not is_unfinished(out)
        assert write_tree(make_tree(scenario.new), out, force=True, disk=QuickDisk()).refused == ()
        assert snapshot(out, place=True) == new, f"step {at}"
    assert outcomes == {False, True}


@all_scenarios
def test_a_disk_that_takes_nothing_any_more_leaves_it_to_the_next_build(scenario: Scenario, tmp_path: Path) -> None:
    """A folder that becomes read-only half-way can be neither completed nor undone, and the message says so."""
    new = scenario.expected(tmp_path / "expected")
    unfinished = 0
    for at in itertools.count(1):
        out = tmp_path / f"out-{at}"
        old = scenario.set_up(out)
        disk = FailingDisk(at, errno.EACCES, NEEDS_LEAVE)
        written = write_tree(make_tree(scenario.new), out, force=True, disk=disk)
        if len(disk.steps) < at:
            break
        unfinished += is_unfinished(out)
        if is_unfinished(out):
            assert "completed or undone by the next build" in written.refused[0].reason
        recover_tree(out, disk=QuickDisk())

        assert snapshot(out) in (old, new, {}), f"step {at}"
    assert unfinished > 2


@all_scenarios
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_ctrl_c_at_any_step_leaves_a_whole_tree(scenario: Scenario, after: bool, tmp_path: Path) -> None:
    """Without another run: what was begun is undone, or was done already."""
    new = scenario.expected(tmp_path / "expected")
    for at in itertools.count(1):
        out = tmp_path / f"out-{at}"
        old = scenario.set_up(out)
        try:
            write_tree(make_tree(scenario.new), out, force=True, disk=StoppingDisk({at}, after=after))
        except KeyboardInterrupt:
            assert snapshot(out) in (old, new, {}), f"step {at}"
            assert not is_unfinished(out), f"step {at}"
        else:
            assert at > 20
            break


@all_scenarios
def test_ctrl_c_twice_is_left_to_the_next_build(scenario: Scenario, tmp_path: Path) -> None:
    """An impatient hand stops the undoing, too."""
    new = scenario.expected(tmp_path / "expected")
    for at in itertools.count(1):
        out = tmp_path / f"out-{at}"
        old = scenario.set_up(out)
        try:
            write_tree(make_tree(scenario.new), out, force=True, disk=StoppingDisk({at, at + 1, at + 3}, after=True))
        except KeyboardInterrupt:
            recover_tree(out, disk=QuickDisk())

            assert snapshot(out) in (old, new, {}), f"step {at}"
        else:
            break


@all_scenarios
def test_a_file_that_changes_while_a_build_prepares_is_not_lost(scenario: Scenario, tmp_path: Path) -> None:
    """Somebody saves a file in the moment between comparing and writing."""
    out = tmp_path / "out"
    scenario.set_up(out)
    edit = out / "a.py"

    def save() -> None:
        edit.parent.mkdir(exist_ok=True)
        edit.write_text("just now\n")

    steps = len(_steps_until_replace(scenario, tmp_path / "counted"))
    written = write_tree(make_tree(scenario.new), out, force=True, disk=StoppingDisk({steps}, after=True, stop=save))

    assert [(one.path, one.code) for one in written.refused] == [("a.py", "SL702")]
    assert edit.read_text() == "just now\n"
    assert not is_unfinished(out)


def _steps_until_replace(scenario: Scenario, out: Path) -> list[Step]:
    """The steps of a build up to the first that moves something: then all is prepared."""
    scenario.set_up(out)
    disk = StoppingDisk((), after=True)
    write_tree(make_tree(scenario.new), out, force=True, disk=disk)
    return list(itertools.takewhile(lambda step: not isinstance(step, Replace), disk.steps))


@pytest.mark.skipif(sys.platform == "win32", reason="has no limits of a process")
def test_the_system_itself_refuses_a_file_that_is_too_large(tmp_path: Path) -> None:
    """A limit of the process stands for a full disk: a real write fails in the middle."""
    write_tree(make_tree({"a.py": "a\n"}), tmp_path / "out")
    before = snapshot(tmp_path / "out", place=True)
    ended = run_emission(
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
        "files = {'a.py': 'new\\n', 'large.py': 'x' * 6000}\n",
        tmp_path / "out",
    )

    assert ended == "SL705 cannot be written: file too large; nothing was changed"
    assert snapshot(tmp_path / "out", place=True) == before


@pytest.mark.parametrize(
    ("options", "files", "said"),
    [
        ("size=64k", "{'a.py': 'x' * 100_000}", "no space left on device"),
        ("ro", "{'a.py': 'a'}", "read-only file system"),
    ],
)
def test_a_full_or_a_read_only_disk_is_told(options: str, files: str, said: str, tmp_path: Path) -> None:
    """A file system in memory, in a namespace of its own; nothing is left on it."""
    out = tmp_path / "out"
    out.mkdir()
    mount = [
        "unshare",
        "--map-root-user",
        "--mount",
        "sh",
        "-c",
        'mount -t tmpfs -o "$0" none "$1" && shift && exec "$@"',
    ]
    command = [*mount, options, str(out)]
    try:
        able = subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        able = False
    if not able:
        pytest.skip("no file system can be mounted here")
    ended = run_emission(f"files = {files}\n", out, command)

    assert ended == f"SL705 cannot be written: {said}; nothing was changed"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    """By its permissions."""
    tmp_path.chmod(0o555)
    written = write_tree(make_tree({"a.py": "a\n"}), tmp_path)
    tmp_path.chmod(0o755)

    assert written.refused[0].reason == "cannot be written: permission denied; nothing was changed"
    assert list(tmp_path.iterdir()) == []


def run_emission(code: str, out: Path, command: list[str] | None = None) -> str:
    """Write `files`, which some code sets, in a process of its own; gives the refusal, and checks what is left."""
    program = (
        f"import os, sys\nfrom specloom.emit import write_tree\nfrom tests.emission.trees import make_tree\n{code}"
        "out = __import__('pathlib').Path(sys.argv[1])\nbefore = sorted(os.listdir(out))\n"
        "for one in write_tree(make_tree(files), out).refused:\n    print(one.code, one.reason)\n"
        "assert sorted(os.listdir(out)) == before\n"
    )
    ended = subprocess.run(
        [*(command or []), sys.executable, "-c", program, str(out)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()
