"""Of a document only what is wanted is left, with all that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specloom.document import Document, read_document
from specloom.location import Location
from specloom.reading import Reading, Selection, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = """openapi: 3.1.0
info: {title: Things, version: '1'}
paths:
  /jobs:
    get:
      operationId: listJobs
      tags: [jobs]
      security: [{key: []}]
      responses: {'200': {$ref: '#/components/responses/Jobs'}}
    post:
      operationId: createJob
      tags: [jobs, admin]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/New'}}}}
      responses: {default: {description: d}}
  /jobs/{id}/logs:
    parameters: [{$ref: '#/components/parameters/Id'}]
    get:
      operationId: getLogs
      tags: [logs]
      responses:
        default:
          description: d
          content:
            application/json: {schema: {$ref: '#/paths/~1jobs/post/requestBody/content/application~1json/schema'}}
  /pets:
    get:
      operationId: listPets
      responses: {default: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
webhooks:
  done: {post: {operationId: done, tags: [logs], responses: {default: {description: d}}}}
components:
  securitySchemes: {key: {type: http, scheme: bearer}, other: {type: http, scheme: basic}}
  parameters: {Id: {name: id, in: path, required: true, schema: {type: string}}}
  responses: {Jobs: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}}
  schemas:
    Job: {properties: {next: {$ref: '#/components/schemas/Job'}, part: {$ref: '#/components/schemas/Part'}}}
    Part: {type: string}
    New: {type: object}
    Pet: {type: object, discriminator: {propertyName: kind, mapping: {d: '#/components/schemas/Dog', f: Fish}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}
    Dog: {type: object}
    Fish: {type: object}
    Nobody: {type: object}
"""


@pytest.fixture
def select(write: Callable[[dict[str, str]], Path]) -> Callable[..., tuple[Document, set[str]]]:
    """Read the document above with a selection; give the rest and what was matched."""

    def select(text: str = TEXT, **lists: list[str]) -> tuple[Document, set[str]]:
        wanted = {key: tuple(Wanted(one, Location("pyproject.toml")) for one in texts) for key, texts in lists.items()}
        read = read_document(write({"openapi.yaml": text}), Reading(select=Selection(**wanted)))
        assert read.document is not None
        assert read.diagnostics == ()
        return read.document, {one.text for one in read.matched}

    return select


def ids(document: Document) -> list[str]:
    """The operations that are left."""
    roots = [document.root.value.get(root, {}) for root in ("paths", "webhooks")]
    return [
        one["operationId"] for root in roots for item in root.values() for one in item.values() if "operationId" in one
    ]


def components(document: Document) -> dict[str, list[str]]:
    """The components that are left."""
    held: dict[str, Any] = document.root.value["components"]
    return {section: list(named) for section, named in held.items() if named}


@pytest.mark.parametrize(
    ("lists", "left"),
    [
        ({"tags": ["jobs"]}, ["listJobs", "createJob"]),
        ({"tags": ["admin"]}, ["createJob"]),
        ({"tags": ["logs"]}, ["getLogs", "done"]),
        ({"paths": ["/jobs"]}, ["listJobs", "createJob"]),
        ({"paths": ["/jobs/*"]}, []),
        ({"paths": ["/jobs/*/logs"]}, ["getLogs"]),
        ({"paths": ["/jobs/**"]}, ["getLogs"]),
        ({"paths": ["/jobs**"]}, ["listJobs", "createJob", "getLogs"]),
        ({"operations": ["listPets"]}, ["listPets"]),
        ({"operations": ["listPets"], "tags": ["admin"]}, ["createJob", "listPets"]),
    ],
)
def test_an_operation_is_left_that_any_part_of_the_selection_names(
    lists: dict[str, list[str]], left: list[str], select: Callable[..., tuple[Document, set[str]]]
) -> None:
    """A star is anything within a segment, two are anything."""
    assert ids(select(**lists)[0]) == left


def test_only_what_is_needed_is_left_of_the_components(select: Callable[..., tuple[Document, set[str]]]) -> None:
    """By way of responses and other schemas; of security schemes, those that are asked for."""
    document, _ = select(operations=["listJobs"])

    assert components(document) == {"securitySchemes": ["key"], "responses": ["Jobs"], "schemas": ["Job", "Part"]}
    assert "/pets" not in document.root.value["paths"]


def test_what_a_discriminator_tells_apart_is_left(select: Callable[..., tuple[Document, set[str]]]) -> None:
    """Schemas of its mapping by reference and by name, and those that are built on its schema."""
    assert components(select(operations=["listPets"])[0]) == {"schemas": ["Pet", "Cat", "Dog", "Fish"]}


def test_what_lies_within_an_operation_that_goes_is_written_out(
    select: Callable[..., tuple[Document, set[str]]],
) -> None:
    """A reference into an operation that is not wanted would lead nowhere."""
    document, _ = select(operations=["getLogs"])

    assert components(document) == {"parameters": ["Id"], "schemas": ["New"]}
    (response,) = document.root.value["paths"]["/jobs/{id}/logs"]["get"]["responses"].values()
    assert response["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/New"}


def test_what_matches_nothing_is_told_apart(select: Callable[..., tuple[Document, set[str]]]) -> None:
    """Whoever reads several documents asks each of them."""
    document, matched = select(tags=["jobs", "job"], operations=["listjobs"], paths=["/pets/"])

    assert matched == {"jobs"}
    assert ids(document) == ["listJobs", "createJob"]


def test_what_is_left_keeps_its_place(select: Callable[..., tuple[Document, set[str]]]) -> None:
    """Diagnostics of later stages lead to the document as it is."""
    document, _ = select(operations=["listPets"])

    assert str(document.root.at("/paths/~1pets/get").key_location) == "openapi.yaml:26:5"  # type: ignore[union-attr]


def test_operations_of_3_2_are_chosen_one_by_one(select: Callable[..., tuple[Document, set[str]]]) -> None:
    """Those under names of their own too."""
    operation = "{{operationId: {0}, responses: {{default: {{description: d}}}}}}"
    text = (
        "openapi: 3.2.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n"
        f"    query: {operation.format('ask')}\n    additionalOperations: {{COPY: {operation.format('copy')},"
        f" MOVE: {operation.format('move')}}}\n"
    )
    document, _ = select(text, operations=["ask", "move"])

    assert list(document.root.value["paths"]["/a"]) == ["query", "additionalOperations"]
    assert list(document.root.value["paths"]["/a"]["additionalOperations"]) == ["MOVE"]


@pytest.mark.parametrize("tolerant", [False, True])
def test_nothing_is_said_about_what_is_not_wanted(tolerant: bool, write: Callable[[dict[str, str]], Path]) -> None:
    """Neither about operations nor about what only they need; what is wanted is spoken of as ever."""
    flaw = "parameters: [{name: a, in: query, schema: {type: string, default: 1}}]"
    text = (
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n"
        f"  /a: {{get: {{operationId: a, {flaw}, responses: {{'200': {{$ref: '#/components/responses/A'}}}}}}}}\n"
        f"  /b: {{get: {{operationId: b, {flaw}, responses: {{'200': {{description: d}}}}}}}}\n"
        "components: {responses: {A: {description: 1}}}\n"
    )
    wanted = Selection(operations=(Wanted("b", Location("pyproject.toml")),))
    read = read_document(write({"openapi.yaml": text}), Reading(tolerant=tolerant, select=wanted))

    assert sorted(one.location.line for one in read.diagnostics) == ([5] if tolerant else [4, 5, 6])


def test_nothing_is_said_about_swagger_that_is_not_wanted(write: Callable[[dict[str, str]], Path]) -> None:
    """Of what a conversion says, the place in the text alone is known."""
    listed = "{type: array, items: [{type: string}]}"
    text = (
        "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths:\n"
        f"  /a: {{get: {{operationId: a, responses: {{'200': {{description: d, schema: {listed}}}}}}}}}\n"
        f"  /b: {{get: {{operationId: b, responses: {{'200': {{description: d, schema: {listed}}}}}}}}}\n"
        f"definitions: {{A: {listed}}}\n"
    )
    wanted = Selection(operations=(Wanted("b", Location("pyproject.toml")),))
    read = read_document(write({"swagger.yaml": text}), Reading(tolerant=True, select=wanted))

    assert [(one.code, one.location.line) for one in read.diagnostics] == [("SL151", 5)]
