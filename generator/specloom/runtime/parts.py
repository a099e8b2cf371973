"""Resources of several modules, each of which is imported when one of its methods is first used.

The class of such a resource derives from a class of each module. Until a module is imported, a class that knows the
names of its methods stands in for that, and has the methods themselves from then on.
"""

from __future__ import annotations

from importlib import import_module

from .client import AsyncResource, Resource

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Awaited:
    """A method of a module that is not imported yet."""

    __slots__ = ("_name", "_owner")

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner
        self._name = name

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        found = _arrived(self._owner)
        return found[self._name].__get__(instance, owner)


def _arrived(stand_in: type) -> dict[str, Any]:
    """Imports what a class stands in for, and gives it the methods from there, by name."""
    real = getattr(import_module(stand_in.__module__), stand_in.__name__)
    found = {name: value for name, value in vars(real).items() if name in vars(stand_in) and not name.startswith("__")}
    for name, method in found.items():
        setattr(stand_in, name, method)
    return found


def stand_in(package: str, module: str, name: str, *methods: str) -> tuple[type[Resource], type[AsyncResource]]:
    """Makes what stands in for the two classes of a module.

    Args:
        package: The package of the resource.
        module: The module within it.
        name: The class there; that of asynchronous clients has `Async` before it.
        methods: The methods that both have.
    """
    place = f"{package}.{module}"
    return _made(name, Resource, place, methods), _made(f"Async{name}", AsyncResource, place, methods)


def _made(name: str, base: type, module: str, methods: tuple[str, ...]) -> type[Any]:
    members: dict[str, Any] = {one: _Awaited() for one in methods}
    return type(name, (base,), {"__module__": module, **members})


def declaration(resource: type, name: str) -> Any:
    """Imports the declaration of an operation of a resource by its name: that of the method, in capitals.

    Raises:
        AttributeError: There is none.
    """
    parts = [one for one in resource.__mro__ if one.__module__.startswith(f"{resource.__module__}.")]
    for part in parts:
        if any(method.strip("_").upper() == name.rstrip("_") for method in vars(part)):
            return getattr(import_module(part.__module__), name)
    raise AttributeError(f"module {resource.__module__!r} has no attribute {name!r}")
