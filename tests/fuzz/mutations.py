"""Changes of documents, as values and as text; and the documents that there are to change."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from specloom.document import load_source
from tests.fuzz.words import HOSTILE, JSON, NAMES, ODD, RESERVED

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).resolve().parents[1] / "cases"
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
LARGEST = 60_000
"""Bytes of the largest real document that is changed: what is found in a large one is found in a small one sooner."""


def real_documents() -> list[Path]:
    """The documents that are changed: those of the cases, and small ones of others where they are there."""
    found = sorted(CASES.glob("*/spec.yaml"))
    if CORPUS.is_dir():
        found += sorted(
            one for one in CORPUS.iterdir() if one.suffix in {".json", ".yaml"} and one.stat().st_size < LARGEST
        )
    return found


@cache
def read(path: Path) -> str:
    """A document as JSON; empty where it cannot be read."""
    source, _ = load_source(path, name=path.name)
    return "" if source is None else json.dumps(source.value)


BASES = st.deferred(lambda: st.sampled_from([one for one in real_documents() if read(one)])).map(read).map(json.loads)
"""Real documents, as values."""

Place = tuple["dict[str, Any] | list[Any]", Any]


def places(value: Any) -> Iterator[Place]:
    """Every place that holds something: what it is in, and its key."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            for key in list(one) if isinstance(one, dict) else range(len(one)):
                yield one, key
                waiting.append(one[key])


@st.composite
def changed(draw: Any, document: Any) -> Any:
    """A document with up to four changes at places of it."""
    document = copy.deepcopy(document)
    for kind in draw(st.lists(st.sampled_from(sorted(_CHANGES)), min_size=1, max_size=4)):
        listed = list(places(document))
        if not listed:
            break
        index = st.integers(0, len(listed) - 1)
        _CHANGES[kind](draw, listed[draw(index)], listed[draw(index)])
    return document


def _delete(draw: Any, place: Place, other: Place) -> None:
    del place[0][place[1]]


def _replace(draw: Any, place: Place, other: Place) -> None:
    place[0][place[1]] = draw(JSON)


def _copy(draw: Any, place: Place, other: Place) -> None:
    place[0][place[1]] = copy.deepcopy(other[0][other[1]])


def _swap(draw: Any, place: Place, other: Place) -> None:
    mine, theirs = copy.deepcopy(place[0][place[1]]), copy.deepcopy(other[0][other[1]])
    place[0][place[1]] = theirs
    if _has(other):
        other[0][other[1]] = mine


def _has(place: Place) -> bool:
    return place[1] in place[0] if isinstance(place[0], dict) else place[1] < len(place[0])


def _add(draw: Any, place: Place, other: Place) -> None:
    holder = place[0]
    if isinstance(holder, dict):
        holder[draw(NAMES)] = copy.deepcopy(other[0][other[1]])
    else:
        holder.append(copy.deepcopy(other[0][other[1]]))


def _rename(draw: Any, place: Place, other: Place) -> None:
    if isinstance(place[0], dict):
        place[0][draw(NAMES)] = place[0].pop(place[1])


def _retype(draw: Any, place: Place, other: Place) -> None:
    value = place[0][place[1]]
    place[0][place[1]] = draw(st.sampled_from([[value], {"x": value}, str(value)[:200], None, 1, True, [], {}, ""]))


def _splice(draw: Any, place: Place, other: Place) -> None:
    value = place[0][place[1]]
    word = draw(st.sampled_from(HOSTILE + ODD + RESERVED))
    place[0][place[1]] = value + word if isinstance(value, str) and draw(st.booleans()) else word


def _refer(draw: Any, place: Place, other: Place) -> None:
    targets = ["#", "#/paths", "#/info", "#/components/schemas/Missing", "x.json", "#/components/schemas", "//x", "#//"]
    place[0][place[1]] = {"$ref": draw(st.sampled_from(targets))}


_CHANGES = {
    one.__name__.strip("_"): one for one in (_delete, _replace, _copy, _swap, _add, _rename, _retype, _splice, _refer)
}


@st.composite
def texts_changed(draw: Any, text: str) -> str:
    """A text that was cut, or has something in it."""
    at = draw(st.integers(0, len(text)))
    match draw(st.sampled_from(["cut", "insert", "double", "drop"])):
        case "cut":
            return text[:at]
        case "insert":
            return (
                text[:at]
                + draw(st.sampled_from([*HOSTILE, "{", "}", "[", ",", ":", "&a", "*a", "\ufeff", "- ", "<<: "]))
                + text[at:]
            )
        case "double":
            return text[:at] + text[max(0, at - 40) : at] + text[at:]
    return text[:at] + text[at + 1 :]
