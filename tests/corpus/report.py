"""What becomes of a folder of OpenAPI documents: one row each, then the totals.

`python -m tests.corpus.report [FOLDER] [--only NAME]... [--jobs N] [--no-types] [--no-tests] [--faults] [--degraded]`

Each document is built by the command line, as a stranger would, in a process of its own that is timed and weighed. What
is counted is counted by other means than specloom's: operations in the plain document, methods in the imported package.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.corpus.tolerating import CORPUS

METHODS = frozenset(("get", "put", "post", "delete", "options", "head", "patch", "trace", "query"))
BIN = Path(sys.executable).parent
LONGEST = 1800
"""Seconds after which a step is given up."""

COUNTING = """
import importlib, inspect, json, pkgutil, sys
name = sys.argv[1]
package = importlib.import_module(name)
failed, modules = [], [package]
for one in pkgutil.walk_packages(package.__path__, name + "."):
    try:
        modules.append(importlib.import_module(one.name))
    except Exception as error:
        failed.append(f"{one.name}: {type(error).__name__}: {error}"[:200])
resource = importlib.import_module(name + "._runtime.client").Resource
methods = [
    (kind.__module__, kind.__qualname__, method)
    for module in modules if module.__name__ != resource.__module__
    for kind in vars(module).values()
    if inspect.isclass(kind) and issubclass(kind, resource) and module.__name__ == kind.__module__
    for method, value in vars(kind).items()
    if inspect.isfunction(value) and not method.startswith("_")
]
print(json.dumps({"modules": len(modules), "failed": failed, "methods": len(methods)}))
"""


@dataclass(slots=True)
class Row:
    """What became of one document; `None` is what was not reached.

    Args:
        operations: In the document, by a count of our own over its plain values.
        methods: In the synchronous clients of the imported package.
        modules: Imported, and those that failed to.
        mypy: Errors of `mypy --strict` in the package and its tests.
        pyright: Errors in strict mode, there too.
        tests: Emitted tests that passed, and those that did not.
        longest: Lines of the longest emitted module.
        degraded: What could not be carried over as it is, a warning of the build for each: place, code and reason.
        seconds: CPU time of the build.
        memory: Largest resident size of the build, in MB.
        faults: What went wrong, in words.
    """

    name: str
    size: int = 0
    operations: int | None = None
    methods: int | None = None
    modules: tuple[int, int] | None = None
    mypy: int | None = None
    pyright: int | None = None
    tests: tuple[int, int] | None = None
    longest: int | None = None
    degraded: list[str] = field(default_factory=list)
    seconds: float | None = None
    memory: int | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def codes(self) -> Counter[str]:
        """How often each code is among what is degraded."""
        return Counter(one.split()[1] for one in self.degraded)

    @property
    def whole(self) -> bool:
        """Whether every operation is there, everything imports, types are clean and the emitted tests pass."""
        typed = self.mypy in (0, None) and self.pyright in (0, None)
        return not self.faults and self.operations == self.methods and typed


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the costly steps are wanted."""

    types: bool = True
    tests: bool = True


@dataclass(frozen=True, slots=True)
class Ran:
    """A process that has ended: its exit code, both outputs, CPU seconds and largest size in MB."""

    code: int
    output: str
    errors: str
    seconds: float
    memory: int


def main(arguments: list[str]) -> int:
    """Print the table; 1 where a document is not carried whole."""
    parser = argparse.ArgumentParser(prog="corpus", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--only", action="append", default=[], help="names of documents, without their ending")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--no-types", action="store_true")
    parser.add_argument("--no-tests", action="store_true")
    parser.add_argument(
        "--faults", action="store_true", help="print what went wrong below each row, and why parts are degraded"
    )
    parser.add_argument("--degraded", action="store_true", help="print every degraded part below each row")
    given = parser.parse_args(arguments)
    paths = sorted(
        (one for one in given.folder.iterdir() if one.suffix in (".json", ".yaml", ".yml")),
        key=lambda one: one.stat().st_size,
    )
    paths = [one for one in paths if not given.only or one.stem in given.only]
    if not paths:
        print(f"{given.folder}: no document to try (.json, .yaml, .yml)")
        return 2
    wanted = Wanted(types=not given.no_types, tests=not given.no_tests)
    print(HEAD)
    rows = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(given.jobs) as pool:
        for row in pool.map(lambda path: try_document(path, Path(folder), wanted), paths):
            rows.append(row)
            print(line(row), flush=True)
            for fault in row.faults if given.faults else ():
                print(f"    {fault}")
            for part in row.degraded if given.degraded else reasons(row) if given.faults else ():
                print(f"    {part}", flush=True)
    print(*totals(rows), sep="\n")
    return int(not all(row.whole for row in rows))


# -- one document -----------------------------------------------------------------------------------------------------


def try_document(path: Path, folder: Path, wanted: Wanted) -> Row:
    """Build a package of a document and put it to every test."""
    row = Row(path.stem, path.stat().st_size)
    name = "carried_" + re.sub(r"\W", "_", path.stem)
    out = folder / name
    _build(row, path, name, out)
    row.operations = count_operations(path)
    if row.faults:
        return row
    row.longest = max(file.read_bytes().count(b"\n") for file in out.rglob("*.py"))
    _import(row, name, out)
    if wanted.types:
        _check_types(row, out)
    if wanted.tests:
        _test(row, out)
    return row


def _build(row: Row, path: Path, name: str, out: Path) -> None:
    ran = run(
        [sys.executable, "-m", "specloom", "build", str(path), "--tolerant", "--package", name, "--out", str(out)]
    )
    row.seconds, row.memory = ran.seconds, ran.memory
    said = ran.output + ran.errors
    row.degraded = [
        told + hint.replace("\n    hint:", " ->")
        for told, hint in re.findall(
            r"^\S.*?(\d+:\d+: SL\d{3} .*?)(?: \(warning\))?((?:\n {4}hint: .*)?)$", said, re.MULTILINE
        )
    ]
    if ran.code:
        row.faults += [*re.findall(r"^.*\berror\b.*$", said, re.MULTILINE)[:5], f"build: exit code {ran.code}"]


def _import(row: Row, name: str, out: Path) -> None:
    ran = run([sys.executable, "-c", COUNTING, name], path=out / "src")
    if ran.code:
        row.faults.append(f"import: {ran.errors.strip().splitlines()[-1:]}")
        return
    counted: dict[str, Any] = json.loads(ran.output)
    row.modules, row.methods = (counted["modules"], len(counted["failed"])), counted["methods"]
    row.faults += counted["failed"][:5]


def _check_types(row: Row, out: Path) -> None:
    cache = out.parent / f"mypy-{threading.get_ident()}"  # mypy's caches are not to be shared by processes at a time
    command = [str(BIN / "mypy"), "--strict", "--cache-dir", str(cache), "src", "tests"]
    ran = run(command, mypy_path=out / "src", cwd=out)
    found = re.findall(r"^.*: error: .*$", ran.output, re.MULTILINE)
    row.mypy = len(found)
    row.faults += found[:5] or ([f"mypy: {ran.errors[-200:]}"] if ran.code else [])
    checked = {"include": ["src", "tests"], "extraPaths": ["src"]}
    (out / "pyrightconfig.json").write_text(json.dumps({"typeCheckingMode": "strict", **checked}))
    ran = run([str(BIN / "basedpyright"), "--outputjson", "--pythonpath", sys.executable, "-p", str(out)], cwd=out)
    try:
        told: dict[str, Any] = json.loads(ran.output)
    except ValueError:
        row.faults.append(f"pyright: {(ran.errors or ran.output)[-200:]}")
        return
    row.pyright = told["summary"]["errorCount"]
    errors = [one for one in told["generalDiagnostics"] if one["severity"] == "error"]
    row.faults += [f"{one['file']}:{one['range']['start']['line'] + 1}: {one['message'][:150]}" for one in errors[:5]]


def _test(row: Row, out: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--maxfail=20", "-p", "no:cacheprovider", "tests"]
    ran = run(command, path=out / "src", cwd=out)
    passed = sum(map(int, re.findall(r"(\d+) passed", ran.output)))
    failed = sum(map(int, re.findall(r"(\d+) (?:failed|error)", ran.output)))
    row.tests = passed, failed
    row.faults += re.findall(r"^(?:FAILED|ERROR) .*$", ran.output, re.MULTILINE)[:5]
    if ran.code not in (0, 5) and not failed:  # 5: nothing to test
        row.faults.append(f"pytest: exit code {ran.code}: {ran.output[-200:]}")


def run(command: list[str], *, path: Path | None = None, mypy_path: Path | None = None, cwd: Path | None = None) -> Ran:
    """Run a process to its end, and weigh it; it is stopped after half an hour."""
    given = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    if mypy_path is not None:
        given["MYPYPATH"] = str(mypy_path)
    if path is not None:
        given["PYTHONPATH"] = os.pathsep.join(filter(None, (str(path), os.environ.get("PYTHONPATH"))))
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        limited = ["timeout", str(LONGEST), *command]
        process = subprocess.Popen(limited, stdout=output, stderr=errors, stdin=subprocess.DEVNULL, env=given, cwd=cwd)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        texts = [stream.read().decode("utf-8", "replace") for stream in (output, errors)]
    return Ran(process.returncode, texts[0], texts[1], used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def count_operations(path: Path) -> int | None:
    """How many operations a document has, by its plain values; `None` where it cannot be read at all."""
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        document = json.loads(text) if path.suffix == ".json" else _yaml(text)
    except ValueError:
        return None
    return sum(1 for item in _items(document) for key in item if key in METHODS)


def _items(document: Any) -> Iterator[dict[str, Any]]:
    for item in (document.get("paths") or {}).values():
        reference = item.get("$ref") if isinstance(item, dict) else None
        if isinstance(reference, str) and reference.startswith("#/"):
            target = document
            for token in reference[2:].split("/"):
                target = target.get(token.replace("~1", "/").replace("~0", "~"), {})
            item = {**target, **item}
        if isinstance(item, dict):
            yield item
            yield {one.lower(): None for one in item.get("additionalOperations", ())}


def _yaml(text: str) -> Any:
    import yaml

    class Loader(yaml.CSafeLoader):
        """Reads times as the text that they are."""

    Loader.yaml_implicit_resolvers = {
        first: [one for one in known if one[0] != "tag:yaml.org,2002:timestamp"]
        for first, known in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }
    try:
        return yaml.load(text, Loader)  # noqa: S506 (a safe loader)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


# -- printing ---------------------------------------------------------------------------------------------------------

HEAD = (
    f"{'document':<24}{'kB':>7}{'ops':>6}{'emitted':>9}{'modules':>9}{'mypy':>6}{'pyright':>9}"
    f"{'tests':>9}{'per op':>8}{'longest':>9}{'degraded':>10}{'CPU s':>8}{'MB':>6}"
)


def line(row: Row) -> str:
    """A row of the table; what was not reached is a dash, and what failed follows a minus."""
    per_operation = f"{sum(row.tests) / row.operations:.1f}" if row.tests and row.operations else "-"
    return (
        f"{row.name[:23]:<24}{row.size // 1000:>7}{_cell(row.operations):>6}{_cell(row.methods):>9}"
        f"{_less(row.modules):>9}{_cell(row.mypy):>6}{_cell(row.pyright):>9}{_less(row.tests):>9}{per_operation:>8}"
        f"{_cell(row.longest):>9}{len(row.degraded):>10}"
        f"{'-' if row.seconds is None else f'{row.seconds:.1f}':>8}{_cell(row.memory):>6}"
        f"{'' if row.whole else '  <'}"
    )


def reasons(row: Row) -> Iterator[str]:
    """Why parts are degraded: each code with how many there are, and the first of them."""
    for code, count in sorted(row.codes.items()):
        place, _, reason = next(one for one in row.degraded if one.split()[1] == code).partition(f" {code} ")
        yield f"{code} {count} degraded, the first at {place} {reason[:200]}"


def _less(counted: tuple[int, int] | None) -> str:
    return "-" if counted is None else f"{counted[0]}" + (f"-{counted[1]}" if counted[1] else "")


def _cell(value: int | None) -> str:
    return "-" if value is None else str(value)


def totals(rows: list[Row]) -> Iterator[str]:
    """The sums below the table."""
    degraded = sum((row.codes for row in rows), Counter[str]())
    yield ""
    yield f"documents carried whole      {sum(row.whole for row in rows)} of {len(rows)}"
    emitted, there = sum(row.methods or 0 for row in rows), sum(row.operations or 0 for row in rows)
    yield f"operations emitted           {emitted} of {there}"
    yield f"packages that import         {sum(row.modules is not None and not row.modules[1] for row in rows)}"
    yield f"clean under mypy --strict    {sum(row.mypy == 0 for row in rows)}"
    yield f"clean under pyright strict   {sum(row.pyright == 0 for row in rows)}"
    yield f"emitted tests passed         {sum(row.tests[0] for row in rows if row.tests)}"
    yield f"emitted tests failed         {sum(row.tests[1] for row in rows if row.tests)}"
    tried = sum(sum(row.tests) for row in rows if row.tests)
    yield f"emitted tests per operation  {tried / there if there else 0:.1f}"
    yield "degraded parts, by code      " + (
        ", ".join(f"{code} {count}" for code, count in sorted(degraded.items())) or "0"
    )
    yield f"CPU of all builds            {sum(row.seconds or 0 for row in rows):.1f} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
