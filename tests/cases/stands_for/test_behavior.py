"""Both forms of a value that an object may stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


@pytest.mark.parametrize("text", ['{"status":"FAILED"}', '{"status":{"status":"FAILED"}}', '{"status":{"status":"?"}}'])
def test_each_form_is_the_value_and_goes_back_as_it_came(package: ModuleType, text: str) -> None:
    """Wrapped or not, listed or not."""
    with Service(text).client(package, "StandsFor") as client:
        job = client.jobs.get_job()

    assert job.status == ("?" if "?" in text else "FAILED")
    assert job.to_json().decode() == text
