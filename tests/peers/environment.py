"""The environment of the peers, what is generated for it, and the programs that run in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.peer import bundled

REPOSITORY = Path(__file__).resolve().parents[2]
ENVIRONMENT = REPOSITORY / ".venv-peers"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / Path(sys.executable).name
DOCUMENTS = ("lakeformation", "dataarts_factory", "dataarts_catalog")
SECONDS = 300


def is_there() -> bool:
    """Whether the environment is installed to its end."""
    return (ENVIRONMENT / ".installed").is_file()


@contextmanager
def generated() -> Iterator[Path]:
    """A folder with the client that openapi-python-client makes of each document, as long as it is used.

    The documents are bundled: it reads no reference to another file.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for document in DOCUMENTS:
            value = bundled(REPOSITORY / f"spec/{document}/openapi.yaml")
            (folder / f"{document}.json").write_text(json.dumps(value), encoding="utf-8")
            arguments = ("--path", f"{document}.json", "--output-path", f"opc_{document}", "--meta", "none")
            run(str(SCRIPTS / "openapi-python-client"), "generate", *arguments, folder=folder)
        yield folder


def run(*command: str, folder: Path) -> str:
    """Run a command in a folder, which is its home too; gives what it prints.

    Raises:
        RuntimeError: It failed.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment |= {"HOME": str(folder), "PATH": os.pathsep.join((str(SCRIPTS), os.environ["PATH"])), "NO_PROXY": "*"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def observe(*keys: str) -> dict[str, list[str]]:
    """The cells of rows, of all by default."""
    with generated() as folder:
        program = Path(__file__).with_name("observe.py")
        found: dict[str, list[str]] = json.loads(run(str(PYTHON), str(program), str(folder), *keys, folder=folder))
        return found
