"""Errors of a JSON Schema validator -> short messages at the keys that are at fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from specloom.document.build import quoted
from specloom.document.grammar import METHODS
from specloom.document.nearest import hint_for
from specloom.document.scalars import parse_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Keys = tuple[str | int, ...]
_TYPES: Final = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "an integer",
    "boolean": "true or false",
    "null": "null",
}
_MAX_FAULTS: Final = 200
_EXPECTED: Final = "expected "


class Error(Protocol):
    """What is read of an error of `jsonschema`."""

    message: str
    validator: Any
    validator_value: Any
    instance: Any
    schema: Any
    context: Any

    @property
    def path(self) -> Iterable[str | int]:
        """Steps from the instance of the parent error (or the whole) to the instance."""

    @property
    def schema_path(self) -> Iterable[str | int]:
        """Steps through the schema."""


class Fault(NamedTuple):
    """One thing that is wrong.

    Args:
        keys: Steps from where the validation began to the value or key at fault.
        what: `unknown` for a key that is not known, `missing` for one that is, `echo` for a key that may be unknown or
            only looks so because its neighbours are wrong, else `shape`.
        message: What is wrong, in one sentence.
        hint: What to do about it.
        at_key: Whether the key is at fault rather than the value.
        is_vague: Whether it says nothing where another fault is found at this place or below.
        name: The key that is missing.
        wanted: The types of JSON Schema, one of which is expected.
    """

    keys: Keys
    what: str
    message: str
    hint: str = ""
    at_key: bool = False
    is_vague: bool = False
    name: str = ""
    wanted: tuple[str, ...] = ()


def explain(error: Error) -> list[Fault]:
    """Say what is wrong where a validator reports an error.

    Of alternatives that all fail, the one that was probably meant is explained: a reference where there is a `$ref`,
    else the one whose failures lie deepest.
    """
    faults: list[Fault] = []
    stack: list[tuple[Error, Keys]] = [(error, ())]
    while stack and len(faults) < _MAX_FAULTS:
        one, base = stack.pop()
        keys = (*base, *one.path)
        branches = _branches(one)
        told = _told_apart(branches, keys)
        if told is not None:
            faults.append(told)
        elif branches:
            is_reference = isinstance(one.instance, dict) and "$ref" in one.instance
            meant = max(branches, key=lambda errors: _likelihood(errors, is_reference))
            stack.extend((inner, keys) for inner in reversed(meant))
        else:
            faults.extend(_faults(one, keys))
    wrong_type = {fault.keys for fault in faults if fault.message.startswith(_EXPECTED)}
    return [fault for fault in faults if fault.keys not in wrong_type or fault.message.startswith(_EXPECTED)]


def drop_echoes(faults: list[Fault], known: frozenset[str]) -> list[Fault]:
    """Drop keys that are called unknown only because the object they stand in is wrong elsewhere.

    In the schema of OpenAPI 3.1 some keys count only beside others (`name` and `in` beside `type: apiKey`); with one of
    these at fault, all of them are reported. A key that OpenAPI has nowhere stays reported in any case.
    """
    solid = [fault for fault in faults if fault.what != "echo" or str(fault.keys[-1]) not in known]
    inside = {fault.keys[: end + 1] for fault in solid for end in range(len(fault.keys))}
    objects = {keys for fault in solid for keys in (fault.keys, fault.keys[:-1])}
    return [
        fault
        for fault in faults
        if fault.what != "echo"
        or str(fault.keys[-1]) not in known
        or not (fault.keys[:-1] in objects or fault.keys in inside)
    ]


def _branches(error: Error) -> list[list[Error]]:
    """Sort the errors of alternatives that all failed by alternative."""
    if error.validator not in ("oneOf", "anyOf"):
        return []
    branches: dict[str | int, list[Error]] = {}
    for inner in error.context or ():
        branches.setdefault(next(iter(inner.schema_path), 0), []).append(inner)
    return list(branches.values())


def _told_apart(branches: list[list[Error]], keys: Keys) -> Fault | None:
    """Find the key whose value tells alternatives apart, where its value is that of none."""
    own = [branch for branch in branches if not _wants_reference(branch)]
    for key in ("type", "in") if len(own) > 1 else ():
        refused = [_refused_at(branch, key) for branch in own]
        allowed = [value for one in refused if one is not None for value in _allowed(one)]
        if refused[0] is not None and None not in refused:
            return _not_one_of(refused[0].instance, allowed, (*keys, key))
    return None


def _refused_at(branch: list[Error], key: str) -> Error | None:
    return next((one for one in branch if one.validator in ("enum", "const") and list(one.path) == [key]), None)


def _allowed(error: Error) -> list[Any]:
    return list(error.validator_value) if error.validator == "enum" else [error.validator_value]


def _wants_reference(branch: list[Error]) -> bool:
    return any("$ref" in _names(one.schema) for one in branch) or any(
        one.validator == "required" and "$ref" in one.validator_value for one in branch
    )


def _likelihood(errors: list[Error], is_reference: bool) -> tuple[bool, bool, bool, int, int]:
    other_type = any(one.validator == "type" and not one.path for one in errors)
    other_kind = any(one.validator in ("enum", "const") and list(one.path) in (["type"], ["in"]) for one in errors)
    deepest = max(_depth(one) for one in errors)
    return _wants_reference(errors) == is_reference, not other_type, not other_kind, deepest, -len(errors)


def _depth(error: Error) -> int:
    deepest, level = 0, [(error, 0)]
    while level:
        one, above = level.pop()
        depth = above + len(list(one.path))
        deepest = max(deepest, depth)
        level.extend((inner, depth) for inner in one.context or ())
    return deepest


def _names(schema: Any) -> dict[str, Any]:
    properties = schema.get("properties") if isinstance(schema, dict) else None
    return properties if isinstance(properties, dict) else {}


def _faults(error: Error, keys: Keys) -> Iterator[Fault]:
    if "propertyNames" in list(error.schema_path)[:-1] and isinstance(error.instance, str):
        name = error.instance
        yield Fault((*keys, name), "shape", f"the name {quoted(name)} is not allowed here{_form(error)}", "", True)
    elif error.validator is None:
        yield Fault(keys, "shape", "nothing is allowed here", "", True)
    else:
        yield from _KEYWORDS.get(error.validator, _other)(error, keys)


def _form(error: Error) -> str:
    if error.validator == "pattern":
        return f": it does not match {quoted(str(error.validator_value))}"
    return f": one of {_listed(error.validator_value)} is" if error.validator == "enum" else ""


def _required(error: Error, keys: Keys) -> Iterator[Fault]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else []
    for name in wanted:
        if keys[-1:] == ("responses",):
            yield Fault(keys, "missing", "there is no response", "", True, True)
        elif name not in error.instance and error.message.startswith(repr(name)):
            message = f"the required key {quoted(str(name))} is missing"
            yield Fault(keys, "missing", message, "", True, name=str(name))


def _unknown(error: Error, keys: Keys) -> Iterator[Fault]:
    known = _names(error.schema)
    for name in error.instance if isinstance(error.instance, dict) else ():
        if repr(name) not in error.message or (error.validator == "additionalProperties" and name in known):
            continue
        if name in known:
            yield Fault((*keys, name), "echo", f"the key {quoted(name)} does not fit here", "", True)
        else:
            hint = _unknown_hint(error, name, keys)
            what = "echo" if error.validator == "unevaluatedProperties" else "unknown"
            yield Fault((*keys, name), what, f"the key {quoted(name)} is not known here", hint, True)


def _unknown_hint(error: Error, name: str, keys: Keys) -> str:
    if "$ref" in error.instance:
        return "a reference stands for the whole object: nothing else counts beside `$ref`"
    if keys[-1:] == ("paths",):
        return "a path starts with `/`"
    return hint_for(name, (*_names(error.schema), *(METHODS if keys[-2:-1] == ("paths",) else ())))


def _type(error: Error, keys: Keys) -> Iterator[Fault]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    names = " or ".join(_TYPES.get(str(one), str(one)) for one in wanted)
    message = f"{_EXPECTED}{names}, not {_shown(error.instance)}"
    yield Fault(keys, "shape", message, _quote_hint(error, wanted), wanted=tuple(map(str, wanted)))


def _quote_hint(error: Error, wanted: list[Any]) -> str:
    is_plain = isinstance(error.instance, bool | int | float)
    return "quote it" if wanted == ["string"] and is_plain else ""


def _enum(error: Error, keys: Keys) -> Iterator[Fault]:
    yield _not_one_of(error.instance, error.validator_value, keys)


def _const(error: Error, keys: Keys) -> Iterator[Fault]:
    yield _not_one_of(error.instance, [error.validator_value], keys)


def _not_one_of(instance: Any, allowed: list[Any], keys: Keys) -> Fault:
    if len(allowed) == 1:
        return Fault(keys, "shape", f"expected {_shown(allowed[0])}, not {_shown(instance)}")
    known = [one for one in allowed if isinstance(one, str)]
    hint = hint_for(instance, known) if isinstance(instance, str) else ""
    return Fault(keys, "shape", f"{_shown(instance)} is not one of {_listed(allowed)}", hint)


def _pattern(error: Error, keys: Keys) -> Iterator[Fault]:
    form = quoted(str(error.validator_value))
    yield Fault(keys, "shape", f"{_shown(error.instance)} does not match {form}")


def _format(error: Error, keys: Keys) -> Iterator[Fault]:
    yield Fault(keys, "shape", f"{_shown(error.instance)} is not of the format {quoted(str(error.validator_value))}")


def _not(error: Error, keys: Keys) -> Iterator[Fault]:
    refused = error.validator_value
    if isinstance(refused, dict) and isinstance(refused.get("required"), list):
        names = " and ".join(quoted(str(one)) for one in refused["required"])
        way = list(error.schema_path)
        beside = quoted(str(way[way.index("dependentSchemas") + 1])) if "dependentSchemas" in way else ""
        if beside:
            yield Fault(keys, "shape", f"{names} is not allowed beside {beside}", "", True)
        else:
            yield Fault(keys, "shape", f"{names} exclude each other", "keep one of them", True)
    else:
        yield Fault(keys, "shape", f"{_shown(error.instance)} is not allowed here")


def _one_of(error: Error, keys: Keys) -> Iterator[Fault]:
    required = [one.get("required") if isinstance(one, dict) else None for one in error.validator_value]
    if isinstance(error.instance, dict) and all(isinstance(one, list) and len(one) == 1 for one in required):
        names = [quoted(str(one[0])) for one in required if one and one[0] in error.instance]
        yield Fault(keys, "shape", f"{' and '.join(names)} exclude each other", "keep one of them", True)
    else:
        message = f"{_shown(error.instance)} fits more than one of the alternatives"
        yield Fault(keys, "shape", message, "", False, True)


def _bound(error: Error, keys: Keys) -> Iterator[Fault]:
    phrase = _BOUNDS[str(error.validator)].format(error.validator_value)
    yield Fault(keys, "shape", f"{_shown(error.instance)} {phrase}", "", False, error.validator == "uniqueItems")


def _other(error: Error, keys: Keys) -> Iterator[Fault]:
    shown = repr(error.instance)
    message = error.message.replace(shown, _shown(error.instance)) if len(shown) > 1 else error.message
    yield Fault(keys, "shape", message if len(message) <= 160 else f"{_shown(error.instance)} is not allowed here")


def _shown(value: Any) -> str:
    match value:
        case dict():
            return "a mapping"
        case list():
            return "an empty list" if not value else "a list"
        case str():
            if not value:
                return "an empty text"
            is_plain = len(value) > 20 or isinstance(parse_plain(value), str)
            return quoted(value, 40) if is_plain else f'`"{value}"`'
        case True | False | None:
            return {True: "`true`", False: "`false`", None: "`null`"}[value]
        case _:
            return quoted(str(value), 40)


def _listed(values: Any) -> str:
    shown = [_shown(one) for one in values]
    return ", ".join(shown[:12]) + (", …" if len(shown) > 12 else "")


_BOUNDS: Final = {
    "minimum": "is less than {}",
    "maximum": "is more than {}",
    "exclusiveMinimum": "is not more than {}",
    "exclusiveMaximum": "is not less than {}",
    "multipleOf": "is not a multiple of {}",
    "minLength": "is shorter than {}",
    "maxLength": "is longer than {}",
    "minItems": "has fewer elements than {}",
    "maxItems": "has more elements than {}",
    "minProperties": "has fewer keys than {}",
    "maxProperties": "has more keys than {}",
    "uniqueItems": "holds an element twice",
}
_KEYWORDS: Final[dict[str, Callable[[Error, Keys], Iterator[Fault]]]] = {
    "required": _required,
    "additionalProperties": _unknown,
    "unevaluatedProperties": _unknown,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "format": _format,
    "not": _not,
    "oneOf": _one_of,
    **dict.fromkeys(_BOUNDS, _bound),
}
