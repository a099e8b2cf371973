"""What the emitted package takes beside clients that are installed in an environment of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.bench.calls import PAYLOAD, Line, Others, Turn, median, ratio
from tests.bench.server import serving
from tests.peers.environment import PYTHON, generated, is_there, run

OURS, GENERATED, VENDOR, BARE = "huaweicloud-jobs", "openapi-python-client", "huaweicloudsdk", "httpx2 and pydantic"
PROGRAM = Path(__file__).with_name("loopback.py")


def measure_others() -> Others:
    """Calls, first uses and installations; nothing but a remark where that environment is not there."""
    if not is_there():
        words = "not measured: openapi-python-client and the SDK of the vendor, for their environment is not installed"
        return Others((), (words,))
    with generated() as folder, serving(PAYLOAD.read_bytes()) as address:
        found = json.loads(run(str(PYTHON), str(PROGRAM), str(folder), address, folder=folder))
    loopback, process = _turns(found["loopback"], 0), _turns(found["process"], 0)
    first = [dict(zip(found["first"], seconds, strict=True)) for seconds in zip(*found["first"].values(), strict=True)]
    over = [{name: turn[name] - turn[""] for name in turn if name} for turn in first]
    shown = f"{_each(loopback, 1e6)} us of CPU; {_each(_turns(found['loopback'], 1), 1e6)} us by the clock"
    remarks = (
        f"first use, loopback, over a process that does nothing: {_each(over, 1e3)} ms of CPU",
        f"installed: {_installed(found['installed'])}",
    )
    lines = (
        Line(f"call, loopback: package / {VENDOR}", 0.25, ratio(loopback, OURS, VENDOR), "x", (shown,)),
        Line(f"call, loopback: package / {GENERATED}", 1.0, ratio(loopback, OURS, GENERATED), "x"),
        Line(f"call: package / {GENERATED}", 1.0, ratio(process, OURS, GENERATED), "x", (f"{_each(process, 1e6)} us",)),
    )
    return Others(lines, remarks)


def _turns(found: dict[str, list[list[float]]], which: int) -> list[Turn]:
    """One kind of seconds of everything, round by round."""
    rounds = zip(*found.values(), strict=True)
    return [{name: seconds[which] for name, seconds in zip(found, turn, strict=True)} for turn in rounds]


def _each(turns: list[Turn], factor: float) -> str:
    return ", ".join(f"{name} {median(turns, name, factor):.0f}" for name in turns[0])


def _installed(found: dict[str, Any]) -> str:
    return ", ".join(f"{name} {size / 1e6:.0f} MB in {count} distributions" for name, (count, size) in found.items())
