"""From a file to a document that is valid: load, resolve, validate, in one call with all that can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.diagnostics import has_errors, sorted_diagnostics
from specloom.document.mend import mend
from specloom.document.resolve import load_document
from specloom.document.validate import validate

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.diagnostics import Diagnostic
    from specloom.document.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a document is read.

    Args:
        tolerant: Whether faults are mended and reported as warnings: for documents that one does not own.
    """

    tolerant: bool = False


STRICT = Reading()


def read_document(path: Path, how: Reading = STRICT) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Load, resolve and validate a document.

    Returns:
        The document and what was found; no document where its references have errors.
    """
    document, found = load_document(path, tolerant=how.tolerant)
    if document is None or has_errors(found):
        return document, sorted_diagnostics(found)
    if not how.tolerant:
        return document, sorted_diagnostics((*found, *validate(document)))
    mended, faults = mend(document)
    said = {_spot(one) for one in faults}
    # A document of Swagger 2.0 is looked at before it is converted and after: a fault is said once.
    earlier = [one for one in found if not (one.code.startswith("SL3") and _spot(one) in said)]
    return mended, sorted_diagnostics((*earlier, *faults))


def _spot(found: Diagnostic) -> tuple[str, int, int]:
    return found.location.file, found.location.line, found.location.column
