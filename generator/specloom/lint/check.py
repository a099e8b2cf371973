"""Stages 1 to 4 over several documents: load, resolve, validate, lint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import sorted_diagnostics
from specloom.document import load_document, validate
from specloom.lint.engine import lint

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from specloom.diagnostics import Diagnostic


def check_documents(paths: Iterable[Path], *, complete: bool = False) -> tuple[Diagnostic, ...]:
    """Find everything that is wrong with documents; those that cannot be read keep no other from being linted.

    Args:
        paths: Entry files.
        complete: Whether these are all documents that use their files (see `lint`).
    """
    found: list[Diagnostic] = []
    listed, readable = list(paths), []
    for path in listed:
        document, faults = load_document(path)
        found += faults
        if document is not None:
            found += validate(document)
            readable.append(document)
    # What a document that could not be read uses is not known, so nothing shared is called unused then.
    known = complete and len(readable) == len(listed)
    return sorted_diagnostics([*found, *lint(readable, complete=known)])
