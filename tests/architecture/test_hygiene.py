"""What no file of the project may hold: a package index, a path of somebody's machine; and what each must."""

from __future__ import annotations

import ast
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Spelled apart, for this file is read as well.
INDEXES = re.compile(
    "|".join([r"pypi\." + "org", r"pythonhosted\." + "org", r"registry\.npm" + r"js\.", "--(extra-)?index" + "-url"])
)
MACHINE_PATHS = re.compile(r"(?<![\w.:/}>*-])/(home|root|tmp|work|Users)" + r"/\w")


def test_no_file_names_an_index_or_a_path_of_a_machine(repository: Path) -> None:
    """A checkout works anywhere, with whatever index the machine is set up for."""
    assert [fault for file in list_files(repository) for fault in find_faults(file, repository)] == []


@pytest.mark.parametrize(
    "line", ["https://pypi." + "org/simple", "--index" + "-url x", 'open("/' + 'home/me/spec.yaml")']
)
def test_a_fault_is_found(tmp_path: Path, line: str) -> None:
    """A line that breaks the rule is named with file and number."""
    file = tmp_path / "file.txt"
    file.write_text(f"fine\n{line}\n")

    assert list(find_faults(file, tmp_path)) == [f"file.txt:2: {line}"]


def test_requirements_hold_hashes_and_no_address(repository: Path) -> None:
    """Each pin has its hashes, and none says where to get it."""
    text = (repository / "requirements" / "dev.txt").read_text()
    pins = [block for block in re.split(r"\n(?=\S)", text) if not block.startswith("#")]

    assert "://" not in text
    assert [
        pin for pin in pins if not re.match(r"[a-z0-9.-]+==\S+( ; .*)? \\\n(\s+--hash=sha256:[0-9a-f]{64}.*)+", pin)
    ] == []


def test_every_module_says_what_it_is_for(repository: Path) -> None:
    """The first statement of each module of the generator and of the tests is a docstring."""
    folders = (repository / "generator", repository / "tests")
    modules = [file for folder in folders for file in sorted(folder.rglob("*.py")) if "want" not in file.parts]

    assert [str(file) for file in modules if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))] == []


def list_files(repository: Path) -> list[Path]:
    """List the files of the project: what git tracks, and what it would."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=repository, capture_output=True, check=True, text=True).stdout
    return [file for name in listed.split("\0") if name and (file := repository / name).is_file()]


def find_faults(file: Path, root: Path) -> Iterator[str]:
    """Yield each line of a text file that holds what it may not."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return
    for number, line in enumerate(lines, 1):
        if INDEXES.search(line) or MACHINE_PATHS.search(line):
            yield f"{file.relative_to(root).as_posix()}:{number}: {line.strip()[:120]}"
