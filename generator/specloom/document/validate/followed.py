"""References of JSON Schema, for the validators: as theirs, but that none is followed without an end.

A schema that asks itself about the same value would be followed until Python's stack is used up. What the library
looks references up in is not written in Python, and may end the whole process there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonschema.validators import extend

from specloom.document.validate.patterned import PATTERNED, says_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonschema.exceptions import ValidationError

    Keyword = Callable[[Any, str, object, Any], Iterator[ValidationError]]

_ROOM = 60
"""Calls that must be left for a reference to be looked up."""


def ending(follow: Keyword) -> Keyword:
    """A keyword that follows references as another does, unless they lead in a circle or too deep.

    Raises:
        RecursionError: A reference is followed for a value while it is being followed for that value, or no room is
            left on the stack.
    """
    underway: set[tuple[int, int]] = set()

    def followed(validator: Any, address: str, value: object, around: Any) -> Iterator[ValidationError]:
        place = (id(around), id(value))
        if place in underway:
            raise RecursionError("a schema asks itself about the same value")
        _go_down(_ROOM)
        underway.add(place)
        try:
            yield from follow(validator, address, value, around)
        finally:
            underway.discard(place)

    return followed


def bounded(validator_class: Any) -> Any:
    """A class of validators without whatever follows references, or searches by itself, and perhaps without end."""
    known = validator_class.VALIDATORS
    own = {keyword: ending(known[keyword]) for keyword in ("$ref", "$dynamicRef") if keyword in known}
    make: Any = extend
    return make(validator_class, {**own, **PATTERNED, "unevaluatedProperties": says_nothing})


def _go_down(levels: int) -> None:
    if levels:
        _go_down(levels - 1)
