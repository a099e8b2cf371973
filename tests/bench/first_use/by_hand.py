"""The same as `package.py` with nothing but httpx2 and pydantic, as somebody would write it who needs this one call."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path

import httpx2
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Status(StrEnum):
    """State of an instance or of a node."""

    WAITING = "waiting"
    RUNNING = "running"
    SUCCESS = "success"
    FAIL = "fail"
    RUNNING_EXCEPTION = "running-exception"
    SKIP = "skip"
    PAUSE = "pause"
    MANUAL_STOP = "manual-stop"


class Node(BaseModel):
    """How a node was executed."""

    model_config = ConfigDict(alias_generator=to_camel)

    node_name: str
    status: Status
    plan_time: int
    start_time: int | None = None
    end_time: int | None = None
    type: str
    retry_times: int | None = None
    instance_id: int
    input_row_count: int | None = None
    speed: float | None = None
    log_path: str | None = None


class JobInstance(BaseModel):
    """A job instance."""

    model_config = ConfigDict(alias_generator=to_camel)

    job_name: str
    instance_id: int
    status: Status
    plan_time: int
    start_time: int | None = None
    end_time: int | None = None
    execute_time: float | None = None
    total: int
    nodes: list[Node]
    force_success: bool | None = False
    ignore_success: bool | None = False


def make_transport(content: bytes) -> httpx2.BaseTransport:
    """Answers everything with the payload."""
    kind = {"Content-Type": "application/json"}
    return httpx2.MockTransport(lambda _: httpx2.Response(200, headers=kind, content=content))


def main(payload: str, address: str = "") -> None:
    """One client, one call."""
    with httpx2.Client(
        base_url=address or "https://service.example",
        headers={"X-Auth-Token": "a-token", "workspace": "b88c445407b24283aa949f9833a38fd8"},
        transport=None if address else make_transport(Path(payload).read_bytes()),
    ) as client:
        answer = client.get("/v1/b384b9e9ab9b4ee8994c8633aabc9505/jobs/job_batch/instances/34765")
        assert len(JobInstance.model_validate_json(answer.content).nodes) == 2


if __name__ == "__main__":
    main(*sys.argv[1:])
