"""Mutants are what they say, and the trials over them tell those that tests notice from those that none does."""

from __future__ import annotations

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

    said = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert said.stdout.splitlines() == [
        "[1, 3, 6, 8]",
        "survived 3:9 another number: `3` -> `4`",
        "survived 8:12 another comparison: `value < LIMIT` -> `(value <= LIMIT)`",
        "killed 8:12 nothing is returned: `value < LIMIT` -> `None`",
    ], said.stderr
