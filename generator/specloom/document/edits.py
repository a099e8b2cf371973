"""Changes to the values of a file, made at once, that keep the place of everything they leave alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from specloom.document.pointers import split
from specloom.document.source import mark_at, packed_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from specloom.document.source import Mark, Source


@dataclass(frozen=True, slots=True)
class Drop:
    """Take a key out of a mapping, or an element out of a list."""


@dataclass(frozen=True, slots=True)
class Put:
    """Put a value where there is another, or none; under `-` of a list it goes to the end.

    Args:
        value: The plain value.
        origin: The pointer of what it is a copy of, so that what is inside keeps its places.
    """

    value: Any
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a key another name."""

    name: str


Edit: TypeAlias = "Drop | Put | Rename"


@dataclass(slots=True)
class _Step:
    edits: list[Edit] = field(default_factory=list)
    below: dict[str, _Step] = field(default_factory=dict)


class Edits:
    """Changes of one file, by pointers into the file as it was; none inside another, but inside what is renamed."""

    def __init__(self) -> None:
        self._top = _Step()

    def __bool__(self) -> bool:
        return bool(self._top.below)

    def add(self, changes: Mapping[str, Edit]) -> bool:
        """Take changes that belong together, all or none; tell whether they are taken."""
        if not all(self._is_free(pointer) for pointer in changes):
            return False
        for pointer, edit in changes.items():
            step = self._top
            for key in split(pointer):
                step = step.below.setdefault(key, _Step())
            step.edits.append(edit)
        return True

    def apply(self, source: Source) -> Source:
        """Make the changes."""
        top = self._top
        return source.changed(
            _changed_value(source.value, top), lambda: _changed_mark(source.root_mark, source.root_mark, top)
        )

    def _is_free(self, pointer: str) -> bool:
        """Tell whether no change is made at a place yet, above it or below; many may go to the end of a list."""
        step = self._top
        for key in split(pointer):
            if any(not isinstance(edit, Rename) for edit in step.edits):
                return False
            if key not in step.below:
                return True
            step = step.below[key]
        return pointer.endswith("/-") or not (step.edits or step.below)


def _changed_value(value: Any, step: _Step) -> Any:
    if not step.below or not isinstance(value, dict | list):
        return value
    return _rebuilt(value, step, _changed_value, lambda put, _: put.value)


def _changed_mark(mark: Mark, root: Mark, step: _Step) -> Mark:
    if not step.below or isinstance(mark, int):
        return mark
    packed, inside = mark

    def put_mark(put: Put, old: Mark | None) -> Mark:
        place = packed if old is None else packed_of(old)
        copied = place if put.origin is None else mark_at(root, put.origin)
        return place if isinstance(copied, int) else (place, copied[1])

    return packed, _rebuilt(inside, step, lambda one, below: _changed_mark(one, root, below), put_mark)


def _rebuilt(held: Any, step: _Step, change: Callable[[Any, _Step], Any], put: Callable[[Put, Any], Any]) -> Any:
    """Copy a mapping or a list with what its steps change; values and marks are trees of one form."""

    def kept(key: str, one: Any) -> Iterator[tuple[str, Any]]:
        below = step.below.get(key)
        match below.edits if below is not None else []:
            case [Drop(), *_]:
                return
            case [Put() as edit, *_]:
                yield key, put(edit, one)
            case [Rename(name), *_]:
                yield name, one if below is None else change(one, below)
            case _:
                yield key, one if below is None else change(one, below)

    if isinstance(held, list):
        listed = [inner for index, one in enumerate(held) for _, inner in kept(str(index), one)]
        ends = step.below["-"].edits if "-" in step.below else []
        return listed + [put(edit, None) for edit in ends if isinstance(edit, Put)]
    new = {
        key: put(edit, None)
        for key, below in step.below.items()
        if key not in held
        for edit in below.edits[:1]
        if isinstance(edit, Put)
    }
    return dict(inner for key, one in held.items() for inner in kept(key, one)) | new
