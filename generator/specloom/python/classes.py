"""The classes of schemas: what the document names itself goes first, then what stands within it and is named by that.

A name of more than 60 characters is shortened: by what it says twice, by what only says that there are several, by
parts in its middle, by the id of its operation (whose method is shorter), last by words. Of two that could have the
same name the one that leaves out less has it, and where they leave out alike, neither: no name depends on order.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from specloom.model import EnumSchema
from specloom.python import names
from specloom.words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specloom.model import NamedSchema

LONG = 60
"""Most characters of a name that is left as it is."""

_OF_SEVERAL = frozenset({("item",), ("value",)})


def class_names(schemas: Iterable[NamedSchema], calls: Mapping[str, str] | None = None) -> dict[str, str]:
    """The class of every named schema.

    Args:
        calls: How the operation of each id is called, `customers.get_sources`: what stands within it may be called so,
            where its name is too long otherwise.
    """
    listed = {one.name: one for one in schemas}
    own = [name for name, one in listed.items() if not one.in_place]
    ends = names.choose({name: (*_ends(name), name) for name in own})
    made = names.distinct(own, lambda name: names.class_name(ends.get(name, name)), names.mark_pascal)
    told = _telling_what_they_are(listed, made)
    calls = calls or {}
    chosen = _first_of({name: dict(_shorter(one, _called(one, calls))) for name, one in told.items()}, made.values())
    count = Counter([*made.values(), *chosen.values()])
    alike = [name for name in told if count[chosen[name]] > 1]
    chosen |= names.choose({name: (names.class_name(f"{told[name]}.{_kind(listed[name])}"),) for name in alike}, count)
    return {**made, **names.told_apart(chosen, names.mark_pascal, made.values())}


def _telling_what_they_are(listed: Mapping[str, NamedSchema], made: Mapping[str, str]) -> dict[str, str]:
    """Places in the document, each with what it is where another is spelled alike (`User.settings.audio` beside
    `UserSettings.audio`): the one that takes fewest steps within what has a name keeps its own."""
    steps = {name: name.count(".") for name, one in listed.items() if one.in_place}
    spelled = {name: "".join(map(names.class_name, filter(None, name.split(".")))) for name in steps}
    nearest = {spelled[name]: count for name, count in sorted(steps.items(), key=lambda one: -one[1])}
    near = Counter(spelled[name] for name, count in steps.items() if count == nearest[spelled[name]])
    near.update(made.values())
    return {
        name: name if near[made_of] == 1 and steps[name] == nearest[made_of] else f"{name}.{_kind(listed[name])}"
        for name, made_of in spelled.items()
    }


def _called(name: str, calls: Mapping[str, str]) -> str:
    """A place within an operation, where that is called as its method is; empty where it is in none."""
    ends = (index for index, sign in enumerate(name) if sign == ".")
    found = next((end for end in ends if name[:end] in calls), None)
    return "" if found is None else calls[name[:found]].replace(".", " ") + name[found:]


def _first_of(options: Mapping[str, Mapping[str, int]], taken: Iterable[str]) -> dict[str, str]:
    """Give each the first of its names that no other wants as much or more; the last where there is none such.

    Args:
        options: The names of each, with how much of its own it leaves out; the first ones leave out least.
    """
    wanted: dict[str, list[int]] = {one: [-1] for one in taken}
    for each in options.values():
        for made, cost in each.items():
            wanted.setdefault(made, []).append(cost)
    first = {made: (min(costs), costs.count(min(costs))) for made, costs in wanted.items()}
    return {
        one: next((made for made, cost in each.items() if first[made] == (cost, 1)), [*each][-1])
        for one, each in options.items()
    }


def _kind(named: NamedSchema) -> str:
    """What a schema is that stands where another is called as it would be."""
    if named.name.endswith((".request", ".response")):
        return "body"
    return "values" if isinstance(named.schema, EnumSchema) else "object"


def _ends(name: str) -> Iterator[str]:
    """What a long name of the document is called: where it is that of a place its ends, from the longest on; where it
    would be cut, no word twice."""
    parts = name.split(".")
    for start in range(1, len(parts) if len(names.class_name(name)) > LONG else 0):
        end = ".".join(parts[start:])
        if len(names.class_name(end)) <= LONG:
            yield end
    once = " ".join({word.lower(): word for word in reversed(split_words(name))}.values())
    if len("".join(split_words(name))) > names.MAX_LENGTH:
        yield " ".join(reversed(once.split()))


def _shorter(name: str, called: str) -> dict[str, int]:
    """The names of a place, each with how much it leaves out, from what leaves out least on.

    Args:
        called: The place with the operation that it is in called as its method is; empty for none.
    """
    whole = names.class_name(name)
    if len(whole) <= LONG:
        return {whole: 0}
    found: dict[str, int] = {}
    full = len("".join(split_words(name)))
    for most in (LONG, names.MAX_LENGTH):
        for made in map(_joined, _ways((name, called) if called else (name,))):
            if len(made) <= most:
                found.setdefault(made, abs(full - len(made)))
    return found or {whole: 0}


_MIDDLE = 3
"""Most parts that are kept between the first and the last one, where not all can be."""


def _joined(words: Iterable[str]) -> str:
    """A name of words, whole however long it is."""
    listed = list(words)
    made = "".join(listed)
    return names.class_name(" ".join(listed)) if len(made) <= names.MAX_LENGTH else made


def _ways(texts: Sequence[str]) -> Iterator[list[str]]:
    """The words of the names of one place, and ever fewer of them: first parts are left out, then words."""
    once = [_with_words(_parts_said_once(one)) for one in texts]
    again = [_with_words([split_words(part) for part in one.split(".")]) for one in texts]
    for parts in filter(None, (*once, *again)):
        yield from _fewer_parts(parts)
    for parts in filter(None, (*once, *again)):
        yield _without_middle(_flat(_telling_parts(parts)))
        yield _without_middle(_flat(parts))


def _fewer_parts(parts: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """The words of parts, of which the first and the last one are always kept."""
    yield _flat(parts)
    first, *middle, last = telling if len(telling := _telling_parts(parts)) > 1 else (*telling, ())
    yield _flat(telling)
    for count in range(min(_MIDDLE, len(middle)), -1, -1):
        for some in combinations(reversed(middle), count):
            yield _flat((first, *reversed(some), last))


def _telling_parts(parts: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Parts without those in their middle that only say that there are several."""
    middle = (one for one in parts[1:-1] if tuple(word.lower() for word in one) not in _OF_SEVERAL)
    return [parts[0], *middle, *parts[1:][-1:]]


def _with_words(parts: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    return [one for one in parts if one]


def _flat(parts: Iterable[Sequence[str]]) -> list[str]:
    return [word for part in parts for word in part]


def _parts_said_once(name: str) -> list[Sequence[str]]:
    """The words of the parts of a name, without those that a part begins with and the one before it ends with."""
    said: list[str] = []
    parts: list[Sequence[str]] = []
    for part in name.split("."):
        words = split_words(part)
        most = min(len(said), len(words))
        again = next((end for end in range(most, 0, -1) if _are_alike(said[-end:], words[:end])), 0)
        said.extend(words[again:])
        parts.append(words[again:])
    return parts


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
