"""A project to edit, built once and copied for every test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.regeneration.project import Project, copy_sources


@pytest.fixture(scope="session")
def pristine(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Spec and configuration of the repository, built where nothing was generated; not to be edited."""
    project = copy_sources(repository, tmp_path_factory.mktemp("pristine"))
    project.build()
    return project


@pytest.fixture
def project(pristine: Project, tmp_path: Path) -> Project:
    """A copy to edit."""
    return Project(Path(shutil.copytree(pristine.root, tmp_path / "project")))
