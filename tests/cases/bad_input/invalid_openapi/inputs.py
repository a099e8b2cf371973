"""Documents that are not OpenAPI: every fault has its place, and nothing of the document is dumped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cases.bad_input.bad_input import Input

if TYPE_CHECKING:
    from tests.cases.bad_input.bad_input import Content

MANY = """\
openapi: 3.1.0
info: {title: [Bad, input], license: MIT}
servers: {url: https://service.example}
paths:
  jobs:
    get: []
  /jobs/{id}/{id}:
    fetch: {}
    get:
      operationId: getJob
      tags: jobs
      parameters:
        - {name: id, in: body}
        - {name: limit, in: query, schema: {type: int, minimum: one}}
        - {name: limit, in: query, schema: {type: integer, default: ten}}
        - in: path
        - text
      responses:
        200: {description: Fine, content: {application/json: {schema: {type: [object, thing]}}}}
        "600": {description: Odd}
        "404": {}
    post: {operationId: getJob, responses: {}, security: [{missing: []}], deprecated: maybe}
  /jobs/{other}/{id}: {get: {responses: null}}
components:
  schemas:
    "a b": {}
    Job: {type: object, required: id, properties: [id], allOf: {}, enum: a, pattern: "(", x-specloom-unknown: 1}
    Pet: {discriminator: kind, oneOf: []}
  securitySchemes: {key: {type: apiKey}, token: {type: oauth3}}
  responses: {Fine: {content: {application/json: {example: 1, examples: {a: 2}}}}}
tags: [{name: jobs}, {name: jobs}, {}]
unknown: {a: [b]}
"""
LONG = "x" * 100_000

TEXTS: dict[str, Content] = {
    "many_faults": MANY,
    "many_faults_of_3_0": MANY.replace("3.1.0", "3.0.3"),
    "many_faults_of_3_2": MANY.replace("3.1.0", "3.2.0"),
    "no_version": 'info: {title: Bad input, version: "1"}\npaths: {}\n',
    "another_version": 'openapi: "4.0"\ninfo: {title: Bad input, version: "1"}\npaths: {}\n',
    "version_that_is_a_number": 'openapi: 3.1\ninfo: {title: Bad input, version: "1"}\npaths: {}\n',
    "both_versions": 'openapi: 3.1.0\nswagger: "2.0"\ninfo: {title: Bad input, version: "1"}\npaths: {}\n',
    "swagger": 'swagger: "2.0"\ninfo: {}\npaths: {/a: {get: {parameters: [{in: body}, {in: query}], responses: []}}}\ndefinitions: []\n',
    "another_file": "name: a\non: push\njobs: {}\n",
    "nothing": "{}\n",
    "null_everywhere": (
        "openapi: 3.1.0\ninfo: null\npaths: null\ncomponents: null\nservers: null\ntags: null\nsecurity: null\nwebhooks: null\n"
    ),
    "numbers_everywhere": "openapi: 3.1.0\ninfo: 1\npaths: 1\ncomponents: 1\nservers: 1\ntags: 1\nsecurity: 1\nwebhooks: 1\n",
    "large_values": lambda: json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "Bad input", "version": [LONG], "description": {"a": LONG}, LONG: LONG},
            "paths": {
                LONG: {},
                "/a": {"get": LONG},
                "/b": {"get": {"responses": {"200": {"description": [LONG] * 10}}}},
            },
            "components": {"schemas": {LONG: {"type": LONG, "enum": LONG, "$ref": f"#/{LONG}"}}},
        }
    ),
    "text_for_a_terminal": (
        'openapi: 3.1.0\ninfo: {title: "\\e[2J", version: "1"}\n'
        'paths: {"/\\e[2J\\u202e/{a\\u200b}": {get: {operationId: "\\e]0;a\\a", "\\e[31m": 1, responses: {"\\n::error::a": {}}}}}\n'
        'components: {schemas: {A: {type: "\\u202e\\x9b31m", $ref: "#/\\e[2J\\n##[error]"}, "\\u2066": {$ref: "\\e[2J.yaml"}}}\n'
        '"\\e[2J\\r\\n::error::a": 1\ntags: [{name: "\\u2028"}, {name: "\\u2028"}]\n'
    ),
}

INPUTS = tuple(Input(name=name, files={"openapi.yaml": text}) for name, text in TEXTS.items())
