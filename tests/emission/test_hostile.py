"""A journal or a prepared folder that comes with a checkout: nothing outside is touched, nor what is not ours."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from specloom.emit import MANIFEST, PLACE, Way, diff_tree, hash_text, is_unfinished, recover_tree, write_tree
from specloom.emit.journal import Entry, Found, Journal, choose_way, parse_journal, print_journal
from specloom.emit.place import DRAFT, IGNORE, JOURNAL, LOCK, NEW, OLD
from tests.emission.disks import DyingDisk, Killed
from tests.emission.trees import SCENARIOS, make_tree, snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EVIL = "evil\n"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A tree in order, with a file of its user, beside a file that is none of its business."""
    (tmp_path / "precious.txt").write_text("precious\n")
    folder = tmp_path / "out"
    write_tree(make_tree({"a.py": "a\n", "b.py": "b\n"}), folder)
    (folder / "mine.py").write_text("mine\n")
    return folder


def plant(
    out: Path, entries: list[dict[str, object]], staged: Mapping[int, str], folders: tuple[str, ...] = ()
) -> None:
    """Put a journal there as if a build had been cut short."""
    (out / PLACE / NEW).mkdir(parents=True)
    (out / PLACE / OLD).mkdir()
    for number, text in staged.items():
        (out / PLACE / NEW / str(number)).write_text(text)
    (out / PLACE / JOURNAL).write_text(json.dumps({"format": 1, "folders": folders, "entries": entries}))


def entry(path: str, old: str | None, new: str | None) -> dict[str, object]:
    """An entry by its contents."""
    return {"path": path, "old": old and hash_text(old), "new": new and hash_text(new)}


HOSTILE = {
    "another file of the folder": [entry("mine.py", "mine\n", EVIL)],
    "a file to remove": [entry("mine.py", "mine\n", None)],
    "a file of the manifest with another content": [entry("a.py", "a\n", EVIL)],
    "a file outside": [entry("../precious.txt", "precious\n", EVIL)],
    "a file outside to remove": [entry("../precious.txt", "precious\n", None)],
    "a file of the place": [entry(f"{PLACE}/{LOCK}", None, EVIL)],
    "a file below a link": [entry("link/precious.txt", "precious\n", EVIL)],
    "a link": [entry("linked.txt", None, EVIL)],
    "a file twice": [entry("a.py", "a\n", EVIL), entry("a.py", None, EVIL)],
    "a path that is none": [entry("a.py\0", None, EVIL)],
    "half a character": [entry("\ud800", None, EVIL)],
}


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("entries", HOSTILE.values(), ids=HOSTILE)
def test_a_journal_cannot_reach_what_is_not_ours(out: Path, entries: list[dict[str, object]], force: bool) -> None:
    """It is told and not followed; `force` forgets it."""
    (out / "link").symlink_to(out.parent)
    (out / "linked.txt").symlink_to("../precious.txt")
    before = snapshot(out.parent)
    plant(out, entries, {0: EVIL, 1: EVIL})
    written = recover_tree(out, force=force)

    assert snapshot(out.parent) == {**before, "out": "folder"} | {
        path: content for path, content in snapshot(out.parent).items() if PLACE in path
    }
    assert [one.code for one in written.refused] == ([] if force else ["SL703"])
    assert is_unfinished(out) is not force


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "{}", "[" * 100_000, "\xff"),
        '{"format": 2, "folders": [], "entries": []}',
        '{"format": 1, "folders": [1], "entries": []}',
        '{"format": 1, "folders": [], "entries": [{"path": 1}]}',
    ],
)
def test_a_journal_that_is_none_is_told(out: Path, text: str) -> None:
    """Neither followed nor removed: a half-way tree may hang on it. `--force` is the way out."""
    plant(out, [], {})
    (out / PLACE / JOURNAL).write_text(text, encoding="latin-1")
    files = make_tree({"a.py": "a2\n"})

    assert [one.code for one in write_tree(files, out).refused] == ["SL703"]
    assert [one.code for one in diff_tree(files, out).refused] == ["SL703"]
    assert write_tree(files, out, force=True).refused == ()
    assert not (out / PLACE).exists()


def test_folders_that_a_journal_names_without_a_file_are_not_removed(out: Path) -> None:
    """Undoing removes folders that are empty then, but only those of its files."""
    (out / "empty").mkdir()
    plant(out, [entry("a.py", "a\n", EVIL)], {}, ("empty",))

    assert [one.code for one in recover_tree(out).refused] == ["SL703"]
    assert (out / "empty").is_dir()


@pytest.mark.parametrize("name", ["", NEW, OLD, JOURNAL, DRAFT, LOCK, IGNORE])
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_links_in_place_of_what_is_prepared_are_refused(out: Path, name: str, kind: str) -> None:
    """A lock would be written through them, and numbered files removed."""
    target = out.parent / "elsewhere"
    if kind == "folder":
        target.mkdir()
        (target / "0").write_text("precious\n")
    else:
        target.write_text("precious\n")
    if name:
        (out / PLACE).mkdir()
    (out / PLACE / name).symlink_to(target)
    before = snapshot(out.parent, place=True)
    files = make_tree({"a.py": "a2\n"})
    refused = [write_tree(files, out).refused, recover_tree(out).refused, diff_tree(files, out).refused]

    assert [[one.code for one in some] for some in refused] == [["SL701"]] * 3
    assert snapshot(out.parent, place=True) == before


def test_what_lies_in_the_place_without_being_ours_stays(out: Path) -> None:
    """Only what a build prepares there is removed."""
    (out / PLACE / NEW).mkdir(parents=True)
    (out / PLACE / NEW / "0").write_text("left behind\n")
    (out / PLACE / NEW / "notes.txt").write_text("mine\n")
    write_tree(make_tree({"a.py": "a2\n"}), out)

    assert [path.relative_to(out).as_posix() for path in sorted((out / PLACE).rglob("*"))] == [
        f"{PLACE}/{NEW}",
        f"{PLACE}/{NEW}/notes.txt",
    ]


def test_a_place_that_another_build_left_is_tidied_though_nothing_changes(out: Path) -> None:
    """Killed while it prepared: there was no journal yet."""
    (out / PLACE / NEW).mkdir(parents=True)
    (out / PLACE / NEW / "0").write_text("left behind\n")

    assert write_tree(make_tree({"a.py": "a\n", "b.py": "b\n"}), out).changed == ()
    assert not (out / PLACE).exists()


@pytest.mark.parametrize("damage", ["staged", "kept", "both"])
def test_damaged_copies_are_not_put_into_the_tree(tmp_path: Path, damage: str) -> None:
    """What can no longer be completed is undone, what can no longer be undone completed, and else it is told."""
    scenario = SCENARIOS["edited"]
    new = scenario.expected(tmp_path / "expected")
    out = tmp_path / "out"
    old = scenario.set_up(out)
    with pytest.raises(Killed):
        write_tree(make_tree(scenario.new), out, disk=DyingDisk(steps_until_half_way(tmp_path / "counted")))
    for name in {"staged": [NEW], "kept": [OLD], "both": [NEW, OLD]}[damage]:
        for copy in (out / PLACE / name).iterdir():
            copy.write_text(EVIL)
    half_way = snapshot(out)
    written = recover_tree(out)

    if damage == "kept":
        # The old manifest is still in the tree, and says whose the files are.
        assert (written.recovered, snapshot(out)) == (Way.COMPLETE, new)
    else:
        # The new manifest is gone, which says that the new files are ours to remove.
        assert [one.code for one in written.refused] == ["SL703"]
        assert snapshot(out) == half_way
    assert old != half_way != new


def steps_until_half_way(out: Path) -> int:
    """The step after the first file that moved."""
    from specloom.emit.disk import Replace
    from tests.emission.disks import CountingDisk

    scenario = SCENARIOS["edited"]
    scenario.set_up(out)
    disk = CountingDisk()
    write_tree(make_tree(scenario.new), out, disk=disk)
    moves = [
        number for number, step in enumerate(disk.steps, 1) if isinstance(step, Replace) and PLACE in str(step.source)
    ]
    return moves[2]


def test_a_file_that_somebody_edits_before_the_next_run_is_not_lost(tmp_path: Path) -> None:
    """It is told; `force` completes the build over it."""
    scenario = SCENARIOS["edited"]
    out = tmp_path / "out"
    scenario.set_up(out)
    with pytest.raises(Killed):
        write_tree(make_tree(scenario.new), out, disk=DyingDisk(steps_until_half_way(tmp_path / "counted")))
    (out / "src/b.py").write_text("by hand\n")
    (refusal,) = write_tree(make_tree(scenario.new), out).refused

    assert (refusal.code, "`src/b.py`" in refusal.reason) == ("SL703", True)
    assert (out / "src/b.py").read_text() == "by hand\n"
    assert write_tree(make_tree(scenario.new), out, force=True).recovered is Way.COMPLETE
    assert (out / "src/b.py").read_text() == "b2\n"


def test_a_folder_that_moved_is_recovered_where_it_is(tmp_path: Path) -> None:
    """No path of the machine is written down."""
    scenario = SCENARIOS["edited"]
    new = scenario.expected(tmp_path / "expected")
    out = tmp_path / "out"
    scenario.set_up(out)
    with pytest.raises(Killed):
        write_tree(make_tree(scenario.new), out, disk=DyingDisk(steps_until_half_way(tmp_path / "counted")))
    moved = out.rename(tmp_path / "moved")
    os.symlink(moved, out)

    assert recover_tree(out).recovered is Way.COMPLETE
    assert snapshot(moved) == new


def test_a_journal_is_read_as_it_was_written() -> None:
    """Also with names that are not ASCII."""
    journal = Journal(entries=(Entry(path="é/ü.py", old=None, new="1"), Entry(path=MANIFEST, old="2", new="3")))

    assert parse_journal(print_journal(journal).encode()) == journal


@pytest.mark.parametrize(
    ("target", "staged", "kept", "force", "way"),
    [
        ("old", "new", "old", False, Way.COMPLETE),
        ("new", None, "old", False, Way.COMPLETE),
        (None, "new", "old", False, Way.COMPLETE),
        ("old", None, None, False, Way.UNDO),
        ("old", "torn", "old", False, Way.UNDO),
        (None, "torn", "old", False, Way.UNDO),
        ("edited", "new", "old", False, Way.STUCK),
        ("edited", "new", "old", True, Way.COMPLETE),
        ("edited", "torn", "old", True, Way.UNDO),
        (None, "torn", "torn", True, Way.STUCK),
    ],
)
def test_the_way_is_chosen_by_what_is_there(
    target: str | None, staged: str | None, kept: str | None, force: bool, way: Way
) -> None:
    """Completed where that can be, else undone, else neither."""
    journal = Journal(entries=(Entry(path="a.py", old="old", new="new"),))

    assert choose_way(journal, [Found(target=target, staged=staged, kept=kept)], force=force) is way
