"""What the tests of cases share."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from tests.cases.case import Case, write_packages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


@pytest.fixture(scope="module")
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The package of the case that a `test_behavior.py` stands in, imported as its users import it."""
    case = Case(request.path.parent.name)
    folder = tmp_path_factory.mktemp(case.name)
    write_packages([case], folder)
    sys.path.insert(0, str(folder / "src"))
    yield import_module(case.import_name)
    sys.path.remove(str(folder / "src"))
    forget(case)


def forget(case: Case) -> None:
    """Make the next import of a case's package read it anew."""
    for name in [name for name in sys.modules if name.partition(".")[0] == case.import_name]:
        del sys.modules[name]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the goldens that `--update` rewrote."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.getreports(kind)]
    changed = [str(text) for one in reports for name, text in one.user_properties if name == "rewritten"]
    for text in changed:
        terminalreporter.write_line(f"rewritten: {text}")
