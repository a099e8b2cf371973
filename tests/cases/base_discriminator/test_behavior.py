"""Schemas that extend one with a discriminator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

PETS = [{"petType": "cat", "lives": 9}, {"petType": "Dog", "friends": [{"petType": "cat"}]}]


def test_the_tag_says_which_schema_a_value_has(package: ModuleType) -> None:
    """As mapped, else as it is called; within others too."""
    models = package.base_discriminator.models
    with Service(PETS).client(package, "BaseDiscriminator") as client:
        cat, dog = client.pets.list_pets()

    assert (type(cat), cat.lives) == (models.Cat, 9)
    assert type(dog) is models.Dog
    assert type(dog.friends[0]) is models.Cat
    assert [one.to_dict() for one in (cat, dog)] == PETS


def test_a_tag_that_is_not_listed_is_a_problem(package: ModuleType) -> None:
    """The value is read as what it fits best."""
    with Service([{"petType": "cow", "barks": True}, {"lives": 2}]).client(package, "BaseDiscriminator") as client:
        pets = client.pets.list_pets()

    assert [type(one).__name__ for one in pets] == ["Dog", "Cat"]
    assert [one.pointer for one in package.problems_of(pets)] == ["/0/petType", "/1/petType"]
    assert pets[0].to_dict() == {"petType": "cow", "barks": True}


def test_what_is_wrong_in_a_tagged_value_does_not_make_it_another(package: ModuleType) -> None:
    """A cat with a wrong member is a cat."""
    with Service([{"petType": "cat", "lives": "nine"}]).client(package, "BaseDiscriminator") as client:
        pets = client.pets.list_pets()

    assert type(pets[0]).__name__ == "Cat"
    assert [one.pointer for one in package.problems_of(pets)] == ["/0/lives"]


def test_any_of_them_is_sent_whole(package: ModuleType) -> None:
    """With the members of its own class, at any depth."""
    models = package.base_discriminator.models
    service = Service()
    body = models.Dog(pet_type="Dog", friends=[models.Cat(pet_type="new", lives=1)])
    with service.client(package, "BaseDiscriminator") as client:
        with pytest.raises(package.InvalidCallError, match="body/friends/0/petType"):
            client.pets.add_pet(body=body)
        client.pets.add_pet(body=body, check=False)

    assert service.requests[0].content == b'{"petType":"Dog","friends":[{"petType":"new","lives":1}]}'


def test_the_schema_that_others_extend_goes_by_its_own_name(package: ModuleType) -> None:
    """It is read and sent under it, and is what a value of no known kind is."""
    models = package.base_discriminator.models
    service = Service([{"petType": "Pet"}, {"petType": "cow"}])
    with service.client(package, "BaseDiscriminator") as client:
        pets = client.pets.list_pets()
        client.pets.add_pet(body=models.Pet(pet_type="Pet"))

    assert [type(one) for one in pets] == [models.Pet, models.Pet]
    assert [one.pointer for one in package.problems_of(pets)] == ["/1/petType"]
    assert service.requests[1].content == b'{"petType":"Pet"}'
