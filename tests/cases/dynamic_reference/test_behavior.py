"""Schemas that lead back to themselves by dynamic references."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType


def test_a_schema_leads_back_to_itself(package: ModuleType) -> None:
    """At any depth."""
    models = package.dynamic_reference.models
    tree = models.Tree.from_json('{"name": "a", "children": [{"name": "b", "children": [{"name": "c"}]}]}')

    assert tree.children[0].children[0].name == "c"
    assert models.Open.from_json('{"other": [1]}').other == [1]
    with pytest.raises(ValueError, match=r"children\.0\.name"):
        models.Tree.from_json('{"children": [{"name": 5}]}')
