"""The views of the emitted tests of a package as a whole, and of its clients."""

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
    parameters: str
    refusals: str
    limits: str
    answers: str
    failures: str
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
    departures: str
    times: str
    secrets: str
    clients: tuple[ContractView, ...]
    credentials: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientTestsView:
    """The module of emitted tests about what every client does, which tries one of them by one of its calls.

    Args:
        operation: What errors call the operation.
        statuses: Rows of a status, the class that it is raised as, and what it means; the other tables alike.
        returned: What a function returns that makes the call; `awaited` and `raw` likewise.
        method: The method that is called.
        json: Whether the operation returns what it reads from JSON.
    """

    header: str
    imports: tuple[str, ...]
    operation: str
    statuses: tuple[str, ...]
    kinds: str
    faults: tuple[str, ...]
    refused: tuple[str, ...]
    client: str
    async_client: str
    construction: tuple[str, ...]
    returned: str
    awaited: str
    raw: str
    method: str
    json: bool
