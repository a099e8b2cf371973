"""Names that another system takes for one, or cannot have, and line ends that git has turned."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest

from specloom.emit import ChangeKind, diff_tree, hash_text, read_manifest, recover_tree, write_tree
from specloom.emit.disk import Disk, Kind, MakeFolder, Remove, RemoveFolder, Replace, Step, Sync, Write
from specloom.emit.paths import find_clashes, fold, unportable_path
from tests.emission.disks import Killed
from tests.emission.trees import make_tree, snapshot

COMPOSED, APART = (unicodedata.normalize(form, "é.py") for form in ("NFC", "NFD"))


class FoldingDisk(Disk):
    """A disk that takes names for one that differ in case or in how letters are composed, and keeps their spelling.

    Args:
        root: The folder below which it does.
        dies_at: The step before which the process ends, counted from 1.
    """

    def __init__(self, root: Path, dies_at: int = 0) -> None:
        self._root = root
        self._left = dies_at

    def kind(self, path: Path) -> Kind:
        """Tell what is under a path."""
        return super().kind(self._real(path))

    def names(self, folder: Path) -> frozenset[str]:
        """List a folder."""
        return super().names(self._real(folder))

    def read(self, path: Path) -> bytes:
        """Read a file."""
        return super().read(self._real(path))

    def perform(self, step: Step) -> None:
        """Carry out a step."""
        self._left -= 1
        if self._left == 0:
            raise Killed
        match step:
            case Replace(source, target):
                super().perform(Replace(self._real(source), self._real(target)))
            case Write(path, content):
                super().perform(Write(self._real(path), content))
            case MakeFolder(path) | Remove(path) | RemoveFolder(path):
                super().perform(type(step)(self._real(path)))
            case Sync():
                pass

    def _real(self, path: Path) -> Path:
        """Find what is there under any spelling of a path."""
        if not path.is_relative_to(self._root):
            return path
        here = self._root
        for part in path.relative_to(self._root).parts:
            names = os.listdir(here) if here.is_dir() else []
            here /= next((name for name in names if fold(name) == fold(part)), part)
        return here


# -- planning ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        *("aux.py", "src/CON", "nul.tar.gz", "com1.py", "LPT9", "com¹", "a/prn/b.py", "conin$"),
        *("a.", "a /b.py", "a\x7fb", "é" * 128, "x" * 256, "a?.py", ".specloom-build/a.py", ".SpecLoom-Build/lock"),
    ],
)
def test_a_path_that_not_every_system_has_is_refused(tmp_path: Path, path: str) -> None:
    """Before anything is written, wherever the build runs."""
    (refusal,) = write_tree(make_tree({path: "a\n"}), tmp_path / "out").refused

    assert (refusal.path, refusal.code) == (path, "SL706")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("path", ["auxiliary.py", "a.aux", "console/x.py", "com10.py", ".hidden", "x" * 255, "é" * 127])
def test_a_path_that_every_system_has_is_taken(path: str) -> None:
    """A device is one by its whole name."""
    assert unportable_path(path) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.py", "A.py"),
        ("a/b.py", "A/c.py"),
        ("straße.py", "strasse.py"),
        (COMPOSED, APART),
        ("a", "a/b"),
        ("A", "a/b"),
    ],
)
def test_two_paths_that_are_one_elsewhere_are_refused(tmp_path: Path, one: str, other: str) -> None:
    """Both are named, and nothing is written."""
    refused = write_tree(make_tree({one: "1\n", other: "2\n"}), tmp_path / "out").refused

    assert {(refusal.code, refusal.path in (one, other)) for refusal in refused} == {("SL706", True)}
    assert not (tmp_path / "out").exists()


def test_paths_that_share_a_folder_do_not_clash() -> None:
    """In the same spelling."""
    assert find_clashes(["a/b.py", "a/c.py", "a/b/c.py", "a.py", "b.py"]) == {}


def test_an_obsolete_file_may_have_had_any_name(tmp_path: Path) -> None:
    """An earlier version of specloom may have given it; it still goes."""
    (tmp_path / "aux.py").write_text("a\n")
    manifest = make_tree({"aux.py": "a\n"})["manifest.json"]
    (tmp_path / "manifest.json").write_text(manifest)

    assert write_tree(make_tree({"b.py": "b\n"}), tmp_path).removed == ("aux.py",)


# -- on disk ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "after"), [("Jobs.py", "jobs.py"), (COMPOSED, APART)])
@pytest.mark.parametrize("text", ["same\n", "other\n"])
def test_a_file_that_is_only_spelled_otherwise_is_renamed(tmp_path: Path, before: str, after: str, text: str) -> None:
    """Where case does not count the new file is not removed with the old one, at whatever step the build is killed."""
    for at in range(60):
        out = tmp_path / str(at)
        out.mkdir()
        write_tree(make_tree({before: "same\n"}), out, disk=FoldingDisk(out))
        files = make_tree({after: text})
        try:
            write_tree(files, out, disk=FoldingDisk(out, at))
        except Killed:
            recover_tree(out, disk=FoldingDisk(out))
            assert {name for name in os.listdir(out) if name.endswith(".py")} in ({before}, {after}), at
        assert write_tree(files, out, disk=FoldingDisk(out)).refused == (), at
        assert sorted(os.listdir(out)) == sorted([after, "manifest.json"]), at
        assert (out / after).read_text() == text


def test_a_file_of_somebody_else_that_is_spelled_otherwise_is_in_the_way(tmp_path: Path) -> None:
    """Where case does not count, writing ours would replace it."""
    (tmp_path / "Readme.md").write_text("mine\n")
    disk = FoldingDisk(tmp_path)
    (refusal,) = write_tree(make_tree({"README.md": "r\n"}), tmp_path, disk=disk).refused

    assert (refusal.code, "`Readme.md`" in refusal.reason) == ("SL701", True)
    assert snapshot(tmp_path, place=True) == {"Readme.md": b"mine\n"}
    assert write_tree(make_tree({"README.md": "r\n"}), tmp_path).refused == ()  # where case counts


def test_a_folder_that_is_spelled_otherwise_is_in_the_way(tmp_path: Path) -> None:
    """Python would not find the module in it."""
    (tmp_path / "Src").mkdir()
    (refusal,) = write_tree(make_tree({"src/a.py": "a\n"}), tmp_path, disk=FoldingDisk(tmp_path)).refused

    assert "`Src`" in refusal.reason
    assert os.listdir(tmp_path) == ["Src"]


def test_a_disk_where_case_does_not_count(tmp_path: Path) -> None:
    """The real one, where this machine has such a disk."""
    (tmp_path / "probe").touch()
    if not (tmp_path / "PROBE").exists():
        pytest.skip("case counts on this disk")
    (tmp_path / "probe").unlink()
    write_tree(make_tree({"Jobs.py": "1\n"}), tmp_path)
    (tmp_path / "Notes.md").write_text("mine\n")

    assert write_tree(make_tree({"jobs.py": "2\n"}), tmp_path).refused == ()
    assert sorted(os.listdir(tmp_path)) == ["Notes.md", "jobs.py", "manifest.json"]
    assert [one.code for one in write_tree(make_tree({"notes.md": "n\n"}), tmp_path).refused] == ["SL701"]


# -- line ends --------------------------------------------------------------------------------------------------------


def test_line_ends_that_git_has_turned_are_no_edit(tmp_path: Path) -> None:
    """The file is ours and is written anew; `--check` tells it in one line, not as a diff of every line."""
    files = make_tree({"a.py": "a\nb\n", "b.py": "b\n"})
    write_tree(files, tmp_path)
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    found = diff_tree(files, tmp_path)

    assert [(one.path, one.kind) for one in found.changes] == [
        ("a.py", ChangeKind.LINE_ENDS),
        ("b.py", ChangeKind.LINE_ENDS),
        ("manifest.json", ChangeKind.STALE),
    ]
    assert found.diff.startswith("Only line ends differ: a.py\nOnly line ends differ: b.py\n")
    assert write_tree(files, tmp_path).refused == ()
    assert (tmp_path / "a.py").read_bytes() == b"a\nb\n"


def test_an_edit_with_other_line_ends_is_an_edit(tmp_path: Path) -> None:
    """What a hand wrote is not lost because git turned it, too."""
    write_tree(make_tree({"a.py": "a\nb\n"}), tmp_path)
    (tmp_path / "a.py").write_bytes(b"a\r\nmine\r\n")

    assert [one.code for one in write_tree(make_tree({"a.py": "a\nb\n"}), tmp_path).refused] == ["SL702"]


# -- the manifest -----------------------------------------------------------------------------------------------------


def test_a_lost_manifest_is_told_once(tmp_path: Path) -> None:
    """Not once for each file that now seems to be somebody else's."""
    names = [f"m{number}.py" for number in range(20)]
    write_tree(make_tree(dict.fromkeys(names, "1\n")), tmp_path)
    (tmp_path / "manifest.json").unlink()
    (refusal,) = write_tree(make_tree(dict.fromkeys(names, "2\n")), tmp_path).refused

    assert (refusal.path, refusal.code) == ("manifest.json", "SL701")
    assert "20 files" in refusal.reason


def test_a_manifest_of_another_version_is_understood(tmp_path: Path) -> None:
    """By its `files`, whatever else it holds."""
    (tmp_path / "a.py").write_text("a\n")
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 9, "files": {"a.py": hash_text("a\n")}, "more": []}))

    assert write_tree(make_tree({"b.py": "b\n"}), tmp_path).removed == ("a.py",)


@pytest.mark.parametrize("digest", ["", "abc", "X" * 64])
def test_a_manifest_of_another_program_is_not_ours(tmp_path: Path, digest: str) -> None:
    """Many programs have a `manifest.json` that lists files."""
    (tmp_path / "manifest.json").write_text(json.dumps({"files": {"a.py": digest}}))

    assert read_manifest(tmp_path) is None
    assert [one.code for one in write_tree(make_tree({"b.py": "b\n"}), tmp_path).refused] == ["SL707"]


# -- the folder -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["file", "link"])
def test_an_output_folder_that_is_none_is_told(tmp_path: Path, what: str) -> None:
    """A file, or a link that leads nowhere."""
    out = tmp_path / "out"
    if what == "file":
        out.write_text("mine\n")
    else:
        out.symlink_to("nowhere")
    before = snapshot(tmp_path)
    (refusal,) = write_tree(make_tree({"a.py": "a\n"}), out).refused

    assert (refusal.path, refusal.code) == ("", "SL701")
    assert snapshot(tmp_path) == before


def test_bytecode_is_not_removed_through_a_link(tmp_path: Path) -> None:
    """`__pycache__` may lead elsewhere."""
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/a.cpython-311.pyc").touch()
    out = tmp_path / "out"
    write_tree(make_tree({"a.py": "a\n"}), out)
    (out / "__pycache__").symlink_to(tmp_path / "cache")
    write_tree(make_tree({"b.py": "b\n"}), out)

    assert (tmp_path / "cache/a.cpython-311.pyc").exists()
