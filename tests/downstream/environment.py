"""A fresh virtual environment that holds our three wheels, and a server that runs from it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 90


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment.

    Args:
        root: Its folder.
        away: A folder far from any checkout, to run programs in.
    """

    root: Path
    away: Path

    @property
    def scripts(self) -> Path:
        """Where its commands are."""
        return self.root / ("Scripts" if os.name == "nt" else "bin")

    def run(self, command: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the environment, without anything that leads back to where we are now."""
        return subprocess.run(
            [str(self.scripts / command), *arguments],
            cwd=self.away,
            env=clean_variables() | variables,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=SECONDS,
        )

    @contextlib.contextmanager
    def serving(self, *documents: Path) -> Iterator[str]:
        """Run `specloom serve` for some documents; gives the address, and asserts a clean end on Ctrl-C."""
        command = [str(self.scripts / "specloom"), "serve", *map(str, documents), "--port", "0"]
        server = subprocess.Popen(
            command, cwd=self.away, env=clean_variables(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            assert line.startswith("http://"), server.communicate(timeout=SECONDS)
            yield line.split()[0]
            server.send_signal(signal.SIGINT)
            _, said = server.communicate(timeout=SECONDS)
            assert (server.returncode, said) == (0, "")
        finally:
            server.kill()
            server.communicate()


def clean_variables() -> dict[str, str]:
    """Our environment variables without those that change what Python and its tools find."""
    changing = ("PYTHON", "PYTEST", "MYPY", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if not name.startswith(changing)}


def build_wheels(folder: Path, *sources: Path) -> list[Path]:
    """Build the wheels of some projects by the build backend that is installed; nothing is downloaded."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-index"]
    built = subprocess.run(
        [*command, "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), *map(str, sources)],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert built.returncode == 0, built.stderr
    return sorted(folder.glob("*.whl"))


def create_environment(root: Path, away: Path, wheels: list[Path]) -> Environment:
    """Create an environment in which our projects come from wheels, and third parties from where they are installed.

    The wheels are installed first, while nothing else can be seen: what is installed here cannot get in their way.
    """
    venv.create(root, with_pip=False, symlinks=os.name != "nt")
    environment = Environment(root, away)
    command = [sys.executable, "-m", "pip", "--python", str(environment.scripts / "python"), "install", "--quiet"]
    installed = subprocess.run(
        [*command, "--disable-pip-version-check", "--no-index", "--no-deps", *map(str, wheels)],
        env=clean_variables() | {"PYTHONPATH": os.pathsep.join(site_folders())},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert installed.returncode == 0, installed.stderr
    (packages,) = root.rglob("site-packages")
    (packages / "third-parties.pth").write_text("\n".join(site_folders()) + "\n", encoding="utf-8")
    away.mkdir(exist_ok=True)
    return environment


def site_folders() -> list[str]:
    """Where third parties are installed here; editable projects of ours lie elsewhere."""
    return [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
