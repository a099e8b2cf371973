"""A union by a one-valued member."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_members_are_told_apart_by_the_value(package: ModuleType) -> None:
    """Also where nothing else is there to go by."""
    models = package.one_of_by_const.models
    with Service([{"kind": "square"}, {"kind": "circle"}]).client(package, "OneOfByConst") as client:
        shapes = client.shapes.list_shapes()

    assert [type(one) for one in shapes] == [models.Square, models.Circle]


def test_a_value_of_no_member_is_not_guessed_at(package: ModuleType) -> None:
    """The error names the place."""
    with (
        Service([{"kind": "circle"}, {"kind": "star"}]).client(package, "OneOfByConst") as client,
        pytest.raises(package.DecodeError, match="1"),
    ):
        client.shapes.list_shapes()
