"""A document with every hostile text in every place of OpenAPI that text of people stands in."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

CANARY = "canary.txt"
BOOM = f"open('{CANARY}', 'w')"

TEXTS = (
    *(
        "'",
        '"',
        '"""',
        "'''",
        "\"'\"'",
        "\\",
        "\\\\",
        'ends in a quote"',
        "ends in a backslash \\",
        '\\"""',
        "\\'",
        "\\N{DASH}",
    ),
    *(
        "\\u0022",
        "\\x22",
        "\\u202e",
        "\\n",
        "a\nb",
        "a\r\nb",
        "a\rb",
        "\t",
        "\n",
        "\x85",
        "\u2028",
        "\u2029",
        "\x0b",
        "\x0c",
    ),
    *(
        "\0",
        "\x07",
        "\x1b[2J",
        "\x1b]0;title\x07",
        "\x7f",
        "\x9b31m",
        "\u202e",
        "\u2066a\u2069",
        "\u200b",
        "\u200d",
        "\u00ad",
    ),
    *(
        "\ufeff",
        "\ufffe",
        "\U000e0041",
        "\U0001f600",
        "\u0301",
        "ﬁ",
        "{{ 7*7 }}",
        "{% raw %}",
        "{% endraw %}",
        "{# ",
        "#}",
        "{%",
    ),
    *(
        "${HOME}",
        "%s",
        "%(a)s",
        "{0}",
        "{boom()}",
        "$(touch a)",
        "`touch a`",
        "../../../a",
        "..\\a",
        "/a",
        "~/a",
        "C:\\a",
    ),
    *(
        "__class__",
        "__import__",
        "__init__",
        "import os",
        "from os import *",
        "None",
        "self",
        "list",
        "class",
        "0",
        "-1",
        "",
    ),
    *(
        f"{BOOM}",
        f'"""\n{BOOM}\n"""',
        f"'''\n{BOOM}\n'''",
        f'"; {BOOM} #',
        f"'; {BOOM} #",
        f"\\\n{BOOM}",
        f'" + {BOOM} + "',
    ),
    *(
        f"' + {BOOM} + '",
        f"]\n{BOOM}\n[",
        f"}}\n{BOOM}",
        f"# type: ignore\n{BOOM}",
        f"pass\n{BOOM}",
        f"{{{BOOM}}}",
        f"\r{BOOM}",
    ),
    *(
        "<b>",
        "<script>boom()</script>",
        "<!--",
        "-->",
        "&lt;b&gt;",
        "&#60;b&#62;",
        "[a](javascript:boom)",
        "![a](b)",
        "[a]: b",
    ),
    *(
        "<https://a.example>",
        "[^1]",
        "`",
        "``",
        "```",
        "```python\nboom()\n```",
        "~~~",
        "~~~\nboom",
        "    code",
        "|",
        "| a | b |",
    ),
    *(
        "|---|---|",
        "# heading",
        "## heading",
        "=====",
        "-----",
        "***",
        "---\na: b\n---",
        "- item",
        "+ item",
        "1. item",
        "1) item",
    ),
    *("> quote", "*a*", "_a_", "~~a~~", "$$a$$", "a  \nb", "\\<b>", "\\`", "</details>", "<a href='", '<a href="'),
    *(
        "]]>",
        "?>",
        "%>",
        "*/",
        "[project]",
        "a = 1\n[tool]",
        "::error::a",
        "##[error]a",
        "=cmd()",
        "a" * 300,
        "a " * 300,
        "😀" * 100,
    ),
)
"""Texts that would like to be something else: Python, a template, TOML, Markdown, a path, a terminal's command."""

WIRE = "application/vnd.a+json"


def document(*, in_keys: bool = False) -> dict[str, Any]:
    """A document of one's own: nothing in it is a fault.

    Args:
        in_keys: Whether the texts stand in the keys of components too, where OpenAPI has plain names alone.
    """
    keys = [f"Evil{number} {text}" if in_keys else f"Evil{number}" for number, text in enumerate(TEXTS)]
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for number, text in enumerate(TEXTS):
        schemas[keys[number]] = _schema(text)
        paths |= _path(number, text, keys[number])
    everything = " ".join(TEXTS)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Hostile places", "version": everything, "description": everything, "summary": everything},
        "x-specloom-error-kinds": {"throttled": [one for one in dict.fromkeys(TEXTS) if one]},
        "servers": [
            {
                "url": "https://service.example/{a}",
                "description": everything,
                "variables": {"a": {"default": "a", "enum": ["a", *dict.fromkeys(TEXTS)], "description": everything}},
            }
        ],
        "tags": [{"name": f"tag {number} {text}", "description": text} for number, text in enumerate(TEXTS)],
        "paths": paths,
        "webhooks": {
            f"hook {number} {text}": {"post": _operation(-1 - number, text, keys[number])}
            for number, text in enumerate(TEXTS)
        },
        "components": {"schemas": schemas, "securitySchemes": _schemes(everything)},
        "security": [{}, {"key": []}, {"token": [everything]}],
    }


def overlay(*, in_keys: bool = False) -> dict[str, Any]:
    """An overlay that puts the document in the place of a smaller one, by an action for each of its parts."""
    everything = " ".join(TEXTS)
    parts = document(in_keys=in_keys).items()
    actions = [{"target": "$", "description": everything, "update": {key: one}} for key, one in parts]
    return {"overlay": "1.0.0", "info": {"title": everything, "version": everything}, "actions": actions}


def _schemes(text: str) -> dict[str, Any]:
    flow = {"tokenUrl": "https://a.example", "scopes": {text: text}}
    return {
        "key": {"type": "apiKey", "in": "query", "name": text, "description": text},
        "token": {"type": "oauth2", "flows": {"clientCredentials": flow}, "description": text},
    }


def _path(number: int, text: str, key: str) -> dict[str, Any]:
    harmless = text.translate(dict.fromkeys(map(ord, "{}?#"), ".")).replace("..", "..a")
    operation = _operation(number, text, key)
    return {f"/{number}/{harmless}/{{id}}": {"description": text, "summary": text, "post": operation}}


def _operation(number: int, text: str, key: str) -> dict[str, Any]:
    own = f"operation {number} {text}"
    reference = {"$ref": f"#/components/schemas/{quote(key.replace('~', '~0').replace('/', '~1'))}"}
    fitting = {f"member {text}": text, f"choice {text}": text, f"fixed {text}": text}
    content = {
        "application/json": {
            "schema": reference,
            "examples": {f"example {text}": {"summary": text, "description": text, "value": fitting}},
        }
    }
    parameters = [
        {
            "name": "id",
            "in": "path",
            "required": True,
            "description": text,
            "schema": {"type": "string"},
            "example": text or "a",
        }
    ]
    return {
        "operationId": own,
        "summary": text,
        "description": text,
        "tags": [f"tag {abs(number) % len(TEXTS)} {TEXTS[abs(number) % len(TEXTS)]}"],
        "externalDocs": {"url": f"https://a.example/{text}", "description": text},
        "x-anything": {text: text},
        "parameters": [
            *(parameters if number >= 0 else []),
            {
                "name": f"query {text}",
                "in": "query",
                "description": text,
                "deprecated": True,
                "schema": _value(text),
                "example": text,
            },
            {
                "name": f"sort {text}",
                "in": "query",
                "schema": {"type": "string", "default": text, "pattern": "^[\\s\\S]*$"},
            },
        ],
        "requestBody": {"description": text, "required": True, "content": content},
        "responses": {
            "200": {
                "description": text,
                "content": content,
                "headers": {"X-Header": {"description": text, "schema": _value(text)}},
                "links": {f"link {text}": {"operationId": own, "description": text, "parameters": {"id": text}}},
            },
            "404": {"description": text},
        },
    }


def _value(text: str) -> dict[str, Any]:
    return {"type": "string", "enum": [text, f"other {text}"], "default": text, "examples": [text], "description": text}


def _schema(text: str) -> dict[str, Any]:
    return {
        "type": "object",
        "title": text,
        "description": text,
        "$comment": text,
        "required": [f"member {text}"],
        "properties": {
            f"member {text}": {
                "type": "string",
                "title": text,
                "description": text,
                "examples": [text],
                "format": text or "a",
            },
            f"choice {text}": {
                **_value(text),
                "x-enum-varnames": [text, f"other {text}"],
                "x-enum-descriptions": [text, text],
            },
            f"fixed {text}": {"const": text},
            f"number {text}": {"type": "integer", "x-specloom-sentinels": [{"value": 0, "means": text or "a"}]},
            f"inner {text}": {"type": "object", "properties": {text: {"type": "string", "contentEncoding": text}}},
            f"tuple {text}": {"type": "array", "items": {"type": "string", "enum": [text]}},
        },
        "patternProperties": {"^x": {"type": "string", "description": text}},
        "externalDocs": {"url": f"https://a.example/{text}", "description": text},
        "xml": {"name": text},
    }
