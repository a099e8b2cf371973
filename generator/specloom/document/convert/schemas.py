"""Schemas of Swagger 2.0, and what it writes like schemas: parameters, elements and headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.build import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.document.convert.notes import Notes
    from specloom.document.spot import Spot

_MOVED: Final = {
    "/definitions/": "/components/schemas/",
    "/parameters/": "/components/parameters/",
    "/responses/": "/components/responses/",
}
_MAPS: Final = ("properties", "patternProperties")
_LISTS: Final = ("allOf", "anyOf", "oneOf")
_SCHEMAS: Final = ("not", "additionalProperties")
# Keys of parameters, elements and headers that are not part of their schema.
_STYLES: Final = {
    "csv": {"query": ("form", False), "path": ("simple", False), "header": ("simple", False)},
    "ssv": {"query": ("spaceDelimited", False)},
    "pipes": {"query": ("pipeDelimited", False)},
    "multi": {"query": ("form", True)},
}
_BESIDE: Final = frozenset(("name", "in", "description", "required", "allowEmptyValue", "collectionFormat", "example"))


def moved(reference: Spot) -> Spot:
    """Let a reference lead to where its target stands in OpenAPI 3.0, in this file or another."""
    text = reference.value
    if isinstance(text, str):
        path, sign, pointer = text.partition("#")
        for old, new in _MOVED.items():
            if pointer.startswith(old):
                return reference.new(path + sign + new + pointer.removeprefix(old))
    return reference


def schema(spot: Spot, notes: Notes) -> Spot:
    """Convert a schema with all schemas in it."""
    if not isinstance(spot.value, dict):
        return spot
    made: dict[str, Spot] = {}
    for key, held in spot.items():
        match key:
            case "$ref":
                made[key] = moved(held)
            case "x-nullable":
                made["nullable"] = held
            case "discriminator" if isinstance(held.value, str):
                made[key] = held.mapping({"propertyName": held})
            case "type":
                _types(held, made, notes)
            case "items" if isinstance(held.value, list) and spot.get("type") is None:
                _untyped_items(held, made, notes)
            case "items":
                made[key] = _items(held, notes)
            case _ if key in _MAPS and isinstance(held.value, dict):
                made[key] = held.mapping({name: schema(one, notes) for name, one in held.items()})
            case "anyOf" | "oneOf" if isinstance(held.value, list) and any(_is_null(one) for one in held.elements()):
                made |= _alternatives(held, notes)
            case _ if key in _LISTS and isinstance(held.value, list):
                made[key] = held.list(schema(one, notes) for one in held.elements())
            case _ if key in _SCHEMAS:
                made[key] = schema(held, notes)
            case _:
                made[key] = held
    return spot.mapping(made)


def _is_null(spot: Spot) -> bool:
    return bool(spot.value_of("type") == "null")


def _types(held: Spot, made: dict[str, Spot], notes: Notes) -> None:
    """Convert `type`: files, null and lists of types, which OpenAPI 3.0 does not have."""
    if held.value == "file":
        made |= {"type": held.new("string"), "format": held.new("binary")}
    elif held.value == "null":
        made |= {"nullable": held.new(True), "enum": held.list([held.new(None)])}
    elif isinstance(held.value, list):
        named = [one for one in held.elements() if one.value != "null"]
        if len(named) < len(held.value):
            made["nullable"] = held.new(True)
        if len(named) == 1:
            made["type"] = named[0]
        elif named and "anyOf" not in made:
            made["anyOf"] = held.list(one.mapping({"type": one}) for one in named)
    else:
        made["type"] = held


def _items(held: Spot, notes: Notes) -> Spot:
    if not isinstance(held.value, list):
        return schema(held, notes)
    notes.add(held, "a schema for each element has no word in OpenAPI 3.0", "each element may fit any of them")
    return held.mapping(_alternatives(held, notes))


def _untyped_items(held: Spot, made: dict[str, Spot], notes: Notes) -> None:
    """Convert a list under `items` where no `type` says that there is an array."""
    notes.add(held, "a list of schemas here has no meaning in Swagger 2.0", "the value may fit any of them")
    made |= _alternatives(held, notes)


def _alternatives(held: Spot, notes: Notes) -> dict[str, Spot]:
    """Convert schemas of which one is to fit; null among them makes the others nullable."""
    named = [one for one in held.elements() if not _is_null(one)]
    made = {"anyOf": held.list(schema(one, notes) for one in named)} if named else {}
    if len(named) < len(held.value):
        made["nullable"] = held.new(True)
    return made


def split_schema(spot: Spot, notes: Notes) -> tuple[dict[str, Spot], Spot]:
    """Divide a parameter, an element or a header into what stays on it and its schema."""
    stays: dict[str, Spot] = {}
    inside: dict[str, Spot] = {}
    for key, held in spot.items():
        if key == "x-example":
            stays["example"] = held
        elif key == "x-nullable":
            inside["nullable"] = held
        elif key == "type":
            _types(held, inside, notes)
        elif key == "items":
            inside[key] = _element(held, notes)
        elif key in _BESIDE or key.startswith("x-") or key == "schema":
            stays[key] = held
        else:
            inside[key] = held
    stays.pop("collectionFormat", None)
    return stays, spot.mapping(inside)


def _element(spot: Spot, notes: Notes) -> Spot:
    """Convert the schema of the elements of a parameter; lists of lists are joined by their own sign."""
    if not isinstance(spot.value, dict):
        return spot
    own = spot.get("collectionFormat")
    if own is not None and spot.value.get("type") == "array":
        hint = "each inner list is a text, to be joined by who calls"
        notes.add(own, "lists within lists have no form in a parameter of OpenAPI 3.0", hint)
        return spot.new({"type": "string"})
    _, inside = split_schema(spot, notes)
    return inside


def style(spot: Spot, place: str, notes: Notes) -> tuple[dict[str, Spot], bool]:
    """Say how a list is written, in the words of OpenAPI 3.0; tell whether there are words for it."""
    if spot.value.get("type") != "array":
        return {}, True
    written = spot.get("collectionFormat") or spot.new("csv")
    known: Any = _STYLES.get(written.value, {}) if isinstance(written.value, str) else {}
    if place not in known:
        hint = "the parameter is a text, to be joined by who calls"
        notes.add(written, f"{quoted(str(written.value))} has no word in OpenAPI 3.0 for a {place} parameter", hint)
        return {}, False
    name, explode = known[place]
    return {"style": written.new(name), "explode": written.new(explode)}, True


def convert_each(spot: Spot, change: Callable[[Spot], Spot]) -> Spot:
    """Convert every value of a mapping but those of extensions."""
    if not isinstance(spot.value, dict):
        return spot
    return spot.mapping({key: one if key.startswith("x-") else change(one) for key, one in spot.items()})
