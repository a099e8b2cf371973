"""`python -m tests.regeneration.digest`: one digest of what is built, in every surrounding that it must not depend on.

Prints the surroundings that were tried with their digests, the interpreters that were not there, and ends with 1 where
two digests differ. `SPECLOOM_PYTHONS` names interpreters beyond those on the path, separated as `PATH` is.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).resolve().parents[2]
CASES = ("hostile_text", "models_across_resources", "names_that_collide", "all_formats", "overlay", "swagger_2_0")
"""Documents that are built beside those of the project, each for what it is odd in."""

NEEDED = "black, click, datamodel_code_generator, jinja2, jsonpath, jsonschema, openapi_spec_validator, yaml"
VERSIONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surrounding:
    """What a build must not depend on.

    Args:
        variables: Of the environment.
        shuffled: Seed of the order in which the system lists files; empty for its own.
        processors: How many there are said to be; 0 for as many as there are, and work that is shared when it is much.
        cached: Folder of the cache; empty for none.
        cwd: Folder to build in, relative to the project.
        python: Interpreter; empty for this one.
    """

    variables: Mapping[str, str] = field(default_factory=dict)
    shuffled: str = ""
    processors: int = 0
    cached: str = ""
    cwd: str = ""
    python: str = ""

    def __str__(self) -> str:
        said = [f"{key}={value}" for key, value in self.variables.items()]
        said += [
            f"{name} {value}" for name in ("shuffled", "processors", "cwd", "python") if (value := getattr(self, name))
        ]
        return ", ".join([*said, *(["cache"] if self.cached else [])]) or "as it is here"


SURROUNDINGS: Mapping[str, Surrounding] = {
    "here": Surrounding(),
    "seed 0, Kolkata, C": Surrounding(
        variables={"PYTHONHASHSEED": "0", "TZ": "Asia/Kolkata", "LC_ALL": "C", "PYTHONUTF8": "0"}
    ),
    "seed 4242, St. John's": Surrounding(
        variables={"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}
    ),
    "random seed, optimised": Surrounding(
        variables={"PYTHONHASHSEED": "random", "TZ": "Pacific/Apia", "PYTHONOPTIMIZE": "1", "COLUMNS": "20"}
    ),
    "files in another order": Surrounding(shuffled="1"),
    "files in a third order": Surrounding(shuffled="2", cwd="spec"),
    "one processor": Surrounding(processors=1),
    "two processors": Surrounding(processors=2),
    "four processors": Surrounding(processors=4, shuffled="3"),
}
"""One of each, and some at once; a cold and a warm cache come last, one after the other."""


def digest(surrounding: Surrounding, root: Path) -> str:
    """Build in a process of its own; gives the digest of all files."""
    given = {"root": str(root), "shuffled": surrounding.shuffled, "processors": surrounding.processors}
    given |= {"cached": surrounding.cached, "cases": CASES}
    ended = subprocess.run(
        [surrounding.python or sys.executable, str(Path(__file__).with_name("build_once.py")), json.dumps(given)],
        cwd=root / surrounding.cwd,
        env=os.environ | dict(surrounding.variables) | {"PYTHONPATH": str(REPOSITORY / "generator")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def copy_project(root: Path) -> None:
    """Copy what is built: the spec of the project, and some cases."""
    shutil.copytree(REPOSITORY / "spec", root / "spec")
    shutil.copy(REPOSITORY / "pyproject.toml", root)
    for case in CASES:
        shutil.copytree(REPOSITORY / "tests" / "cases" / case, root / "cases" / case)


@cache
def interpreters() -> tuple[dict[str, str], tuple[str, ...]]:
    """Other interpreters that could build, by version, and why each of the rest was not tried."""
    found: dict[str, str] = {}
    absent = {version: f"{version} is not on this machine" for version in VERSIONS}
    mine = f"{sys.version_info.major}.{sys.version_info.minor}"
    named = [one for one in os.environ.get("SPECLOOM_PYTHONS", "").split(os.pathsep) if one]
    on_path = [(version, path) for version in VERSIONS if (path := shutil.which(f"python{version}"))]
    for version, path in [*((_version(path), path) for path in named), *on_path]:
        if version == mine or version not in absent:
            continue
        if _runs(path, f"import {NEEDED}"):
            found[version] = path
            del absent[version]
        else:
            absent[version] = f"{version} has not all that specloom needs ({path})"
    absent.pop(mine, None)
    return found, tuple(absent.values())


def _version(path: str) -> str:
    return _runs(path, "import sys; print('%d.%d' % sys.version_info[:2])").strip()


def _runs(path: str, program: str) -> str:
    """What an interpreter prints, or a line feed; empty where it fails."""
    ended = subprocess.run([path, "-c", program], capture_output=True, encoding="utf-8", check=False)
    return "" if ended.returncode else ended.stdout or "\n"


def main() -> int:
    """Print the matrix; 1 where digests differ."""
    others, absent = interpreters()
    rows = [*SURROUNDINGS.values(), *(Surrounding(python=path) for path in others.values())]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "a project"
        copy_project(root)
        rows += [Surrounding(cached=str(Path(folder) / "cache"), processors=2)] * 2
        found = [(digest(row, root), row) for row in rows]
    for one, row in found:
        print(f"{one[:16]}  {row}")
    print(f"this is Python {sys.version.split()[0]}; others: {', '.join(others) or 'none'}")
    print("".join(f"not tried: {one}\n" for one in absent), end="")
    print(f"{len({one for one, _ in found})} digest(s) in {len(found)} builds: {found[0][0]}")
    return 0 if len({one for one, _ in found}) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
