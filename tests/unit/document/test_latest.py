"""OpenAPI 3.2 is read as far as clients need it, and the rest is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.document import load_document, read_document, validate
from specloom.document.walk import operations
from specloom.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = "openapi: 3.2.0\ninfo: {title: T, version: '1'}\n"
DONE = "responses: {default: {summary: s}}"
NEW = f"""$self: https://example.com/api.yaml
tags: [{{name: a, summary: A, kind: nav}}, {{name: b, parent: a}}]
paths:
  /a:
    query: {{{DONE}}}
    additionalOperations: {{COPY: {{{DONE}}}}}
    get:
      responses:
        '200':
          content: {{application/json: {{$ref: '#/components/mediaTypes/M'}}}}
components:
  mediaTypes: {{M: {{schema: {{type: string}}}}}}
"""


def test_what_is_new_is_read(write: Callable[[dict[str, str]], Path]) -> None:
    """Methods, tags, summaries and shared media types are no faults."""
    document, found = load_document(write({"openapi.yaml": HEAD + NEW}))

    assert document is not None
    assert [*found, *validate(document)] == []
    assert [one.method for one in operations(document)] == ["get", "query", "COPY"]


def test_older_versions_do_not_have_what_is_new(faults: Callable[..., list[str]]) -> None:
    """Each version has its own grammar."""
    found = faults(f"paths: {{/a: {{query: {{{DONE}}}}}}}\n", "3.1.0")

    assert "openapi.yaml:3:14: SL303 the key `query` is not known here" in {one.partition(" |")[0] for one in found}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("application/jsonl: {itemSchema: {type: string}}", []),
        ("multipart/mixed: {itemEncoding: {contentType: a/b}}", ["5:77: SL315 error"]),
        ("multipart/mixed: {prefixEncoding: []}", ["5:77: SL315 error"]),
        ("application/json: {examples: {a: {dataValue: 1}}}", ["5:93: SL315 warning"]),
    ],
)
def test_what_is_not_carried_over_is_said(
    content: str, said: list[str], write: Callable[[dict[str, str]], Path]
) -> None:
    """An error where a client without it would be wrong."""
    text = f"{HEAD}paths:\n  /a:\n    get: {{responses: {{default: {{description: d, content: {{{content}}}}}}}}}\n"
    document, _ = load_document(write({"openapi.yaml": text}))
    assert document is not None
    found = [one for one in validate(document) if one.code == "SL315"]

    assert [f"{one.location.line}:{one.location.column}: {one.code} {one.severity}" for one in found] == said


def test_a_query_as_one_parameter_is_carried_over(write: Callable[[dict[str, str]], Path]) -> None:
    """Nothing is said of it, and nothing is left out in a document of somebody else."""
    parameter = "{name: q, in: querystring, content: {application/x-www-form-urlencoded: {}}}"
    path = write({"openapi.yaml": f"{HEAD}paths: {{/a: {{get: {{parameters: [{parameter}], {DONE}}}}}}}\n"})
    _, strict, _ = read_document(path)
    document, tolerant, _ = read_document(path, Reading(tolerant=True))

    assert (strict, tolerant) == ((), ())
    assert document is not None
    assert [one["in"] for one in document.root.value["paths"]["/a"]["get"]["parameters"]] == ["querystring"]
