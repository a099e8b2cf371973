"""The output depends on the spec alone: not on the machine, its settings, the folder or the order of files."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.regeneration.project import Project, changed_files

if TYPE_CHECKING:
    from collections.abc import Mapping

SURROUNDINGS: list[tuple[str, Mapping[str, str]]] = [
    ("", {"PYTHONHASHSEED": "0", "TZ": "Asia/Kolkata", "LC_ALL": "C", "PYTHONUTF8": "0"}),
    ("spec/common", {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "COLUMNS": "40"}),
    ("generated/elsewhere", {"PYTHONHASHSEED": "random", "TZ": "America/St_Johns", "NO_COLOR": "1"}),
]


def copy_backwards(source: Path, target: Path) -> None:
    """Copy a folder so that the files of each folder are made in the opposite order."""
    target.mkdir(parents=True)
    for path in sorted(source.iterdir(), reverse=True):
        if path.is_dir():
            copy_backwards(path, target / path.name)
        else:
            shutil.copy(path, target / path.name)


@pytest.mark.parametrize(("cwd", "variables"), SURROUNDINGS, ids=["root", "spec", "elsewhere"])
def test_surroundings_change_nothing(pristine: Project, tmp_path: Path, cwd: str, variables: Mapping[str, str]) -> None:
    """Hash seed, time zone, locale, current folder and the order in which files were made."""
    project = Project(tmp_path / "a folder, somewhere else")
    copy_backwards(pristine.root / "spec", project.root / "spec")
    shutil.copy(pristine.root / "pyproject.toml", project.root)
    (project.root / cwd).mkdir(parents=True, exist_ok=True)
    ended = project.run("build", cwd=cwd, **variables)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert changed_files(pristine.tree(), project.tree()) == set()
