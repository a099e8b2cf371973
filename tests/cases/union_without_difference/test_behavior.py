"""A union whose members nothing tells apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ({"a": "x"}, "One"),
        ({"b": "x", "c": 1}, "Two"),
        ({}, "One"),
        ({"a": 5, "b": "x"}, "Two"),
        ({"a": 5, "b": 5}, "One"),
    ],
)
def test_a_value_is_read_as_what_it_fits_best(package: ModuleType, document: object, name: str) -> None:
    """The first where several fit alike; one with a fault where none fits."""
    with Service(document).client(package, "UnionWithoutDifference") as client:
        found = client.either.get_either()

    assert type(found).__name__ == name
    assert found.to_dict() == document


def test_the_other_member_can_be_asked_for(package: ModuleType) -> None:
    """Nothing is lost on the way there and back."""
    models = package.union_without_difference.models
    with Service({"a": "x", "b": "y"}).client(package, "UnionWithoutDifference") as client:
        found = client.either.get_either()

    other = found.read_as(models.Two)
    assert (type(found), found.a) == (models.One, "x")
    assert (type(other), other.b) == (models.Two, "y")
    assert other.read_as(models.One) == found
    with pytest.raises(ValueError, match="c"):
        models.One.from_json('{"c": "text"}').read_as(models.Two)
