"""Examples that do not fit their schemas, for whoever reads a document of others and goes on without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic, Severity
from specloom.lint.examples import describe_misfit, example_misfits
from specloom.lint.survey import survey_documents

if TYPE_CHECKING:
    from specloom.document import Document, Node


def unfit_examples(document: Document) -> tuple[list[Node], list[Diagnostic]]:
    """Find the examples of a document that do not fit; of each, the first misfit is said as a warning."""
    first: dict[Node, Diagnostic] = {}
    for use, misfit in example_misfits(survey_documents([document])):
        if use.value not in first:
            code, location, message = describe_misfit(use, misfit)
            first[use.value] = Diagnostic(
                code=code,
                message=message,
                location=location,
                hint="the example is left out",
                severity=Severity.WARNING,
            )
    return list(first), list(first.values())
