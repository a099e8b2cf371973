"""Second names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


def test_both_names_are_one_class(package: ModuleType) -> None:
    """Which is what a value is read as."""
    models = package.alias_of_one.models

    assert models.Home is models.Office is models.Address
    assert type(models.Person.from_json('{"home": {"street": "x"}}').home) is models.Home
