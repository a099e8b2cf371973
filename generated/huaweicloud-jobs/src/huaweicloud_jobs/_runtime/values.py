"""Frozen values declared like dataclasses, for the modules that every import of a package loads.

`dataclasses` and `typing` cost about 26 ms to import, more than all the rest of a client. Type checkers see the real
`dataclass` and `field` in their place (see `operation`), so both spellings mean the same.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, ClassVar


class _Factory:
    """A default that is made for each value."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


class Value:
    """Base of all frozen values: fields in slots, compared and printed by their fields."""

    __slots__ = ()
    __match_args__: tuple[str, ...] = ()
    _defaults: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        names = self.__match_args__
        if len(args) > len(names):
            raise TypeError(f"{type(self).__name__} takes {len(names)} arguments, not {len(args)}")
        given = dict(zip(names, args, strict=False))
        if not kwargs.keys().isdisjoint(given):
            raise TypeError(f"{type(self).__name__} got an argument twice: {sorted(kwargs.keys() & given.keys())}")
        given.update(kwargs)
        for name in names:
            object.__setattr__(self, name, given.pop(name) if name in given else self._default(name))
        if given:
            raise TypeError(f"{type(self).__name__} has no field {sorted(given)[0]!r}")

    def _default(self, name: str) -> object:
        if name not in self._defaults:
            raise TypeError(f"{type(self).__name__} needs {name!r}")
        default = self._defaults[name]
        return default.make() if isinstance(default, _Factory) else default

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be deleted")

    def _fields(self) -> Iterator[tuple[str, Any]]:
        for name in self.__match_args__:
            yield name, getattr(self, name)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._fields())})"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return tuple(self._fields()) == tuple(other._fields())

    def __hash__(self) -> int:
        return hash((type(self), tuple(self._fields())))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(value for _, value in self._fields())


def dataclass(*, frozen: bool, slots: bool) -> Callable[[type], type]:
    """Makes a class of annotated fields a frozen `Value`; the arguments are those of the real decorator."""
    if not (frozen and slots):
        raise TypeError("values are frozen and have slots")

    def build(cls: type) -> type:
        names = tuple(cls.__annotations__)
        body = {key: item for key, item in vars(cls).items() if key not in (*names, "__dict__", "__weakref__")}
        body["__slots__"] = names
        body["__match_args__"] = names
        body["_defaults"] = {name: vars(cls)[name] for name in names if name in vars(cls)}
        bases = tuple(base for base in cls.__bases__ if base is not object)
        return type(cls.__name__, (*bases, Value), body)

    return build


def field(*, default_factory: Callable[[], object]) -> Any:
    """A default made anew for each value."""
    return _Factory(default_factory)
