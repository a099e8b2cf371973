"""Work that is shared with processes that have all that this one has: nothing is sent but what they find."""

from __future__ import annotations

import os
import pickle
import warnings
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")


def share(parts: Sequence[Callable[[], list[T]]]) -> list[T]:
    """Run all parts, every one but the first in a process of its own where the system can copy this one.

    A process that comes to grief leaves its part to this one.
    """
    first, *others = parts
    started = [(part, _start(part)) for part in others]
    found = first()
    for part, running in started:
        answer: list[T] | None = None if running is None else _answer(*running)
        found.extend(part() if answer is None else answer)
    return found


def _start(part: Callable[[], list[T]]) -> tuple[int, int] | None:
    """Start a process: its number, and where to read what it finds; `None` where none can be."""
    if not hasattr(os, "fork"):
        return None
    read, write = os.pipe()
    try:
        with warnings.catch_warnings():
            # A thread that tells how far a build is has nothing that a copy would wait for.
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
    except OSError:
        os.close(read)
        os.close(write)
        return None
    if process:
        os.close(write)
        return process, read
    code = 1
    try:
        os.close(read)
        with os.fdopen(write, "wb") as pipe:
            pipe.write(pickle.dumps(part()))
        code = 0
    finally:
        os._exit(code)  # nothing that this process would do at its end is the copy's to do


def _answer(process: int, read: int) -> list[T] | None:
    with os.fdopen(read, "rb") as pipe:
        content = pipe.read()
    _, status = os.waitpid(process, 0)
    if status:
        return None
    found: list[T] = pickle.loads(content)  # noqa: S301 (written by a copy of this process)
    return found
