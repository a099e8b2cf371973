"""Runs tests over mutants: each in a process of its own, forked from one that has the libraries in memory already."""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.machinery
import importlib.util
import json
import math
import os
import resource
import select
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.mutation.reach import Choosing, Watching, files_of, reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import CodeType

    from tests.mutation.mutants import Mutant
    from tests.mutation.reach import Reach

MOST_BYTES = 2_000_000_000
"""What a run may take: a loop that no longer ends often collects as well."""

ARGUMENTS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore::pytest.PytestAssertRewriteWarning")

OUTCOMES = {"0": "survived", "": "endless", '"no Python"': "no Python"}
"""What an answer means: the exit code of pytest, where it is another, that a test has noticed the mutant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Tests, and what they need to be found.

    Args:
        tests: Files and folders of tests.
        path: Folders to import from.
        root: The folder to run in.
        preload: Modules to import once for all mutants; none of what is mutated.
        arguments: More arguments of pytest.
    """

    tests: tuple[str, ...]
    path: tuple[Path, ...]
    root: Path
    preload: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A module that is mutated: its name, and the file it is imported from."""

    module: str
    file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of a mutant.

    Args:
        outcome: `killed` by a test or by an import that fails, `endless` where it took too much time or memory,
            `survived`, or `no Python` for what is no mutant at all, since it cannot be compiled.
    """

    subject: Subject
    mutant: Mutant
    outcome: str


class _Loader(importlib.machinery.SourceFileLoader):
    """Imports one module from a text instead of its file."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._source, self.path, "exec", dont_inherit=True)


class _Finder:
    def __init__(self, subject: Subject, source: str) -> None:
        self._subject = subject
        self._source = source

    def find_spec(self, name: str, path: object = None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name != self._subject.module:
            return None
        file = str(self._subject.file)
        folder = [str(self._subject.file.parent)] if self._subject.file.name == "__init__.py" else None
        loader = _Loader(name, file, self._source)
        return importlib.util.spec_from_file_location(name, file, loader=loader, submodule_search_locations=folder)


def preload(suite: Suite) -> None:
    """Import the libraries that a suite names; call it once, before anything else."""
    for name in suite.preload:
        importlib.import_module(name)


def reach_of(suite: Suite, subjects: Sequence[Subject]) -> Reach:
    """What each test runs of the modules that are mutated.

    Raises:
        RuntimeError: The tests fail without any mutant.
    """

    def watched() -> object:
        sys.dont_write_bytecode = False  # so that no trial has to compile what all share
        watching = Watching(subjects)
        watching.begin()
        code = _run_tests(suite, suite.tests, watching)
        sys.settrace(None)
        return [code, watching.recorded(), _libraries(subjects)]

    answer = json.loads(_forked(watched).wait(600) or "[1]")
    if answer[0] != 0:
        message = f"the tests fail before anything is changed: {' '.join(suite.tests)}"
        raise RuntimeError(message)
    _preload(answer[2])
    return reach(answer[1])


def _libraries(subjects: Sequence[Subject]) -> list[str]:
    """What is imported of Python and of installed packages; nothing that could hold a part of what is mutated."""
    mutated = {"__main__", *(one.module.partition(".")[0] for one in subjects)}
    files = {name: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}
    return [
        name
        for name, file in files.items()
        if file.startswith((sys.prefix, sys.base_prefix)) and name.partition(".")[0] not in mutated
    ]


def _preload(names: Iterable[str]) -> None:
    """Import what every run would import."""
    for name in names:
        with contextlib.suppress(ImportError):  # a name that a library has given to a part of itself
            importlib.import_module(name)
    gc.freeze()  # pytest collects garbage when it ends, and would look through all of this each time


def run_trials(
    suite: Suite, reached: Reach, mutants: Iterable[tuple[Subject, Mutant]], *, jobs: int
) -> Iterator[Trial]:
    """Run over each mutant the tests that run its line, several mutants at a time; outcomes come as they end."""
    running: dict[int, tuple[_Fork, Subject, Mutant, float]] = {}
    sources: dict[Path, str] = {}
    waiting = iter(mutants)
    more = True
    while more or running:
        while more and len(running) < jobs:
            try:
                subject, mutant = next(waiting)
            except StopIteration:
                more = False
                break
            source = sources.setdefault(subject.file, subject.file.read_text(encoding="utf-8"))
            tests = reached.tests(subject, mutant)
            patience = reached.patience(tests)
            fork = _forked(_trial(suite, tests, subject, mutant.applied(source)), cpu=patience)
            running[fork.answer] = (fork, subject, mutant, time.monotonic() + 10 * patience)
        ready = select.select(list(running), [], [], 0.2)[0]
        for key in list(running):
            fork, subject, mutant, limit = running[key]
            if key in ready:
                outcome = OUTCOMES.get(fork.wait(60), "killed")
            elif time.monotonic() > limit:
                fork.end()
                outcome = "endless"
            else:
                continue
            del running[key]
            yield Trial(subject=subject, mutant=mutant, outcome=outcome)


def _trial(suite: Suite, tests: Sequence[str], subject: Subject, source: str) -> Callable[[], object]:
    def run() -> object:
        try:
            compile(source, str(subject.file), "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            return "no Python"
        sys.dont_write_bytecode = True
        sys.meta_path.insert(0, _Finder(subject, source))
        return _run_tests(suite, files_of(tests), Choosing(tests))

    return run


def _run_tests(suite: Suite, files: Iterable[str], plugin: object) -> int:
    os.chdir(suite.root)
    sys.path[:0] = [str(one) for one in suite.path]
    return int(pytest.main([*ARGUMENTS, *suite.arguments, *files], plugins=[plugin]))


class _Fork:
    """A forked process and the end of the pipe that its answer comes through."""

    def __init__(self, pid: int, answer: int) -> None:
        self.pid = pid
        self.answer = answer

    def wait(self, seconds: float) -> str:
        """The whole answer; empty for a process that died without one."""
        parts = []
        while select.select([self.answer], [], [], seconds)[0]:
            part = os.read(self.answer, 1 << 16)
            if not part:
                break
            parts.append(part)
        self.end()
        return b"".join(parts).decode()

    def end(self) -> None:
        """End the process and all that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.answer)


def _forked(work: Callable[[], object], *, cpu: float = math.inf) -> _Fork:
    """Do work in a forked process that prints nothing and has so many CPU seconds; its answer is JSON."""
    answer, told = os.pipe()
    pid = os.fork()
    if pid:
        with contextlib.suppress(OSError):  # the child does so too; whoever comes first
            os.setpgid(pid, pid)
        os.close(told)
        return _Fork(pid, answer)
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
        if cpu < math.inf:
            resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(cpu), math.ceil(cpu) + 1))
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silent, stream)
        with os.fdopen(told, "w", encoding="utf-8") as out:
            json.dump(work(), out)
    finally:
        os._exit(0)
