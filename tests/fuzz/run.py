"""`python -m tests.fuzz.run`: thousands of documents, in rounds of a hundred, on every processor.

A round has a seed of its own, made of the seed that is given and its number, so that one can be run again alone:
`--seed 7 --only 12`. Half of the rounds make documents up, the others change those of the cases and of
`../shared/corpus`. A document that comes to grief is shrunk, and printed with all that builds it again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.documents import examples
from tests.fuzz.examine import Example, Verdict, examine
from tests.fuzz.mutations import BASES, CORPUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUND = 100
SHRUNK = 3
"""Findings of one round that are shrunk; more of them are counted."""

_QUIET = {"database": None, "deadline": None, "suppress_health_check": list(HealthCheck)}


def signature(verdict: Verdict) -> str:
    """What tells findings apart: where they came up, and what it was."""
    lines = [line.strip() for line in verdict.said.splitlines() if line.strip()]
    places = [line for line in lines if line.startswith("File ")]
    return f"{places[-1] if places else ''} {lines[-1][:80] if lines else ''}".strip()


def run_round(number: int, base: int) -> Iterator[dict[str, Any]]:
    """Run one round: what became of its documents, then each kind of finding, shrunk."""
    counted: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    found: dict[str, Verdict] = {}
    began = time.monotonic()

    def look(example: Example) -> None:
        verdict = examine(example)
        counted[verdict.kind] += 1
        codes.update(verdict.codes)
        if verdict.kind == "finding":
            found.setdefault(signature(verdict), verdict)

    _hypothesise(look, number, base, phases=[Phase.generate])
    yield {"round": number, "counted": counted, "codes": codes, "seconds": time.monotonic() - began}
    for one, verdict in list(found.items())[:SHRUNK]:
        example = _shrunk(one, number, base)
        shown = None if example is None else asdict(example)
        yield {"round": number, "finding": one, "said": verdict.said, "example": shown}


def _hypothesise(look: Callable[[Example], None], number: int, base: int, phases: list[Phase]) -> None:
    strategy = examples(BASES) if number % 2 else examples()
    test = given(strategy)(look)
    test = settings(max_examples=ROUND, phases=phases, **_QUIET)(test)  # type: ignore[arg-type]
    seed(base * 1_000_003 + number)(test)()


def _shrunk(wanted: str, number: int, base: int) -> Example | None:
    """The smallest document of a round that has a finding."""
    smallest: list[Example] = []

    def look(example: Example) -> None:
        verdict = examine(example)
        if verdict.kind == "finding" and signature(verdict) == wanted:
            smallest.append(example)
            raise AssertionError(wanted)

    try:
        _hypothesise(look, number, base, phases=[Phase.generate, Phase.shrink])
    except AssertionError:
        return min(smallest, key=lambda one: len(str(one)))
    return None


# -- on every processor -----------------------------------------------------------------------------------------------


def main() -> int:
    """Run all rounds; 1 where something was found."""
    given = _arguments()
    if given.worker is not None:
        return _work(given.worker, given.seed)
    rounds = [given.only] if given.only is not None else list(range(-(-given.documents // ROUND)))
    if not CORPUS.is_dir():
        print("no corpus of real documents beside this checkout: only those of the cases are changed")
    began = time.monotonic()
    counted: Counter[str] = Counter()
    findings: dict[str, dict[str, Any]] = {}
    for said in _everywhere(rounds, given.seed, given.workers):
        if "finding" in said:
            if said["finding"] not in findings:
                findings[said["finding"]] = said
                _show(said, given.seed)
            continue
        counted.update(said["counted"])
        print(f"round {said['round']}: {dict(said['counted'])} in {said['seconds']:.0f} s", flush=True)
    seconds = time.monotonic() - began
    print(
        f"seed {given.seed}: {counted.total()} documents, {counted['built']} built, {counted['refused']} refused with"
        f" diagnostics, {counted['finding']} findings of {len(findings)} kinds, {seconds:.0f} s"
    )
    return 1 if counted["finding"] or counted.total() < len(rounds) * ROUND else 0


def _work(rounds: list[int], base: int) -> int:
    """Run rounds for another process; whatever else is printed here is none of its business."""
    with os.fdopen(os.dup(1), "w") as out:
        os.dup2(2, 1)
        for number in rounds:
            for said in run_round(number, base):
                print(json.dumps(said), file=out, flush=True)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run", description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000, help="how many, in rounds of a hundred")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", type=int, help="run this round alone")
    parser.add_argument("--worker", type=json.loads, help=argparse.SUPPRESS)
    return parser.parse_args()


def _everywhere(rounds: list[int], base: int, workers: int) -> Iterator[dict[str, Any]]:
    """Run rounds in several processes, and give what they say as they say it."""
    shares = [share for share in (rounds[one::workers] for one in range(workers)) if share]
    program = [sys.executable, "-m", "tests.fuzz.run", "--seed", str(base), "--worker"]
    running = [subprocess.Popen([*program, json.dumps(one)], stdout=subprocess.PIPE, bufsize=0) for one in shares]
    streams = {one.stdout: one for one in running if one.stdout is not None}
    import select

    while streams:
        for stream in select.select(list(streams), [], [])[0]:
            line = stream.readline()
            if line:
                yield json.loads(line)
            else:
                streams.pop(stream).wait()


def _show(said: dict[str, Any], base: int) -> None:
    print(f"\nFOUND {said['finding']}\n{said['said']}")
    if said["example"] is not None:
        print(Example(**said["example"]))
    print(f"again: python -m tests.fuzz.run --seed {base} --only {said['round']}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
