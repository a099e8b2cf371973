"""Values of a union that do not tell, or tell something new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

PETS = [{"kind": "cat", "lives": 9}, {"name": "Ann"}, {"kind": "bird", "name": "Bob"}, {"kind": "dog", "name": "Cy"}]


def test_what_does_not_tell_is_of_the_default(package: ModuleType) -> None:
    """A tag that is not there, and one that is not listed; neither is a fault."""
    with Service(PETS).client(package, "DefaultMapping") as client:
        found = client.pets.list_pets()

    assert [type(one).__name__ for one in found] == ["Cat", "Other", "Other", "Dog"]
    assert [one.to_dict() for one in found] == PETS
    assert package.problems_of(found) == ()


def test_a_fault_is_told_of_the_default(package: ModuleType) -> None:
    """At its place, the rest being read."""
    with Service([{"kind": "bird", "name": 5}]).client(package, "DefaultMapping") as client:
        found = client.pets.list_pets()

    assert [type(one).__name__ for one in found] == ["Other"]
    assert [one.pointer for one in package.problems_of(found)] == ["/0/name"]
