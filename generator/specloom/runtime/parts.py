"""Resources of several modules, each of which is imported when one of its methods is first used.

The class of such a resource derives from a class of each module. Until a module is imported, a class that knows the
names of its methods stands in for that, and has the methods themselves from then on.
"""

from __future__ import annotations

from importlib import import_module

from .client import AsyncResource, Resource

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class _Awaited:
    """A method of a module that is not imported yet."""

    __slots__ = ("_name", "_owner")

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner
        self._name = name

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        found = _imported(self._owner)
        return found[self._name].__get__(instance, owner)


def _imported(stand_in: type) -> dict[str, Any]:
    """Imports what a class stands in for, and gives it the methods from there, by name."""
    real: type = getattr(import_module(stand_in.__module__), stand_in.__name__)
    found = {name: value for name, value in vars(real).items() if name in vars(stand_in) and not name.startswith("__")}
    for name, method in found.items():
        setattr(stand_in, name, method)
    return found


def stand_ins(package: str, places: Mapping[str, tuple[str, ...]]) -> dict[str, type]:
    """Makes what stands in for the classes of the modules of a package, by name.

    Args:
        package: The package of the resource.
        places: By the class of each module, which has a twin for asynchronous clients, the module and its methods.
    """
    found: dict[str, type] = {}
    for name, (module, *methods) in places.items():
        for called, base in ((name, Resource), (f"Async{name}", AsyncResource)):
            members: dict[str, object] = {one: _Awaited() for one in methods}
            found[called] = type(called, (base,), {"__module__": f"{package}.{module}", **members})
    return found


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
