"""Models of jobs."""

from __future__ import annotations

from typing import Annotated, Any

from specloom.runtime.models import Date, DateTime, JsonText, Model, OpenEnum, StandsFor, Uuid, wire_names


class JobStatus(OpenEnum):
    """Where a run stands."""

    CREATED = "CREATED"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"


class JobInstance(Model):
    """One run of a job."""

    model_config = wire_names({"job_name": "jobName", "instance_id": "instanceId", "class_": "class"})

    job_name: str
    instance_id: int | None = None
    started: DateTime | None = None
    day: Date | None = None
    key: Uuid | None = None
    execute_time: int | float | None = None
    status: Annotated[JobStatus, StandsFor("status")] | None = None
    statuses: list[JobStatus] | None = None
    class_: str | None = None
    forced: bool = False


class JobHistory(Model):
    """Runs of a job."""

    total: int | None = None
    jobs: list[JobInstance] | None = None


class RunningData(Model):
    """The third level of JSON."""

    model_config = wire_names({"step": "currentStep"})

    step: str | None = None
    retry: int | None = None


class Row(Model):
    """A row of the second level."""

    model_config = wire_names({"row_id": "rowId", "running_data": "runningData", "started": "startedAt"})

    row_id: int
    running_data: JsonText[RunningData] | None = None
    params: JsonText[dict[str, Any]] | None = None
    started: DateTime | None = None


class RowsBody(Model):
    """The second level of JSON."""

    msg: str | None = None
    success: bool | None = None
    total: int | None = None
    rows: list[Row]


class Envelope(Model):
    """A response inside a response."""

    status_code: int | None = None
    header_map: dict[str, str] | None = None
    body: JsonText[RowsBody] | None = None


class NewJob(Model):
    """What makes a job."""

    model_config = wire_names({"job_name": "jobName"})

    job_name: str
    retries: int | None = None
    owner: str | None = None


class ServiceError(Model):
    """What the service says about a failure."""

    error_code: str | None = None
    error_msg: str | None = None
