"""`python -m tests.mutation.report [FAMILY]... [--sample N] [--seed S] [--jobs N] [--survivors]`

Changes one small thing of the source at a time and looks whether the tests notice. Counted are mutants on lines that
the tests run; how many there are on other lines is printed beside it.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutation.families import FAMILIES
from tests.mutation.mutants import mutants_of
from tests.mutation.trials import preload, reach_of, run_trials

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.mutation.families import Family
    from tests.mutation.trials import Trial


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each family; the exit code is 1 where one misses its target."""
    parser = argparse.ArgumentParser(prog="tests.mutation.report", description=__doc__)
    parser.add_argument("families", nargs="*", choices=[[], *FAMILIES], metavar="FAMILY", help=", ".join(FAMILIES))
    parser.add_argument("--sample", type=int, default=0, help="how many mutants of each family; 0 for all")
    parser.add_argument("--seed", type=int, default=0, help="of the sample")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", default="", help="modules whose names have this in them")
    parser.add_argument("--survivors", action="store_true", help="list the mutants that nothing noticed")
    given = parser.parse_args(arguments)
    missed = 0
    for name in given.families or FAMILIES:
        with tempfile.TemporaryDirectory() as folder:
            missed += not run_family(FAMILIES[name](Path(folder)), given)
    return int(missed > 0)


def run_family(family: Family, given: argparse.Namespace) -> bool:
    """Try a family and print what came of it; whether the target is met."""
    begun = time.monotonic()
    preload(family.suite)
    subjects = [one for one in family.subjects if given.only in one.module]
    reached = reach_of(family.suite, subjects)
    every = [(subject, one) for subject in subjects for one in mutants_of(subject.file.read_text(encoding="utf-8"))]
    chosen = [(subject, one) for subject, one in every if reached.tests(subject, one)]
    apart = len(every) - len(chosen)
    total = len(chosen)
    if 0 < given.sample < total:
        chosen = random.Random(given.seed).sample(chosen, given.sample)
    found = run_trials(family.suite, reached, chosen, jobs=given.jobs)
    trials = [one for one in found if one.outcome != "no Python"]
    noticed = sum(one.outcome != "survived" for one in trials)
    share = noticed / len(trials)
    fine = share >= family.target
    print(
        f"\n{family.title}: {noticed} of {len(trials)} noticed, {share:.1%} (target {family.target:.0%},"
        f" {'ok' if fine else 'MISSED'}); {total} mutants on lines that the tests run, {apart} on others;"
        f" {time.monotonic() - begun:.0f} s"
    )
    _print_modules(trials)
    if given.survivors:
        for one in sorted((one for one in trials if one.outcome == "survived"), key=_place):
            print(f"  {one.subject.module}:{one.mutant}")
    sys.stdout.flush()
    return fine


def _print_modules(trials: Sequence[Trial]) -> None:
    tried = Counter(one.subject.module for one in trials)
    left = Counter(one.subject.module for one in trials if one.outcome == "survived")
    for module, count in sorted(tried.items()):
        print(f"  {module:60} {count:5} tried {left[module]:5} survived")


def _place(trial: Trial) -> tuple[str, int, int]:
    return trial.subject.module, trial.mutant.line, trial.mutant.column


if __name__ == "__main__":
    sys.exit(main())
