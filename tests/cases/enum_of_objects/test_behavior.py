"""Values that no class can list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType


def test_values_are_typed_by_their_kind(package: ModuleType) -> None:
    """Null is one of them where it is listed."""
    kind = package.enum_of_objects.models.Holder
    holder = kind.from_json('{"choice": null, "only": {"a": 1}, "half": 1.5, "listed": [1, 2]}')

    assert (holder.choice, holder.only, holder.half, holder.listed) == (None, {"a": 1}, 1.5, [1, 2])
    with pytest.raises(ValueError, match="only"):
        kind.from_json('{"only": [1]}')
