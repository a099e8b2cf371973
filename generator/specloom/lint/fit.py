"""Whether an example fits its schema; the one module that knows an implementation of JSON Schema.

Formats count only where they are simple (dates, times, UUIDs, integers of a size) and are told apart from the rest.
JSON in a string is read and compared with its `contentSchema`, however many levels deep.
"""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from specloom.document.patterns import is_soon_done
from specloom.document.validate.accept import Judge
from specloom.document.validate.followed import ending
from specloom.document.validate.patterned import PATTERNED, says_nothing
from specloom.lint.dialect import Direction, Translator
from specloom.lint.rule import shown
from specloom.lint.schemas import json_type
from specloom.model.numbers import is_multiple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from specloom.document.document import Node

_MOST_MISFITS: Final = 10
_MOST_STEPS: Final = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """One way in which a value does not fit.

    Args:
        path: Steps from the value to the part at fault; they go on into JSON that a string holds.
        message: What is wrong with that part, as the end of a sentence that it begins.
        keyword: The keyword that is broken; empty where the comparison could not be finished.
    """

    path: tuple[str | int, ...]
    message: str
    keyword: str


class Fit:
    """Compares values with schemas that were named in advance.

    Args:
        schemas: Each schema that values will be compared with, and the direction of those values.
    """

    def __init__(self, schemas: Iterable[tuple[Node, Direction]]) -> None:
        translator = Translator()
        for schema, direction in schemas:
            translator.address(schema, direction)
        self._address = translator.address
        self._steps = 0
        self._schemas = translator.made
        self._judge = Judge(translator.made, _has_format, _MOST_STEPS)

    def misfits(self, value: object, schema: Node, direction: Direction) -> tuple[Misfit, ...]:
        """Compare a value with a schema; the first ten faults are enough."""
        address = self._address(schema, direction)
        if self._judge.accepts(address, value):
            return ()
        self._steps = 0
        validator = self._validator.evolve(schema={"$ref": address})
        try:
            found = {_misfit(error) for error in validator.iter_errors(value)}
        except (RecursionError, _TooMuch):
            return (Misfit(path=(), message="cannot be compared: its schema nests without an end", keyword=""),)
        mistyped = {one.path for one in found if one.keyword == "type"}
        told = (one for one in found if one.keyword == "type" or one.path not in mistyped)
        return tuple(sorted(told, key=_order)[:_MOST_MISFITS])

    @cached_property
    def _validator(self) -> Any:
        """Says what is wrong with a value; it takes some fifty times as long as the judge that says whether."""
        made = ((address, DRAFT202012.create_resource(one)) for address, one in self._schemas.items())
        registry: Registry[Any] = Registry().with_resources(made).crawl()
        keywords = {
            "$ref": ending(self._follow),
            "contentSchema": _contents,
            "multipleOf": _multiple,
            "format": _format,
        }
        keywords |= PATTERNED
        if not all(map(is_soon_done, _keys(self._schemas, "patternProperties"))) or any(
            _keys(self._schemas, "dependentSchemas")
        ):
            keywords["unevaluatedProperties"] = says_nothing  # whose own search for these might not end
        make: Any = extend
        return make(Draft202012Validator, keywords)({}, registry=registry)

    def _follow(self, validator: Any, address: str, value: object, around: Any) -> Iterator[ValidationError]:
        """Follow a reference, and give up where references multiply without measure."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise _TooMuch
        found: Iterator[ValidationError] = _REFERENCE(validator, address, value, around)
        return found


class _TooMuch(Exception):
    """A comparison takes more steps than any honest one."""


def _keys(schemas: object, keyword: str) -> Iterator[str]:
    """All keys of a keyword that holds schemas by keys."""
    waiting = [schemas]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
            yield from one.get(keyword, ()) if isinstance(one.get(keyword), dict) else ()
        elif isinstance(one, list):
            waiting += one


def _order(misfit: Misfit) -> tuple[tuple[tuple[bool, str | int], ...], str]:
    return tuple((isinstance(step, str), step) for step in misfit.path), misfit.message


def _misfit(error: ValidationError) -> Misfit:
    deepest = best_match(iter([error])) or error
    return Misfit(path=tuple(deepest.absolute_path), message=_say(deepest), keyword=str(deepest.validator))


def _say(error: ValidationError) -> str:
    expected: Any = error.validator_value
    value: Any = error.instance
    match str(error.validator):
        case "type":
            return f"is of the type {json_type(value)}, not {' or '.join(expected)}"
        case "enum":
            return f"is {_json(value)}, which is not among the enumerated values"
        case "const":
            return f"is {_json(value)}, not {_json(expected)}"
        case "required":
            missing = [name for name in expected if name not in value]
            more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
            return f"lacks {', '.join(map(shown, missing[:5]))}{more}"
        case "anyOf" | "oneOf" as keyword:
            fits = "fits more than one schema" if "more than one" in error.message or "each of" in error.message else ""
            return f"{fits or 'fits none of the schemas'} of `{keyword}`"
        case "minLength" | "maxLength" | "pattern" | "minimum" | "maximum" | "multipleOf" as keyword:
            return f"is {_json(value)}, and `{keyword}` is {_json(expected)}"
        case "exclusiveMinimum" | "exclusiveMaximum" | "minItems" | "maxItems" | "minProperties" as keyword:
            return f"breaks `{keyword}`, which is {_json(expected)}"
        case "format" | "contentSchema":
            return str(error.message)
        case "None":
            return "is not allowed at all"
        case keyword:
            return f"breaks `{keyword}`: {_cut(error.message)}"


def _json(value: object) -> str:
    return shown(json.dumps(value, ensure_ascii=False))


def _cut(text: str, limit: int = 120) -> str:
    return f"…{text[-limit:]}" if len(text) > limit else text


# -- keywords ---------------------------------------------------------------------------------------------------------

_REFERENCE: Final = Draft202012Validator.VALIDATORS["$ref"]
_DATE_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _contents(validator: Any, schema: object, value: object, around: dict[str, Any]) -> Iterator[ValidationError]:
    """Compare the JSON that a string holds; other media types and encoded texts are not looked into."""
    media_type = str(around.get("contentMediaType", "")).partition(";")[0].strip().lower()
    if not isinstance(value, str) or around.get("contentEncoding") or not is_json(media_type):
        return
    try:
        inner = parse_json(value)
    except ValueError as error:
        yield ValidationError(f"holds text that is not JSON: {error}")
        return
    yield from validator.descend(inner, schema)


def _multiple(validator: Any, unit: int | float, value: object, around: object) -> Iterator[ValidationError]:
    """Compare by the digits that are written: in binary, 1.1 is no multiple of 0.1."""
    del validator, around
    if isinstance(value, int | float) and not isinstance(value, bool) and not is_multiple(value, unit):
        yield ValidationError(f"{value} is not a multiple of {unit}")


def _format(validator: Any, name: str, value: object, around: object) -> Iterator[ValidationError]:
    del validator, around
    if not _has_format(value, name):
        yield ValidationError(f"is {_json(value)}, which has not the format `{name}`")


def _has_format(value: object, name: str) -> bool:
    check = _FORMATS.get(name)
    return check is None or check(value)


def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return len(value) == 10 and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def _is_date_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return _DATE_TIME.fullmatch(value) is not None and _is_date(value[:10]) and value[11:13] < "24"


def _is_uuid(value: object) -> bool:
    return not isinstance(value, str) or _UUID.fullmatch(value) is not None


def _is_sized(bits: int) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        return not isinstance(value, int) or isinstance(value, bool) or -(2 ** (bits - 1)) <= value < 2 ** (bits - 1)

    return check


_FORMATS: Final[dict[str, Callable[[object], bool]]] = {
    "date": _is_date,
    "date-time": _is_date_time,
    "uuid": _is_uuid,
    "int32": _is_sized(32),
    "int64": _is_sized(64),
}


def is_json(media_type: str) -> bool:
    """Tell whether a media type, in lower case and without parameters, means JSON."""
    return media_type in ("application/json", "text/json") or media_type.endswith("+json")


def parse_json(text: str) -> Any:
    """Parse JSON, and nothing beyond it.

    Raises:
        ValueError: It is not JSON, or too deep.
    """
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("it nests too deeply") from None


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
