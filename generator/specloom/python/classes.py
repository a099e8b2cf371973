"""The classes of schemas: what the document names itself goes first, then what stands within it and is named by that.

A name of more than 60 characters is shortened, by what it says twice, then by what only says that there are several,
then by words in its middle; each takes the first that no other could have, so that no name depends on order.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from specloom.model import EnumSchema
from specloom.python import names
from specloom.words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from specloom.model import NamedSchema

LONG = 60
"""Most characters of a name that is left as it is."""

_OF_SEVERAL = frozenset({"item", "value"})


def class_names(schemas: Iterable[NamedSchema]) -> dict[str, str]:
    """The class of every named schema."""
    listed = {one.name: one for one in schemas}
    own = [name for name, one in listed.items() if not one.in_place]
    ends = names.choose({name: (*_ends(name), name) for name in own})
    made = names.distinct(own, lambda name: names.class_name(ends.get(name, name)), names.mark_pascal)
    within = [name for name, one in listed.items() if one.in_place]
    chosen = names.choose({name: (*_shorter(name), names.class_name(name)) for name in within}, made.values())
    count = Counter([*made.values(), *chosen.values()])
    alike = [name for name in within if count[chosen[name]] > 1]
    chosen |= names.choose({name: (names.class_name(f"{name}.{_kind(listed[name])}"),) for name in alike}, count)
    return {**made, **names.told_apart(chosen, names.mark_pascal, made.values())}


def _kind(named: NamedSchema) -> str:
    """What a schema is that stands where another is called as it would be."""
    if named.name.endswith((".request", ".response")):
        return "body"
    return "values" if isinstance(named.schema, EnumSchema) else "object"


def _ends(name: str) -> Iterator[str]:
    """What a long name of the document is called where it is that of a place, from the longest end on."""
    parts = name.split(".")
    for start in range(1, len(parts) if len(names.class_name(name)) > LONG else 0):
        end = ".".join(parts[start:])
        if len(names.class_name(end)) <= LONG:
            yield end


def _shorter(name: str) -> Iterator[str]:
    if len(names.class_name(name)) <= LONG:
        return
    words = _said_once(name)
    fewer = [words[0], *(one for one in words[1:-1] if one.lower() not in _OF_SEVERAL), words[-1]]
    for each in (words, fewer, _without_middle(fewer), _without_middle(words)):
        made = names.class_name(" ".join(each))
        if len(made) <= LONG:
            yield made


def _said_once(name: str) -> list[str]:
    """The words of a name without those that a part begins with though the one before it ends with them."""
    said: list[str] = []
    for part in name.split("."):
        words = split_words(part)
        most = min(len(said), len(words))
        again = next((end for end in range(most, 0, -1) if _are_alike(said[-end:], words[:end])), 0)
        said.extend(words[again:])
    return said


def _are_alike(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether words are the same, be they of one or of many."""
    return [one.lower().removesuffix("s") for one in some] == [one.lower().removesuffix("s") for one in others]


def _without_middle(words: Sequence[str]) -> list[str]:
    """Half of a name's length of its first words, and its last ones."""
    first: list[str] = []
    for word in words:
        if sum(map(len, [*first, word])) > LONG // 2:
            break
        first.append(word)
    last: list[str] = []
    for word in reversed(words[len(first) :]):
        if sum(map(len, [*first, *last, word])) > LONG:
            break
        last.insert(0, word)
    return [*first, *last]
