"""What OpenAPI forbids is reported once, in few words, at the key or value that is at fault."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import specloom
from specloom.document import validate
from specloom.document.validate import shape, tool

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.document import Document

VERSIONS = ("3.0.3", "3.1.0")
SCHEMA = "paths: {}\ncomponents:\n  schemas:\n    A:\n"


def operation(*lines: str, responses: str = "{'200': {description: d}}") -> str:
    """Write a document with one operation that has these lines."""
    head = f"paths:\n  /a:\n    get:\n      responses: {responses}\n"
    return head + "".join(f"      {line}\n" for line in lines)


def schema(*lines: str) -> str:
    """Write a document with one schema that has these lines; the first stands in line 7."""
    return SCHEMA + "".join(f"      {line}\n" for line in lines)


def places(found: list[str]) -> list[str]:
    """Cut hints and the name of the file from what was found."""
    return [one.partition(" |")[0].removeprefix("openapi.yaml:") for one in found]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (operation("sumary: x"), "7:7: SL303 the key `sumary` is not known here"),
        (operation(responses="{}"), "6:18: SL302 a mapping has fewer keys than 1"),
        (operation(responses="{'200': {}}"), "6:19: SL304 the required key `description` is missing"),
        (operation(responses="{'2000': {description: d}}"), "6:19: SL303 the key `2000` is not known here"),
        (operation("tags: x"), "7:13: SL302 expected a list, not `x`"),
        (operation("summary: 1.0"), "7:16: SL302 expected a text, not `1.0`"),
        (operation("deprecated: 'true'"), '7:19: SL302 expected true or false, not `"true"`'),
        (operation("parameters: [{name: x, schema: {}}]"), "7:20: SL304 the required key `in` is missing"),
        (operation("parameters: [{name: x, in: query}]"), "7:20: SL304 the required key `schema` is missing"),
        (
            operation("parameters: [{name: x, in: query, schem: {}, content: {a/b: {}}}]"),
            "7:41: SL303 the key `schem` is not known here",
        ),
        (
            operation("parameters: [{name: x, in: query, schema: {}, content: {a/b: {}}}]"),
            "7:20: SL302 `schema` and `content` exclude each other",
        ),
        (operation("parameters: [{name: x, in: query, style: form, schema: 1}]"), None),
        ("paths: {b: {}}\n", "3:9: SL303 the key `b` is not known here"),
        ("paths: {/a: {gte: {}}}\n", "3:14: SL303 the key `gte` is not known here"),
        ("paths: {/a: {get: null}}\n", "3:19: SL302 expected a mapping, not `null`"),
        ("paths: {}\nservers: [{url: x, variables: {r: {}}}]\n", "4:32: SL304 the required key `default` is missing"),
        (
            "paths: {}\ncomponents: {securitySchemes: {a: {type: apiKey, name: x, in: body}}}\n",
            None,
        ),
        (
            "paths: {}\ncomponents: {securitySchemes: {a: {type: oauth2, flows: {implicit: {scopes: {}}}}}}\n",
            "4:58: SL304 the required key `authorizationUrl` is missing",
        ),
        (
            "paths: {}\ncomponents: {securitySchemes: {a: {type: http}}}\n",
            "4:32: SL304 the required key `scheme` is missing",
        ),
        ("paths: {}\ncomponents: {examples: {a: {valu: 1}}}\n", "4:29: SL303 the key `valu` is not known here"),
        ("paths: {}\nservers: null\n", "4:10: SL302 expected a list, not `null`"),
    ],
)
def test_a_wrong_shape_is_reported_once_at_its_place(
    version: str, text: str, fault: str | None, faults: Callable[..., list[str]]
) -> None:
    """One mistake is one message, in both versions."""
    found = places(faults(text, version))

    assert len(found) == 1
    assert fault is None or found == [fault]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{type: apiKey, name: x, in: body}", "45: SL302 `body` is not one of `query`, `header`, `cookie`"),
        (
            "{type: apikey, name: x, in: header}",
            "24: SL302 `apikey` is not one of `apiKey`, `http`, `mutualTLS`, `oauth2`, `openIdConnect`",
        ),
    ],
)
def test_a_wrong_value_that_tells_objects_apart_brings_no_echo(
    text: str, fault: str, faults: Callable[..., list[str]]
) -> None:
    """The keys that only look unknown because of it are not reported."""
    found = places(
        faults(f"paths: {{}}\ncomponents:\n  securitySchemes:\n    abcd: {text}\n".replace("abcd", "abcdefghij"))
    )

    assert found == [f"6:{fault}"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("lines", "faults_found"),
    [
        (["type: strng"], ["7:13: `strng` is not one of"]),
        (["minLength: -1", "required: x"], ["7:18: `-1` is less than 0", "8:17: expected a list, not `x`"]),
        (["properties: {a: {properties: {b: {type: x}}}}"], ["7:47: `x` is not one of"]),
        (["additionalProperties: {type: x}"], ["7:36: `x` is not one of"]),
        (["pattern: '('"], ["7:16: `(` is not of the format `regex`"]),
        (["type: integer", "default: a"], ["8:16: the default does not fit its schema: expected an integer, not `a`"]),
        (["type: string", "default: 1"], ["8:16: the default does not fit its schema: expected a text, not `1`"]),
        (
            ["type: object", "additionalProperties: {enum: [a], default: b}"],
            ["8:50: the default does not fit its schema: expected `a`, not `b`"],
        ),
        (
            ["type: object", "properties: {x: {type: integer}}", "default: {x: a}"],
            ["9:20: the default does not fit its schema: expected an integer, not `a`"],
        ),
        (["type: array", "items: {$ref: '#/components/schemas/A'}", "default: [[], [1]]"], ["9:22: the default does"]),
    ],
)
def test_a_wrong_schema_or_default_is_reported_at_its_place(
    version: str, lines: list[str], faults_found: list[str], faults: Callable[..., list[str]]
) -> None:
    """Every fault of a schema is found, however deep, and every default is tried."""
    found = [re.sub(r" SL\d{3}", "", one) for one in places(faults(schema(*lines), version))]

    assert len(found) == len(faults_found)
    assert all(one.startswith(wanted) for one, wanted in zip(found, faults_found, strict=True))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "text",
    [
        operation("requestBody: {content: {a/b: {schema: {type: nope, default: 1}}}}"),
        operation("parameters: [{name: x, in: query, schema: {type: nope}}]"),
        operation(
            "callbacks: {c: {x: {post: {responses: {'200': "
            "{description: d, content: {a/b: {schema: {type: nope}}}}}}}}}"
        ),
        operation(responses="{'200': {description: d, headers: {X: {schema: {type: nope}}}}}"),
        operation(responses="{'200': {description: d, content: {a/b: {schema: {items: {type: nope}}}}}}"),
        "paths: {}\ncomponents: {parameters: {p: {name: x, in: query, schema: {type: nope}}}}\n",
        "paths: {}\ncomponents: {headers: {h: {schema: {type: nope}}}}\n",
        "paths: {}\ncomponents: {requestBodies: {b: {content: {a/b: {schema: {type: nope}}}}}}\n",
    ],
)
def test_schemas_are_looked_at_wherever_they_stand(version: str, text: str, faults: Callable[..., list[str]]) -> None:
    """No place of a schema is passed by."""
    found = faults(text, version)

    assert len(found) == 1
    assert "`nope` is not one of" in found[0]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("value", ["text", "1", "null", "[x]", "{a: 1}", "{get: {}}"])
def test_foreign_extensions_may_hold_anything_anywhere(
    version: str, value: str, faults: Callable[..., list[str]]
) -> None:
    """Whatever begins with `x-` is no path, no response and no operation."""
    ext = f"x-own: {value}"
    text = (
        f"{ext}\npaths:\n  {ext}\n  /a:\n    {ext}\n    get:\n      {ext}\n"
        f"      responses: {{{ext}, '200': {{description: d, {ext}}}}}\n"
        f"components: {{{ext}, schemas: {{A: {{{ext}}}}}}}\n"
    )

    assert faults(text, version) == []


def test_what_only_one_version_has_is_judged_by_the_version(faults: Callable[..., list[str]]) -> None:
    """Lists of types, webhooks and schemas that are true belong to 3.1."""
    assert faults(schema("type: [string, 'null']")) == []
    assert faults("components: {schemas: {A: true}}\n") == []
    assert places(faults(schema("type: [string, 'null']"), "3.0.3")) == ["7:13: SL302 expected a text, not a list"]
    assert places(faults("paths: {}\nwebhooks: {}\n", "3.0.3")) == ["4:1: SL303 the key `webhooks` is not known here"]
    assert places(faults("paths: {}\ncomponents: {schemas: {a b: {}}}\n", "3.0.3")) == [
        "4:24: SL302 the name `a b` is not allowed here: it does not match `[a-zA-Z0-9._-]+`"
    ]


def test_a_default_beside_a_reference_is_tried_in_3_1(faults: Callable[..., list[str]]) -> None:
    """The target decides; in 3.0 what stands beside a reference counts for nothing."""
    text = (
        schema("type: object", "properties: {x: {$ref: '#/components/schemas/B', default: 1}}")
        + "    B: {type: string}\n"
    )

    assert places(faults(text)) == ["8:65: SL306 the default does not fit its schema: expected a text, not `1`"]
    assert faults(text, "3.0.3") == []


def test_a_null_default_of_a_nullable_schema_fits_in_3_0(faults: Callable[..., list[str]]) -> None:
    """`nullable` is part of 3.0."""
    assert faults(schema("type: string", "nullable: true", "default: null"), "3.0.3") == []


def test_a_required_name_without_property_is_a_warning(
    faults: Callable[..., list[str]], document: Callable[..., Document]
) -> None:
    """JSON Schema allows it, so it stops nothing; the names come in the order of the text."""
    text = schema("allOf: [{properties: {a: {}}}]", "required: [z, a, y]")

    assert places(faults(text)) == [
        "8:18: SL313 `z` is required, but no property has this name",
        "8:24: SL313 `y` is required, but no property has this name",
    ]
    head = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"
    assert {one.severity for one in validate(document({"openapi.yaml": head + text}))} == {"warning"}


def test_schemas_that_compose_themselves_do_not_go_on_for_ever(faults: Callable[..., list[str]]) -> None:
    """Recursion through `allOf` and `items` ends."""
    text = schema("allOf: [{$ref: '#/components/schemas/B'}]", "required: [x]")
    text += "    B: {items: {$ref: '#/components/schemas/B'}, allOf: [{$ref: '#/components/schemas/A'}]}\n"

    assert [one.split()[1] for one in faults(text)] == ["SL313"]


def test_an_unknown_dialect_is_reported_once(faults: Callable[..., list[str]]) -> None:
    """Nothing is fetched to learn it."""
    assert places(faults("jsonSchemaDialect: https://example.com/d\n" + schema("type: string"))) == [
        "3:20: SL305 this dialect of JSON Schema is not known"
    ]
    assert places(faults(schema("$schema: https://example.com/d"))) == [
        "7:16: SL305 this dialect of JSON Schema is not known"
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("openapi: 3.3.0\n", "1:10: SL301 OpenAPI `3.3.0` is not read"),
        ("swagger: '1.2'\n", "1:10: SL301 OpenAPI `1.2` is not read"),
        ("openapi: 4.0.0\n", "1:10: SL301 OpenAPI `4.0.0` is not read"),
        ("openapi: 3.1\n", "1:10: SL301 the version of OpenAPI is a text, not `3.1`"),
        ("openapi: three\n", "1:10: SL301 OpenAPI `three` is not read"),
        ("info: {}\n", "1:1: SL301 the document does not say which version of OpenAPI it is written in"),
    ],
)
def test_another_version_is_one_fault(text: str, fault: str, faults: Callable[..., list[str]]) -> None:
    """What cannot be judged is said, and nothing else."""
    assert places(faults({"openapi.yaml": text})) == [fault]


def test_a_message_never_holds_the_document(faults: Callable[..., list[str]]) -> None:
    """Long texts and big objects are cut or named by their kind."""
    long = "x" * 5000
    found = faults(operation(f"summary: {{a: {long}}}", f"tags: {long}", f"{long[:900]}: 1"))

    assert len(found) == 3
    assert all(len(one) < 200 for one in found)


def test_no_text_of_the_document_breaks_a_line(faults: Callable[..., list[str]]) -> None:
    """Line breaks and bidi marks of a key are written as escapes."""
    found = faults(operation('"a\\nb\u202e": 1'))

    assert [one.partition(": ")[2] for one in found] == ["SL303 the key `a\\u000ab\\u202e` is not known here"]


def test_a_default_that_cannot_be_tried_is_no_second_fault(faults: Callable[..., list[str]]) -> None:
    """Where the schema is wrong, that is the message."""
    assert places(faults(schema("type: [string]", "default: 1"), "3.0.3")) == [
        "7:13: SL302 expected a text, not a list"
    ]


def test_a_failure_of_the_validator_is_a_diagnostic(
    faults: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the tool raises is named, without a traceback."""

    def fail(*_: object) -> None:
        raise KeyError("everything")

    monkeypatch.setattr(shape, "find_shape_errors", fail)

    assert places(faults("paths: {}\n")) == ["1:1: SL399 the validator failed on the document (KeyError: 'everything')"]


def test_nothing_can_be_retrieved_by_the_validator() -> None:
    """Every scheme is refused, those that the tool does not know too."""
    handlers = tool._NoRetrieval()

    assert "gopher" in handlers
    with pytest.raises(tool.RetrievalRefusedError):
        handlers["gopher"]("gopher://example.com")


def test_the_order_of_what_is_found_does_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    """Two runs under different seeds and locales print the same."""
    text = operation("sumary: x", "b: 1", "c: 1", "parameters: [{in: q}, {in: r}]") + "tags: [{name: a}, {name: a}]\n"
    path = tmp_path / "openapi.yaml"
    path.write_text("openapi: 3.1.0\ninfo: {title: t, version: '1', x: 1, y: 2}\n" + text)
    program = (
        "import sys, pathlib; from specloom.document import load_document, validate\n"
        "print(*validate(load_document(pathlib.Path(sys.argv[1]))[0]), sep='\\n')"
    )
    printed = []
    for seed, locale in (("1", "C"), ("2", "C.UTF-8")):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "PYTHONPATH": str(Path(specloom.__file__).parents[1]),
        }
        command = [sys.executable, "-c", program, str(path)]
        printed.append(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)

    assert printed[0] == printed[1]
    assert printed[0].count("\n") >= 6


def test_loading_imports_no_validator() -> None:
    """The validator costs a quarter of a second, so only validating imports it."""
    program = (
        "import sys, specloom.document; print([m for m in sys.modules if m.startswith(('jsonschema', 'openapi_'))])"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(specloom.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
