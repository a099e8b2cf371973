"""A build that takes its time says on a terminal what it is at, and nowhere else."""

from __future__ import annotations

import io
import time

import pytest

from specloom import progress as telling
from specloom.progress import Progress


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for a second."""
    monkeypatch.setattr(telling, "PATIENCE", 0.02)
    monkeypatch.setattr(telling, "_PERIOD", 0.02)


def test_a_terminal_is_told_the_stage_on_one_line_that_is_wiped_in_the_end() -> None:
    """With a carriage return before each, and no line feed."""
    terminal = Terminal()
    with Progress("acme", terminal) as progress:
        progress.tell("reading a.yaml")
        time.sleep(0.2)
        progress.tell("planning")
        time.sleep(0.2)

    said = terminal.getvalue()
    assert "\r\x1b[Kacme: reading a.yaml (0 s)" in said
    assert "\r\x1b[Kacme: planning (0 s)" in said
    assert said.endswith("\r\x1b[K")
    assert "\n" not in said


def test_a_quick_build_says_nothing() -> None:
    """Not even what would wipe a line."""
    terminal = Terminal()
    with Progress("acme", terminal) as progress:
        progress.tell("reading a.yaml")

    assert terminal.getvalue() == ""


def test_what_is_no_terminal_is_told_nothing() -> None:
    """Logs are not for lines that are written over."""
    stream = io.StringIO()
    with Progress("acme", stream) as progress:
        progress.tell("reading a.yaml")
        time.sleep(0.1)

    assert stream.getvalue() == ""


def test_an_error_passes_through() -> None:
    """And the line is wiped before it is printed."""
    terminal = Terminal()

    def fail() -> None:
        with Progress("acme", terminal) as progress:
            progress.tell("reading a.yaml")
            time.sleep(0.1)
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    assert terminal.getvalue().endswith("\r\x1b[K")
