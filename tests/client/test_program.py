"""The program that was promised to users: word for word, as the demo writes it, and with the asynchronous clients."""

from __future__ import annotations

import ast
import asyncio
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from huaweicloud_jobs import (
    AsyncDataArtsCatalog,
    AsyncDataArtsFactory,
    AsyncLakeFormation,
    NoContent,
    TokenCredentials,
)
from tests.demo import program

PROMISED = Path(__file__).with_name("promised_program.txt")
LOG_PATH = "obs://dlf-test-log/job_batch/2019-03-04 11_53_00.000/error/error.job"
READ = {
    "page.total": 1,
    "page.jobs[0].status": "SUCCESS",
    "get_instance(...).nodes[1].log_path": LOG_PATH,
    "got.status_code": 200,
    'got.header_map["X-Frame-Options"]': "SAMEORIGIN",
    "got.body.rows[0].running_data.dli_current_step": "1",
}


def statements(text: str) -> set[str]:
    """Every statement and every part of one, in a spelling that knows no layout; a `with` counts by its head."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.With):
            node.body = [ast.Pass()]
        found.add(ast.dump(node))
    return found


def promises(text: str) -> list[str]:
    """What a program does, statement by statement; of a line that only reads some values, each of them."""
    promised: list[ast.AST] = []
    for statement in ast.parse(text).body:
        promised += [statement, *(statement.body if isinstance(statement, ast.With) else ())]
    taken_apart: list[str] = []
    for node in promised:
        if isinstance(node, ast.With):
            node.body = [ast.Pass()]
        value = node.value if isinstance(node, ast.Expr) else node
        taken_apart += map(ast.dump, value.elts if isinstance(value, ast.Tuple) else [value])
    return taken_apart


def test_the_demo_runs_and_reads_what_is_documented(url: str) -> None:
    """Every value that it prints is the one of the documentation's example."""
    assert dict(program.run(url)) == READ


def test_the_promised_program_runs_word_for_word(url: str) -> None:
    """The text as it was promised, given nothing but an address."""
    names = runpy.run_path(str(PROMISED), init_globals={"url": url})

    page, got = names["page"], names["got"]
    assert (page.total, page.jobs[0].status) == (1, "SUCCESS")
    assert (got.status_code, got.header_map["X-Frame-Options"]) == (200, "SAMEORIGIN")
    assert got.body.rows[0].running_data.dli_current_step == "1"


def test_the_demo_holds_every_statement_of_the_promised_program() -> None:
    """What `make demo` runs is what was promised, whatever it does besides."""
    demo = statements(Path(program.__file__).read_text(encoding="utf-8"))
    promised = promises(PROMISED.read_text(encoding="utf-8"))

    assert [one for one in promised if one not in demo] == []
    assert len(promised) == 13


def test_a_missing_statement_is_noticed() -> None:
    """The comparison sees a changed argument, a missing line and another `with`."""
    text = PROMISED.read_text(encoding="utf-8")
    for old, new in (("limit=10)\n    page", "limit=11)\n    page"), ('"p1"', '"p2"'), ("nodes[1]", "nodes[0]")):
        changed = statements(text.replace(old, new))
        assert any(one not in changed for one in promises(text))


def test_the_asynchronous_twin_reads_the_same(url: str) -> None:
    """`await` before each call and `Async` before each client is all the difference."""

    async def run() -> dict[str, object]:
        token = TokenCredentials("t")
        async with AsyncLakeFormation(endpoint=url, project_id="p1", credentials=token) as lakeformation:
            started = await lakeformation.jobs.start("instance-1", "job-1")
            assert isinstance(started, NoContent)
            assert (started.status, started.request_id) == (202, started.headers["X-Request-Id"])
            page = await lakeformation.jobs.list_history("instance-1", "job-1", status="SUCCESS", offset=0, limit=10)
        async with AsyncDataArtsFactory(endpoint=url, project_id="p1", credentials=token, workspace="w1") as factory:
            log_path = (await factory.jobs.get_instance("job_batch", 34765)).nodes[1].log_path
        async with AsyncDataArtsCatalog(endpoint=url, project_id="p1", credentials=token, instance="i1") as catalog:
            got = await catalog.tasks.list_instances(
                "937987", job_name="etl", start_time=1704934907000, end_time=1705311669796, offset=0, limit=10
            )
        read = (
            page.total,
            page.jobs[0].status,
            log_path,
            got.status_code,
            got.header_map["X-Frame-Options"],
            got.body.rows[0].running_data.dli_current_step,
        )
        return dict(zip(READ, read, strict=True))

    assert asyncio.run(run()) == READ


@pytest.fixture
def checked(repository: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """What a type checker says of the promised program, and of one that asks for what is not there."""
    good, bad = tmp_path / "good.py", tmp_path / "bad.py"
    text = f'url: str = ""\n{PROMISED.read_text(encoding="utf-8")}'
    good.write_text(text, encoding="utf-8")
    bad.write_text(text.replace("page.total, ", "page.totals, ").replace("34765", "[]"), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--python-version=3.11", "--no-error-summary"]
    caches = ["--config-file=", f"--cache-dir={repository / '.mypy_cache' / 'promised'}"]
    environment = os.environ | {"MYPYPATH": str(repository / "generated" / "huaweicloud-jobs" / "src")}
    return subprocess.run(
        [*command, *caches, good.name, bad.name],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_promised_program_is_typed_strictly(checked: subprocess.CompletedProcess[str]) -> None:
    """Nothing is said of it; a misspelt member and a wrong argument are found in the same run."""
    lines = checked.stdout.splitlines()

    assert checked.stderr == ""
    assert [line for line in lines if not line.startswith("bad.py:")] == []
    assert [line.rpartition("[")[2] for line in lines if ": error: " in line] == ["attr-defined]", "arg-type]"]
