"""Plans the emitted tests of what is documented beside the exchanges: addresses, errors, enumerations, public names.

All of it is data, so it stands in fixtures, a row a line, and is read by a few tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from specloom.model import EnumSchema
from specloom.python import docs, literals
from specloom.python.contract_views import ContractView, PackageTestsView
from specloom.python.imports import import_lines
from specloom.python.plan_client import client_parameters, server_variables
from specloom.python.rows_of_answers import answer_rows, failure_rows
from specloom.python.rows_of_credentials import MADE, classes_in, credential_rows
from specloom.python.rows_of_models import departure_rows, model_rows, secret_rows
from specloom.python.rows_of_parameters import parameter_rows
from specloom.python.rows_of_refusals import Refusals
from specloom.python.rows_of_times import time_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from specloom.model import Api, Json, Server
    from specloom.python.naming import Naming
    from specloom.python.sample_calls import SampleCall
    from specloom.python.views import LazyView

MOST_ROWS = 1_000
"""Rows of one fixture; a table that is longer is held by its beginning."""
_TABLES = ("addresses", "fields", "kinds", "parameters", "refusals", "limits", "answers", "failures", "credentials")
_RAISED = {
    "addresses": "ServerError",
    "limits": "ServerError",
    "parameters": "ServerError",
    "credentials": "ServerError",
    "fields": "BadRequestError",
    "kinds": "BadRequestError",
    "failures": "InnerFailureError",
}
"""The errors of the status that each test answers with."""
_ADDRESS = re.compile(r"https?://[\w.:-]+(/(?!\.\.?(/|$))[\w.~-]*)*", re.ASCII)
"""Addresses that are sent to as they are spelled ..."""
_USUAL_PORT = re.compile(r"^(https://[^/]*(?=:443(/|$))|http://[^/]*(?=:80(/|$))):\d+")
"""... once a port that goes without saying is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageTests:
    """The tests of a package as a whole, and their fixtures by name."""

    view: PackageTestsView
    fixtures: Mapping[str, str]


def plan_package_tests(
    apis: Sequence[tuple[Api, Naming, SampleCall | None]],
    packages: Mapping[str, LazyView],
    *,
    header: str,
    import_name: str,
) -> PackageTests:
    """Plan them.

    Args:
        apis: Each with its names and a call to try its client by.
        packages: The packages that say what is public, by dotted name.
    """
    fixtures = {
        f"{import_name}/names.json": docs.json_rows([name, list(one.names)] for name, one in sorted(packages.items()))
    }
    listed = {f"{import_name}.{naming.module}": _enumerations(api, naming) for api, naming, _ in apis}
    if any(listed.values()):
        rows: Iterator[Json] = (
            [f"{module}.models", name, values, _unlisted(values)]
            for module, enums in listed.items()
            for name, values in enums
        )
        fixtures[f"{import_name}/enumerations.json"] = docs.json_rows(islice(rows, MOST_ROWS))
    for name, rows_of in (
        ("models", model_rows),
        ("departures", departure_rows),
        ("times", time_rows),
        ("secrets", secret_rows),
    ):
        made: Iterator[Json] = (
            [f"{import_name}.{naming.module}.models", *row] for api, naming, _ in apis for row in rows_of(api, naming)
        )
        if found := list(islice(made, MOST_ROWS)):
            fixtures[f"{import_name}/{name}.json"] = docs.json_rows(found)
    clients = []
    used_credentials: set[str] = set()
    for api, naming, sample in apis:
        tables = _tables(api, naming, sample) if sample is not None else {}
        fixtures |= {f"{naming.module}/{name}.json": docs.json_rows(rows) for name, rows in tables.items()}
        if sample is not None and tables:
            used_credentials.update(name for row in tables.get("credentials", ()) for name in classes_in(row))
            clients.append(_client(naming, sample, tables, import_name))
    return PackageTests(
        view=_view(clients, fixtures, used_credentials, header=header, import_name=import_name), fixtures=fixtures
    )


def _client(naming: Naming, sample: SampleCall, tables: Mapping[str, Sequence[Json]], import_name: str) -> ContractView:
    fixtures = {name: literals.string(f"{naming.module}/{name}.json") for name in tables}
    return ContractView(
        name=naming.client,
        async_name=naming.async_client,
        module=naming.module,
        imported=f"from {import_name}.{naming.module} import models" if "models." in sample.call else "",
        construction=sample.construction,
        call=sample.call,
        awaited=sample.awaited,
        **{name: fixtures.get(name, "") for name in _TABLES},
    )


def _tables(api: Api, naming: Naming, sample: SampleCall) -> dict[str, list[Json]]:
    """The rows of each test that has any."""
    schemas = {one.name: one.schema for one in api.schemas}
    calls = Refusals(api=api, naming=naming, schemas=schemas, credentials=sample.credentials, held=sample.held)
    tables = {
        "addresses": _addresses(api),
        "fields": _fields(api),
        "kinds": _kinds(api),
        "parameters": parameter_rows(api, calls),
        "refusals": calls.rows(),
        "limits": calls.sent_rows(),
        "answers": answer_rows(api, calls),
        "failures": failure_rows(api, calls),
        "credentials": credential_rows(api, calls),
    }
    found = {name: list(islice(rows, MOST_ROWS)) for name, rows in tables.items()}
    return {name: rows for name, rows in found.items() if rows}


def _addresses(api: Api) -> Iterator[Json]:
    """What to give a client, and the address that it then calls: a server is chosen by the values that it lists."""
    variables = server_variables(api, client_parameters(api))
    defaults = dict(variables.values())
    given: Json
    for at, server in enumerate(api.servers):
        if at == 0 and _ADDRESS.fullmatch(_filled(server, defaults)):
            given = {}
            yield [given, _filled(server, defaults)]
        for name, (wire, _) in variables.items():
            for value in filter(None, _values(server, wire)):
                chosen = {**defaults, wire: value}
                address = _filled(server, chosen)
                fits = [one for one in api.servers if _lists(one, chosen)]
                if fits and fits[0] is server and _ADDRESS.fullmatch(address):
                    given = {name: value}
                    yield [given, address]


def _values(server: Server, wire: str) -> tuple[str, ...]:
    return next((one.values for one in server.variables if one.name == wire), ())


def _lists(server: Server, chosen: Mapping[str, str]) -> bool:
    return all(chosen[one.name] in one.values for one in server.variables if one.values)


def _filled(server: Server, values: Mapping[str, str]) -> str:
    url = server.url
    for one in server.variables:
        url = url.replace(f"{{{one.name}}}", values.get(one.name, one.default))
    return _USUAL_PORT.sub(r"\1", url).rstrip("/")


def _fields(api: Api) -> Iterator[Json]:
    """A payload for each place that an error reads a field from, with the field and what it says."""
    for field in api.errors.fields:
        if any(one.lower() == "header:x-request-id" for one in field.sources):
            continue  # which every answer of the tests has
        for source in field.sources:
            place, _, pointer = source.partition(":")
            if place == "body" and pointer.startswith("/"):
                yield [_payload(pointer, "a value"), field.name, "a value"]


def _kinds(api: Api) -> Iterator[Json]:
    """A payload for each documented code of an error, with what it means."""
    sources = [source for field in api.errors.fields if field.name == "code" for source in field.sources]
    pointers = [pointer for place, _, pointer in (one.partition(":") for one in sources) if place == "body"]
    if pointers and pointers[0].startswith("/"):
        for kind in api.errors.kinds:
            for code in kind.codes:
                yield [_payload(pointers[0], code), kind.name]


def _payload(pointer: str, value: str) -> Json:
    payload: Json = value
    for part in reversed(pointer.split("/")[1:]):
        payload = {part.replace("~1", "/").replace("~0", "~"): payload}
    return payload


def _enumerations(api: Api, naming: Naming) -> list[tuple[str, list[Json]]]:
    """The documented values of each enumeration, in their order."""
    return [
        (naming.classes[one.name], [each.value for each in one.schema.members])
        for one in api.schemas
        if isinstance(one.schema, EnumSchema) and naming.kinds[one.name]
    ]


def _unlisted(values: Sequence[Json]) -> Json:
    """A value that an enumeration does not list."""
    numbers = [one for one in values if isinstance(one, int)]
    return max(numbers) + 1 if numbers else "not documented"


def _view(
    clients: Sequence[ContractView],
    fixtures: Iterable[str],
    used_credentials: Collection[str],
    *,
    header: str,
    import_name: str,
) -> PackageTestsView:
    authorised = any(one.credentials for one in clients)
    made = [text for name, text in MADE.items() if authorised and name in used_credentials]
    return PackageTestsView(
        header=header,
        docstring=docs.docstring(["What is documented of the package beside its exchanges."], indent=0),
        imports=import_lines(_imported(clients, fixtures, made, import_name), own=import_name),
        names=literals.string(f"{import_name}/names.json"),
        enumerations=_named(f"{import_name}/enumerations.json", fixtures),
        models=_named(f"{import_name}/models.json", fixtures),
        departures=_named(f"{import_name}/departures.json", fixtures),
        times=_named(f"{import_name}/times.json", fixtures),
        secrets=_named(f"{import_name}/secrets.json", fixtures),
        clients=tuple(clients),
        credentials=tuple(f"{literals.string(text.partition('(')[0])}: {text}" for text in made),
    )


def _imported(
    clients: Sequence[ContractView], fixtures: Iterable[str], made: Sequence[str], import_name: str
) -> dict[str, list[str]]:
    """What the module imports: names by module."""
    said = "\n".join([*made, *(text for one in clients for text in (*one.construction, one.call))])
    used = literals.words(said)
    tabled = {name for name in ("enumerations", "models", "departures") if f"{import_name}/{name}.json" in fixtures}
    wanted: dict[str, list[str]] = {
        "__future__": ["annotations"],
        **({"copy": []} if tabled & {"enumerations", "models"} else {}),
        "importlib": ["import_module"],
        "json": [],
        "typing": ["Any"],
        "pytest": [],
        **({"pydantic": ["ValidationError"]} if "departures" in tabled else {}),
        "exchange": [
            *(["Exchange"] if clients else []),
            *(["encoded"] if any(one.answers or one.failures for one in clients) else []),
            "read_payload",
        ],
    }
    entry = sorted(used & MADE.keys())
    if any(one.refusals for one in clients):
        entry = sorted([*entry, "InvalidCallError"])
    if any(one.answers for one in clients):
        entry = sorted([*entry, "DecodeError", "problems_of"])
    if any(one.addresses for one in clients):
        wanted["asyncio"] = []
    if entry:
        wanted[import_name] = entry
    for one in clients:
        wanted[f"{import_name}.{one.module}"] = [*([one.async_name] if one.addresses else []), one.name]
    raised = {name for field, name in _RAISED.items() if any(getattr(one, field) for one in clients)}
    if raised:
        wanted[f"{import_name}.errors"] = sorted(raised)
    return wanted


def _named(fixture: str, fixtures: Iterable[str]) -> str:
    """A fixture as it is named in a test; empty where there is none."""
    return literals.string(fixture) if fixture in fixtures else ""
