"""Examples against schemas: which are compared, how both dialects are read, where a fault is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.lint import lint, select_rules
from tests.unit.lint.linting import findings, load

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n"
OLD = HEAD.replace("3.1.0", "3.0.3")
PLACES = {
    "a media type of a response": (
        (
            "paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: ok\n          content:\n"
            "            application/json:\n              schema: {type: integer}\n              example: one\n"
        ),
        "12:24",
    ),
    "a named example behind a reference": (
        (
            "paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: ok\n          content:\n"
            "            application/json:\n              schema: {type: integer}\n"
            "              examples: {one: {$ref: '#/components/examples/One'}}\n"
            "components:\n  examples:\n    One:\n      value: one\n"
        ),
        "16:14",
    ),
    "a request body": (
        (
            "paths:\n  /a:\n    post:\n      requestBody:\n        content:\n          application/vnd.pets+json:\n"
            "            schema: {type: integer}\n            example: one\n"
        ),
        "10:22",
    ),
    "a parameter": (
        "paths:\n  /a:\n    parameters:\n      - {name: q, in: query, schema: {type: integer}, example: one}\n",
        "6:64",
    ),
    "a parameter that is JSON": (
        (
            "paths:\n  /a:\n    parameters:\n      - name: q\n        in: query\n        content: {application/json: "
            "{schema: {type: integer}, example: one}}\n"
        ),
        "8:72",
    ),
    "a header": (
        (
            "paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: ok\n          headers:\n"
            "            N: {schema: {type: integer}, example: one}\n"
        ),
        "10:51",
    ),
    "a schema of 3.0": ("components:\n  schemas:\n    N: {type: integer, example: one}\n", "5:33"),
    "a schema of 3.1": ("components:\n  schemas:\n    N: {type: integer, examples: [1, one]}\n", "5:38"),
}
FITTING = {
    "text of a media type that is not JSON": (
        "paths: {/a: {post: {requestBody: {content: {application/xml: {schema: {type: object}, example: <a/>}}}}}}\n"
    ),
    "an example kept elsewhere": (
        "paths: {/a: {post: {requestBody: {content: {application/json: {schema: {type: object}, examples: {one: "
        "{externalValue: 'https://example.com/1'}}}}}}}}\n"
    ),
    "a raw example": (
        "paths: {/a: {post: {requestBody: {content: {application/json: {schema: {type: object}, examples: {one: "
        "{x-specloom-raw: true, value: 'no JSON'}}}}}}}}\n"
    ),
    "no schema": "paths: {/a: {post: {requestBody: {content: {application/json: {example: one}}}}}}\n",
    "a property named example": (
        "components: {schemas: {A: {type: object, properties: {example: {type: string}, examples: {}}}}}\n"
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_an_example_is_compared_wherever_it_stands(tmp_path: Path, place: str) -> None:
    """A text in place of an integer is found at the text."""
    text, expected = PLACES[place]

    assert findings(tmp_path, HEAD + text, "SL541") == [f"{expected} SL541"]


@pytest.mark.parametrize("text", FITTING.values(), ids=FITTING)
def test_what_cannot_be_compared_is_left_alone(tmp_path: Path, text: str) -> None:
    """Not everything that is called an example is data with a schema."""
    assert findings(tmp_path, HEAD + text, "SL541") == []


def test_the_fault_is_shown_inside_the_example(tmp_path: Path) -> None:
    """Line and column are those of the value that does not fit, and the message says which it is."""
    text = f"""{HEAD}components:
  schemas:
    Page:
      type: object
      properties: {{rows: {{type: array, items: {{$ref: '#/components/schemas/Row'}}}}}}
      example:
        rows:
          - id: 1
          - id: '2'
    Row: {{type: object, properties: {{id: {{type: integer}}}}}}
"""
    (found,) = lint(load(tmp_path, text), rules=select_rules(["SL541"]))

    assert (found.location.line, found.location.column) == (11, 17)
    assert found.message == "the example does not fit its schema: `/rows/1/id` is of the type string, not integer"


def test_json_in_a_string_is_compared_level_by_level(tmp_path: Path) -> None:
    """A fault two texts deep is shown at the text, with its whole way in the message."""
    text = f"""{HEAD}components:
  schemas:
    Outer:
      type: object
      properties:
        body:
          type: string
          contentMediaType: application/json
          contentSchema: {{$ref: '#/components/schemas/Inner'}}
      examples:
        - body: '{{"rows": [{{"data": "{{\\"n\\": 1}}"}}]}}'
        - body: '{{"rows": [{{"data": "{{\\"n\\": true}}"}}]}}'
        - body: '{{rows'
    Inner:
      type: object
      properties:
        rows:
          type: array
          items:
            type: object
            properties:
              data:
                type: string
                contentMediaType: application/json
                contentSchema: {{type: object, properties: {{n: {{type: integer}}}}}}
"""
    deep, broken = lint(load(tmp_path, text), rules=select_rules(["SL541"]))

    assert (deep.location.line, deep.location.column) == (14, 17)
    assert deep.message.endswith("`/body/rows/0/data/n` is of the type boolean, not integer")
    assert broken.location.line == 15
    assert "`/body` holds text that is not JSON" in broken.message


@pytest.mark.parametrize(
    ("head", "schema", "fits"),
    [
        (OLD, "{type: string, nullable: true, example: null}", True),
        (OLD, "{type: string, example: null}", False),
        (OLD, "{type: string, nullable: true, enum: [a], example: null}", True),
        (HEAD, "{type: string, nullable: true, example: null}", False),
        (HEAD, "{type: [string, 'null'], example: null}", True),
        (OLD, "{type: integer, minimum: 1, exclusiveMinimum: true, example: 1}", False),
        (OLD, "{type: integer, minimum: 1, exclusiveMinimum: true, example: 2}", True),
        (OLD, "{type: integer, minimum: 1, exclusiveMinimum: false, example: 1}", True),
        (HEAD, "{type: integer, exclusiveMinimum: 1, example: 1}", False),
        (OLD, "{allOf: [{$ref: '#/components/schemas/B', maxLength: 1}], example: ab}", True),
        (HEAD, "{allOf: [{$ref: '#/components/schemas/B', maxLength: 1}], example: ab}", False),
        (HEAD, "{type: number, multipleOf: 0.1, example: 1.1}", True),
        (HEAD, "{type: number, multipleOf: 0.1, example: 1.15}", False),
        (HEAD, "{type: integer, example: 1.0}", True),
        (HEAD, "{type: string, pattern: '^\\p{L}+$', example: a}", True),
        (HEAD, "{type: string, pattern: '^a+$', example: b}", False),
        (HEAD, "{type: nonsense, minLength: x, example: 1}", True),
        (HEAD, "{oneOf: [{type: integer}, {type: number}], example: 1}", False),
        (HEAD, "{oneOf: [{type: object}, {type: object}], discriminator: {propertyName: k}, example: {k: a}}", True),
        (HEAD, "{type: object, required: [a], properties: {a: {readOnly: true}}, example: {}}", True),
        (HEAD, "{type: object, required: [a], properties: {a: {}}, example: {}}", False),
        (HEAD, "{type: object, properties: {a: {}}, unevaluatedProperties: false, example: {b: 1}}", False),
    ],
)
def test_both_dialects_are_understood(tmp_path: Path, head: str, schema: str, fits: bool) -> None:
    """3.0 has keywords of its own, 3.1 those of JSON Schema; what is malformed is left to validation."""
    text = f"{head}components:\n  schemas:\n    A: {schema}\n    B: {{type: string}}\n"

    assert (findings(tmp_path, text, "SL541") == []) is fits


@pytest.mark.parametrize(("key", "fits"), [("requestBody: {", True), ("responses: {'200': {description: ok, ", False)])
def test_a_read_only_property_is_not_asked_for_in_a_request(tmp_path: Path, key: str, fits: bool) -> None:
    """What the service alone sets is missing rightly from what is sent, and wrongly from what comes back."""
    close = "}}" if "responses" in key else "}"
    body = "content: {application/json: {schema: {$ref: '#/components/schemas/A'}, example: {}}}"
    text = (
        f"{HEAD}paths: {{/a: {{post: {{{key}{body}{close}}}}}}}\n"
        "components: {schemas: {A: {type: object, required: [id], properties: {id: {readOnly: true}}}}}\n"
    )

    assert (findings(tmp_path, text, "SL541") == []) is fits


@pytest.mark.parametrize(
    ("schema", "fits"),
    [
        ("{type: string, format: date-time, example: '2023-05-27T10:04:35.743Z'}", True),
        ("{type: string, format: date-time, example: '2023-05-27T10:04:35+02:00'}", True),
        ("{type: string, format: date-time, example: '2023-05-27 10:04:35'}", False),
        ("{type: string, format: date-time, example: '2023-02-30T10:04:35Z'}", False),
        ("{type: string, format: date, example: '2023-05-27'}", True),
        ("{type: string, format: date, example: '20230527'}", False),
        ("{type: string, format: uuid, example: 2180518f-42b8-4947-b20b-adfc53981a25}", True),
        ("{type: string, format: uuid, example: 2180518f}", False),
        ("{type: integer, format: int32, example: 1705248000000}", False),
        ("{type: integer, format: int64, example: 1705248000000}", True),
        ("{type: string, format: hostname, example: '?'}", True),
    ],
)
def test_simple_formats_are_compared(tmp_path: Path, schema: str, fits: bool) -> None:
    """A format is a promise of its own, so breaking it is a warning of its own."""
    text = f"{HEAD}components:\n  schemas:\n    A: {schema}\n"

    assert (findings(tmp_path, text, "SL542") == []) is fits
    assert findings(tmp_path, text, "SL541") == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [("'{\"a\": 1}'", ["6:14 SL543"]), ("\"{'a': 1}\"", []), ("NaN", []), ("'\"text\"'", ["6:14 SL543"])],
)
def test_a_raw_example_must_not_be_json(tmp_path: Path, value: str, expected: list[str]) -> None:
    """JSON is data; the mark is for bodies that cannot be parsed."""
    text = f"{HEAD}components:\n  examples:\n    A:\n      value: {value}\n      x-specloom-raw: true\n"

    assert findings(tmp_path, text, "SL543") == expected


def test_example_and_examples_exclude_each_other(tmp_path: Path) -> None:
    """Of two kinds side by side the older one is reported."""
    text = f"{HEAD}components:\n  parameters:\n    A:\n      example: 1\n      examples: {{a: {{value: 1}}}}\n"

    assert findings(tmp_path, text, "SL544") == ["6:7 SL544"]
    assert findings(tmp_path, text.replace("      example: 1\n", ""), "SL544") == []


def test_an_endless_schema_ends(tmp_path: Path) -> None:
    """A schema that is made of itself, or of itself twice, is told of and not compared for ever."""
    twice = "    B{}: {{allOf: [{{$ref: '#/components/schemas/B{}'}}, {{$ref: '#/components/schemas/B{}'}}]}}\n"
    text = (
        f"{HEAD}components:\n  schemas:\n    A: {{allOf: [{{$ref: '#/components/schemas/A'}}], example: 1}}\n"
        + "".join(twice.format(n, n + 1, n + 1) for n in range(30))
        + "    B30: {type: integer}\n    C: {allOf: [{$ref: '#/components/schemas/B0'}], example: 1}\n"
    )

    assert findings(tmp_path, text, "SL541") == ["5:61 SL541", "37:62 SL541"]


def test_faults_come_in_one_order(tmp_path: Path) -> None:
    """However many members do not fit, the first ten are told, in the order of their names."""
    members = ", ".join(f"m{n:02}: x" for n in reversed(range(20)))
    text = (
        f"{HEAD}components:\n  schemas:\n    A: {{additionalProperties: {{type: integer}}, example: {{{members}}}}}\n"
    )
    found = lint(load(tmp_path, text), rules=select_rules(["SL541"]))

    assert sorted(one.message.split("`")[1] for one in found) == [f"/m{n:02}" for n in range(10)]
