"""Bad input: folders, each a row of what can be wrong, with inputs and what is printed for each of them.

`inputs.py` says in its docstring which row it is, and lists `INPUTS`. `want/<input>.txt` holds what the commands print
and how they end, alike ones together. Large inputs are made when they are needed. Each command runs in a process of
its own, in a folder of its own, within bounds of time and memory that the input states.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HERE = Path(__file__).parent
Content: TypeAlias = "str | bytes | Callable[[], str | bytes]"

ON_ENTRY = tuple(
    (*command, *how)
    for command in (("lint", "openapi.yaml"), ("build", "openapi.yaml", "--package", "made", "--out", "out"))
    for how in ((), ("--tolerant",))
)
"""Both commands, of a document of one's own and of one of others."""

SECONDS = 1.5
"""CPU time that a command may take: with the start of the program, 2 seconds."""

MEGABYTES = 150
"""Memory that a command may take beside that of what it imports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input.

    Args:
        name: The name of its golden.
        files: Text, bytes, or what makes them, by path.
        links: Symbolic links: what each leads to, by path.
        commands: What is run on it, each command on a fresh copy.
        folder: Where they are run.
        seconds: CPU time that each command may take.
        megabytes: Memory that each command may take beside that of what it imports.
    """

    name: str
    files: Mapping[str, Content]
    links: Mapping[str, str] = field(default_factory=dict)
    commands: tuple[tuple[str, ...], ...] = ON_ENTRY
    folder: str = "."
    seconds: float = SECONDS
    megabytes: int = MEGABYTES

    def write(self, folder: Path) -> None:
        """Write its files."""
        for path, content in self.files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            made = content() if callable(content) else content
            file.write_bytes(made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made)
        for path, target in self.links.items():
            (folder / path).symlink_to(target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended.

    Args:
        printed: What it printed on both streams.
        written: Files that were not there before it.
        seconds: CPU time.
        megabytes: Memory beside that of what it imports.
    """

    code: int
    printed: str
    written: tuple[str, ...]
    seconds: float
    megabytes: int


def list_inputs() -> list[tuple[str, Input]]:
    """Every input with the name of its row."""
    rows = [file.parent.name for file in sorted(HERE.glob("*/inputs.py"))]
    return [(row, one) for row in rows for one in import_module(f"tests.cases.bad_input.{row}.inputs").INPUTS]


class Runner:
    """Runs command lines within bounds."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.cases.bad_input.zygote"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, given: Input, arguments: tuple[str, ...], around: Path) -> Ended:
        """Run one on a fresh copy of an input, in a folder that is not there yet."""
        folder, printed = around / "given", around / "printed.txt"
        given.write(folder)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        before = _files(folder)
        print(json.dumps([str(folder / given.folder), arguments, str(printed)]), file=self._process.stdin, flush=True)
        came = json.loads(self._process.stdout.readline())
        return Ended(
            code=came["code"],
            printed=printed.read_text(encoding="utf-8"),
            written=tuple(sorted(_files(folder) - before)),
            seconds=came["seconds"],
            megabytes=came["megabytes"],
        )

    def close(self) -> None:
        """End the process that runs them."""
        self._process.communicate()


def _files(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir()}


def show(ended: Mapping[tuple[str, ...], Ended]) -> str:
    """Write down what commands did, those that did the same together."""
    alike: dict[tuple[int, str], list[str]] = {}
    for command, one in ended.items():
        alike.setdefault((one.code, one.printed), []).append(f"$ specloom {' '.join(command)}\n")
    return "\n".join(f"{''.join(commands)}{printed}exit {code}\n" for (code, printed), commands in alike.items())
