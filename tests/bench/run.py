"""`make bench`: what builds, imports and calls cost, in medians of CPU seconds, beside what they should at most."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench import calls, others
from tests.bench.process import measure

REPOSITORY = Path(__file__).resolve().parents[2]
INSTRUMENTED = Path(__file__).with_name("instrumented.py")
BUILD_RUNS = 7
IMPORT_RUNS = 31
BUILD = ("-m", "specloom", "build")
NO_LIBRARIES = "import sys; assert not {'httpx2', 'pydantic'} & set(sys.modules)"
PROGRAMS = {
    "bare": "import sys",
    "package": "import huaweicloud_jobs",
    "client": "from huaweicloud_jobs import LakeFormation",
    "libraries": "import httpx2, pydantic",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: what was measured, in seconds, and the most that it should be."""

    what: str
    target: float
    measured: float

    def __str__(self) -> str:
        unit, factor = ("s ", 1) if self.target >= 0.2 else ("ms", 1000)
        numbers = f"{self.target * factor:8.2f} {unit} {self.measured * factor:8.2f} {unit}"
        verdict = "ok" if self.measured <= self.target else "MISSED"
        return f"{self.what:<52}{numbers}  {self.measured / self.target:5.2f}  {verdict}"


def measure_build(project: Path, runs: int, prepare: Callable[[], None]) -> list[float]:
    """CPU seconds of some builds; one more comes first, which warms the caches and does not count."""
    found = []
    for _ in range(runs + 1):
        prepare()
        found.append(measure(BUILD, project))
    return found[1:]


def measure_imports(cwd: Path) -> dict[str, float]:
    """Medians of the CPU seconds of the programs, but for the bare one over that of the same turn.

    They are taken in turns, so that what slows the machine slows all alike; the first turn does not count.
    """
    turns = [
        {name: measure(("-c", program), cwd) for name, program in PROGRAMS.items()} for _ in range(IMPORT_RUNS + 1)
    ]
    for name in ("package", "client"):
        measure(("-c", f"{PROGRAMS[name]}\n{NO_LIBRARIES}"), cwd)
    over = [{name: turn[name] - (turn["bare"] if name != "bare" else 0) for name in turn} for turn in turns[1:]]
    return {name: statistics.median(turn[name] for turn in over) for name in PROGRAMS}


def make_project(folder: Path) -> Path:
    """Copy spec and configuration, with nothing generated."""
    shutil.copytree(REPOSITORY / "spec", folder / "spec")
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    return folder


def forget(project: Path) -> None:
    """Remove what earlier builds have left."""
    for name in ("generated", ".specloom"):
        shutil.rmtree(project / name, ignore_errors=True)


def measure_shares(project: Path) -> list[str]:
    """One more cold build, with a stopwatch on each tool; lines to print."""
    forget(project)
    report = project / "report.json"
    measure((str(INSTRUMENTED), str(report), "build"), project)
    found = json.loads(report.read_text(encoding="utf-8"))
    if found["missed"]:
        raise RuntimeError(f"the stopwatch found nothing to hold on to at {', '.join(found['missed'])}")
    total = found["total"]
    tools = {name: seconds for name, seconds in found["seconds"].items() if name != "specloom"}
    rows = [
        *sorted(tools.items(), key=lambda item: -item[1]),
        ("specloom and Python itself", total - sum(tools.values())),
    ]
    lines = [f"    {name:<32}{seconds:6.2f} s {seconds / total:6.0%}" for name, seconds in rows]
    return ["  of one such build, measured inside:", *lines, f"    {'together':<32}{total:6.2f} s"]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder))
        cold = measure_build(project, BUILD_RUNS, lambda: forget(project))
        idle = measure_build(project, BUILD_RUNS, lambda: None)
        shares = measure_shares(project)
        imports = measure_imports(project)
    print(f"CPU seconds (user and system): medians of {BUILD_RUNS} builds and {IMPORT_RUNS} imports, bytecode warm")
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    print(f"{'':<54}{'target':>8}    {'measured':>8}  ratio")
    cold_line = Line("specloom build, three documents, nothing there", 2.0, statistics.median(cold))
    print(cold_line, *shares, sep="\n")
    lines = [
        Line("specloom build, nothing to do", 0.25, statistics.median(idle)),
        Line("import huaweicloud_jobs *", 0.015, imports["package"]),
        Line("from huaweicloud_jobs import LakeFormation *", 0.060, imports["client"]),
    ]
    print(*lines, sep="\n")
    print(f"  * over a bare interpreter, which takes {imports['bare'] * 1000:.0f} ms; httpx2 and pydantic not loaded")
    print(f"\nnothing to do / nothing there:                {statistics.median(idle) / statistics.median(cold):.3f}")
    print(f"import of the client / of httpx2 and pydantic: {imports['client'] / imports['libraries']:.3f}")
    print(f"slowest / fastest cold build:                 {max(cold) / min(cold):.2f}")
    missed = [line.what for line in (cold_line, *lines) if line.measured > line.target]
    print(f"\n{len(missed)} of 4 targets missed" + (f": {'; '.join(missed)}" if missed else ""))
    print()
    calls.report(others.measure_others())


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as error:
        sys.exit(f"bench: {error}")
