"""A document of Swagger 2.0 against the schema that is published for it, before it is converted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Diagnostic
from specloom.document.explain import drop_echoes, explain
from specloom.document.pointers import join

if TYPE_CHECKING:
    from specloom.document.source import Source

_SHAPES: Final = {"unknown": "SL303", "echo": "SL303", "missing": "SL304", "shape": "SL302"}


def check_swagger(source: Source) -> list[Diagnostic]:
    """Find what is wrong with the shape of a document; what goes beyond that is found once it is converted."""
    from specloom.document.validate.shape import find_shape_errors, list_known_keys

    try:
        errors = [fault for error in find_shape_errors(source.value, "2.0") for fault in explain(error)]
    except RecursionError:
        message = "the validator failed on the document (it is nested too deeply)"
        return [Diagnostic(code="SL399", message=message, location=source.location(""))]
    found = []
    for fault in drop_echoes(errors, list_known_keys("2.0")):
        pointer = join("", *fault.keys)
        location = source.key_location(pointer) if fault.at_key else source.location(pointer)
        found.append(Diagnostic(code=_SHAPES[fault.what], message=fault.message, location=location, hint=fault.hint))
    return found
