"""What a failure means: by its status, by its code, and by both."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from specloom.runtime.errors import StatusError
from tests.runtime.answering import both

CODES = {
    "authentication": ("403", "EXPIRED"),
    "not_found": ("GONE",),
    "throttled": ("SLOW",),
    "permission": ("NOT.YOURS",),
}
KINDS = ("not_found", "conflict", "invalid", "authentication", "permission", "quota", "throttled")


@pytest.mark.parametrize(
    ("status", "code", "kinds"),
    [
        (403, "403", ["authentication", "permission"]),
        (403, "ANY", ["permission"]),
        (401, "EXPIRED", ["authentication"]),
        (401, "SLOW", ["authentication", "throttled"]),
        (400, "403", ["authentication"]),
        (400, "GONE", ["not_found"]),
        (400, "ANY", ["invalid"]),
        (500, "403", []),
        (500, "NOT.YOURS", []),
        (500, "GONE", ["not_found"]),
        (503, "SLOW", ["throttled"]),
    ],
)
def test_status_and_code_say_what_a_failure_means(status: int, code: str, kinds: list[str]) -> None:
    """A 403 is about permission whatever its code adds; a fault of the server is no refusal of credentials."""

    def list_history(client: Any) -> Any:
        service = client._configuration.service
        values = {name: getattr(service, name) for name in service.__match_args__}
        client._configuration.service = type(service)(**{**values, "kinds": CODES})
        return client.jobs.list_history("j")

    for error in both(lambda _: httpx2.Response(status, json={"error_code": code, "error_msg": "x"}), list_history):
        assert isinstance(error, StatusError)
        assert sorted(name for name in KINDS if getattr(error, f"is_{name}")) == kinds


def test_the_status_inside_a_success_says_what_it_means() -> None:
    """The one around it says that all is well."""
    error = StatusError("no such thing", status=200, inner_status=404)

    assert error.kinds == ("not_found",)
    assert str(error) == "HTTP 200 holding status 404: no such thing"


def test_a_code_does_not_make_a_fault_inside_a_success_a_refusal() -> None:
    """The status inside counts, not that around it."""

    def list_rows(client: Any) -> Any:
        service = client._configuration.service
        values = {name: getattr(service, name) for name in service.__match_args__}
        client._configuration.service = type(service)(**{**values, "kinds": CODES})
        return client.jobs.list_rows()

    body = {"status_code": 500, "error_code": "EXPIRED"}
    for error in both(lambda _: httpx2.Response(200, json=body), list_rows):
        assert isinstance(error, StatusError)
        assert (error.inner_status, error.code, error.kinds) == (500, "EXPIRED", ())
