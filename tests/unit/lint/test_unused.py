"""Unused components: in the entry file, in further files, by every way in which one can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.lint import lint, select_rules
from tests.unit.lint.linting import findings, load, places

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n"
ANSWER = "paths: {/a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: %s}}}}}}}\n"
# Four lines, the last of which begins `components/schemas`.
PET = HEAD + ANSWER % "{$ref: '#/components/schemas/Pet'}" + "components:\n  schemas:\n"


@pytest.mark.parametrize(
    ("schemas", "expected"),
    [
        ("    Pet: {}\n    Dog: {}\n", ["7:5 SL521"]),
        ("    Pet: {properties: {dog: {$ref: '#/components/schemas/Dog'}}}\n    Dog: {}\n", []),
        ("    Pet: {}\n    Dog: {not: {$ref: '#/components/schemas/Dog'}}\n", ["7:5 SL521"]),
        ("    Pet: {}\n    Dog: {not: {$ref: '#/components/schemas/Cat'}}\n    Cat: {}\n", ["7:5 SL521", "8:5 SL521"]),
        ("    Pet: {discriminator: {propertyName: k, mapping: {d: Dog}}}\n    Dog: {}\n", []),
        ("    Pet: {discriminator: {propertyName: k, mapping: {d: '#/components/schemas/Dog'}}}\n    Dog: {}\n", []),
        (
            (
                "    Pet: {discriminator: {propertyName: k}}\n    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}\n"
                "    Pug: {allOf: [{$ref: '#/components/schemas/Dog'}]}\n"
            ),
            [],
        ),
        ("    Pet: {}\n    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}\n", ["7:5 SL521"]),
        ("    Pet: {example: {$ref: '#/components/schemas/Dog'}}\n    Dog: {}\n", ["7:5 SL521"]),
    ],
    ids=[
        "nothing refers to it",
        "a property does",
        "only it itself does",
        "only an unused one does",
        "a discriminator names it",
        "a discriminator refers to it",
        "a discriminator leads to heirs",
        "heirs without a discriminator",
        "data that looks like a reference",
    ],
)
def test_a_component_is_used_where_an_operation_leads_to_it(tmp_path: Path, schemas: str, expected: list[str]) -> None:
    """References count from the operations on, and so does what a discriminator knows by name."""
    assert findings(tmp_path, PET + schemas, "SL521") == expected


@pytest.mark.parametrize("section", ["parameters", "responses", "examples", "headers", "requestBodies", "links"])
def test_every_section_is_looked_at(tmp_path: Path, section: str) -> None:
    """All sections of `components` are judged alike; security schemes have a rule of their own."""
    text = HEAD + ANSWER % "{}" + f"components:\n  {section}:\n    One: {{}}\n  securitySchemes: {{Key: {{}}}}\n"

    assert findings(tmp_path, text, "SL521") == ["6:5 SL521"]


def test_a_document_without_operations_is_a_library(tmp_path: Path) -> None:
    """Its components are there for other documents."""
    text = HEAD + "components:\n  schemas:\n    Pet: {}\n"

    assert findings(tmp_path, text, "SL521") == []


def test_an_entry_of_a_further_file_needs_a_reference(tmp_path: Path) -> None:
    """The maps at the top of a resource file hold components; what is used as a whole is none."""
    text = HEAD + "paths: {/a: {$ref: 'pets.yaml#/paths/pets'}}\nx-specloom-error: {$ref: 'pets.yaml#/mapping'}\n"
    pets = (
        "paths:\n  pets: {get: {responses: {'200': {$ref: '#/responses/Ok'}}}}\n  dogs: {}\n"
        "responses:\n  Ok: {description: ok}\n  Gone: {description: gone}\nmapping:\n  code: []\n"
    )

    assert findings(tmp_path, text, "SL521", others={"api/pets.yaml": pets}) == [
        "api/pets.yaml:3:3 SL521",
        "api/pets.yaml:6:3 SL521",
    ]


def test_a_file_that_is_one_object_has_no_components(tmp_path: Path) -> None:
    """A file that is referred to as a whole is a component itself."""
    text = HEAD + ANSWER % "{$ref: pet.yaml}"
    pet = "type: object\nproperties:\n  name: {type: string}\n  age: {type: integer}\n"

    assert findings(tmp_path, text, "SL521", others={"api/pet.yaml": pet}) == []


@pytest.mark.parametrize(("complete", "expected"), [(False, []), (True, ["common/all.yaml:3:3 SL521"])])
def test_a_shared_file_is_judged_only_with_all_its_documents(
    tmp_path: Path, complete: bool, expected: list[str]
) -> None:
    """Outside the folder of a document stands what other documents may use."""
    text = HEAD + ANSWER % "{$ref: '../common/all.yaml#/schemas/Pet'}"
    shared = "schemas:\n  Pet: {}\n  Dog: {}\n"

    assert findings(tmp_path, text, "SL521", others={"common/all.yaml": shared}, complete=complete) == expected


def test_documents_that_are_linted_together_share_their_uses(tmp_path: Path) -> None:
    """What one of them leaves unused another may need."""
    shared = {"common/all.yaml": "schemas:\n  Pet: {}\n  Dog: {}\n"}
    pets = load(tmp_path, HEAD + ANSWER % "{$ref: '../common/all.yaml#/schemas/Pet'}", shared)
    dogs = load(tmp_path, HEAD + ANSWER % "{$ref: '../common/all.yaml#/schemas/Dog'}", entry="dogs/openapi.yaml")
    rules = select_rules(["SL521"])

    assert places(lint([pets, dogs], complete=True, rules=rules), tmp_path) == []
    assert places(lint([pets], complete=True, rules=rules), tmp_path) == ["common/all.yaml:3:3 SL521"]
