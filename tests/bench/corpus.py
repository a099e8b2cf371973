"""`make bench-corpus`: what real documents cost to build, stage by stage, and whether that grows as they do.

CORPUS=folder names the documents (default: `../shared/corpus` beside the checkout), ONLY="github stripe" some of them
by the beginnings of their names, PEERS=0 leaves other generators out. GROWN="stripe" names documents (JSON) that are
also built twice and four times as large: whether cost is linear is seen there, for nothing but the size differs.
"""

from __future__ import annotations

import ast
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
sys.path.insert(0, str(REPOSITORY))

from tests.bench.growth import exponent, fit, multiply  # noqa: E402

STAGES = ("import", "read", "lower", "plan", "render", "hash", "write")
PATIENCE = 600
"""Seconds after which a run is ended and counts as failed."""

GROWN = "asana stripe"
FEW = 5
"""Documents through which any line can be laid: fewer say nothing."""

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
class Peer:
    """What another generator took for a document, and what came of it."""

    ran: Run
    operations: int
    broken: int


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
    peers: dict[str, Peer] = field(default_factory=dict)

    @property
    def cpu(self) -> float:
        """CPU seconds of all stages."""
        return sum(self.stages.values())


def run(arguments: list[str], cwd: Path) -> Run:
    """Run a process to its end."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # Others call ruff by its name, as they do where their environment is active.
    tools = (str(Path(arguments[0]).parent), str(Path(sys.executable).parent), environment.get("PATH", ""))
    environment["PATH"] = os.pathsep.join(tools)
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


def measure_peers(document: Path, folder: Path) -> dict[str, Peer]:
    """What other generators take for the same document, where they are installed."""
    client = PEERS_BIN / "openapi-python-client"
    models = next(
        (one for one in (PEERS_BIN, Path(sys.executable).parent) if (one / "datamodel-codegen").exists()), None
    )
    found = {}
    if client.exists():
        given = ["generate", "--path", str(document), "--meta", "none", "--output-path", "opc", "--overwrite"]
        ran = run([str(client), *given], folder)
        emitted = [one for one in (folder / "opc" / "api").glob("*/*.py") if one.name != "__init__.py"]
        found["openapi-python-client"] = Peer(ran=ran, operations=len(emitted), broken=broken(folder / "opc"))
    if models is not None:
        given = ["--input", str(document), "--input-file-type", "openapi", "--generate-client", "httpx2"]
        given += ["--client-output", "client", "--client-package", "client", "--client-model-package", "models"]
        given += ["--formatters", "builtin", "--output", "models.py"]
        ran = run([str(models / "datamodel-codegen"), *given], folder)
        plans = folder / "client" / "_operations.py"
        emitted = re.findall(r"^OPERATION_\d+:", plans.read_text("utf-8"), re.MULTILINE) if plans.exists() else []
        found["datamodel-code-generator"] = Peer(ran=ran, operations=len(emitted), broken=broken(folder / "client"))
    return found


def broken(folder: Path) -> int:
    """How many modules are no Python."""
    count = 0
    for file in folder.rglob("*.py"):
        try:
            ast.parse(file.read_bytes())
        except (SyntaxError, ValueError):
            count += 1
    return count


def shown(peer: Peer, ours: Measured) -> str:
    """What a peer took beside what we take."""
    if not peer.ran.fine:
        said = next((one.strip() for one in reversed(peer.ran.said.splitlines()) if one.strip()), "")
        return f"fails after {peer.ran.cpu:.1f} s, {peer.ran.peak:.0f} MB {said[:80]}"
    lost = ours.operations - peer.operations
    return (
        f"{peer.ran.cpu:.1f} s, {peer.ran.peak:.0f} MB, {peer.ran.cpu / ours.cpu:.1f} times ours; "
        f"{lost} of {ours.operations} operations lost, {peer.broken} modules broken"
    )


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
        lines += [f"    {name:28}{shown(peer, one)}" for name, peer in one.peers.items()]
    return lines


def lines_through(found: list[Measured]) -> list[str]:
    """What seconds go with over all documents: a plot and a line each, and a plane."""
    if len(found) < FEW:
        return ["", f"no line through fewer than {FEW} documents"]
    lines = []
    for label in ("bytes", "schemas"):
        pairs = [(float(one.size if label == "bytes" else one.schemas), one.cpu) for one in found]
        (base, slope), share = fit([((x,), y) for x, y in pairs])
        each = f"{slope * 1e6:.2f} a megabyte" if label == "bytes" else f"{slope * 1e3:.2f} ms a schema"
        said = f"seconds = {base:.2f} + {each}; explains {share:.0%}"
        power = exponent((x, y - min(one.cpu for one in found)) for x, y in pairs)
        lines += ["", f"{said}; beyond the smallest they grow with the power {power:.2f}", *plot(pairs, label)]
    plane = [((float(one.schemas), float(one.operations)), one.cpu) for one in found]
    (base, schema, operation), share = fit(plane)
    said = f"seconds = {base:.2f} + {schema * 1e3:.2f} ms a schema + {operation * 1e3:.2f} ms an operation"
    return [*lines, "", f"{said}; explains {share:.0%}"]


def growth(document: Path) -> list[str]:
    """A document, twice of it and four times of it: CPU seconds, and by how much the last step multiplied them."""
    lines = [f"\n{document.name}, n, 2n and 4n: bytes, CPU seconds, times the seconds before"]
    before = None
    for times in (1, 2, 4):
        with tempfile.TemporaryDirectory() as folder:
            made = multiply(document, times, Path(folder))
            (out := Path(folder) / "out").mkdir()
            staged = run([sys.executable, str(Path(__file__).with_name("stages.py")), str(made), str(out)], out)
            if not staged.fine:
                return [*lines, f"  {times}n fails"]
            seconds = sum(one for stage, one in json.loads(staged.said)["seconds"].items() if stage != "import")
            step = "" if before is None else f"{seconds / before:>8.2f}"
            lines.append(f"  {times}n{made.stat().st_size:>14,}{seconds:>10.2f}{step}")
            before = seconds
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
    print(*lines_through(found), sep="\n")
    grown = (os.environ.get("GROWN") or GROWN).split()
    for document in (one for one in documents if one.stem in grown and one.suffix == ".json"):
        print(*growth(document), sep="\n")
    if peers and not (PEERS_BIN / "openapi-python-client").exists():
        print("\nopenapi-python-client is not measured: it is not installed in .venv-peers")


if __name__ == "__main__":
    main()
