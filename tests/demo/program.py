"""The program that the emitted package is for, as a user would write it: type-checked, and run against the server."""

from __future__ import annotations

import sys

from huaweicloud_jobs import DataArtsCatalog, DataArtsFactory, LakeFormation, TokenCredentials


def run(url: str) -> list[tuple[str, object]]:
    """Call every documented operation at an address.

    Returns:
        What was read, each with the expression that reads it.
    """
    with LakeFormation(endpoint=url, project_id="p1", credentials=TokenCredentials("t")) as lakeformation:
        lakeformation.jobs.start("instance-1", "job-1")  # 202, no body
        page = lakeformation.jobs.list_history("instance-1", "job-1", status="SUCCESS", offset=0, limit=10)
    with DataArtsFactory(endpoint=url, project_id="p1", credentials=TokenCredentials("t"), workspace="w1") as factory:
        log_path = factory.jobs.get_instance("job_batch", 34765).nodes[1].log_path
    with DataArtsCatalog(endpoint=url, project_id="p1", credentials=TokenCredentials("t"), instance="i1") as catalog:
        got = catalog.tasks.list_instances(
            "937987", job_name="etl", start_time=1704934907000, end_time=1705311669796, offset=0, limit=10
        )
    return [
        ("page.total", page.total),
        ("page.jobs[0].status", page.jobs[0].status),
        ("get_instance(...).nodes[1].log_path", log_path),
        ("got.status_code", got.status_code),
        ('got.header_map["X-Frame-Options"]', got.header_map["X-Frame-Options"]),
        ("got.body.rows[0].running_data.dli_current_step", got.body.rows[0].running_data.dli_current_step),
    ]


if __name__ == "__main__":
    for expression, value in run(sys.argv[1]):
        print(f"{expression} = {value!r}")
