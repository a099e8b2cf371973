"""An edit of the spec changes what carries it, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx2
import pytest

from specloom.serve import running
from tests.regeneration.project import OUT, changed_files, changed_lines, read_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.regeneration.project import Project

JOBS = "spec/lakeformation/jobs.yaml"
SERVICE = "src/huaweicloud_jobs/lakeformation"
MODELS = f"{SERVICE}/models/jobs.py"
STARTING = (
    "`POST /v1/{project_id}/instances/{instance_id}/lf-jobs/{job_id}/start`: "
    "`jobs.start(instance_id, job_id) -> NoContent`"
)
"""The line of `api.md` up to the summary."""
FIXTURE = "tests/fixtures/lakeformation/jobs/list_history_200_one_successful_run.json"
MADE = "tests/fixtures/lakeformation/jobs/list_history_200_every_member.json"
"""The answer that has every documented member."""
TABLE = "tests/fixtures/huaweicloud_jobs/models.json"


def test_what_was_deleted_is_generated_again(repository: Path, pristine: Project) -> None:
    """Built where there was nothing, the tree is the repository's own, byte for byte."""
    expected = read_tree(repository / OUT)

    assert changed_files(expected, pristine.tree()) == set()
    assert len(expected) > 60


def test_a_second_build_changes_nothing(project: Project) -> None:
    """Not even the time of a file."""
    before = {path: path.stat().st_mtime_ns for path in project.out.rglob("*") if path.is_file()}
    project.build()

    assert before == {path: path.stat().st_mtime_ns for path in project.out.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("old", "new", "carriers", "lines"),
    [
        (
            "description: The gist of the run's log.",
            "description: The log in short.",
            {MODELS},
            ['-    """The gist of the run\'s log."""', '+    """The log in short."""'],
        ),
        (
            "summary: Start a job",
            "summary: Set a job going",
            {f"{SERVICE}/jobs.py", "api.md"},
            [
                f"-- {STARTING}. Start a job.",
                f"+- {STARTING}. Set a job going.",
                *['-        """Start a job.', '+        """Set a job going.'] * 2,
            ],
        ),
        (
            "description: How many runs a page holds at most.",
            "description: Most runs on a page.",
            {f"{SERVICE}/jobs.py"},
            [
                "-            limit: How many runs a page holds at most. From 1 to 1000.",
                "+            limit: Most runs on a page. From 1 to 1000.",
            ]
            * 2,
        ),
        ("# Jobs of a LakeFormation instance", "# The jobs of a LakeFormation instance", set(), []),
    ],
    ids=["property", "summary", "parameter", "comment"],
)
def test_a_changed_description_moves_only_its_lines(
    project: Project, old: str, new: str, carriers: set[str], lines: list[str]
) -> None:
    """In the files that carry it, both clients where both say it, and in the manifest the hashes of what changed."""
    before = project.tree()
    project.edit(JOBS, old, new)
    project.build()
    after = project.tree()

    assert changed_files(before, after) == {*carriers, "manifest.json"}
    assert changed_lines(before, after, carriers) == lines
    assert manifest_entries(before, after) == {*carriers, JOBS}


def manifest_entries(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Names whose entry in the manifest changed; nothing else in it may."""
    lines = changed_lines(before, after, {"manifest.json"})
    names = {line[1:].strip().rstrip(",").partition(": ")[0].strip('"') for line in lines}
    assert len(lines) == 2 * len(names)
    return names


def test_a_new_property_with_a_value_reaches_model_fixture_and_server(project: Project) -> None:
    """One property and its value in the example: nothing else moves, and the emitted tests read the value."""
    before = project.tree()
    counted = project.run_emitted_tests().partition(" in ")[0]
    project.edit(JOBS, "  JobType:\n", NEW_PROPERTY)
    project.edit(JOBS, "          type: METADATA_MIGRATION\n", "          type: METADATA_MIGRATION\n" + NEW_VALUE)
    project.build()
    after = project.tree()

    # The tables of the emitted tests have rows of the model with the member, with null and with another kind for it.
    tables = {f"tests/fixtures/huaweicloud_jobs/{name}.json" for name in ("departures", "times")}
    changed = {MODELS, FIXTURE, MADE, TABLE, "tests/test_lakeformation_jobs.py", *tables}
    assert changed_files(before, after) == {*changed, "manifest.json"}
    assert changed_lines(before, after, {MODELS}) == [
        "+    started_by: str | None = None",
        '+    """Who started the run."""',
    ]
    assert changed_lines(before, after, {FIXTURE}) == ['+      "started_by": "a-user",']
    assert changed_lines(before, after, {MADE}) == [
        *('-      "log_simple_info": "string"', '+      "log_simple_info": "string",'),
        '+      "started_by": "string"',
    ]
    assert changed_lines(before, after, {"tests/test_lakeformation_jobs.py"}) == [
        '+    assert job_0.started_by == "a-user"'
    ]
    assert manifest_entries(before, after) == {*changed, JOBS}
    assert project.run_emitted_tests().partition(" in ")[0] == counted
    with running(project.lower()) as url:
        answer = httpx2.get(f"{url}/v1/p/instances/i/lf-jobs/j/history?offset=0&limit=1", headers={"X-Auth-Token": "t"})
        assert answer.json()["jobs"][0]["started_by"] == "a-user"
        assert project.use(READ_PROPERTY, url) == "a-user\n"


def test_the_emitted_tests_notice_a_value_that_is_not_served(project: Project) -> None:
    """They compare with literals: a fixture with another value fails them."""
    path = project.out / FIXTURE
    path.write_bytes(path.read_bytes().replace(b'"testjob"', b'"another"'))

    with pytest.raises(AssertionError, match="2 failed"):
        project.run_emitted_tests()


NEW_PROPERTY = """\
      started_by:
        type: string
        description: Who started the run.
  JobType:
"""
NEW_VALUE = "          started_by: a-user\n"
READ_PROPERTY = """
import sys
from huaweicloud_jobs import LakeFormation, TokenCredentials
with LakeFormation(endpoint=sys.argv[1], project_id="p", credentials=TokenCredentials("t")) as client:
    print(client.jobs.list_history("i", "j").jobs[0].started_by)
"""


def test_a_new_query_parameter_is_sent_and_seen(project: Project) -> None:
    """Added to the spec, it is an argument of both clients; the server takes its values and refuses others."""
    before = project.tree()
    project.edit(JOBS, "        - $ref: '#/parameters/HistoryLimit'\n", NEW_PARAMETER)
    project.build()
    with running(project.lower()) as url:
        said = json.loads(project.use(CALL_WITH_PARAMETER, url))

    assert said == {
        "sync": {"query": "offset=0&limit=10&order=desc", "total": 1},
        "async": {"query": "offset=0&limit=10&order=desc", "total": 1},
        "without": {"query": "offset=0&limit=10", "total": 1},
        "refused": [400, "query order: expected one of asc, desc"],
    }
    untouched = changed_files(before, project.tree()) - {MODELS, f"{SERVICE}/models/__init__.py", f"{SERVICE}/jobs.py"}
    # The new enumeration has values that the emitted tests hold, and a public name; others are refused.
    tables = {f"tests/fixtures/huaweicloud_jobs/{name}.json" for name in ("enumerations", "names")}
    tables |= {f"tests/fixtures/lakeformation/{name}.json" for name in ("limits", "parameters", "refusals")}
    assert untouched == {"api.md", "manifest.json", *tables}
    assert "passed" in project.run_emitted_tests()


NEW_PARAMETER = """\
        - $ref: '#/parameters/HistoryLimit'
        - name: order
          in: query
          description: Which run comes first.
          schema:
            type: string
            description: An order in time.
            enum: [asc, desc]
"""
CALL_WITH_PARAMETER = """
import asyncio, json, sys
import httpx2
from huaweicloud_jobs import AsyncLakeFormation, BadRequestError, LakeFormation, TokenCredentials

given = {"endpoint": sys.argv[1], "project_id": "p", "credentials": TokenCredentials("t")}
queries = []

class Recording(httpx2.HTTPTransport):
    def handle_request(self, request):
        queries.append(request.url.query.decode())
        return super().handle_request(request)

class AsyncRecording(httpx2.AsyncHTTPTransport):
    async def handle_async_request(self, request):
        queries.append(request.url.query.decode())
        return await super().handle_async_request(request)

async def ask():
    async with AsyncLakeFormation(**given, transport=AsyncRecording()) as client:
        return await client.jobs.list_history("i", "j", order="desc")

def told(page):
    return {"query": queries[-1], "total": page.total}

with LakeFormation(**given, transport=Recording()) as client:
    said = {"sync": told(client.jobs.list_history("i", "j", order="desc"))}
    said["async"] = told(asyncio.run(ask()))
    said["without"] = told(client.jobs.list_history("i", "j"))
    try:
        client.jobs.list_history("i", "j", order="sideways", check=False)
    except BadRequestError as error:
        said["refused"] = [error.status, json.loads(error.body)["detail"]]
print(json.dumps(said))
"""
