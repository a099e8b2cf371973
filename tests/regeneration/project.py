"""A copy of the project's spec and configuration that a test may edit and build again."""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic
from specloom.emit import write_tree
from specloom.pipeline import build, lower_document
from specloom.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.model import Api
    from specloom.settings import PackageSettings

OUT = "generated/huaweicloud-jobs"
Tree = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with `spec/`, `pyproject.toml` and, once it is built, `generated/`."""

    root: Path

    @property
    def out(self) -> Path:
        """The emitted distribution."""
        return self.root / OUT

    def package(self) -> PackageSettings:
        """The one package that is configured."""
        settings, faults = load_settings(self.root / "pyproject.toml")
        assert settings is not None, faults
        (package,) = settings.packages
        return package

    def build(self) -> tuple[Diagnostic, ...]:
        """Build in this process and write what differs; gives what the build has to say."""
        made = build(self.package(), self.root)
        assert made.files, made.diagnostics
        assert write_tree(made.files, self.out).refused == ()
        return made.diagnostics

    def lower(self) -> tuple[Api, ...]:
        """The API models of the documents, for the server."""
        lowered = [lower_document(path) for path in self.package().documents]
        assert all(api is not None for api, _ in lowered), lowered
        return tuple(api for api, _ in lowered if api is not None)

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text that occurs once in a file."""
        path = self.root / file
        text = path.read_bytes().decode()
        assert text.count(old) == 1, f"{file} holds {text.count(old)} times: {old}"
        path.write_bytes(text.replace(old, new).encode())

    def tree(self) -> Tree:
        """What is generated, by path."""
        return read_tree(self.out)

    def run(self, *arguments: str, cwd: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        """Run `specloom` in a process of its own.

        Args:
            arguments: The command line after `specloom`.
            cwd: Folder to run in, relative to the project.
            variables: Environment variables to set.
        """
        return run_python("-m", "specloom", *arguments, cwd=self.root / cwd, **variables)

    def use(self, program: str, *arguments: str) -> str:
        """Run a program that imports the package as it is generated here; gives what it prints."""
        ended = run_python("-c", program, *arguments, cwd=self.root, PYTHONPATH=str(self.out / "src"))
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def run_emitted_tests(self) -> str:
        """Run the emitted tests in a process of their own; gives the last line, which counts them."""
        ended = run_python("-m", "pytest", "tests", "-q", cwd=self.out, PYTHONDONTWRITEBYTECODE="1")
        assert ended.returncode == 0, ended.stdout
        return ended.stdout.strip().splitlines()[-1]


def run_python(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run this interpreter in a process of its own."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=os.environ | variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def copy_sources(repository: Path, root: Path) -> Project:
    """Copy spec and configuration, not what is generated."""
    shutil.copytree(repository / "spec", root / "spec")
    shutil.copy(repository / "pyproject.toml", root)
    return Project(root)


def read_tree(folder: Path) -> Tree:
    """All files below a folder but the caches of tools, by path."""
    found = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in found.items()
        if not any(part == "__pycache__" or part.startswith(".") for part in name.parts)
    }


def changed_files(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """Paths of what differs between two trees, came or went."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def changed_lines(before: Tree, after: Tree, paths: Sequence[str] | set[str]) -> list[str]:
    """Every removed and added line of some files, marked `-` and `+`."""
    lines: list[str] = []
    for path in sorted(paths):
        old, new = (tree.get(path, b"").decode().splitlines() for tree in (before, after))
        compared = list(difflib.unified_diff(old, new, lineterm="", n=0))[2:]
        lines += [line for line in compared if not line.startswith("@@")]
    return lines
