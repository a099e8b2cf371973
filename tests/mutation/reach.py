"""Which tests run which lines: a mutant is tried by those that run its line, the quickest first."""

from __future__ import annotations

import ast
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType
    from typing import Any

    from tests.mutation.mutants import Mutant
    from tests.mutation.trials import Subject

SEVERAL = ""
"""In place of a test: what imports run, and fixtures of a wider scope."""

_STARTING, _SLOWER, _LONGEST = 5.0, 20.0, 30.0
"""Seconds that it may take until tests run, how many times as long they may take as they did, and seconds for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What the tests run.

    Args:
        seconds: What each test takes while it is watched, by its id, which begins with its file.
        modules: The tests that run anything of each module.
        lines: The tests that run each line of each module, `SEVERAL` among them.
    """

    seconds: Mapping[str, float]
    modules: Mapping[str, frozenset[str]]
    lines: Mapping[str, Mapping[int, frozenset[str]]]

    def tests(self, subject: Subject, mutant: Mutant) -> tuple[str, ...]:
        """The tests that can notice a mutant, the quickest first; none where no test runs it.

        What is run for several tests can be noticed by any; those go first that run anything else of the module.
        """
        lines = self.lines[subject.module]
        found = frozenset[str]().union(*(lines.get(one, ()) for one in self._steps(subject, mutant.line)))
        if SEVERAL not in found:
            return tuple(sorted(found, key=lambda one: (self.seconds[one], one)))
        near = self.modules[subject.module]
        return tuple(sorted(self.seconds, key=lambda one: (one not in near, self.seconds[one], one)))

    def patience(self, tests: Sequence[str]) -> float:
        """CPU seconds after which tests are taken for endless; a run that only waits is given ten times as long."""
        return min(_STARTING + _SLOWER * sum(self.seconds[one] for one in tests), _LONGEST)

    def _steps(self, subject: Subject, line: int) -> Sequence[int]:
        """A line, or those of its statement where Python takes no step on it: values that it has put together."""
        if line in self.lines[subject.module]:
            return (line,)
        tree = ast.parse(subject.file.read_text(encoding="utf-8"))
        around = [one for one in ast.walk(tree) if isinstance(one, ast.stmt) and line in _span(one)]
        inner = min(around, key=lambda one: len(_span(one)))
        return () if hasattr(inner, "body") else _span(inner)


def reach(recorded: Mapping[str, Any]) -> Reach:
    """What `Watching` has recorded."""
    tests = recorded["tests"]
    lines = {
        module: {line: frozenset(tests[index] for index in runners) for line, runners in found}
        for module, found in recorded["lines"].items()
    }
    return Reach(
        seconds=dict(zip(tests[1:], recorded["seconds"][1:], strict=True)),
        modules={module: frozenset[str]().union(*found.values()) for module, found in lines.items()},
        lines=lines,
    )


def files_of(tests: Sequence[str]) -> tuple[str, ...]:
    """The files that tests stand in, each once."""
    return tuple(dict.fromkeys(one.partition("::")[0] for one in tests))


class Watching:
    """A plugin of pytest that records what each test runs."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        self._modules = {str(one.file): one.module for one in subjects}
        self._lines: dict[str, dict[int, set[int]]] = {module: {} for module in self._modules.values()}
        self._tests = [SEVERAL]
        self._seconds = [0.0]
        self._now = 0
        self._importing = 0  # modules, one within another: what a test imports first is run for all that import it

    def begin(self) -> None:
        """Record from now on."""
        threading.settrace(self._trace)
        sys.settrace(self._trace)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """What is run from here on is run by this test."""
        self._forget_answers()
        self._now = len(self._tests)
        self._tests.append(_id(item))
        begun = time.perf_counter()
        try:
            return (yield)
        finally:
            self._seconds.append(time.perf_counter() - begun)
            self._now = 0

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
        """What a fixture of a wider scope runs is run for several."""
        before = self._now
        if fixturedef.scope != "function":
            self._now = 0
        try:
            return (yield)
        finally:
            self._now = before

    def recorded(self) -> object:
        """What was recorded, as JSON has it; `reach` reads it."""
        lines = {
            module: [(line, sorted(runners)) for line, runners in sorted(found.items()) if line]
            for module, found in self._lines.items()
        }
        return {"tests": self._tests, "seconds": self._seconds, "lines": lines}

    def _forget_answers(self) -> None:
        """What a function has kept for the tests before would hide that this one runs it."""
        for module in self._lines:
            for one in list(vars(sys.modules.get(module, object)).values()):
                if hasattr(one, "cache_clear"):
                    one.cache_clear()

    def _trace(self, frame: FrameType, event: str, _: Any) -> Any:
        module = self._modules.get(frame.f_code.co_filename)
        if module is None:
            return None
        if frame.f_code.co_name == "<module>" and event in ("call", "return"):
            self._importing += 1 if event == "call" else -1
        self._lines[module].setdefault(frame.f_lineno or 0, set()).add(0 if self._importing else self._now)
        return self._trace


class Choosing:
    """A plugin of pytest that runs some tests alone, in their order; all, where a mutant has renamed one of them."""

    def __init__(self, tests: Sequence[str]) -> None:
        self._places = {one: place for place, one in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        chosen = [one for one in items if _id(one) in self._places]
        if len(chosen) == len(self._places):
            items[:] = sorted(chosen, key=lambda one: self._places[_id(one)])


def _id(item: pytest.Item) -> str:
    return f"{item.path}::{item.nodeid.partition('::')[2]}"


def _span(statement: ast.stmt) -> range:
    return range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)
