"""A small project, and command lines that are run in it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import specloom
from specloom import cli

if TYPE_CHECKING:
    from collections.abc import Mapping

SPEC = """\
openapi: 3.1.0
info: {title: Pets, version: '1', description: Pets.}
servers: [{url: 'https://pets.example.com'}]
tags: [{name: pets}]
paths:
  /pets/{id}:
    get:
      operationId: ShowPet
      summary: Show a pet
      tags: [pets]
      parameters:
        - {name: id, in: path, required: true, description: Which pet., schema: {type: integer}, example: 7}
      responses:
        '200':
          description: The pet.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pet'}
              examples: {rex: {value: {id: 7, name: Rex}}}
        default: {description: Any error.}
components:
  schemas:
    Pet:
      type: object
      required: [id]
      properties:
        id: {type: integer, description: Which pet.}
        name: {type: string, description: What it answers to.}
"""
CONFIGURATION = """\
[[tool.specloom.package]]
distribution = "acme-pets"
documents = ["spec/pets/openapi.yaml"]
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


def make_project(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project with one configured document, and stand in it; gives the document."""
    spec = folder / "spec" / "pets" / "openapi.yaml"
    spec.parent.mkdir(parents=True)
    spec.write_text(SPEC)
    (folder / "pyproject.toml").write_text(CONFIGURATION)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("SPECLOOM_DEBUG", raising=False)
    return spec


class Run:
    """Runs command lines, and tells how they ended."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Ended:
        """Run one."""
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main(arguments)
        out, err = self._capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err)


def process_environment(**more: str) -> Mapping[str, str]:
    """The environment in which another process finds the same specloom."""
    return {**os.environ, "PYTHONPATH": str(Path(specloom.__file__).parents[1]), **more}


def run_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with arguments as a process of its own."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=process_environment(**environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
