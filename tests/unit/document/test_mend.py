"""Of a document that is not ours, the smallest part around a fault is left out, and it is said."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from specloom.diagnostics import Severity
from specloom.document import load_document, load_source, parse_source, read_document, validate
from specloom.document.document import Document
from specloom.document.files import Files
from specloom.document.mend import mend
from specloom.document.mend.references import mend_references
from specloom.document.resolve import check_references
from specloom.reading import Reading
from tests.unit.document.test_accept import spoil

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n"
OPERATION = "paths:\n  /a:\n    get:\n      responses: {default: {description: d}}\n"
SCHEMA = "paths: {}\ncomponents:\n  schemas:\n    A:\n      "
TOLERANT = Reading(tolerant=True)
ANY = "taken as any value"
LISTED = "the list of types is left out"


def raw(written: str) -> dict[str, str]:
    """The schema that takes any value, and keeps what is written for people to read."""
    return {"description": f"In the document this cannot be read: `{written}`"}


@pytest.fixture
def mended(write: Callable[[dict[str, str]], Path]) -> Callable[..., tuple[Any, list[str]]]:
    """Read a document as that of somebody else; give its values and what is said, `line:column code | hint`."""

    def read(text: str, head: str = HEAD, **files: str) -> tuple[Any, list[str]]:
        path = write({"openapi.yaml": head + text, **files})
        document, found, _ = read_document(path, TOLERANT)
        assert [one for one in found if one.severity is Severity.ERROR] == []
        assert document is not None
        assert [one for one in validate(document) if one.severity is Severity.ERROR] == []
        return document.root.value, [
            f"{one.location.line}:{one.location.column} {one.code} | {one.hint}" for one in found
        ]

    return read


@pytest.mark.parametrize(
    ("written", "left", "said"),
    [
        ("{type: string, default: 1}", {"type": "string"}, "7:31 SL306 | the default is left out"),
        ("{type: any}", raw('{"type": "any"}'), "7:14 SL302 | left out: the key `type`"),
        ("{type: string, required: true}", {"type": "string"}, "7:32 SL302 | left out: the key `required`"),
        ("{type: string, required: A}", {"type": "string", "required": ["A"]}, "7:32 SL302 | taken as a list of one"),
        ("{type: string, format: null}", {"type": "string"}, "7:30 SL302 | left out: the key `format`"),
        ("{type: string, nullable: 'true'}", {"type": "string", "nullable": True}, "7:32 SL302 | taken as `true`"),
        ("{type: string, maxLength: '5'}", {"type": "string", "maxLength": 5}, "7:33 SL302 | taken as a number"),
        ("{type: string, title: 5}", {"type": "string", "title": "5"}, "7:29 SL302 | taken as a text"),
        ("{type: [string, 'null']}", {"type": "string", "nullable": True}, "7:14 SL302 | taken as `string`, or null"),
        ("{type: [string, integer]}", raw('{"type": ["string", "integer"]}'), f"7:14 SL302 | {ANY}: {LISTED}"),
        ("{items: [{}]}", {"items": raw("[{}]")}, "7:15 SL302 | its elements are taken as any value"),
        ("{enum: [a, a]}", {"enum": ["a"]}, "7:14 SL305 | each is taken once"),
        ("{colour: red}", {}, "7:8 SL303 | left out: the key `colour`"),
        ("{exclusiveMinimum: 5}", {"exclusiveMinimum": True, "minimum": 5}, "7:26 SL302 | read as in OpenAPI 3.1"),
        ("{$ref: '#/components/schemas/B'}", raw('{"$ref": "#/components/schemas/B"}'), f"7:8 SL205 | {ANY}"),
        ("{$ref: 'https://example.com/a.yaml'}", raw('{"$ref": "https://example.com/a.yaml"}'), f"7:8 SL202 | {ANY}"),
        ("{$ref: '#/components/schemas/A'}", raw('{"$ref": "#/components/schemas/A"}'), f"7:8 SL207 | {ANY}"),
        ("{discriminator: kind}", {"discriminator": {"propertyName": "kind"}}, None),
        ("text", raw('"text"'), "7:7 SL302 | taken as any value"),
    ],
)  # fmt: skip
def test_a_keyword_of_a_schema_is_left_out_or_read_as_it_is_meant(
    written: str, left: Any, said: str | None, mended: Callable[..., tuple[Any, list[str]]]
) -> None:
    """What is said stands where the fault is."""
    value, found = mended(SCHEMA + written + "\n")

    assert value["components"]["schemas"]["A"] == left
    assert said is None or found == [said]
    assert found


def test_a_bound_of_draft_4_is_a_bound_of_3_1(mended: Callable[..., tuple[Any, list[str]]]) -> None:
    """`exclusiveMinimum: true` excludes what `minimum` says."""
    head = HEAD.replace("3.0.3", "3.1.0")
    value, found = mended(SCHEMA + "{minimum: 3, exclusiveMinimum: true}\n", head)

    assert value["components"]["schemas"]["A"] == {"exclusiveMinimum": 3}
    assert found == ["7:38 SL305 | `minimum` is taken as the bound that is excluded"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("openapi: 3.0.3\npaths: {}\n", ["1:1 SL304 | filled with `API`, version `0`"]),
        ("info: {title: T, version: '1'}\npaths: {}\n", ["1:1 SL301 | read as OpenAPI 3.0.3"]),
        ("openapi: 3.1\ninfo: {title: T, version: '1'}\npaths: {}\n", ["1:10 SL301 | read as OpenAPI 3.1.0"]),
        (
            "openapi: 3.0.3\ninfo: {title: T}\npaths: {}\n",
            ["2:1 SL304 | the key `version` is filled with `\"0\"`"],
        ),
        (
            "openapi: 3.0.3\ninfo: {title: T, version: 1.0}\npaths: {}\n",
            ["2:27 SL302 | taken as a text"],
        ),
        (
            HEAD + "paths: {/a: {get: {}}}\n",
            ["3:14 SL304 | the key `responses` is filled with as little as there can be"],
        ),
        (HEAD + "paths: {/a: {get: {responses: {}}}}\n", ["3:31 SL302 | taken as any response"]),
        (
            HEAD + "paths: {/a: {get: {responses: {'200': {}}}}}\n",
            ["3:32 SL304 | the key `description` is filled with `\"\"`"],
        ),
        (HEAD + "paths: {/a: {get: {responses: {2xx: {description: d}}}}}\n", ["3:32 SL303 | taken as `2XX`"]),
        (HEAD + "paths: {a: {}}\n", ["3:9 SL303 | read as `/a`"]),
        (HEAD + "paths: {/a: []}\n", ["3:13 SL302 | taken as a path without operations"]),
        (HEAD + "paths: {/a: {get: null}}\n", ["3:19 SL302 | left out: the operation `get`"]),
        (HEAD + "paths: {}\ncomponents: {schemas: []}\n", ["4:23 SL302 | left out: the key `schemas`"]),
        (HEAD + "paths: {'/a{': {}}\n", ["3:9 SL314 | read as `/a%7B`"]),
    ],
)  # fmt: skip
def test_what_is_missing_is_filled(text: str, said: list[str], mended: Callable[..., tuple[Any, list[str]]]) -> None:
    """As little as makes the document one, and where it is missing."""
    assert mended(text, head="")[1] == said


def test_an_operation_is_never_left_out(mended: Callable[..., tuple[Any, list[str]]]) -> None:
    """Ids, parameters and responses are mended around it."""
    value, found = mended(
        "paths:\n"
        "  /a/{id}/{other}:\n"
        "    get:\n"
        "      operationId: same\n"
        "      parameters:\n"
        "      - {name: gone, in: path, required: true, schema: {type: string}}\n"
        "      - {name: q, in: query, schema: {type: string}}\n"
        "      - {name: q, in: query, schema: {type: integer}}\n"
        "      - $ref: '#/components/parameters/Nope'\n"
        "      responses: {'200': {$ref: '#/components/responses/Nope'}}\n"
        "    put:\n"
        "      operationId: same\n"
        "      requestBody: {$ref: '#/components/requestBodies/Nope'}\n"
        "      responses: {default: {description: d}}\n"
    )
    get, put = value["paths"]["/a/{id}/{other}"]["get"], value["paths"]["/a/{id}/{other}"]["put"]

    assert [one["name"] for one in get["parameters"]] == ["q", "id", "other"]
    assert get["responses"] == {"200": {"description": ""}}
    assert "operationId" not in put
    assert put["requestBody"] == {"content": {"application/json": {}}}
    assert [one["name"] for one in put["parameters"]] == ["id", "other"]
    assert {one.split()[1] for one in found} == {"SL205", "SL307", "SL308", "SL309", "SL310"}


def test_what_referred_to_a_part_that_is_left_out_is_mended_too(
    mended: Callable[..., tuple[Any, list[str]]],
) -> None:
    """A parameter that cannot be kept is nobody's parameter."""
    value, found = mended(
        "paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/P'}],"
        " responses: {default: {description: d}}}}}\ncomponents: {parameters: {P: {name: p}}}\n"
    )

    assert value["paths"]["/a"]["get"]["parameters"] == []
    assert value["components"]["parameters"] == {}
    assert {one.split(" | ")[0] for one in found} == {"3:34 SL205", "4:27 SL304"}


def test_a_name_that_is_not_allowed_is_changed_with_all_that_refers_to_it(
    mended: Callable[..., tuple[Any, list[str]]],
) -> None:
    """References, those of the component to itself and the mapping of a discriminator follow."""
    value, found = mended(
        OPERATION
        + "components:\n  schemas:\n    A B:\n      properties: {next: {$ref: '#/components/schemas/A%20B'}}\n"
        "    C:\n      oneOf: [{$ref: '#/components/schemas/A B'}]\n"
        "      discriminator: {propertyName: p, mapping: {a: '#/components/schemas/A B'}}\n"
    )
    schemas = value["components"]["schemas"]

    assert schemas["A_B"] == {"properties": {"next": {"$ref": "#/components/schemas/A_B"}}}
    assert schemas["C"]["oneOf"] == [{"$ref": "#/components/schemas/A_B"}]
    assert schemas["C"]["discriminator"]["mapping"] == {"a": "#/components/schemas/A_B"}
    assert found == ["9:5 SL302 | called `A_B`"]


def test_names_that_come_to_one_name_are_told_apart(mended: Callable[..., tuple[Any, list[str]]]) -> None:
    """None takes the place of another; a response or a path that would is left out, and that is said."""
    value, found = mended(
        "paths:\n  /a:\n    get:\n      responses:\n"
        "        200 OK: {description: a}\n        200 Fine: {description: b}\n        '404': {description: c}\n"
        "components:\n  schemas:\n    客户: {type: string}\n    订单: {type: integer}\n    A B: {type: boolean}\n"
        "    A[B]: {type: number}\n    A_B: {$ref: '#/components/schemas/A%5BB%5D'}\n"
    )

    assert value["paths"]["/a"]["get"]["responses"] == {"200": {"description": "a"}, "404": {"description": "c"}}
    assert value["components"]["schemas"] == {
        "U5BA2_U6237": {"type": "string"},
        "U8BA2_U5355": {"type": "integer"},
        "A_B_2": {"type": "boolean"},
        "A_B_3": {"type": "number"},
        "A_B": {"$ref": "#/components/schemas/A_B_3"},
    }
    assert found == [
        "7:9 SL303 | taken as `200`",
        "8:9 SL303 | left out: the response `200 Fine`",
        "12:5 SL302 | called `U5BA2_U6237`",
        "13:5 SL302 | called `U8BA2_U5355`",
        "14:5 SL302 | called `A_B_2`",
        "15:5 SL302 | called `A_B_3`",
    ]


def test_names_that_are_not_allowed_stay_apart(mended: Callable[..., tuple[Any, list[str]]]) -> None:
    """Those of other scripts too, and those that lead to one name."""
    listed = "商品: {type: string}, 注文: {type: integer}, Größe: {}, A!: {}, A?: {}"
    value, _ = mended(f"paths: {{}}\ncomponents: {{schemas: {{{listed}}}}}\n")

    assert list(value["components"]["schemas"]) == ["U5546_U54C1", "U6CE8_U6587", "Grosse", "A", "A_2"]


def test_what_swagger_2_has_in_other_places_is_read_as_it_is_meant(
    mended: Callable[..., tuple[Any, list[str]]],
) -> None:
    """The type beside a parameter, the schema of a response, a body among the parameters; and lists of one."""
    schema = "{type: array, items: {type: integer}}"
    parameters = (
        f"[{{name: n, in: query, type: array, items: {{type: integer}}}}, {{name: b, in: body, schema: {schema}}}]"
    )
    responses = f"{{'200': {{description: d, schema: {schema}}}, 600: {{description: e}}, odd: {{description: f}}}}"
    value, said = mended(
        f"servers: {{url: 'https://a'}}\npaths:\n  /a:\n    put: {{parameters: {parameters}, responses: {responses}}}\n"
    )
    operation, listed = value["paths"]["/a"]["put"], {"type": "array", "items": {"type": "integer"}}

    assert value["servers"] == [{"url": "https://a"}]
    assert operation["parameters"] == [{"name": "n", "in": "query", "schema": listed}]
    assert operation["requestBody"]["content"] == {"application/json": {"schema": listed}}
    assert operation["responses"]["200"] == {"description": "d", "content": {"application/json": {"schema": listed}}}
    assert operation["responses"]["default"] == {"description": "e"}
    assert said[-1].endswith("| left out: the response `odd`")


def test_what_an_overlay_puts_there_is_mended_too(write: Callable[[dict[str, str]], Path]) -> None:
    """And told where the overlay has it."""
    update = "{components: {schemas: {A B: {type: [string, 'null']}}}}"
    overlay = f"overlay: 1.0.0\ninfo: {{title: O, version: '1'}}\nactions:\n- {{target: $, update: {update}}}\n"
    path = write({"openapi.yaml": HEAD + "paths: {}\n", "overlay.yaml": overlay})
    document, found, _ = read_document(path, Reading(tolerant=True, overlays=(path.with_name("overlay.yaml"),)))

    assert document is not None
    assert document.root.value["components"]["schemas"] == {"A_B": {"type": "string", "nullable": True}}
    assert {(Path(one.location.file).name, one.location.line, one.severity) for one in found} == {
        ("overlay.yaml", 4, Severity.WARNING)
    }


def test_a_reference_where_none_can_stand_is_written_out(mended: Callable[..., tuple[Any, list[str]]]) -> None:
    """Nothing is lost, and what is written out keeps the place where it is written."""
    value, found = mended(
        SCHEMA
        + "{properties: {$ref: '#/components/schemas/B/properties'}}\n    B:\n      properties: {b: {type: string}}\n"
    )

    assert value["components"]["schemas"]["A"] == {"properties": {"b": {"type": "string"}}}
    assert found == ["7:21 SL208 | what it leads to is taken as written here"]


def test_a_pointer_through_a_reference_is_followed(mended: Callable[..., tuple[Any, list[str]]]) -> None:
    """What is meant is plain, though a JSON pointer does not lead there."""
    value, found = mended(
        SCHEMA + "{properties: {b: {$ref: '#/components/schemas/B'}}}\n    B: {properties: {c: {type: string}}}\n"
        "    C: {$ref: '#/components/schemas/A/properties/b/properties/c'}\n"
    )

    assert value["components"]["schemas"]["C"] == {"$ref": "#/components/schemas/B/properties/c"}
    assert found == ["9:9 SL205 | taken as `#/components/schemas/B/properties/c`"]


def test_a_body_in_place_of_a_response_is_taken_for_one(mended: Callable[..., tuple[Any, list[str]]]) -> None:
    """The two differ in little."""
    value, _ = mended(
        "paths: {/a: {get: {responses: {'200': {$ref: '#/components/requestBodies/B'}}}}}\n"
        "components: {requestBodies: {B: {required: true, content: {application/json: {schema: {type: string}}}}}}\n"
    )

    assert value["paths"]["/a"]["get"]["responses"]["200"] == {
        "description": "",
        "content": {"application/json": {"schema": {"type": "string"}}},
    }


def test_a_file_that_cannot_be_read_is_a_warning(mended: Callable[..., tuple[Any, list[str]]]) -> None:
    """Both are said: what is wrong with the file, and what became of the reference."""
    _, found = mended(SCHEMA + "{$ref: 'b.yaml#/B'}\n", **{"b.yaml": "{"})

    assert [one.split(" ", 1)[1].split(" |")[0] for one in found] == ["SL104", "SL204"]


def test_a_scheme_that_is_not_declared_is_not_required(mended: Callable[..., tuple[Any, list[str]]]) -> None:
    """Nothing is known of what to send for it; what else is required stays."""
    value, found = mended(
        "security: [{key: [], kye: []}, {none: []}]\npaths: {}\n"
        "components: {securitySchemes: {key: {type: http, scheme: bearer}}}\n"
    )

    assert value["security"] == [{"key": []}, {}]
    assert found == ["3:22 SL316 | left out: nothing is sent for it", "3:33 SL316 | left out: nothing is sent for it"]


def test_what_cannot_be_mended_stays_an_error(write: Callable[[dict[str, str]], Path]) -> None:
    """Two paths that would be one: which is meant nobody knows."""
    path = write({"openapi.yaml": HEAD + "paths: {/a: {}, a: {}}\n"})
    _, found, _ = read_document(path, TOLERANT)

    assert [(one.code, one.severity.value) for one in found] == [("SL303", "error")]


def test_what_is_strict_stays_strict(faults: Callable[..., list[str]]) -> None:
    """The same fault in a document of one's own is an error, and nothing is changed."""
    assert len(faults(SCHEMA + "{type: string, default: 1}\n", "3.0.3")) == 1


def test_whatever_is_wrong_with_a_document_it_is_mended_or_refused() -> None:
    """Hundreds of documents with faults at random: never an exception, and what is given is valid."""
    chance, refused, tried = random.Random(3), 0, 0
    for path in sorted((Path(__file__).parents[2] / "cases").glob("*/spec.yaml")):
        source, _ = load_source(path, name="spec.yaml")
        loaded, found = load_document(path)
        if source is None or loaded is None or found or len(loaded.sources) > 1:
            continue
        for _ in range(4):
            value = spoil(spoil(source.value, chance), chance)
            document, faults = mended_value(value)
            tried += 1
            if document is None or any(one.severity is Severity.ERROR for one in faults):
                refused += 1
            else:
                left = [one for one in validate(document) if one.severity is Severity.ERROR]
                assert left == []
                assert check_references(document, Files.of(document.sources, document.links)) == []

    assert tried > 100
    assert refused < tried / 10


def mended_value(value: dict[str, Any]) -> tuple[Document | None, tuple[Any, ...]]:
    """Mend a document that is given by its values, unless its references have faults."""
    source, _ = parse_source(json.dumps(value), name="spec.json")
    assert source is not None
    files = Files.of({"spec.json": source}, {})
    document = Document("spec.json", files.sources, files.links)
    document, faults, _ = mend_references(document, files, check_references(document, files))
    return (None, ()) if faults else mend(document)
