"""A JSON Schema compiled to one function that says yes or no, for documents where nothing is wrong.

The validators explain every error, and pay for that at every value: seconds for a document of some megabytes. Here a
yes costs a fiftieth. A no explains nothing, and whoever asked lets a validator judge; so a doubt ends the judging with
a no for the whole (within a `not` it must not become a yes), and a keyword that is not known here refuses to compile.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias
from urllib.parse import unquote, urldefrag, urljoin

from specloom.document.patterns import fits
from specloom.document.pointers import split
from specloom.document.validate.simple import SIMPLE, DoubtError, UnknownKeywordError, no, yes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specloom.document.validate.simple import Check

Formats: TypeAlias = "Callable[[Any, str], bool]"
Maker: TypeAlias = "Callable[[_Compiler, dict[str, Any], str], Check]"

_SAYS_NOTHING: Final = frozenset(
    ("$schema", "$id", "id", "$comment", "$anchor", "$dynamicAnchor", "$vocabulary", "$defs", "definitions")
) | {"title", "description", "default", "deprecated", "examples", "contentMediaType", "contentEncoding"}
# Read where their neighbours are.
_SAYS_MORE: Final = frozenset(
    ("then", "else", "minContains", "maxContains", "patternProperties", "additionalProperties", "unevaluatedProperties")
) | {"properties"}

_SIMPLE: Final = {*SIMPLE, "pattern"}


class _Place(NamedTuple):
    """A schema with the base that its references are relative to."""

    schema: Any
    base: str


def compile_schema(schema: Any, resources: Mapping[str, Any], formats: Formats | None = None) -> Callable[[Any], bool]:
    """Make the function that tells whether a value fits a schema.

    Args:
        schema: A schema of draft 4 or 2020-12.
        resources: Other schemas that it may refer to, by their addresses.
        formats: Tells whether a value has a format; without it, `format` says nothing.

    Raises:
        UnknownKeywordError: The schema has a keyword, or a form of one, that is not known here.
    """
    compiler = _Compiler(schema, resources, formats)
    check = compiler.compile(_Place(schema, compiler.base))
    return lambda value: _is_accepted(check, value)


class Judge:
    """Tells whether values fit schemas that refer to one another.

    Args:
        schemas: Schemas of draft 2020-12 by their addresses.
        formats: Tells whether a value has a format.
        most_steps: References that are followed for one value before it is given up.
    """

    def __init__(self, schemas: Mapping[str, Any], formats: Formats, most_steps: int) -> None:
        self._compiler = _Compiler({}, schemas, formats, most_steps)

    def accepts(self, address: str, value: Any) -> bool:
        """Tell whether a value fits the schema of an address for certain."""
        self._compiler.steps = 0
        try:
            check = self._compiler.refer(address)
        except (UnknownKeywordError, RecursionError):
            return False
        return _is_accepted(check, value)


def _found(pattern: str, text: str) -> bool:
    found = fits(pattern, text)
    if found is None:
        raise DoubtError
    return found


def _is_accepted(check: Check, value: Any) -> bool:
    try:
        return check(value, None)
    except (DoubtError, RecursionError):
        return False


class _Compiler:
    def __init__(
        self, schema: Any, resources: Mapping[str, Any], formats: Formats | None, most_steps: int | None = None
    ) -> None:
        self.base = schema.get("$id", "")
        self.steps = 0
        self._resources = {**resources, self.base: schema}
        self._formats = formats
        self._most_steps = most_steps
        self._is_draft4 = "draft-04" in schema.get("$schema", "")
        self._done: dict[int, Check] = {}
        self._dynamic = _find_dynamic(schema)

    def compile(self, place: _Place) -> Check:
        """Make the function that judges by a schema."""
        schema, base = place
        if schema is True or schema == {}:
            return yes
        if schema is False:
            return no
        known = self._done.get(id(schema))
        if known is not None:
            return known
        made: list[Check] = []

        def stand_in(value: Any, seen: set[str] | None) -> bool:
            if not made:
                raise DoubtError  # what it stands for turned out to be more than is known here
            return made[0](value, seen)

        # A schema that holds itself finds the stand-in for what is still being made.
        self._done[id(schema)] = stand_in
        made.append(self._all(schema, urljoin(base, schema.get("$id", ""))))
        self._done[id(schema)] = made[0]
        return made[0]

    def _all(self, schema: dict[str, Any], base: str) -> Check:
        if self._is_draft4 and "$ref" in schema:
            return self._ref(schema, base)
        # What says no soonest goes first: of two schemas that exclude each other, one is mostly refused by a type.
        checks = [self._simple(keyword, schema) for keyword in schema if keyword in _SIMPLE]
        if {"properties", "patternProperties", "additionalProperties"} & schema.keys():
            checks.append(self._members(schema, base))
        for keyword in [one for one in schema if one not in _SIMPLE and one not in _SAYS_NOTHING | _SAYS_MORE]:
            make = _MAKERS.get(keyword)
            if make is None:
                raise UnknownKeywordError(keyword)
            checks.append(make(self, schema, base))
        if "unevaluatedProperties" in schema:
            return self._closed(checks, self.compile(_Place(schema["unevaluatedProperties"], base)))
        return _both(checks)

    def _simple(self, keyword: str, schema: dict[str, Any]) -> Check:
        if keyword != "pattern":
            return SIMPLE[keyword](schema)
        find = self._finder(schema["pattern"])
        return lambda value, seen: not isinstance(value, str) or bool(find(value))

    def _finder(self, pattern: str) -> Callable[[str], object]:
        """Make the function that looks for a pattern: those of metaschemas are known to end soon."""
        return re.compile(pattern).search if self._most_steps is None else partial(_found, pattern)

    def _members(self, schema: dict[str, Any], base: str) -> Check:
        named = {name: self.compile(_Place(one, base)) for name, one in schema.get("properties", {}).items()}
        patterns = [
            (self._finder(pattern), self.compile(_Place(one, base)))
            for pattern, one in schema.get("patternProperties", {}).items()
        ]
        others = schema.get("additionalProperties")
        other = None if others is None else self.compile(_Place(others, base))

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
        return self.refer(urljoin(base, schema["$ref"]))

    def refer(self, reference: str) -> Check:
        """Make the function that judges by the schema that a whole reference leads to."""
        address, fragment = urldefrag(reference)
        held = self._resources.get(address)
        if held is None:
            raise UnknownKeywordError(reference)
        for key in split(unquote(fragment)):
            held = held[int(key)] if isinstance(held, list) else held[key]
        check = self.compile(_Place(held, address))
        return check if self._most_steps is None else self._counted(check, self._most_steps)

    def _counted(self, check: Check, most: int) -> Check:
        def counting(value: Any, seen: set[str] | None) -> bool:
            self.steps += 1
            if self.steps > most:
                raise DoubtError
            return check(value, seen)

        return counting

    def _dynamic_ref(self, schema: dict[str, Any], base: str) -> Check:
        held = self._dynamic.get(schema["$dynamicRef"])
        if held is None:
            raise UnknownKeywordError(schema["$dynamicRef"])
        return self.compile(_Place(held, self.base))

    def _format(self, schema: dict[str, Any], base: str) -> Check:
        name, formats = schema["format"], self._formats
        if formats is None:
            return yes
        return lambda value, seen: formats(value, name)

    def _items(self, schema: dict[str, Any], base: str) -> Check:
        if isinstance(schema["items"], list):
            raise UnknownKeywordError("items")
        fits = self.compile(_Place(schema["items"], base))
        return lambda value, seen: not isinstance(value, list) or all(fits(one, None) for one in value)

    def _contains(self, schema: dict[str, Any], base: str) -> Check:
        fits = self.compile(_Place(schema["contains"], base))
        least, most = schema.get("minContains", 1), schema.get("maxContains", float("inf"))

        def check(value: Any, seen: set[str] | None) -> bool:
            return not isinstance(value, list) or least <= sum(fits(one, None) for one in value) <= most

        return check

    def _names(self, schema: dict[str, Any], base: str) -> Check:
        fits = self.compile(_Place(schema["propertyNames"], base))
        return lambda value, seen: not isinstance(value, dict) or all(fits(key, None) for key in value)

    def _all_of(self, schema: dict[str, Any], base: str) -> Check:
        return _both([self.compile(_Place(one, base)) for one in schema["allOf"]])

    def _one_of(self, schema: dict[str, Any], base: str) -> Check:
        return self._some(schema["oneOf"], base, 1)

    def _any_of(self, schema: dict[str, Any], base: str) -> Check:
        return self._some(schema["anyOf"], base, len(schema["anyOf"]))

    def _some(self, schemas: list[Any], base: str, most: int) -> Check:
        branches = [self.compile(_Place(one, base)) for one in schemas]

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
        fits = self.compile(_Place(schema["not"], base))
        return lambda value, seen: not fits(value, None)

    def _if(self, schema: dict[str, Any], base: str) -> Check:
        test, then, otherwise = (self.compile(_Place(schema.get(one, True), base)) for one in ("if", "then", "else"))

        def check(value: Any, seen: set[str] | None) -> bool:
            own: set[str] | None = None if seen is None else set()
            if not test(value, own):
                return otherwise(value, seen)
            if seen is not None and own is not None:
                seen |= own
            return then(value, seen)

        return check

    def _dependent(self, schema: dict[str, Any], base: str) -> Check:
        held = [(name, self.compile(_Place(one, base))) for name, one in schema["dependentSchemas"].items()]

        def check(value: Any, seen: set[str] | None) -> bool:
            return not isinstance(value, dict) or all(fits(value, seen) for name, fits in held if name in value)

        return check


_MAKERS: Final[dict[str, Maker]] = {
    "$ref": _Compiler._ref,
    "$dynamicRef": _Compiler._dynamic_ref,
    "format": _Compiler._format,
    "items": _Compiler._items,
    "contains": _Compiler._contains,
    "propertyNames": _Compiler._names,
    "allOf": _Compiler._all_of,
    "oneOf": _Compiler._one_of,
    "anyOf": _Compiler._any_of,
    "not": _Compiler._not,
    "if": _Compiler._if,
    "dependentSchemas": _Compiler._dependent,
}


def _both(checks: list[Check]) -> Check:
    if len(checks) == 1:
        return checks[0]
    if len(checks) == 2:
        first, second = checks
        return lambda value, seen: first(value, seen) and second(value, seen)
    return lambda value, seen: all(check(value, seen) for check in checks)


def _find_dynamic(schema: Any) -> dict[str, Any]:
    """List the dynamic anchors of the outermost schema: it is the scope that `$dynamicRef` looks in first."""
    found: dict[str, Any] = {}
    for one in (*schema.get("$defs", {}).values(), schema):
        if isinstance(one, dict) and "$dynamicAnchor" in one:
            found[f"#{one['$dynamicAnchor']}"] = one
    return found
