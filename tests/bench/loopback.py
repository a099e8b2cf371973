"""`loopback.py FOLDER ADDRESS`: measures calls of every client that can be installed, and prints seconds as JSON.

Runs in the environment of the peers; the server is another process, so that the CPU seconds are the client's.
"""

from __future__ import annotations

import gc
import json
import logging
import sys
import time
import warnings
from contextlib import ExitStack
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.process import measure
from tests.peers.contenders import JOB, PACKAGE, PROJECT, RUN, SECRET, WORKSPACE, Call, Contender, contenders

PAYLOAD = PACKAGE / "tests/fixtures/dataarts_factory/jobs/get_instance_200_failed_instance.json"
ROUNDS, CALLS, FIRST_USES = 25, 40, 7
FIRST = Path(__file__).with_name("first_use") / "contender.py"
BARE = "httpx2 and pydantic"
NEEDS = {
    "huaweicloud-jobs": ("httpx2", "pydantic"),
    "openapi-python-client": ("httpx", "attrs"),
    "huaweicloudsdk": ("huaweicloudsdkdgc", "huaweicloudsdkdataartsstudio"),
}
"""What each has to have installed for the operations that it knows of the four."""


def bare(stack: ExitStack, address: str, transport: Any = None) -> Call:
    """The same call by httpx2, read by pydantic into the emitted model."""
    import httpx2
    from pydantic import TypeAdapter

    from huaweicloud_jobs.dataarts_factory.models import JobInstance

    headers = {"X-Auth-Token": SECRET, "workspace": WORKSPACE}
    client = stack.enter_context(httpx2.Client(headers=headers, transport=transport))
    adapter = TypeAdapter(JobInstance)
    url = f"{address}/v1/{PROJECT}/jobs/{JOB}/instances/{RUN}"
    return lambda: adapter.validate_json(client.get(url).content, by_alias=True, by_name=False)


def on_loopback(stack: ExitStack, every: tuple[Contender, ...], address: str) -> dict[str, Call]:
    """A call by each, over a connection that stays open."""
    calls = {contender.name: stack.enter_context(contender.reading(address)) for contender in every}
    return calls | {BARE: bare(stack, address)}


def in_process(stack: ExitStack) -> dict[str, Call]:
    """A call by each that takes a transport which stays in the process."""
    import httpx
    import httpx2
    from opc_dataarts_factory import AuthenticatedClient
    from opc_dataarts_factory.api.jobs import show_job_instance

    from huaweicloud_jobs import DataArtsFactory, TokenCredentials

    content, kind = PAYLOAD.read_bytes(), {"Content-Type": "application/json"}
    address = "https://service.example"
    ours = httpx2.MockTransport(lambda _: httpx2.Response(200, headers=kind, content=content))
    theirs = httpx.MockTransport(lambda _: httpx.Response(200, headers=kind, content=content))
    held: dict[str, Any] = {"endpoint": address, "credentials": TokenCredentials(SECRET), "transport": ours}
    package = stack.enter_context(DataArtsFactory(project_id=PROJECT, workspace=WORKSPACE, **held))
    given: dict[str, Any] = {"token": SECRET, "prefix": "", "auth_header_name": "X-Auth-Token"}
    other = stack.enter_context(AuthenticatedClient(base_url=address, **given, httpx_args={"transport": theirs}))
    return {
        "huaweicloud-jobs": lambda: package.jobs.get_instance(JOB, RUN),
        "openapi-python-client": lambda: show_job_instance.sync(PROJECT, JOB, RUN, client=other, workspace=WORKSPACE),
        BARE: bare(stack, address, ours),
    }


def measure_turns(calls: dict[str, Call]) -> dict[str, list[tuple[float, float]]]:
    """CPU and wall seconds of a call, in turns; every other round goes backwards, and the first does not count."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for call in calls.values():
        if len(call().nodes) != 2:
            raise RuntimeError("nodes got lost")
    gc.collect()
    gc.freeze()
    for number in range(ROUNDS + 1):
        for name in list(calls) if number % 2 else list(calls)[::-1]:
            gc.collect()
            cpu, wall = time.process_time(), time.perf_counter()
            for _ in range(CALLS):
                calls[name]()
            seconds = (time.process_time() - cpu) / CALLS, (time.perf_counter() - wall) / CALLS
            found[name] += [seconds] if number else []
    return found


def measure_first(every: tuple[Contender, ...], folder: str, address: str) -> dict[str, list[float]]:
    """CPU seconds of import, one client and one call, in a fresh process; the empty name is a process without them."""
    found: dict[str, list[float]] = {"": [], **{contender.name: [] for contender in every}}
    for number in range(FIRST_USES + 1):
        for name, seconds in found.items():
            taken = measure((str(FIRST), folder, address, name), Path(folder))
            seconds += [taken] if number else []
    return found


def measure_installed(every: tuple[Contender, ...]) -> dict[str, tuple[int, int]]:
    """How many distributions each needs, and bytes of all its files; compiled ones of Python aside."""
    found = {}
    for contender in every:
        closure = _closure(NEEDS[contender.name])
        files = [file.locate() for name in closure for file in distribution(name).files or ()]
        if contender.name != "huaweicloudsdk":
            files += [path for folder in contender.sources for path in folder.rglob("*.py")]
        sizes = [Path(file).stat().st_size for file in files if Path(file).suffix != ".pyc" and Path(file).is_file()]
        found[contender.name] = len(closure), sum(sizes)
    return found


def _closure(names: tuple[str, ...]) -> set[str]:
    """Names of distributions with all that they need here."""
    found: set[str] = set()
    left = list(names)
    while left:
        name = canonicalize_name(left.pop())
        if name not in found:
            found.add(name)
            needed = map(Requirement, distribution(name).requires or ())
            left += [one.name for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
    return found


def main(folder: str, address: str) -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")
    logging.disable()
    every = contenders(Path(folder))
    with ExitStack() as stack:
        loopback = measure_turns(on_loopback(stack, every, address))
    with ExitStack() as stack:
        process = measure_turns(in_process(stack))
    first, installed = measure_first(every, folder, address), measure_installed(every)
    print(json.dumps({"loopback": loopback, "process": process, "first": first, "installed": installed}))


if __name__ == "__main__":
    main(*sys.argv[1:])
