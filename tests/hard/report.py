"""`make hard`: everything that is thrown at the generator, a row for each kind: how much was tried, what came of it.

`python -m tests.hard.report [ROW]... [--documents N] [--mutants N]`

What takes longest is bounded here, for the whole to end within ten minutes: `make fuzz`, `make mutation` and
`make determinism` try more.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

REPOSITORY = Path(__file__).resolve().parents[2]
BAD_INPUT = "tests/cases/bad_input"
LONGEST = 600
"""Seconds after which a row is ended, and counts as a finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a row: how much was tried, what was found, and what was said of it; `skipped` could not be tried."""

    tried: int
    findings: int
    skipped: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One kind of hardship."""

    name: str
    title: str
    run: Callable[[argparse.Namespace], Outcome]


def by_tests(*tests: str) -> Callable[[argparse.Namespace], Outcome]:
    """A row of tests; one that tries several things records how many, as its property `tried`."""

    def run(_: argparse.Namespace) -> Outcome:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            workers = str(os.cpu_count() or 1)
            done = _run("-m", "pytest", "-q", "-n", workers, f"--junitxml={report}", *tests)
            if not report.exists():
                return Outcome(tried=0, findings=1, said=done)
            root = ElementTree.parse(report).getroot()
        suites = list(root.iter("testsuite"))
        count = {
            key: sum(int(one.get(key, "0")) for one in suites) for key in ("tests", "failures", "errors", "skipped")
        }
        findings = count["failures"] + count["errors"] + (not count["tests"])
        told = [int(one.get("value", "1")) for one in root.iter("property") if one.get("name") == "tried"]
        tried = count["tests"] - count["skipped"] + sum(told) - len(told)
        return Outcome(tried=tried, findings=findings, skipped=count["skipped"], said=done if findings else "")

    return run


def by_fuzzing(given: argparse.Namespace) -> Outcome:
    """Documents made up and changed."""
    workers = str(os.cpu_count() or 1)
    said = _run("-m", "tests.fuzz.run", "--documents", str(given.documents), "--seed", "1", "--workers", workers)
    ended = re.search(r"^seed \d+: (\d+) documents, .*? (\d+) findings", said, re.MULTILINE)
    if ended is None:
        return Outcome(tried=0, findings=1, said=said)
    tried, findings = map(int, ended.groups())
    return Outcome(tried=tried, findings=findings, said=said if findings else ended.string[ended.start() :])


def by_mutation(given: argparse.Namespace) -> Outcome:
    """A sample of mutants of each family; a family that misses its target is a finding."""
    said = _run("-m", "tests.mutation.report", "--sample", str(given.mutants))
    tried = sum(map(int, re.findall(r": \d+ of (\d+) noticed", said)))
    findings = said.count("MISSED") if tried else 1
    lines = [line for line in said.splitlines() if " noticed, " in line]
    return Outcome(tried=tried, findings=findings, said="\n".join(lines) if tried else said)


def _bad_input(name: str, title: str, *tests: str) -> Row:
    return Row(name=name, title=title, run=by_tests(BAD_INPUT, *tests, "-k", name))


_DIGESTS = ("tests/regeneration/test_one_digest.py", "tests/regeneration/test_determinism.py")
ROWS = (
    Row(name="emission", title="kills, full disks, hand edits, links", run=by_tests("tests/emission")),
    _bad_input("does_not_parse", "texts that do not parse"),
    _bad_input("beyond_bounds", "bombs, depths, sizes"),
    _bad_input("references", "references to nowhere and outside"),
    _bad_input("invalid_openapi", "documents that are not OpenAPI"),
    _bad_input("hostile_text", "hostile text in every place", "tests/cases/test_cases.py"),
    _bad_input("names", "names that collide or are reserved"),
    _bad_input("configuration", "faulty configuration"),
    Row(name="guard", title="tampered literals, templates, tools", run=by_tests("tests/unit/guard")),
    Row(name="edits", title="edits with and without a cache", run=by_tests("tests/regeneration/test_random_edits.py")),
    Row(name="determinism", title="surroundings that change nothing", run=by_tests(*_DIGESTS)),
    Row(name="own_words", title="names that emitted code has itself", run=by_tests("tests/fuzz/test_own_words.py")),
    Row(name="fuzz", title="documents made up and changed", run=by_fuzzing),
    Row(name="mutation", title="mutants that tests have to notice", run=by_mutation),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each kind; 1 where anything was found."""
    parser = argparse.ArgumentParser(prog="tests.hard.report", description=__doc__.partition("\n")[0])
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(one.name for one in ROWS))
    parser.add_argument("--documents", type=int, default=1_000, help="documents to fuzz")
    parser.add_argument("--mutants", type=int, default=40, help="mutants of each family")
    given = parser.parse_args(arguments)
    unknown = set(given.rows) - {one.name for one in ROWS}
    if unknown:
        parser.error(f"no row is called {', '.join(sorted(unknown))}")
    print(f"{'row':<16}{'what':<38}{'tried':>8}{'findings':>10}{'skipped':>9}{'seconds':>9}")
    begun, findings = time.monotonic(), 0
    for row in ROWS:
        if given.rows and row.name not in given.rows:
            continue
        started = time.monotonic()
        outcome = row.run(given)
        seconds = time.monotonic() - started
        findings += outcome.findings
        print(
            f"{row.name:<16}{row.title:<38}{outcome.tried:>8}{outcome.findings:>10}{outcome.skipped:>9}{seconds:>9.0f}",
            flush=True,
        )
        if outcome.said:
            print("\n".join(f"    {line}" for line in outcome.said.strip().splitlines()[-30:]), flush=True)
    print(f"{findings} findings in {time.monotonic() - begun:.0f} s")
    return int(findings > 0)


def _run(*arguments: str) -> str:
    """What a module prints, of this interpreter and in the repository."""
    try:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        said = expired.stdout.decode(errors="replace") if isinstance(expired.stdout, bytes) else ""
        return f"{said}\nended after {LONGEST} seconds"
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
