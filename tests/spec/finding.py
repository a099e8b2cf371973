"""Finding the facts of the pages in the spec."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.spec.fact import Answer, Example, Field, Page, Parameter
from tests.spec.facts import PAGES
from tests.spec.tree import Files, Node, load

PAYLOADS = Path(__file__).parent / "payloads"
PAGE_TYPES: dict[str, tuple[str, str | None]] = {
    "string": ("string", None),
    "integer": ("integer", "int32"),
    "int": ("integer", "int32"),
    "long": ("integer", "int64"),
    "number": ("number", None),
    "double": ("number", "double"),
    "boolean": ("boolean", None),
    "array": ("array", None),
    "list": ("array", None),
    "object": ("object", None),
}


def missing_facts(root: Path) -> list[str]:
    """List the facts of the pages that the spec in a folder does not carry; empty when it carries all."""
    return list(missing_from(load(root)))


def missing_from(files: Files) -> Iterator[str]:
    """Find the facts of the pages that a spec, as loaded, does not carry, one by one."""
    return (f"page {page.page}: {fault}" for page in PAGES for fault in faults_of_page(page, files))


def faults_of_page(page: Page, files: Files) -> Iterator[str]:
    """Find the operation of a page and compare everything about it."""
    document = Node(files, page.document, files.get(page.document))
    _, method, path = page.uri
    item = document / "paths" / path
    operation = item / method.lower()
    yield from differing(f"line {page.uri[0]}: {method} {path}", page.operation_id, (operation / "operationId").get())
    known = departure_ids(document)
    yield from faults_of_provenance(page, operation / "x-specloom-provenance")
    yield from faults_of_security(page, document, known)
    found = parameters_of(item, operation)
    for parameter in page.parameters:
        yield from faults_of_parameter(parameter, found.get((parameter.place, parameter.name)), known)
    for answer in page.answers:
        yield from faults_of_answer(answer, operation / "responses" / answer.status, known)
        yield from unknown_departures((page.request_id,), known)


def parameters_of(item: Node, operation: Node) -> dict[tuple[str, str], Node]:
    """The parameters of a path item and of its operation, by place and name."""
    both = [*(item / "parameters").items(), *(operation / "parameters").items()]
    return {((one / "in").get(), (one / "name").get()): one for one in both}


def departure_ids(document: Node) -> frozenset[str]:
    """The ids of all departures of a document."""
    operations = (one for _, item in (document / "paths").members() for _, one in item.members())
    return frozenset((entry / "id").get() for one in operations for entry in (one / "x-specloom-departures").items())


def unknown_departures(ids: tuple[str, ...], known: frozenset[str]) -> Iterator[str]:
    """Report departures that a fact names and the document does not have."""
    for one in ids:
        if one not in known:
            yield f"departure {one} is not in the document"


def differing(what: str, expected: Any, found: Any) -> Iterator[str]:
    """Report a difference."""
    if not same(expected, found):
        yield f"{what}: expected {expected!r}, found {found!r}"


def same(one: Any, other: Any) -> bool:
    """Compare as JSON does, where 1, 1.0 and true are three values."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def faults_of_provenance(page: Page, provenance: Node) -> Iterator[str]:
    """Compare what an operation says about the page it comes from."""
    line, title = page.title
    expected = {"page": page.page, "title": title, "sha256": page.sha256} | ({"date": page.date} if page.date else {})
    found = {key: one.get() for key, one in provenance.members() if key != "url"}
    yield from differing(f"line {line}: provenance", expected, found)


def faults_of_security(page: Page, document: Node, known: frozenset[str]) -> Iterator[str]:
    """A call needs the token header or a signature."""
    line, departure = page.token
    yield from unknown_departures((departure,), known)
    schemes = [key for one in (document / "security").items() for key, _ in one.members()]
    found = [document / "components" / "securitySchemes" / key for key in schemes]
    tokens = [one for one in found if ((one / "in").get(), (one / "name").get()) == ("header", "X-Auth-Token")]
    signers = [one for one in found if (one / "x-specloom-signer").get() == "sdk-hmac-sha256"]
    yield from differing(f"line {line}: X-Auth-Token or signature", [1, 1], [len(tokens), len(signers)])


def faults_of_parameter(fact: Parameter, node: Node | None, known: frozenset[str]) -> Iterator[str]:
    """Compare a row of a parameter table with the parameter."""
    what = f"line {fact.line}: {fact.place} parameter {fact.name}"
    if node is None:
        yield f"{what} is missing"
        return
    yield from unknown_departures(fact.departures, known)
    page_type, page_format = PAGE_TYPES[fact.type.lower()]
    expected: dict[str, Any] = {"types": (page_type,), "format": page_format, "values": fact.values}
    expected |= {"default": fact.default, "minimum": fact.minimum, "maximum": fact.maximum}
    expected |= {"required": fact.mandatory, "example": fact.example, "client": fact.client} | dict(fact.spec)
    found = shape(node / "schema") | {
        "required": (node / "required").get(),
        "example": (node / "example").get(),
        "client": (node / "x-specloom-client-parameter").get() is True,
    }
    yield from differing(what, expected, {key: found[key] for key in expected})


def faults_of_answer(fact: Answer, node: Node, known: frozenset[str]) -> Iterator[str]:
    """Compare everything that is documented for a status."""
    what = f"line {fact.line}: status {fact.status}"
    if node.get() is None:
        yield f"{what} is missing"
        return
    yield from unknown_departures(fact.departures, known)
    for name in fact.headers:
        if (node / "headers" / name / "schema" / "type").get() != "string":
            yield f"{what}: header {name} is missing"
    yield from differing(f"{what}: a body", bool(fact.fields), (node / "content").get() is not None)
    media_type = node / "content" / "application/json"
    for one in fact.fields:
        yield from faults_of_field(one, media_type / "schema", f"status {fact.status}", known)
    for example in fact.examples:
        yield from faults_of_example(example, media_type / "examples", f"status {fact.status}", known)


def faults_of_field(fact: Field, schema: Node, status: str, known: frozenset[str]) -> Iterator[str]:
    """Compare a row of a table of an answer with the property."""
    what = f"line {fact.line}: {status}: field {fact.path}"
    owner, name = schema, ""
    node = schema
    for step in fact.path.split("."):
        name = step.removesuffix("[]")
        owner = owner_of(node, name)
        node = owner / "properties" / name
        node = node / "items" if step.endswith("[]") else node
    if node.get() is None:
        yield f"{what} is missing"
        return
    yield from unknown_departures(fact.departures, known)
    page_type, page_format = PAGE_TYPES[fact.type.lower()]
    expected: dict[str, Any] = {"types": (page_type,), "format": page_format, "values": fact.values}
    expected |= {"default": fact.default, "map_of": None, "mandatory": bool(fact.mandatory)} | dict(fact.spec)
    found = shape(node) | {"mandatory": name in ((owner / "required").get() or ())}
    yield from differing(f"{what}: its object", "object", (owner / "type").get())
    yield from differing(what, expected, {key: found[key] for key in expected})


def owner_of(schema: Node, name: str) -> Node:
    """The schema that lists a property: this one, a branch of it, or that of the JSON inside a string."""
    branches = [schema, schema / "contentSchema", *(schema / "oneOf").items()]
    return next((one for one in branches if (one / "properties" / name).value is not None), schema)


def shape(schema: Node) -> dict[str, Any]:
    """What a schema says about its values, branches taken together."""
    branches = [schema, *(schema / "oneOf").items()]
    types = [(one / "type").get() for one in branches]
    values = [(one / "enum").get() for one in branches]
    return {
        "types": tuple(sorted({name for one in types if one for name in ([one] if isinstance(one, str) else one)})),
        "values": tuple(value for one in values if one for value in one),
        "map_of": (schema / "additionalProperties" / "type").get(),
        **{key: (schema / key).get() for key in ("format", "default", "minimum", "maximum")},
    }


def faults_of_example(fact: Example, examples: Node, status: str, known: frozenset[str]) -> Iterator[str]:
    """Look for a documented payload among the examples of a media type."""
    yield from unknown_departures(fact.departures, known)
    raw, payload = read_payload(fact.payload)
    found = [one for _, one in examples.members() if ((one / "x-specloom-raw").get() is True) == raw]
    if not any(same(payload, (one / "value").get()) for one in found):
        yield f"lines {fact.lines[0]}-{fact.lines[1]}: {status}: no example has the payload {fact.payload}"


@cache
def read_payload(name: str) -> tuple[bool, Any]:
    """Read a payload; true goes with one that is text and not JSON."""
    text = (PAYLOADS / name).read_text(encoding="utf-8")
    return (True, text.removesuffix("\n")) if name.endswith(".txt") else (False, json.loads(text))
