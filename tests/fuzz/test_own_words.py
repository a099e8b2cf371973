"""Every name that emitted code has for something of its own, as every name that a document may give."""

from __future__ import annotations

import ast
import builtins
import json
import keyword
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.fuzz.examine import Example, examine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPOSITORY = Path(__file__).resolve().parents[2]
TOGETHER = 24
"""Words that share a document; those that follow each other are often alike, which is all the better."""


@cache
def own_words() -> list[str]:
    """Whatever is called by a name in an emitted package, and what Python itself has."""
    found = {*dir(builtins), *keyword.kwlist, *keyword.softkwlist}
    for file in [*REPOSITORY.glob("generated/*/src/**/*.py"), *REPOSITORY.glob("generated/*/tests/*.py")]:
        found.add(file.stem)
        if file.parent.name != "_runtime" or file.stem in {"client", "models", "operation", "options", "parts"}:
            found |= set(_names(ast.parse(file.read_text(encoding="utf-8"))))
    return sorted(found)


def _names(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        for key in ("id", "attr", "name", "arg", "asname"):
            name = getattr(node, key, None)
            if isinstance(name, str):
                yield name.rpartition(".")[2]


def document(words: tuple[str, ...]) -> dict[str, Any]:
    """A document whose tags, operations, parameters, schemas, properties, values, examples and keys are words."""
    variables = {word: {"default": "a", "enum": ["a", "b"]} for word in words}
    address = "https://a.example/" + "".join(f"{{{word}}}" for word in words)
    return {
        "openapi": "3.1.0",
        "info": {"title": words[0], "version": "1"},
        "servers": [{"url": address, "variables": variables}],
        "paths": {f"/{number}/{{id}}": _item(_around(words, number)) for number in range(len(words))},
        "webhooks": {word: {"post": {"requestBody": _body(word)}} for word in words},
        "security": [{word: []} for word in words],
        "components": {
            "schemas": {word: _schema(_around(words, number)) for number, word in enumerate(words)},
            "securitySchemes": {word: {"type": "apiKey", "in": "header", "name": "X-Key"} for word in words},
        },
    }


def _around(words: tuple[str, ...], number: int) -> tuple[str, ...]:
    """A word, and those before it."""
    return tuple(dict.fromkeys(words[number - step] for step in range(4)))


def _item(words: tuple[str, ...]) -> dict[str, Any]:
    word, other = words[0], words[-1]
    identity = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
    times = {"type": "string", "format": "date-time"}
    held = {"name": f"{word}-held", "in": "header", "schema": {"type": "integer"}, "x-specloom-client-parameter": True}
    parameters = [identity, held, *({"name": one, "in": "query", "schema": times} for one in words)]
    answer = {"description": "Fine.", **_body(word)}
    failure = {"description": "Absent.", "content": {"application/json": {"schema": {"type": "object"}}}}
    operation = {"parameters": parameters, "responses": {"200": answer, "404": failure}}
    return {
        "get": {"operationId": word, "tags": [word], **operation},
        "post": {"operationId": f"{word}-{other}", "tags": [other], "requestBody": _body(word), **operation},
    }


def _body(word: str) -> dict[str, Any]:
    example = {word: {"summary": "One.", "value": {word: word}}}
    schema = {"$ref": f"#/components/schemas/{word}"}
    return {"content": {"application/json": {"schema": schema, "examples": example}}}


def _schema(words: tuple[str, ...]) -> dict[str, Any]:
    value = {"type": "string", "enum": list(words)}
    other = {"$ref": f"#/components/schemas/{words[-1]}"}
    union = {"oneOf": [other, {"type": "array", "items": {"type": "string", "format": "uuid"}}]}
    limited = {"type": "string", "format": "date", "maxLength": 10}
    kinds = (limited, value, union, {"type": "object", "properties": {words[0]: {}}})
    properties = {word: kinds[number % len(kinds)] for number, word in enumerate(words)}
    return {"type": "object", "properties": properties, "additionalProperties": {"type": "string", "format": "date"}}


def together() -> list[tuple[str, ...]]:
    """The words, so many at a time."""
    words = own_words()
    return [tuple(words[start : start + TOGETHER]) for start in range(0, len(words), TOGETHER)]


@pytest.mark.parametrize("words", together(), ids=lambda one: one[0])
def test_a_document_may_use_a_name_of_the_emitted_code(
    words: tuple[str, ...], record_property: Callable[[str, object], None]
) -> None:
    """In every place at once, beside its neighbours in the alphabet."""
    record_property("tried", len(words))
    verdict = examine(Example(files={"openapi.json": json.dumps(document(words))}))

    assert (verdict.kind, verdict.said) == ("built", "")
