"""Models that refer to many others are built at their first use, in any thread, in time that grows as they do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

GENERATOR = Path(__file__).resolve().parents[2] / "generator"

PROGRAM = """
import sys, threading, time

sys.path.insert(0, {generator!r})
from typing import Any
from specloom.runtime.jsontext import decoder_for
from specloom.runtime.models import Model

count, link, last = {count}, {link!r}, {last!r}
lines = ["from __future__ import annotations"]
for index in range(count):
    following = f"M{{index + 1}}" if index + 1 < count else last
    lines.append(f"class M{{index}}(Model):\\n    name: str\\n    next: {{link.replace('X', following)}} | None = None")
exec("\\n".join(lines), globals())
depth, value = 3, None
for index in reversed(range(depth)):
    inner = {{"list": lambda v: [v], "dict": lambda v: {{"key": v}}}}.get(link.partition("[")[0], lambda v: v)
    value = {{"name": f"m{{index}}", **({{}} if value is None else {{"next": inner(value)}})}}
import json
text = json.dumps(value, separators=(",", ":"))


def use():
    start = time.process_time()
    read = decoder_for(list[M0])(f"[{{text}}]")[0] if {adapter} else M0.from_json(text)
    assert read.to_json().decode() == text
    assert isinstance(read.next if link == "X" else read, Model)
    read.name = "other"
    print(time.process_time() - start)


limit = sys.getrecursionlimit()
if {stack}:
    threading.stack_size({stack} * 1024)
    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
else:
    use()
assert sys.getrecursionlimit() == limit
"""


def first_use(count: int, link: str = "X", *, last: str = "int", stack: int = 0, adapter: bool = False) -> float:
    """Make so many models, each of which holds the next, in a process of their own; the seconds of the first use.

    Args:
        link: How a model holds the next, which is called X.
        last: What the last one holds.
        stack: Kilobytes of the stack of the thread that uses them; 0 for the main thread.
    """
    program = PROGRAM.format(generator=str(GENERATOR), count=count, link=link, last=last, stack=stack, adapter=adapter)
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return float(json.loads(ran.stdout))


@pytest.mark.parametrize("last", ["int", "M0"])
@pytest.mark.parametrize("link", ["X", "list[X]", "dict[str, X]", "X | int"])
@pytest.mark.parametrize("count", [100, 500])
def test_a_chain_of_models_is_used(count: int, link: str, last: str) -> None:
    """Through members, lists, maps and unions, and round in a circle."""
    assert first_use(count, link, last=last) < 2


@pytest.mark.parametrize("last", ["int", "M0"])
@pytest.mark.parametrize("stack", [0, 512])
def test_two_thousand_models_are_used_in_a_small_thread(stack: int, last: str) -> None:
    """Nothing recurses deeper where there are more of them."""
    assert first_use(2_000, last=last, stack=stack) < 5


def test_an_answer_that_is_a_list_of_such_models_is_read() -> None:
    """Its decoder is built as the model is."""
    assert first_use(500, adapter=True) < 2


def test_the_first_use_costs_what_the_models_weigh() -> None:
    """Four times as many take no more than ten times as long."""
    small = min(first_use(250) for _ in range(3))
    large = min(first_use(1_000) for _ in range(3))

    assert large < 10 * small
