"""A JSON Schema compiled to one function that says yes or no, for documents where nothing is wrong.

The validators explain every error, and pay for that at every value: seconds for a document of some megabytes. Here a
yes costs a fiftieth. A no explains nothing, and whoever asked lets a validator judge; so a doubt may be a no, and a
keyword that is not known here refuses to compile.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias
from urllib.parse import unquote, urldefrag, urljoin

from specloom.document.pointers import split

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Judges a value; where a set is given, the names of the properties that were looked at go into it.
Check: TypeAlias = "Callable[[Any, set[str] | None], bool]"
Formats: TypeAlias = "Callable[[str, str], bool]"

_TYPES: Final[dict[str, Callable[[Any], bool]]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}
_SAYS_NOTHING: Final = frozenset(
    ("$schema", "$id", "id", "$comment", "$anchor", "$dynamicAnchor", "$vocabulary", "$defs", "definitions")
) | {"title", "description", "default", "deprecated", "examples"}
# Read where their neighbours are.
_SAYS_MORE: Final = frozenset(
    ("then", "else", "minContains", "maxContains", "patternProperties", "additionalProperties", "unevaluatedProperties")
) | {"properties"}


class UnknownKeywordError(Exception):
    """A schema says something that is not known here."""


class _Place(NamedTuple):
    """A schema with the base that its references are relative to."""

    schema: Any
    base: str


def compile_schema(schema: Any, resources: Mapping[str, Any], formats: Formats | None = None) -> Callable[[Any], bool]:
    """Make the function that tells whether a value fits a schema.

    Args:
        schema: A schema of draft 4 or 2020-12.
        resources: Other schemas that it may refer to, by their addresses.
        formats: Tells whether a text has a format; without it, `format` says nothing.

    Raises:
        UnknownKeywordError: The schema has a keyword, or a form of one, that is not known here.
    """
    check = _Compiler(schema, resources, formats).check

    def accepts(value: Any) -> bool:
        try:
            return check(value, None)
        except RecursionError:
            return False

    return accepts


def _yes(value: Any, seen: set[str] | None) -> bool:
    return True


def _no(value: Any, seen: set[str] | None) -> bool:
    return False


class _Compiler:
    def __init__(self, schema: Any, resources: Mapping[str, Any], formats: Formats | None) -> None:
        base = schema.get("$id", "")
        self._resources = {**resources, base: schema}
        self._root = _Place(schema, base)
        self._formats = formats
        self._is_draft4 = "draft-04" in schema.get("$schema", "")
        self._done: dict[int, Check] = {}
        self._dynamic = _find_dynamic(schema)
        self.check = self._compile(self._root)

    def _compile(self, place: _Place) -> Check:
        schema, base = place
        if schema is True or schema == {}:
            return _yes
        if schema is False:
            return _no
        known = self._done.get(id(schema))
        if known is not None:
            return known
        made: list[Check] = []
        # A schema that holds itself finds this stand-in for what is still being made.
        self._done[id(schema)] = lambda value, seen: made[0](value, seen)
        made.append(self._all(schema, urljoin(base, schema.get("$id", ""))))
        self._done[id(schema)] = made[0]
        return made[0]

    def _all(self, schema: dict[str, Any], base: str) -> Check:
        if self._is_draft4 and "$ref" in schema:
            return self._ref(schema, base)
        checks: list[Check] = []
        objects = {"properties", "patternProperties", "additionalProperties"} & schema.keys()
        if objects:
            checks.append(self._members(schema, base))
        for keyword in schema:
            if keyword not in _SAYS_NOTHING and keyword not in _SAYS_MORE:
                make = _MAKERS.get(keyword)
                if make is None:
                    raise UnknownKeywordError(keyword)
                checks.append(make(self, schema, base))
        if "unevaluatedProperties" in schema:
            return self._closed(checks, self._compile(_Place(schema["unevaluatedProperties"], base)))
        return _both(checks)

    def _members(self, schema: dict[str, Any], base: str) -> Check:
        named = {name: self._compile(_Place(one, base)) for name, one in schema.get("properties", {}).items()}
        patterns = [
            (re.compile(pattern).search, self._compile(_Place(one, base)))
            for pattern, one in schema.get("patternProperties", {}).items()
        ]
        others = schema.get("additionalProperties")
        other = None if others is None else self._compile(_Place(others, base))

        def check(value: Any, seen: set[str] | None) -> bool:
            if not isinstance(value, dict):
                return True
            for key, held in value.items():
                fits = named.get(key)
                is_known = fits is not None
                if fits is not None and not fits(held, None):
                    return False
                for matches, fits in patterns:
                    if matches(key):
                        is_known = True
                        if not fits(held, None):
                            return False
                if not is_known:
                    if other is None:
                        continue
                    if not other(held, None):
                        return False
                if seen is not None:
                    seen.add(key)
            return True

        return check

    def _closed(self, checks: list[Check], other: Check) -> Check:
        inner = _both(checks)

        def check(value: Any, seen: set[str] | None) -> bool:
            if not isinstance(value, dict):
                return inner(value, None)
            own: set[str] = set()
            if not inner(value, own):
                return False
            if seen is not None:
                seen.update(value)
            return all(other(held, None) for key, held in value.items() if key not in own)

        return check

    def _ref(self, schema: dict[str, Any], base: str) -> Check:
        address, fragment = urldefrag(urljoin(base, schema["$ref"]))
        held = self._resources.get(address)
        if held is None:
            raise UnknownKeywordError(schema["$ref"])
        for key in split(unquote(fragment)):
            held = held[int(key)] if isinstance(held, list) else held[key]
        return self._compile(_Place(held, address))

    def _dynamic_ref(self, schema: dict[str, Any], base: str) -> Check:
        held = self._dynamic.get(schema["$dynamicRef"])
        if held is None:
            raise UnknownKeywordError(schema["$dynamicRef"])
        return self._compile(_Place(held, self._root.base))

    def _type(self, schema: dict[str, Any], base: str) -> Check:
        wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        tests = [_TYPES[one] for one in wanted]
        if len(tests) == 1:
            (test,) = tests
            return lambda value, seen: test(value)
        return lambda value, seen: any(one(value) for one in tests)

    def _required(self, schema: dict[str, Any], base: str) -> Check:
        names = schema["required"]
        return lambda value, seen: not isinstance(value, dict) or all(name in value for name in names)

    def _enum(self, schema: dict[str, Any], base: str) -> Check:
        allowed = schema["enum"] if "enum" in schema else [schema["const"]]
        if not all(isinstance(one, str | bool) for one in allowed):
            raise UnknownKeywordError("enum")
        texts = frozenset(one for one in allowed if isinstance(one, str))
        flags = [one for one in allowed if isinstance(one, bool)]
        return lambda value, seen: value in texts if isinstance(value, str) else any(value is one for one in flags)

    def _pattern(self, schema: dict[str, Any], base: str) -> Check:
        search = re.compile(schema["pattern"]).search
        return lambda value, seen: not isinstance(value, str) or search(value) is not None

    def _format(self, schema: dict[str, Any], base: str) -> Check:
        name, formats = schema["format"], self._formats
        if formats is None:
            return _yes
        return lambda value, seen: not isinstance(value, str) or formats(value, name)

    def _items(self, schema: dict[str, Any], base: str) -> Check:
        if isinstance(schema["items"], list):
            raise UnknownKeywordError("items")
        fits = self._compile(_Place(schema["items"], base))
        return lambda value, seen: not isinstance(value, list) or all(fits(one, None) for one in value)

    def _contains(self, schema: dict[str, Any], base: str) -> Check:
        fits = self._compile(_Place(schema["contains"], base))
        least, most = schema.get("minContains", 1), schema.get("maxContains", float("inf"))

        def check(value: Any, seen: set[str] | None) -> bool:
            return not isinstance(value, list) or least <= sum(fits(one, None) for one in value) <= most

        return check

    def _unique(self, schema: dict[str, Any], base: str) -> Check:
        return lambda value, seen: not isinstance(value, list) or not schema["uniqueItems"] or _is_unique(value)

    def _minimum(self, schema: dict[str, Any], base: str) -> Check:
        bound, is_open = schema["minimum"], schema.get("exclusiveMinimum") is True
        is_number = _TYPES["number"]
        return lambda value, seen: not is_number(value) or (value > bound if is_open else value >= bound)

    def _exclusive_minimum(self, schema: dict[str, Any], base: str) -> Check:
        bound, is_number = schema["exclusiveMinimum"], _TYPES["number"]
        if isinstance(bound, bool):
            return _yes  # in draft 4 it is part of `minimum`
        return lambda value, seen: not is_number(value) or value > bound

    def _size(self, kind: type[list[Any] | dict[str, Any]], least: int, most: float) -> Check:
        return lambda value, seen: not isinstance(value, kind) or least <= len(value) <= most

    def _min_items(self, schema: dict[str, Any], base: str) -> Check:
        return self._size(list, schema["minItems"], float("inf"))

    def _min_properties(self, schema: dict[str, Any], base: str) -> Check:
        return self._size(dict, schema["minProperties"], float("inf"))

    def _max_properties(self, schema: dict[str, Any], base: str) -> Check:
        return self._size(dict, 0, schema["maxProperties"])

    def _names(self, schema: dict[str, Any], base: str) -> Check:
        fits = self._compile(_Place(schema["propertyNames"], base))
        return lambda value, seen: not isinstance(value, dict) or all(fits(key, None) for key in value)

    def _all_of(self, schema: dict[str, Any], base: str) -> Check:
        return _both([self._compile(_Place(one, base)) for one in schema["allOf"]])

    def _one_of(self, schema: dict[str, Any], base: str) -> Check:
        return self._some(schema["oneOf"], base, 1)

    def _any_of(self, schema: dict[str, Any], base: str) -> Check:
        return self._some(schema["anyOf"], base, len(schema["anyOf"]))

    def _some(self, schemas: list[Any], base: str, most: int) -> Check:
        branches = [self._compile(_Place(one, base)) for one in schemas]

        def check(value: Any, seen: set[str] | None) -> bool:
            fitting = 0
            for branch in branches:
                own: set[str] | None = None if seen is None else set()
                if branch(value, own):
                    fitting += 1
                    if seen is None and fitting and most > 1:
                        return True
                    if fitting > most:
                        return False
                    if seen is not None and own is not None:
                        seen |= own
            return fitting > 0

        return check

    def _not(self, schema: dict[str, Any], base: str) -> Check:
        fits = self._compile(_Place(schema["not"], base))
        return lambda value, seen: not fits(value, None)

    def _if(self, schema: dict[str, Any], base: str) -> Check:
        test, then, otherwise = (self._compile(_Place(schema.get(one, True), base)) for one in ("if", "then", "else"))

        def check(value: Any, seen: set[str] | None) -> bool:
            own: set[str] | None = None if seen is None else set()
            if not test(value, own):
                return otherwise(value, seen)
            if seen is not None and own is not None:
                seen |= own
            return then(value, seen)

        return check

    def _dependent(self, schema: dict[str, Any], base: str) -> Check:
        held = [(name, self._compile(_Place(one, base))) for name, one in schema["dependentSchemas"].items()]

        def check(value: Any, seen: set[str] | None) -> bool:
            return not isinstance(value, dict) or all(fits(value, seen) for name, fits in held if name in value)

        return check

    def _dependencies(self, schema: dict[str, Any], base: str) -> Check:
        held = list(schema["dependencies"].items())
        if not all(isinstance(names, list) for _, names in held):
            raise UnknownKeywordError("dependencies")

        def check(value: Any, seen: set[str] | None) -> bool:
            if not isinstance(value, dict):
                return True
            return all(other in value for name, names in held if name in value for other in names)

        return check


_MAKERS: Final[dict[str, Callable[[_Compiler, dict[str, Any], str], Check]]] = {
    "$ref": _Compiler._ref,
    "$dynamicRef": _Compiler._dynamic_ref,
    "type": _Compiler._type,
    "required": _Compiler._required,
    "enum": _Compiler._enum,
    "const": _Compiler._enum,
    "pattern": _Compiler._pattern,
    "format": _Compiler._format,
    "items": _Compiler._items,
    "contains": _Compiler._contains,
    "uniqueItems": _Compiler._unique,
    "minimum": _Compiler._minimum,
    "exclusiveMinimum": _Compiler._exclusive_minimum,
    "minItems": _Compiler._min_items,
    "minProperties": _Compiler._min_properties,
    "maxProperties": _Compiler._max_properties,
    "propertyNames": _Compiler._names,
    "allOf": _Compiler._all_of,
    "oneOf": _Compiler._one_of,
    "anyOf": _Compiler._any_of,
    "not": _Compiler._not,
    "if": _Compiler._if,
    "dependentSchemas": _Compiler._dependent,
    "dependencies": _Compiler._dependencies,
}


def _both(checks: list[Check]) -> Check:
    if len(checks) == 1:
        return checks[0]
    if len(checks) == 2:
        first, second = checks
        return lambda value, seen: first(value, seen) and second(value, seen)
    return lambda value, seen: all(check(value, seen) for check in checks)


def _is_unique(values: list[Any]) -> bool:
    if all(isinstance(one, str) for one in values):
        return len(set(values)) == len(values)
    # `1`, `1.0` and `true` are equal here: a doubt, which may be a no.
    return not any(one in values[:index] for index, one in enumerate(values))


def _find_dynamic(schema: Any) -> dict[str, Any]:
    """List the dynamic anchors of the outermost schema: it is the scope that `$dynamicRef` looks in first."""
    found: dict[str, Any] = {}
    for one in (*schema.get("$defs", {}).values(), schema):
        if isinstance(one, dict) and "$dynamicAnchor" in one:
            found[f"#{one['$dynamicAnchor']}"] = one
    return found
