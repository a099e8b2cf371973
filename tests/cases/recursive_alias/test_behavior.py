"""Types that lead back to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_values_are_checked_at_any_depth(package: ModuleType) -> None:
    """And kept where they do not fit."""
    service = Service({"a": [1, {"b": [True]}]})
    with service.client(package, "RecursiveAlias") as client:
        found = client.values.put_value({"x": ["y", {"z": 1.5}]})

    assert service.requests[0].content == b'{"x":["y",{"z":1.5}]}'
    assert found == {"a": [1, {"b": [True]}]}
    assert [one.pointer for one in package.problems_of(found)] == ["/a/1/b/0"]
