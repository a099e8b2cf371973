"""Writing a tree, comparing with one, and leaving alone what is not ours."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest

from specloom.emit import MANIFEST, ChangeKind, Written, diff_tree, hash_text, read_manifest, write_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def make_tree(files: Mapping[str, str]) -> dict[str, str]:
    """Add the manifest that a build would."""
    listed = {path: hash_text(text) for path, text in sorted(files.items())}
    return {**files, MANIFEST: json.dumps({"files": listed}, indent=2) + "\n"}


def read_tree(folder: Path) -> dict[str, str]:
    """Read all files below a folder but its manifest."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != MANIFEST)
    return {file.relative_to(folder).as_posix(): file.read_text() for file in files}


def test_a_tree_is_written_into_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    """All files are there, and nothing else: no temporary file is left."""
    files = {"a.py": "a\n", "deep/er/b.py": "b\n", "py.typed": ""}

    written = write_tree(make_tree(files), tmp_path / "out")

    assert read_tree(tmp_path / "out") == files
    assert written == Written(changed=("a.py", "deep/er/b.py", MANIFEST, "py.typed"))


def test_equal_files_keep_their_time_stamps(tmp_path: Path) -> None:
    """A second build touches what changed and the manifest, no more."""
    write_tree(make_tree({"a.py": "a\n", "b.py": "b\n"}), tmp_path)
    os.utime(tmp_path / "a.py", ns=(1, 1))

    written = write_tree(make_tree({"a.py": "a\n", "b.py": "new\n"}), tmp_path)

    assert written == Written(changed=("b.py", MANIFEST), unchanged=("a.py",))
    assert (tmp_path / "a.py").stat().st_mtime_ns == 1


def test_what_is_no_longer_produced_is_removed_with_its_empty_folders(tmp_path: Path) -> None:
    """Bytecode of removed modules goes too, or their folder would still import as an empty package."""
    write_tree(make_tree({"a.py": "a\n", "old/er/b.py": "b\n"}), tmp_path)
    (tmp_path / "old/er/__pycache__").mkdir()
    (tmp_path / "old/er/__pycache__/b.cpython-311.pyc").touch()

    written = write_tree(make_tree({"a.py": "a\n"}), tmp_path)

    assert written.removed == ("old/er/b.py",)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.py", MANIFEST]


def test_files_of_others_stay_and_keep_their_folder(tmp_path: Path) -> None:
    """What is not in the manifest is not ours, whatever lies around it."""
    write_tree(make_tree({"old/b.py": "b\n"}), tmp_path)
    (tmp_path / "old/notes.txt").write_text("mine\n")

    write_tree(make_tree({"a.py": "a\n"}), tmp_path)

    assert read_tree(tmp_path) == {"a.py": "a\n", "old/notes.txt": "mine\n"}


def test_a_file_of_somebody_else_in_the_way_stops_the_whole_build(tmp_path: Path) -> None:
    """Nothing is written, and the file is named."""
    (tmp_path / "b.py").write_text("mine\n")

    written = write_tree(make_tree({"a.py": "a\n", "b.py": "b\n"}), tmp_path)

    assert [refusal.path for refusal in written.refused] == ["b.py"]
    assert read_tree(tmp_path) == {"b.py": "mine\n"}


def test_a_file_in_the_way_with_the_same_content_is_taken_over(tmp_path: Path) -> None:
    """A checkout that lost its manifest is repaired by a build."""
    (tmp_path / "a.py").write_text("a\n")

    written = write_tree(make_tree({"a.py": "a\n"}), tmp_path)

    assert written == Written(changed=(MANIFEST,), unchanged=("a.py",))
    assert read_manifest(tmp_path) == {"a.py": hash_text("a\n")}


@pytest.mark.parametrize("text", ["{}", "[]", "<<<<<<< ours", '{"files": ["a.py"]}', '{"files": {"a.py": 1}}', "\xff"])
def test_a_manifest_that_is_not_ours_stops_the_build_once(tmp_path: Path, text: str) -> None:
    """Without it nobody can tell what is ours; one refusal says so, not one for each file."""
    (tmp_path / MANIFEST).write_text(text, encoding="latin-1")
    (tmp_path / "a.py").write_text("mine\n")

    assert [refusal.path for refusal in write_tree(make_tree({"a.py": "a\n"}), tmp_path).refused] == [MANIFEST]
    assert (tmp_path / "a.py").read_text() == "mine\n"


@pytest.mark.parametrize(
    "path", ["../a.py", "/a.py", "x/../../a.py", "./a.py", "x//a.py", "", "x\\a.py", "c:a.py", "a\n"]
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    """Also where it only would on another system."""
    written = write_tree(make_tree({path: "a\n"}), tmp_path / "out")

    assert [refusal.path for refusal in written.refused] == [path]
    assert not (tmp_path / "out").exists()


def test_a_manifest_that_lists_a_path_outside_removes_nothing_there(tmp_path: Path) -> None:
    """The manifest on disk is input like any other."""
    (tmp_path / "precious.txt").write_text("mine\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MANIFEST).write_text(json.dumps({"files": {"../precious.txt": hash_text("mine\n")}}))

    written = write_tree(make_tree({"a.py": "a\n"}), tmp_path / "out")

    assert [refusal.path for refusal in written.refused] == ["../precious.txt"]
    assert (tmp_path / "precious.txt").read_text() == "mine\n"


@pytest.mark.parametrize("link", ["inner", "inner/a.py"])
def test_a_symbolic_link_within_the_tree_is_not_followed(tmp_path: Path, link: str) -> None:
    """Neither one in place of a folder nor one in place of a file."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.py").write_text("mine\n")
    out = tmp_path / "out"
    (out / link).parent.mkdir(parents=True)
    (out / link).symlink_to(tmp_path / "elsewhere" / ("" if link == "inner" else "a.py"))

    written = write_tree(make_tree({"inner/a.py": "a\n"}), out)

    assert [refusal.path for refusal in written.refused] == ["inner/a.py"]
    assert (tmp_path / "elsewhere/a.py").read_text() == "mine\n"


def test_the_folder_itself_may_be_a_symbolic_link(tmp_path: Path) -> None:
    """Where the tree goes is its owner's business."""
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")

    write_tree(make_tree({"a.py": "a\n"}), tmp_path / "out")

    assert read_tree(tmp_path / "real") == {"a.py": "a\n"}


@pytest.mark.parametrize(("taken", "path"), [("a.py/x", "a.py"), ("a", "a/b.py")])
def test_a_file_and_a_folder_in_each_others_place_are_refused(tmp_path: Path, taken: str, path: str) -> None:
    """A folder is not emptied for a file, nor a file removed for a folder."""
    (tmp_path / taken).parent.mkdir(exist_ok=True)
    (tmp_path / taken).write_text("mine\n")

    assert [refusal.path for refusal in write_tree(make_tree({path: "b\n"}), tmp_path).refused] == [path]


def test_written_files_have_the_usual_permissions(tmp_path: Path) -> None:
    """As if an editor had made them, not as a temporary file."""
    write_tree(make_tree({"a.py": "a\n"}), tmp_path)
    (tmp_path / "usual").touch()

    assert stat.S_IMODE((tmp_path / "a.py").stat().st_mode) == stat.S_IMODE((tmp_path / "usual").stat().st_mode)


def test_text_is_written_as_utf_8_with_the_line_ends_it_has(tmp_path: Path) -> None:
    """Whatever the locale and the system."""
    write_tree(make_tree({"a.py": "é\n\r\n"}), tmp_path)

    assert (tmp_path / "a.py").read_bytes() == b"\xc3\xa9\n\r\n"


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    """A text that cannot be encoded stands for a full disk."""
    write_tree(make_tree({"a.py": "a\n"}), tmp_path)
    with pytest.raises(UnicodeEncodeError):
        write_tree({"a.py": "\ud800"}, tmp_path)

    assert read_tree(tmp_path) == {"a.py": "a\n"}


def test_a_tree_as_built_has_no_drift(tmp_path: Path) -> None:
    """Nothing to say about what a build has just written."""
    files = make_tree({"a.py": "a\n", "py.typed": ""})
    write_tree(files, tmp_path)

    found = diff_tree(files, tmp_path)

    assert (found.changes, found.diff, found.refused) == ((), "", ())


def test_each_kind_of_drift_is_told_apart(tmp_path: Path) -> None:
    """New, stale, edited by hand, and no longer produced."""
    write_tree(make_tree({"stale.py": "1\n", "edited.py": "1\n", "obsolete.py": "1\n", "lost.py": "1\n"}), tmp_path)
    (tmp_path / "edited.py").write_text("by hand\n")
    (tmp_path / "lost.py").unlink()

    found = diff_tree(make_tree({"stale.py": "2\n", "edited.py": "1\n", "new.py": "1\n", "lost.py": "1\n"}), tmp_path)

    assert {change.path: change.kind for change in found.changes} == {
        "edited.py": ChangeKind.EDITED,
        "lost.py": ChangeKind.NEW,
        MANIFEST: ChangeKind.STALE,
        "new.py": ChangeKind.NEW,
        "obsolete.py": ChangeKind.OBSOLETE,
        "stale.py": ChangeKind.STALE,
    }


def test_comparing_writes_nothing(tmp_path: Path) -> None:
    """Not even the folder."""
    diff_tree(make_tree({"a.py": "a\n"}), tmp_path / "out")

    assert list(tmp_path.iterdir()) == []


def test_the_diff_reads_as_one_from_git(tmp_path: Path) -> None:
    """Removed, added and changed files, a missing line end, and an empty file."""
    write_tree(
        {"gone.py": "x\n", "a.py": "one\ntwo", MANIFEST: make_tree({"gone.py": "x\n", "a.py": "one\ntwo"})[MANIFEST]},
        tmp_path,
    )
    files = {"a.py": "one\nthree\n", "new.py": "n\n", "py.typed": ""}

    assert diff_tree(files, tmp_path).diff == (
        "--- a/a.py\n"
        "+++ b/a.py\n"
        "@@ -1,2 +1,2 @@\n"
        " one\n"
        "-two\n"
        "\\ No newline at end of file\n"
        "+three\n"
        "--- a/gone.py\n"
        "+++ /dev/null\n"
        "@@ -1 +0,0 @@\n"
        "-x\n"
        "--- /dev/null\n"
        "+++ b/new.py\n"
        "@@ -0,0 +1 @@\n"
        "+n\n"
        "--- /dev/null\n"
        "+++ b/py.typed\n"
    )


def test_the_diff_can_be_applied(tmp_path: Path) -> None:
    """What `build --check` prints, git takes: the tree then is what a build would write."""
    write_tree(make_tree({"gone.py": "x\n", "a.py": "one\n\x0ctwo\u2028\n"}), tmp_path)
    files = make_tree({"a.py": "one\n\x0cthree\u2028\n", "deep/new.py": "n"})
    command = ["git", "apply", "--unidiff-zero", "-"]
    subprocess.run(command, input=diff_tree(files, tmp_path).diff.encode(), cwd=tmp_path, check=True)

    assert diff_tree(files, tmp_path).changes == ()


def test_a_file_that_is_not_utf_8_is_shown_escaped(tmp_path: Path) -> None:
    """A hand that broke the encoding is shown, not crashed upon."""
    files = make_tree({"a.py": "a\n"})
    write_tree(files, tmp_path)
    (tmp_path / "a.py").write_bytes(b"\xff\n")

    assert "-\\xff\n+a\n" in diff_tree(files, tmp_path).diff
