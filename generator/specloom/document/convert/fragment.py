"""Parts of a document of Swagger 2.0 that stand in files of their own: known by their shape, for nothing else tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.document.convert.document import Converter
from specloom.document.convert.schemas import schema
from specloom.document.grammar import METHODS
from specloom.document.spot import Spot

if TYPE_CHECKING:
    from specloom.diagnostics import Diagnostic
    from specloom.document.source import Source

_SHARED: Final = ("definitions", "parameters", "responses")
_COMPOSED: Final = ("allOf", "anyOf", "oneOf", "enum")


def convert_fragment(source: Source, entry: Source) -> tuple[Source, list[Diagnostic]]:
    """Make OpenAPI 3.0 of a file that a document of Swagger 2.0 refers to.

    What the file shares by the names that Swagger has for that moves to where OpenAPI 3.0 has it; so do references.

    Args:
        source: The file.
        entry: The document as it was written: what it consumes and produces, operations elsewhere do too.

    Returns:
        The file, and a warning for each thing that OpenAPI 3.0 has no word for.
    """
    root = Spot(source.value, source.root_mark)
    if any(isinstance(root.value_of(key), dict) for key in _SHARED) or "swagger" in source.value:
        converter = Converter(root, source)
        made = converter.convert()
        if "swagger" not in source.value:
            made = made.mapping({key: held for key, held in made.items() if key != "openapi"})
        made = schema(made, converter.notes) if _is_schema(made) else made
    else:
        converter = Converter(Spot(entry.value, entry.root_mark), source)
        made = _converted(root, converter)
    return source.changed(made.value, lambda: made.mark), converter.notes.found


def _converted(spot: Spot, converter: Converter) -> Spot:
    """Convert a part by what it looks like; a mapping that looks like none holds parts by their names."""
    value = spot.value
    if not isinstance(value, dict):
        return spot
    if any(key in METHODS and isinstance(held, dict) and "responses" in held for key, held in value.items()):
        return converter.path_item(spot)
    if isinstance(value.get("in"), str) and isinstance(value.get("name"), str):
        return converter.parameter(spot)
    if isinstance(value.get("description"), str) and not _is_schema(spot):
        return converter.response(spot)
    if _is_schema(spot):
        return schema(spot, converter.notes)
    return spot.mapping({key: _converted(held, converter) for key, held in spot.items()})


def _is_schema(spot: Spot) -> bool:
    value = spot.value
    return (
        isinstance(value.get("type"), str | list)
        or isinstance(value.get("$ref"), str)
        or isinstance(value.get("properties"), dict)
        or any(isinstance(value.get(key), list) for key in _COMPOSED)
    )
