"""Importing the package loads little; nothing heavy is loaded before the first call."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ("httpx2", "pydantic", "pydantic_core", "typing_extensions", "asyncio", "ssl", "inspect")
REPORT = "import json, sys; print(json.dumps(sorted(sys.modules)))"


def modules_after(program: str) -> set[str]:
    """The names of all modules that an interpreter of its own has loaded after a program."""
    ended = subprocess.run([sys.executable, "-c", f"{program}\n{REPORT}"], capture_output=True, check=True, text=True)
    return set(json.loads(ended.stdout))


@pytest.mark.parametrize(
    "program",
    [
        "import huaweicloud_jobs",
        "from huaweicloud_jobs import LakeFormation",
        "from huaweicloud_jobs import AsyncDataArtsCatalog, DataArtsFactory, StatusError, TokenCredentials",
        "from huaweicloud_jobs import LakeFormation\nLakeFormation(project_id='p1').close()",
    ],
)
def test_importing_loads_neither_the_network_nor_the_models(program: str) -> None:
    """Clients, errors and credentials are there without httpx2 and pydantic, and a client can be made."""
    loaded = modules_after(program)

    assert "huaweicloud_jobs" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_using_a_service_loads_them_and_no_other_service() -> None:
    """Its resource brings its own models; the network comes with the first call."""
    loaded = modules_after("from huaweicloud_jobs import LakeFormation\nLakeFormation(project_id='p1').jobs")

    assert {"huaweicloud_jobs.lakeformation.jobs", "huaweicloud_jobs._runtime.client"} <= loaded
    assert [name for name in loaded if name.startswith("huaweicloud_jobs.dataarts")] == []
    assert "httpx2" not in loaded


def test_the_package_lists_its_names() -> None:
    """Everything public is importable, and `dir` says so."""
    program = (
        "import huaweicloud_jobs as package\n"
        "missing = [name for name in package.__all__ if not hasattr(package, name)]\n"
        "assert dir(package) == package.__all__ and missing == [], missing"
    )

    assert "pydantic" not in modules_after(program)


def test_a_name_that_is_not_there_is_told() -> None:
    """As any module tells it."""
    import huaweicloud_jobs

    with pytest.raises(AttributeError, match="module 'huaweicloud_jobs' has no attribute 'LakeFormations'"):
        huaweicloud_jobs.LakeFormations  # type: ignore[attr-defined]  # noqa: B018
