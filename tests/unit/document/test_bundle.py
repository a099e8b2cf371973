"""Many files become one dict whose references stay within, and every place leads back to its file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from specloom.document import validate
from specloom.document.bundle import bundle

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from specloom.document import Document

HEAD = "openapi: 3.1.0\ninfo: {title: Things, version: '1'}\n"
FILES = {
    "openapi.yaml": HEAD
    + """\
paths:
  /a: {$ref: 'a.yaml#/item'}
  /b: {$ref: 'a.yaml#/item'}
components:
  schemas:
    Error: {type: string}
    Local: {$ref: 'a.yaml#/Error'}
""",
    "a.yaml": """\
item:
  get:
    parameters: [{$ref: '../common/p.yaml#/limit'}]
    responses:
      '200': {$ref: '#/ok'}
ok:
  description: d
  content: {application/json: {schema: {$ref: '#/Error'}, example: {$ref: data}}}
Error:
  properties:
    up: {$ref: 'openapi.yaml#/components/schemas/Error'}
    again: {$ref: '#/Error'}
    other: {$ref: '../common/p.yaml#/components/Error', default: 1}
""",
    "../common/p.yaml": "limit: {name: limit, in: query, schema: {$ref: '#/components/Error'}}\n"
    "components: {Error: {type: integer}}\n",
}


def references(value: Any) -> list[str]:
    """List what every `$ref` says."""
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [one for held in value.values() for one in references(held)]
    return [one for held in value for one in references(held)] if isinstance(value, list) else []


def test_a_document_of_one_file_is_its_own_bundle(document: Callable[..., Document]) -> None:
    """Nothing is copied where nothing needs to be."""
    loaded = document({"openapi.yaml": HEAD + "paths: {}\n"})

    assert bundle(loaded).value is loaded.root.value


def test_external_objects_move_into_components_under_names_of_their_own(document: Callable[..., Document]) -> None:
    """Names that collide are told apart, references are rewritten, and data stays as it is."""
    value = bundle(document(FILES)).value

    assert references(value["paths"]["/a"]) == ["#/components/parameters/limit", "#/components/responses/ok"]
    assert value["paths"]["/b"] == {}
    assert list(value["components"]["schemas"]) == ["Error", "Local", "Error_2", "Error_3"]
    assert {one for one in references(value) if not one.startswith("#/components/")} == {"data"}
    assert json.dumps(value)  # no value contains itself


def test_the_files_are_left_as_they_were(document: Callable[..., Document]) -> None:
    """A bundle shares what it can and changes nothing."""
    loaded = document(FILES)
    before = {key: json.dumps(source.value) for key, source in loaded.sources.items()}
    bundle(loaded)

    assert {key: json.dumps(source.value) for key, source in loaded.sources.items()} == before


def test_every_place_leads_back_to_its_file(document: Callable[..., Document]) -> None:
    """Through what moved and through references, a place in the bundle is a place in a file."""
    bundled = bundle(document(FILES))

    assert bundled.origin(("info", "title")) == ("api/openapi.yaml", "/info/title")
    assert bundled.origin(("paths", "/a", "get")) == ("api/a.yaml", "/item/get")
    assert bundled.origin(("paths", "/a", "get", "parameters", 0, "name")) == ("common/p.yaml", "/limit/name")
    assert bundled.origin(("paths", "/a", "get", "responses", "200", "content")) == ("api/a.yaml", "/ok/content")
    assert bundled.origin(("components", "schemas", "Local", "properties", "x")) == (
        "api/a.yaml",
        "/Error/properties/x",
    )


def test_a_document_of_many_files_is_valid_as_a_whole(
    document: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The validator opens no file of the document and no connection."""
    loaded = document(FILES)
    validate(document(FILES))  # what it reads of its own is read by now
    monkeypatch.setattr("builtins.open", lambda *args, **_: (_ for _ in ()).throw(AssertionError(f"opened {args}")))
    monkeypatch.setattr("socket.socket.connect", lambda *_: (_ for _ in ()).throw(AssertionError("connected")))

    assert [str(one) for one in validate(loaded)] == []


def test_faults_of_external_objects_stand_in_their_files(faults: Callable[..., list[str]]) -> None:
    """Whatever moved, the message is about the file that people edit."""
    files = {
        "openapi.yaml": HEAD + "paths: {/a: {$ref: 'a.yaml#/item'}}\n",
        "a.yaml": "item:\n  get:\n    responses:\n      '200': {$ref: 'b.yaml#/ok'}\n    sumary: x\n",
        "b.yaml": "ok:\n  content:\n    application/json:\n      schema: {$ref: c.json}\n",
        "c.json": '{\n"type": "strng",\n"properties": {"a": {"default": 1, "type": "string"}}}',
    }

    assert [one.partition(" |")[0] for one in faults(files)] == [
        "a.yaml:5:5: SL303 the key `sumary` is not known here",
        "b.yaml:1:1: SL304 the required key `description` is missing",
        'c.json:2:9: SL305 `strng` is not one of `array`, `boolean`, `integer`, `"null"`, `number`, `object`, `string`',
    ]
