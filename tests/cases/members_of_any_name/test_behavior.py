"""Typed members without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType


def test_members_without_a_name_are_typed(package: ModuleType) -> None:
    """Beside those that have one."""
    models = package.members_of_any_name.models
    found = models.Models.from_json('{"a": "x", "b": {"a": "y", "n": 1}}')

    assert found.model_extra["b"] == models.Typed.from_json('{"a": "y", "n": 1}')
    assert found.model_extra["b"].model_extra == {"n": 1}
    assert found.to_dict() == {"a": "x", "b": {"a": "y", "n": 1}}
    assert models.Patterns.from_json('{"x-a": 1, "y-b": "c"}').model_extra == {"x-a": 1, "y-b": "c"}
    assert models.Map.from_json('{"held": {"x1": 1}}').held == {"x1": 1}
    with pytest.raises(ValueError, match="n"):
        models.Typed.from_json('{"n": "text"}')
