"""`specloom build --check` tells every kind of drift, prints it as a diff, and writes nothing."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.regeneration.project import Project

MODELS = "src/huaweicloud_jobs/lakeformation/models/jobs.py"


def edit_output(project: Project) -> None:
    """Somebody mends a generated file by hand."""
    project.edit(f"{project.out.relative_to(project.root)}/{MODELS}", "The gist of the", "What is left of the")


def edit_spec(project: Project) -> None:
    """Somebody edits the spec and forgets to build."""
    project.edit("spec/lakeformation/jobs.yaml", "The gist of the run's log.", "The log in short.")


def delete_output(project: Project) -> None:
    """Somebody deletes a generated file."""
    (project.out / MODELS).unlink()


def test_a_fresh_tree_is_not_stale(project: Project) -> None:
    """Exit code 0 and no diff: built anew in memory, and once more from what the last build left behind."""
    anew = project.run("build", "--check")
    project.run("build")
    remembered = project.run("build", "--check")

    assert (anew.returncode, anew.stdout) == (0, "")
    assert (remembered.returncode, remembered.stdout) == (0, "")
    assert "none stale" in anew.stderr
    assert "nothing to do" in remembered.stderr


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (edit_output, ['-    """What is left of the run\'s log."""', '+    """The gist of the run\'s log."""']),
        (edit_spec, ['-    """The gist of the run\'s log."""', '+    """The log in short."""']),
        (delete_output, ["--- /dev/null", "+class JobHistory(Model):"]),
    ],
)
def test_what_is_stale_is_printed_as_a_diff(
    project: Project, change: Callable[[Project], None], expected: list[str]
) -> None:
    """Exit code 1; nothing is written; `patch` makes of the tree what a build would."""
    project.run("build")
    change(project)
    before = project.tree()
    ended = project.run("build", "--check")

    assert ended.returncode == 1
    assert f"+++ b/{MODELS}" in ended.stdout.splitlines()
    assert [line for line in expected if line not in ended.stdout.splitlines()] == []
    assert "stale" in ended.stderr
    assert project.tree() == before
    subprocess.run(
        ["git", "apply", "-p1", "-"], cwd=project.out, input=ended.stdout, text=True, check=True, capture_output=True
    )
    assert project.run("build", "--check").returncode == 0


def test_foreign_files_are_left_alone(project: Project) -> None:
    """What somebody else put into the folder is neither stale nor touched."""
    foreign = project.out / "src" / "huaweicloud_jobs" / "lakeformation" / "mine.py"
    foreign.write_text("MINE = True\n", encoding="utf-8")
    checked = project.run("build", "--check")
    edit_spec(project)
    built = project.run("build")

    assert (checked.returncode, checked.stdout) == (0, "")
    assert (built.returncode, foreign.read_text(encoding="utf-8")) == (0, "MINE = True\n")
    assert "The log in short." in (project.out / MODELS).read_text(encoding="utf-8")


def test_a_foreign_file_in_the_way_is_refused(project: Project) -> None:
    """A build that would overwrite somebody's file says so and writes nothing at all."""
    project.edit("pyproject.toml", 'out = "generated/huaweicloud-jobs"', 'out = "generated/other"')
    mine = project.root / "generated" / "other" / "api.md"
    mine.parent.mkdir()
    mine.write_text("mine\n", encoding="utf-8")
    ended = project.run("build")

    assert ended.returncode == 1
    assert "api.md" in ended.stderr
    assert [path.name for path in mine.parent.iterdir()] == ["api.md"]
    assert mine.read_text(encoding="utf-8") == "mine\n"
