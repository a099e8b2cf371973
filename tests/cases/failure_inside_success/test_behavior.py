"""A failure that a success reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


@pytest.mark.parametrize("document", [{"status_code": 500, "error": "No"}, {"status_code": 200, "ok": False}])
def test_any_of_the_tests_tells_the_failure(package: ModuleType, document: dict[str, Any]) -> None:
    """The inner status is that of the failure; the outer one stays what it was."""
    with (
        Service(document).client(package, "FailureInsideSuccess") as client,
        pytest.raises(package.InnerFailureError) as caught,
    ):
        client.tasks.get_task()

    assert caught.value.status == 200
    assert caught.value.inner_status == document["status_code"]


def test_a_caller_may_opt_out(package: ModuleType) -> None:
    """Then the answer is returned as any other."""
    with Service({"status_code": 500}).client(package, "FailureInsideSuccess") as client:
        assert client.tasks.get_task(raise_failures=False).status_code == 500
