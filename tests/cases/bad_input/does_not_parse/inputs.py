"""YAML or JSON that does not parse, or means nothing: one diagnostic at its place, and nothing is written.

Each text is read as the entry, as a file that is referred to, and as an overlay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.bad_input.bad_input import ON_ENTRY, Input

if TYPE_CHECKING:
    from tests.cases.bad_input.bad_input import Content

HEAD = 'openapi: 3.1.0\ninfo: {title: Bad input, version: "1"}\n'
SOUND = HEAD + "paths: {}\n"
JSON = '{"openapi": "3.1.0", "info": {"title": "Bad input", "version": "1"}, "paths": {}%s}'

YAML_TEXTS: dict[str, Content] = {
    "no_yaml": HEAD + "paths: {a: b: c}\n",
    "bracket_left_open": HEAD + "paths: {/a: [\n",
    "quote_left_open": HEAD + 'paths: "\n',
    "wrong_indentation": HEAD + "paths:\n    /a: {}\n  /b: {}\n",
    "tab": HEAD + "paths:\n\t/a: {}\n",
    "tab_before_a_comment": HEAD + "paths:\n\t# none\n  {}\n",
    "duplicate_key": SOUND + "info: {}\npaths: {}\n",
    "duplicate_key_of_another_spelling": SOUND
    + "components: {responses: {}, 'responses': {}, \"respo\\u006eses\": {}}\n",
    "unknown_anchor": HEAD + "paths: *none\n",
    "anchor_in_itself": HEAD + "paths: &all {/a: *all}\n",
    "alias_as_key": HEAD + "x-a: &a {}\npaths: {*a : {}}\n",
    "byte_order_mark": "\ufeff" + SOUND,
    "byte_order_mark_within": HEAD + "\ufeffpaths: {}\n",
    "byte_order_mark_alone": "\ufeff",
    "utf_16": SOUND.encode("utf-16"),
    "utf_16_cut": SOUND.encode("utf-16")[:-1],
    "utf_16_without_mark": SOUND.encode("utf-16-le"),
    "utf_32": SOUND.encode("utf-32"),
    "latin_1": HEAD.encode() + "x-a: é\n".encode("latin-1"),
    "overlong_utf_8": HEAD.encode() + b"x-a: \xc0\xaf\n",
    "surrogate_as_utf_8": HEAD.encode() + b"x-a: \xed\xa0\x80\n",
    "half_of_a_pair": SOUND + 'x-a: "\\ud800"\n',
    "zero_byte": SOUND + "x-a: a\0b\n",
    "escape_character": SOUND + "x-a: \x1b[2J\n",
    "binary": bytes(range(256)) * 4,
    "archive": b"PK\x03\x04" + bytes(60),
    "empty": "",
    "white_space": " \n\t\n \n",
    "comment": "# nothing\n",
    "null": "null\n",
    "list": f"- {JSON % ''}\n",
    "text": "a text\n",
    "number": "1\n",
    "two_documents": SOUND + "---\n" + SOUND,
    "directive_of_a_version": "%YAML 3.0\n---\n" + SOUND,
    "directive_of_a_version_of_many_digits": f"%YAML 1.{'9' * 100_000}\n---\n{SOUND}",
    "directive_that_is_unknown": "%SPECLOOM 1\n---\n" + SOUND,
    "directive_of_a_tag": "%TAG !py! tag:yaml.org,2002:python/\n---\n" + SOUND + "x-a: !py!object/apply:os.getcwd []\n",
    "tags_of_python": (
        SOUND
        + "x-a: !!python/object/apply:os.system [touch written]\n"
        + "x-b: !!python/name:os.system ''\nx-c: !!binary aGk=\nx-d: !!set {a}\nx-e: !local 1\n"
    ),
    "tag_that_does_not_fit": SOUND + "x-a: !!int many\n",
    "merge_key": SOUND + "x-a: &a {b: 1}\nx-c: {<<: *a}\n",
    "keys_that_are_no_text": SOUND + "x-a: {[a]: 1}\n",
    "key_that_is_a_mapping": SOUND + "? {a: b}\n: 1\n",
    "numbers_that_are_not_finite": SOUND + "x-a: [.nan, .inf, -.inf, 1e999, -1e999, !!float .nan]\n",
    "numbers_that_are_not_finite_where_they_count": (
        SOUND
        + "components: {schemas: {A: {type: number, default: .nan, maximum: .inf, enum: [.inf, 1], examples: [.nan]}}}\n"
    ),
    "line_separator_in_a_key": SOUND + "pa\u2028ths: {}\npa\u0085ths: {}\n",
}
JSON_TEXTS: dict[str, Content] = {
    "json_cut": JSON[:50],
    "json_with_a_comma_at_the_end": JSON % ",",
    "json_with_a_comment": JSON % "/* none */",
    "json_with_single_quotes": (JSON % "").replace('"', "'"),
    "json_and_more": JSON % "" + "}",
    "json_with_a_duplicate_key": JSON % ', "paths": {}',
    "json_with_a_line_break_in_a_text": JSON % ', "x-a": "a\nb"',
    "json_with_a_control_character": JSON % ', "x-a": "a\x1b[2Jb"',
    "json_with_half_of_a_pair": JSON % ', "x-a": "\\ud83d", "x-\\ude00": 1',
    "json_with_numbers_that_are_not_finite": JSON % ', "x-a": [NaN, Infinity, -Infinity, 1e999]',
    "json_with_a_number_of_yaml": JSON % ', "x-a": 0x10',
    "json_with_a_byte_order_mark": "\ufeff" + JSON % "",
    "json_in_utf_16": (JSON % "").encode("utf-16"),
    "json_that_is_a_list": "[]",
    "json_that_is_null": "null",
    "json_that_is_empty": "",
    "json_of_zero_bytes": bytes(64),
}


def _referring(file: str) -> str:
    return HEAD + f"paths: {{}}\ncomponents: {{schemas: {{A: {{$ref: '{file}#/A'}}}}}}\n"


def _of(name: str, text: Content, ending: str) -> Input:
    elsewhere = (("lint", "referring.yaml"), ("lint", "sound.yaml", "--overlay", f"openapi{ending}"))
    return Input(
        name=name,
        files={f"openapi{ending}": text, "referring.yaml": _referring(f"openapi{ending}"), "sound.yaml": SOUND},
        commands=(*(tuple(one.replace(".yaml", ending) for one in command) for command in ON_ENTRY), *elsewhere),
    )


INPUTS = (
    *(_of(name, text, ".yaml") for name, text in YAML_TEXTS.items()),
    *(_of(name, text, ".json") for name, text in JSON_TEXTS.items()),
    Input(
        name="a_folder",
        files={"openapi.yaml/file": ""},
    ),
    Input(name="nothing", files={"other.yaml": SOUND}),
    Input(
        name="no_text_for_this_user",
        files={"other.yaml": SOUND},
        links={"openapi.yaml": "openapi.yaml"},
    ),
)
