"""Alias bombs, ten million values, nesting, texts and numbers without end, and very many small things."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.cases.bad_input.bad_input import ON_ENTRY, Input

if TYPE_CHECKING:
    from tests.cases.bad_input.bad_input import Content

HEAD = 'openapi: 3.1.0\ninfo: {title: Bad input, version: "1"}\n'
SOUND = HEAD + "paths: {}\n"
JSON = '{"openapi": "3.1.0", "info": {"title": "Bad input", "version": "1"}, "paths": {}%s}'
INFO = {"title": "Bad input", "version": "1"}

BOMB = "x-a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"x-{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(20)
)


def _document(paths: dict[str, Any] | None = None, schemas: dict[str, Any] | None = None, **more: Any) -> str:
    made = {"openapi": "3.1.0", "info": INFO, "paths": paths or {}, "components": {"schemas": schemas or {}}, **more}
    return json.dumps(made, indent=0)


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _get(**more: Any) -> dict[str, Any]:
    return {"get": {"responses": {"200": {"description": "It."}}, **more}}


def _answer(schema: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"/a": {"get": {"operationId": "getA", "responses": {"200": {"description": "It.", "content": content}}}}}


def _to(path: str) -> dict[str, str]:
    return {"$ref": f"#/paths/~1{path}"}


def _chain(count: int) -> dict[str, Any]:
    made = {f"A{i}": {"allOf": [_ref(f"A{i + 1}")], "properties": {f"p{i}": {}}} for i in range(count)}
    return {**made, f"A{count}": {"type": "object"}}


def _all_of(*names: str, **members: str) -> dict[str, Any]:
    own = {"properties": {name: _ref(one) for name, one in members.items()}} if members else {}
    return {"allOf": [_ref(one) for one in names], **own}


def _held(name: str) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": "string"}}}


def _fan(key: str, count: int) -> dict[str, Any]:
    """Each schema of a level leads to both of the next: two to the power of levels, written out."""
    made = {
        f"{side}{i}": {key: [_ref(f"A{i + 1}"), _ref(f"B{i + 1}")], "properties": {f"{side}{i}": {}}}
        for i in range(count)
        for side in "AB"
    }
    ends = {f"{side}{count}": {"type": "object", "properties": {side: {"type": "string"}}} for side in "AB"}
    return {**made, **ends}


def _discriminated() -> dict[str, Any]:
    return {
        "A": {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"type": "string"}, "a": _ref("A")},
            "discriminator": {"propertyName": "kind", "mapping": {"a": "#/components/schemas/A"}},
            "oneOf": [_ref("A")],
        }
    }


def _of_schemas(schemas: dict[str, Any]) -> str:
    """A document whose one operation answers with the first of the schemas."""
    return _document(_answer(_ref(next(iter(schemas)))), schemas)


def _row(count: int, key: str) -> dict[str, Any]:
    """Each schema holds the next."""
    kinds = {"properties": "object", "items": "array"}
    return {
        **{
            f"A{i}": {"type": kinds[key], key: {"a": _ref(f"A{i + 1}")} if key == "properties" else _ref(f"A{i + 1}")}
            for i in range(count)
        },
        f"A{count}": {"type": "object"},
    }


def _unions_with_lists(count: int) -> dict[str, Any]:
    """Each schema is the next, or a list of it."""
    made = {
        f"A{i}": {"anyOf": [_ref(f"A{i + 1}"), {"type": "array", "items": _ref(f"A{i + 1}")}]} for i in range(count)
    }
    return {**made, f"A{count}": {"type": "object"}}


def _of_parameter(**schema: Any) -> str:
    return _document({"/a": _get(parameters=[{"name": "a", "in": "query", "schema": {"type": "string", **schema}}])})


def _backtracking() -> str:
    """Patterns that a text fits in more ways than anybody has time for, beside values that do not fit in the end."""
    patterns = (
        "^(a+)+$",
        "^(a|a)*$",
        "^(a*)*(a*)*(a*)*$",
        "^(a|aa)+$",
        "^(((a+)+)+)+$",
        "^(a?){60}a{60}$",
        "^(.*a){30}$",
    )
    value = "a" * 50 + "!"
    wrong = {"default": value, "examples": [value]}
    schemas: dict[str, Any] = {f"A{i}": {"type": "string", "pattern": one, **wrong} for i, one in enumerate(patterns)}
    held = {"default": {value: 1}, "examples": [{value: 1}]}
    for name, more in (("B", {"additionalProperties": False}), ("C", {"unevaluatedProperties": False})):
        keys = {one: {"type": "integer"} for one in patterns}
        schemas[name] = {"type": "object", "patternProperties": keys, **more, **held}
    schemas["D"] = {"type": "object", "propertyNames": {"pattern": patterns[0]}, **held}
    members = {name: _ref(name) for name in schemas}
    return _of_schemas({"All": {"type": "object", "required": [*members], "properties": members}, **schemas})


def _of_media_types(*names: str) -> str:
    content: dict[str, Any] = {name: {"schema": {}} for name in names}
    return _document({"/a": {"get": {"responses": {"200": {"description": "It.", "content": content}}}}})


TEXTS: dict[str, Content] = {
    "alias_bomb": SOUND + BOMB,
    "alias_chain": SOUND + "x-0: &a0 {}\n" + "".join(f"x-{i}: &a{i} {{x: *a{i - 1}}}\n" for i in range(1, 300)),
    "ten_million_values": lambda: SOUND + "x-a: [" + "0," * 10_000_000 + "]\n",
    "ten_million_values_in_json": lambda: JSON % (', "x-a": [' + "0," * 10_000_000 + "0]"),
    "ten_million_values_nested_in_json": lambda: JSON % (', "x-a": [' + '{"a":1},' * 5_000_000 + "0]"),
    "deep_yaml": lambda: SOUND + "x-a: " + "[" * 100_000 + "]" * 100_000,
    "deep_yaml_of_mappings": lambda: SOUND + "x-a: " + "{a: " * 100_000 + "}" * 100_000,
    "deep_yaml_of_blocks": lambda: SOUND + "x-a:\n  " + "- " * 100_000 + "a",
    "deep_json": lambda: JSON % (', "x-a": ' + "[" * 100_000 + "]" * 100_000),
    "deep_json_of_objects": lambda: JSON % (', "x-a": ' + '{"a":' * 100_000 + "1" + "}" * 100_000),
    "long_text": lambda: SOUND + "x-a: " + "a" * 200_000_000,
    "long_integer": lambda: SOUND + "x-a: " + "9" * 1_000_000,
    "long_integer_in_json": lambda: JSON % (', "x-a": ' + "9" * 1_000_000),
    "long_fraction": lambda: SOUND + "x-a: 0." + "9" * 1_000_000,
    "long_exponent": lambda: SOUND + "x-a: 1e" + "9" * 1_000_000,
    "long_line": lambda: JSON % (', "x-a": "' + "a" * 10_000_000 + '", "paths": 1'),
    "long_key": lambda: JSON % (f', "{"a" * 1_000_000}": 1'),
    "long_reference": lambda: _document(
        schemas={
            "A": {"$ref": "#" + "/a" * 100_000},
            "C": {"$ref": "a" * 100_000 + ".yaml"},
            "D": {"$ref": "#/" + "~1%7E" * 50_000},
            "E": {"$ref": "a:" * 50_000},
        }
    ),
    "long_media_type": lambda: _of_media_types("application/json" + ";a=b" * 20_000, "a/" + "+" * 20_000, " " * 20_000),
    "long_pattern": lambda: _of_parameter(pattern="(" * 5_000 + ")" * 5_000, default="a"),
    "braces_in_paths": lambda: _document({f"/{'{' * 20_000}a{'}' * 20_000}": _get(), "/" + "{a}" * 20_000: _get()}),
    "backtracking_patterns": _backtracking(),
    "many_duplicate_keys": lambda: SOUND + "x-a: {" + "a: 1, " * 20_000 + "}\n",
    "many_tags": lambda: _document(tags=[{"name": f"t{i}"} for i in range(5_000)]),
    "many_paths_of_one_template": lambda: _document({f"/a/{{p{i}}}": _get() for i in range(1_000)}),
    "many_faults": lambda: _document(schemas={f"A{i}": {"type": "strange"} for i in range(2_000)}),
    "many_bad_references": lambda: _document(schemas={f"A{i}": _ref(f"B{i}") for i in range(10_000)}),
    "many_members_of_all_of": lambda: _of_schemas(
        {"A": {"allOf": [{"properties": {f"p{i}": {}}} for i in range(5_000)]}}
    ),
    "long_chain_of_all_of": lambda: _of_schemas(_chain(5_000)),
    "long_row_of_properties": lambda: _of_schemas(_row(3_000, "properties")),
    "long_row_of_items": lambda: _of_schemas(_row(500, "items")),
    "fan_of_all_of": lambda: _of_schemas(_fan("allOf", 30)),
    "fan_of_any_of": lambda: _of_schemas(_fan("anyOf", 30)),
    "fan_of_one_of": lambda: _of_schemas(_fan("oneOf", 30)),
    "fan_of_any_of_that_say_no_more": lambda: _of_schemas(
        {
            name: {key: one for key, one in held.items() if key != "properties" or "type" in held}
            for name, held in _fan("anyOf", 30).items()
        }
    ),
    "row_of_any_of": lambda: _of_schemas(
        {"A": {"allOf": [{"anyOf": [_held(f"{side}{i}") for side in "ab"]} for i in range(30)]}}
    ),
    "fan_of_lists": lambda: _of_schemas(_unions_with_lists(30)),
    "all_of_in_a_circle": _of_schemas({"A": _all_of("B"), "B": _all_of("C", "A"), "C": _all_of("A")}),
    "all_of_in_a_circle_with_members": _of_schemas(
        {"A": _all_of("B", a="A"), "B": _all_of("C", "A", b="B"), "C": _all_of("A", c="C")}
    ),
    "all_of_in_a_long_circle": lambda: _of_schemas({f"A{i}": _all_of(f"A{(i + 1) % 2_000}") for i in range(2_000)}),
    "one_of_in_a_circle": _of_schemas(
        {"A": {"oneOf": [_ref("B")]}, "B": {"anyOf": [_ref("A"), {"type": "array", "items": _ref("A")}]}}
    ),
    "discriminator_of_itself": _of_schemas(_discriminated()),
    "path_items_of_each_other": _document({"/a": _to("b"), "/b": _to("a"), "/c": _to("c")}),
}

INPUTS = tuple(
    Input(name=name, files={"openapi.yaml": text}, commands=ON_ENTRY[::2], seconds=8, megabytes=600)
    for name, text in TEXTS.items()
)
