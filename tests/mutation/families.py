"""What is mutated, and the tests that have to notice."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutation.trials import Subject, Suite

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).resolve().parents[2]
CLIENT = REPOSITORY / "generated" / "huaweicloud-jobs"
LIBRARIES = ("pytest", "httpx2", "pydantic", "typing_extensions", "asyncio", "unittest.mock")
PATHS = (
    "addresses",
    "bodies",
    "building",
    "client",
    "codec",
    "decoding",
    "endpoint",
    "enums",
    "errors",
    "flow",
    "forms",
    "jsontext",
    "kinds",
    "limits",
    "messages",
    "models",
    "operation",
    "repair",
    "text",
    "times",
    "transport",
    "unions",
    "values",
)
"""Modules of the runtime that a request or an answer passes through."""

NAMING = ("words", *(f"python/{name}" for name in ("classes", "docs", "literals", "methods", "names", "naming")))
"""Modules of the generator by which text of documents becomes Python."""

NAMING_TESTS = (
    "tests/unit/test_words.py",
    *(f"tests/unit/python/test_{name}.py" for name in ("naming", "classes", "methods", "literals", "docs")),
    *(f"tests/unit/python/test_{name}.py" for name in ("names", "reserved_names")),
)
GENERATOR_LIBRARIES = ("pytest", "hypothesis", "black", "yaml")

UNLIKE = frozenset(("stands_for_among_others",))
"""Cases that are about a refusal even where documents are those of others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Modules, the tests over them, and the share of mutants that has to be noticed."""

    title: str
    subjects: tuple[Subject, ...]
    suite: Suite
    target: float


def emitted_client(_: Path) -> Family:
    """The package in `generated/`, by its own emitted tests; the runtime in it left out."""
    source = CLIENT / "src"
    files = [one for one in sorted(source.rglob("*.py")) if "_runtime" not in one.parts]
    return Family(
        title="emitted client, by its emitted tests",
        subjects=tuple(Subject(module=_module(one, source), file=one) for one in files),
        suite=Suite(tests=("tests",), path=(source,), root=CLIENT, preload=LIBRARIES),
        target=0.9,
    )


def runtime(folder: Path) -> Family:
    """The request and decode paths, by the emitted tests of a package of all cases and of `spec/`."""
    package = _build_all(folder)
    source = package / "src"
    files = [source / "mutated" / "_runtime" / f"{name}.py" for name in PATHS]
    return Family(
        title="runtime, request and decode paths, by emitted tests",
        subjects=tuple(Subject(module=_module(one, source), file=one) for one in files),
        suite=Suite(tests=("tests",), path=(source,), root=package, preload=LIBRARIES),
        target=0.9,
    )


def generator(_: Path) -> Family:
    """Naming, literals and docs of the generator, by its unit tests."""
    source = REPOSITORY / "generator"
    files = [source / "specloom" / f"{name}.py" for name in NAMING]
    return Family(
        title="generator: naming, literals, docs, by its tests",
        subjects=tuple(Subject(module=_module(one, source), file=one) for one in files),
        suite=Suite(
            tests=NAMING_TESTS,
            path=(REPOSITORY, source),
            root=REPOSITORY,
            preload=GENERATOR_LIBRARIES,
            arguments=("--hypothesis-profile=brief",),
        ),
        target=0.95,
    )


FAMILIES: dict[str, Callable[[Path], Family]] = {"client": emitted_client, "runtime": runtime, "generator": generator}


def _module(file: Path, source: Path) -> str:
    parts = file.relative_to(source).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _build_all(folder: Path) -> Path:
    """Build one package of every case that can be part of one, and of the documents in `spec/`."""
    documents = []
    for case in sorted((REPOSITORY / "tests" / "cases").glob("*/spec.yaml")):
        if (case.parent / "settings.toml").exists() or case.parent.name in UNLIKE:
            continue
        ignored = shutil.ignore_patterns("want", "__pycache__", "*.py")
        shutil.copytree(case.parent, folder / case.parent.name, ignore=ignored)
        documents.append(f"{case.parent.name}/spec.yaml")
    shutil.copytree(REPOSITORY / "spec", folder / "spec")
    documents += [one.relative_to(folder).as_posix() for one in sorted(folder.glob("spec/*/openapi.yaml"))]
    settings = f'[[tool.specloom.package]]\ndistribution = "mutated"\nvalidation = "report"\ndocuments = {documents}\n'
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    built = subprocess.run([sys.executable, "-m", "specloom", "build"], cwd=folder, capture_output=True, text=True)
    if built.returncode:
        message = f"the cases do not build as one package:\n{built.stdout}{built.stderr}"
        raise RuntimeError(message)
    return folder / "generated" / "mutated"
