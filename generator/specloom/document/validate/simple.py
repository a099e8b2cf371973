"""Keywords of JSON Schema that judge a value by themselves, compiled to functions that say yes or no."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

# Judges a value; where a set is given, the names of the properties that were looked at go into it.
Check: TypeAlias = "Callable[[Any, set[str] | None], bool]"
Simple: TypeAlias = "Callable[[dict[str, Any]], Check]"


class UnknownKeywordError(Exception):
    """A schema says something that is not known here."""


class DoubtError(Exception):
    """Whether a value fits is more than can be told here."""


def yes(value: Any, seen: set[str] | None) -> bool:
    """Say yes to every value."""
    return True


def no(value: Any, seen: set[str] | None) -> bool:
    """Say no to every value."""
    return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_integer(value: Any) -> bool:
    if isinstance(value, float) and value.is_integer():
        raise DoubtError  # a whole number or none: drafts differ
    return isinstance(value, int) and not isinstance(value, bool)


_TYPES: Final[dict[str, Callable[[Any], bool]]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": _is_number,
    "integer": _is_integer,
}


def _type(schema: dict[str, Any]) -> Check:
    wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    tests = [_TYPES[one] for one in wanted]
    if len(tests) == 1:
        (test,) = tests
        return lambda value, seen: test(value)
    return lambda value, seen: any(one(value) for one in tests)


def _required(schema: dict[str, Any]) -> Check:
    names = schema["required"]
    return lambda value, seen: not isinstance(value, dict) or all(name in value for name in names)


def _enum(schema: dict[str, Any]) -> Check:
    allowed = schema["enum"]
    if not all(isinstance(one, str | int | float | None) for one in allowed):
        raise UnknownKeywordError("enum")
    flags = [one for one in allowed if isinstance(one, bool)]
    others = frozenset(one for one in allowed if not isinstance(one, bool))

    def check(value: Any, seen: set[str] | None) -> bool:
        if isinstance(value, bool):
            return value in flags
        return not isinstance(value, dict | list) and value in others

    return check


def _const(schema: dict[str, Any]) -> Check:
    return _enum({"enum": [schema["const"]]})


def _unique(schema: dict[str, Any]) -> Check:
    return lambda value, seen: not isinstance(value, list) or not schema["uniqueItems"] or _is_unique(value)


def _is_unique(values: list[Any]) -> bool:
    if all(isinstance(one, str) for one in values):
        return len(set(values)) == len(values)
    if any(one in values[:index] for index, one in enumerate(values)):
        raise DoubtError  # `1`, `1.0` and `true` are equal here
    return True


def _dependencies(schema: dict[str, Any]) -> Check:
    held = list(schema["dependencies"].items())
    if not all(isinstance(names, list) for _, names in held):
        raise UnknownKeywordError("dependencies")

    def check(value: Any, seen: set[str] | None) -> bool:
        if not isinstance(value, dict):
            return True
        return all(other in value for name, names in held if name in value for other in names)

    return check


def _sized(keyword: str, kind: type[Any], fits: Callable[[int, Any], bool]) -> Simple:
    def make(schema: dict[str, Any]) -> Check:
        bound = schema[keyword]
        return lambda value, seen: not isinstance(value, kind) or fits(len(value), bound)

    return make


def _bounded(keyword: str, fits: Callable[[Any, Any], bool]) -> Simple:
    def make(schema: dict[str, Any]) -> Check:
        bound = schema[keyword]
        if isinstance(bound, bool):
            return yes  # in draft 4 it is a flag, and part of the bound
        return lambda value, seen: not _is_number(value) or fits(value, bound)

    return make


def _flagged(flag: str, fits: Simple, strictly: Simple) -> Simple:
    """Judge by a bound that a flag of draft 4 excludes."""
    return lambda schema: strictly(schema) if schema.get(flag) is True else fits(schema)


SIMPLE: Final[dict[str, Simple]] = {
    "type": _type,
    "required": _required,
    "enum": _enum,
    "const": _const,
    "uniqueItems": _unique,
    "dependencies": _dependencies,
    "minimum": _flagged("exclusiveMinimum", _bounded("minimum", operator.ge), _bounded("minimum", operator.gt)),
    "maximum": _flagged("exclusiveMaximum", _bounded("maximum", operator.le), _bounded("maximum", operator.lt)),
    "exclusiveMinimum": _bounded("exclusiveMinimum", operator.gt),
    "exclusiveMaximum": _bounded("exclusiveMaximum", operator.lt),
    "minItems": _sized("minItems", list, operator.ge),
    "maxItems": _sized("maxItems", list, operator.le),
    "minLength": _sized("minLength", str, operator.ge),
    "maxLength": _sized("maxLength", str, operator.le),
    "minProperties": _sized("minProperties", dict, operator.ge),
    "maxProperties": _sized("maxProperties", dict, operator.le),
}
"""What makes the function of each keyword."""
