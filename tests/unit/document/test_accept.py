"""The quick judge never accepts what the validator refuses, and refuses little that it accepts."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from openapi_schema_validator.validators import OAS30Validator, OAS31Validator

from specloom.document import load_source
from specloom.document.validate.accept import compile_schema
from specloom.document.validate.shape import accepter, explain_shape_errors, find_shape_errors
from specloom.document.validate.simple import UnknownKeywordError

CASES = sorted((Path(__file__).parents[2] / "cases").glob("*/spec.yaml"))
ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1.5,
    "",
    "text",
    [],
    ["a", "a"],
    {},
    {"$ref": "#/components/schemas/A"},
    {"x": 1},
)


def documents() -> list[tuple[str, dict[str, Any]]]:
    """The documents of the cases, by their version."""
    read = [load_source(path, name=path.name)[0] for path in CASES]
    found = [one.value for one in read if one is not None]
    return [(value["openapi"][:3], value) for value in found if str(value.get("openapi"))[:3] in ("3.0", "3.1")]


def spoil(value: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Copy a document, and change one thing in it: drop it, rename it, or put something odd in its place."""
    spoiled = copy.deepcopy(value)
    holders: list[Any] = [spoiled]
    for one in holders:
        inside = one.values() if isinstance(one, dict) else one
        holders.extend(held for held in inside if isinstance(held, dict | list) and held)
    holder = chance.choice(holders)
    key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    what = chance.randrange(3)
    if what == 0:
        del holder[key]
    elif what == 1 and isinstance(holder, dict):
        holder[f"{key}x"] = holder.pop(key)
    else:
        holder[key] = chance.choice(ODD)
    return spoiled


def test_the_shape_of_spoiled_documents_is_judged_as_the_validator_does() -> None:
    """Hundreds of documents, each with one thing changed at random."""
    chance, wrong, refused = random.Random(1), [], 0
    for version, value in documents():
        for _ in range(6):
            spoiled = spoil(value, chance)
            quick = not list(find_shape_errors(spoiled, version))
            slow = not list(explain_shape_errors(spoiled, version))
            refused += not slow
            wrong += [] if quick == slow else [spoiled]

    assert wrong == []
    assert refused > 50


@pytest.mark.parametrize("cls", [OAS30Validator, OAS31Validator])
def test_spoiled_schemas_are_judged_as_the_validator_does(cls: Any) -> None:
    """A metaschema is compiled as the schema of a whole document is."""
    chance, refused = random.Random(2), 0
    from openapi_schema_validator._specifications import REGISTRY

    judge = (Draft4Validator if cls is OAS30Validator else Draft202012Validator)(cls.META_SCHEMA, registry=REGISTRY)
    accepts = accepter(cls.META_SCHEMA)
    for _, value in documents():
        for schema in value.get("components", {}).get("schemas", {}).values():
            for _ in range(6):
                spoiled = spoil(schema, chance)
                slow = not list(judge.iter_errors(spoiled))
                refused += not slow

                assert accepts(spoiled) == slow, spoiled
    assert refused > 50


@pytest.mark.parametrize(
    ("schema", "fits", "fits_not"),
    [
        ({"type": "integer"}, [1, -2], [True, "1", 1.5]),
        ({"enum": ["a", True]}, ["a", True], [1, False, "b", ["a"]]),
        ({"minimum": 0, "exclusiveMinimum": 0}, [1, "text"], [0, -1]),
        ({"uniqueItems": True}, [["a", "b"], [{"a": 1}, {"a": 2}]], [["a", "a"], [[1], [1]]]),
        ({"items": {"type": "string"}, "minItems": 1}, [["a"]], [[], [1]]),
        ({"contains": {"const": "a"}, "minContains": 0, "maxContains": 1}, [[], ["a", "b"]], [["a", "a"]]),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, [{"a": 1}], [{}, {"a": 1, "b": 1}]),
        ({"not": {"required": ["a"]}}, [{"b": 1}], [{"a": 1}]),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": False}, [{"a": 1, "b": 1}], [{}, {"a": 1}]),
        ({"dependentSchemas": {"a": {"required": ["b"]}}}, [{}, {"a": 1, "b": 1}], [{"a": 1}]),
        ({"propertyNames": {"pattern": "^a"}, "maxProperties": 1}, [{"ab": 1}], [{"b": 1}, {"a": 1, "aa": 1}]),
        ({"anyOf": [{"properties": {"a": True}}, {"properties": {"b": True}}], "unevaluatedProperties": False},
         [{"a": 1, "b": 1}], [{"c": 1}]),
        ({"patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": False},
         [{"x-a": "b"}], [{"x-a": 1}, {"a": "b"}]),
    ],
)  # fmt: skip
def test_a_keyword_means_what_it_says(schema: dict[str, Any], fits: list[Any], fits_not: list[Any]) -> None:
    """Each keyword with values on both sides of its line; the validator agrees."""
    accepts, judge = compile_schema(schema, {}), Draft202012Validator(schema)

    assert [accepts(one) for one in fits] == [judge.is_valid(one) for one in fits] == [True] * len(fits)
    assert [accepts(one) for one in fits_not] == [judge.is_valid(one) for one in fits_not] == [False] * len(fits_not)


@pytest.mark.parametrize("schema", [{"multipleOf": 2}, {"enum": [[1]]}, {"$ref": "elsewhere.json"}, {"items": [True]}])
def test_what_is_not_known_is_not_compiled(schema: dict[str, Any]) -> None:
    """Nothing is accepted by passing over a keyword."""
    with pytest.raises(UnknownKeywordError):
        compile_schema(schema, {})


def test_a_format_is_asked_for() -> None:
    """Who compiles decides what formats mean."""
    accepts = compile_schema({"format": "regex"}, {}, lambda text, name: (text, name) == ("a", "regex"))

    assert [accepts("a"), accepts("b"), accepts(1)] == [True, False, True]


def test_what_is_nested_too_deeply_is_left_to_the_validator() -> None:
    """A yes that cannot be reached is a no."""
    schema: dict[str, Any] = {"items": {"$ref": "#"}}
    value: list[Any] = []
    for _ in range(10_000):
        value = [value]

    assert not compile_schema(schema, {})(value)
