"""Input that means harm costs little and ends in a diagnostic."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from specloom.document import load_document, parse_source, validate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BOUND = 5.0  # CPU seconds: far above what is needed, far below what a quadratic reading takes


@pytest.fixture(autouse=True)
def _bounded() -> object:
    """Every test of this file ends within the bound."""
    begin = time.process_time()
    yield
    assert time.process_time() - begin < BOUND


BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(20)
)


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("a.yaml", "a: " + "[" * 100_000, ["SL114"]),
        ("a.yaml", "- " * 50_000, ["SL114"]),
        ("a.yaml", "\n".join(" " * depth + "a:" for depth in range(2000)), ["SL114"]),
        ("a.yaml", "? " * 20_000, ["SL108"]),
        ("a.yaml", '{"a":' * 100_000, ["SL114"]),
        ("a.json", '{"a":' * 100_000, ["SL114"]),
        ("a.json", '{"a":' * 201 + "1" + "}" * 201, ["SL114"]),
        ("a.json", '{"a":' * 5000 + "1" + "}" * 5000, ["SL114"]),
        ("a.yaml", BOMB, ["SL116"]),
        ("a.yaml", "a0: &a0 {}\n" + "".join(f"a{i}: &a{i} {{x: *a{i - 1}}}\n" for i in range(1, 300)), ["SL114"]),
        ("a.yaml", "a: " + "9" * 1_000_000, ["SL113"]),
        ("a.json", '{"a": ' + "9" * 1_000_000 + "}", ["SL113"]),
        ("a.json", '{"a": 0.' + "9" * 1_000_000 + "}", ["SL113"]),
        ("a.json", '{"a": "' + "x" * 1_000_000, ["SL104"]),
        ("a.yaml", 'a: "' + "x" * 1_000_000, ["SL104"]),
        ("a.json", '{"a": "' + "\\\\" * 500_000 + '"}', []),
        ("a.json", '{"a":' * 200 + "1" + "}" * 200, []),
        ("a.yaml", "a: [" + ",".join(["&x 1", *["*x"] * 100_000]) + "]", []),
        ("a.yaml", "".join(f"key{i}: {i}\n" for i in range(50_000)), []),
    ],
)
def test_a_hostile_text_ends_within_the_bound(name: str, text: str, codes: list[str]) -> None:
    """Nesting, repetition and length are bounded, with a diagnostic where the bound is."""
    assert [one.code for one in parse_source(text, name=name)[1]] == codes


def test_many_duplicate_keys_cost_no_more_than_their_number() -> None:
    """Each second key is reported, without searching the text again."""
    _, found = parse_source("{" + ",".join(['"k": 1'] * 20_000) + "}", name="a.json")

    assert len(found) == 19_999


def test_many_bad_references_are_all_reported(write: Callable[[dict[str, str]], Path]) -> None:
    """Hints are searched for the first of them only."""
    names = "".join(f"    Name{i}: {{}}\n" for i in range(2000))
    bad = "".join(f"    Bad{i}: {{$ref: '#/components/schemas/Nome{i}'}}\n" for i in range(2000))
    text = f"openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\ncomponents:\n  schemas:\n{names}{bad}"
    document, found = load_document(write({"openapi.yaml": text}))

    assert document is None
    assert len(found) == 2000


def test_a_long_chain_of_references_is_refused(write: Callable[[dict[str, str]], Path]) -> None:
    """A chain that no one would write by hand is an error at its beginning."""
    chain = "".join(f"    A{i}: {{$ref: '#/components/schemas/A{i + 1}'}}\n" for i in range(3000))
    text = f"openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\ncomponents:\n  schemas:\n{chain}    A3000: {{}}\n"
    _, found = load_document(write({"openapi.yaml": text}))

    assert {one.code for one in found} == {"SL207"}


def test_schemas_that_refer_to_each_other_in_a_long_row_are_validated(write: Callable[[dict[str, str]], Path]) -> None:
    """A thousand schemas, each a property of the one before, need no recursion."""
    row = "".join(f"    A{i}: {{properties: {{a: {{$ref: '#/components/schemas/A{i + 1}'}}}}}}\n" for i in range(1000))
    text = f"openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\ncomponents:\n  schemas:\n{row}    A1000: {{}}\n"
    document, found = load_document(write({"openapi.yaml": text}))
    assert document is not None

    assert (found, validate(document)) == ((), ())


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_schema_nested_to_the_bound_is_no_traceback(version: str, write: Callable[[dict[str, str]], Path]) -> None:
    """Where a validator cannot follow, it says so in a diagnostic."""
    schema = '{"properties": {"a": ' * 90 + "{}" + "}}" * 90
    text = (
        f"openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {schema}"
    )
    document, found = load_document(write({"openapi.yaml": text}))
    assert document is not None

    assert found == ()
    assert {one.code for one in validate(document)} <= {"SL399"}


def test_path_items_that_lead_to_each_other_are_bundled(write: Callable[[dict[str, str]], Path]) -> None:
    """External path items whose callbacks refer back to them do not go on for ever."""
    item = (
        "{name}:\n  post:\n    responses: {{'200': {{description: d}}}}\n    callbacks:\n"
        "      one: {{'{{$request.body#/u}}': {{$ref: '#/a'}}}}\n"
        "      two: {{'{{$request.body#/u}}': {{$ref: '#/b'}}}}\n"
    )
    files = {
        "openapi.yaml": (
            "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n"
            "  /a: {$ref: 'items.yaml#/a'}\n  /b: {$ref: 'items.yaml#/b'}\n"
        ),
        "items.yaml": item.format(name="a") + item.format(name="b"),
    }
    document, found = load_document(write(files))
    assert document is not None

    assert (found, validate(document)) == ((), ())
