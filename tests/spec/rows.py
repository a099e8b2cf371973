"""How each of the places where the pages contradict themselves or are silent is answered, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any


class By(Enum):
    """What answers a row."""

    SPEC = "what the document says"
    DEPARTURE = "an entry of the departures"
    README = "a line of the README, where there is nothing to decide"


@dataclass(frozen=True, slots=True)
class Row:
    """One place on a page.

    Args:
        where: A place in the spec that shows the answer.
        expected: What stands there: a set for the keys of an object, `None` where nothing may stand.
    """

    id: str
    by: By
    where: str = ""
    expected: Any = None


LAKE = "lakeformation/openapi.yaml#"
JOBS = "lakeformation/jobs.yaml#"
LAKE_ANSWERS = "lakeformation/responses.yaml#"
HISTORY = f"{JOBS}/paths/history/get"
START = f"{JOBS}/paths/start/post"
FACTORY = "dataarts_factory/openapi.yaml#"
INSTANCES = "dataarts_factory/jobs.yaml#"
CATALOG = "dataarts_catalog/openapi.yaml#"
TASKS = "dataarts_catalog/tasks.yaml#"
TASK_LIST = f"{TASKS}/paths/instances/get"
ERRORS = "common/errors.yaml#/schemas"

EITHER: list[dict[str, list[str]]] = [{"Token": []}, {"AccessKey": []}]
SERVICE_ERROR = {"$ref": "../common/errors.yaml#/schemas/ServiceError"}
REQUEST_ID = {"$ref": "../common/responses.yaml#/headers/RequestId"}
TOO_MANY = {"$ref": "../common/responses.yaml#/responses/TooManyRequests"}
FILTERS = ["CREATED", "SUBMITTED", "RUNNING", "SUCCESS", "FAILED", "STOPPED", "PARTIAL_SUCCESS"]
STATES = [*FILTERS[:-1], "FROZEN_RELEASABLE", "FROZEN_UNRELEASABLE", "PARTIAL_SUCCESS"]
ROW_FIELDS = (
    "endTime executionLogPath failCount forceSuccess inputRowCount jobId jobName outputRowCount owner planTime "
    "retryTimes runningData runningParam runningTime speed startTime status submitTime taskId taskName "
    "taskRunningLogId type workspaceId workspaceName"
)
NOT_FOUND = ["DLF.0100", "DLF.0137", "DLF.0810", "DLF.6201", "DLF.6205", "DLF.6241"]

PAGE_000 = (
    Row("000-01", By.DEPARTURE, f"{JOBS}/schemas/JobStatusFilter/enum", FILTERS),
    Row("000-02", By.DEPARTURE, f"{JOBS}/schemas/JobStatusObject/x-specloom-stands-for", "status"),
    Row("000-03", By.DEPARTURE, f"{JOBS}/schemas/JobStatus/enum", STATES),
    Row("000-04", By.DEPARTURE, f"{JOBS}/parameters/HistoryLimit/schema/default", 10),
    Row("000-05", By.DEPARTURE, f"{HISTORY}/x-specloom-paginator/cap", 1000),
    Row("000-06", By.DEPARTURE, f"{LAKE}/security", EITHER),
    Row(
        "000-07",
        By.DEPARTURE,
        f"{LAKE_ANSWERS}/responses/RequestTimeout/content/application~1json/schema",
        SERVICE_ERROR,
    ),
    Row("000-08", By.SPEC, f"{ERRORS}/ServiceError/required", None),
    Row("000-09", By.DEPARTURE, f"{JOBS}/examples/IncorrectTokenInHistory/x-specloom-raw", True),
    Row(
        "000-10",
        By.DEPARTURE,
        f"{ERRORS}/GatewayErrorDetail/properties",
        {"code", "message", "error_code", "error_msg", "title"},
    ),
    Row("000-11", By.DEPARTURE, f"{LAKE}/x-specloom-error-kinds/authentication", ["APIG.1002", "403"]),
    Row("000-12", By.DEPARTURE, f"{LAKE}/x-specloom-error-kinds", {"authentication", "throttled"}),
    Row("000-13", By.DEPARTURE, f"{LAKE}/x-specloom-error-kinds/not_found", None),
    Row("000-14", By.DEPARTURE, f"{HISTORY}/summary", "List the runs of a job"),
    Row(
        "000-15",
        By.DEPARTURE,
        f"{HISTORY}/responses/200/description",
        "One page of the job's runs, with the number of runs there are in all.",
    ),
    Row("000-16", By.DEPARTURE, f"{HISTORY}/x-specloom-waiter/key", ["/id", "/start_time"]),
    Row("000-17", By.DEPARTURE, f"{JOBS}/schemas/Job/properties/create_time/format", "date-time"),
    Row("000-18", By.DEPARTURE, f"{JOBS}/schemas/Job/properties/start_time/description", "When this run began."),
    Row("000-19", By.SPEC, f"{JOBS}/schemas/Job/required", None),
    Row(
        "000-20", By.DEPARTURE, f"{JOBS}/examples/OneSuccessfulRun/value/jobs/0/start_time", "2023-05-27T10:04:35.743Z"
    ),
    Row("000-21", By.DEPARTURE, f"{JOBS}/schemas/Job/properties/execute_time/type", "number"),
    Row("000-22", By.DEPARTURE, f"{JOBS}/schemas/JobHistory/required", ["jobs"]),
    Row("000-23", By.DEPARTURE, f"{ERRORS}/ServiceError/properties/error_code/pattern", None),
    Row("000-24", By.DEPARTURE, f"{HISTORY}/responses/200/headers/X-Request-Id", REQUEST_ID),
    Row("000-25", By.DEPARTURE, f"{HISTORY}/responses/429", TOO_MANY),
    Row("000-26", By.DEPARTURE, f"{HISTORY}/x-specloom-provenance/date", "2025-02-14"),
    Row(
        "000-27",
        By.DEPARTURE,
        f"{HISTORY}/x-specloom-waiter/done",
        ["SUCCESS", "PARTIAL_SUCCESS", "FAILED", "STOPPED"],
    ),
    Row("000-28", By.README),
)

PAGE_001 = (
    Row("001-01", By.DEPARTURE, f"{INSTANCES}/parameters/InstanceId/schema/type", ["integer", "string"]),
    Row("001-02", By.DEPARTURE, f"{FACTORY}/security", EITHER),
    Row("001-03", By.DEPARTURE, f"{INSTANCES}/parameters/Workspace/x-specloom-client-parameter", True),
    Row(
        "001-04",
        By.DEPARTURE,
        f"{INSTANCES}/schemas/JobInstanceStatus/enum",
        ["waiting", "running", "success", "fail", "running-exception", "pause", "manual-stop"],
    ),
    Row(
        "001-05",
        By.SPEC,
        f"{INSTANCES}/schemas/NodeStatus/enum",
        ["waiting", "running", "success", "fail", "skip", "pause", "manual-stop"],
    ),
    Row("001-06", By.DEPARTURE, f"{INSTANCES}/schemas/JobInstance/properties/executeTime/type", "number"),
    Row("001-07", By.DEPARTURE, f"{INSTANCES}/schemas/JobInstance/properties/startTime/type", ["integer", "null"]),
    Row(
        "001-08",
        By.DEPARTURE,
        f"{INSTANCES}/schemas/Node/properties/planTime/description",
        "When the node was due, in milliseconds since 1970.",
    ),
    Row(
        "001-09",
        By.DEPARTURE,
        f"{INSTANCES}/schemas/Node/properties/instanceId/description",
        "The job instance that the node belongs to; not a name of the node.",
    ),
    Row("001-10", By.DEPARTURE, f"{INSTANCES}/examples/FailedInstance/value/status", "fail"),
    Row("001-11", By.DEPARTURE, f"{INSTANCES}/examples/FailedInstance/value/endTime", 1551425387000),
    Row("001-12", By.DEPARTURE, f"{INSTANCES}/examples/FailedInstance/value/nodes/1/status", "success"),
    Row("001-13", By.DEPARTURE, f"{INSTANCES}/schemas/Node/properties/logPath/format", None),
    Row("001-14", By.DEPARTURE, f"{INSTANCES}/schemas/Node/properties/retryTimes/format", "int32"),
    Row("001-15", By.SPEC, f"{INSTANCES}/schemas/Node/properties/speed/type", "number"),
    Row("001-16", By.DEPARTURE, f"{FACTORY}/x-specloom-error-kinds/not_found", NOT_FOUND),
    Row(
        "001-17",
        By.DEPARTURE,
        f"{INSTANCES}/paths/instance/get/responses/default",
        {"$ref": "../common/responses.yaml#/responses/AnyError"},
    ),
    Row(
        "001-18",
        By.SPEC,
        f"{INSTANCES}/schemas/JobInstance/required",
        ["jobName", "instanceId", "status", "planTime", "total", "nodes"],
    ),
    Row(
        "001-19", By.DEPARTURE, f"{INSTANCES}/schemas/JobInstance/properties/planTime/x-specloom-epoch", "milliseconds"
    ),
    Row("001-20", By.SPEC, f"{INSTANCES}/schemas/JobInstance/properties/forceSuccess/default", False),
    Row("001-21", By.DEPARTURE, f"{INSTANCES}/schemas/JobInstance/additionalProperties", None),
    Row("001-22", By.README),
    Row("001-23", By.README),
    Row("001-24", By.SPEC, f"{INSTANCES}/parameters/JobName/name", "job_name"),
)

PAGE_002 = (
    Row("002-01", By.README),
    Row("002-02", By.DEPARTURE, f"{CATALOG}/security", EITHER),
    Row("002-03", By.DEPARTURE, f"{TASKS}/parameters/Instance/x-specloom-client-parameter", True),
    Row(
        "002-04",
        By.DEPARTURE,
        f"{TASKS}/parameters/WorkspaceId/description",
        "Workspace of the task, as the list of tasks behind a table names it.",
    ),
    Row("002-05", By.DEPARTURE, f"{TASKS}/parameters/StartTime/schema/format", "int64"),
    Row("002-06", By.DEPARTURE, f"{TASK_LIST}/x-specloom-paginator/verified", False),
    Row("002-07", By.DEPARTURE, f"{TASKS}/schemas/TaskInstances/properties", {"status_code", "body", "header_map"}),
    Row(
        "002-08",
        By.DEPARTURE,
        f"{TASKS}/schemas/TaskInstances/properties/body/contentSchema",
        {"$ref": "#/schemas/TaskInstancesBody"},
    ),
    Row(
        "002-09",
        By.DEPARTURE,
        f"{TASKS}/schemas/TaskInstance/properties/runningParam/contentSchema",
        {"$ref": "#/schemas/RunningParam"},
    ),
    Row("002-10", By.DEPARTURE, f"{TASKS}/schemas/TaskInstance/properties", set(ROW_FIELDS.split())),
    Row("002-11", By.DEPARTURE, f"{TASKS}/schemas/RunningData/properties/jobId/type", "string"),
    Row("002-12", By.DEPARTURE, f"{TASKS}/parameters/TaskId/schema/type", ["string", "integer"]),
    Row(
        "002-13",
        By.DEPARTURE,
        f"{TASKS}/schemas/TaskInstance/properties/failCount/x-specloom-sentinels",
        [{"value": -1, "means": "not known"}],
    ),
    Row("002-14", By.DEPARTURE, f"{TASKS}/schemas/TaskInstance/properties/forceSuccess/type", ["integer", "boolean"]),
    Row("002-15", By.DEPARTURE, f"{TASKS}/examples/RunningTask/value/header_map/Content-Length", "1692"),
    Row(
        "002-16",
        By.DEPARTURE,
        f"{TASKS}/schemas/TaskInstances/properties/header_map/additionalProperties/type",
        "string",
    ),
    Row("002-17", By.DEPARTURE, f"{TASK_LIST}/responses/200/headers/X-Request-Id", REQUEST_ID),
    Row(
        "002-18",
        By.DEPARTURE,
        f"{TASK_LIST}/x-specloom-failure/when",
        [{"pointer": "/status_code", "minimum": 400}, {"pointer": "/body/success", "equals": False}],
    ),
    Row(
        "002-19",
        By.DEPARTURE,
        f"{ERRORS}/ServiceError/properties",
        {"error_code", "error_msg", "common_error_code", "solution_msg"},
    ),
    Row("002-20", By.DEPARTURE, f"{TASKS}/parameters/EndTime/example", 1705311669796),
    Row("002-21", By.DEPARTURE, f"{TASK_LIST}/x-specloom-stability", "experimental"),
    Row("002-22", By.README),
    Row("002-23", By.README),
    Row("002-24", By.DEPARTURE, f"{TASKS}/schemas/TaskInstance/properties/executionLogPath/format", None),
)

PAGE_003 = (
    Row("003-01", By.DEPARTURE, f"{START}/responses/202/content", None),
    Row("003-02", By.DEPARTURE, f"{START}/responses/2XX", {"description", "headers"}),
    Row("003-03", By.DEPARTURE, f"{START}/responses/408", {"$ref": "responses.yaml#/responses/RequestTimeout"}),
    Row("003-04", By.DEPARTURE, f"{JOBS}/examples/IncorrectTokenInStart/x-specloom-raw", True),
    Row("003-05", By.DEPARTURE, f"{LAKE}/security", EITHER),
    Row("003-06", By.DEPARTURE, f"{START}/summary", "Start a job"),
    Row("003-07", By.DEPARTURE, f"{START}/requestBody", None),
    Row("003-08", By.DEPARTURE, f"{START}/x-specloom-retry/idempotent", False),
    Row("003-09", By.DEPARTURE, f"{HISTORY}/x-specloom-waiter/after", "jobs.start"),
    Row("003-10", By.DEPARTURE, f"{START}/responses/409", {"$ref": "../common/responses.yaml#/responses/Conflict"}),
    Row("003-11", By.DEPARTURE, f"{START}/parameters", None),
    Row("003-12", By.README),
    Row("003-13", By.README),
    Row("003-14", By.SPEC, f"{START}/responses/204", None),
)

ROWS = (*PAGE_000, *PAGE_001, *PAGE_002, *PAGE_003)
