"""Swagger 2.0 -> OpenAPI 3.0 on load, so that nothing further on knows of it; every value keeps its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.document.convert.document import Converter
from specloom.document.convert.fragment import convert_fragment
from specloom.document.spot import Spot

if TYPE_CHECKING:
    from specloom.diagnostics import Diagnostic
    from specloom.document.source import Source


__all__ = ["convert", "convert_fragment", "is_swagger"]


def is_swagger(source: Source) -> bool:
    """Tell whether a file is a document of Swagger 2.0."""
    return source.value.get("swagger") in ("2.0", 2.0, 2)


def convert(source: Source) -> tuple[Source, list[Diagnostic]]:
    """Make OpenAPI 3.0 of Swagger 2.0.

    What is not known is kept as it is, so that whoever validates the result finds it.

    Returns:
        The document, and a warning for each thing that OpenAPI 3.0 has no word for.
    """
    converter = Converter(Spot(source.value, source.root_mark), source)
    made = converter.convert()
    return source.changed(made.value, lambda: made.mark), converter.notes.found
