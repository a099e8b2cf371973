"""Our extensions have the shape and the place that their JSON Schema gives them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.spec.finding import owner_of
from tests.spec.tree import Files, Node, load

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "generator/specloom/document/extensions.json").read_text(encoding="utf-8"))
PLACES: dict[str, list[str]] = SCHEMA["x-places"]
NO_USE = {"x-specloom-sensitive"}
"""What the services of the spec give no occasion for: none of their operations takes or returns a secret."""
README = (ROOT / "spec/README.md").read_text(encoding="utf-8")
# What stands below each kind of object: its key, whether it holds many, and of what kind they are.
BELOW: dict[str, dict[str, str]] = {
    "document": {"paths": "path-item", "components": "components"},
    "components": {"securitySchemes": "security-scheme"},
    "path-item": {"parameters": "parameter", "get": "operation", "post": "operation"},
    "operation": {"parameters": "parameter", "responses": "response"},
    "parameter": {"schema": "schema"},
    "response": {"headers": "header", "content": "media-type"},
    "header": {"schema": "schema"},
    "media-type": {"schema": "schema", "examples": "example"},
    "schema": {
        "properties": "schema",
        "items": "schema",
        "oneOf": "schema",
        "contentSchema": "schema",
        "additionalProperties": "schema",
    },
}
MAPS = {"paths", "securitySchemes", "responses", "headers", "content", "examples", "properties"}


def walk(node: Node, place: str) -> Iterator[tuple[Node, str]]:
    """Every object of a document, with references followed, and its place."""
    yield node.followed(), place
    for key, below in BELOW.get(place, {}).items():
        child = node / key
        inside = [one for _, one in child.members()] if key in MAPS else list(child.items()) or [child]
        for one in inside:
            if isinstance(one.get(), dict):
                yield from walk(one, below)


def faults(name: str, place: str, value: Any) -> list[str]:
    """What is wrong with an extension that stands somewhere with some value."""
    if name not in PLACES:
        return ["unknown"]
    misplaced = [] if place in PLACES[name] else ["misplaced"]
    schema = {"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}
    return misplaced + [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(value)]


def plain(node: Node) -> Any:
    """A value with every reference in it followed."""
    value = node.get()
    if isinstance(value, dict):
        return {key: plain(one) for key, one in node.members()}
    return [plain(one) for one in node.items()] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def files() -> Files:
    """The spec."""
    return load(ROOT / "spec")


@pytest.fixture(scope="module")
def documents(files: Files) -> list[Node]:
    """The documents of the spec."""
    return [Node(files, file, value) for file, value in files.items() if file.endswith("/openapi.yaml")]


@pytest.fixture(scope="module")
def objects(documents: list[Node]) -> list[tuple[Node, str]]:
    """Every object of every document with its place."""
    return [one for document in documents for one in walk(document, "document")]


def test_the_schema_is_one() -> None:
    """The file is a JSON Schema, and every name has both a definition and its places."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    assert set(PLACES) == {name for name in SCHEMA["$defs"] if name.startswith("x-specloom-")}


def test_every_extension_in_the_spec_is_valid_where_it_stands(objects: list[tuple[Node, str]]) -> None:
    """Known, allowed in its place, and of the right shape."""
    found = [
        (node.file, key, fault)
        for node, place in objects
        for key, value in node.members()
        if key.startswith("x-specloom-")
        for fault in faults(key, place, plain(value))
    ]

    assert [] == found


def test_no_extension_stands_where_nobody_looks(objects: list[tuple[Node, str]], files: Files) -> None:
    """The walk over the documents meets every extension that the files hold."""
    met = {id(node.value) for node, _ in objects}

    def unmet(value: Any) -> Iterator[Any]:
        children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        if isinstance(value, dict) and id(value) not in met:
            yield from (key for key in value if str(key).startswith("x-"))
        for child in children:
            yield from unmet(child)

    assert [] == list(unmet(list(files.values())))


def test_every_extension_is_used_and_documented_with_a_valid_example(objects: list[tuple[Node, str]]) -> None:
    """The README shows each name once with a value that the schema takes; the spec uses each that it has a use for."""
    blocks = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)]
    used = {key for node, _ in objects for key, _ in node.members() if key.startswith("x-specloom-")}

    assert sorted(PLACES) == sorted(name for block in blocks for name in block)
    assert [] == [
        fault for block in blocks for name, value in block.items() for fault in faults(name, PLACES[name][0], value)
    ]
    assert set(PLACES) == used | NO_USE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("x-specloom-client", {"name": "lakeFormation", "module": "lakeformation"}),
        ("x-specloom-client", {"name": "LakeFormation"}),
        ("x-specloom-client", {"name": "LakeFormation", "module": "../secrets"}),
        ("x-specloom-error", {"code": ["error_code"]}),
        ("x-specloom-error", {"code": []}),
        ("x-specloom-error", {"code": ["body:/bad~2escape"]}),
        ("x-specloom-error", {"class": ["cookie:code"]}),
        ("x-specloom-error-kinds", {"missing": ["A.1"]}),
        ("x-specloom-error-kinds", {"not_found": [404]}),
        ("x-specloom-method", "list_history"),
        ("x-specloom-method", "Jobs.list"),
        ("x-specloom-provenance", {"page": "000", "title": "A page"}),
        ("x-specloom-provenance", {"page": 0, "title": "A page", "sha256": "0" * 64}),
        ("x-specloom-provenance", {"page": "000", "title": "A page", "sha256": "0" * 64, "date": "14.2.2025"}),
        ("x-specloom-departures", {"id": "000-01"}),
        ("x-specloom-departures", [{"id": "000-1", "pointer": "#", "page": "a", "spec": "b", "why": "c"}]),
        ("x-specloom-departures", [{"id": "000-01", "pointer": "jobs.yaml", "page": "a", "spec": "b", "why": "c"}]),
        ("x-specloom-departures", [{"id": "000-01", "pointer": "#/a", "page": "a", "spec": "b", "why": ""}]),
        ("x-specloom-failure", {"when": [], "status": "/s", "message": "/m"}),
        ("x-specloom-failure", {"when": [{"pointer": "/s"}], "status": "/s", "message": "/m"}),
        (
            "x-specloom-failure",
            {"when": [{"pointer": "/s", "minimum": 1, "equals": 2}], "status": "/s", "message": "/m"},
        ),
        ("x-specloom-retry", {"idempotent": "no"}),
        ("x-specloom-paginator", {"unit": "bytes", "offset": "offset", "limit": "limit", "items": "/jobs"}),
        ("x-specloom-paginator", {"unit": "pages", "offset": "offset", "limit": "limit", "items": "jobs"}),
        ("x-specloom-waiter", {"name": "finished"}),
        ("x-specloom-stability", "unstable"),
        ("x-specloom-client-parameter", False),
        ("x-specloom-stands-for", ""),
        ("x-specloom-epoch", "days"),
        ("x-specloom-sentinels", [{"value": 0}]),
        ("x-specloom-sensitive", False),
        ("x-specloom-raw", "yes"),
        ("x-specloom-signer", "sdk-hmac-sha1"),
    ],
)
def test_a_value_of_another_shape_is_refused(name: str, value: object) -> None:
    """Each extension says what it takes, and takes nothing else."""
    assert [] != faults(name, PLACES[name][0], value)


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("x-specloom-raw", "operation", True),
        ("x-specloom-method", "document", "jobs.list"),
        ("x-specloom-client-parameter", "schema", True),
        ("x-specloom-epoch", "parameter", "seconds"),
        ("x-specloom-signer", "document", "sdk-hmac-sha256"),
        ("x-specloom-colour", "operation", "blue"),
    ],
)
def test_a_value_in_another_place_is_refused(name: str, place: str, value: object) -> None:
    """What is right on one kind of object is wrong on another, and an unknown name is wrong everywhere."""
    assert faults(name, place, value) in (["misplaced"], ["unknown"])


def reached(schema: Node, pointer: str) -> Node:
    """Where a pointer into an answer leads in its schema."""
    for name in pointer.split("/")[1:]:
        schema = owner_of(schema, name) / "properties" / name
    return schema


def test_pointers_and_names_in_declarations_lead_somewhere(objects: list[tuple[Node, str]]) -> None:
    """Paginators, waiters and failures speak of parameters, members, states and methods that there are."""
    operations = [node for node, place in objects if place == "operation"]
    methods = {(one / "x-specloom-method").get() for one in operations}
    lost = []
    for one in operations:
        answer = one / "responses" / "200" / "content" / "application/json" / "schema"
        paginator, waiter, failure = (one / f"x-specloom-{name}" for name in ("paginator", "waiter", "failure"))
        names = {(parameter / "name").get() for parameter in (one / "parameters").items()}
        lost += [name for name in ("offset", "limit") if paginator.get() and (paginator / name).get() not in names]
        pointers = [paginator / "items", paginator / "total", failure / "status", failure / "message"]
        pointers += [waiter / "items", *(test / "pointer" for test in (failure / "when").items())]
        lost += [p.get() for p in pointers if p.get() and reached(answer, p.get()).get() is None]
        if waiter.get():
            record = reached(answer, (waiter / "items").get()) / "items"
            states = [state for key in ("pending", "done", "error") for state in (waiter / key).get()]
            lost += [key for key in (waiter / "key").get() if reached(record, key).get() is None]
            lost += sorted(set(states) ^ set((reached(record, "/status") / "oneOf" / 0 / "enum").get()))
            lost += [name for name in [(waiter / "after").get()] if name not in methods]

    assert [] == lost
