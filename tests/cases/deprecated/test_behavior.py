"""Calls of what is deprecated."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_a_call_warns_at_its_line(package: ModuleType) -> None:
    """And not at one of the package."""
    with (
        Service({}).client(package, "Deprecated") as client,
        pytest.warns(DeprecationWarning, match="is deprecated") as caught,
    ):
        client.jobs.get_job()
    assert [(str(one.message), Path(one.filename).name) for one in caught] == [
        ("jobs.get_job is deprecated", "test_behavior.py")
    ]


def test_raw_answers_warn_too(package: ModuleType) -> None:
    """At the line of the call."""
    with Service({}).client(package, "Deprecated") as client, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        client.with_raw_response(client.jobs.get_job)()

    assert [Path(one.filename).name for one in caught] == ["test_behavior.py"]
