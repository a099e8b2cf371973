"""Two builds of one tree at once: one of them writes, and the other waits for it or says who it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from specloom.emit import PLACE, diff_tree, is_unfinished, write_tree
from specloom.emit.disk import Disk
from specloom.emit.lock import BusyError, find_holder, locked
from tests.emission.trees import make_tree, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLD = """
import sys
from pathlib import Path
from specloom.emit.disk import Disk, Replace
from specloom.emit import write_tree
from tests.emission.trees import make_tree

class Slow(Disk):
    def perform(self, step):
        super().perform(step)
        if isinstance(step, Replace) and step.target.name == sys.argv[2]:
            print("holds", flush=True)
            sys.stdin.readline()

print(len(write_tree(make_tree({"a.py": "other\\n", "b.py": "b\\n"}), Path(sys.argv[1]), disk=Slow()).changed))
"""


@pytest.fixture(params=["journal.json", "a.py"])
def holder(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """A process that builds, and rests when its journal is there, or after a file."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "out"), request.param],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holds\n"
        yield process
        process.kill()


def test_the_other_build_is_told_by_its_process_id(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    """Nothing is written meanwhile; `--check` says the same, and does not take it for one that was cut short."""
    before = snapshot(tmp_path, place=True)
    files = make_tree({"a.py": "a\n"})
    (refusal,) = write_tree(files, tmp_path / "out", patience=0.1).refused

    assert (refusal.code, refusal.reason) == ("SL704", f"process {holder.pid} is building here")
    assert diff_tree(files, tmp_path / "out").refused == (refusal,)
    assert snapshot(tmp_path, place=True) == before
    assert holder.communicate("\n")[0] == "3\n"
    assert write_tree(files, tmp_path / "out", force=True).refused == ()


def test_a_lock_ends_with_its_process(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    """However that ends: the file is still there, and in nobody's way."""
    holder.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    holder.wait()

    assert (tmp_path / "out" / PLACE / "lock").exists()
    assert is_unfinished(tmp_path / "out")
    assert write_tree(make_tree({"a.py": "a\n"}), tmp_path / "out", patience=0).changed == ("a.py", "manifest.json")
    assert not (tmp_path / "out" / PLACE).exists()


def test_builds_that_wait_for_each_other_all_end_well(tmp_path: Path) -> None:
    """Five processes of different trees: each writes the whole of its own."""
    code = (
        "import sys; from pathlib import Path; from specloom.emit import write_tree; "
        "from tests.emission.trees import make_tree\n"
        "me = sys.argv[2]; files = make_tree({f'{one}.py': me for one in 'abcdefgh'} | {f'{me}/only.py': me})\n"
        "for _ in range(5): assert write_tree(files, Path(sys.argv[1]), patience=120).refused == ()\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    out = tmp_path / "out"
    started = [subprocess.Popen([sys.executable, "-c", code, str(out), f"p{one}"], env=environment) for one in range(5)]

    assert [one.wait() for one in started] == [0] * 5
    found = snapshot(out, place=True)
    (last,) = {content for path, content in found.items() if path.endswith(".py")}
    assert isinstance(last, bytes)
    assert set(found) == {
        *(f"{one}.py" for one in "abcdefgh"),
        last.decode(),
        f"{last.decode()}/only.py",
        "manifest.json",
    }


def test_a_lock_that_was_removed_is_none(tmp_path: Path) -> None:
    """Who lets go of it removes the file; whoever had opened it by then holds nothing."""
    place = tmp_path / "place"
    with locked(place, Disk(), 0):
        assert find_holder(place) == os.getpid()
        with pytest.raises(BusyError), locked(place, Disk(), 0):
            raise AssertionError("locked twice")
        (place / "lock").unlink()
        with locked(place, Disk(), 0):
            assert find_holder(place) == os.getpid()

    assert not place.exists()
    assert find_holder(place) is None
