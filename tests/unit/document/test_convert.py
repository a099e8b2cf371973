"""Swagger 2.0 is read as OpenAPI 3.0, and every value is found where it was written."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from specloom.document import load_document, parse_source, read_document, validate
from specloom.document.convert import convert
from specloom.reading import Reading
from tests.unit.document.test_accept import spoil

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = "swagger: '2.0'\ninfo: {title: T, version: '1'}\n"
WHOLE = """
swagger: '2.0'
info: {title: Things, version: '1'}
host: api.example.com
basePath: /v1
schemes: [https, http]
consumes: [application/json]
produces: [application/json, application/xml]
security: [{basic: []}]
securityDefinitions:
  basic: {type: basic}
  key: {type: apiKey, name: k, in: header}
  code: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {r: read}}
  own: {type: oauth2, flow: application, tokenUrl: 'https://t', scopes: {}}
parameters:
  Limit: {name: limit, in: query, type: integer, maximum: 5, default: 1}
  Thing: {name: thing, in: body, required: true, description: d, schema: {$ref: '#/definitions/Thing'}}
  Field: {name: field, in: formData, type: string}
responses:
  Gone: {description: gone, schema: {$ref: '#/definitions/Thing'}}
paths:
  /things/{id}:
    parameters:
    - {name: id, in: path, required: true, type: string, x-example: a}
    get:
      parameters:
      - $ref: '#/parameters/Limit'
      - {name: csv, in: query, type: array, items: {type: string}}
      - {name: multi, in: query, type: array, items: {type: string}, collectionFormat: multi}
      - {name: ssv, in: query, type: array, items: {type: string}, collectionFormat: ssv}
      - {name: pipes, in: query, type: array, items: {type: string}, collectionFormat: pipes}
      - {name: X-List, in: header, type: array, items: {type: integer}, collectionFormat: csv}
      responses:
        '200':
          description: d
          schema: {$ref: '#/definitions/Thing'}
          headers: {X-Rate: {type: integer, description: r}}
          examples: {application/json: {id: a}}
        '404': {$ref: '#/responses/Gone'}
    put:
      parameters: [{$ref: '#/parameters/Thing'}]
      responses: {'204': {description: d}}
    post:
      consumes: [multipart/form-data]
      parameters:
      - $ref: '#/parameters/Field'
      - {name: file, in: formData, type: file, required: true}
      - {name: tags, in: formData, type: array, items: {type: string}, collectionFormat: csv}
      responses: {'200': {description: d, schema: {type: file}}}
      produces: [image/png]
definitions:
  Thing:
    type: object
    discriminator: kind
    required: [kind]
    properties:
      kind: {type: string}
      maybe: {type: string, x-nullable: true}
"""


@pytest.fixture
def read(write: Callable[[dict[str, str]], Path]) -> Callable[..., Any]:
    """Load a document that has no fault, and give its values as they are after conversion."""

    def read(text: str) -> Any:
        document, found = load_document(write({"swagger.yaml": text}))
        assert document is not None
        assert [*found, *validate(document)] == []
        return document.root.value

    return read


def test_servers_come_of_schemes_host_and_base_path(read: Callable[..., Any]) -> None:
    """One for each scheme, in order."""
    assert [one["url"] for one in read(WHOLE)["servers"]] == ["https://api.example.com/v1", "http://api.example.com/v1"]


@pytest.mark.parametrize(
    ("lines", "servers"),
    [
        ("basePath: /v1\n", [{"url": "/v1"}]),
        ("host: a.example\n", [{"url": "https://a.example"}]),
        ("host: a.example\nbasePath: /\n", [{"url": "https://a.example"}]),
        ("", None),
    ],
)
def test_what_is_not_said_of_servers_is_not_made_up(lines: str, servers: Any, read: Callable[..., Any]) -> None:
    """Without a host the server is that of the document."""
    assert read(HEAD + lines + "paths: {}\n").get("servers") == servers


def test_security_is_said_in_other_words(read: Callable[..., Any]) -> None:
    """Basic is a scheme of HTTP, and flows have new names."""
    schemes = read(WHOLE)["components"]["securitySchemes"]

    assert schemes["basic"] == {"type": "http", "scheme": "basic"}
    assert schemes["key"] == {"type": "apiKey", "name": "k", "in": "header"}
    assert schemes["code"]["flows"] == {
        "authorizationCode": {"authorizationUrl": "https://a", "tokenUrl": "https://t", "scopes": {"r": "read"}}
    }
    assert schemes["own"]["flows"] == {"clientCredentials": {"tokenUrl": "https://t", "scopes": {}}}


def test_parameters_have_a_schema_and_a_style(read: Callable[..., Any]) -> None:
    """Lists are joined as before."""
    value = read(WHOLE)
    item = value["paths"]["/things/{id}"]
    styles = {one["name"]: (one.get("style"), one.get("explode")) for one in item["get"]["parameters"][1:]}

    assert value["components"]["parameters"] == {
        "Limit": {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 5, "default": 1}}
    }
    assert item["get"]["parameters"][0] == {"$ref": "#/components/parameters/Limit"}
    assert item["parameters"] == [
        {"name": "id", "in": "path", "required": True, "example": "a", "schema": {"type": "string"}}
    ]
    assert styles == {
        "csv": ("form", False),
        "multi": ("form", True),
        "ssv": ("spaceDelimited", False),
        "pipes": ("pipeDelimited", False),
        "X-List": ("simple", False),
    }


def test_a_body_is_a_request_body(read: Callable[..., Any]) -> None:
    """In each media type that is consumed, its schema; a shared one is written out."""
    put = read(WHOLE)["paths"]["/things/{id}"]["put"]

    assert put["parameters"] == []
    assert put["requestBody"] == {
        "required": True,
        "description": "d",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
    }


def test_the_fields_of_a_form_are_one_body(read: Callable[..., Any]) -> None:
    """A file is binary text; how a list is joined is its encoding."""
    body = read(WHOLE)["paths"]["/things/{id}"]["post"]["requestBody"]

    assert body["required"] is True
    assert body["content"] == {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "field": {"type": "string"},
                    "file": {"type": "string", "format": "binary"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["file"],
            },
            "encoding": {"tags": {"style": "form", "explode": False}},
        }
    }


def test_responses_have_content_in_what_is_produced(read: Callable[..., Any]) -> None:
    """Examples stand beside the schema of their media type."""
    value = read(WHOLE)
    item = value["paths"]["/things/{id}"]
    schema = {"$ref": "#/components/schemas/Thing"}

    assert item["get"]["responses"]["404"] == {"$ref": "#/components/responses/Gone"}
    assert item["get"]["responses"]["200"] == {
        "description": "d",
        "headers": {"X-Rate": {"description": "r", "schema": {"type": "integer"}}},
        "content": {
            "application/json": {"schema": schema, "example": {"id": "a"}},
            "application/xml": {"schema": schema},
        },
    }
    assert item["post"]["responses"]["200"]["content"] == {
        "image/png": {"schema": {"type": "string", "format": "binary"}}
    }
    assert value["components"]["responses"]["Gone"]["content"].keys() == {"application/json", "application/xml"}


@pytest.mark.parametrize(
    ("produces", "media_type"),
    [("[application/json]", "*/*"), ("[application/json, image/png]", "image/png"), ("[]", "application/octet-stream")],
)
def test_a_file_is_no_json_whatever_else_is_produced(produces: str, media_type: str, read: Callable[..., Any]) -> None:
    """Most documents say for all operations at once that JSON is."""
    operation = "{get: {responses: {'200': {description: d, schema: {type: file}}}}}"
    made = read(f"{HEAD}produces: {produces}\npaths:\n  /a: {operation}\n")

    assert made["paths"]["/a"]["get"]["responses"]["200"]["content"] == {
        media_type: {"schema": {"type": "string", "format": "binary"}}
    }


def test_schemas_say_null_and_discriminators_in_other_words(read: Callable[..., Any]) -> None:
    """Extensions that are read everywhere have become keywords."""
    thing = read(WHOLE)["components"]["schemas"]["Thing"]

    assert thing["discriminator"] == {"propertyName": "kind"}
    assert thing["properties"]["maybe"] == {"type": "string", "nullable": True}


def test_every_value_is_found_where_it_was_written(write: Callable[[dict[str, str]], Path]) -> None:
    """What was made up is found at what it was made of."""
    document, _ = load_document(write({"swagger.yaml": WHOLE}))
    assert document is not None
    lines = WHOLE.splitlines()

    def line(pointer: str) -> str:
        return lines[document.root.child("paths").source.key_location(pointer).line - 1].strip()

    assert line("/components/schemas/Thing/properties/maybe/nullable") == "maybe: {type: string, x-nullable: true}"
    assert line("/components/securitySchemes/basic/scheme") == "basic: {type: basic}"
    assert line("/servers/1/url") == "schemes: [https, http]"
    item = "/paths/~1things~1{id}"
    assert line(f"{item}/put/requestBody/content/application~1json/schema/$ref").startswith("Thing: {name: thing")
    assert line(f"{item}/post/requestBody/content/multipart~1form-data/schema/properties/file/format").startswith(
        "- {name: file"
    )
    assert line(f"{item}/get/responses/200/content/application~1json/example/id").startswith("examples:")


@pytest.mark.parametrize(
    ("written", "schema", "said"),
    [
        ("{type: [string, 'null']}", {"nullable": True, "type": "string"}, []),
        ("{type: [string, integer]}", {"anyOf": [{"type": "string"}, {"type": "integer"}]}, []),
        ("{type: 'null'}", {"nullable": True, "enum": [None]}, []),
        (
            "{type: array, items: [{type: string}, {type: 'null'}]}",
            {"type": "array", "items": {"anyOf": [{"type": "string"}], "nullable": True}},
            ["SL151"],
        ),
        (
            "{items: [{type: string}, {type: object}]}",
            {"anyOf": [{"type": "string"}, {"type": "object"}]},
            ["SL151"],
        ),
    ],
)
def test_lists_of_types_are_alternatives(
    written: str, schema: Any, said: list[str], write: Callable[[dict[str, str]], Path]
) -> None:
    """What JSON Schema allows and OpenAPI 3.0 does not have a word for."""
    document, found = load_document(write({"swagger.yaml": f"{HEAD}paths: {{}}\ndefinitions:\n  A: {written}\n"}))

    assert document is not None
    assert document.root.value["components"]["schemas"]["A"] == schema
    assert [one.code for one in (*found, *validate(document))] == said


@pytest.mark.parametrize(
    "written",
    [
        "{name: p, in: query, type: array, items: {type: string}, collectionFormat: tsv}",
        "{name: p, in: header, type: array, items: {type: string}, collectionFormat: ssv}",
    ],
)
def test_a_list_without_a_form_is_a_text(written: str, write: Callable[[dict[str, str]], Path]) -> None:
    """It is said that whoever calls has to join it."""
    text = f"{HEAD}paths: {{/a: {{get: {{parameters: [{written}], responses: {{'200': {{description: d}}}}}}}}}}\n"
    document, found = load_document(write({"swagger.yaml": text}))

    assert document is not None
    assert document.root.value["paths"]["/a"]["get"]["parameters"][0]["schema"] == {"type": "string"}
    assert [(one.code, one.severity.value) for one in found] == [("SL151", "warning")]


def test_lists_in_lists_are_texts(read: Callable[..., Any], write: Callable[[dict[str, str]], Path]) -> None:
    """The inner sign has no word; the outer list stays one."""
    inner = "{type: array, items: {type: string}, collectionFormat: pipes}"
    text = f"{HEAD}paths: {{/a: {{get: {{parameters: [{{name: p, in: query, type: array, items: {inner}}}],"
    document, found = load_document(write({"swagger.yaml": text + " responses: {'200': {description: d}}}}}\n"}))

    assert document is not None
    assert document.root.value["paths"]["/a"]["get"]["parameters"][0]["schema"]["items"] == {"type": "string"}
    assert [one.code for one in found] == ["SL151"]


def test_an_operation_with_schemes_of_its_own_has_servers(read: Callable[..., Any]) -> None:
    """Where one of them is among those of all, nothing differs."""
    operation = "{{schemes: [{}], responses: {{'200': {{description: d}}}}}}"
    paths = f"paths: {{/a: {{get: {operation.format('http')}, put: {operation.format('https')}}}}}\n"
    item = read(f"{HEAD}host: a.example\nschemes: [https]\n{paths}")["paths"]["/a"]

    assert item["get"]["servers"] == [{"url": "http://a.example"}]
    assert "servers" not in item["put"]


def test_a_body_of_the_path_item_is_that_of_each_operation(read: Callable[..., Any]) -> None:
    """An operation's own goes before it."""
    responses = "responses: {'200': {description: d}}"
    body = "{{name: {0}, in: body, schema: {{type: {1}}}}}"
    item = read(
        f"{HEAD}paths:\n  /a:\n    parameters: [{body.format('b', 'string')}]\n    get: {{{responses}}}\n"
        f"    put: {{parameters: [{body.format('b', 'integer')}], {responses}}}\n"
    )["paths"]["/a"]

    found = [item[one]["requestBody"]["content"]["application/json"]["schema"]["type"] for one in ("get", "put")]
    assert found == ["string", "integer"]


def test_a_fault_of_swagger_is_told_in_its_words(faults: Callable[..., list[str]]) -> None:
    """A document of one's own is not converted before it is right."""
    text = f"{HEAD}paths: {{/a: {{get: {{consume: [], responses: {{'200': {{description: d}}}}}}}}}}\n"

    assert faults({"swagger.yaml": text}) == [
        "swagger.yaml:3:20: SL303 the key `consume` is not known here | did you mean `consumes`?"
    ]


def test_a_fault_of_somebody_else_is_told_once(write: Callable[[dict[str, str]], Path]) -> None:
    """Of what is found before the conversion and after, the latter is said: what was done about it."""
    text = f"{HEAD}paths: {{/a: {{get: {{consume: [], responses: {{'200': {{description: d}}}}}}}}}}\n"
    document, found, _ = read_document(write({"swagger.yaml": text}), Reading(tolerant=True))

    assert document is not None
    assert [(one.code, one.severity.value, one.hint) for one in found] == [
        ("SL303", "warning", "left out: the key `consume`")
    ]


def test_whatever_is_wrong_it_is_converted() -> None:
    """Nothing that a document holds raises anything."""
    chance = random.Random(4)
    whole, _ = parse_source(WHOLE, name="swagger.yaml")
    assert whole is not None
    for _ in range(400):
        text = json.dumps(spoil(spoil(whole.value, chance), chance))
        source, _ = parse_source(text, name="swagger.json")
        assert source is not None

        assert convert(source)[0].value["openapi"] == "3.0.3"


def test_parts_in_other_files_are_converted_too(write: Callable[[dict[str, str]], Path]) -> None:
    """Each is known by its shape; what a file shares moves, and references to it follow."""
    entry = f"{HEAD}produces: [text/csv]\npaths: {{/a: {{$ref: paths/a.yaml}}}}\n"
    item = (
        "get:\n"
        "  parameters: [{$ref: '../parts.yaml#/limit'}, {name: q, in: query, type: array, items: {type: string}}]\n"
        "  responses:\n"
        "    '200': {description: d, schema: {$ref: '../shared.yaml#/definitions/Two'}}\n"
        "    '400': {$ref: '../parts.yaml#/Failed'}\n"
    )
    parts = (
        "limit: {name: limit, in: query, type: integer, maximum: 9}\n"
        "Failed: {description: no, schema: {$ref: '#/One'}}\n"
        "One: {type: object, discriminator: kind, properties: {kind: {type: string}}, required: [kind]}\n"
    )
    shared = "definitions: {Two: {type: object, properties: {next: {$ref: '#/definitions/Two'}, file: {type: file}}}}\n"
    path = write({"swagger.yaml": entry, "paths/a.yaml": item, "parts.yaml": parts, "shared.yaml": shared})
    document, found = load_document(path)

    assert document is not None
    assert (*found, *validate(document)) == ()
    operation = document.root.descend(("paths", "/a")).target().child("get")
    limit, listed = (one.resolved().value for one in operation.child("parameters").elements())
    assert limit == {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 9}}
    assert (listed["style"], listed["explode"]) == ("form", False)
    two = operation.descend(("responses", "200", "content", "text/csv", "schema")).target()
    assert two.value["properties"]["file"] == {"type": "string", "format": "binary"}
    assert two.descend(("properties", "next")).target() == two
    failed = operation.descend(("responses", "400")).target().descend(("content", "text/csv", "schema")).target()
    assert failed.value["discriminator"] == {"propertyName": "kind"}
    assert failed.location.line == 3


def test_a_file_that_is_a_document_of_swagger_is_converted_whole(write: Callable[[dict[str, str]], Path]) -> None:
    """By its own media types."""
    other = (
        f"{HEAD}produces: [text/plain]\npaths: {{}}\nresponses: {{No: {{description: d, schema: {{type: string}}}}}}\n"
    )
    entry = f"{HEAD}paths: {{/a: {{get: {{responses: {{'400': {{$ref: 'other.yaml#/responses/No'}}}}}}}}}}\n"
    document, found = load_document(write({"swagger.yaml": entry, "other.yaml": other}))

    assert document is not None
    assert found == ()
    answer = document.root.descend(("paths", "/a", "get", "responses", "400")).target()
    assert answer.value["content"] == {"text/plain": {"schema": {"type": "string"}}}
