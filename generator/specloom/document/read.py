"""From a file to a document that is valid: load, resolve, validate, in one call with all that can be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from specloom.diagnostics import has_errors, sorted_diagnostics
from specloom.document.mend import mend
from specloom.document.resolve import load_document
from specloom.document.select import about, select
from specloom.document.validate import validate
from specloom.reading import STRICT, Reading

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.diagnostics import Diagnostic
    from specloom.document.document import Document
    from specloom.reading import Wanted


class Read(NamedTuple):
    """What came of reading a document.

    Args:
        document: None where its references have errors.
        diagnostics: In reading order.
        matched: What was asked for in the selection and is there; all of it where the document could not be read.
    """

    document: Document | None
    diagnostics: tuple[Diagnostic, ...]
    matched: frozenset[Wanted]


def read_document(path: Path, how: Reading = STRICT) -> Read:
    """Load, resolve and validate a document, and leave out of it what is not wanted."""
    everything = frozenset(how.select.wanted)
    document, found = load_document(path, tolerant=how.tolerant, overlays=how.overlays)
    if document is None or has_errors(found):
        return Read(document, sorted_diagnostics(found), everything)
    if how.tolerant:
        document, faults = mend(document)
        said = {_spot(one) for one in faults}
        # A document of Swagger 2.0 is looked at before it is converted and after: a fault is said once.
        found = tuple(one for one in found if not (one.code.startswith("SL3") and _spot(one) in said))
    else:
        faults = validate(document)
    diagnostics = sorted_diagnostics((*found, *faults))
    if not everything or has_errors(diagnostics):
        return Read(document, diagnostics, everything)
    selected, matched = select(document, how.select)
    return Read(selected, tuple(about(selected, document, diagnostics)), frozenset(matched))


def _spot(found: Diagnostic) -> tuple[str, int, int]:
    return found.location.file, found.location.line, found.location.column
