"""Decides that a package is up to date before anything heavy is imported.

After a build that had no error, `.specloom/<distribution>.json` beside pyproject.toml remembers what went in and what
came out. It is a cache of this machine: ignored by git, and as good as deleted whenever it does not fit.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from specloom.cache import Cache
from specloom.emit import MANIFEST, PLACE, hash_bytes, read_manifest, replace_file
from specloom.shipped import GENERATOR, templates_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.settings import PackageSettings

STATE_FOLDER = ".specloom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Machinery:
    """What else decides the output, besides the spec and the configuration.

    Args:
        generator: Folder of the generator's source.
        templates: Folder of the templates.
        tools: Names of installed distributions with their versions, as `read_tools` finds them.
    """

    generator: Path
    templates: Path
    tools: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the last build of a package saw.

    Args:
        fingerprint: Of everything that went in.
        inputs: Each spec file that was read, relative to the root with `/`, and its SHA-256 at that time.
        manifest: SHA-256 of the manifest that was written.
        warnings: Warnings of that build as printed, to be printed again: a build that does nothing hides none.
    """

    fingerprint: str
    inputs: Mapping[str, str]
    manifest: str
    warnings: tuple[str, ...] = ()


def find_machinery() -> Machinery:
    """The machinery of this process."""
    return Machinery(generator=GENERATOR, templates=templates_folder(), tools=read_tools(sys.path))


def cache_for(root: Path, machinery: Machinery | None) -> Cache:
    """What earlier builds have kept; nothing for a build that leaves no state behind."""
    return Cache() if machinery is None else Cache(root / STATE_FOLDER / "cache", hash_machinery(machinery))


def read_current(package: PackageSettings, root: Path, machinery: Machinery) -> State | None:
    """Return the state of the last build where a build now would change nothing; None where one is needed."""
    state = _read_state(_state_file(package, root))
    if state is None:
        return None
    inputs = {name: hash_file(root / name) for name in state.inputs}
    fresh = fingerprint(package, root, inputs, machinery) == state.fingerprint
    return state if fresh and _outputs_are_intact(package.out, state.manifest) else None


def record_state(
    package: PackageSettings,
    root: Path,
    machinery: Machinery,
    *,
    inputs: Mapping[str, str],
    warnings: tuple[str, ...] = (),
) -> None:
    """Remember a build that has just been written; a cache that cannot be written is only a cache lost.

    Args:
        inputs: Each spec file that was read, relative to `root` with `/`, and the SHA-256 of what was read: hashed
            when it was loaded, so that an edit made during the build is seen by the next one.
    """
    state = {
        "format": 1,
        "fingerprint": fingerprint(package, root, inputs, machinery),
        "inputs": dict(sorted(inputs.items())),
        "manifest": hash_file(package.out / MANIFEST),
        "warnings": list(warnings),
    }
    try:
        replace_file(root / STATE_FOLDER / ".gitignore", "*\n")
        replace_file(_state_file(package, root), json.dumps(state, indent=1) + "\n")
    except OSError:
        return


def fingerprint(package: PackageSettings, root: Path, inputs: Mapping[str, str], machinery: Machinery) -> str:
    """Hash everything that decides the output of a package; paths count as they stand within their own folder."""
    parts = {
        "package": _describe_package(package, root),
        "inputs": sorted(inputs.items()),
        "machinery": hash_machinery(machinery),
    }
    return hash_bytes(json.dumps(parts).encode())


def hash_machinery(machinery: Machinery) -> str:
    """Hash what decides every output, besides the spec and the configuration."""
    parts = (sys.version, machinery.tools, _hash_folder(machinery.templates), _hash_folder(machinery.generator))
    return hash_bytes(json.dumps(parts).encode())


def read_tools(search_path: Iterable[str]) -> tuple[str, ...]:
    """Read which distributions are installed, from the names of their folders: `importlib.metadata` costs 20 ms.

    Give it `sys.path`. All of them count, for the tools bring others along; a rebuild too many does no harm.
    """
    found: set[str] = set()
    for folder in search_path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        found.update(name.removesuffix(".dist-info") for name in names if name.endswith(".dist-info"))
    return tuple(sorted(found))


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; empty where it cannot be read."""
    try:
        return hash_bytes(path.read_bytes())
    except OSError:
        return ""


def _describe_package(package: PackageSettings, root: Path) -> tuple[str, ...]:
    """List what is configured, without where: moved lines of pyproject.toml and moved checkouts change nothing."""
    readme = () if package.readme is None else (package.readme,)
    reading = package.reading
    overlays = ["--overlay", *(os.path.relpath(path, root) for path in reading.overlays)]
    lists = {"tag": reading.select.tags, "path": reading.select.paths, "operation": reading.select.operations}
    selected = [f"{name} {one.text}" for name, wanted in lists.items() for one in wanted]
    paths = [os.path.relpath(path, root) for path in (package.out, *package.documents, *readme)]
    named = (package.distribution, package.import_name, package.version, package.description, package.models)
    return (*named, *paths, *overlays, *selected, str(reading.tolerant))


def _hash_folder(folder: Path) -> str:
    """Hash names and contents of all files below a folder, without the caches of Python and of tools."""
    total = hashlib.sha256()
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            total.update(f"{path.relative_to(folder).as_posix()}\0{hash_file(path)}\n".encode())
    return total.hexdigest()


def _outputs_are_intact(out: Path, manifest: str) -> bool:
    """Tell whether the manifest is the one that was written, and every file that it lists still what it says.

    Nor may anything be left of a build that was cut short.
    """
    owned = None if os.path.lexists(out / PLACE) else read_manifest(out)
    if not owned or hash_file(out / MANIFEST) != manifest:
        return False
    return all(hash_file(out / path) == digest for path, digest in owned.items())


def _state_file(package: PackageSettings, root: Path) -> Path:
    return root / STATE_FOLDER / f"{package.distribution}.json"


def _read_state(file: Path) -> State | None:
    """Read a state; None where there is none or it is not of this version's making."""
    try:
        state = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    match state:
        case {
            "format": 1,
            "fingerprint": str(fingerprint),
            "inputs": dict(inputs),
            "manifest": str(manifest),
            "warnings": list(warnings),
        }:
            return State(fingerprint=fingerprint, inputs=inputs, manifest=manifest, warnings=tuple(map(str, warnings)))
        case _:
            return None
