"""What a forked process does not share with the one that it came from: connections, locks, calls under way."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from typing import Protocol

    class Forked(Protocol):
        """Holds what must not be used in another process."""

        def forked(self) -> None:
            """Makes it anew, in the process that was forked."""


_held: WeakSet[Forked] = WeakSet()


def tell_of_fork(one: Forked) -> None:
    """Has an object told in each process that this one forks, before anything else runs there."""
    _held.add(one)


def _tell() -> None:
    for one in tuple(_held):
        one.forked()


if hasattr(os, "register_at_fork"):  # not on Windows, where nothing forks
    os.register_at_fork(after_in_child=_tell)
