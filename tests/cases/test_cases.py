"""What is checked of every case, whatever it is about."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from tests.cases import case as cases
from tests.cases.case import Case, build_case, list_cases
from tests.cases.conftest import forget
from tests.unit.python.formatting import formatted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

each_case = pytest.mark.parametrize("case", list_cases(), ids=str)
each_package = pytest.mark.parametrize("case", [one for one in list_cases() if one.is_package], ids=str)


@each_case
def test_a_case_says_in_its_first_line_why_it_exists(case: Case) -> None:
    """A sentence, for whoever lists the cases."""
    first = case.document.read_text(encoding="utf-8").partition("\n")[0]

    assert first.startswith("# ")
    assert first.endswith(".")


@each_case
def test_a_case_is_built_as_wanted(
    case: Case, update_goldens: bool, record_property: Callable[[str, object], None]
) -> None:
    """Diagnostics and the emitted files that a case is about equal its goldens."""
    wanted = cases.expected(case)
    if update_goldens:
        for name in cases.write_golden(case, wanted):
            record_property("rewritten", f"{case}/want/{name}")

    assert cases.read_golden(case) == wanted


@each_package
def test_templates_print_what_black_prints(case: Case) -> None:
    """A build that leaves black out for speed emits the same text."""
    files = build_case(case).files
    printed = {path: text for path, text in cases.print_pages(case).items() if path.endswith(".py")}

    for path, text in printed.items():
        assert formatted(text) == text, path
    assert {path: files[path] for path in printed} == printed


@each_package
def test_every_module_of_a_package_is_imported(case: Case, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every module, every public name, and every model with its validator."""
    files = build_case(case).files
    monkeypatch.syspath_prepend(tree / "src")
    for path in sorted(files):
        if path.startswith("src/") and path.endswith(".py"):
            name = path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            module = import_module(name)
            for public in getattr(module, "__all__", ()):
                getattr(module, public)
            if ".models." in name:
                for found in vars(module).values():
                    if hasattr(found, "model_rebuild"):
                        found.model_rebuild()
    forget(case)


def test_a_second_build_is_the_same_under_any_hash_seed_time_zone_and_locale(repository: Path, tmp_path: Path) -> None:
    """Another process, in another folder, emits every byte alike and says the same."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(repository / "generator"), str(repository)]),
        "PYTHONHASHSEED": "4242",
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "tr_TR.UTF-8",
    }
    command = [sys.executable, "-m", "tests.cases.case"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == cases.hashes()


def test_the_emitted_tests_pass(tree: Path) -> None:
    """All at once, in a process of their own, where every warning is an error."""
    environment = {**os.environ, "PYTHONPATH": str(tree / "src")}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-W",
        "error",
        "-p",
        "no:cacheprovider",
        "--tb=short",
        "--rootdir",
        ".",
        "tests",
    ]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-8000:]


def test_the_packages_and_their_tests_are_typed_strictly(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """One run of mypy over all of them; `make types` has it read the runtime itself."""
    cases.write_packages(cases.built_cases(), tmp_path)
    cases.share_runtime(cases.built_cases(), tmp_path)
    (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = true\nwarn_unreachable = true\npython_version = 3.11\n")
    assert request.config.cache is not None
    memory = request.config.cache.mkdir("mypy")
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(memory), "src", "tests"]
    environment = {**os.environ, "MYPYPATH": "src"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, (done.stdout + done.stderr)[-8000:]


def test_the_packages_and_their_tests_are_typed_strictly_for_pyright_too(tmp_path: Path) -> None:
    """One run over all of them; it tells of more than mypy, such as what nobody uses."""
    cases.write_packages(cases.built_cases(), tmp_path)
    cases.share_runtime(cases.built_cases(), tmp_path)
    checked = {"include": ["src", "tests"], "ignore": ["src/runtime_of_all"], "extraPaths": ["src"]}
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11", **checked}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "basedpyright", "--project", ".", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, (done.stdout + done.stderr)[-8000:]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All packages, side by side, and their tests together."""
    folder = tmp_path_factory.mktemp("packages")
    cases.write_packages(cases.built_cases(), folder)
    return folder
