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
    """It stays in the list, and the problem names its place; a strict call raises the same."""
    with Service([{"kind": "circle"}, {"kind": "star"}]).client(package, "OneOfByConst") as client:
        shapes = client.shapes.list_shapes()
        with pytest.raises(package.DecodeError) as caught:
            client.shapes.list_shapes(strict=True)

    assert len(shapes) == 2
    assert [one.pointer for one in package.problems_of(shapes)] == ["/1/kind"]
    assert [one.pointer for one in caught.value.problems] == ["/1/kind"]
