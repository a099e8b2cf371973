"""What importing a package costs and drags in, and that the runtime can be copied."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DEAR = ("httpx2", "pydantic", "typing", "dataclasses", "asyncio", "logging", "ssl", "email", "urllib.parse", "json")
REPORT = "import sys; print(*sys.modules)"


def loaded_by(code: str, *paths: Path) -> set[str]:
    """Modules that are loaded after running the code in a bare interpreter."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
    command = [sys.executable, "-S", "-c", f"{code}\n{REPORT}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_a_client_loads_nothing_dear(repository: Path) -> None:
    """Neither the HTTP library nor the model library, nor what is slow in the standard library."""
    loaded = loaded_by("from tests.runtime.sample.client import Sample", repository, repository / "generator")

    assert [name for name in DEAR if name in loaded] == []


def test_making_a_client_opens_nothing(repository: Path) -> None:
    """Libraries are loaded by the first call."""
    code = "from tests.runtime.sample.client import Sample\nSample(project_id='p', endpoint='http://host').jobs"
    loaded = loaded_by(code, repository, repository / "generator")

    assert loaded.isdisjoint({"httpx2", "pydantic", "asyncio", "ssl"})


def test_the_runtime_works_under_any_name(repository: Path, tmp_path: Path) -> None:
    """Copied into a package it imports nothing from where it came."""
    copied = tmp_path / "some_package"
    shutil.copytree(repository / "generator" / "specloom" / "runtime", copied / "_runtime")
    (copied / "__init__.py").write_text("")
    modules = sorted(file.stem for file in (copied / "_runtime").glob("*.py"))
    code = "; ".join(f"import some_package._runtime.{module}" for module in modules if module != "__init__")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", f"{code}\nimport sys; assert 'specloom' not in sys.modules"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
