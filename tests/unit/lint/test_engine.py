"""The engine: choosing rules, shared files, robustness, and the way from paths to diagnostics."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from specloom.document import Kind
from specloom.lint import (
    RULES,
    check_documents,
    find_rule,
    format_explanation,
    format_help,
    format_table,
    lint,
    select_rules,
    survey_documents,
)
from tests.unit.lint.linting import findings, load

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n"


def test_rules_are_chosen_by_code_beginning_and_name() -> None:
    """`select` takes all where it is empty; `ignore` takes away from that."""
    assert select_rules() == RULES
    assert [rule.code for rule in select_rules(["SL54"], ["json-as-raw-example"])] == ["SL541", "SL542", "SL544"]
    assert [rule.code for rule in select_rules(["missing-summary", "sl501"])] == ["SL501", "SL502"]
    assert select_rules(ignore=["SL5"]) == ()


def test_a_rule_is_found_by_code_and_by_name() -> None:
    """People cite rules either way."""
    assert find_rule("sl541") is find_rule("unfit-example") is not None
    assert find_rule("SL999") is None


def test_what_is_printed_about_rules_holds_all_of_it() -> None:
    """The table has a line for each rule, the explanation both examples."""
    rule = find_rule("SL541")

    assert rule is not None
    assert len(format_table().splitlines()) == len(RULES)
    assert format_explanation(rule).startswith("SL541 unfit-example (error)\n\nAn example does not fit its schema.\n")
    assert "    example:\n      id: 12\n" in format_explanation(rule)
    assert f"```yaml\n{rule.bad}\n```" in format_help(rule)


def test_an_object_is_visited_once_however_often_it_is_used(tmp_path: Path) -> None:
    """References lead to one object, in a circle too."""
    text = (
        f"{HEAD}paths:\n  /a: {{parameters: [{{$ref: '#/components/parameters/P'}}]}}\n"
        "  /b: {parameters: [{$ref: '#/components/parameters/P'}]}\n"
        "components:\n  parameters:\n    P: {name: p, in: query, schema: {$ref: '#/components/schemas/S'}}\n"
        "  schemas:\n    S: {properties: {s: {$ref: '#/components/schemas/S'}}}\n"
    )
    survey = survey_documents([load(tmp_path, text)])

    assert len(survey.of(Kind.PARAMETER)) == 1
    assert [node.pointer for node in survey.of(Kind.SCHEMA)] == ["/components/schemas/S"]


def test_a_fault_of_a_shared_file_is_told_once(tmp_path: Path) -> None:
    """Two documents that use one broken file do not double what is wrong with it."""
    shared = {"common/all.yaml": "parameters: {P: {name: p, in: query, schema: {}}}\n"}
    text = f"{HEAD}paths: {{/a: {{parameters: [{{$ref: '../common/all.yaml#/parameters/P'}}]}}}}\n"
    one = load(tmp_path, text, shared)
    two = load(tmp_path, text, entry="two/openapi.yaml")

    assert len(lint([one, two], rules=select_rules(["SL511"]))) == 1


@pytest.mark.parametrize("value", ["1", "text", "[]", "[1]", "{}", "{a: 1}", "null", "true", "[[{}]]", "{a: {a: {}}}"])
def test_no_shape_of_a_document_breaks_a_rule(tmp_path: Path, value: str) -> None:
    """Rules run on what validation refuses as well, and whatever stands in a place is borne."""
    operation = "".join(
        f"      {key}: {value}\n"
        for key in ("operationId", "summary", "tags", "responses", "requestBody", "security", "callbacks", "parameters")
    )
    keys = ("type", "enum", "items", "properties", "required", "allOf", "minimum", "maximum", "example", "examples")
    more = ("discriminator", "contentSchema", "contentMediaType", "pattern", "format", "nullable", "not", "$defs")
    schema = "".join(f"      {key}: {value}\n" for key in (*keys, *more))
    text = (
        f"{HEAD}servers: {value}\ntags: {value}\nsecurity: {value}\npaths:\n  /a:\n    get:\n{operation}"
        f"      x-specloom-departures: {value}\n      x-specloom-provenance: {value}\n"
        f"      x-specloom-method: {value}\n  /b: {value}\ncomponents:\n  parameters: {{P: {value}}}\n"
        f"  responses: {value}\n  securitySchemes: {value}\n  examples: {{E: {value}}}\n"
        f"  requestBodies: {{B: {{content: {value}}}, C: {{content: {{a/json: {value}}}}}}}\n"
        f"  headers: {{H: {{schema: {value}, example: 1, examples: {value}}}}}\n"
        f"  schemas:\n    S:\n{schema}    T: {value}\n"
    )

    findings(tmp_path, text)


def test_a_large_document_takes_time_in_proportion(tmp_path: Path) -> None:
    """Twenty times the size takes no more than sixty times as long."""

    def measure(size: int) -> float:
        schemas = "".join(
            f"    S{n}: {{type: object, properties: {{a: {{$ref: '#/components/schemas/S{n + 1}'}}, "
            f"b: {{type: string, enum: [value{n}, other{n}]}}}}, example: {{b: value{n}}}}}\n"
            for n in range(size)
        )
        text = f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n{schemas}    S{size}: {{}}\n"
        document = load(tmp_path, text)
        start = time.process_time()
        lint(document)
        return time.process_time() - start

    measure(10)

    assert measure(1000) < 60 * max(measure(50), 0.005)


def test_paths_are_loaded_validated_and_linted(tmp_path: Path) -> None:
    """Faults of all stages come together in reading order; a file that cannot be read stops no other."""
    (tmp_path / "a.yaml").write_text("openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {}}}\nx: [\n")
    (tmp_path / "b.yaml").write_text(
        HEAD + "paths: {/a: {get: {operationId: A}}}\nservers: [{url: 'http://a.example'}]\n"
    )
    found = check_documents([tmp_path / "a.yaml", tmp_path / "b.yaml"])

    assert [(one.location.file[-6:], one.code) for one in found] == [
        ("a.yaml", "SL104"),
        ("b.yaml", "SL502"),
        ("b.yaml", "SL524"),
    ]
