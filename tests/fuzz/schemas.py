"""Schemas of every kind, that refer to what is there and to what is not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.fuzz.words import JSON, NAMES, NUMBERS, SCALARS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Strategy = st.SearchStrategy[Any]

KNOWN = tuple(f"@{index}" for index in range(6))
"""References that are put right once it is known what there is: strategies that knew would be new for each document."""

FORMATS = (
    *("date-time", "date", "time", "duration", "uuid", "email", "uri", "byte", "binary", "password", "int32", "int64"),
    *("float", "double", "decimal", "hostname", "ipv4", "regex", "json-pointer", '"""', "x" * 200),
)
PATTERNS = ("^a+$", "^(a|b)*$", "[", "(?<x>a)", "^\\p{L}+$", '"""', "(a+)+$", "\\", "^.{1,64}$")


@cache
def schemas(depth: int) -> Strategy:
    """Schemas that nest so deep."""
    plain = ["string", "number", "enum", "reference", "any"]
    deep = ["string", "number", "object", "object", "object", "array", "enum", "reference", "reference", "union", "all"]
    deep += ["map", "const", "not", "odd", "any"]
    kinds = st.one_of([_KINDS[kind](depth) for kind in (deep if depth else plain)])
    return st.builds(lambda made, more: made | more, kinds, _COMMON)


def resolved(value: Any, places: Sequence[str]) -> Any:
    """A value with its references led to what there is."""
    if isinstance(value, dict):
        return {key: resolved(one, places) for key, one in value.items()}
    if isinstance(value, list):
        return [resolved(one, places) for one in value]
    if isinstance(value, str) and value in KNOWN:
        return places[int(value[1:]) % len(places)] if places else "#/components/schemas/Missing"
    return value


def _string(depth: int) -> Strategy:
    sizes = st.integers(-1, 70)
    options = {"format": st.sampled_from(FORMATS), "pattern": st.sampled_from(PATTERNS), "minLength": sizes}
    options |= {"maxLength": sizes, "contentMediaType": st.sampled_from(["application/json", "text/x", "/"])}
    options |= {"contentEncoding": st.sampled_from(["base64", "x"]), "contentSchema": _reference(0)}
    return st.fixed_dictionaries({"type": st.just("string")}, optional=options)


def _number(depth: int) -> Strategy:
    bounds = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
    options: dict[Any, Any] = dict.fromkeys(bounds, NUMBERS | st.booleans()) | {"format": st.sampled_from(FORMATS)}
    options["x-specloom-epoch"] = st.sampled_from(["seconds", "milliseconds", "x"])
    kinds = st.sampled_from(["integer", "number", "boolean"])
    return st.fixed_dictionaries({"type": kinds}, optional=options)


def _object(depth: int) -> Strategy:
    inner = schemas(depth - 1)
    properties = st.dictionaries(NAMES, inner, max_size=3)
    options: dict[Any, Any] = {
        "required": st.lists(NAMES, max_size=2),
        "additionalProperties": st.booleans() | inner,
        "patternProperties": st.dictionaries(st.sampled_from(PATTERNS), inner, max_size=1),
        "minProperties": st.integers(-1, 3),
        "discriminator": _discriminator(),
        "dependentRequired": JSON,
    }
    return st.fixed_dictionaries({"type": st.just("object"), "properties": properties}, optional=options)


def _array(depth: int) -> Strategy:
    inner = schemas(depth - 1)
    options = {"prefixItems": st.lists(inner, min_size=1, max_size=2), "minItems": st.integers(-1, 3)}
    options |= {"uniqueItems": st.booleans(), "contains": inner, "x-specloom-stands-for": SCALARS}
    return st.fixed_dictionaries({"type": st.just("array"), "items": inner | st.booleans()}, optional=options)


def _enum(depth: int) -> Strategy:
    values = (
        st.lists(TEXTS | NAMES, max_size=4) | st.lists(st.integers(-2, 3), max_size=4) | st.lists(SCALARS, max_size=3)
    )
    names = st.lists(TEXTS, max_size=4)
    options = {"type": st.sampled_from(["string", "integer", "number", "boolean"]), "x-enum-varnames": names}
    options |= {"x-enum-descriptions": names}
    return st.fixed_dictionaries({"enum": values}, optional=options)


def _reference(depth: int) -> Strategy:
    wrong = [
        "#/components/schemas/Missing",
        "#",
        "#/",
        "#/paths",
        "missing.json#/x",
        "https://x.example/y",
        "../x.json",
        "",
    ]
    return st.fixed_dictionaries({"$ref": st.sampled_from([*KNOWN * 6, *wrong])})


def _union(depth: int) -> Strategy:
    members = st.lists(schemas(depth - 1), min_size=1, max_size=3)
    either = st.sampled_from(["oneOf", "anyOf"])
    options = {"discriminator": _discriminator()}
    made = st.builds(
        lambda word, listed, told: {word: listed, **told}, either, members, st.fixed_dictionaries({}, optional=options)
    )
    return made | st.fixed_dictionaries(
        {"type": st.lists(st.sampled_from(["string", "null", "integer", "object"]), max_size=3)}
    )


@cache
def _discriminator() -> Strategy:
    mapping = st.dictionaries(TEXTS | NAMES, st.sampled_from([*KNOWN, "x", "#/x"]), max_size=2)
    return st.fixed_dictionaries(
        {"propertyName": NAMES}, optional={"mapping": mapping, "defaultMapping": st.sampled_from([*KNOWN, "x"])}
    )


def _all(depth: int) -> Strategy:
    listed = st.lists(schemas(depth - 1), min_size=1, max_size=3)
    return st.fixed_dictionaries(
        {"allOf": listed}, optional={"properties": st.dictionaries(NAMES, schemas(0), max_size=1)}
    )


def _map(depth: int) -> Strategy:
    return st.fixed_dictionaries({"type": st.just("object"), "additionalProperties": schemas(depth - 1)})


def _const(depth: int) -> Strategy:
    return st.fixed_dictionaries({"const": SCALARS | JSON})


def _not(depth: int) -> Strategy:
    inner = schemas(depth - 1)
    return st.fixed_dictionaries(
        {}, optional={"not": inner, "if": inner, "then": inner, "else": inner, "propertyNames": inner}
    )


def _any(depth: int) -> Strategy:
    return st.just({})


def _odd(depth: int) -> Strategy:
    words = [
        "type",
        "properties",
        "items",
        "required",
        "enum",
        "allOf",
        "$ref",
        "$dynamicRef",
        "$id",
        "$anchor",
        "$defs",
    ]
    return st.dictionaries(st.sampled_from(words), JSON, max_size=2)


_KINDS: dict[str, Callable[[int], Strategy]] = {
    one.__name__.strip("_"): one
    for one in (_string, _number, _object, _array, _enum, _reference, _union, _all, _map, _const, _not, _any, _odd)
}

_SENTINELS = st.lists(st.fixed_dictionaries({"value": SCALARS, "means": TEXTS}), max_size=1)
_COMMON = st.just({}) | st.fixed_dictionaries(
    {},
    optional={
        "description": TEXTS,
        "title": TEXTS | NAMES,
        "default": SCALARS,
        "example": JSON,
        "nullable": st.booleans(),
        "readOnly": st.booleans(),
        "writeOnly": st.booleans(),
        "deprecated": st.booleans(),
        "x-specloom-sentinels": _SENTINELS,
        "x-specloom-sensitive": st.booleans(),
    },
)
