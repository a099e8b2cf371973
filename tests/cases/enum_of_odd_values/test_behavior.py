"""Odd values of an enumeration, there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from tests.cases.case import Case
from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_every_listed_value_is_a_member_that_equals_it(package: ModuleType) -> None:
    """However its name had to be made."""
    document = yaml.safe_load(Case("enum_of_odd_values").document.read_text(encoding="utf-8"))
    listed = document["paths"]["/jobs"]["get"]["parameters"][0]["schema"]["enum"]

    assert [str(one) for one in package.odd_values.models.GetJobState] == listed


def test_an_unlisted_value_is_kept_and_told(package: ModuleType) -> None:
    """It equals its text and is written back as it came."""
    with Service({"state": "new"}).client(package, "OddValues") as client:
        job = client.jobs.get_job(state="\u202e")

    assert job.state == "new"
    assert not job.state.is_known
    assert job.to_json() == b'{"state":"new"}'
