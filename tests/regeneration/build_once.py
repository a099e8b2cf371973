"""A program that builds a project and some cases in a surrounding that is given, and prints the digest of all files."""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any


def shuffle_listings(seed: str) -> None:
    """Have the system list files in another order."""
    chance = random.Random(seed)
    listed, scanned = os.listdir, os.scandir

    def listdir(path: Any = ".") -> list[Any]:
        found = listed(path)
        chance.shuffle(found)
        return found

    class Scan:
        def __init__(self, path: Any = ".") -> None:
            with scanned(path) as entries:
                self._found = list(entries)
            chance.shuffle(self._found)

        def __iter__(self) -> Any:
            return iter(self._found)

        def __next__(self) -> Any:
            if not self._found:
                raise StopIteration
            return self._found.pop()

        def __enter__(self) -> Any:
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def close(self) -> None:
            return None

    os.listdir, os.scandir = listdir, Scan  # type: ignore[assignment,misc]


def share_from_the_first(processors: int) -> None:
    """Have everything shared that can be, among so many processes."""
    from specloom.guard import check
    from specloom.python import models

    os.cpu_count = lambda: processors  # type: ignore[assignment]
    os.sched_getaffinity = lambda _: set(range(processors))  # type: ignore[attr-defined,unused-ignore]
    models.PROCESSES_FROM, models.PIECE, check.SHARED_FROM = 1, 7, 0


def main() -> None:
    """Build, and print the digest."""
    given = json.loads(sys.argv[1])
    if given["shuffled"]:
        shuffle_listings(given["shuffled"])
    if given["processors"]:
        share_from_the_first(given["processors"])
    from specloom.cache import Cache
    from specloom.pipeline import build
    from specloom.reading_settings import read_reading
    from specloom.settings import load_settings, settings_for
    from specloom.toml_places import find_places
    from specloom.toml_report import TomlReport

    root = Path(given["root"])
    settings, faults = load_settings(root / "pyproject.toml")
    assert settings is not None, faults
    packages = list(settings.packages)
    for case in given["cases"]:
        folder = root / "cases" / case
        (one,) = settings_for(folder / "spec.yaml", import_name=f"case_{case}", out=folder / "out").packages
        if (file := folder / "settings.toml").exists():
            text = file.read_text(encoding="utf-8")
            report = TomlReport(file.as_posix(), find_places(text))
            one = replace(one, reading=read_reading(tomllib.loads(text), folder, (), report))
        packages.append(replace(one, models="datamodel-code-generator"))
    cache = Cache(Path(given["cached"])) if given["cached"] else None
    whole = hashlib.sha256()
    for package in packages:
        made = build(package, root, cache=cache)
        assert made.files, made.diagnostics
        said = [
            f"{one.code} {Path(one.location.file).name}:{one.location.line} {one.message}" for one in made.diagnostics
        ]
        whole.update(json.dumps([list(made.files.items()), said], ensure_ascii=True).encode())
    print(whole.hexdigest())


if __name__ == "__main__":
    main()
