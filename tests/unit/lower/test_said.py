"""What is carried over in part is said, at its place, and nothing is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from specloom.diagnostics import Severity
from specloom.document import load_document
from specloom.lower import lower

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.model import Api

TEXT = {"type": "string"}
DONE: dict[str, Any] = {"responses": {"200": {"description": "Done."}}}
KEY = {"type": "apiKey", "in": "header", "name": "Authorization"}


def said_of(folder: Path, operation: dict[str, Any], **others: Any) -> tuple[Api, list[str]]:
    """Lower a document of one operation, and list what is said, as code and pointer; none of it is an error."""
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"post": operation}}}
    file = folder / "openapi.json"
    file.write_text(json.dumps({**document, **others}), encoding="utf-8")
    loaded, found = load_document(file)

    assert loaded is not None, found
    api, said = lower(loaded)
    assert [one for one in said if one.severity is Severity.ERROR] == []
    return api, [f"{one.code} {one.location.pointer}" for one in said]


def body(schema: dict[str, Any]) -> dict[str, Any]:
    """An operation that takes a schema as JSON."""
    return {**DONE, "requestBody": {"content": {"application/json": {"schema": schema}}}}


AT_BODY = "/paths/~1a/post/requestBody/content/application~1json/schema"


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "integer", "enum": ["a"]}, f"SL402 {AT_BODY}/enum/0"),
        ({"type": "string", "const": 5}, f"SL402 {AT_BODY}/const"),
        ({"type": "array", "enum": ["a", "b"]}, f"SL402 {AT_BODY}/enum"),
        ({"type": "text"}, f"SL408 {AT_BODY}/type"),
        ({"allOf": [{"type": "string"}, {"type": "integer"}]}, f"SL402 {AT_BODY}"),
        ({"$dynamicRef": "#nowhere"}, f"SL401 {AT_BODY}/$dynamicRef"),
    ],
)
def test_a_schema_that_is_odd_is_taken_as_it_is_meant(tmp_path: Path, schema: dict[str, Any], said: str) -> None:
    """With a word at the keyword that is odd."""
    assert said_of(tmp_path, body(schema))[1] == [said]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "prefixItems": [TEXT], "items": False},
        {"type": "object", "properties": {"a": TEXT}, "additionalProperties": TEXT},
        {"type": "object", "properties": {"a": TEXT}, "discriminator": {"propertyName": "a"}},
        {"type": "object", "properties": {"a": False}},
        {"type": "object", "patternProperties": {"^x": TEXT}},
        {"allOf": [{"type": "string", "pattern": "a"}, {"type": "string", "pattern": "b"}]},
        {"const": {"a": [1.5]}},
        {"enum": [1, "a", None, True, {"b": 1}]},
        {"allOf": [{"type": "object"}], "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {"not": TEXT, "if": TEXT, "then": {"maxLength": 1}, "dependentRequired": {"a": ["b"]}},
    ],
)
def test_a_sound_schema_is_carried_over_in_silence(tmp_path: Path, schema: dict[str, Any]) -> None:
    """Whatever keywords it is made of."""
    assert said_of(tmp_path, body(schema))[1] == []


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        ({**DONE, "security": [{"Absent": []}]}, "SL401 /paths/~1a/post/security/0/Absent"),
        ({**DONE, "security": [{"Key": [], "Bearer": []}]}, "SL401 /paths/~1a/post/security/0"),
        (
            {**DONE, "parameters": [{"name": "a b", "in": "header", "schema": TEXT}]},
            "SL408 /paths/~1a/post/parameters/0/name",
        ),
        ({**DONE, "parameters": [{"name": "", "in": "query", "schema": TEXT}]}, "SL401 /paths/~1a/post/parameters/0"),
        ({**DONE, "parameters": [{"name": "b", "in": "path", "schema": TEXT}]}, "SL401 /paths/~1a/post/parameters/0"),
        (
            {**DONE, "parameters": [{"name": "b", "in": "header", "style": "matrix", "schema": TEXT}]},
            "SL401 /paths/~1a/post/parameters/0/style",
        ),
    ],
)
def test_what_cannot_be_sent_as_written_is_said(tmp_path: Path, operation: dict[str, Any], said: str) -> None:
    """At what is left out or taken otherwise; the operation stays."""
    schemes = {"Key": KEY, "Bearer": {"type": "http", "scheme": "bearer"}}
    api, found = said_of(tmp_path, operation, components={"securitySchemes": schemes})

    assert found == [said]
    assert len(api.operations) == 1


@pytest.mark.parametrize(
    "operation",
    [
        {**DONE, "servers": [{"url": "https://other.example"}]},
        {**DONE, "requestBody": {"content": {"image/*": {}}}},
        {**DONE, "parameters": [{"name": "q", "in": "query", "content": {"application/xml": {"schema": TEXT}}}]},
        {**DONE, "security": [{"Digest": []}, {"Certificate": []}, {}]},
    ],
)
def test_an_operation_is_carried_over_in_silence(tmp_path: Path, operation: dict[str, Any]) -> None:
    """Whatever it is made of."""
    schemes = {"Digest": {"type": "http", "scheme": "digest"}, "Certificate": {"type": "mutualTLS"}}
    _, said = said_of(tmp_path, operation, components={"securitySchemes": schemes})

    assert said == []


def test_a_dialect_that_nobody_speaks_is_said(tmp_path: Path) -> None:
    """And nothing else of the document."""
    _, said = said_of(tmp_path, DONE, jsonSchemaDialect="https://json-schema.org/draft-07/schema")

    assert said == ["SL401 /jsonSchemaDialect"]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "items": {"$ref": "#/components/schemas/S"}},
        {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/S"}},
        {"oneOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/components/schemas/S"}}]},
    ],
)
def test_a_schema_that_is_its_own_element_has_a_name(tmp_path: Path, schema: dict[str, Any]) -> None:
    """By which it leads back to itself."""
    api, said = said_of(tmp_path, body({"$ref": "#/components/schemas/S"}), components={"schemas": {"S": schema}})

    assert said == []
    assert [one.name for one in api.schemas] == ["S"]


def test_a_path_parameter_that_nothing_declares_is_text(tmp_path: Path) -> None:
    """An address without it could not be called."""
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/a/{b}": {"get": DONE}}}
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    loaded, _ = load_document(file)

    assert loaded is not None
    api, said = lower(loaded)
    assert [(one.severity, one.code) for one in said] == [(Severity.WARNING, "SL401")]
    assert [(one.name, one.place, one.required) for one in api.operations[0].parameters] == [("b", "path", True)]


def test_servers_that_all_operations_name_are_those_of_the_document(tmp_path: Path) -> None:
    """So that a client needs no address."""
    api, _ = said_of(tmp_path, {**DONE, "servers": [{"url": "https://other.example/v1"}]})

    assert [one.url for one in api.servers] == ["https://other.example/v1"]
    assert api.operations[0].servers == ()


def test_what_is_required_beside_a_reference_is_required(tmp_path: Path) -> None:
    """In 3.1 the keywords beside a reference count."""
    base = {"type": "object", "properties": {"a": TEXT}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"post": body({"$ref": "#/components/schemas/Base", "required": ["a"]})}},
        "components": {"schemas": {"Base": base}},
    }
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    loaded, _ = load_document(file)

    assert loaded is not None
    api, said = lower(loaded)
    assert said == ()
    required = {named.name: [one.required for one in getattr(named.schema, "properties", ())] for named in api.schemas}
    assert required == {"Base": [False], "post /a.request": [True]}
