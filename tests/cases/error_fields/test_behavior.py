"""Where the fields of an error come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def raised(package: ModuleType, service: Service) -> Any:
    """The error that a call raises."""
    with service.client(package, "ErrorFields") as client, pytest.raises(package.StatusError) as caught:
        client.jobs.get_job()
    return caught.value


def test_the_first_source_that_holds_something_counts(package: ModuleType) -> None:
    """Null holds nothing."""
    document = {"error_code": None, "error": {"code": "E2", "message": "Worse"}, "request_id": "r1", "solution": "Rest"}
    error = raised(package, Service(document, status=400))

    assert isinstance(error, package.errors.BadRequestError)
    assert (error.code, error.message, error.request_id, error.solution_msg) == ("E2", "Worse", "r1", "Rest")


def test_a_body_that_is_not_json_never_hides_the_status(package: ModuleType) -> None:
    """It is there as it came."""
    error = raised(package, Service("{'error_code'", status=401))

    assert isinstance(error, package.errors.AuthenticationError)
    assert error.code is None
    assert error.body == b"{'error_code'"
