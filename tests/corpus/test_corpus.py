"""Real public documents, where a folder of them lies beside the checkout; skipped, and said so, where there is none."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from specloom.diagnostics import Severity, has_errors
from specloom.document import load_source, read_document
from specloom.document.walk import operations
from specloom.emit import write_tree
from specloom.pipeline import build, lower_document
from specloom.python import placing
from specloom.reading import Reading
from specloom.serve import running
from specloom.settings import settings_for
from tests.corpus.tolerating import CORPUS

if TYPE_CHECKING:
    from specloom.model import Operation

WHOLE = (
    "oai-petstore30.json",
    "oai-petstore-expanded30.yaml",
    "oai-uspto30.yaml",
    "petstore3.yaml",
    "train-travel31.yaml",
    "museum31.yaml",
)
"""Documents that are carried over whole: every operation, with emitted tests that pass."""

SMALL = 250_000
"""Bytes of the largest document that is tried here; larger ones take their time."""

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of real documents beside this checkout")


def others() -> list[str]:
    """The small documents that nothing is promised for."""
    if not CORPUS.is_dir():
        return []
    found = [one for one in CORPUS.iterdir() if one.suffix in {".json", ".yaml"} and one.stat().st_size < SMALL]
    return sorted(one.name for one in found if one.name not in WHOLE)


@pytest.mark.parametrize("name", WHOLE)
def test_a_document_is_carried_over_whole(name: str, tmp_path: Path) -> None:
    """Every operation has a method in both clients, and the emitted tests pass."""
    settings = settings_for(CORPUS / name, import_name="carried", out=tmp_path / "out")
    (package,) = settings.packages
    api, _ = lower_document(CORPUS / name)
    built = build(package, settings.root)

    assert api is not None
    assert not has_errors(built.diagnostics)
    methods = [
        node.name
        for path, text in built.files.items()
        if path.endswith(".py") and path.startswith("src/carried/") and "_runtime" not in path
        for top in ast.parse(text).body
        if isinstance(top, ast.ClassDef) and any(ast.unparse(base).endswith("Resource") for base in top.bases)
        for node in top.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert len(methods) == 2 * len(api.operations)
    assert built.operations == len(api.operations)

    write_tree(built.files, package.out)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests"],
        cwd=package.out,
        env={**os.environ, "PYTHONPATH": str(package.out / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-4000:]


@pytest.mark.parametrize("name", WHOLE)
def test_every_operation_of_a_document_is_served(name: str) -> None:
    """Asked for the first response that it documents, each answers under its own name."""
    api, _ = lower_document(CORPUS / name)

    assert api is not None
    with running([api]) as url:
        answered = [ask(url, one) for one in api.operations]
    assert answered == [one.id for one in api.operations]


def ask(url: str, operation: Operation) -> str | None:
    """Call an operation with made-up path values, and give the name that the answer bears."""
    path = re.sub(r"\{[^{}]*\}", "1", operation.path)
    status = operation.responses[0].status.replace("default", "200")
    request = urllib.request.Request(url + path, method=operation.method, headers={"Prefer": f"code={status}"})
    try:
        with urllib.request.urlopen(request) as answer:
            return str(answer.headers["X-Specloom-Operation"])
    except urllib.error.HTTPError as error:
        with error:
            return str(error.headers["X-Specloom-Operation"])


@pytest.mark.parametrize("name", [*WHOLE, *others()])
def test_models_are_the_same_whoever_types_them(name: str, tmp_path: Path) -> None:
    """datamodel-code-generator is the oracle of what large packages do without it."""
    settings = settings_for(CORPUS / name, import_name="carried", out=tmp_path / "out")
    alone, asked = (
        build(replace(settings.packages[0], models=models), settings.root).files
        for models in ("own", "datamodel-code-generator")
    )

    assert alone == asked


@pytest.mark.parametrize("name", others())
def test_any_document_is_built_or_told_what_is_in_the_way(name: str, tmp_path: Path) -> None:
    """Never a traceback, and never a package beside an error."""
    settings = settings_for(CORPUS / name, import_name="carried", out=tmp_path / "out")
    built = build(settings.packages[0], settings.root)

    assert bool(built.files) != has_errors(built.diagnostics)
    assert [one for one in built.diagnostics if one.location.line < 1 or not one.location.file] == []
    for path, text in built.files.items():
        if path.endswith(".py"):
            ast.parse(text)


@pytest.mark.parametrize("name", ["stripe.json", "aws-ec2.json"])
def test_no_module_of_a_large_document_is_long(name: str, tmp_path: Path) -> None:
    """One with 43,000 lines in a resource, one with 595 resources; `make corpus` says it of all."""
    settings = settings_for(CORPUS / name, import_name="carried", out=tmp_path / "out")
    built = build(replace(settings.packages[0], reading=Reading(tolerant=True)), settings.root)
    lines = {path: text.count("\n") for path, text in built.files.items() if path.endswith(".py")}

    assert len(lines) > 500
    assert {path: count for path, count in lines.items() if count > placing.LINES} == {}


def everything() -> list[str]:
    """Every document there is."""
    found = CORPUS.iterdir() if CORPUS.is_dir() else []
    return sorted(one.name for one in found if one.suffix in {".json", ".yaml"})


@pytest.mark.parametrize("name", everything())
def test_any_document_is_valid_once_it_is_mended(name: str) -> None:
    """Of each of them every operation is there, and every fault has its place."""
    document, found, _ = read_document(CORPUS / name, Reading(tolerant=True))

    assert document is not None
    assert [str(one) for one in found if one.severity is Severity.ERROR] == []
    assert [one for one in found if one.location.line < 1 or not one.location.file] == []
    written, _ = load_source(CORPUS / name, name=name)
    assert written is not None
    methods = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
    stated = [key for item in written.value.get("paths", {}).values() for key in item if key in methods]
    assert len([one for one in operations(document) if one.under == "paths"]) == len(stated)
