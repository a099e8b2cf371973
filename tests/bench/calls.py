"""What a call, a decoded answer, the first use and the wheel of the emitted package cost, beside the bare libraries."""

from __future__ import annotations

import asyncio
import gc
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.parser import Parser
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx2

from huaweicloud_jobs import AsyncDataArtsFactory, DataArtsFactory, TokenCredentials
from huaweicloud_jobs._runtime.decoding import read
from huaweicloud_jobs._runtime.messages import Headers, Response
from huaweicloud_jobs.dataarts_factory.jobs import GET_INSTANCE
from tests.bench.contenders import (
    BARE,
    HEADERS,
    INSTANCE,
    JOB,
    OURS,
    PATH,
    PEER,
    PROJECT,
    WHOLE_URL,
    WORKSPACE,
    Answering,
    check,
    opened,
    opened_async,
    validate_alone,
)
from tests.bench.peer import PEER as PEER_NAME
from tests.bench.peer import Peer, make_peer
from tests.bench.process import measure
from tests.bench.server import serving

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "generated/huaweicloud-jobs"
PAYLOAD = PACKAGE / "tests/fixtures/dataarts_factory/jobs/get_instance_200_failed_instance.json"
DOCUMENT = REPOSITORY / "spec/dataarts_factory/openapi.yaml"
FIRST_USE = Path(__file__).with_name("first_use")
ROUNDS, CALLS = 60, 40
DECODE_ROUNDS, NODES = 40, 1000
FIRST_USES = 7
CONCURRENT, WAIT, CONCURRENT_ROUNDS = 64, 0.3, 3

Turn = dict[str, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table; `measured` is missing where it could not be measured."""

    what: str
    target: float
    measured: float | None
    unit: str
    detail: tuple[str, ...] = ()

    @property
    def missed(self) -> bool:
        """Whether the target was not reached."""
        return self.measured is None or self.measured > self.target

    def __str__(self) -> str:
        target = f"{self.what:<68}{self.target:7.2f} {self.unit:<2}"
        if self.measured is None:
            text = f"{target}           -         MISSED (not measured)"
        else:
            verdict = "MISSED" if self.missed else "ok"
            text = f"{target} {self.measured:8.2f} {self.unit:<2}  {self.measured / self.target:5.2f}  {verdict}"
        return "\n".join((text, *(f"    {words}" for words in self.detail)))


@dataclass(frozen=True, slots=True)
class Others:
    """Lines about clients that are installed elsewhere, and what there is to say of them."""

    lines: tuple[Line, ...]
    remarks: tuple[str, ...]


def interleave(turns: Mapping[str, Callable[[], float]], rounds: int) -> list[Turn]:
    """Measure everything in turns, so that what slows the machine slows all alike.

    Every other round goes backwards, garbage is collected before each turn, and the first round does not count.
    """
    found = []
    gc.collect()
    gc.freeze()
    for number in range(rounds + 1):
        turn = {}
        for name in list(turns) if number % 2 else list(turns)[::-1]:
            gc.collect()
            turn[name] = turns[name]()
        found.append(turn)
    gc.unfreeze()
    return found[1:]


def ratio(turns: list[Turn], upper: str, lower: str) -> float:
    """Median of the ratios, each within a turn."""
    return statistics.median(turn[upper] / turn[lower] for turn in turns)


def median(turns: list[Turn], name: str, factor: float) -> float:
    """Median of one of them, in a unit of which there are `factor` in a second."""
    return statistics.median(turn[name] for turn in turns) * factor


def timed(call: Callable[[], Any], calls: int = CALLS) -> Callable[[], float]:
    """CPU seconds of a call, over some in a row."""

    def run() -> float:
        start = time.process_time()
        for _ in range(calls):
            call()
        return (time.process_time() - start) / calls

    return run


def timed_async(call: Callable[[], Awaitable[Any]], runner: asyncio.Runner) -> Callable[[], float]:
    """As `timed`, of a call that is awaited; starting the loop does not count."""

    async def run() -> float:
        start = time.process_time()
        for _ in range(CALLS):
            await call()
        return (time.process_time() - start) / CALLS

    return lambda: runner.run(run())


def measure_calls(peer: Peer) -> list[Line]:
    """A call by each client, of both kinds."""
    content = PAYLOAD.read_bytes()
    answering = Answering(content)
    with opened(answering, peer.client) as calls:
        for call in calls.values():
            check(call(), answering, content)
        turns = interleave({name: timed(call) for name, call in calls.items()}, ROUNDS)
    with asyncio.Runner() as runner, opened_async(answering, peer.client, runner) as awaited:
        for name in awaited:
            check(runner.run(_awaited(awaited[name])), answering, content)
        async_turns = interleave({name: timed_async(awaited[name], runner) for name in awaited}, ROUNDS)
    return [*_call_lines("", turns), *_call_lines(", async", async_turns)]


async def _awaited(call: Callable[[], Awaitable[Any]]) -> Any:
    return await call()


def _call_lines(kind: str, turns: list[Turn]) -> list[Line]:
    shown = f"package {median(turns, OURS, 1e6):.0f} us; httpx2 and validate_json {median(turns, BARE, 1e6):.0f} us"
    shown += f" with base_url=, {median(turns, WHOLE_URL, 1e6):.0f} us with whole URLs"
    against, others = None, ""
    if PEER in turns[0]:
        against = ratio(turns, OURS, PEER)
        others = f"{PEER_NAME} {median(turns, PEER, 1e6):.0f} us: {ratio(turns, PEER, BARE):.2f} x the former bare call"
        others += f", {ratio(turns, PEER, WHOLE_URL):.2f} x the latter"
    return [
        Line(f"call{kind}: package / httpx2 (base_url=) and validate_json", 1.35, ratio(turns, OURS, BARE), "x"),
        Line(f"call{kind}: package / httpx2 (whole URL) and validate_json", 1.35, ratio(turns, OURS, WHOLE_URL), "x"),
        Line(f"call{kind}: package / {PEER_NAME}", 1.0, against, "x", (shown, *([others] if others else []))),
    ]


def measure_decoding(peer: Peer) -> Line:
    """A long answer by the package, by pydantic on the same model, and on the models of the other generator."""
    value = json.loads(PAYLOAD.read_bytes())
    nodes = [value["nodes"][number % 2] for number in range(NODES)]
    content = json.dumps({**value, "nodes": nodes, "total": NODES}).encode()
    client = DataArtsFactory(project_id=PROJECT)
    response = Response(200, Headers((("Content-Type", "application/json"),)), content)
    ways: dict[str, Callable[[], Any]] = {
        OURS: lambda: read(client._configuration, GET_INSTANCE, response, True),
        BARE: lambda: validate_alone(content),
    }
    if peer.models is not None:
        ways[PEER] = lambda: peer.models.JobInstance.model_validate_json(content)
    if any(len(way().nodes) != NODES for way in ways.values()):
        raise RuntimeError("nodes got lost")
    turns = interleave({name: timed(way, 1) for name, way in ways.items()}, DECODE_ROUNDS)
    shown = f"package {median(turns, OURS, 1e3):.2f} ms, pydantic alone {median(turns, BARE, 1e3):.2f} ms"
    if PEER in ways:
        shown += f"; pydantic on the models of {PEER_NAME} {median(turns, PEER, 1e3):.2f} ms"
    what = f"{NODES:,} nodes ({len(content) / 1000:.0f} kB): package / pydantic on its model"
    return Line(what, 1.1, ratio(turns, OURS, BARE), "x", (shown,))


def measure_first_use(folder: Path) -> list[Line]:
    """Import, one client, one call in a fresh process, over a bare interpreter."""
    with serving(PAYLOAD.read_bytes()) as address:
        programs = {"interpreter": ("-c", "import sys")}
        for place, given in (("in-process transport", ()), ("loopback", (address,))):
            programs[f"package {place}"] = (str(FIRST_USE / "package.py"), str(PAYLOAD), *given)
            programs[f"hand {place}"] = (str(FIRST_USE / "by_hand.py"), str(PAYLOAD), *given)
        ways = {name: lambda arguments=arguments: measure(arguments, folder) for name, arguments in programs.items()}
        turns = interleave(ways, FIRST_USES)
    lines = []
    for place in ("in-process transport", "loopback"):
        over = [{name: turn[f"{name} {place}"] - turn["interpreter"] for name in ("package", "hand")} for turn in turns]
        shown = f"package {median(over, 'package', 1e3):.0f} ms, by hand {median(over, 'hand', 1e3):.0f} ms"
        shown += f", both over a bare interpreter ({median(turns, 'interpreter', 1e3):.0f} ms)"
        what = f"first use, {place}: package / httpx2, pydantic by hand"
        lines.append(Line(what, 1.3, ratio(over, "package", "hand"), "x", (shown,)))
    return lines


def measure_wheel(folder: Path) -> list[Line]:
    """Size of the wheel and what it needs."""
    # Built from a copy: nothing of it appears in the checkout.
    source = shutil.copytree(PACKAGE, folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation")
    command = [sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", str(folder), str(source)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"pip wheel failed:\n{done.stderr}")
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as held:
        (metadata,) = (name for name in held.namelist() if name.endswith(".dist-info/METADATA"))
        needs = Parser().parsestr(held.read(metadata).decode()).get_all("Requires-Dist") or []
        files = len(held.namelist())
    return [
        Line("wheel: size (1 kB = 1,000 bytes)", 120, wheel.stat().st_size / 1000, "kB", (f"{files} files",)),
        Line("wheel: dependencies", 2, len(needs), "", ("; ".join(needs),)),
    ]


def measure_concurrency() -> Line:
    """Many calls at once that each take a while, by the wall clock; a new client each time."""

    async def by_package(address: str) -> float:
        async with AsyncDataArtsFactory(
            project_id=PROJECT, workspace=WORKSPACE, endpoint=address, credentials=TokenCredentials("a-token")
        ) as client:
            start = time.perf_counter()
            await asyncio.gather(*(client.jobs.get_instance(JOB, INSTANCE) for _ in range(CONCURRENT)))
            return time.perf_counter() - start

    async def by_hand(address: str) -> float:
        async with httpx2.AsyncClient(base_url=address, headers=HEADERS) as client:
            start = time.perf_counter()
            answers = await asyncio.gather(*(client.get(PATH.format(JOB, INSTANCE)) for _ in range(CONCURRENT)))
            for answer in answers:
                validate_alone(answer.content)
            return time.perf_counter() - start

    with serving(PAYLOAD.read_bytes(), WAIT) as address:
        ways = {OURS: lambda: asyncio.run(by_package(address)), BARE: lambda: asyncio.run(by_hand(address))}
        turns = interleave(ways, CONCURRENT_ROUNDS)
    shown = (
        f"slowest {max(turn[OURS] for turn in turns):.2f} s; httpx2 and validate_json {median(turns, BARE, 1):.2f} s"
    )
    what = f"{CONCURRENT} concurrent calls of {WAIT} s, loopback, wall clock"
    return Line(what, 0.6, median(turns, OURS, 1), "s", (shown,))


def report(others: Others) -> None:
    """Measure and print.

    Args:
        others: What was measured beside the clients that are installed elsewhere.
    """
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        generated, elsewhere = Path(folder, "generated"), Path(folder, "elsewhere")
        generated.mkdir()
        elsewhere.mkdir()
        peer = make_peer(DOCUMENT, generated)
        lines = [*measure_calls(peer), measure_decoding(peer), *measure_first_use(elsewhere)]
        lines += [*measure_wheel(elsewhere), measure_concurrency(), *others.lines]
    libraries = ", ".join(f"{name} {version(name)}" for name in ("httpx2", "pydantic"))
    print(f"Calls: CPU seconds of DataArtsFactory.jobs.get_instance, medians of ratios within a round; {libraries}")
    print(f"{ROUNDS} rounds of {CALLS} calls each, {DECODE_ROUNDS} of a long answer, {FIRST_USES} fresh processes each")
    print(*peer.remarks, *others.remarks, sep="\n")
    print(f"\n{'':<67}{'target':>8}    {'measured':>8}  ratio")
    print(*lines, sep="\n")
    missed = [line.what for line in lines if line.missed]
    print(f"\n{len(missed)} of {len(lines)} targets missed" + (f": {'; '.join(missed)}" if missed else ""))
    print(f"measured in {time.perf_counter() - start:.0f} s")
