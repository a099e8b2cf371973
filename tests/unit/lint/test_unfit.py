"""Examples that do not fit are found for whoever goes on without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import Severity
from specloom.document import leave_out, load_document, validate
from specloom.lint import unfit_examples

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    get:
      parameters: [{name: q, in: query, schema: {type: integer}, example: one}]
      responses:
        default:
          description: d
          content:
            application/json:
              schema: {$ref: '#/components/schemas/A'}
              examples: {no: {value: [{}, 2]}, yes: {value: []}, shared: {$ref: '#/components/examples/E'}}
components:
  examples: {E: {value: 3}}
  schemas: {A: {type: array, items: {type: string}, examples: [[1], [a]]}}
"""


def test_what_does_not_fit_is_left_out_and_said_once(tmp_path: Path) -> None:
    """Of one with several faults the first is said; what is shared stays where it is referred to."""
    (tmp_path / "openapi.yaml").write_text(TEXT)
    document, _ = load_document(tmp_path / "openapi.yaml")
    assert document is not None
    examples, found = unfit_examples(document)
    left = leave_out(document, examples)

    assert sorted(one.pointer for one in examples) == [
        "/components/examples/E/value",
        "/components/schemas/A/examples/0",
        "/paths/~1a/get/parameters/0/example",
        "/paths/~1a/get/responses/default/content/application~1json/examples/no/value",
    ]
    assert {(one.code, one.severity) for one in found} == {("SL541", Severity.WARNING)}
    assert len(found) == len(examples)
    assert left.root.value["components"] == {
        "examples": {"E": {}},
        "schemas": {"A": {"type": "array", "items": {"type": "string"}, "examples": [["a"]]}},
    }
    assert unfit_examples(left) == ([], [])
    assert validate(left) == ()
