"""Nothing that the pages say can be removed from the spec unnoticed, even where everything is generated anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.regeneration.project import changed_files
from tests.spec.finding import missing_facts

if TYPE_CHECKING:
    from tests.regeneration.project import Project

GIST = """\
      log_simple_info:
        type: string
        description: The gist of the run's log.
"""
TIMEOUT = """\
        '408':
          $ref: responses.yaml#/responses/RequestTimeout
        '409':
"""


@pytest.mark.parametrize(
    ("file", "old", "new", "missing", "emptied"),
    [
        ("spec/lakeformation/jobs.yaml", GIST, "", "page 000: .*log_simple_info", "models/jobs.py"),
        (
            "spec/lakeformation/jobs.yaml",
            TIMEOUT,
            "        '409':\n",
            "page 003: .*408",
            "tests/fixtures/lakeformation/jobs/start_408_timeout.json",
        ),
        (
            "spec/dataarts_factory/jobs.yaml",
            "                no_such_instance:\n                  $ref: '#/examples/NoSuchInstance'\n",
            "                {}\n",
            "page 001: .*400",
            "tests/fixtures/dataarts_factory/jobs/get_instance_400_no_such_instance.json",
        ),
    ],
    ids=["property", "status", "example"],
)
def test_a_removal_that_is_generated_is_noticed(
    project: Project, file: str, old: str, new: str, missing: str, emptied: str
) -> None:
    """The package follows the spec and its own tests pass; the facts that a person typed do not."""
    assert missing_facts(project.root / "spec") == []
    before = project.tree()
    project.edit(file, old, new)
    project.build()

    assert any(path.endswith(emptied) for path in changed_files(before, project.tree()))
    assert "passed" in project.run_emitted_tests()
    noticed = missing_facts(project.root / "spec")
    assert any(re.search(missing, one) for one in noticed), noticed
