"""Programs that must type-check, and wrong ones that must not: mypy --strict reports an ignore that is not needed."""

from __future__ import annotations

import asyncio
from typing import assert_type

import httpx2
import pytest

from specloom.runtime.auth import TokenCredentials
from specloom.runtime.errors import InvalidCallError
from specloom.runtime.messages import NoContent
from tests.runtime.answering import Answers
from tests.runtime.sample.client import AsyncSample, Sample
from tests.runtime.sample.errors import BadRequestError
from tests.runtime.sample.models import JobHistory, JobInstance, JobStatus, NewJob, Row, RowsBody, RunningData

ANSWER = httpx2.Response(
    200,
    json={"total": 1, "jobs": [{"jobName": "etl", "status": "SUCCESS"}], "jobName": "etl", "body": '{"rows": []}'},
)


def test_a_right_program_type_checks_and_runs() -> None:
    """Results, models and fields have the types that they are declared with."""
    transport = httpx2.MockTransport(Answers(ANSWER))
    with Sample(project_id="p", transport=transport, credentials=TokenCredentials("t"), timeout=5) as sample:
        page = assert_type(sample.jobs.list_history("j", status="SUCCESS", offset=0, timeout=None), JobHistory)
        for job in page.jobs or []:
            assert_type(job, JobInstance)
            assert_type(job.status, JobStatus | None)
            assert_type(job.execute_time, int | float | None)
        assert_type(sample.jobs.start("j"), NoContent)
        made = sample.jobs.create(NewJob(job_name="etl"), extra_headers={"X-A": "b"})
        assert_type(made.job_name, str)
        assert_type(sample.jobs.list_rows(raise_failures=False).body, RowsBody | None)
    row = Row(row_id=1, running_data=RunningData(step="1"))
    assert_type(row.running_data, RunningData | None)
    assert_type(row.to_json(), bytes)
    assert_type(Row.from_json(row.to_json()), Row)
    assert_type(BadRequestError("x").code, str | None)


def test_a_right_asynchronous_program_type_checks_and_runs() -> None:
    """The same with await."""

    async def run() -> None:
        transport = httpx2.MockTransport(Answers(ANSWER))
        async with AsyncSample(project_id="p", transport=transport, credentials=TokenCredentials("t")) as sample:
            assert_type(await sample.jobs.list_history("j"), JobHistory)

    asyncio.run(run())


def test_wrong_programs_do_not_type_check() -> None:
    """Misspelt options and fields, missing arguments, wrong kinds; most are refused at run time too."""
    sample = Sample(project_id="p", transport=httpx2.MockTransport(Answers(ANSWER)), endpoint="http://host")
    with pytest.raises(TypeError):
        Sample()  # type: ignore[call-arg]
    with pytest.raises(InvalidCallError):
        Sample(project_id="p", time_out=5)  # type: ignore[call-arg]
    with pytest.raises(InvalidCallError):
        sample.jobs.list_history("j", retry=5)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        sample.jobs.list_history()  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        sample.jbos  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(ValueError, match="job_name"):
        NewJob()  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="job_name"):
        NewJob(jobName="etl")  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="retries"):
        NewJob(job_name="etl", retries="2")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="running_data"):
        Row(row_id=1, running_data='{"currentStep": "1"}')  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        NewJob(job_name="etl").owners  # type: ignore[attr-defined]  # noqa: B018
