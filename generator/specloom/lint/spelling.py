"""The rule about enumerated values that look like misspellings of each other."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from specloom.document.grammar import Kind
from specloom.lint.provenance import departed, departures
from specloom.lint.rule import WARNING, Finding, rule, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.document.document import Node
    from specloom.lint.rule import Rule
    from specloom.lint.survey import Survey

_SHORTEST: Final = 6
_SHORTEST_FOR_INNER: Final = 9
_LONGEST: Final = 64


@rule(
    "SL536",
    "misspelt-enum-value",
    WARNING,
    summary="Two enumerated values of a document look like one, misspelt",
    why="A status that one list spells `PARTIAL_SUCCES` and another `PARTIAL_SUCCESS` is compared in vain. What is "
    "looked for: a letter doubled or not, two letters swapped, one letter missing inside a long word. Spellings that "
    "stand in one enumeration together are left alone.",
    bad="enum: [SUCCESS, PARTIAL_SUCCES]   # elsewhere: PARTIAL_SUCCESS",
    good="enum: [SUCCESS, PARTIAL_SUCCESS]",
    hint="spell it as elsewhere; if the service does use both, add a departure that points here and names it",
)
def misspelt_enum_value(survey: Survey) -> Iterator[Finding]:
    """Compare all enumerated texts of each document by what is left of them without one letter.

    An enumeration that lists both spellings does so by intent.
    """
    recorded = _recorded(survey)
    values: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for schema in survey.of(Kind.SCHEMA):
        enum = schema.get("enum")
        for value in enum.elements() if enum else ():
            if isinstance(value.value, str) and _SHORTEST <= len(value.value) <= _LONGEST:
                values[value.document.entry][value.value].append(value)
    for known in values.values():
        for rare, common in _pairs(known):
            beside = {_enum_of(value) for value in known[common]}
            for value in known[rare]:
                if _enum_of(value) not in beside and not _is_recorded(value, recorded):
                    first = known[common][0].location
                    yield Finding(
                        value.location, f"{shown(rare)} and {shown(common)} at {first} look like one value, misspelt"
                    )


def _enum_of(value: Node) -> tuple[str, str]:
    return value.source.name, value.pointer.rpartition("/")[0]


def _pairs(known: dict[str, list[Node]]) -> Iterator[tuple[str, str]]:
    """List pairs of values that look like one; the rarer one, else the later one, comes first."""
    order = {word: index for index, word in enumerate(known)}
    keys: dict[str, list[str]] = defaultdict(list)
    for word in known:
        for key in {word[:index] + word[index + 1 :] for index in range(len(word))}:
            keys[key].append(word)
    done: set[tuple[str, str]] = set()
    for key, group in keys.items():
        # Where many words share a key they differ in one letter by intent, as in a numbered series.
        words = [*group, key] if key in known else group
        for one, two in _each_two(words) if len(words) <= _SHORTEST else ():
            rare, common = sorted((one, two), key=lambda word: (len(known[word]), -order[word]))
            if (rare, common) not in done and _alike(one, two):
                done.add((rare, common))
                yield rare, common


def _each_two(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for index, one in enumerate(words):
        for two in words[:index]:
            yield one, two


def _alike(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    start = next((index for index, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    word = _word_around(long, start)
    if len(short) == len(long):
        swapped = short[:start] + short[start + 1 : start + 2] + short[start : start + 1] + short[start + 2 :]
        return swapped == long and len(word) >= _SHORTEST
    if len(long) != len(short) + 1 or len(set(word)) < 2:
        return False
    if start > 0 and long[start - 1] == long[start]:
        return len(word) >= _SHORTEST
    return 0 < start < len(short) and len(word) >= _SHORTEST_FOR_INNER and short[start - 1 : start + 1].isalpha()


def _word_around(text: str, index: int) -> str:
    """Cut the run of letters around an index out of a text; empty where no letter is there."""
    start = end = index
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end] if text[index : index + 1].isalpha() else ""


def _recorded(survey: Survey) -> dict[tuple[str, str], list[str]]:
    """List what departures say of the document, by the place that they point at."""
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for departure in departures(survey):
        place = departed(departure)
        if place is not None:
            said[place.source.name, place.pointer].append(str(departure.value.get("spec")))
    return said


def _is_recorded(value: Node, recorded: dict[tuple[str, str], list[str]]) -> bool:
    """Tell whether a departure points at a value, or at its enumeration or schema with the value in its `spec`."""
    pointer, name = value.pointer, value.source.name
    enum = pointer.rpartition("/")[0]
    if (name, pointer) in recorded:
        return True
    word = re.compile(rf"(?<!\w){re.escape(value.value)}(?!\w)")
    places = ((name, enum), (name, enum.rpartition("/")[0]))
    return any(word.search(spec) for place in places for spec in recorded.get(place, ()))


RULES: Final[tuple[Rule, ...]] = (misspelt_enum_value,)
