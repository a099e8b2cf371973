"""What is compared: a row for each question, whose answer is found by doing it."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.peers.contenders import PACKAGE, SECRET, Contender, read
from tests.runtime.faults import Act, FaultServer, answer

PAYLOAD = json.loads(
    (PACKAGE / "tests/fixtures/dataarts_factory/jobs/get_instance_200_failed_instance.json").read_bytes()
)
TASKS = json.loads(
    (PACKAGE / "tests/fixtures/dataarts_catalog/tasks/list_instances_200_running_task.json").read_bytes()
)
NOT_JSON = (PACKAGE / "tests/fixtures/lakeformation/jobs/start_401_incorrect_token_as_documented.txt").read_bytes()
FAILURE = {
    "code": ("error_code", "DLF.0137"),
    "message": ("error_msg", "Job instance does not exist."),
    "common code": ("common_error_code", "common.0137"),
    "solution": ("solution_msg", "Look at the list of instances."),
}
REQUEST_ID = "f3c1e7d1-request"
OPERATIONS = (
    "/instances/{instance_id}/lf-jobs/{job_id}/history",
    "/instances/{instance_id}/lf-jobs/{job_id}/start",
    "/jobs/{job_name}/instances/{instance_id}",
    "/datamap/node/{task_id}/instances",
)
LOST = Act(end="close")

Observe = Callable[[Contender, FaultServer], str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    Args:
        key: Names it on the command line.
        question: What happens, in words.
        observe: Does it with a contender, and says what came of it: the cell.
    """

    key: str
    question: str
    observe: Observe


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call."""

    result: Any
    error: Exception | None
    requests: int
    seconds: float

    def __str__(self) -> str:
        if self.error is not None:
            return f"raises `{type(self.error).__name__}`"
        if hasattr(self.result, "error_code") and not hasattr(self.result, "job_name"):
            return f"returns a `{type(self.result).__name__}`"
        return "returns the answer"

    @property
    def subject(self) -> Any:
        """What says what went wrong."""
        return self.result if self.error is None else self.error

    @property
    def counted(self) -> str:
        """How many requests there were."""
        return f"{self.requests} request{'s' * (self.requests != 1)}"


def run(server: FaultServer, call: Callable[[str], Any], *acts: Act) -> Outcome:
    """One call against a server that acts so."""
    server.play(*acts)
    start, result, error = time.monotonic(), None, None
    try:
        result = call(server.url)
    except Exception as fault:
        error = fault
    return Outcome(result, error, len(server.requests), time.monotonic() - start)


def given(value: Any, status: int = 200, **headers: str) -> Act:
    """An answer of JSON, or of bytes as they are."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Act(answer(status, body, Content_Type="application/json", **headers))


def failed(status: int, **headers: str) -> Act:
    """A failure as the service describes it."""
    return given(dict(FAILURE.values()), status, X_Request_Id=REQUEST_ID, **headers)


def _member(name: str, python: str, value: object, wrong: bool = True) -> Observe:
    """A member of an answer has another value, or (`...`) is missing.

    Args:
        wrong: Whether that is not what is documented, so that there is something to say about it.
    """
    changed = {key: item for key, item in {**PAYLOAD, name: value}.items() if item is not ...}

    def observe(contender: Contender, server: FaultServer) -> str:
        outcome = run(server, partial(read, contender), given(changed))
        if outcome.error is not None:
            return str(outcome)
        listed = ", listed in `problems`" if contender.problems(outcome.result) else ", without a word"
        found = getattr(outcome.result, python)
        shown = str(found) if isinstance(found, str) else found
        return f"`{shown!r}`" + (listed if wrong else "")

    return observe


def _half(contender: Contender, server: FaultServer) -> str:
    content = json.dumps(PAYLOAD).encode()
    outcome = run(server, partial(read, contender), given(content[: len(content) // 2]))
    empty = outcome.error is None and outcome.result.job_name is None and outcome.result.nodes is None
    return "returns an answer in which all is `None`" if empty else str(outcome)


def _failure(contender: Contender, server: FaultServer) -> str:
    outcome = run(server, partial(read, contender), failed(400))
    wanted = {text: name for name, (_, text) in FAILURE.items()} | {REQUEST_ID: "request id"}
    found = [name for text, name in wanted.items() if text in _attributes(outcome.subject)]
    return f"{outcome} with {', '.join(found)}"


def _attributes(subject: Any) -> list[object]:
    """The values of all public attributes that are text or numbers."""
    names = [name for name in dir(subject) if not name.startswith("_")]
    values = [getattr(subject, name, None) for name in names]
    return [value for value in values if isinstance(value, (str, int))]


def _not_json(contender: Contender, server: FaultServer) -> str:
    outcome = run(server, contender.start, given(NOT_JSON, 401))
    return f"{outcome} {'with' if 401 in _attributes(outcome.subject) else 'without'} the status"


def _throttled(contender: Contender, server: FaultServer) -> str:
    outcome = run(server, partial(read, contender), failed(429, Retry_After="1"), given(PAYLOAD))
    waited = f", {outcome.seconds:.0f} s apart" if outcome.requests > 1 else ""
    return f"{outcome} after {outcome.counted}{waited}"


def _lost_read(contender: Contender, server: FaultServer) -> str:
    outcome = run(server, partial(read, contender), LOST, given(PAYLOAD))
    return f"{outcome} after {outcome.counted}"


def _lost_start(contender: Contender, server: FaultServer) -> str:
    outcome = run(server, contender.start, LOST, given({}, 202))
    return f"{outcome} after {outcome.counted}"


def _expired(contender: Contender, server: FaultServer) -> str:
    """A token that was asked for costs a request of its own, which does not count here."""
    token = Act(answer(201, b"{}", X_Subject_Token="a-token"))
    acts = [failed(401), given(PAYLOAD)]
    outcome = run(server, contender.renew, *([token, acts[0], token, acts[1]] if not contender.distribution else acts))
    asked = sum("/auth/tokens" in line for line in server.requests)
    sent = outcome.requests - asked
    return f"{outcome} after {sent} request{'s' * (sent != 1)}" + (f" and {asked} for tokens" if asked else "")


def _inner_failure(contender: Contender, server: FaultServer) -> str:
    outcome = run(server, contender.list_instances, given({**TASKS, "status_code": 500}))
    return str(outcome) if outcome.error else f"returns an answer whose `status_code` is {outcome.result.status_code}"


def _repr(contender: Contender, server: FaultServer) -> str:
    shown = "".join(repr(one) + str(one) for one in contender.holders())
    return "in clear" if SECRET in shown else "not shown"


def _awaited(contender: Contender, server: FaultServer) -> str:
    async def call() -> str:
        given_back = contender.read_at_once(server.url)
        if not inspect.isawaitable(given_back):
            given_back.result()
            return f"gives a `{type(given_back).__name__}`, which cannot be awaited"
        return (
            "is awaited" if (await asyncio.wait_for(given_back, 30)).job_name == PAYLOAD["jobName"] else "gives nothing"
        )

    server.play(given(PAYLOAD))
    return asyncio.run(call())


def _files(contender: Contender, server: FaultServer) -> str:
    """In a process of its own, whose home is empty."""
    program = "\n".join(line for line in contender.right.splitlines() if line.startswith("from "))
    with tempfile.TemporaryDirectory() as home:
        _python("-c", program, PYTHONPATH=_paths(contender), HOME=home, USERPROFILE=home)
        found = sorted(path.relative_to(home).as_posix() for path in Path(home).rglob("*") if path.is_file())
    return ", ".join(f"`~/{name}`" for name in found) or "none"


def _types(contender: Contender, server: FaultServer) -> str:
    right, wrong = (_mypy(text, _paths(contender)) for text in (contender.right, contender.wrong))
    clean = f"{len(right)} error{'s' * (len(right) != 1)}" if right else "no error"
    noticed = "is noticed" if len(wrong) > len(right) else "passes"
    return f"{clean}; a misspelt member {noticed}"


def _paths(contender: Contender) -> str:
    """What has to be said of where a contender lies: nothing where it is installed."""
    folder = contender.sources[0].parent
    return "" if folder.name == "site-packages" else str(folder)


def _mypy(program: str, paths: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "program.py").write_text(program, encoding="utf-8")
        options = ("--strict", "--hide-error-context", "--no-error-summary", "--cache-dir", str(Path(folder, ".cache")))
        said = _python("-m", "mypy", *options, "program.py", cwd=folder, MYPYPATH=paths)
    return [line for line in said.splitlines() if line.startswith("program.py") and " error: " in line]


def _python(*arguments: str, cwd: str | None = None, **variables: str) -> str:
    command = [sys.executable, *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | variables
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode > 1 or "Traceback" in done.stderr:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _operations(contender: Contender, server: FaultServer) -> str:
    texts = [path.read_text(encoding="utf-8") for folder in contender.sources for path in folder.rglob("*.py")]
    found = sum(any(f'}}{operation}"' in text for text in texts) for operation in OPERATIONS)
    return f"{found} of {len(OPERATIONS)}"


ROWS = (
    Row("operations", "Operations of the four documented pages", _operations),
    Row("unknown-value", "A status that no page lists", _member("status", "status", "hibernating")),
    Row("missing-member", "A required member is missing", _member("planTime", "plan_time", ...)),
    Row(
        "wrong-type",
        '`"false"` stands where a boolean is documented',
        _member("forceSuccess", "force_success", "false"),
    ),
    Row(
        "fraction",
        "`0.3` in a member that the page calls Long",
        _member("executeTime", "execute_time", 0.3, wrong=False),
    ),
    Row("half-answer", "Status 200 and half of the JSON", _half),
    Row("inner-failure", "Status 200, and a body that reports status 500", _inner_failure),
    Row("failure", "Status 400 with an error of the service", _failure),
    Row("not-json", "Status 401 whose body is no JSON, as one page documents it", _not_json),
    Row("retry-after", "Status 429 with `Retry-After: 1`, then an answer", _throttled),
    Row("lost-read", "The connection ends without an answer to a GET, once", _lost_read),
    Row("lost-start", "The connection ends without an answer to starting a job, once", _lost_start),
    Row("expired", "Status 401 once, as for a token that has expired (the vendor's SDK signs with keys)", _expired),
    Row("secrets", "The secret, in the `repr` of client and credentials", _repr),
    Row("asyncio", "The asynchronous twin of a call", _awaited),
    Row("types", "`mypy --strict` over a program of five lines", _types),
    Row("files", "Files that importing it writes to the home folder", _files),
)
