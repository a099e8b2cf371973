"""Reading a document: load files with positions, resolve references, validate."""

from __future__ import annotations

from specloom.document.codes import CODES, LOAD_CODES, RESOLVE_CODES, VALIDATE_CODES
from specloom.document.document import Document, Node, UnresolvedReferenceError
from specloom.document.grammar import Kind
from specloom.document.load import load_source, parse_source
from specloom.document.mend import leave_out
from specloom.document.read import Read, read_document
from specloom.document.resolve import load_document
from specloom.document.source import Source
from specloom.document.tally import Tally, tally
from specloom.document.validate import validate
from specloom.document.walk import methods

__all__ = [
    "CODES",
    "LOAD_CODES",
    "RESOLVE_CODES",
    "VALIDATE_CODES",
    "Document",
    "Kind",
    "Node",
    "Read",
    "Source",
    "Tally",
    "UnresolvedReferenceError",
    "leave_out",
    "load_document",
    "load_source",
    "methods",
    "parse_source",
    "read_document",
    "tally",
    "validate",
]
