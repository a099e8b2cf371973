"""The rows of `make hard` count what was tried and what was found, and every row of bad input has its folder."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from tests.hard import report

GIVEN = argparse.Namespace()


def test_a_row_counts_what_was_tried_found_and_skipped(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import pytest\n\n"
        "def test_fine() -> None:\n    assert True\n\n"
        "def test_found() -> None:\n    assert False, 'here it is'\n\n"
        "def test_several(record_property) -> None:\n    record_property('tried', 5)\n\n"
        "def test_absent() -> None:\n    pytest.skip('absent')\n",
        encoding="utf-8",
    )

    outcome = report.by_tests(str(tmp_path))(GIVEN)

    assert (outcome.tried, outcome.findings, outcome.skipped) == (7, 1, 1)
    assert "here it is" in outcome.said


def test_tests_that_cannot_start_are_a_finding(tmp_path: Path) -> None:
    assert report.by_tests(str(tmp_path / "absent.py"))(GIVEN).findings == 1


def test_every_kind_of_bad_input_has_its_folder_and_row() -> None:
    cases = report.REPOSITORY / report.BAD_INPUT
    folders = {one.name for one in cases.iterdir() if one.is_dir() and one.name != "__pycache__"}

    assert folders <= {one.name for one in report.ROWS}
    assert len(folders) == 7


def test_an_unknown_row_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        report.main(["fuz"])

    assert "no row is called fuz" in capsys.readouterr().err
