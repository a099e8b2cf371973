"""What the four documentation pages say, typed by hand from the pages, with the line each fact stands on.

A fact that the spec carries otherwise than the page has it names the departures that say so, and what the spec has.
"""

from __future__ import annotations

from tests.spec.fact import Answer, Example, Field, Page, Parameter


def service_error(line: int, *more: int) -> tuple[Field, ...]:
    """The error members, by the lines of error_code, error_msg and, where the page has them, the other two."""
    names = ("error_code", "error_msg", "common_error_code", "solution_msg")
    return tuple(Field(at, name, "String") for at, name in zip((line, *more), names, strict=False))


def gateway_error(*lines: int) -> tuple[Field, ...]:
    """The members of the 403 example, by their lines, in their order."""
    nested = ("error", "error.code", "error.message", "error.error_code", "error.error_msg", "error.title")
    names = (*nested, "error_code", "error_msg", "title")
    nullable = {"types": ("null", "string")}
    return tuple(
        (
            Field(line, name, "Object", departures=("000-10",))
            if name == "error"
            else Field(line, name, "String", spec=nullable, departures=("000-10",))
        )
        for line, name in zip(lines, names, strict=True)
    )


FILTERS = ("CREATED", "SUBMITTED", "RUNNING", "SUCCESS", "FAILED", "STOPPED")
STATES = (*FILTERS, "FROZEN_RELEASABLE", "FROZEN_UNRELEASABLE", "PARTIAL_SUCCESS")
PROJECT = "b384b9e9ab9b4ee8994c8633aabc9505"
INSTANCE = "2180518f-42b8-4947-b20b-adfc53981a25"
JOB = "03141229-84cd-4b1b-9733-dd124320c125"
DATE_TIME = {"format": "date-time"}

HISTORY = Page(
    page="000",
    document="lakeformation/openapi.yaml",
    title=(3, "Viewing Historical Tasks"),
    date="2025-02-14",
    sha256="e5555a904100209d05c642aa01ac78a29efaa996cd2f631421b6423b2968b17d",
    uri=(11, "GET", "/v1/{project_id}/instances/{instance_id}/lf-jobs/{job_id}/history"),
    operation_id="ShowJobHistoryByInstance",
    token=(109, "000-06"),
    request_id="000-24",
    parameters=(
        Parameter(23, "path", "project_id", "String", True, PROJECT, client=True),
        Parameter(31, "path", "instance_id", "String", True, INSTANCE),
        Parameter(39, "path", "job_id", "String", True, JOB),
        Parameter(
            57,
            "query",
            "status",
            "String",
            False,
            "SUCCESS",
            values=(*FILTERS, "PARTIAL_SUCCES"),
            spec={"values": (*FILTERS, "PARTIAL_SUCCESS")},
            departures=("000-01", "000-03"),
        ),
        Parameter(
            81, "query", "offset", "Integer", True, 0, default=0, minimum=0, maximum=1000, departures=("000-04",)
        ),
        Parameter(
            89, "query", "limit", "Integer", True, 10, default=10, minimum=1, maximum=1000, departures=("000-04",)
        ),
    ),
    answers=(
        Answer(
            119,
            "200",
            (
                Field(129, "total", "Integer"),
                Field(135, "jobs", "Array", spec={"mandatory": True}, departures=("000-29",)),
                Field(149, "jobs[].id", "String"),
                Field(155, "jobs[].name", "String"),
                Field(
                    161,
                    "jobs[].type",
                    "String",
                    values=("METADATA_MIGRATION", "PERMISSION_MIGRATION", "METADATA_DISCOVERY"),
                ),
                Field(175, "jobs[].create_time", "String", spec=DATE_TIME, departures=("000-17",)),
                Field(181, "jobs[].start_time", "String", spec=DATE_TIME, departures=("000-17", "000-18")),
                Field(187, "jobs[].end_time", "String", spec=DATE_TIME, departures=("000-17",)),
                Field(
                    193,
                    "jobs[].status",
                    "String",
                    values=STATES,
                    spec={"types": ("object", "string")},
                    departures=("000-02",),
                ),
                Field(
                    352,
                    "jobs[].status.status",
                    "String",
                    values=STATES,
                    spec={"mandatory": True},
                    departures=("000-02",),
                ),
                Field(
                    219,
                    "jobs[].execute_time",
                    "Long",
                    spec={"types": ("number",), "format": None},
                    departures=("000-21",),
                ),
                Field(225, "jobs[].log_simple_info", "String"),
            ),
            (Example((343, 355), "000-200.json"),),
        ),
        Answer(231, "400", service_error(241, 247, 253, 259), (Example((361, 364), "000-400.json"),)),
        Answer(
            366,
            "401",
            service_error(371, 372),
            (Example((370, 373), "000-401.txt"), Example((370, 373), "000-401-corrected.json", ("000-09",))),
        ),
        Answer(
            375,
            "403",
            gateway_error(380, 381, 382, 383, 384, 385, 387, 388, 389),
            (Example((379, 390), "000-403.json"),),
        ),
        Answer(265, "404", service_error(275, 281, 287, 293), (Example((396, 399), "000-404.json"),)),
        Answer(401, "408", service_error(406, 407), (Example((405, 408), "000-408.json"),), departures=("000-07",)),
        Answer(0, "429", service_error(0, 0), headers=("X-Request-Id", "Retry-After"), departures=("000-25",)),
        Answer(299, "500", service_error(309, 315, 321, 327), (Example((414, 417), "000-500.json"),)),
    ),
)

TIME = {"types": ("integer", "null"), "mandatory": False}

INSTANCE_DETAILS = Page(
    page="001",
    document="dataarts_factory/openapi.yaml",
    title=(1, "Viewing Job Instance Details"),
    date="",
    sha256="e44388286813146c5cb9090dc9861c6782261c2917beec1abb60239945a4092f",
    uri=(11, "GET", "/v1/{project_id}/jobs/{job_name}/instances/{instance_id}"),
    operation_id="ShowJobInstance",
    token=(0, "001-02"),
    request_id="001-25",
    parameters=(
        Parameter(25, "path", "project_id", "String", True, PROJECT, client=True),
        Parameter(33, "path", "job_name", "String", True, "job_batch"),
        Parameter(
            41,
            "path",
            "instance_id",
            "Long",
            True,
            34765,
            spec={"types": ("integer", "string")},
            departures=("001-01",),
        ),
        Parameter(
            61,
            "header",
            "workspace",
            "String",
            False,
            "b88c445407b24283aa949f9833a38fd8",
            client=True,
            departures=("001-03", "001-27"),
        ),
    ),
    answers=(
        Answer(
            311,
            "200",
            (
                Field(85, "jobName", "String", True),
                Field(93, "instanceId", "Long", True),
                Field(
                    101,
                    "status",
                    "String",
                    True,
                    values=("waiting", "running", "success", "fail", "running-exception", "pause", "manual-stop"),
                    departures=("001-04",),
                ),
                Field(123, "planTime", "Long", True, departures=("001-19",)),
                Field(131, "startTime", "Long", True, spec=TIME, departures=("001-07",)),
                Field(139, "endTime", "Long", False),
                Field(
                    147,
                    "executeTime",
                    "Long",
                    False,
                    spec={"types": ("number",), "format": None},
                    departures=("001-06",),
                ),
                Field(155, "total", "int", True),
                Field(163, "nodes", "List", True),
                Field(171, "forceSuccess", "boolean", False, default=False),
                Field(181, "ignoreSuccess", "boolean", False, default=False),
                Field(201, "nodes[].nodeName", "String", True),
                Field(
                    209,
                    "nodes[].status",
                    "String",
                    True,
                    values=("waiting", "running", "success", "fail", "skip", "pause", "manual-stop"),
                ),
                Field(231, "nodes[].planTime", "Long", True, departures=("001-08",)),
                Field(239, "nodes[].startTime", "Long", True, spec=TIME, departures=("001-26",)),
                Field(247, "nodes[].endTime", "Long", False),
                Field(255, "nodes[].type", "String", True),
                Field(263, "nodes[].retryTimes", "Int", False),
                Field(271, "nodes[].instanceId", "Long", True, departures=("001-09",)),
                Field(279, "nodes[].inputRowCount", "Long", False),
                Field(287, "nodes[].speed", "double", False),
                Field(295, "nodes[].logPath", "String", False, departures=("001-13",)),
            ),
            (Example((313, 350), "001-200.json"),),
        ),
        Answer(354, "400", service_error(357, 358), (Example((356, 359), "001-400.json"),)),
        Answer(0, "default", service_error(0, 0), departures=("001-17",)),
    ),
)

MILLISECONDS = {"types": ("integer",), "format": "int64"}

TASK_INSTANCES = Page(
    page="002",
    document="dataarts_catalog/openapi.yaml",
    title=(1, "Output Information (Invitational Test)"),
    date="",
    sha256="f5d33a8d5fd4f29625434f84bc7663f89bb3f5fffd91ff805ca50a7a0e293020",
    uri=(7, "GET", "/v1/{project_id}/datamap/node/{task_id}/instances"),
    operation_id="ShowInstanceInfos",
    token=(23, "002-02"),
    request_id="002-17",
    parameters=(
        Parameter(10, "path", "project_id", "String", True, PROJECT, client=True),
        Parameter(
            11,
            "path",
            "task_id",
            "String",
            True,
            "937987",
            spec={"types": ("integer", "string")},
            departures=("002-12",),
        ),
        Parameter(
            14,
            "query",
            "workspace_id",
            "String",
            False,
            "b88c445407b24283aa949f9833a38fd8",
            client=True,
            departures=("002-03", "002-04"),
        ),
        Parameter(15, "query", "job_name", "String", True, "ETL_Job_dli2dws"),
        Parameter(16, "query", "start_time", "Number", True, 1705248000000, spec=MILLISECONDS, departures=("002-05",)),
        Parameter(17, "query", "end_time", "Number", True, 1705311669796, spec=MILLISECONDS, departures=("002-05",)),
        Parameter(18, "query", "offset", "Integer", True, 0),
        Parameter(19, "query", "limit", "Integer", True, 10),
        Parameter(
            24,
            "header",
            "instance",
            "String",
            True,
            "0123456789abcdef0123456789abcdef",
            client=True,
            departures=("002-20",),
        ),
    ),
    answers=(
        Answer(
            26,
            "200",
            (
                Field(29, "status_code", "Integer"),
                Field(30, "body", "String", spec={"mandatory": True}, departures=("002-08", "002-25")),
                Field(
                    31,
                    "header_map",
                    "Object",
                    spec={"mandatory": True, "map_of": "string"},
                    departures=("002-16", "002-25"),
                ),
                Field(64, "body.msg", "String"),
                Field(64, "body.rows", "Array", spec={"mandatory": True}, departures=("002-26",)),
                Field(64, "body.success", "boolean"),
                Field(64, "body.total", "Integer"),
                Field(64, "body.rows[].endTime", "Long", departures=("002-13",)),
                Field(64, "body.rows[].executionLogPath", "String", departures=("002-24",)),
                Field(64, "body.rows[].failCount", "Long"),
                Field(
                    64,
                    "body.rows[].forceSuccess",
                    "Integer",
                    spec={"types": ("boolean", "integer"), "format": None},
                    departures=("002-14",),
                ),
                Field(64, "body.rows[].inputRowCount", "Long"),
                Field(64, "body.rows[].jobId", "Long"),
                Field(64, "body.rows[].jobName", "String"),
                Field(64, "body.rows[].outputRowCount", "Long"),
                Field(64, "body.rows[].owner", "String"),
                Field(64, "body.rows[].planTime", "Long"),
                Field(64, "body.rows[].retryTimes", "Long"),
                Field(
                    64,
                    "body.rows[].runningData",
                    "String",
                    spec={"mandatory": True},
                    departures=("002-09", "002-27"),
                ),
                Field(64, "body.rows[].runningParam", "String", departures=("002-09",)),
                Field(64, "body.rows[].runningTime", "Long"),
                Field(64, "body.rows[].speed", "double"),
                Field(64, "body.rows[].startTime", "Long"),
                Field(64, "body.rows[].status", "String"),
                Field(64, "body.rows[].submitTime", "Long"),
                Field(64, "body.rows[].taskId", "Long"),
                Field(64, "body.rows[].taskName", "String"),
                Field(64, "body.rows[].taskRunningLogId", "Long"),
                Field(64, "body.rows[].type", "String"),
                Field(64, "body.rows[].workspaceId", "String"),
                Field(64, "body.rows[].workspaceName", "String"),
                Field(64, "body.rows[].runningData.obsDataPath", "String"),
                Field(64, "body.rows[].runningData.jobId", "String", departures=("002-11",)),
                Field(64, "body.rows[].runningData.dliCurrentStep", "String"),
                Field(64, "body.rows[].runningData.firstTimeEtlSqlList", "String"),
                Field(64, "body.rows[].runningData.type", "String"),
                Field(64, "body.rows[].runningParam.total", "Integer"),
                Field(64, "body.rows[].runningParam.rows", "Array"),
                Field(64, "body.rows[].runningParam.rows[].name", "String"),
                Field(64, "body.rows[].runningParam.rows[].value", "String"),
            ),
            (Example((62, 80), "002-200.json"),),
        ),
        Answer(32, "400", service_error(35, 36), departures=("002-19",)),
        Answer(37, "401", service_error(40, 41)),
        Answer(42, "403", service_error(45, 46)),
        Answer(47, "404", service_error(50, 51)),
        Answer(0, "429", service_error(0, 0), headers=("X-Request-Id", "Retry-After"), departures=("002-28",)),
        Answer(52, "500", service_error(55, 56)),
    ),
)

START = Page(
    page="003",
    document="lakeformation/openapi.yaml",
    title=(74, "Starting a Job"),
    date="",
    sha256="d314a73ecd2ea867e5ec40e2e09ba1188d767f52bcae975eb73da380de08d986",
    uri=(78, "POST", "/v1/{project_id}/instances/{instance_id}/lf-jobs/{job_id}/start"),
    operation_id="StartJobByInstance",
    token=(102, "003-05"),
    request_id="003-16",
    parameters=(
        Parameter(84, "path", "project_id", "String", True, PROJECT, client=True),
        Parameter(88, "path", "instance_id", "String", True, INSTANCE),
        Parameter(92, "path", "job_id", "String", True, JOB),
    ),
    answers=(
        Answer(183, "202", departures=("003-01",)),
        Answer(0, "2XX", departures=("003-02",)),
        Answer(107, "400", service_error(112, 115, 118, 121), (Example((163, 163), "003-400.json"),)),
        Answer(
            164,
            "401",
            service_error(166, 166),
            (Example((166, 166), "003-401.txt"), Example((166, 166), "000-401-corrected.json", ("003-04",))),
        ),
        Answer(167, "403", gateway_error(*(169,) * 9), (Example((169, 169), "003-403.json"),)),
        Answer(124, "404", service_error(129, 132, 135, 138), (Example((172, 172), "003-404.json"),)),
        Answer(173, "408", service_error(175, 175), (Example((175, 175), "003-408.json"),), departures=("003-03",)),
        Answer(0, "409", service_error(0, 0), departures=("003-10",)),
        Answer(0, "429", service_error(0, 0), headers=("X-Request-Id", "Retry-After"), departures=("003-15",)),
        Answer(141, "500", service_error(146, 149, 152, 155), (Example((178, 178), "003-500.json"),)),
    ),
)

PAGES = (HISTORY, INSTANCE_DETAILS, TASK_INSTANCES, START)
