"""What is not carried over is said, at its place: never silence, never a guess."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from specloom.diagnostics import Severity
from specloom.document import load_document
from specloom.lower import lower

if TYPE_CHECKING:
    from pathlib import Path

TEXT = {"type": "string"}
DONE: dict[str, Any] = {"responses": {"200": {"description": "Done."}}}
KEY = {"type": "apiKey", "in": "header", "name": "Authorization"}


def refuse(folder: Path, operation: dict[str, Any], **others: Any) -> list[str]:
    """Lower a document of one operation and list what is an error, as code and pointer."""
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"post": operation}}}
    file = folder / "openapi.json"
    file.write_text(json.dumps({**document, **others}), encoding="utf-8")
    loaded, found = load_document(file)

    assert loaded is not None, found
    _, said = lower(loaded)
    return [f"{one.code} {one.location.pointer}" for one in said if one.severity is Severity.ERROR]


def body(schema: dict[str, Any]) -> dict[str, Any]:
    """An operation that takes a schema as JSON."""
    return {**DONE, "requestBody": {"content": {"application/json": {"schema": schema}}}}


AT_BODY = "/paths/~1a/post/requestBody/content/application~1json/schema"


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        ({"type": "array", "prefixItems": [TEXT], "items": False}, f"SL401 {AT_BODY}/prefixItems"),
        (
            {"type": "object", "properties": {"a": TEXT}, "additionalProperties": TEXT},
            f"SL401 {AT_BODY}/additionalProperties",
        ),
        (
            {"type": "object", "properties": {"a": TEXT}, "discriminator": {"propertyName": "a"}},
            f"SL401 {AT_BODY}/discriminator",
        ),
        ({"type": "object", "properties": {"a": False}}, f"SL401 {AT_BODY}/properties/a"),
        ({"type": "integer", "enum": ["a"]}, f"SL402 {AT_BODY}/enum/0"),
        ({"type": "string", "const": 5}, f"SL402 {AT_BODY}/const"),
        ({"allOf": [{"type": "string", "pattern": "a"}, {"type": "string", "pattern": "b"}]}, f"SL402 {AT_BODY}"),
    ],
)
def test_a_schema_without_a_type_of_its_own_is_refused(tmp_path: Path, schema: dict[str, Any], fault: str) -> None:
    """At the keyword that is in the way."""
    assert fault in refuse(tmp_path, body(schema))


@pytest.mark.parametrize(
    ("operation", "fault"),
    [
        ({**DONE, "servers": [{"url": "https://other.example"}]}, "SL401 /paths/~1a/post/servers"),
        (
            {**DONE, "requestBody": {"content": {"image/*": {}}}},
            "SL401 /paths/~1a/post/requestBody/content/image~1*",
        ),
        (
            {
                **DONE,
                "requestBody": {
                    "content": {
                        "multipart/form-data": {
                            "schema": {"type": "object", "properties": {"a": TEXT}},
                            "encoding": {"a": {"contentType": "text/csv"}},
                        }
                    }
                },
            },
            "SL401 /paths/~1a/post/requestBody/content/multipart~1form-data/encoding",
        ),
        (
            {**DONE, "parameters": [{"name": "q", "in": "query", "content": {"application/xml": {"schema": TEXT}}}]},
            "SL401 /paths/~1a/post/parameters/0/content",
        ),
        ({**DONE, "security": [{"Absent": []}]}, "SL401 /paths/~1a/post/security/0/Absent"),
        ({**DONE, "security": [{"Key": [], "Bearer": []}]}, "SL401 /paths/~1a/post/security/0"),
    ],
)
def test_an_operation_that_would_be_sent_wrongly_is_refused(
    tmp_path: Path, operation: dict[str, Any], fault: str
) -> None:
    """At what would be lost."""
    schemes = {"Key": KEY, "Bearer": {"type": "http", "scheme": "bearer"}}

    assert refuse(tmp_path, operation, components={"securitySchemes": schemes}) == [fault]


def test_schemes_and_dialects_that_nobody_speaks_are_refused(tmp_path: Path) -> None:
    """And nothing else of the document."""
    schemes = {"Digest": {"type": "http", "scheme": "digest"}}

    assert refuse(tmp_path, DONE, components={"securitySchemes": schemes}) == [
        "SL401 /components/securitySchemes/Digest/scheme"
    ]
    assert refuse(tmp_path, DONE, jsonSchemaDialect="https://json-schema.org/draft-07/schema") == [
        "SL401 /jsonSchemaDialect"
    ]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "items": {"$ref": "#/components/schemas/S"}},
        {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/S"}},
    ],
)
def test_a_schema_that_is_its_own_element_is_refused(tmp_path: Path, schema: dict[str, Any]) -> None:
    """A list of itself has no end that a type could name."""
    operation = body({"$ref": "#/components/schemas/S"})

    assert refuse(tmp_path, operation, components={"schemas": {"S": schema}}) == ["SL404 /components/schemas/S"]


def test_what_is_only_left_out_is_a_warning(tmp_path: Path) -> None:
    """Webhooks and callbacks are not emitted, and that is said."""
    webhooks = {"made": {"post": DONE}}
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, "webhooks": webhooks}
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    loaded, _ = load_document(file)

    assert loaded is not None
    assert [(one.severity, one.location.pointer) for one in lower(loaded)[1]] == [(Severity.WARNING, "/webhooks")]


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
