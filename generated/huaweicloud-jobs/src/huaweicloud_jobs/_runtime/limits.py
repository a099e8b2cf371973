"""What a call gives, held to what the document says of it before anything is sent.

Messages name the place, what is taken and what was given; a sensitive value is told by its kind alone. What a type is
made of is worked out once for each text that names one.
"""

from __future__ import annotations

import datetime
import enum
import math
import uuid
from collections.abc import Hashable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from .text import MOST_DIGITS, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sized

    from .operation import Limits, Parameter

_SHOWN = 80
_LISTED_SHOWN = 20
_LISTS = (list, tuple, set, frozenset)
_NUMBERS = (int, float, Decimal)
_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "str": ((str,), "text"),
    "int": ((int,), "an integer"),
    "float": (_NUMBERS, "a number"),
    "bool": ((bool,), "True or False"),
    "datetime": ((datetime.datetime,), "a datetime"),
    "date": ((datetime.date,), "a date"),
    "UUID": ((uuid.UUID,), "a UUID"),
    "list": (_LISTS, "a list"),
    "dict": ((Mapping,), "a mapping"),
}
_KEPT = 4096
_listed: dict[int, tuple[Limits, frozenset[object]]] = {}
"""Listed values by the identity of their declaration, which is kept beside them so that the identity stays its own."""
_shortcuts: dict[int, _Shortcut] = {}
"""What lets most values of a parameter pass at once, likewise."""


class _Kind:
    """One kind of value: its name, and what its items or members are, empty for anything."""

    __slots__ = ("inner", "name", "types")

    def __init__(self, text: str) -> None:
        self.name, _, rest = text.partition("[")
        self.inner = rest.removesuffix("]").removeprefix("str, " if self.name == "dict" else "")
        self.types = _KINDS[self.name][0]

    def fits(self, value: object) -> bool:
        if isinstance(value, bool) and self.name != "bool":
            return False
        if self.name == "date" and isinstance(value, datetime.datetime):
            return False
        return isinstance(value, self.types) or (self.name == "dict" and hasattr(value, "to_dict"))

    def items(self, value: Any) -> Iterator[tuple[object, object]]:
        if self.name == "list":
            yield from enumerate(value)
        elif self.name == "dict" and isinstance(value, Mapping):
            yield from value.items()

    @property
    def words(self) -> str:
        return f"a list, each {words(self.inner)}" if self.name == "list" and self.inner else _KINDS[self.name][1]


@lru_cache(maxsize=1024)
def kinds(takes: str) -> tuple[_Kind, ...]:
    """The kinds of value that `Parameter.takes` names."""
    found: list[str] = []
    depth = start = 0
    for index, sign in enumerate(takes):
        depth += (sign == "[") - (sign == "]")
        if sign == "|" and not depth:
            found.append(takes[start:index].strip())
            start = index + 1
    return tuple(_Kind(text) for text in (*found, takes[start:].strip()) if text)


@lru_cache(maxsize=1024)
def _exact(takes: str) -> frozenset[type[object]]:
    """Types of single values that need no further look at their kind."""
    return frozenset(one for kind in kinds(takes) if kind.name not in ("list", "dict") for one in kind.types)


def passes(parameter: Parameter, value: object) -> bool:
    """Whether a value is as documented, told at once; where this is false, `faults` says whether it is."""
    if not parameter.takes and parameter.limits is None:
        return True
    shortcut = _shortcuts.get(id(parameter)) or _make_shortcut(parameter)
    if type(value) not in shortcut.types:
        return False
    if shortcut.listed is not None:
        return value in shortcut.listed
    return shortcut.free or (type(value) is int and shortcut.least <= value <= shortcut.most)


class _Shortcut:
    """Types that need no further look, with the listed values or the span of integers among them.

    Args:
        parameter: Kept, so that its identity stays its own.
    """

    __slots__ = ("free", "least", "listed", "most", "parameter", "types")

    def __init__(self, parameter: Parameter) -> None:
        limits = parameter.limits
        self.parameter = parameter
        self.free = limits is None
        self.types = _exact(parameter.takes)
        self.listed: frozenset[object] | None = None
        self.least, self.most = -math.inf, math.inf
        if limits is None:
            return
        if limits.listed is not None:
            self.listed = _values(limits)
        self.least = self.least if limits.minimum is None else limits.minimum
        self.most = self.most if limits.maximum is None else limits.maximum
        others = (limits.exclusive_minimum, limits.exclusive_maximum, limits.multiple_of)
        if any(one is not None for one in (*others, limits.min_length, limits.max_length, limits.items)):
            self.types = frozenset[type[object]]()


def _make_shortcut(parameter: Parameter) -> _Shortcut:
    if len(_shortcuts) >= _KEPT:
        _shortcuts.clear()
    made = _shortcuts[id(parameter)] = _Shortcut(parameter)
    return made


def words(takes: str) -> str:
    """What a caller may give."""
    return " or ".join(dict.fromkeys(kind.words for kind in kinds(takes)))


def faults(
    takes: str, limits: Limits | None, value: object, place: str, sensitive: bool = False
) -> Iterator[tuple[str, str]]:
    """Where a value departs from what is documented, and how.

    Args:
        takes: As in `Parameter`; empty for anything.
        place: Where the value stands, for messages.
        sensitive: Whether messages must not show it.
    """
    if isinstance(value, enum.Enum):
        value = value.value
    if type(value) not in _exact(takes):
        fitting = [kind for kind in kinds(takes or "list | dict") if kind.fits(value)]
        if takes and not fitting:
            yield place, f"it takes {words(takes)}, not {told(value, sensitive)}"
            return
        inner = None if limits is None else limits.items
        for kind in fitting[:1]:
            for key, item in kind.items(value) if kind.inner or inner is not None else ():
                yield from faults(kind.inner, inner, item, f"{place}/{key}", sensitive)
    if limits is not None:
        for message in _departures(limits, value):
            yield place, f"{message}, not {told(value, sensitive)}"


def _departures(limits: Limits, value: object) -> Iterator[str]:
    if isinstance(value, (bool, str, *_NUMBERS)) and limits.listed is not None and value not in _values(limits):
        yield f"it takes one of {_shown(limits)}"
    number = _number(value)
    if number is not None:
        yield from _of_number(limits, number)
    if isinstance(value, (str, *_LISTS, Mapping)):
        size = len(cast("Sized", value))
        unit = "character" if isinstance(value, str) else "member" if isinstance(value, Mapping) else "item"
        if limits.min_length is not None and size < limits.min_length:
            yield f"it takes at least {_counted(limits.min_length, unit)}"
        if limits.max_length is not None and size > limits.max_length:
            yield f"it takes at most {_counted(limits.max_length, unit)}"
    if limits.unique and isinstance(value, (list, tuple)) and _repeats(cast("Iterable[object]", value)):
        yield "it takes no item twice"


def _repeats(items: Iterable[object]) -> bool:
    """Whether two items are one JSON value."""
    try:
        found = [_identity(item) for item in items]
    except RecursionError:  # It cannot be sent, which is said elsewhere.
        return False
    return len(set(found)) < len(found)


def _identity(value: Any) -> Hashable:
    """What is equal for values that are equal as JSON: `1` and `1.0` are, `1` and `true` are not."""
    if isinstance(value, enum.Enum):
        value = value.value
    to_dict = getattr(value, "to_dict", None)
    given = value if to_dict is None else to_dict()
    if isinstance(given, Mapping):
        members = cast("Mapping[object, object]", given)
        return Mapping, frozenset((str(name), _identity(one)) for name, one in members.items())
    if isinstance(given, _LISTS):
        return list, tuple(_identity(one) for one in cast("Iterable[object]", given))
    if isinstance(given, bool):
        return bool, given
    return given if isinstance(given, Hashable) else id(given)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _number(value: object) -> int | float | Decimal | None:
    """A number, also where it is given as text, for parameters that take both."""
    if isinstance(value, str):
        try:
            found = Decimal(value)
        except ArithmeticError:
            return None
        return found if found.is_finite() else None
    return value if isinstance(value, _NUMBERS) and not isinstance(value, bool) else None


def _of_number(limits: Limits, value: int | float | Decimal) -> Iterator[str]:
    if limits.minimum is not None and value < limits.minimum:
        yield f"it takes {limits.minimum} or more"
    if limits.maximum is not None and value > limits.maximum:
        yield f"it takes {limits.maximum} or less"
    if limits.exclusive_minimum is not None and value <= limits.exclusive_minimum:
        yield f"it takes more than {limits.exclusive_minimum}"
    if limits.exclusive_maximum is not None and value >= limits.exclusive_maximum:
        yield f"it takes less than {limits.exclusive_maximum}"
    if limits.multiple_of and not _is_multiple(value, limits.multiple_of):
        yield f"it takes multiples of {limits.multiple_of}"


def _is_multiple(value: int | float | Decimal, step: float) -> bool:
    """By the digits that are written: 0.3 is three times 0.1."""
    if isinstance(value, int) and isinstance(step, int):
        return value % step == 0
    from fractions import Fraction

    if isinstance(value, float) and not math.isfinite(value):
        return False
    exact = value if isinstance(value, int) else Decimal(str(value))
    if isinstance(exact, Decimal) and (not exact.is_finite() or abs(exact.adjusted()) > MOST_DIGITS):
        return False
    return Fraction(exact) % Fraction(str(step)) == 0


def _values(limits: Limits) -> frozenset[object]:
    known = _listed.get(id(limits))
    if known is None:
        if len(_listed) >= _KEPT:
            _listed.clear()
        listed = () if limits.listed is None else limits.listed()
        known = _listed[id(limits)] = limits, frozenset(getattr(one, "value", one) for one in listed)
    return known[1]


def _shown(limits: Limits) -> str:
    listed = [repr(getattr(one, "value", one)) for one in (limits.listed or tuple)()]
    more = f" and {len(listed) - _LISTED_SHOWN} more" if len(listed) > _LISTED_SHOWN else ""
    return ", ".join(listed[:_LISTED_SHOWN]) + more


def told(value: object, sensitive: bool = False) -> str:
    """What was given, in words that fit a message."""
    if value is None or (isinstance(value, (bool, int, float, str)) and not sensitive):
        text = shown(value)
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    if isinstance(value, (str, *_LISTS, Mapping)):
        kind = type(cast("object", value)).__name__
        return f"a {kind}" if sensitive else f"a {kind} of length {len(cast('Sized', value))}"
    return f"a value of type {type(value).__name__}"
