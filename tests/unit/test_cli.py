"""The command line: what each command prints where, and with which code it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from specloom import __version__, cli
from tests.unit.lint.command_line import CONFIGURATION, SPEC, Ended, Run, make_project, process_environment, run_process

if TYPE_CHECKING:
    from collections.abc import Iterator

OUT = Path("generated/acme-pets")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a project with one configured document."""
    return make_project(tmp_path, monkeypatch)


@pytest.fixture(name="run")
def make_run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line within this process."""
    return Run(capsys)


# -- all commands -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [(), ("build",), ("lint",), ("dump",), ("serve",)])
def test_help_shows_by_example(run: Run, command: tuple[str, ...]) -> None:
    """Every command has an example that can be pasted."""
    ended = run(*command, "--help")

    assert ended.code == 0
    assert f"  specloom {command[0] if command else 'build'}" in ended.out


def test_the_version_is_printed(run: Run) -> None:
    """`--version` names program and version."""
    assert run("--version").out == f"specloom, version {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("weave",), "No such command 'weave'"),
        (("build", "--weave"), "No such option"),
        (("build", "none.yaml", "--package", "pets", "--out", "x"), "'none.yaml' does not exist"),
        (("build", "spec/pets/openapi.yaml", "--out", "x"), "needs --package"),
        (("build", "spec/pets/openapi.yaml", "--package", "pets"), "needs --out"),
        (("build", "--package", "pets"), "--package needs a SPEC"),
        (("build", "--version", "1"), "--version needs a SPEC"),
        (("build", "--tolerant"), "--tolerant needs a SPEC"),
        (("build", "--tag", "pets"), "--tag needs a SPEC"),
        (("lint", "--overlay", "pyproject.toml"), "--overlay needs a SPEC"),
        (("dump", "spec/pets/openapi.yaml", "--overlay", "none.yaml"), "'none.yaml' does not exist"),
        (("build", "spec/pets/openapi.yaml", "--package", "my-pets", "--out", "x"), "is not a Python identifier"),
        (("build", "spec/pets/openapi.yaml", "--package", "json", "--out", "x"), "standard library"),
        (("build", "spec/pets/openapi.yaml", "--package", "pets", "--out", "spec"), "contains the document"),
        (("build", "spec/pets/openapi.yaml", "--package", "p", "--out", "x", "--version", "x"), "is not a version"),
        (("build", "spec/pets/openapi.yaml", "--package", "p", "--out", "x", "--distribution", "-"), "distribution"),
        (("lint", "none.yaml"), "'none.yaml' does not exist"),
        (("lint", "spec"), "is a directory"),
        (("lint", "--format", "xml"), "'xml' is not one of"),
        (("lint", "--explain", "SL999"), "there is no rule `SL999`"),
        (("dump",), "Missing argument"),
        (("serve",), "Missing argument"),
        (("serve", "spec/pets/openapi.yaml", "--port", "65536"), "--port"),
    ],
)
def test_wrong_usage_ends_with_2(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """What is wrong with a command line is said on stderr, in words of the command line."""
    ended = run(*arguments)

    assert ended.code == 2
    assert said in " ".join(ended.err.split())
    assert ended.out == ""


@pytest.mark.parametrize("command", ["build", "lint"])
def test_no_configuration_is_wrong_usage(run: Run, command: str) -> None:
    """Without a SPEC there must be a table in some pyproject.toml."""
    Path("pyproject.toml").write_text("[project]\n")
    ended = run(command)

    assert ended.code == 2
    assert "[tool.specloom]" in ended.err


@pytest.mark.parametrize("command", ["build", "lint"])
def test_a_fault_of_the_configuration_has_its_place(run: Run, command: str) -> None:
    """pyproject.toml is an input like any other: file, line, column, code."""
    Path("pyproject.toml").write_text(CONFIGURATION.replace("openapi.yaml", "opnapi.yaml"))
    ended = run(command)

    assert ended.code == 1
    assert ended.err.startswith("pyproject.toml:3:14: SL605 ")


def test_a_fault_of_ours_takes_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback, no text of a document that acts; the code tells it from bad input."""

    def fail() -> None:
        raise KeyError("a\x1b[2J\nb")

    monkeypatch.setattr(cli, "_configured", fail)
    ended = run("lint")

    assert ended.code == 70
    assert ended.err.splitlines()[0] == "specloom: internal error: KeyError: 'a\\x1b[2J\\nb'"
    assert "SPECLOOM_DEBUG=1" in ended.err


def test_a_fault_of_ours_has_a_traceback_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """`SPECLOOM_DEBUG=1` is for those who mend it."""

    def fail() -> None:
        raise KeyError("a")

    monkeypatch.setenv("SPECLOOM_DEBUG", "1")
    monkeypatch.setattr(cli, "_configured", fail)

    with pytest.raises(KeyError):
        cli.main(["lint"])


def test_a_reader_that_leaves_is_no_fault() -> None:
    """`specloom lint --rules | head -1` ends quietly."""
    with subprocess.Popen(
        [sys.executable, "-m", "specloom", "lint", "--format", "sarif"],
        env=process_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()

    assert err == b""


# -- build ------------------------------------------------------------------------------------------------------------


def test_build_writes_what_is_configured(run: Run) -> None:
    """One line a package: operations, files, and how many of them changed."""
    ended = run("build")
    files = sum(path.is_file() for path in OUT.rglob("*"))

    assert ended == Ended(0, f"acme-pets: 1 operation, {files} files, {files} changed\n", "")
    assert (OUT / "manifest.json").is_file()


def test_a_second_build_has_nothing_to_do(run: Run) -> None:
    """Neither the build nor the check looks further than the fingerprint."""
    run("build")

    assert run("build") == Ended(0, "acme-pets: nothing to do\n", "")
    assert run("build", "--check") == Ended(0, "", "acme-pets: nothing to do\n")


def test_a_build_with_nothing_to_do_imports_nothing_heavy(run: Run) -> None:
    """What is decided from a fingerprint needs neither the validator nor the templates."""
    run("build")
    code = (
        "import sys\nfrom specloom.cli import main\ntry:\n    main(['build'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'yaml', 'jinja2', 'black', 'jsonschema', 'datamodel_code_generator', 'specloom.pipeline', "
        "'specloom.document', 'specloom.lint'} & sys.modules.keys()))\n"
    )

    assert run_process("-c", code).stdout.splitlines()[-1] == "[]"


def test_a_change_of_the_spec_changes_what_carries_it(run: Run, project: Path) -> None:
    """A build after an edit writes some files and not all; the one after that does nothing."""
    run("build")
    project.write_text(SPEC.replace("Show a pet", "Show one pet"))
    ended = run("build")
    files = sum(path.is_file() for path in OUT.rglob("*"))

    assert ended.code == 0
    assert f"{files} files, " in ended.out
    assert not ended.out.endswith((f" {files} changed\n", " 0 changed\n"))
    assert run("build").out == "acme-pets: nothing to do\n"


def test_check_prints_a_diff_and_writes_nothing(run: Run, project: Path) -> None:
    """The diff goes to stdout, what to do about it to stderr."""
    run("build")
    before = {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()}
    project.write_text(SPEC.replace("Show a pet", "Show one pet"))
    ended = run("build", "--check")

    assert ended.code == 1
    assert "--- a/" in ended.out
    assert any(line.startswith("+") and "Show one pet" in line for line in ended.out.splitlines())
    assert "`specloom build` writes them" in ended.err
    assert {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()} == before


def test_check_finds_what_was_edited_by_hand(run: Run) -> None:
    """An emitted file is not to be edited, and the check says so."""
    run("build")
    (OUT / "README.md").write_text("mine\n")
    ended = run("build", "--check")

    assert ended.code == 1
    assert "-mine\n" in ended.out
    assert "(1 edited by hand)" in ended.err


def test_a_build_stops_at_what_was_edited_by_hand(run: Run, project: Path) -> None:
    """With the line, the edit, and where to put it; `--force` overwrites it."""
    run("build")
    readme = (OUT / "README.md").read_text()
    (OUT / "README.md").write_text(readme + "mine\n")
    before = {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()}
    ended = run("build")
    line = readme.count("\n") + 1

    assert (ended.code, ended.out) == (1, "")
    assert (
        f"generated/acme-pets/README.md:{line}:1: SL702 was edited by hand since it was built\n    hint: " in ended.err
    )
    assert "\n+mine\n" in ended.err
    assert {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()} == before
    assert run("build", "--force") == Ended(0, f"acme-pets: 1 operation, {len(before)} files, 1 changed\n", "")
    assert (OUT / "README.md").read_text() == readme


KILLED = """\
import os
from specloom.cli import main
replace = os.replace
os.replace = lambda source, target: replace(source, target) if target.name == "journal.json" else os._exit(9)
main(["build", "--no-cache"])
"""


@pytest.fixture
def unfinished(run: Run, project: Path) -> dict[Path, bytes]:
    """A build that was killed when all was prepared; gives what there was before."""
    run("build")
    before = {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()}
    project.write_text(SPEC.replace("Show a pet", "Show one pet"))
    assert run_process("-c", KILLED).returncode == 9
    return before


def test_check_reports_a_build_that_was_cut_short(run: Run, unfinished: dict[Path, bytes]) -> None:
    """And writes nothing, not even to finish it."""
    there = {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()}
    ended = run("build", "--check")

    assert (ended.code, ended.out) == (1, "")
    assert "generated/acme-pets:1:1: SL703 a build was cut short" in ended.err
    assert "hint: `specloom build` completes or undoes it" in ended.err
    assert {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()} == there


def test_a_build_says_what_became_of_one_that_was_cut_short(
    run: Run, project: Path, unfinished: dict[Path, bytes]
) -> None:
    """It is finished before anything else, also where there is nothing else to do."""
    project.write_text(SPEC)
    ended = run("build")

    assert ended.code == 0
    assert "acme-pets: a build that was cut short while it wrote has been completed\n" in ended.err
    assert {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()} == unfinished


def test_ctrl_c_while_writing_says_how_the_tree_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is as before the build: here, nothing."""

    def stop(source: str, target: str) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop)
    ended = run("build", "--no-cache")

    assert ended.code == 1
    assert ended.err == "acme-pets: stopped while writing; no file is half-written\n\nAborted!\n"
    assert not OUT.exists()


def test_line_ends_are_told_with_what_keeps_them(run: Run) -> None:
    """One line for each file, and a hint for .gitattributes."""
    run("build")
    api = OUT / "api.md"
    api.write_bytes(api.read_bytes().replace(b"\n", b"\r\n"))
    ended = run("build", "--check")

    assert (ended.code, ended.out) == (1, "Only line ends differ: api.md\n")
    assert "(1 with other line ends); `specloom build` writes them" in ended.err
    assert ".gitattributes" in ended.err
    assert run("build").out.endswith(", 1 changed\n")


def test_a_build_never_overwrites_a_file_that_is_not_its_own(run: Run) -> None:
    """The refusal names the file; nothing at all is written."""
    OUT.mkdir(parents=True)
    (OUT / "README.md").write_text("mine\n")
    ended = run("build")

    assert ended.code == 1
    assert "generated/acme-pets/README.md:1:1: SL701 " in ended.err
    assert [path.name for path in OUT.iterdir()] == ["README.md"]


def test_a_document_with_errors_builds_nothing(run: Run, project: Path) -> None:
    """Diagnostics of a build go to stderr."""
    project.write_text(SPEC.replace("#/components/schemas/Pet", "#/components/schemas/Pett"))
    ended = run("build")

    assert ended.code == 1
    assert ended.out == ""
    assert ended.err.startswith("spec/pets/openapi.yaml:18:")
    assert not OUT.exists()


def test_build_takes_any_document_without_configuration(run: Run, project: Path) -> None:
    """Nothing is read but the document, and nothing is written but the package."""
    Path("pyproject.toml").unlink()
    ended = run(
        *("build", str(project), "--package", "pets_client", "--out", "out/pets"),
        *("--distribution", "pets-of-acme", "--version", "1.2.3"),
    )

    assert ended.code == 0
    assert ended.out.startswith("pets-of-acme: 1 operation, ")
    assert 'version = "1.2.3"' in Path("out/pets/pyproject.toml").read_text()
    assert Path("out/pets/src/pets_client").is_dir()
    assert sorted(path.name for path in Path().iterdir()) == ["out", "spec"]


# -- dump and serve ---------------------------------------------------------------------------------------------------


def test_dump_prints_the_api_model(run: Run, project: Path) -> None:
    """It is JSON, and nothing else is on stdout."""
    ended = run("dump", str(project))
    shown = json.loads(ended.out)

    assert ended.code == 0
    assert shown["operations"][0]["id"] == "ShowPet"


@pytest.mark.parametrize("command", ["dump", "serve"])
def test_a_document_with_errors_has_no_model(run: Run, project: Path, command: str) -> None:
    """Diagnostics go to stderr, and stdout stays empty."""
    project.write_text(SPEC.replace("#/components/schemas/Pet", "#/components/schemas/Pett"))
    ended = run(command, str(project))

    assert ended.code == 1
    assert ended.out == ""
    assert ended.err.startswith("spec/pets/openapi.yaml:18:")


@pytest.fixture(name="server")
def start_server(project: Path) -> Iterator[str]:
    """Serve the document as a process of its own; gives the line that it prints."""
    with subprocess.Popen(
        [sys.executable, "-m", "specloom", "serve", str(project), "--port", "0"],
        env=process_environment(),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline()
        finally:
            process.terminate()


def test_serve_answers_with_the_documented_example(server: str) -> None:
    """The line says where; the answer is the example."""
    url, _, rest = server.partition(" ")
    with urllib.request.urlopen(f"{url}/pets/7", timeout=30) as answer:
        body = json.load(answer)

    assert rest == "answers 1 operation; Ctrl-C ends\n"
    assert body == {"id": 7, "name": "Rex"}


def test_an_address_that_cannot_be_had_is_told(run: Run, project: Path) -> None:
    """Wrong hosts and taken ports are no faults of ours."""
    ended = run("serve", str(project), "--host", "203.0.113.1")

    assert ended.code == 1
    assert ended.err.startswith("Error: ")


# -- how documents are read -------------------------------------------------------------------------------------------

BUILD = ("build", "spec/pets/openapi.yaml", "--package", "pets", "--out", "out")


def test_a_document_of_somebody_else_is_built_in_spite_of_faults(run: Run, project: Path) -> None:
    """Each is a warning, and the last line counts what was carried over whole."""
    project.write_text(SPEC.replace("name: {type: string,", "name: {type: string, default: 1,"))
    strict, tolerant = run(*BUILD), run(*BUILD, "--tolerant")

    assert strict.code == 1
    assert "SL306" in strict.err
    assert tolerant.code == 0
    assert "SL306" in tolerant.err
    assert "hint: the default is left out" in tolerant.err
    assert tolerant.out.splitlines()[-1] == (
        "pets: 1 of 1 operation carried over whole, 0 degraded, 0 refused; 0 of 1 component whole, 1 degraded"
    )


def test_faults_of_somebody_else_do_not_fail_lint(run: Run, project: Path) -> None:
    """Unless warnings are to."""
    project.write_text(SPEC.replace("name: {type: string,", "name: {type: string, default: 1,"))

    assert run("lint", "spec/pets/openapi.yaml").code == 1
    assert run("lint", "spec/pets/openapi.yaml", "--tolerant").code == 0
    assert run("lint", "spec/pets/openapi.yaml", "--tolerant", "--strict").code == 1


def test_rules_for_documents_of_ones_own_warn_of_others(run: Run, project: Path) -> None:
    """Nobody can mend what somebody else wrote: what rules find there is a warning."""
    project.write_text(SPEC.replace("name: {type: string,", "name: {type: string, example: 1,"))

    strict, tolerant = run("lint", "spec/pets/openapi.yaml"), run("lint", "spec/pets/openapi.yaml", "--tolerant")
    assert (strict.code, tolerant.code) == (1, 0)
    assert "SL5" in strict.out
    assert "error" not in tolerant.out


def test_how_a_document_is_read_is_configured(run: Run, project: Path) -> None:
    """For builds and lint alike; a change of an overlay is a reason to build."""
    project.write_text(SPEC.replace("name: {type: string,", "name: {type: string, default: 1,"))
    overlay = project.parent / "pets.overlay.yaml"
    action = "actions: [{target: '$.paths.*.get', update: {summary: Show {}}}]\n"
    head = "overlay: 1.0.0\ninfo: {title: T, version: '1'}\n"
    overlay.write_text(head + action.replace("{}", "one"))
    lines = 'validation = "report"\noverlays = ["spec/pets/pets.overlay.yaml"]\nselect = { tags = ["pets"] }\n'
    Path("pyproject.toml").write_text(CONFIGURATION + lines)

    assert run("lint").code == 0
    assert run("build").code == 0
    assert "Show one." in (OUT / "api.md").read_text()
    assert "spec/pets/pets.overlay.yaml" in (OUT / "manifest.json").read_text()
    assert "nothing to do" in run("build").out
    overlay.write_text(head + action.replace("{}", "two"))
    run("build")
    assert "Show two." in (OUT / "api.md").read_text()


def test_a_selection_that_names_nothing_is_an_error_at_its_key(run: Run) -> None:
    """A tag that was renamed must not take its operations along in silence."""
    Path("pyproject.toml").write_text(CONFIGURATION + "[tool.specloom.package.select]\ntags = ['pets', 'pest']\n")
    ended = run("build")

    assert ended.code == 1
    assert "pyproject.toml:5:17: SL611 `pest` selects nothing" in ended.err


def test_operations_are_selected_on_the_command_line(run: Run) -> None:
    """By tag, path and operationId."""
    for option, text in (("--tag", "pets"), ("--path", "/pets/*"), ("--operation", "ShowPet")):
        assert run(*BUILD, option, text).code == 0
        assert "--tag:1:1: SL611 `none` selects nothing".replace("--tag", option) in run(*BUILD, option, "none").err
    assert json.loads(run("dump", "spec/pets/openapi.yaml", "--path", "/pets/**").out)["operations"] != []
