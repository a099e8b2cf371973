"""What the tests of reading documents share: small files in a folder of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.document import load_document, validate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from specloom.diagnostics import Diagnostic
    from specloom.document import Document

HEAD = "openapi: {version}\ninfo: {{title: Things, version: '1'}}\n"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], Path]:
    """Write files below `project/api` of an empty working directory, and give the path of the first."""
    folder = tmp_path / "project" / "api"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder / next(iter(files))

    return write


@pytest.fixture
def document(write: Callable[[dict[str, str]], Path]) -> Callable[..., Document]:
    """Load files that have no fault."""

    def load(files: dict[str, str]) -> Document:
        loaded, found = load_document(write(files))
        assert found == ()
        assert loaded is not None
        return loaded

    return load


@pytest.fixture
def faults(write: Callable[[dict[str, str]], Path]) -> Callable[..., list[str]]:
    """Load and validate files, and print what was found: `file:line:column: code message | hint`."""

    def find(files: dict[str, str] | str, version: str = "3.1.0") -> list[str]:
        if isinstance(files, str):
            files = {"openapi.yaml": HEAD.format(version=version) + files}
        loaded, found = load_document(write(files))
        return [shown(one) for one in (*found, *(validate(loaded) if loaded else ()))]

    return find


def shown(diagnostic: Diagnostic) -> str:
    """Print a diagnostic with its hint."""
    return f"{diagnostic} | {diagnostic.hint}" if diagnostic.hint else str(diagnostic)
