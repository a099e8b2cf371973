"""The views of the emitted tests of a package as a whole."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractView:
    """What is documented of one client beside its operations.

    Args:
        imported: The import of what the call names; empty where that is nothing.
        awaited: The call as the asynchronous client makes it.
        addresses: The fixture with them; the others alike, and each is empty where nothing is documented.
    """

    name: str
    async_name: str
    module: str
    imported: str
    construction: tuple[str, ...]
    call: str
    awaited: str
    addresses: str
    fields: str
    kinds: str
    refusals: str
    credentials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageTestsView:
    """The module of emitted tests that is about the package as a whole; its tables are fixtures.

    Args:
        credentials: Those that tests give, each with the name of its class before it.
    """

    header: str
    docstring: str
    imports: tuple[str, ...]
    names: str
    enumerations: str
    models: str
    clients: tuple[ContractView, ...]
    credentials: tuple[str, ...]
