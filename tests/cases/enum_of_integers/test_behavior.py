"""Whole numbers as an open enumeration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_listed_and_new_numbers_are_numbers(package: ModuleType) -> None:
    """A member where it is listed, its number in any case."""
    models = package.enum_of_integers.models
    with Service({"level": 7}).client(package, "EnumOfIntegers") as client:
        new = client.jobs.get_job(models.Level.UNKNOWN).level

    assert models.Level(-1) is models.Level.UNKNOWN
    assert new == 7
    assert not new.is_known


def test_a_member_is_sent_as_its_number(package: ModuleType) -> None:
    """As a plain number is; one that is not listed where it is asked for."""
    service = Service({})
    with service.client(package, "EnumOfIntegers") as client:
        client.jobs.get_job(package.enum_of_integers.models.Level.UNKNOWN)
        client.jobs.get_job(-1)
        client.jobs.get_job(99, check=False)
        with pytest.raises(package.InvalidCallError, match=r"level: it takes one of .*-1.*, not 99"):
            client.jobs.get_job(99)

    assert service.targets == ["/jobs?level=-1", "/jobs?level=-1", "/jobs?level=99"]
