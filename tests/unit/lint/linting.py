"""Small documents, and what the rules say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.document import load_document
from specloom.lint import lint, select_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from specloom.diagnostics import Diagnostic
    from specloom.document import Document

ENTRY = "api/openapi.yaml"


def load(folder: Path, text: str, others: Mapping[str, str] | None = None, *, entry: str = ENTRY) -> Document:
    """Write the files of a document and load it; nothing may be wrong with its references."""
    for name, content in {**(others or {}), entry: text}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    document, found = load_document(folder / entry)

    assert found == ()
    assert document is not None
    return document


def findings(
    folder: Path, text: str, *codes: str, others: Mapping[str, str] | None = None, complete: bool = False
) -> list[str]:
    """Lint a document by some rules; each finding as `file:line:column code`, the file only where it is another."""
    document = load(folder, text, others)
    return places(lint(document, complete=complete, rules=select_rules(codes)), folder)


def places(found: tuple[Diagnostic, ...], folder: Path) -> list[str]:
    """Show diagnostics as `file:line:column code`, without the folder and the name of the usual entry."""
    shown = [f"{one.location} {one.code}" for one in found]
    return [one.removeprefix(f"{folder.as_posix()}/").removeprefix(f"{ENTRY}:") for one in shown]
