"""What type checkers say of programs over the emitted package: nothing of right ones, and what is wrong of wrong ones.

`wrong.txt` is data: no tool that reads the Python of this project is to see it. Each of its lines that is wrong ends in
`# error: <code of mypy>`. Pyright is asked as basedpyright brings it, in the strict mode that it has itself.
"""

from __future__ import annotations

import ast
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
RIGHT = sorted((HERE / "right").glob("*.py"))
WRONG = (HERE / "wrong.txt").read_text(encoding="utf-8")
PYRIGHT = shutil.which("basedpyright", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
STRICT = {"typeCheckingMode": "strict", "pythonVersion": "3.11"}
MOST = 300.0


def marks() -> dict[int, str]:
    """Lines that are wrong, by number, each with the code that it is marked with."""
    found = {number: re.search(r"  # error: ([a-z-]+)$", line) for number, line in enumerate(WRONG.splitlines(), 1)}
    return {number: mark[1] for number, mark in found.items() if mark}


@pytest.fixture
def source(repository: Path) -> Path:
    """Where the emitted package is imported from."""
    return repository / "generated" / "huaweicloud-jobs" / "src"


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """The wrong programs, as Python."""
    file = tmp_path / "wrong.py"
    file.write_text(WRONG, encoding="utf-8")
    return file


def mypy(files: list[Path], source: Path, config: pytest.Config, cache: str) -> list[str]:
    """What `mypy --strict` says of files, line by line; what it learned of the package is kept for the next run."""
    kept: pytest.Cache | None = getattr(config, "cache", None)
    folder = kept.mkdir(f"mypy-{cache}") if kept else os.devnull
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--python-version=3.11"]
    ran = subprocess.run(
        [*command, "--no-error-summary", f"--cache-dir={folder}", *map(str, files)],
        cwd=files[0].parent,
        env=os.environ | {"MYPYPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
        timeout=MOST,
    )
    assert (ran.stderr, ran.returncode in (0, 1)) == ("", True)
    return ran.stdout.splitlines()


def pyright(paths: list[Path], source: Path, folder: Path) -> list[tuple[str, int]]:
    """File and line of each error of pyright in strict mode."""
    if PYRIGHT is None:
        pytest.skip("basedpyright is not installed: pip install -r requirements/dev.txt")
    for path in paths:
        shutil.copy(path, folder / path.name)
    settings = STRICT | {"extraPaths": [str(source)]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [PYRIGHT, "--project", str(folder), "--pythonpath", sys.executable, "--outputjson"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=MOST)
    said = json.loads(ran.stdout)
    assert said["summary"]["filesAnalyzed"] == len(paths)
    errors = [one for one in said["generalDiagnostics"] if one["severity"] == "error"]
    return [(Path(one["file"]).name, one["range"]["start"]["line"] + 1) for one in errors]


def test_there_are_forty_programs_of_each_kind() -> None:
    """Functions are counted in right programs, marked lines that differ in wrong ones."""
    programs = [
        node
        for file in RIGHT
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    lines = WRONG.splitlines()

    assert len(programs) >= 40
    assert len({lines[number - 1].strip() for number in marks()}) == len(marks()) >= 40
    assert WRONG.count("# error") == len(marks())


def test_the_project_asks_pyright_for_the_same(repository: Path) -> None:
    """`make types` has its strict mode too, and looks at what programs meet."""
    settings = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pyright"]

    assert {name: settings[name] for name in STRICT} == STRICT
    assert {"generator/specloom/runtime", "generated/huaweicloud-jobs/src", "tests/typing/right"} <= set(
        settings["include"]
    )


def test_right_programs_pass_mypy_strict(source: Path, pytestconfig: pytest.Config) -> None:
    """Nothing at all is said of them."""
    assert mypy(RIGHT, source, pytestconfig, "right") == []


def test_wrong_programs_fail_mypy_strict_line_by_line(wrong: Path, source: Path, pytestconfig: pytest.Config) -> None:
    """Each marked line has an error of its code, and no other line has any."""
    found: dict[int, set[str]] = {}
    for line in mypy([wrong], source, pytestconfig, "wrong"):
        if error := re.search(r"wrong\.py:(\d+): error: .*\[([a-z-]+)\]$", line):
            found.setdefault(int(error[1]), set()).add(error[2])
        else:
            assert ": note: " in line

    assert {number: code for number, code in marks().items() if code not in found.get(number, ())} == {}
    assert sorted(found.keys() - marks().keys()) == []


def test_right_programs_pass_pyright_strict(source: Path, tmp_path: Path) -> None:
    """Nothing is said of them there either."""
    assert pyright(RIGHT, source, tmp_path) == []


def test_wrong_programs_fail_pyright_line_by_line(source: Path, wrong: Path, tmp_path: Path) -> None:
    """Each marked line has an error, whatever it is called there, and no other line has any."""
    folder = tmp_path / "project"
    folder.mkdir()
    found = {line for _, line in pyright([wrong], source, folder)}

    assert sorted(found ^ marks().keys()) == []


@pytest.mark.parametrize("file", RIGHT, ids=[file.stem for file in RIGHT])
def test_right_programs_can_be_imported(file: Path) -> None:
    """What type checkers find in the package is there when a program runs."""
    assert runpy.run_path(str(file))["__doc__"]
