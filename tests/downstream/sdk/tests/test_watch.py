"""The watch against a server that answers as the services are documented, at the address in JOBWATCH_URL."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta

import pytest
from jobwatch import (
    AsyncWatch,
    NodeReport,
    NotAllowedError,
    NotThereError,
    Run,
    Step,
    Summary,
    UnavailableError,
    Watch,
    WatchError,
)

URL = os.environ["JOBWATCH_URL"]
BEGAN = datetime(2023, 5, 27, 10, 4, 35, 743000, tzinfo=UTC)
RUN = Run(job="testjob", state="SUCCESS", began=BEGAN, ended=None)
SUMMARY = Summary(
    job="job_batch",
    failed=True,
    nodes=(
        NodeReport(name="Dummy_8556", state="success", took=timedelta(seconds=6), log=None),
        NodeReport(
            name="error",
            state="success",
            took=timedelta(seconds=4),
            log="obs://dlf-test-log/job_batch/2019-03-04 11_53_00.000/error/error.job",
        ),
    ),
)
STEP = Step(
    task="etl-dli2dws",
    state="running",
    engine="DLI",
    step=1,
    parameters={"running parameter": "com.hwclouds.dataide.lts.plugins.hwclouds.etl.ETLJobRunner;dps;dps"},
)


def watch(**headers: str) -> Watch:
    """A watch over the server."""
    return Watch(URL, project="p1", token="t", catalogue="c1", headers=headers)


def test_a_job_is_started_and_its_runs_are_read() -> None:
    """The start gives a request id; the history is read into records."""
    with watch() as watching:
        assert watching.start("i", "j")
        assert watching.runs("i", "j", state="SUCCESS") == (RUN,)


def test_nodes_are_summarised() -> None:
    """Each with its state, how long it took, and its log where it has one."""
    with watch() as watching:
        assert watching.summary("job_batch", 34765) == SUMMARY


def test_the_rows_of_the_catalogue_are_read() -> None:
    """Times are given as times; what is two JSON texts deep is read as it is."""
    with watch() as watching:
        assert watching.steps(937987, "etl", since=BEGAN, until=BEGAN + timedelta(days=1)) == (STEP,)


def test_the_asynchronous_watch_reads_the_same() -> None:
    """Several instances at once."""

    async def run() -> None:
        async with AsyncWatch(URL, project="p1", token="t") as watching:
            assert await watching.start("i", "j")
            assert await watching.runs("i", "j") == (RUN,)
            assert await watching.summaries("job_batch", (34765, 34766, 34767)) == [SUMMARY] * 3

    asyncio.run(run())


@pytest.mark.parametrize(
    ("code", "kind"),
    [(400, WatchError), (401, NotAllowedError), (403, NotAllowedError), (404, NotThereError), (500, UnavailableError)],
)
def test_errors_are_those_of_the_watch(code: int, kind: type[WatchError]) -> None:
    """Whatever a service answers, with the id to quote."""
    with watch(Prefer=f"code={code}") as watching, pytest.raises(WatchError) as caught:
        watching.runs("i", "j")

    assert type(caught.value) is kind
    assert caught.value.request_id
    assert str(caught.value)


def test_errors_are_those_of_the_asynchronous_watch() -> None:
    """The advice of the service comes along where it gives any."""

    async def run() -> None:
        async with AsyncWatch(URL, project="p1", token="t", headers={"Prefer": "code=409"}) as watching:
            await watching.start("i", "j")

    with pytest.raises(WatchError) as caught:
        asyncio.run(run())

    assert caught.value.advice
