"""The views of the emitted tests of a package as a whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractView:
    """What is documented of one client beside its operations.

    Args:
        imported: The import of what the call names; empty where that is nothing.
        addresses: The fixture with them; `fields` and `kinds` alike, and each is empty where nothing is documented.
    """

    name: str
    module: str
    imported: str
    construction: tuple[str, ...]
    call: str
    addresses: str
    fields: str
    kinds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageTestsView:
    """The module of emitted tests that is about the package as a whole; `names` and `enumerations` are fixtures."""

    header: str
    docstring: str
    imports: tuple[str, ...]
    names: str
    enumerations: str
    clients: tuple[ContractView, ...]
