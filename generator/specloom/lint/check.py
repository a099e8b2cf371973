"""Stages 1 to 4 over several documents: load, resolve, validate, lint."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.diagnostics import Severity, sorted_diagnostics
from specloom.document import read_document
from specloom.lint.engine import lint
from specloom.reading import STRICT, Reading, Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from specloom.diagnostics import Diagnostic
    from specloom.document import Document


def check_documents(
    paths: Iterable[Path], *, complete: bool = False, how: Mapping[Path, Reading] | None = None
) -> tuple[Diagnostic, ...]:
    """Find everything that is wrong with documents; those that cannot be read keep no other from being linted.

    Args:
        paths: Entry files.
        complete: Whether these are all documents that use their files (see `lint`).
        how: How each of them is read; by default as a document that one owns. Selections do not count. What a rule
            finds in a document of others is a warning: nobody here can mend it.
    """
    found: list[Diagnostic] = []
    listed = list(paths)
    readable: list[Document] = []
    own, others = set[str](), set[str]()
    for path in listed:
        given = (how or {}).get(path, STRICT)
        document, faults, _ = read_document(path, replace(given, select=Selection()))
        found += faults
        if document is not None:
            readable.append(document)
            (others if given.tolerant else own).update(one.name for one in document.sources.values())
    # What a document that could not be read uses is not known, so nothing shared is called unused then.
    known = complete and len(readable) == len(listed)
    said = lint(readable, complete=known)
    spared = others - own
    found += [replace(one, severity=Severity.WARNING) if one.location.file in spared else one for one in said]
    return sorted_diagnostics(found)
