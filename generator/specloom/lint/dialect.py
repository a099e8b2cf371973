"""Schemas of OpenAPI 3.0 and 3.1 -> JSON Schema 2020-12, as values and not as keywords.

The translation forgives where the specifications leave room: a `oneOf` with a discriminator is an `anyOf`, properties
that a direction leaves out are not asked for, and a malformed keyword is left out (validation reports it).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from specloom.lint.schemas import JSON_TYPES
from specloom.lint.survey import resolved

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.document.document import Node


class Direction(StrEnum):
    """Which way a value travels; it decides whether `readOnly` and `writeOnly` properties belong to it."""

    REQUEST = "request"
    RESPONSE = "response"
    EITHER = "either"


_UNASKED: Final = {
    Direction.REQUEST: ("readOnly",),
    Direction.RESPONSE: ("writeOnly",),
    Direction.EITHER: ("readOnly", "writeOnly"),
}


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def is_pattern(value: object) -> bool:
    """Tell whether Python understands a regular expression; those of ECMA-262 that it does not are left out."""
    if not isinstance(value, str):
        return False
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


# Keywords without schemas in them, each with what their value must be.
_PLAIN: Final[dict[str, Callable[[Any], bool]]] = {
    **dict.fromkeys(("maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties"), _is_count),
    **dict.fromkeys(("maxContains", "minContains"), _is_count),
    **dict.fromkeys(("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum"), _is_number),
    **dict.fromkeys(("format", "contentMediaType", "contentEncoding"), lambda value: isinstance(value, str)),
    "multipleOf": lambda value: _is_number(value) and value > 0,
    "uniqueItems": lambda value: isinstance(value, bool),
    "pattern": is_pattern,
    "enum": lambda value: isinstance(value, list) and len(value) > 0,
    "const": lambda value: True,
    "dependentRequired": lambda value: isinstance(value, dict) and all(map(_is_texts, value.values())),
}
_SCHEMA_KEYS: Final = frozenset(
    (
        *("not", "if", "then", "else", "contains", "propertyNames", "additionalProperties", "contentSchema"),
        *("unevaluatedItems", "unevaluatedProperties", "items"),
    )
)
_LIST_KEYS: Final = frozenset(("allOf", "anyOf", "oneOf", "prefixItems"))
_MAP_KEYS: Final = frozenset(("properties", "patternProperties", "dependentSchemas"))


class Translator:
    """Translates schemas; each that a reference leads to becomes a resource with an address of its own.

    Attributes:
        made: What was translated, by address.
    """

    def __init__(self) -> None:
        self.made: dict[str, Any] = {}
        self._addresses: dict[tuple[str, str, Direction], str] = {}
        self._waiting: list[tuple[str, Node, Direction]] = []

    def address(self, schema: Node, direction: Direction) -> str:
        """Give the address of a schema; by now it is in `made`, with all that it refers to."""
        address = self._address(schema, direction)
        while self._waiting:
            waiting, node, way = self._waiting.pop()
            self.made[waiting] = self._translate(node, way)
        return address

    def _address(self, schema: Node, direction: Direction) -> str:
        key = (schema.source.name, schema.pointer, direction)
        address = self._addresses.get(key)
        if address is None:
            address = self._addresses[key] = f"specloom:{len(self._addresses)}"
            self._waiting.append((address, schema, direction))
        return address

    def _translate(self, schema: Node, direction: Direction) -> Any:
        value = schema.value
        if not isinstance(value, dict):
            return value if isinstance(value, bool) else True
        old = schema.document.version == "3.0"
        made: dict[str, Any] = {}
        if schema.is_reference:
            target = resolved(schema)
            if target is not schema:
                made["$ref"] = self._address(target, direction)
            if old:
                return made
        for key, held in value.items():
            check = _PLAIN.get(key)
            if check is not None:
                if check(held):
                    made[key] = held
            elif key in _SCHEMA_KEYS:
                self._translate_one(made, schema.child(key), direction)
            elif key in _LIST_KEYS and isinstance(held, list) and held:
                made[key] = [self._translate(one, direction) for one in schema.child(key).elements()]
            elif key in _MAP_KEYS and isinstance(held, dict):
                self._translate_map(made, schema.child(key), direction)
        _translate_types(made, value)
        _translate_required(made, schema, direction)
        return _translate_old(made, value) if old else made

    def _translate_one(self, made: dict[str, Any], held: Node, direction: Direction) -> None:
        if isinstance(held.value, list):  # `items` as a list, of JSON Schema before 2020-12
            made.setdefault("prefixItems", [self._translate(one, direction) for one in held.elements()])
        else:
            made[held.name] = self._translate(held, direction)

    def _translate_map(self, made: dict[str, Any], held: Node, direction: Direction) -> None:
        inner = {key: self._translate(one, direction) for key, one in held.items()}
        if held.name == "patternProperties":
            inner = {key: one for key, one in inner.items() if is_pattern(key)}
        made[held.name] = inner


def _translate_types(made: dict[str, Any], value: dict[str, Any]) -> None:
    """Copy `type`, and let a discriminator choose among branches that overlap."""
    declared = value.get("type")
    named = declared if isinstance(declared, list) else [declared]
    if named and all(isinstance(one, str) and one in JSON_TYPES for one in named):
        made["type"] = named
    if "discriminator" in value and "oneOf" in made:
        made["allOf"] = [*made.get("allOf", ()), {"anyOf": made.pop("oneOf")}]


def _translate_required(made: dict[str, Any], schema: Node, direction: Direction) -> None:
    """Copy `required` without the properties that the direction leaves out (OpenAPI 3.0, Schema Object, readOnly)."""
    required = schema.value.get("required")
    if not _is_texts(required):
        return
    properties = schema.get("properties")
    unasked = {
        name
        for name, one in (properties.items() if properties else ())
        if isinstance(plain := resolved(one).value, dict) and any(plain.get(key) is True for key in _UNASKED[direction])
    }
    made["required"] = [name for name in required or () if name not in unasked]


def _translate_old(made: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """Turn what OpenAPI 3.0 has of its own: `nullable`, and exclusive bounds as booleans."""
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if value.get(exclusive) is True and bound in made:
            made[exclusive] = made.pop(bound)
    if value.get("nullable") is not True:
        return made
    return {"anyOf": [{"type": "null"}, made]}
