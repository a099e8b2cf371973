"""Whether a text fits a pattern of a document (ECMA-262), in a number of steps that is bounded whatever the two are.

Python's `re` tries one way after the other, and `^(a+)+$` has more of them than anybody has time for. Here all ways are
gone at once: what is remembered is the set of places in the text that they have come to. `re` only reads the pattern.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS: Final = 20_000
_STEPS_A_CHARACTER: Final = 50
_MOST_FOR_RE: Final = 1_000
"""Characters and repetitions with which `re` is trusted where all else that a pattern does is done one way alone."""
_KINDS: Final[dict[str, Callable[[str], bool]]] = {
    "DIGIT": lambda sign: "0" <= sign <= "9",
    "WORD": lambda sign: sign == "_" or (sign.isascii() and sign.isalnum()),
    "SPACE": lambda sign: sign.isspace() or sign == "\ufeff",
}


class _UnknownError(Exception):
    """The pattern says something that is not known here."""


class _TooMuchError(Exception):
    """The answer takes more steps than any honest one."""


def fits(pattern: str, text: str) -> bool | None:
    """Tell whether something in a text fits a pattern; `None` where that cannot be told.

    Not known are patterns that Python does not read, back references and looking behind where they could be tried in
    many ways, and what takes more steps than the length of the text allows.
    """
    tree = _read(pattern)
    if tree is None:
        return None
    try:
        return bool(_Walk(text).ends(tree, set(range(len(text) + 1))))
    except (RecursionError, _TooMuchError):
        return None
    except _UnknownError:
        if len(text) > _MOST_FOR_RE or not _goes_one_way(tree):
            return None
        return re.search(pattern, text) is not None


def is_soon_done(pattern: str) -> bool:
    """Tell whether `re` comes to an end soon with a pattern, whatever the text."""
    tree = _read(pattern)
    return tree is not None and _goes_one_way(tree)


@lru_cache(maxsize=1_024)
def _read(pattern: str) -> Any:
    """The tree of a pattern, as `re` reads it; `None` where it does not, or where flags change what it means."""
    try:
        tree = import_module("re._parser").parse(pattern)
    except (re.error, RecursionError, OverflowError):
        return None
    return tree if tree.state.flags == re.UNICODE else None


def _goes_one_way(tree: Any) -> bool:
    """Whether no more than one part of a pattern may be tried in several ways, and that not too often."""
    found, waiting = [], [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple) and one and str(one[0]) in ("MAX_REPEAT", "MIN_REPEAT", "BRANCH"):
            found.append(one)
        if isinstance(one, tuple | list | type(tree)):
            waiting += one
    counts = [count for op, argument in found if str(op) != "BRANCH" for count in argument[:2]]
    return len(found) < 2 and all(count <= _MOST_FOR_RE or str(count) == "MAXREPEAT" for count in counts)


class _Walk:
    """Goes through one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = _STEPS + _STEPS_A_CHARACTER * len(text)

    def ends(self, tree: Any, places: set[int]) -> set[int]:
        """Where a part of a pattern may end that begins at one of some places."""
        self._pay(1)
        for op, argument in tree:
            self._pay(len(places))
            places = self._after(str(op), argument, places)
            if not places:
                break
        return places

    def _pay(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise _TooMuchError

    def _after(self, op: str, argument: Any, places: set[int]) -> set[int]:
        match op:
            case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN":
                held = [at for at in places if at < len(self._text)]
                return {at + 1 for at in held if _is_one(op, argument, self._text[at])}
            case "BRANCH":
                return set().union(*(self.ends(one, places) for one in argument[1]))
            case "SUBPATTERN" if not argument[1] and not argument[2]:
                return self.ends(argument[3], places)
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, tree = argument
                return self._repeated((int(least), int(most)), tree, places)
            case "AT":
                return {at for at in places if self._is_at(str(argument), at)}
            case "ASSERT" | "ASSERT_NOT" if argument[0] > 0:
                return {at for at in places if bool(self.ends(argument[1], {at})) == (op == "ASSERT")}
        raise _UnknownError

    def _repeated(self, counts: tuple[int, int], tree: Any, places: set[int]) -> set[int]:
        least, most = counts
        for _ in range(least):
            places = self.ends(tree, places)
            if not places:
                return places
        found = set(places)
        for _ in range(most - least):
            places = self.ends(tree, places) - found
            if not places:
                break
            found |= places
        return found

    def _is_at(self, what: str, at: int) -> bool:
        match what:
            case "AT_BEGINNING" | "AT_BEGINNING_STRING":
                return at == 0
            case "AT_END" | "AT_END_STRING":
                return at == len(self._text)
            case "AT_BOUNDARY" | "AT_NON_BOUNDARY":
                before, after = self._text[max(at - 1, 0) : at], self._text[at : at + 1]
                is_between = any(map(_KINDS["WORD"], before)) != any(map(_KINDS["WORD"], after))
                return is_between == (what == "AT_BOUNDARY")
        raise _UnknownError


def _is_one(op: str, argument: Any, sign: str) -> bool:
    """Whether a single character is what a part of a pattern asks for."""
    match op:
        case "ANY":
            return sign not in "\n\r\u2028\u2029"
        case "LITERAL":
            return bool(ord(sign) == argument)
        case "NOT_LITERAL":
            return bool(ord(sign) != argument)
        case "RANGE":
            return bool(argument[0] <= ord(sign) <= argument[1])
        case "CATEGORY":
            return _is_of(str(argument).removeprefix("CATEGORY_"), sign)
        case "IN":
            is_negated: bool = str(argument[0][0]) == "NEGATE"
            return any(_is_one(str(kind), one, sign) for kind, one in argument[is_negated:]) != is_negated
    raise _UnknownError


def _is_of(category: str, sign: str) -> bool:
    return _KINDS[category.removeprefix("NOT_")](sign) != category.startswith("NOT_")
