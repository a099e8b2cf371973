"""A build with nothing to do is known as one; whatever could change the output is noticed."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from specloom.emit import MANIFEST, PLACE, hash_text, write_tree
from specloom.fingerprint import STATE_FOLDER, Machinery, hash_file, read_current, read_tools, record_state
from specloom.location import Location
from specloom.reading import Reading, Selection, Wanted
from specloom.settings import PackageSettings


@dataclasses.dataclass(frozen=True)
class Project:
    """A small project that has just been built."""

    root: Path
    package: PackageSettings
    machinery: Machinery

    def is_current(self) -> bool:
        """Whether a build would have nothing to do."""
        return read_current(self.package, self.root, self.machinery) is not None


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Build, without a generator: the files are there, and the state is recorded."""
    root = tmp_path / "project"
    texts = {"spec/a.yaml": "a\n", "templates/t.jinja": "t\n", "generator/g.py": "g\n", "generator/sub/h.py": "h\n"}
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    package = PackageSettings(
        distribution="acme-jobs",
        import_name="acme_jobs",
        out=root / "out",
        version="0.1.0",
        documents=(root / "spec/a.yaml",),
        description="",
        location=Location("pyproject.toml", 3),
    )
    machinery = Machinery(generator=root / "generator", templates=root / "templates", tools=("black-26.1.0",))
    files = {"a.py": "a\n", "b/c.py": "c\n"}
    manifest = json.dumps({"files": {path: hash_text(text) for path, text in files.items()}})
    write_tree({**files, MANIFEST: manifest}, package.out)
    inputs = {"spec/a.yaml": hash_file(root / "spec/a.yaml")}
    record_state(package, root, machinery, inputs=inputs, warnings=("spec/a.yaml:1:1: SL501 dull",))
    return Project(root, package, machinery)


def test_after_a_build_there_is_nothing_to_do(project: Project) -> None:
    """And the warnings of that build are still at hand."""
    state = read_current(project.package, project.root, project.machinery)

    assert state is not None
    assert state.warnings == ("spec/a.yaml:1:1: SL501 dull",)


def test_the_state_moves_with_the_checkout(project: Project, tmp_path: Path) -> None:
    """No path of the machine is in it: where a checkout lies decides nothing."""
    moved = tmp_path / "elsewhere"
    shutil.move(project.root, moved)
    package = dataclasses.replace(project.package, out=moved / "out", documents=(moved / "spec/a.yaml",))
    machinery = dataclasses.replace(project.machinery, generator=moved / "generator", templates=moved / "templates")

    assert Project(moved, package, machinery).is_current()
    assert str(tmp_path) not in (moved / STATE_FOLDER / "acme-jobs.json").read_text()


@pytest.mark.parametrize(
    "name", ["spec/a.yaml", "templates/t.jinja", "generator/g.py", "generator/sub/h.py", "out/a.py", f"out/{MANIFEST}"]
)
@pytest.mark.parametrize("change", ["edit", "remove"])
def test_a_changed_file_is_noticed(project: Project, name: str, change: str) -> None:
    """Whatever went in, and whatever came out."""
    if change == "edit":
        (project.root / name).write_text("{}\n")
    else:
        (project.root / name).unlink()

    assert not project.is_current()


@pytest.mark.parametrize("name", ["journal.json", "lock"])
def test_what_is_left_of_a_build_that_was_cut_short_is_noticed(project: Project, name: str) -> None:
    """Also where all files are as they should be: it is to be completed, or tidied up."""
    (project.package.out / PLACE).mkdir()
    (project.package.out / PLACE / name).touch()

    assert not project.is_current()


@pytest.mark.parametrize("name", ["templates/new.jinja", "generator/new.py", "generator/new.json"])
def test_a_new_file_of_the_generator_is_noticed(project: Project, name: str) -> None:
    """A folder is more than the files that it had."""
    (project.root / name).touch()

    assert not project.is_current()


@pytest.mark.parametrize(
    "name", ["generator/__pycache__/g.pyc", "generator/.cache/x.json", "out/notes.txt", "notes.txt"]
)
def test_files_that_decide_nothing_are_not_noticed(project: Project, name: str) -> None:
    """Caches, and files that are not ours."""
    (project.root / name).parent.mkdir(exist_ok=True)
    (project.root / name).touch()

    assert project.is_current()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("import_name", "other"),
        ("version", "0.2.0"),
        ("description", "Jobs"),
        ("out", Path("other")),
        ("documents", (Path("spec/b.yaml"),)),
        ("models", "own"),
        ("readme", Path("spec/README.md")),
        ("reading", Reading(tolerant=True)),
        ("reading", Reading(overlays=(Path("o.yaml"),))),
        ("reading", Reading(select=Selection(tags=(Wanted("a", Location("pyproject.toml")),)))),
        ("reading", Reading(select=Selection(paths=(Wanted("a", Location("pyproject.toml")),)))),
    ],
)
def test_a_changed_configuration_is_noticed(project: Project, field: str, value: Any) -> None:
    """Every key that a package has."""
    package = dataclasses.replace(project.package, **{field: value})

    assert not dataclasses.replace(project, package=package).is_current()


def test_every_key_of_the_configuration_counts() -> None:
    """A new key of a package must be put to the test above, or be known to decide nothing."""
    counted = {
        "distribution",
        "import_name",
        "out",
        "version",
        "documents",
        "description",
        "readme",
        "reading",
        "models",
    }

    assert {field.name for field in dataclasses.fields(PackageSettings)} - counted == {"location"}


def test_where_a_package_is_configured_decides_nothing(project: Project) -> None:
    """A line added above it in pyproject.toml is no reason to build."""
    package = dataclasses.replace(project.package, location=Location("pyproject.toml", 99))

    assert dataclasses.replace(project, package=package).is_current()


def test_another_version_of_a_tool_is_noticed(project: Project) -> None:
    """Black's new style is new output."""
    machinery = dataclasses.replace(project.machinery, tools=("black-26.2.0",))

    assert not dataclasses.replace(project, machinery=machinery).is_current()


def test_an_edit_made_while_building_is_noticed(project: Project) -> None:
    """What counts is what was read, not what lies there when the build ends."""
    record_state(project.package, project.root, project.machinery, inputs={"spec/a.yaml": hash_text("before\n")})

    assert not project.is_current()


@pytest.mark.parametrize("text", ["", "{}", "[]", "\0", '{"format": 2}', '{"format": 1, "inputs": []}'])
def test_a_damaged_state_is_none(project: Project, text: str) -> None:
    """It is a cache: the answer is to build."""
    (project.root / STATE_FOLDER / "acme-jobs.json").write_text(text)

    assert not project.is_current()


def test_without_a_state_there_is_a_build(project: Project) -> None:
    """As on a fresh checkout."""
    shutil.rmtree(project.root / STATE_FOLDER)

    assert not project.is_current()


def test_the_state_is_hidden_from_git(project: Project) -> None:
    """In any project, without an entry in its .gitignore."""
    subprocess.run(["git", "init", "--quiet"], cwd=project.root, check=True)
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"],
        cwd=project.root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert "spec/a.yaml" in listed
    assert STATE_FOLDER not in listed


def test_a_state_that_cannot_be_written_is_only_lost(project: Project) -> None:
    """A read-only checkout builds; it only builds again next time."""
    shutil.rmtree(project.root / STATE_FOLDER)
    (project.root / STATE_FOLDER).touch()
    record_state(project.package, project.root, project.machinery, inputs={})

    assert not project.is_current()


def test_the_installed_tools_are_found_without_reading_them() -> None:
    """Names and versions of what is on the path; folders that are not there are passed over."""
    tools = read_tools([*sys.path, "no such folder"])

    assert [tool for tool in tools if tool.startswith("pytest-9")]
    assert tools == tuple(sorted(tools))


def test_the_decision_imports_nothing_heavy() -> None:
    """The answer takes less time than importing what a build needs."""
    code = "import sys, specloom.settings, specloom.fingerprint; print(*sys.modules)"
    environment = {"PYTHONPATH": str(Path(sys.modules["specloom"].__path__[0]).parent)}
    run = subprocess.run(
        [sys.executable, "-S", "-c", code], env=environment, check=True, capture_output=True, text=True
    )
    heavy = {
        "asyncio",
        "black",
        "difflib",
        "importlib.metadata",
        "jinja2",
        "jsonschema",
        "pydantic",
        "tempfile",
        "yaml",
    }

    assert heavy & set(run.stdout.split()) == set()
