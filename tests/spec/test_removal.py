"""Nothing that the pages say can leave the spec unnoticed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.spec import removing
from tests.spec.finding import missing_facts, missing_from
from tests.spec.tree import Files, load

SPEC = Path(__file__).parents[2] / "spec"


@pytest.fixture(scope="module")
def copied_spec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the spec, from which something may be removed."""
    return Path(shutil.copytree(SPEC, tmp_path_factory.mktemp("copy") / "spec"))


@pytest.fixture(scope="module")
def files(copied_spec: Path) -> Files:
    """The copy, loaded once; every removal shares what it does not touch."""
    return load(copied_spec)


@pytest.mark.parametrize(
    ("chosen", "at_least"),
    [
        (removing.is_property, 70),
        (removing.is_status, 40),
        (removing.is_example, 30),
        (removing.is_payload_member, 70),
        (removing.is_parameter, 30),
        (removing.is_header, 20),
        (removing.is_constraint, 250),
    ],
    ids=["property", "status", "example", "payload member", "parameter", "header", "constraint"],
)
def test_each_removal_is_noticed(files: Files, chosen: Callable[[removing.Steps], bool], at_least: int) -> None:
    """Take out each thing of a kind, one at a time: every time some fact of a page is missing."""
    tried = list(removing.removals(files, chosen))

    assert [] == [str(removal) for removal in tried if not any(missing_from(removal.of(files)))]
    assert len(tried) >= at_least


def test_a_removal_leaves_the_original_alone(files: Files) -> None:
    """Removing is done on a copy: afterwards the spec still carries every fact."""
    for removal in list(removing.removals(files, removing.is_property)):
        removal.of(files)

    assert [] == list(missing_from(files))


def test_a_removal_on_disk_is_noticed(copied_spec: Path) -> None:
    """What holds in memory holds for files: a line taken out of a file is missed."""
    path = copied_spec / "lakeformation" / "jobs.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("          - SUBMITTED\n", "").replace("      - SUBMITTED\n", "", 1), encoding="utf-8")

    assert any("jobs[].status" in fault for fault in missing_facts(copied_spec))
