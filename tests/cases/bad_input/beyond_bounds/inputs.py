"""Alias bombs, ten million values, nesting, texts and numbers without end, and very many small things."""

from __future__ import annotations

import json
from typing import Any

from tests.cases.bad_input.bad_input import Input

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


def _chain(count: int) -> dict[str, Any]:
    made = {f"A{i}": {"allOf": [_ref(f"A{i + 1}")], "properties": {f"p{i}": {}}} for i in range(count)}
    return {**made, f"A{count}": {"type": "object"}}


def _fan(key: str, count: int) -> dict[str, Any]:
    made = {f"A{i}": {key: [_ref(f"A{i + 1}"), _ref(f"A{i + 1}")]} for i in range(count)}
    return {**made, f"A{count}": {"type": "object", "properties": {"a": {"type": "string"}}}}


def _fan_apart(key: str, count: int) -> dict[str, Any]:
    """Like a fan, but through two schemas of a level, so that no reference stands twice in a list."""
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

INPUTS = (
    Input(name="alias_bomb", files={"openapi.yaml": SOUND + BOMB}),
    Input(name="alias_chain", files={"openapi.yaml": SOUND + "x-0: &a0 {}\n" + "".join(f"x-{i}: &a{i} {{x: *a{i - 1}}}\n" for i in range(1, 300))}),
    Input(name="ten_million_values", files={"openapi.yaml": lambda: SOUND + "x-a: [" + "0," * 10_000_000 + "]\n"}),
    Input(name="ten_million_values_in_json", files={"openapi.yaml": lambda: JSON % (', "x-a": [' + "0," * 10_000_000 + "0]")}),
    Input(name="ten_million_lists_in_json", files={"openapi.yaml": lambda: JSON % (', "x-a": [' + "[]," * 10_000_000 + "0]")}),
    Input(name="ten_million_objects_in_json", files={"openapi.yaml": lambda: JSON % (', "x-a": [' + "{\"a\":1}," * 6_000_000 + "0]")}),
    Input(name="ten_million_keys_in_json", files={"openapi.yaml": lambda: JSON % (', "x-a": {' + ",".join(f'"{i:x}":0' for i in range(5_000_000)) + "}")}),
    Input(name="ten_million_lines", files={"openapi.yaml": lambda: SOUND + "\n" * 10_000_000 + "x-a: 1\nx-a: 2\n"}),
    Input(name="deep_yaml", files={"openapi.yaml": lambda: SOUND + "x-a: " + "[" * 100_000 + "]" * 100_000}),
    Input(name="deep_yaml_mappings", files={"openapi.yaml": lambda: SOUND + "x-a: " + "{a: " * 100_000 + "}" * 100_000}),
    Input(name="deep_yaml_block", files={"openapi.yaml": lambda: SOUND + "x-a:\n  " + "- " * 100_000 + "a"}),
    Input(name="deep_json", files={"openapi.yaml": lambda: JSON % (', "x-a": ' + "[" * 100_000 + "]" * 100_000)}),
    Input(name="deep_json_objects", files={"openapi.yaml": lambda: JSON % (', "x-a": ' + '{"a":' * 100_000 + "1" + "}" * 100_000)}),
    Input(name="long_text", files={"openapi.yaml": lambda: SOUND + "x-a: " + "a" * 200_000_000}),
    Input(name="long_text_within_bounds", files={"openapi.yaml": lambda: JSON % (', "x-a": "' + "a" * 60_000_000 + '"')}),
    Input(name="long_text_within_bounds_yaml", files={"openapi.yaml": lambda: SOUND + 'x-a: "' + "a" * 60_000_000 + '"'}),
    Input(name="long_plain_text", files={"openapi.yaml": lambda: SOUND + 'x-a: ' + "a b " * 10_000_000 + ''}),
    Input(name="long_block", files={"openapi.yaml": lambda: SOUND + 'x-a: |\n' + "  a b\n" * 6_000_000 + ''}),
    Input(name="long_key", files={"openapi.yaml": lambda: SOUND + "? " + "a" * 10_000_000 + "\n: 1\n"}),
    Input(name="long_integer", files={"openapi.yaml": lambda: SOUND + "x-a: " + "9" * 1_000_000}),
    Input(name="long_integer_in_json", files={"openapi.yaml": lambda: JSON % (', "x-a": ' + "9" * 1_000_000)}),
    Input(name="long_fraction", files={"openapi.yaml": lambda: SOUND + "x-a: 0." + "9" * 1_000_000}),
    Input(name="long_exponent", files={"openapi.yaml": lambda: SOUND + "x-a: 1e" + "9" * 1_000_000}),
    Input(name="long_line", files={"openapi.yaml": lambda: JSON % (', "x-a": "' + "a" * 10_000_000 + '", "paths": 1')}),
    Input(name="long_timestamp", files={"openapi.yaml": lambda: SOUND + "x-a: " + "2020-01-01T" + "0" * 10_000_000}),
    Input(name="long_white_space", files={"openapi.yaml": lambda: SOUND + "x-a:" + " " * 10_000_000 + "1\nx-b:\n" + " " * 10_000_000 + "c: 1\n"}),
    Input(name="many_anchors", files={"openapi.yaml": lambda: SOUND + "x-a: [" + "".join(f"&a{i} {{}}, " for i in range(200_000)) + "]\n"}),
    Input(name="many_aliases", files={"openapi.yaml": lambda: SOUND + "x-a: [&a 1" + ", *a" * 900_000 + "]\n"}),
    Input(name="many_duplicate_keys", files={"openapi.yaml": lambda: SOUND + "x-a: {" + "a: 1, " * 100_000 + "}\n"}),
    Input(name="many_syntax_tokens", files={"openapi.yaml": lambda: "{" * 3 + "\"" * 2_000_000}),
    Input(name="many_backslashes", files={"openapi.yaml": lambda: '{"a": "' + "\\" * 5_000_001}),
    Input(name="many_tags", files={"openapi.yaml": lambda: _document(tags=[{"name": f"t{i}"} for i in range(100_000)])}),
    Input(name="many_paths_of_one_template", files={"openapi.yaml": lambda: _document({f"/a/{{p{i}}}": _get() for i in range(10_000)})}),
    Input(name="many_paths", files={"openapi.yaml": lambda: _document({f"/a{i}": _get() for i in range(5_000)})}),
    Input(name="many_operation_ids_alike", files={"openapi.yaml": lambda: _document({f"/a{i}": _get(operationId="a") for i in range(5_000)})}),
    Input(name="many_members_of_all_of", files={"openapi.yaml": lambda: _document(_answer(_ref("A")), {"A": {"allOf": [{"properties": {f"p{i}": {"type": "string"}}} for i in range(10_000)]}})}),
    Input(name="many_alike_members_of_all_of", files={"openapi.yaml": lambda: _document(_answer(_ref("A")), {"A": {"allOf": [_ref("B")] * 50_000}, "B": {"type": "object", "properties": {"a": {}}}})}),
    Input(name="many_members_of_one_of", files={"openapi.yaml": lambda: _document(_answer(_ref("A")), {"A": {"oneOf": [{"type": "object", "properties": {f"p{i}": {"type": "string"}}} for i in range(5_000)]}})}),
    Input(name="long_chain_of_all_of", files={"openapi.yaml": lambda: _document(_answer(_ref("A0")), _chain(10_000))}),
    Input(name="long_chain_of_properties", files={"openapi.yaml": lambda: _document(_answer(_ref("A0")), {**{f"A{i}": {"type": "object", "properties": {"a": _ref(f"A{i+1}")}} for i in range(3000)}, "A3000": {}})}),
    Input(name="long_chain_of_items", files={"openapi.yaml": lambda: _document(_answer(_ref("A0")), {**{f"A{i}": {"type": "array", "items": _ref(f"A{i+1}")} for i in range(3000)}, "A3000": {}})}),
    Input(name="long_chain_of_references", files={"openapi.yaml": lambda: _document(_answer(_ref("A0")), {**{f"A{i}": _ref(f"A{i+1}") for i in range(3000)}, "A3000": {}})}),
    *(Input(name=f"fan_of_{key}", files={"openapi.yaml": lambda key=key: _document(_answer(_ref("A0")), _fan(key, 30))}) for key in ("allOf", "anyOf", "oneOf")),
    *(Input(name=f"fan_apart_of_{key}", files={"openapi.yaml": lambda key=key: _document(_answer(_ref("A0")), _fan_apart(key, 30))}) for key in ("allOf", "anyOf", "oneOf")),
    Input(name="all_of_in_a_circle", files={"openapi.yaml": _document(_answer(_ref("A")), {"A": {"allOf": [_ref("B")]}, "B": {"allOf": [_ref("C"), _ref("A")]}, "C": {"allOf": [_ref("A")]}})}),
    Input(name="one_of_in_a_circle", files={"openapi.yaml": _document(_answer(_ref("A")), {"A": {"oneOf": [_ref("B")]}, "B": {"anyOf": [_ref("A"), {"type": "array", "items": _ref("A")}]}})}),
    Input(name="discriminator_of_itself", files={"openapi.yaml": _document(_answer(_ref("A")), _discriminated())}),
    Input(name="path_items_of_each_other", files={"openapi.yaml": _document({"/a": {"$ref": "#/paths/~1b"}, "/b": {"$ref": "#/paths/~1a"}, "/c": {"$ref": "#/paths/~1c"}})}),
    Input(name="many_faults", files={"openapi.yaml": lambda: _document(schemas={f"A{i}": {"type": "strange"} for i in range(100_000)})}),
    Input(name="many_bad_references", files={"openapi.yaml": lambda: _document(schemas={f"A{i}": _ref(f"B{i}") for i in range(100_000)})}),
    Input(name="braces_in_a_path", files={"openapi.yaml": lambda: _document({"/" + "{" * 100_000 + "a" + "}" * 100_000: _get(), "/" + "{a}" * 50_000: _get()})}),
    Input(name="hostile_strings", files={"openapi.yaml": lambda: _document({"/a": _get(parameters=[{"name": "a", "in": "query", "schema": {"type": "string", "pattern": "^(a+)+$", "example": "a" * 50 + "!", "default": "a" * 50 + "!"}}])})}),
    Input(name="pattern_long", files={"openapi.yaml": lambda: _document({"/a": _get(parameters=[{"name": "a", "in": "query", "schema": {"type": "string", "pattern": "(" * 50_000 + ")" * 50_000, "default": "a"}}])})}),
    Input(name="long_media_type", files={"openapi.yaml": lambda: _document({"/a": {"get": {"responses": {"200": {"description": "It.", "content": {"application/json" + ";a=b" * 100_000: {"schema": {}}, "a/" + "+" * 100_000: {}, " " * 100_000: {}}}}}}})}),
    Input(name="long_reference", files={"openapi.yaml": lambda: _document(schemas={"A": {"$ref": "#" + "/a" * 1_000_000}, "B": {"$ref": "../" * 300_000}, "C": {"$ref": "a" * 1_000_000 + ".yaml"}, "D": {"$ref": "#/" + "~1%7E" * 200_000}, "E": {"$ref": "a:" * 300_000}})}),
)
