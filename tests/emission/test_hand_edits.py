"""A file of ours that somebody has edited stops the build, and is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.emit import diff_tree, write_tree
from specloom.emit.diff import MOST_FILES, MOST_LINES
from tests.emission.trees import make_tree, snapshot

if TYPE_CHECKING:
    from pathlib import Path


def test_an_edit_stops_the_build_at_its_line(tmp_path: Path) -> None:
    """With what the hand has made of the file, and nothing is written."""
    write_tree(make_tree({"a.py": "one\ntwo\nthree\n", "b.py": "b\n"}), tmp_path)
    (tmp_path / "a.py").write_text("one\n2\nthree\n")
    before = snapshot(tmp_path, place=True)
    (refusal,) = write_tree(make_tree({"a.py": "one\ntwo\nthree\n", "b.py": "b2\n"}), tmp_path).refused

    assert (refusal.code, refusal.path, refusal.line) == ("SL702", "a.py", 2)
    assert refusal.detail == "--- built/a.py\n+++ edited/a.py\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n"
    assert "--force" in refusal.hint
    assert snapshot(tmp_path, place=True) == before


def test_an_edit_of_a_file_that_is_no_longer_produced_stops_the_build(tmp_path: Path) -> None:
    """It would be removed."""
    write_tree(make_tree({"a.py": "one\n", "b.py": "b\n"}), tmp_path)
    (tmp_path / "a.py").write_text("2\n")
    (refusal,) = write_tree(make_tree({"b.py": "b\n"}), tmp_path).refused

    assert (refusal.code, refusal.line) == ("SL702", 1)
    assert "no longer produced" in refusal.reason
    assert "+2\n" in refusal.detail


def test_force_overwrites_edits_and_nothing_else(tmp_path: Path) -> None:
    """A file of somebody else is still in the way."""
    write_tree(make_tree({"a.py": "one\n", "b.py": "b\n"}), tmp_path)
    (tmp_path / "a.py").write_text("2\n")
    (tmp_path / "b.py").write_text("3\n")
    (tmp_path / "c.py").write_text("mine\n")
    refused = write_tree(make_tree({"a.py": "one\n", "c.py": "c\n"}), tmp_path, force=True).refused
    written = write_tree(make_tree({"a.py": "one\n"}), tmp_path, force=True)

    assert [(one.path, one.code) for one in refused] == [("c.py", "SL701")]
    assert (written.changed, written.removed, written.refused) == (("a.py", "manifest.json"), ("b.py",), ())
    assert (tmp_path / "c.py").read_text() == "mine\n"


def test_an_edit_that_the_build_would_make_is_none(tmp_path: Path) -> None:
    """Somebody has applied what `--check` printed."""
    write_tree(make_tree({"a.py": "one\n"}), tmp_path)
    (tmp_path / "a.py").write_text("two\n")

    assert write_tree(make_tree({"a.py": "two\n"}), tmp_path).changed == ("manifest.json",)


def test_a_file_that_was_deleted_is_no_edit(tmp_path: Path) -> None:
    """There is nothing to lose: it comes back."""
    write_tree(make_tree({"a.py": "one\n"}), tmp_path)
    (tmp_path / "a.py").unlink()

    assert write_tree(make_tree({"a.py": "one\n"}), tmp_path).changed == ("a.py",)


def test_many_edits_are_shown_within_bounds(tmp_path: Path) -> None:
    """Each file is named; of the first ones the first lines are shown."""
    names = [f"m{number}.py" for number in range(MOST_FILES + 3)]
    files = make_tree(dict.fromkeys(names, "line\n" * 500))
    write_tree(files, tmp_path)
    for name in names:
        (tmp_path / name).write_text("edited\n" * 500)
    refused = write_tree(files, tmp_path).refused

    assert [one.path for one in refused] == names
    assert [bool(one.detail) for one in refused] == [True] * MOST_FILES + [False] * 3
    assert len(refused[0].detail.splitlines()) == MOST_LINES + 1
    assert refused[0].detail.endswith("lines more; `specloom build --check` prints them all\n")


@pytest.mark.parametrize(
    ("emitted", "edited", "line"),
    [("a\nb\n", "a\nb\nc\n", 3), ("a\nb\n", "a\n", 2), ("a\n", "", 1), ("a\n", "a", 2), ("a\n", "\xff", 1)],
)
def test_the_line_is_the_first_that_differs(tmp_path: Path, emitted: str, edited: str, line: int) -> None:
    """Also where lines were added or removed at the end: it is a line of the file, or the one behind its last."""
    write_tree(make_tree({"a.py": emitted}), tmp_path)
    (tmp_path / "a.py").write_text(edited, encoding="latin-1")
    (refusal,) = write_tree(make_tree({"a.py": emitted}), tmp_path).refused

    assert refusal.line == min(line, edited.count("\n") + 1)


def test_check_tells_edits_beside_what_is_stale(tmp_path: Path) -> None:
    """The diff leads from what is there to what a build would write."""
    write_tree(make_tree({"a.py": "one\n", "b.py": "b\n"}), tmp_path)
    (tmp_path / "a.py").write_text("2\n")
    found = diff_tree(make_tree({"a.py": "one\n", "b.py": "b2\n"}), tmp_path)

    assert [(one.path, one.code) for one in found.refused] == [("a.py", "SL702")]
    assert [one.path for one in found.changes] == ["a.py", "b.py", "manifest.json"]
    assert "-2\n+one\n" in found.diff
