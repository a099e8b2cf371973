"""What is built has one digest: whatever the seed, the clock, the language, the order of files, the processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.regeneration.digest import SURROUNDINGS, Surrounding, copy_project, digest, interpreters


@pytest.fixture(scope="module", name="root")
def make_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project to build, in a folder with a space in its name."""
    root = tmp_path_factory.mktemp("digest") / "a project"
    copy_project(root)
    return root


@pytest.fixture(scope="module", name="here")
def make_here(root: Path) -> str:
    """The digest of a build in this surrounding."""
    return digest(Surrounding(), root)


@pytest.mark.parametrize("name", [name for name in SURROUNDINGS if name != "here"])
def test_a_surrounding_changes_nothing(root: Path, here: str, name: str) -> None:
    """Not a byte of any file, nor what is said, nor the order of either."""
    assert digest(SURROUNDINGS[name], root) == here


def test_a_cache_changes_nothing(root: Path, here: str, tmp_path: Path) -> None:
    """While it is filled, and once it is full."""
    cached = Surrounding(cached=str(tmp_path / "cache"), processors=2)

    assert digest(cached, root) == here
    assert list((tmp_path / "cache").glob("models-*.json"))
    assert digest(cached, root) == here


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_another_python_changes_nothing(root: Path, here: str, version: str) -> None:
    """Where there is one that has what specloom needs; the skip says which are missing."""
    others, absent = interpreters()
    if version not in others:
        pytest.skip(next((one for one in absent if one.startswith(version)), f"{version} is the one that runs this"))

    assert digest(Surrounding(python=others[version]), root) == here


def test_a_difference_would_show(root: Path, here: str, tmp_path: Path) -> None:
    """One letter in one description is another digest."""
    other = tmp_path / "other"
    copy_project(other)
    file = other / "cases" / "all_formats" / "spec.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("description: ", "description: A", 1), encoding="utf-8")

    assert digest(Surrounding(), other) != here
