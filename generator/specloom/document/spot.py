"""A value with its positions, for stages that put documents together anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from specloom.document.source import packed_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specloom.document.source import Mark


class Spot:
    """A plain value and where it stands, with all that is inside.

    Args:
        value: Shared and read-only.
        mark: Where the value stands in its text.
    """

    __slots__ = ("mark", "value")

    def __init__(self, value: Any, mark: Mark) -> None:
        self.value = value
        self.mark = mark

    def get(self, key: str) -> Spot | None:
        """Step to the value of a key; None where there is none, and in what is no mapping."""
        if not isinstance(self.value, dict) or key not in self.value:
            return None
        return Spot(self.value[key], self._inside(key))

    def value_of(self, key: str) -> Any:
        """The plain value of a key; None where there is none."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def items(self) -> Iterator[tuple[str, Spot]]:
        """List the keys of a mapping with their values; nothing for other values."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Spot(value, self._inside(key))

    def elements(self) -> Iterator[Spot]:
        """List the elements of a list; nothing for other values."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield Spot(value, self._inside(index))

    def inside(self, key: str | int) -> Spot:
        """Step to what is known to be there."""
        return Spot(self.value[key], self._inside(key))

    def new(self, value: Any) -> Spot:
        """Make a value that stands in no text: what it was made of is where it is found."""
        return Spot(value, packed_of(self.mark))

    def mapping(self, members: Mapping[str, Spot]) -> Spot:
        """Make a mapping that is found here, of members that keep their places."""
        value = {key: one.value for key, one in members.items()}
        return Spot(value, (packed_of(self.mark), {key: one.mark for key, one in members.items()}))

    def list(self, elements: Iterable[Spot]) -> Spot:
        """Make a list that is found here, of elements that keep their places."""
        held = [*elements]
        return Spot([one.value for one in held], (packed_of(self.mark), [one.mark for one in held]))

    def _inside(self, key: str | int) -> Mark:
        if isinstance(self.mark, int):
            return self.mark
        inside: Any = self.mark[1]
        return inside[key]  # type: ignore[no-any-return]  # values and marks are trees of one form
