"""Keywords of JSON Schema that hold patterns, for the validators: as theirs, but that each comparison ends.

Where it cannot be told whether a text fits, it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from specloom.document.patterns import fits

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDITIONAL: Final = Draft202012Validator.VALIDATORS["additionalProperties"]


def says_nothing(validator: Any, held: object, value: object, around: object) -> Iterator[ValidationError]:
    """Take the place of a keyword that is left out."""
    del validator, held, value, around
    yield from ()


def _pattern(validator: Any, pattern: str, value: object, around: object) -> Iterator[ValidationError]:
    del validator, around
    if isinstance(value, str) and fits(pattern, value) is False:
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _pattern_properties(
    validator: Any, patterns: dict[str, Any], value: object, around: Any
) -> Iterator[ValidationError]:
    del around
    if not isinstance(value, dict):
        return
    for pattern, schema in patterns.items():
        for key, held in value.items():
            if fits(pattern, key):
                yield from validator.descend(held, schema, path=key, schema_path=pattern)


def _additional(validator: Any, additional: Any, value: object, around: dict[str, Any]) -> Iterator[ValidationError]:
    """Judge what is left, by the keyword of the library."""
    patterns = around.get("patternProperties", {})
    if isinstance(value, dict) and patterns:
        value = {key: one for key, one in value.items() if all(fits(each, key) is False for each in patterns)}
        around = {key: one for key, one in around.items() if key != "patternProperties"}
    yield from _ADDITIONAL(validator, additional, value, around)


PATTERNED: Final = {
    "pattern": _pattern,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
}
"""What stands in the place of the library's own."""
