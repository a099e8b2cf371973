"""Which module each model stands in, and how a package finds it again.

The models of a resource share a module, and so do those of several resources, while that is a module that people can
read. What is larger becomes a folder: a module for each schema of the document, with all that stands within it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.python import names
from specloom.python.naming import SHARED
from specloom.words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LINES = 3_000
"""Most lines of an emitted module; only one class alone may have more."""

SMALL = 500
"""Most lines of a module beside which the shared models are a folder: it must not bring along too many of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized:
    """A model that waits for its place.

    Args:
        schema: Name of its schema: that of the schema that it stands within and its own place there, joined by dots.
        lines: Lines that it takes.
        apart: Whether it needs a module without others, for other modules need it while they are imported.
    """

    schema: str
    lines: int
    apart: bool = False


def place(groups: Mapping[str, Sequence[Sized]]) -> dict[str, str]:
    """Find the module of every schema: `jobs`, or `jobs.job` where the models of a group are a folder."""
    found: dict[str, str] = {}
    shared = _lines(groups.get(SHARED, ())) > LINES
    for group, members in groups.items():
        if _lines(members) > (SMALL if shared else LINES):
            within = _split(members)
            modules = names.distinct(within.values(), names.module_name)
            found |= {schema: f"{group}.{modules[within[schema]]}" for schema in within}
        else:
            found |= dict.fromkeys((one.schema for one in members), group)
    return found


def _lines(members: Iterable[Sized]) -> int:
    return sum(one.lines for one in members)


def _split(members: Sequence[Sized]) -> dict[str, str]:
    """The place of every schema, as the beginning of the name that all in its module have."""
    alone = {one.schema: one.schema for one in members if one.apart}
    return alone | _split_at([one for one in members if not one.apart], 0)


def _split_at(members: Sequence[Sized], depth: int) -> dict[str, str]:
    branches: dict[str, list[Sized]] = {}
    for one in members:
        branches.setdefault(".".join(one.schema.split(".")[: depth + 1]), []).append(one)
    found: dict[str, str] = {}
    for beginning, branch in branches.items():
        own = [one.schema for one in branch if one.schema == beginning]
        if _lines(branch) <= LINES or len(own) == len(branch):
            found |= dict.fromkeys((one.schema for one in branch), beginning)
        else:
            found |= dict.fromkeys(own, beginning)
            found |= _split_at([one for one in branch if one.schema != beginning], depth + 1)
    return found


def beginnings(homes: Mapping[str, str]) -> dict[str, str]:
    """List where classes are by the beginnings of their names: that of a class is the longest that its name has.

    A beginning ends with a word. It is listed where all classes that begin so are in one place, and the whole name of
    a class where another place has one that begins with it.
    """
    listed = sorted(homes)
    ends = [0] * len(listed)
    for index in reversed(range(len(listed))):
        following = index + 1
        alike = following < len(listed) and homes[listed[following]] == homes[listed[index]]
        ends[index] = ends[following] if alike else following
    found: dict[str, str] = {}
    index = 0
    while index < len(listed):
        name, end = listed[index], index + 1
        found_at = name
        for beginning in _beginnings_of(name):
            reach = bisect_left(listed, f"{beginning}\U0010ffff")
            if bisect_left(listed, beginning) == index and reach <= ends[index]:
                found_at, end = beginning, reach
                break
        found[found_at] = homes[name]
        index = end
    return found


def _beginnings_of(name: str) -> Iterable[str]:
    """The name up to the end of each of its words."""
    length = 0
    for word in split_words(name):
        length = name.index(word, length) + len(word)
        yield name[:length]
    yield name


def look_up(listed: Mapping[str, str], name: str) -> str:
    """The place of a class by `beginnings`, as emitted packages find it; empty where there is none."""
    return next((listed[name[:end]] for end in range(len(name), 0, -1) if name[:end] in listed), "")
