"""`specloom lint`: what it checks, prints and ends with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.unit.lint.command_line import SPEC, Ended, Run, make_project, run_process

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a project with one configured document."""
    return make_project(tmp_path, monkeypatch)


@pytest.fixture(name="run")
def make_run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line within this process."""
    return Run(capsys)


def test_lint_checks_the_configured_documents(run: Run) -> None:
    """Nothing to report is said, and fine."""
    assert run("lint") == Ended(0, "nothing to report\n", "")


@pytest.mark.parametrize("arguments", [(), ("spec/pets/openapi.yaml",)])
def test_lint_prints_on_stdout_and_ends_with_1(run: Run, project: Path, arguments: tuple[str, ...]) -> None:
    """Errors are what the command is for, so they are its output."""
    project.write_text(SPEC.replace("example: 7", "example: seven"))
    ended = run("lint", *arguments)

    assert ended.code == 1
    assert ended.out.startswith("spec/pets/openapi.yaml:12:107: SL541 the example does not fit its schema: it is of")
    assert ended.err == ""


def test_lint_minds_warnings_only_when_strict(run: Run, project: Path) -> None:
    """A warning is printed either way."""
    project.write_text(SPEC.replace("      summary: Show a pet\n", ""))
    ended, strict = run("lint"), run("lint", "--strict")

    assert (ended.code, strict.code) == (0, 1)
    assert ended.out == strict.out
    assert "SL502" in ended.out
    assert ended.out.endswith("1 warning\n")


def test_lint_tells_of_a_broken_file_without_a_traceback(run: Run, project: Path) -> None:
    """Any bytes are an input."""
    for content in (b"", b"\xff\xfe\x00", b"[1, 2]", b"openapi: [", b"openapi: 4.0.0\n", b"\x00"):
        project.write_bytes(content)
        ended = run("lint")

        assert ended.code == 1
        assert ended.out.startswith("spec/pets/openapi.yaml:")


def test_lint_has_formats_for_programs(run: Run, project: Path) -> None:
    """JSON, SARIF and workflow commands; the SARIF log lists every rule."""
    project.write_text(SPEC.replace("example: 7", "example: seven"))
    records, sarif = run("lint", "--format", "json"), run("lint", "--format", "sarif")
    listed = {rule["id"] for rule in json.loads(sarif.out)["runs"][0]["tool"]["driver"]["rules"]}

    assert json.loads(records.out)["errors"] == 1
    assert {"SL101", "SL205", "SL304", "SL501", "SL541"} <= listed
    assert run("lint", "--format", "github").out.startswith("::error file=spec/pets/openapi.yaml,line=12,col=107,")
    assert {records.code, sarif.code} == {1}


def test_lint_lists_and_explains_its_rules(run: Run) -> None:
    """A code, a name, and a code of an earlier stage can be asked for."""
    table = run("lint", "--rules")

    assert table.code == 0
    assert "SL541  error    unfit-example " in table.out
    assert run("lint", "--explain", "sl541").out == run("lint", "--explain", "unfit-example").out
    assert run("lint", "--explain", "SL541").out.startswith("SL541 unfit-example (error)\n")
    assert run("lint", "--explain", "SL101").out.startswith("SL101 (error)\n")


def test_any_encoding_will_do(project: Path) -> None:
    """A terminal that lacks a character shows its escape."""
    project.write_text(SPEC.replace("example: 7", "example: größer"), encoding="utf-8")
    ended = run_process("-m", "specloom", "lint", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert ended.returncode == 1
    assert "SL541" in ended.stdout
    assert ended.stderr == ""
