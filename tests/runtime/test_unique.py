"""Lists that hold nothing twice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from specloom.runtime.limits import faults
from specloom.runtime.operation import Limits

UNIQUE = Limits(unique=True)


def nested(depth: int) -> list[Any]:
    """A list within lists, deeper than Python calls."""
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


@pytest.mark.parametrize(
    ("value", "repeats"),
    [
        ([1, 1.0], True),
        ([1, Decimal(1)], True),
        ([1, True], False),
        ([0, False, None, "", [], {}], False),
        ([[1], (1,)], True),
        ([{"a": 1, "b": [2]}, {"b": [2], "a": 1}], True),
        ([{"a": 1}, {"a": True}], False),
        (["1", 1], False),
        ([nested(5000), nested(5000)], False),
        ("aa", False),
        ({"a": 1, "b": 1}, False),
    ],
)
def test_items_are_compared_as_json(value: Any, repeats: bool) -> None:
    """By what they say, in whatever order their members stand."""
    assert [message for _, message in faults("", UNIQUE, value, "")] == (
        [f"it takes no item twice, not a {type(value).__name__} of length {len(value)}"] if repeats else []
    )
