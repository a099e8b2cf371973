"""A case: a folder with the smallest document that shows one thing, and what has to come of it.

`spec.yaml` says in its first line why the case exists. `want/` holds what it is built into: `files.txt` lists the
emitted files that differ between packages, `diagnostics.txt` what is said about the document (absent for nothing),
and every other file is compared with the emitted one of its name: `api.md`, `client.py`, `jobs.py`, `models/jobs.py`
(those of the service, whose folder is left out), `tests/...`. Only what a case is about is held. Where there is a
`settings.toml`, it holds keys of a package that say how its document is read.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from specloom.emit import hash_text
from specloom.pipeline import build, lower_document
from specloom.python import Target, plan
from specloom.reading import STRICT, Reading
from specloom.reading_settings import read_reading
from specloom.render import render_page
from specloom.settings import PackageSettings, settings_for
from specloom.shipped import templates_folder
from specloom.toml_places import find_places
from specloom.toml_report import TomlReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.diagnostics import Diagnostic
    from specloom.pipeline import Build

CASES = Path(__file__).parent
ALIKE = {"README.md", "manifest.json", "pyproject.toml", "tests/exchange.py"}
"""Files that say nothing about a single case, beside the runtime and the entries of packages."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case, by the name of its folder."""

    name: str

    @property
    def folder(self) -> Path:
        return CASES / self.name

    @property
    def document(self) -> Path:
        return self.folder / "spec.yaml"

    @property
    def import_name(self) -> str:
        """Unique among the cases, so that all of them can be imported by one process."""
        return f"case_{self.name}"

    @property
    def package(self) -> PackageSettings:
        """How the package of the case is built; nothing is written to `out`, nor is anything there."""
        out = self.folder / "out"
        (package,) = settings_for(self.document, import_name=self.import_name, out=out).packages
        return replace(package, reading=self.reading)

    @property
    def reading(self) -> Reading:
        """How its document is read: as one's own, unless it has settings."""
        file = self.folder / "settings.toml"
        if not file.exists():
            return STRICT
        text = file.read_text(encoding="utf-8")
        report = TomlReport(file.as_posix(), find_places(text))
        reading = read_reading(tomllib.loads(text), self.folder, (), report)
        assert report.found == []
        return reading

    @property
    def is_package(self) -> bool:
        """Whether a package is to come of the document; else it is refused."""
        return (self.folder / "want" / "files.txt").exists()

    def __str__(self) -> str:
        return self.name


def list_cases() -> list[Case]:
    """Every case, in the order of their names."""
    return [Case(folder.parent.name) for folder in sorted(CASES.glob("*/spec.yaml"))]


@cache
def build_case(case: Case) -> Build:
    """Build the package of a case in memory."""
    return build(case.package, case.folder)


def built_cases() -> list[Case]:
    """The cases that a package comes of."""
    return [case for case in list_cases() if _built(case)]


def _built(case: Case) -> Mapping[str, str]:
    """The files of a case; none where the generator breaks, which the case's own test says."""
    try:
        return build_case(case).files
    except Exception:
        return {}


def print_pages(case: Case) -> dict[str, str]:
    """What the templates print for a case, before any formatter has seen it."""
    api, _ = lower_document(case.document, case.reading)
    assert api is not None
    settings = case.package
    target = Target(
        distribution=settings.distribution,
        import_name=settings.import_name,
        version=settings.version,
        description=settings.description,
        templates=templates_folder(),
    )
    api = replace(api, sources=(case.document.name,))
    return {path: render_page(page) for path, page in plan([api], target).pages.items()}


def emitted(case: Case) -> dict[str, str]:
    """The emitted files that a case may hold as goldens, by their short names."""
    return {
        short: text
        for path, text in build_case(case).files.items()
        if (short := _short(case, path)) not in ALIKE and not short.endswith(("__init__.py", "py.typed", "errors.py"))
        if not short.startswith(
            ("_runtime/", f"tests/test_{case.import_name}.py", f"tests/fixtures/{case.import_name}/")
        )
    }


def _short(case: Case, path: str) -> str:
    """The name of an emitted file within its case: without the folders of the package and of its one service."""
    inner = path.removeprefix(f"src/{case.import_name}/")
    return inner if inner == path or inner.startswith("_runtime/") else inner.partition("/")[2] or inner


def said(case: Case) -> str:
    """What is said about the document of a case."""
    return "".join(_said(one, case.folder) for one in build_case(case).diagnostics)


def _said(one: Diagnostic, folder: Path) -> str:
    hint = f"    {one.hint}\n" if one.hint else ""
    # Files are shown from the working directory, in messages too; here they are from the folder of the case.
    name = Path(one.location.file).absolute().relative_to(folder).as_posix()
    return f"{one}\n{hint}".replace(one.location.file.removesuffix(name), "")


def expected(case: Case) -> dict[str, str]:
    """What `want/` is to hold, by name: the goldens that are there, and what every case holds.

    A case without any starts with its index of operations and its models; to hold another file, create it empty.
    """
    files = emitted(case)
    held = sorted(read_golden(case)) or [name for name in files if name == "api.md" or name.startswith("models/")]
    wanted = {name: files.get(name, "") for name in held if name not in {"files.txt", "diagnostics.txt"}}
    if files:
        wanted["files.txt"] = "".join(f"{name}\n" for name in sorted(files))
    if said(case):
        wanted["diagnostics.txt"] = said(case)
    return {name: text for name, text in wanted.items() if text}


def read_golden(case: Case) -> dict[str, str]:
    """What `want/` holds, by name."""
    want = case.folder / "want"
    return {
        file.relative_to(want).as_posix(): file.read_text(encoding="utf-8")
        for file in want.rglob("*")
        if file.is_file()
    }


def write_golden(case: Case, wanted: Mapping[str, str]) -> list[str]:
    """Make `want/` hold what is given, and say which of its files changed."""
    found, want = read_golden(case), case.folder / "want"
    changed = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
    for name in changed:
        file = want / name
        if name in wanted:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            file.unlink()
    return changed


def write_packages(cases: Iterable[Case], folder: Path) -> None:
    """Write packages side by side (`src`) and their tests together (`tests`).

    The runtime, the same in each, is written once and linked to, and the tests that every package has are called after
    theirs. Two cases that would write one test file differently have one title: that is refused.
    """
    for case in cases:
        for path, text in build_case(case).files.items():
            if path.startswith(("src/", "tests/")) and "/_runtime/" not in path:
                _write(folder / path.replace("/test_clients.py", f"/test_clients_of_{case.import_name}.py"), text)
        _write_runtime(case, folder)


def _write(file: Path, text: str) -> None:
    if file.exists() and file.name != "exchange.py":
        raise AssertionError(f"two cases write {file.name}: give their documents different titles")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _write_runtime(case: Case, folder: Path) -> None:
    once = folder / "runtime"
    prefix = f"src/{case.import_name}/_runtime/"
    files = {
        path.removeprefix(prefix): text for path, text in build_case(case).files.items() if path.startswith(prefix)
    }
    found = {file.relative_to(once).as_posix(): file.read_text(encoding="utf-8") for file in once.rglob("*.py")}
    # Packages have the modules that they can use, and each of them is the same in all.
    assert all(found.get(name, text) == text for name, text in files.items())
    for name in files.keys() - found.keys():
        _write(once / name, files[name])
    (folder / "src" / case.import_name / "_runtime").symlink_to(once, target_is_directory=True)


def share_runtime(cases: Iterable[Case], folder: Path) -> None:
    """Let packages name one runtime in place of their own, for a type checker that would read each anew."""
    once = folder / "src" / "runtime_of_all"
    (folder / "runtime").rename(once)
    for case in cases:
        link = folder / "src" / case.import_name / "_runtime"
        link.unlink()
        for file in sorted(once.rglob("*.py")):
            module = ".".join(("runtime_of_all", *file.relative_to(once).with_suffix("").parts)).removesuffix(
                ".__init__"
            )
            _write(link / file.relative_to(once), f"from {module} import *\n")


def hashes() -> dict[str, dict[str, str]]:
    """Hash of every file of every package, and of what is said, by case."""
    return {case.name: _hashes(case) for case in list_cases()}


def _hashes(case: Case) -> dict[str, str]:
    try:
        texts = {**build_case(case).files, "said": said(case)}
    except Exception as error:
        texts = {"broken": type(error).__name__}
    return {path: hash_text(text) for path, text in texts.items()}


if __name__ == "__main__":
    print(json.dumps(hashes()))
