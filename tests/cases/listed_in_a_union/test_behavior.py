"""Enumerations that are written as unions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

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


def test_what_is_listed_beside_any_text_rules_nothing_out(package: ModuleType) -> None:
    """Another text is sent, and is no problem where it is read; a closed list is held to all the same."""
    models = package.listed_in_a_union.models
    service = Service({"model": "huge", "open": "r", "state": "c"})
    with service.client(package, "ListedInAUnion") as client:
        found = client.holders.add_holder(model="huge", any="other", body=models.Holder(model="huge", open="r"))
        for given in ({"state": "c"}, {"body": models.Holder(state="c")}):
            with pytest.raises(package.InvalidCallError, match="one of "):
                client.holders.add_holder(**given)

    assert service.targets == ["/holders?model=huge&any=other"]
    assert service.requests[0].content == b'{"model":"huge","open":"r"}'
    assert (found.model, found.model.is_known) == ("huge", False)
    assert [one.pointer for one in package.problems_of(found)] == ["/state"]
