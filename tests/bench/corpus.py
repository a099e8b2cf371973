"""`make bench-corpus`: what real documents cost to build, stage by stage, and whether that grows as they do.

CORPUS=folder names the documents (default: `../shared/corpus` beside the checkout), ONLY="github stripe" some of them
by the beginnings of their names, PEERS=0 leaves other generators out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
STAGES = ("import", "read", "lower", "plan", "render", "hash", "write")
PATIENCE = 600
"""Seconds after which a run is ended and counts as failed."""

PEERS_BIN = REPOSITORY / ".venv-peers" / "bin"
CONFIGURATION = """\
[[tool.specloom.package]]
distribution = "measured"
documents = ["{name}"]
validation = "report"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process: whether it ended well, CPU and wall seconds with those of its children, peak megabytes, output."""

    fine: bool
    cpu: float
    wall: float
    peak: float
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A document and what it took; `noop` and `edit` are `None` where it cannot be built as it is."""

    name: str
    size: int
    operations: int
    schemas: int
    longest: int
    stages: dict[str, float]
    wall: float
    peak: float
    noop: float | None
    edit: float | None
    peers: dict[str, str] = field(default_factory=dict)

    @property
    def cpu(self) -> float:
        """CPU seconds of all stages."""
        return sum(self.stages.values())


def run(arguments: list[str], cwd: Path) -> Run:
    """Run a process to its end."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as said:
        begun = time.monotonic()
        child = subprocess.Popen(arguments, cwd=cwd, env=environment, stdout=said, stderr=subprocess.DEVNULL)
        while True:
            ended, status, used = os.wait4(child.pid, os.WNOHANG)
            if ended:
                break
            if time.monotonic() - begun > PATIENCE:
                child.kill()
            time.sleep(0.01)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - begun
        said.seek(0)
        text = said.read().decode(errors="replace")
    peak = used.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)
    cpu = used.ru_utime + used.ru_stime
    return Run(fine=child.returncode == 0, cpu=cpu, wall=wall, peak=peak, said=text)


def measure(document: Path, folder: Path, *, peers: bool) -> Measured | None:
    """Measure one document in an empty folder; `None` where it cannot be read at all."""
    staged = run([sys.executable, str(Path(__file__).with_name("stages.py")), str(document), "staged"], folder)
    if not staged.fine:
        return None
    told = json.loads(staged.said)
    noop, edit = measure_rebuilds(document, folder)
    return Measured(
        name=document.name,
        size=document.stat().st_size,
        operations=told["operations"],
        schemas=told["schemas"],
        longest=told["longest"],
        stages=told["seconds"],
        wall=staged.wall,
        peak=told["peak"],
        noop=noop,
        edit=edit,
        peers=measure_peers(document, folder) if peers else {},
    )


def measure_rebuilds(document: Path, folder: Path) -> tuple[float | None, float | None]:
    """CPU seconds of a build with nothing to do, and of one after a schema was edited, by the command itself."""
    project = folder / "project"
    project.mkdir()
    copy = project / document.name
    shutil.copyfile(document, copy)
    (project / "pyproject.toml").write_text(CONFIGURATION.format(name=document.name), encoding="utf-8")
    build = [sys.executable, "-m", "specloom", "build"]
    if not run(build, project).fine:
        return None, None
    noop = run(build, project).cpu
    text = copy.read_text(encoding="utf-8")
    edited = edit_schema(text)
    if edited == text:
        return noop, None
    copy.write_text(edited, encoding="utf-8")
    after = run(build, project)
    return noop, after.cpu if after.fine else None


def edit_schema(text: str) -> str:
    """Change the first description of a schema, in JSON or YAML."""
    start = max(text.find('"schemas"'), text.find("\n  schemas:"), text.find("definitions"), 0)
    return text[:start] + re.sub(r'(\bdescription"?: ?"?)(?=[A-Za-z])', r"\1Edited ", text[start:], count=1)


def measure_peers(document: Path, folder: Path) -> dict[str, str]:
    """CPU seconds and megabytes of other generators on the same document, where they are installed."""
    client = PEERS_BIN / "openapi-python-client"
    models = next(
        (one for one in (PEERS_BIN, Path(sys.executable).parent) if (one / "datamodel-codegen").exists()), None
    )
    found = {}
    if client.exists():
        given = ["generate", "--path", str(document), "--meta", "none", "--output-path", "opc", "--overwrite"]
        found["openapi-python-client"] = shown(run([str(client), *given], folder))
    if models is not None:
        given = ["--input", str(document), "--input-file-type", "openapi", "--generate-client", "httpx2"]
        given += ["--client-output", "client", "--client-package", "client", "--client-model-package", "models"]
        given += ["--formatters", "builtin", "--output", "models.py"]
        found["datamodel-code-generator"] = shown(run([str(models / "datamodel-codegen"), *given], folder))
    return found


def shown(ran: Run) -> str:
    """What a peer took."""
    return f"{ran.cpu:.1f} s, {ran.peak:.0f} MB" if ran.fine else "fails"


def fit_line(pairs: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Least squares: intercept, slope, and the share of the variance that the line explains."""
    count = len(pairs)
    mean_x, mean_y = (sum(one[axis] for one in pairs) / count for axis in (0, 1))
    spread = sum((x - mean_x) ** 2 for x, _ in pairs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in pairs) / spread if spread else 0.0
    intercept = mean_y - slope * mean_x
    total = sum((y - mean_y) ** 2 for _, y in pairs)
    rest = sum((y - intercept - slope * x) ** 2 for x, y in pairs)
    return intercept, slope, 1 - rest / total if total else 1.0


def plot(pairs: list[tuple[float, float]], label: str, *, width: int = 72, height: int = 16) -> list[str]:
    """A plot in signs: seconds upwards, and along the bottom what they are held against."""
    right, top = max(x for x, _ in pairs) or 1, max(y for _, y in pairs) or 1
    rows = [[" "] * (width + 1) for _ in range(height + 1)]
    for x, y in pairs:
        rows[height - round(y / top * height)][round(x / right * width)] = "o"
    lines = [f"{top * (height - index) / height:7.2f} s |{''.join(row)}" for index, row in enumerate(rows)]
    return [*lines, f"{'':10}+{'-' * width}", f"{'':11}0{label:^{width - 12}}{right:>11,.0f}"]


def table(found: list[Measured]) -> list[str]:
    """A line for each document."""
    heads = ("bytes", "ops", "schemas", "longest", *STAGES, "cpu s", "wall s", "MB", "no-op s", "edit s", "edit/cold")
    lines = [f"{'':28}" + "".join(f"{one:>10}" for one in heads)]
    for one in sorted(found, key=lambda each: each.size):
        cells = [f"{one.size:,}", f"{one.operations:,}", f"{one.schemas:,}", f"{one.longest:,}"]
        cells += [f"{one.stages.get(stage, 0):.2f}" for stage in STAGES]
        cells += [f"{one.cpu:.2f}", f"{one.wall:.2f}", f"{one.peak:.0f}"]
        cells += ["-" if value is None else f"{value:.2f}" for value in (one.noop, one.edit)]
        cells.append("-" if one.edit is None else f"{one.edit / one.cpu:.2f}")
        lines.append(f"{one.name:28}" + "".join(f"{cell:>10}" for cell in cells))
        lines += [f"    {peer:28}{took}" for peer, took in one.peers.items()]
    return lines


def main() -> None:
    """Measure and print."""
    corpus = Path(os.environ.get("CORPUS") or REPOSITORY.parent / "shared" / "corpus")
    only = tuple((os.environ.get("ONLY") or "").replace(",", " ").split())
    documents = sorted(one for one in corpus.glob("*") if one.suffix in {".json", ".yaml", ".yml"})
    documents = [one for one in documents if not only or one.name.startswith(only)]
    if not documents:
        sys.exit(f"bench-corpus: no document in {corpus}; name a folder: make bench-corpus CORPUS=folder")
    peers = os.environ.get("PEERS") != "0"
    found, unread = [], []
    for document in documents:
        with tempfile.TemporaryDirectory() as folder:
            one = measure(document.resolve(), Path(folder), peers=peers)
        found.extend([one] if one is not None else [])
        unread.extend([document.name] if one is None else [])
        print(f"{document.name} ...", file=sys.stderr, flush=True)
    print("CPU seconds of one cold build by stage; wall seconds and peak memory of its process; `-`: refused as it is")
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    print(*table(found), sep="\n")
    if unread:
        print(f"\nnot measured, for it failed: {', '.join(unread)}")
    if not found:
        return
    for label in ("bytes", "schemas"):
        pairs = [(float(one.size if label == "bytes" else one.schemas), one.cpu) for one in found]
        intercept, slope, share = fit_line(pairs)
        print(f"\nseconds = {intercept:.2f} + {slope * 1e6:.2f} * millions of {label}; explains {share:.0%}")
        print(*plot(pairs, label), sep="\n")
    if peers and not (PEERS_BIN / "openapi-python-client").exists():
        print("\nopenapi-python-client is not measured: it is not installed in .venv-peers")


if __name__ == "__main__":
    main()
