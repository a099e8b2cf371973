"""Mutants are what they say, and the trials over them tell those that tests notice from those that none does."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.mutation.mutants import mutants_of

SOURCE = '''\
"""A module."""

LIMIT = 3


def fits(value: int) -> bool:
    """Whether it fits."""
    return value < LIMIT
'''

WATCHED = """\
from functools import lru_cache

NAMES = frozenset(
    {
        "a",
        "b",
    }
)


@lru_cache
def is_known(name: str) -> bool:
    return name in NAMES


def is_long(name: str) -> bool:
    return len(name) > 3


def nobody_asks() -> bool:
    return True
"""

WATCHING = """\
import time

import pytest



@pytest.fixture(scope="module")
def long() -> bool:
    from it import is_long

    return is_long("long")


def test_first() -> None:
    from it import is_known

    time.sleep(0.05)
    assert is_known("a")


def test_again() -> None:
    from it import is_known

    assert is_known("a")


def test_other(long: bool) -> None:
    assert long
"""

REACH = """
import sys
from pathlib import Path
from tests.mutation.mutants import mutants_of
from tests.mutation.trials import Subject, Suite, reach_of

folder = Path(sys.argv[1])
subject = Subject(module="it", file=folder / "it.py")
reached = reach_of(Suite(tests=("test_it.py",), path=(folder,), root=folder), [subject])
for one in mutants_of(subject.file.read_text()):
    print(one.line, *(test.rpartition("_")[2] for test in reached.tests(subject, one)))
"""

RUN = """
import sys
from pathlib import Path
from tests.mutation.mutants import mutants_of
from tests.mutation.trials import Subject, Suite, reach_of, run_trials

folder = Path(sys.argv[1])
suite = Suite(tests=("test_it.py",), path=(folder,), root=folder)
subject = Subject(module="it", file=folder / "it.py")
reached = reach_of(suite, [subject])
mutants = [(subject, one) for one in mutants_of(subject.file.read_text())]
print(sorted(reached.lines["it"]))
for one in sorted(run_trials(suite, reached, mutants, jobs=2), key=lambda one: str(one.mutant)):
    print(one.outcome, one.mutant)
"""


@pytest.mark.parametrize(
    ("source", "mutated"),
    [
        ("x = 1", ["x = 2"]),
        ("x = 'a'", ["x = 'XXa'"]),
        ("x = True", ["x = False"]),
        ("x = [a, b]", ["x = [ b]", "x = [a, ]"]),
        ("x = (a, b)", []),
        ("x = {'a': b}", ["x = {}", "x = {'XXa': b}"]),
        ("x = f(a, b=c)", ["x = f(a, )", "x = f(None, b=c)"]),
        ("x = a if b else c", ["x = a if (not (b)) else c"]),
        ("x = not a", ["x = (a)"]),
        ("f()", ["pass"]),
        ("if a < b: pass", ["if (a <= b): pass", "if not (a < b): pass"]),
        ("x = a and b", ["x = ((a) or (b))"]),
        ("x = [a for a in b if a]", ["x = [a for a in b if (not (a))]"]),
        ("def f(a: int = 1) -> int:\n    return a", ["def f(a: int = 1) -> int:\n    return None", "a: int = 2"]),
        ("class A(Model):\n    b: str | None", ["b: int | None", "b: str"]),
        ("class A:\n    b: str | None", []),
        ("if TYPE_CHECKING:\n    x = 1", []),
        ("'''Text.'''", []),
        ("é = 'ß'; x = 1", ["é = 'XXß'; x = 1", "é = 'ß'; x = 2"]),
    ],
)
def test_each_mutant_is_the_source_with_one_change(source: str, mutated: list[str]) -> None:
    found = [one.applied(source) for one in mutants_of(source)]

    assert len(found) == len(mutated)
    for text in mutated:
        assert any(text in one for one in found), (text, found)


def test_mutants_are_told_by_their_place_and_change() -> None:
    assert [str(one) for one in mutants_of(SOURCE)] == [
        "3:9 another number: `3` -> `4`",
        "8:12 nothing is returned: `value < LIMIT` -> `None`",
        "8:12 another comparison: `value < LIMIT` -> `(value <= LIMIT)`",
    ]


def test_a_mutant_survives_tests_that_do_not_notice_it(tmp_path: Path) -> None:
    (tmp_path / "it.py").write_text(SOURCE, encoding="utf-8")
    test = """\
    from it import fits

    def test_small() -> None:
        assert fits(1)
    """
    (tmp_path / "test_it.py").write_text(textwrap.dedent(test), encoding="utf-8")

    said = _python(["-c", RUN, str(tmp_path)])

    assert said.stdout.splitlines() == [
        "[1, 3, 6, 8]",
        "survived 3:9 another number: `3` -> `4`",
        "survived 8:12 another comparison: `value < LIMIT` -> `(value <= LIMIT)`",
        "killed 8:12 nothing is returned: `value < LIMIT` -> `None`",
    ], said.stderr


def test_a_mutant_is_tried_by_the_tests_that_run_its_line(tmp_path: Path) -> None:
    """The quickest first; those that got an answer of before as well; all, where imports or shared fixtures run it."""
    (tmp_path / "it.py").write_text(WATCHED, encoding="utf-8")
    (tmp_path / "test_it.py").write_text(WATCHING, encoding="utf-8")

    said = _python(["-c", REACH, str(tmp_path)])
    tests = {line.split()[0]: line.split()[1:] for line in said.stdout.splitlines()}

    assert list(tests) == ["4", "5", "6", "13", "17", "21"], said.stderr
    assert tests["13"] == ["again", "first"]
    assert tests["21"] == []
    for line in ("4", "5", "6", "17"):
        assert sorted(tests[line]) == ["again", "first", "other"]
        assert tests[line].index("again") < tests[line].index("first")


def test_some_mutants_of_the_generator_are_noticed() -> None:
    """All of them take too long for every day: `make mutation`."""
    said = _python(["-m", "tests.mutation.report", "generator", "--sample", "16", "--jobs", "1"])
    found = re.search(r"(\d+) of (\d+) noticed", said.stdout)

    assert found is not None, said.stderr
    assert int(found[2]) >= 12
    assert int(found[1]) / int(found[2]) >= 0.75


def _python(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=300
    )
