"""Names that stand twice and paths that disagree with their parameters are found and placed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

VERSIONS = ("3.0.3", "3.1.0")
OK = "responses: {'200': {description: d}}"
HEAD = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"


@pytest.mark.parametrize("version", VERSIONS)
def test_an_operation_id_used_twice_is_reported_at_the_second(version: str, faults: Callable[..., list[str]]) -> None:
    """The message says where the first stands, and the tool adds nothing."""
    text = f"paths:\n  /a:\n    get:\n      operationId: x\n      {OK}\n    put:\n      operationId: x\n      {OK}\n"

    assert faults(text, version) == [
        (
            "openapi.yaml:9:20: SL307 the operationId `x` is already used at line 6"
            " | give every operation an id of its own"
        )
    ]


def test_operation_ids_of_webhooks_and_callbacks_count_too(faults: Callable[..., list[str]]) -> None:
    """The rule is about all operations, and the tool looks at those of paths only."""
    text = (
        f"paths:\n  /a:\n    get:\n      operationId: x\n      {OK}\n"
        f"      callbacks: {{c: {{u: {{post: {{operationId: x, {OK}}}}}}}}}\n"
        f"webhooks: {{w: {{post: {{operationId: x, {OK}}}}}}}\n"
    )

    assert sorted(one.partition(" |")[0] for one in faults(text)) == [
        "openapi.yaml:8:47: SL307 the operationId `x` is already used at line 6",
        "openapi.yaml:9:36: SL307 the operationId `x` is already used at line 6",
    ]


def test_two_paths_that_share_an_operation_use_its_id_twice(faults: Callable[..., list[str]]) -> None:
    """The fault is at the second path, for the operation itself is right."""
    files = {
        "openapi.yaml": HEAD + "paths:\n  /a: {$ref: 'i.yaml#/i'}\n  /b: {$ref: 'i.yaml#/i'}\n",
        "i.yaml": f"i: {{get: {{operationId: x, {OK}}}}}\n",
    }

    assert [one.partition(" |")[0] for one in faults(files)] == [
        "openapi.yaml:5:3: SL307 the operationId `x` is already used at i.yaml:1"
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_parameter_that_stands_twice_is_reported_at_the_second(
    version: str, faults: Callable[..., list[str]]
) -> None:
    """Name and place together make a parameter; references are followed."""
    text = (
        f"paths:\n  /a:\n    get:\n      {OK}\n      parameters:\n"
        "      - {name: x, in: query, schema: {type: string}}\n"
        "      - {name: x, in: header, schema: {}}\n"
        "      - {$ref: '#/components/parameters/X'}\n"
        "components: {parameters: {X: {name: x, in: query, schema: {}}}}\n"
    )

    assert faults(text, version) == [
        "openapi.yaml:10:9: SL308 the query parameter `x` already stands at line 8 | keep one of the two"
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_parameter_written_twice_alike_is_reported_once(version: str, faults: Callable[..., list[str]]) -> None:
    """That the list holds equal elements is no second fault."""
    one = "{name: x, in: query, schema: {}}"
    found = faults(f"paths: {{/a: {{get: {{{OK}, parameters: [{one}, {one}]}}}}}}\n", version)

    assert [one.split()[1] for one in found] == ["SL308"]


@pytest.mark.parametrize("version", VERSIONS)
def test_path_parameters_and_the_path_must_agree(version: str, faults: Callable[..., list[str]]) -> None:
    """What is missing is reported at the operation, what is too much at the parameter, each once."""
    text = (
        "paths:\n  /a/{id}/{other}:\n    parameters:\n"
        "    - {name: id, in: path, required: true, schema: {}}\n"
        "    - {name: odher, in: path, required: true, schema: {}}\n"
        f"    get:\n      {OK}\n    put:\n      {OK}\n"
        "      parameters: [{name: other, in: path, required: true, schema: {}}]\n"
    )

    assert faults(text, version) == [
        "openapi.yaml:7:7: SL310 the path `/a/{id}/{other}` has no `{odher}` | did you mean `other`?",
        (
            "openapi.yaml:8:5: SL309 the path has `{other}`, but no parameter `other` with `in: path`"
            " | did you mean `odher`?"
        ),
    ]


def test_a_parameter_without_a_right_place_is_no_second_fault(faults: Callable[..., list[str]]) -> None:
    """The misspelt `in` is the fault, not that the path parameter is missing."""
    text = f"paths: {{/a/{{id}}: {{get: {{{OK}, parameters: [{{name: id, in: pth, schema: {{}}}}]}}}}}}\n"
    found = faults(text.replace("/a/{id}:", "'/a/{id}':"))

    assert [one.split()[1] for one in found] == ["SL302"]


def test_webhooks_have_no_path_to_agree_with(faults: Callable[..., list[str]]) -> None:
    """The name of a webhook is no template."""
    assert faults(f"webhooks: {{'new{{thing}}': {{post: {{{OK}}}}}}}\n") == []


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/a/{b", "SL314 the braces in the path `/a/{b` do not enclose names"),
        ("/a/b}", "SL314 the braces in the path `/a/b}` do not enclose names"),
        ("/a/{}", "SL314 the braces in the path `/a/{}` do not enclose names"),
        ("/a/{{b}}", "SL314 the braces in the path `/a/{{b}}` do not enclose names"),
    ],
)
def test_braces_that_enclose_no_name_are_reported(path: str, fault: str, faults: Callable[..., list[str]]) -> None:
    """A path that cannot be read is one fault, and no exception of the tool."""
    assert [one.partition(" |")[0] for one in faults(f"paths: {{'{path}': {{}}}}\n")] == [f"openapi.yaml:3:9: {fault}"]


def test_a_name_twice_in_a_path_is_reported(faults: Callable[..., list[str]]) -> None:
    """One value cannot stand at two places of its own."""
    assert [one.partition(" |")[0] for one in faults("paths: {'/{a}/{a}': {}}\n")] == [
        "openapi.yaml:3:9: SL314 the path has `{a}` twice"
    ]


def test_paths_that_differ_in_names_alone_are_a_warning(faults: Callable[..., list[str]]) -> None:
    """OpenAPI calls them identical; a client can be made of them all the same."""
    assert faults("paths:\n  /a/{x}: {}\n  /a/{y}: {}\n") == [
        (
            "openapi.yaml:5:3: SL311 the path differs from `/a/{x}` at line 4 in names alone"
            " | a request could mean either: keep one of the two"
        )
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_tag_declared_twice_is_reported_at_the_second(version: str, faults: Callable[..., list[str]]) -> None:
    """Neither the tool nor the list of equal elements is a second fault."""
    assert faults("paths: {}\ntags: [{name: a}, {name: a}]\n", version) == [
        "openapi.yaml:4:26: SL312 the tag `a` is already declared at line 4 | keep one of the two"
    ]


def test_a_path_with_a_number_sign_is_read(faults: Callable[..., list[str]]) -> None:
    """Some documents tell operations apart behind a `#`."""
    assert faults(f"paths: {{'/#Action=Do': {{get: {{{OK}}}}}}}\n") == []
