"""Values with their positions, one put over another, as an overlay asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from specloom.document.spot import Spot

Way: TypeAlias = "tuple[str | int, ...]"
# What becomes of a target; None for nothing.
Change: TypeAlias = "Callable[[Spot], Spot | None]"


class Marked:
    """Which values are targets: a tree over the keys that lead to them."""

    __slots__ = ("below", "is_target")

    def __init__(self) -> None:
        self.below: dict[str | int, Marked] = {}
        self.is_target = False


def mark_all(ways: Iterable[Way]) -> Marked:
    """Make the tree of many targets."""
    top = Marked()
    for way in ways:
        marked = top
        for key in way:
            marked = marked.below.setdefault(key, Marked())
        marked.is_target = True
    return top


def rebuilt(spot: Spot, marked: Marked, change: Change) -> Spot:
    """Change every target of a value, those inside another before it; a value that is removed whole becomes null."""
    made = _rebuilt(spot, marked, change)
    return spot.new(None) if made is None else made


def _rebuilt(spot: Spot, marked: Marked | None, change: Change) -> Spot | None:
    if marked is None:
        return spot
    if marked.below and isinstance(spot.value, dict):
        kept = {key: _rebuilt(one, marked.below.get(key), change) for key, one in spot.items()}
        spot = spot.mapping({key: one for key, one in kept.items() if one is not None})
    elif marked.below:
        listed = [_rebuilt(one, marked.below.get(index), change) for index, one in enumerate(spot.elements())]
        spot = spot.list(one for one in listed if one is not None)
    return change(spot) if marked.is_target else spot


def merged(target: Spot, update: Spot) -> Spot:
    """Put an update over a target (Overlay 1.1, section 4.4.3): mappings merge, lists grow, others are replaced."""
    if isinstance(target.value, dict) and isinstance(update.value, dict):
        made = dict(target.items())
        for key, one in update.items():
            made[key] = merged(made[key], one) if key in made else one
        return target.mapping(made)
    if isinstance(target.value, list):
        return target.list([*target.elements(), *(update.elements() if isinstance(update.value, list) else (update,))])
    return update
