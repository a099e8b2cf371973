"""Operations on jobs."""

from __future__ import annotations

from specloom.runtime.client import AsyncResource, Resource
from specloom.runtime.operation import Body, Failure, FailureTest, Limits, Operation, Parameter, Response

from . import models

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime
    from typing import Unpack

    from specloom.runtime.messages import NoContent
    from specloom.runtime.options import CallOptions

LIST_HISTORY: Operation[models.JobHistory] = Operation(
    id="ShowJobHistory",
    name="jobs.list_history",
    method="GET",
    path="/v1/{project_id}/lf-jobs/{job_id}/history",
    parameters=(
        Parameter("project_id", "path", required=True, client=True),
        Parameter("job_id", "path", required=True, takes="str"),
        Parameter("status", "query", takes="str", limits=Limits(lambda: models.JobStatus)),
        Parameter("offset", "query", required=True, takes="int", limits=Limits(minimum=0, maximum=1000)),
        Parameter("startTime", "query", name="start_time", epoch="milliseconds", takes="int | datetime"),
        Parameter("workspace", "header", client=True),
    ),
    responses={
        "200": Response("json", lambda: models.JobHistory),
        "400": Response("json", lambda: models.ServiceError),
    },
    security=(("token",), ("aksk",)),
    accept="application/json",
)

START: Operation[NoContent] = Operation(
    id="StartJob",
    name="jobs.start",
    method="POST",
    path="/v1/{project_id}/lf-jobs/{job_id}/start",
    parameters=(
        Parameter("project_id", "path", required=True, client=True),
        Parameter("job_id", "path", required=True, takes="str"),
    ),
    responses={"202": Response()},
    security=(("token",), ("aksk",)),
)

CREATE: Operation[models.JobInstance] = Operation(
    id="CreateJob",
    name="jobs.create",
    method="POST",
    path="/v1/jobs",
    body=Body("application/json", required=True, model=lambda: models.NewJob),
    responses={"201": Response("json", lambda: models.JobInstance)},
    accept="application/json",
)

LIST_ROWS: Operation[models.Envelope] = Operation(
    id="ListRows",
    name="jobs.list_rows",
    method="GET",
    path="/v1/rows",
    responses={"200": Response("json", lambda: models.Envelope)},
    accept="application/json",
    failure=Failure(
        (FailureTest("/status_code", minimum=400), FailureTest("/body/success", equals=False)),
        status="/status_code",
        message="/body/msg",
    ),
)


class Jobs(Resource):
    """Operations on jobs."""

    def list_history(
        self,
        job_id: str,
        *,
        status: models.JobStatus | str | None = None,
        offset: int = 0,
        start_time: int | datetime.datetime | None = None,
        **options: Unpack[CallOptions],
    ) -> models.JobHistory:
        """Lists runs of a job."""
        return self._call(
            LIST_HISTORY, {"job_id": job_id, "status": status, "offset": offset, "start_time": start_time}, options
        )

    def start(self, job_id: str, **options: Unpack[CallOptions]) -> NoContent:
        """Starts a job."""
        return self._call(START, {"job_id": job_id}, options)

    def create(self, body: models.NewJob, **options: Unpack[CallOptions]) -> models.JobInstance:
        """Makes a job."""
        return self._call(CREATE, {}, options, body=body)

    def list_rows(self, **options: Unpack[CallOptions]) -> models.Envelope:
        """Lists rows, JSON in JSON."""
        return self._call(LIST_ROWS, {}, options)


class AsyncJobs(AsyncResource):
    """Operations on jobs."""

    async def list_history(
        self,
        job_id: str,
        *,
        status: models.JobStatus | str | None = None,
        offset: int = 0,
        start_time: int | datetime.datetime | None = None,
        **options: Unpack[CallOptions],
    ) -> models.JobHistory:
        """Lists runs of a job."""
        return await self._call(
            LIST_HISTORY, {"job_id": job_id, "status": status, "offset": offset, "start_time": start_time}, options
        )

    async def start(self, job_id: str, **options: Unpack[CallOptions]) -> NoContent:
        """Starts a job."""
        return await self._call(START, {"job_id": job_id}, options)

    async def create(self, body: models.NewJob, **options: Unpack[CallOptions]) -> models.JobInstance:
        """Makes a job."""
        return await self._call(CREATE, {}, options, body=body)

    async def list_rows(self, **options: Unpack[CallOptions]) -> models.Envelope:
        """Lists rows, JSON in JSON."""
        return await self._call(LIST_ROWS, {}, options)
