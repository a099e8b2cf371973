"""Whether the text of a parameter is a value of its schema, as far as simple types go."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, assert_never

from specloom.model import (
    AnySchema,
    ArraySchema,
    BooleanSchema,
    ConstSchema,
    EnumSchema,
    IntegerSchema,
    JsonTextSchema,
    MapSchema,
    NeverSchema,
    NullSchema,
    NumberSchema,
    ObjectSchema,
    ReferenceSchema,
    StandInSchema,
    StringSchema,
    UnionSchema,
)
from specloom.model.numbers import is_within
from specloom.serve.media import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model import Bounds, Json, Schema

_INTEGER = re.compile(r"-?[0-9]{1,300}\Z")
_NUMBER = re.compile(r"-?[0-9]{1,300}(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,3})?\Z")
_LONGEST_CHAIN = 50


def follow_references(schema: Schema, schemas: Mapping[str, Schema]) -> Schema:
    """What a reference leads to; the reference itself where that is nowhere."""
    for _ in range(_LONGEST_CHAIN):
        if not isinstance(schema, ReferenceSchema) or schema.name not in schemas:
            break
        schema = schemas[schema.name]
    return schema


def value_complaint(schema: Schema, text: str, schemas: Mapping[str, Schema], depth: int = 0) -> str:
    """What is expected instead of a text, for people; empty where the text will do."""
    followed = follow_references(schema, schemas)
    if any(_wire_text(one.value) == text for one in (*schema.info.sentinels, *followed.info.sentinels)):
        return ""
    if (schema.info.nullable or followed.info.nullable) and text in ("", "null"):
        return ""
    if depth > _LONGEST_CHAIN:
        return ""
    match followed:
        case IntegerSchema() | NumberSchema():
            return _number_complaint(followed, text)
        case BooleanSchema():
            return "" if text in ("true", "false") else "true or false"
        case StringSchema():
            return _length_complaint(followed, text)
        case EnumSchema():
            known = [_wire_text(member.value) for member in followed.members]
            return "" if text in known or followed.extensible else f"one of {', '.join(known)}"
        case ConstSchema():
            return "" if text == _wire_text(followed.value) else _wire_text(followed.value)
        case NullSchema():
            return "" if text in ("", "null") else "null"
        case NeverSchema():
            return "no value at all"
        case JsonTextSchema():
            return _json_complaint(text)
        case UnionSchema():
            complaints = [value_complaint(member, text, schemas, depth + 1) for member in followed.members]
            return " or ".join(dict.fromkeys(complaints)) if all(complaints) else ""
        case StandInSchema():
            return value_complaint(followed.value, text, schemas, depth + 1)
        case AnySchema() | ArraySchema() | ObjectSchema() | MapSchema() | ReferenceSchema():
            return ""
    assert_never(followed)


def _number_complaint(schema: IntegerSchema | NumberSchema, text: str) -> str:
    whole = isinstance(schema, IntegerSchema)
    expected = ("a whole number" if whole else "a number") + _describe_bounds(schema.bounds)
    if not (_INTEGER if whole else _NUMBER).match(text):
        return expected
    return "" if is_within(int(text) if whole else float(text), schema.bounds) else expected


def _describe_bounds(bounds: Bounds) -> str:
    named = (
        ("at least", bounds.minimum),
        ("at most", bounds.maximum),
        ("more than", bounds.exclusive_minimum),
        ("less than", bounds.exclusive_maximum),
        ("a multiple of", bounds.multiple_of),
    )
    return "".join(f", {words} {_plain(bound)}" for words, bound in named if bound is not None)


def _plain(bound: float) -> str:
    return str(int(bound)) if isinstance(bound, int) or bound.is_integer() else str(bound)


def _length_complaint(schema: StringSchema, text: str) -> str:
    if schema.min_length is not None and len(text) < schema.min_length:
        return f"at least {schema.min_length} characters"
    if schema.max_length is not None and len(text) > schema.max_length:
        return f"at most {schema.max_length} characters"
    return ""


def _json_complaint(text: str) -> str:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return "a JSON document"
    return ""


def _wire_text(value: Json) -> str:
    return value if isinstance(value, str) else json_text(value)
