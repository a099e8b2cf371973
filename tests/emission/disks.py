"""Disks on which something goes wrong at a certain step."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from specloom.emit.disk import RemoveFolder, Write
from tests.emission.trees import QuickDisk

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from specloom.emit.disk import Step


class Killed(BaseException):
    """Stands for the end of the process: after it no step reaches the disk any more."""


class CountingDisk(QuickDisk):
    """Remembers the steps."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def perform(self, step: Step) -> None:
        """Carry out a step."""
        self.steps.append(step)
        super().perform(step)


class DyingDisk(CountingDisk):
    """Ends the process at a step, counted from 1.

    Args:
        at: The step.
        half: Whether a file that is written then is there by half; otherwise the step does not begin.
    """

    def __init__(self, at: int, *, half: bool = False) -> None:
        super().__init__()
        self._at = at
        self._half = half

    def perform(self, step: Step) -> None:
        """Carry out a step, if there is still somebody to do so."""
        if len(self.steps) + 1 < self._at:
            super().perform(step)
            return
        if len(self.steps) + 1 == self._at and self._half and isinstance(step, Write):
            super().perform(Write(step.path, step.content[: len(step.content) // 2]))
        self._at = 0
        raise Killed


class FailingDisk(CountingDisk):
    """Refuses one step, or all of certain kinds from it on; a folder that cannot be removed is never told.

    Args:
        at: The step, counted from 1.
        code: The error that the system gives.
        kinds: Kinds of steps that fail from it on; none where this one does.
    """

    def __init__(self, at: int, code: int, kinds: tuple[type[Step], ...] = ()) -> None:
        super().__init__()
        self._at = at
        self._code = code
        self._kinds = kinds

    def perform(self, step: Step) -> None:
        """Carry out a step, or fail."""
        self.steps.append(step)
        count = len(self.steps)
        fails = count >= self._at and isinstance(step, self._kinds) if self._kinds else count == self._at
        if fails and not isinstance(step, RemoveFolder):
            if isinstance(step, Write) and self._code == errno.ENOSPC:
                QuickDisk.perform(self, Write(step.path, step.content[: len(step.content) // 2]))
            raise OSError(self._code, os.strerror(self._code))
        QuickDisk.perform(self, step)


class StoppingDisk(CountingDisk):
    """Somebody presses Ctrl-C at some steps, counted from 1.

    Args:
        at: The steps.
        after: Whether the step is done by then.
        stop: What to do in place of raising, for a hand that does something else.
    """

    def __init__(self, at: Container[int], *, after: bool, stop: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._at = at
        self._after = after
        self._stop = stop

    def perform(self, step: Step) -> None:
        """Carry out a step, and stop before it or behind it."""
        stops = len(self.steps) + 1 in self._at
        if stops and not self._after:
            self.steps.append(step)
            self._interrupt()
            QuickDisk.perform(self, step)
            return
        super().perform(step)
        if stops:
            self._interrupt()

    def _interrupt(self) -> None:
        if self._stop is None:
            raise KeyboardInterrupt
        self._stop()
