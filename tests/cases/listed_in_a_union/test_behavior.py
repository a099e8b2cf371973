"""Enumerations that are written as unions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


def test_members_have_the_names_of_their_titles(package: ModuleType) -> None:
    """And text that is not listed is kept."""
    models = package.listed_in_a_union.models
    holder = models.Holder.from_json('{"state": "a", "model": "huge", "text": "1", "some": ["x", "z"]}')

    assert holder.state is models.State.FIRST
    assert (holder.model, holder.model.is_known) == ("huge", False)
    assert holder.text is models.HolderText.VALUE_1
    assert [one.is_known for one in holder.some] == [True, False]
    assert models.HolderOpen("q") is models.HolderOpen.Q
