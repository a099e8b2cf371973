"""One line on a terminal that says what a build is at, once it has taken a second."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self, TextIO

PATIENCE = 1.0
"""Seconds before the first word."""

_PERIOD = 0.25
_CLEAR = "\r\x1b[K"


def tell_nobody(stage: str) -> None:
    """Take the name of a stage, and say nothing."""


class Progress:
    """Says on a terminal which stage is running and for how long; silent on anything else.

    Args:
        name: What is built.
        stream: Usually stderr.
    """

    def __init__(self, name: str, stream: TextIO) -> None:
        self._name = name
        self._stream = stream
        self._stage = ""
        self._started = time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True) if stream.isatty() else None

    def tell(self, stage: str) -> None:
        """Say that a stage begins."""
        self._stage = stage

    def __enter__(self) -> Self:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        shown = False
        wait = PATIENCE
        while not self._ended.wait(wait):
            seconds = int(time.monotonic() - self._started)
            self._stream.write(f"{_CLEAR}{self._name}: {self._stage} ({seconds} s)")
            self._stream.flush()
            shown, wait = True, _PERIOD
        if shown:
            self._stream.write(_CLEAR)
            self._stream.flush()
