"""The quick judge never accepts what the validator refuses, and refuses little that it accepts."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from openapi_schema_validator.validators import OAS30Validator, OAS31Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from specloom.document import load_source
from specloom.document.validate.accept import Judge, compile_schema
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
        ({"enum": [1, None, 1.5]}, [1, None, 1.5, 1.0], [True, "1", 2, []]),
        ({"minimum": 0, "exclusiveMinimum": 0}, [1, "text"], [0, -1]),
        ({"maximum": 9}, [9, "text", True], [9.5]),
        ({"exclusiveMaximum": 9}, [8.5, None], [9]),
        ({"minLength": 1, "maxLength": 2}, ["a", "äö", 1], ["", "abc"]),
        ({"minItems": 1, "maxItems": 2}, [[1], {}], [[], [1, 2, 3]]),
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
    accepts = compile_schema(
        {"format": "regex"}, {}, lambda value, name: (value, name) in {("a", "regex"), (1, "regex")}
    )

    assert [accepts("a"), accepts("b"), accepts(1), accepts(2)] == [True, False, True, False]


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"not": {"type": "integer"}}, 1.0),
        ({"oneOf": [{"type": "integer"}, {"type": "number"}]}, 1.0),
        ({"not": {"uniqueItems": True}}, [1, True]),
        ({"if": {"uniqueItems": True}, "else": False}, [1, True]),
    ],
)
def test_a_doubt_is_never_a_yes(schema: dict[str, Any], value: Any) -> None:
    """Not where a no would become one: a validator has to be asked."""
    assert not compile_schema(schema, {})(value)


def test_schemas_that_go_round_in_a_circle_share_their_doubts() -> None:
    """One that says what is not known makes no yes of those that lead to it, whichever is asked for first."""
    schemas = {
        "a:1": {"properties": {"b": {"$ref": "a:2"}}},
        "a:2": {"properties": {"a": {"$ref": "a:1"}}, "multipleOf": 2},
        "a:3": {"properties": {"c": {"$ref": "a:3"}, "d": {"type": "string"}}},
    }
    judge = Judge(schemas, lambda value, name: True, most_steps=5)

    assert not judge.accepts("a:1", {"b": 1})
    assert not judge.accepts("a:2", 1)
    assert not judge.accepts("a:1", {"b": 1})
    assert judge.accepts("a:3", {"c": {"c": {"d": "text"}}})
    assert not judge.accepts("a:3", {"c": {"c": {"d": 1}}})
    assert not judge.accepts("a:3", {"c": {"c": {"c": {"c": {"c": {}}}}}}), "too many references are left to others"


def random_schema(chance: random.Random, depth: int = 3) -> Any:
    """A schema of the keywords that describe data, some of which are not known to the judge."""
    if depth == 0 or chance.random() < 0.1:
        return chance.choice((True, False, {}, {"type": chance.choice(("integer", "string", "null"))}, {"$ref": "a:1"}))
    made: dict[str, Any] = {}
    for _ in range(chance.randrange(1, 4)):
        inner, other = random_schema(chance, depth - 1), random_schema(chance, depth - 1)
        made |= chance.choice(
            (
                {"type": chance.sample(("integer", "number", "string", "object", "array", "boolean", "null"), 2)},
                {"enum": chance.sample((1, 1.0, True, "a", None, 0, False), 3)},
                {"properties": {"a": inner, "b": other}, "required": chance.choice(([], ["a"]))},
                {"additionalProperties": inner},
                {"items": inner, "maxItems": 2},
                {"uniqueItems": True},
                {"minimum": 1},
                {"maxLength": 1},
                {"multipleOf": 2},
                {"prefixItems": [inner]},
                {"not": inner},
                {"if": inner, "then": other},
                {"unevaluatedProperties": inner},
                {"patternProperties": {"a": inner}},
                {"dependentSchemas": {"a": inner}},
                {"propertyNames": {"maxLength": 1}, "contains": inner},
                {chance.choice(("oneOf", "anyOf", "allOf")): [inner, other]},
            )
        )
    return made


def random_value(chance: random.Random, depth: int = 3) -> Any:
    """A value of JSON."""
    if depth == 0 or chance.random() < 0.4:
        return chance.choice((0, 1, 1.0, 1.5, True, False, None, "a", "ab", 2))
    held = [random_value(chance, depth - 1) for _ in range(chance.randrange(3))]
    return held if chance.random() < 0.5 else dict(zip("abc", held, strict=False))


def test_no_yes_is_said_that_the_validator_does_not_say() -> None:
    """Thousands of values against schemas with all that makes a yes of a no."""
    chance, agreed = random.Random(3), 0
    for _ in range(400):
        schemas = {"a:1": random_schema(chance), "a:2": random_schema(chance)}
        known = Registry().with_resources((name, DRAFT202012.create_resource(one)) for name, one in schemas.items())
        judge = Judge(schemas, lambda value, name: True, most_steps=500)
        validator = Draft202012Validator(schemas["a:2"], registry=known)
        for value in (random_value(chance) for _ in range(12)):
            if judge.accepts("a:2", value):
                agreed += 1
                assert validator.is_valid(value), (schemas, value)
    assert agreed > 500


def test_what_is_nested_too_deeply_is_left_to_the_validator() -> None:
    """A yes that cannot be reached is a no."""
    schema: dict[str, Any] = {"items": {"$ref": "#"}}
    value: list[Any] = []
    for _ in range(10_000):
        value = [value]

    assert not compile_schema(schema, {})(value)
