"""Each rule: where it reports, and what it leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.lint import RULES
from tests.unit.lint.linting import findings

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
openapi: 3.1.0
info: {title: Pets, version: '1'}
"""
OLD = HEAD.replace("3.1.0", "3.0.3")
# One operation with nothing to report; text that follows continues the operation.
PETS = f"""{HEAD}\
paths:
  /pets:
    get:
      operationId: ListPets
      summary: List the pets
      responses:
        '200': {{description: The pets}}
        default: {{description: Any error}}
"""


CASES = {
    "SL501 no operationId": (
        HEAD + "paths:\n  /pets:\n    get:\n      responses: {'200': {description: ok}}\n",
        ["5:5 SL501"],
    ),
    "SL501 an empty operationId": (
        HEAD + "paths:\n  /pets:\n    get:\n      operationId: ' '\n      responses: {'200': {description: ok}}\n",
        ["5:5 SL501"],
    ),
    "SL501 an operationId": (PETS, []),
    "SL502 no summary": (
        HEAD + "paths:\n  /pets:\n    get:\n      responses: {'200': {description: ok}}\n",
        ["5:5 SL502"],
    ),
    "SL502 a summary": (PETS, []),
    "SL503 only an error": (
        HEAD + "paths:\n  /pets:\n    get:\n      responses:\n        '404': {description: none}\n",
        ["6:7 SL503"],
    ),
    "SL503 a redirect is a success": (
        HEAD + "paths:\n  /pets:\n    get:\n      responses:\n        '302': {description: there}\n",
        [],
    ),
    "SL503 a default may be a success": (
        HEAD + "paths:\n  /pets:\n    get:\n      responses:\n        default: {description: any}\n",
        [],
    ),
    "SL504 only a success": (
        HEAD + "paths:\n  /pets:\n    get:\n      responses:\n        '200': {description: ok}\n",
        ["6:7 SL504"],
    ),
    "SL504 a range of errors": (
        HEAD
        + "paths:\n  /a:\n    get:\n      responses:\n        2XX: {description: ok}\n        4XX: {description: no}\n",
        [],
    ),
    "SL505 one name twice": (
        HEAD + "paths:\n  /a:\n    get: {x-specloom-method: pets.list}\n    put: {x-specloom-method: pets.list}\n",
        ["6:30 SL505"],
    ),
    "SL505 two names": (
        HEAD + "paths:\n  /a:\n    get: {x-specloom-method: pets.list}\n    put: {x-specloom-method: pets.put}\n",
        [],
    ),
    "SL506 a tag that is misspelt": (
        HEAD + "tags: [{name: pets}]\npaths:\n  /a:\n    get: {tags: [pets, pest]}\n",
        ["6:24 SL506"],
    ),
    "SL506 no tag is declared at all": (HEAD + "paths:\n  /a:\n    get: {tags: [pets]}\n", []),
    "SL507 a tag on nothing": (
        HEAD + "tags: [{name: pets}, {name: dogs}]\npaths:\n  /a:\n    get: {tags: [pets]}\n",
        ["3:29 SL507"],
    ),
    "SL507 all tags are used": (HEAD + "tags: [{name: pets}]\npaths:\n  /a:\n    get: {tags: [pets]}\n", []),
    "SL508 literals against parameters": (
        HEAD + "paths:\n  /pets/{id}/owner: {}\n  /pets/mine/{what}: {}\n",
        ["5:3 SL508"],
    ),
    "SL508 the literal wins": (HEAD + "paths:\n  /pets/{id}: {}\n  /pets/mine: {}\n", []),
    "SL508 other literals": (HEAD + "paths:\n  /pets/{id}/owner: {}\n  /pets/mine/toys: {}\n", []),
    "SL511 a parameter without words": (
        HEAD + "paths:\n  /a:\n    get:\n      parameters:\n        - {name: q, in: query, schema: {}}\n",
        ["7:11 SL511"],
    ),
    "SL511 a described parameter": (
        HEAD + "paths:\n  /a:\n    parameters: [{name: q, in: query, description: Words, schema: {}}]\n",
        [],
    ),
    "SL512 a string here and an integer there": (
        HEAD
        + "paths:\n  /a:\n    parameters:\n      - {name: p, in: header, schema: {type: string}, "
        + "x-specloom-client-parameter: true}\n  /b:\n    parameters:\n      - {name: p, in: header, "
        + "schema: {type: integer}, x-specloom-client-parameter: true}\n",
        ["9:9 SL512"],
    ),
    "SL512 the same behind a reference": (
        HEAD
        + "paths:\n  /a:\n    parameters:\n      - {name: p, in: header, schema: {type: string}, "
        + "x-specloom-client-parameter: true}\n  /b:\n    parameters:\n      - {name: p, in: header, "
        + "schema: {$ref: '#/components/schemas/P'}, x-specloom-client-parameter: true}\n"
        + "components:\n  schemas:\n    P: {type: string}\n",
        [],
    ),
    "SL513 client-level in one operation": (
        HEAD
        + "paths:\n  /a:\n    parameters: [{name: p, in: header, schema: {}, x-specloom-client-parameter: true}]\n"
        + "  /b:\n    parameters: [{name: p, in: header, schema: {}}]\n",
        ["7:18 SL513"],
    ),
    "SL513 another place is another parameter": (
        HEAD
        + "paths:\n  /a:\n    parameters: [{name: p, in: header, schema: {}, x-specloom-client-parameter: true}]\n"
        + "  /b:\n    parameters: [{name: p, in: query, schema: {}}]\n",
        [],
    ),
    "SL514 an empty description": (
        HEAD + "paths:\n  /a:\n    get:\n      responses:\n        '200': {description: ''}\n",
        ["7:30 SL514"],
    ),
    "SL514 a description": (PETS, []),
    "SL515 a body that is read": (
        HEAD + "paths:\n  /a:\n    get:\n      requestBody: {content: {}}\n",
        ["6:7 SL515"],
    ),
    "SL515 a body that is posted": (HEAD + "paths:\n  /a:\n    post:\n      requestBody: {content: {}}\n", []),
    "SL522 a scheme that nobody asks for": (
        PETS + "components:\n  securitySchemes:\n    Key: {type: apiKey, in: header, name: K}\n",
        ["13:5 SL522"],
    ),
    "SL522 a scheme of one operation": (
        PETS
        + "      security: [{Key: []}]\n"
        + "components:\n  securitySchemes:\n    Key: {type: apiKey, in: header, name: K}\n",
        [],
    ),
    "SL523 a scheme that is not there": (PETS + "      security: [{Kye: []}]\n", ["11:19 SL523"]),
    "SL523 no scheme needed": (PETS + "      security: [{}]\n", []),
    "SL524 an open address": (HEAD + "servers:\n  - url: http://api.example.com\npaths: {}\n", ["4:10 SL524"]),
    "SL524 a host that only looks local": (HEAD + "servers:\n  - url: http://localhost.example.com/\n", ["4:10 SL524"]),
    "SL524 the own machine": (HEAD + "servers:\n  - url: http://localhost:8080/v1\n  - url: http://127.0.0.1\n", []),
    "SL525 a variable without a declaration": (
        HEAD + "servers:\n  - url: https://{region}.example.com\npaths: {}\n",
        ["4:10 SL525"],
    ),
    "SL525 a declared variable": (
        HEAD + "servers:\n  - url: https://{region}.example.com\n    variables: {region: {default: eu}}\n",
        [],
    ),
}

SCHEMAS = {
    "SL531 an array of nobody knows what": ("{type: array}", OLD, ["5:5 SL531"]),
    "SL531 an array of anything": ("{type: array, items: {}}", OLD, []),
    "SL531 3.1 allows it": ("{type: array}", HEAD, []),
    "SL532 text and number": ("{enum: [a, 1]}", HEAD, ["5:16 SL532"]),
    "SL532 numbers of both kinds, and null": ("{enum: [1, 1.5, null]}", HEAD, []),
    "SL533 a number among texts": ("{type: string, enum: [a, 1]}", HEAD, ["5:30 SL533"]),
    "SL533 true is no integer": ("{type: integer, enum: [1, true]}", HEAD, ["5:31 SL533"]),
    "SL533 an integer is a number": ("{type: number, enum: [1, 1.5]}", HEAD, []),
    "SL533 null where it is allowed": ("{type: string, nullable: true, enum: [a, null]}", OLD, []),
    "SL534 values alone": ("{enum: [a, b]}", HEAD, ["5:6 SL534"]),
    "SL534 values with a type": ("{type: string, enum: [a, b]}", HEAD, []),
    "SL534 values beside a type": ("{allOf: [{type: string}, {enum: [a, b]}]}", HEAD, []),
    "SL535 a value twice": ("{enum: [a, b, a]}", HEAD, ["5:19 SL535"]),
    "SL535 one and true are two values": ("{enum: [1, true, 1.0, '1']}", HEAD, []),
    "SL535 3.0 is told by validation": ("{enum: [a, a]}", OLD, []),
    "SL537 no media type": ("{type: string, contentSchema: {}}", HEAD, ["5:20 SL537"]),
    "SL537 with media type": ("{type: string, contentMediaType: application/json, contentSchema: {}}", HEAD, []),
    "SL538 a length of a number": ("{type: integer, maxLength: 3}", HEAD, ["5:21 SL538"]),
    "SL538 a length that may be of a text": ("{type: [integer, string], maxLength: 3}", HEAD, []),
    "SL538 a keyword that is off": ("{type: string, uniqueItems: false}", HEAD, []),
    "SL539 bounds that cross": ("{type: integer, minimum: 2, maximum: 1}", HEAD, ["5:21 SL539"]),
    "SL539 bounds that meet": ("{type: integer, minimum: 1, maximum: 1}", HEAD, []),
}


@pytest.mark.parametrize("case", CASES)
def test_a_rule_reports_its_fault_and_nothing_else(case: str, tmp_path: Path) -> None:
    """Every finding of the rule that the case is about stands where a person would look."""
    text, expected = CASES[case]

    assert findings(tmp_path, text, case.split()[0]) == expected


@pytest.mark.parametrize("case", SCHEMAS)
def test_a_rule_about_schemas_reports_its_fault_and_nothing_else(case: str, tmp_path: Path) -> None:
    """The schema stands on line 5, column 5 of a document that has nothing else."""
    text, head, expected = SCHEMAS[case]
    document = f"{head}components:\n  schemas: {{Named:\n    {text}}}\n"

    assert findings(tmp_path, document, case.split()[0]) == expected


def test_every_rule_has_a_code_and_a_name_of_its_own() -> None:
    """Codes and names are how people refer to rules."""
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.code.startswith("SL5") and len(rule.code) == 5 for rule in RULES)


def test_every_rule_explains_itself() -> None:
    """Summary, reason, both examples and a hint are there, in the form that is printed around them."""
    for rule in RULES:
        assert rule.summary
        assert not rule.summary.endswith(".")
        assert rule.why.endswith((".", ".)"))
        assert rule.bad != rule.good
        assert rule.hint
        assert not rule.hint.endswith(".")
