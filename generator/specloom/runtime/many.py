"""Clients of very many resources, which their classes declare by annotations alone."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class ManyResources:
    """Makes a resource that is declared (`jobs: package.Jobs`) when it is first used."""

    # Type checkers know what is declared, and are to find what is not.
    if not TYPE_CHECKING:

        def __getattr__(self, name):
            for kind, declared in _declared(type(self)):
                if name in declared:
                    package = import_module(kind.__module__.rpartition(".")[0])
                    made = getattr(package, declared[name].rpartition(".")[2])(self)
                    vars(self)[name] = made
                    return made
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)

    def __dir__(self) -> Iterable[str]:
        """Lists the resources too."""
        return {*super().__dir__(), *(name for _, declared in _declared(type(self)) for name in declared)}


def _declared(kind: type) -> Iterator[tuple[type, dict[str, str]]]:
    """The annotations of those of a class and its bases that are clients of this kind, as they are written."""
    for one in kind.__mro__:
        if ManyResources in one.__bases__:
            yield one, one.__annotations__
