"""What is done about each kind of flaw: the smallest change that makes it none."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from specloom.document.build import quoted
from specloom.document.checks import path_names
from specloom.document.edits import Drop, Put, Rename
from specloom.document.grammar import Kind
from specloom.document.mend.place import Repair, any_value, described
from specloom.document.mend.rename import rename_component, rename_path
from specloom.document.pointers import join
from specloom.document.scalars import parse_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.document.mend.place import Place
    from specloom.document.validate import Flaw

_ANY: Final = "taken as any value"
_NOT_IN_NAMES: Final = re.compile(r"[^a-zA-Z0-9._-]")
_LISTS: Final = frozenset(("allOf", "anyOf", "oneOf", "security", "servers"))
# What OpenAPI 3 has in the schema of a parameter or header, and Swagger 2.0 beside its name.
_OF_SCHEMAS: Final = frozenset(
    ("type", "format", "items", "enum", "default", "minimum", "maximum", "minLength", "maxLength", "pattern")
)
_STATUS: Final = re.compile(r"[1-5](?:[0-9]{2}|XX)")
# What stands for a required key that is missing, by the kind of object and the key.
_FILLED: Final[dict[tuple[Kind, str], Any]] = {
    (Kind.DOCUMENT, "paths"): {},
    (Kind.INFO, "title"): "API",
    (Kind.INFO, "version"): "0",
    (Kind.OPERATION, "responses"): {"default": {"description": ""}},
    (Kind.RESPONSE, "description"): "",
    (Kind.REQUEST_BODY, "content"): {"application/json": {}},
    (Kind.PARAMETER, "schema"): {},
    (Kind.PARAMETER, "required"): True,
    (Kind.HEADER, "schema"): {},
    (Kind.SERVER, "url"): "/",
    (Kind.SERVER_VARIABLE, "default"): "",
    (Kind.LICENSE, "name"): "",
    (Kind.OAUTH_FLOW, "scopes"): {},
}


def repair(flaw: Flaw, place: Place) -> Repair | None:
    """Choose the change for a flaw; None where there is none that is made for it."""
    rule = _RULES.get(flaw.diagnostic.code)
    return None if rule is None else rule(flaw, place)


def _version(flaw: Flaw, place: Place) -> Repair | None:
    """Guess the version of a document that does not say it: by `paths`, which all have."""
    root = place.places.document.root.value
    held = root.get("openapi")
    if held is None and "swagger" not in root and isinstance(root.get("paths"), dict):
        return Repair({"/openapi": Put("3.0.3")}, "read as OpenAPI 3.0.3")
    if held in (3, 3.0, 3.1):
        version = "3.1.0" if held == 3.1 else "3.0.3"
        return Repair({"/openapi": Put(version)}, f"read as OpenAPI {version}")
    return None


def _shape(flaw: Flaw, place: Place) -> Repair | None:
    for rule in (_component_name, _no_response, _body, _kind_of_schema, _license, _coerced, _repeated, _turned):
        made = rule(flaw, place)
        if made is not None:
            return made
    return None


def _component_name(flaw: Flaw, place: Place) -> Repair | None:
    keys = place.keys
    is_component = len(keys) == 3 and keys[0] == "components" and place.file == place.places.document.entry
    return rename_component(place) if is_component and _NOT_IN_NAMES.search(keys[2]) else None


def _no_response(flaw: Flaw, place: Place) -> Repair | None:
    if place.kind is Kind.RESPONSES and not place.value:
        return place.put(_FILLED[Kind.OPERATION, "responses"], "taken as any response")
    return None


def _body(flaw: Flaw, place: Place) -> Repair | None:
    """Make the body of an operation of a parameter that is one in Swagger 2.0."""
    operation = place.holder.holder.holder
    if (place.name, place.value) != ("in", "body") or operation.kind is not Kind.OPERATION:
        return None
    if "requestBody" in operation.value:
        return None
    parameter = place.holder.value
    media = {"schema": parameter["schema"]} if "schema" in parameter else {}
    body = Put({"required": parameter.get("required") is True, "content": {"application/json": media}})
    said = "taken as the body of the request, as in Swagger 2.0"
    return Repair({place.holder.pointer: Drop(), join(operation.pointer, "requestBody"): body}, said)


def _license(flaw: Flaw, place: Place) -> Repair | None:
    if place.kind is Kind.LICENSE and isinstance(place.value, dict) and {"url", "identifier"} <= place.value.keys():
        return Repair({join(place.pointer, "url"): Drop()}, "the key `url` is left out")
    return None


def _kind_of_schema(flaw: Flaw, place: Place) -> Repair | None:
    """Mend what other versions of OpenAPI write otherwise: lists of types, `items` and bounds."""
    if place.holder.kind is not Kind.SCHEMA:
        return None
    schema = place.holder.value
    match place.name, place.value:
        case "type", list(types):
            return _types(place, types)
        case "type", _:
            return _without_type(place, "left out: the key `type`")
        case "items", list():
            return place.put(any_value(place.value), "its elements are taken as any value")
        case ("exclusiveMinimum" | "exclusiveMaximum") as name, bool(is_open):
            bound = name[9:].lower()
            if not is_open or bound not in schema:
                return place.drop()
            above = {join(place.holder.pointer, bound): Drop()}
            return Repair(
                {place.pointer: Put(schema[bound]), **above}, f"`{bound}` is taken as the bound that is excluded"
            )
        case ("exclusiveMinimum" | "exclusiveMaximum") as name, int() | float() as bound:
            inclusive = join(place.holder.pointer, name[9:].lower())
            return Repair({place.pointer: Put(True), inclusive: Put(bound)}, "read as in OpenAPI 3.1")
        case _:
            return None


def _types(place: Place, types: list[Any]) -> Repair:
    named = [one for one in types if one != "null"]
    if len(named) != 1 or not isinstance(named[0], str):
        return _without_type(place, f"{_ANY}: the list of types is left out")
    changes: dict[str, Any] = {place.pointer: Put(named[0])}
    if len(named) < len(types):
        changes[join(place.holder.pointer, "nullable")] = Put(True)
    return Repair(changes, f"taken as {quoted(named[0])}" + (", or null" if len(named) < len(types) else ""))


def _without_type(place: Place, said: str) -> Repair:
    """Leave out a type that is none, and keep it for people to read."""
    schema = place.holder
    return Repair(
        {place.pointer: Drop(), join(schema.pointer, "description"): Put(described(schema.value))},
        said,
    )


def _coerced(flaw: Flaw, place: Place) -> Repair | None:
    """Read a plain value as one of the type that is expected, where nothing has to be guessed for that."""
    value, wanted = place.value, flaw.fault.wanted if flaw.fault is not None else ()
    if "string" in wanted and isinstance(value, bool | int | float):
        return place.put(json.dumps(value), "taken as a text")
    if isinstance(value, dict) and "array" in wanted and place.name in _LISTS:
        return Repair({place.pointer: Put([value])}, "taken as a list of one")
    if isinstance(value, str):
        read = parse_plain(value.strip())
        if isinstance(read, bool) and "boolean" in wanted:
            return place.put(read, f"taken as `{json.dumps(read)}`")
        is_number = isinstance(read, int | float) and not isinstance(read, bool)
        if is_number and ("number" in wanted or ("integer" in wanted and isinstance(read, int))):
            return place.put(read, "taken as a number")
        if "array" in wanted and place.name in ("required", "enum", "tags", "type"):
            return place.put([value], "taken as a list of one")
        if "object" in wanted and place.name == "discriminator":
            return place.put({"propertyName": value}, "taken as the name of the property")
    return None


def _repeated(flaw: Flaw, place: Place) -> Repair | None:
    value = place.value
    if not isinstance(value, list):
        return None
    once = [one for index, one in enumerate(value) if one not in value[:index]]
    return place.put(once, "each is taken once") if len(once) < len(value) else None


def _turned(flaw: Flaw, place: Place) -> Repair | None:
    """Leave out a keyword of a schema, or a plain value that nothing depends on."""
    if place.kind is Kind.SCHEMA:
        return place.put(any_value(place.value), _ANY)
    return None


def _unknown(flaw: Flaw, place: Place) -> Repair | None:
    match place.holder.kind:
        case Kind.PATHS:
            return rename_path(place, f"/{place.name}")
        case Kind.RESPONSES:
            return _response_key(place)
        case Kind.RESPONSE if place.name == "schema" and "content" not in place.holder.value:
            content = Put({"application/json": {"schema": place.value}})
            said = "taken as the schema of `application/json`, as in Swagger 2.0"
            return Repair({place.pointer: Drop(), join(place.holder.pointer, "content"): content}, said)
        case Kind.PATH_ITEM if isinstance(place.value, dict) and "responses" in place.value:
            return place.drop(f"left out: OpenAPI has no operations by the method {quoted(place.name)}")
        case _:
            return place.drop()


def _response_key(place: Place) -> Repair | None:
    name, listed = _status(place.name), list(place.holder.value or {})
    before = listed[: listed.index(place.name)] if place.name in listed else []
    if name in listed or name in map(_status, before):
        return place.drop()
    return Repair({place.pointer: Rename(name)}, f"taken as {quoted(name)}")


def _status(key: str) -> str:
    """The status that the key of a response means."""
    found = _STATUS.search(key.upper())
    return found.group() if found else "default"


def _missing(flaw: Flaw, place: Place) -> Repair | None:
    name = flaw.fault.name if flaw.fault is not None else ""
    kind = place.kind
    if kind is Kind.DOCUMENT and name == "info":
        return Repair({"/info": Put({"title": "API", "version": "0"})}, "filled with `API`, version `0`")
    if kind is not None and (kind, name) in _FILLED:
        value = _FILLED[kind, name]
        if (kind, name) == (Kind.PARAMETER, "schema") and "content" in place.value:
            return None
        beside = _beside(place.value) if name == "schema" else {}
        if beside:
            said = f"{quoted('type')} and the like are taken as its schema, as in Swagger 2.0"
            return Repair({join(place.pointer, name): Put(beside)}, said)
        shown = quoted(json.dumps(value)) if not isinstance(value, dict) else "as little as there can be"
        return Repair({join(place.pointer, name): Put(value)}, f"the key {quoted(name)} is filled with {shown}")
    return None


def _beside(parameter: dict[str, Any]) -> dict[str, Any]:
    """The schema that a parameter or header of Swagger 2.0 has beside its name."""
    found = {key: held for key, held in parameter.items() if key in _OF_SCHEMAS}
    return found if "type" in found else {}


def _drop(flaw: Flaw, place: Place) -> Repair | None:
    return place.drop()


def _default(flaw: Flaw, place: Place) -> Repair | None:
    """Leave out a default, however deep in it the fault is."""
    keys = place.keys
    while place.pointer and not (keys[-1] == "default" and place.holder.kind is Kind.SCHEMA):
        place, keys = place.holder, keys[:-1]
    return place.drop("the default is left out") if place.pointer else None


def _twice(flaw: Flaw, place: Place) -> Repair | None:
    if place.name == "operationId":
        return place.drop("named after its method and path")
    return place.drop("the first is taken")


def _undeclared(flaw: Flaw, place: Place) -> Repair | None:
    """Declare the parameters of a path that an operation lacks."""
    node = place.node
    item = place.holder.node
    if node is None or item is None:
        return None
    lists = [one for one in (node.get("parameters"), item.get("parameters")) if one is not None]
    declared = {_name_of_path(one.resolved().value) for listed in lists for one in listed.elements()}
    lacking = [name for name in _names_of(place) if name not in declared]
    new = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in lacking]
    held = node.value.get("parameters")
    pointer = join(place.pointer, "parameters")
    changed = Put([*held, *new], pointer) if isinstance(held, list) else Put(new)
    shown = " and ".join(quoted(name) for name in lacking)
    return Repair({pointer: changed}, f"declared as a required text: {shown}") if new else None


def _names_of(place: Place) -> list[str]:
    """List the names in the path of an operation, by way of the keys that lead to it."""
    document = place.places.document
    keys = place.keys
    if place.file == document.entry and keys[:1] == ["paths"]:
        return path_names(keys[1])
    paths = document.root.get("paths")
    found = [key for key, item in paths.items() if item.resolved().pointer == place.holder.pointer] if paths else []
    return [name for key in found for name in path_names(key)]


def _name_of_path(parameter: Any) -> str:
    is_path = isinstance(parameter, dict) and parameter.get("in") == "path"
    return str(parameter.get("name")) if is_path else ""


def _braces(flaw: Flaw, place: Place) -> Repair | None:
    """Make a path of one whose braces enclose no names, or one name twice."""
    names: list[str] = []

    def named(found: re.Match[str]) -> str:
        name = found.group(1)
        if not name or name in names:
            name = f"{name or 'parameter'}_{sum(one.startswith(name or 'parameter') for one in names) + 1}"
        names.append(name)
        return f"\0{name}\1"

    path = re.sub(r"\{([^{}]*)\}", named, place.name).replace("{", "%7B").replace("}", "%7D")
    return rename_path(place, path.replace("\0", "{").replace("\1", "}"))


def _tag(flaw: Flaw, place: Place) -> Repair | None:
    return place.holder.drop("the first is taken")


def _failed(flaw: Flaw, place: Place) -> Repair | None:
    return place.cut(0)


_RULES: Final[dict[str, Callable[[Flaw, Place], Repair | None]]] = {
    "SL301": _version,
    "SL302": _shape,
    "SL303": _unknown,
    "SL304": _missing,
    "SL305": _shape,
    "SL306": _default,
    "SL307": _twice,
    "SL308": _twice,
    "SL309": _undeclared,
    "SL310": _drop,
    "SL312": _tag,
    "SL314": _braces,
    "SL315": _drop,
    "SL321": _drop,
    "SL322": _drop,
    "SL323": _drop,
    "SL399": _failed,
}
