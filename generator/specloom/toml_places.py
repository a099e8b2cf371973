"""Finds where tables, keys and array elements stand in a TOML text: the standard reader keeps no positions."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

TomlPath = tuple[str | int, ...]
"""Keys and array indexes from the root: `("tool", "specloom", "package", 0, "out")`."""


class _Token(NamedTuple):
    text: str
    offset: int


_TOKEN = re.compile(
    r'''(?P<skip>\#[^\n]*|[ \t\r]+)|"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*\''''
    r"|[A-Za-z0-9_-]+|.",
    re.DOTALL,
)


def find_places(text: str) -> dict[TomlPath, tuple[int, int]]:
    """Find line and column of every table, key and array element of a TOML text that parses."""
    places: dict[TomlPath, int] = {}
    arrays: dict[TomlPath, int] = {}
    table: TomlPath = ()
    for statement in _split_statements(text):
        texts = [token.text for token in statement]
        if texts[0] == "[":
            keys = _split_keys(texts[: texts.index("]")])
            table = _enter_table(keys, arrays, is_array=texts[1] == "[")
            places.setdefault(table, statement[0].offset)
        else:
            equals = texts.index("=")
            path = (*table, *_split_keys(texts[:equals]))
            places.setdefault(path, statement[0].offset)
            for index, offset in enumerate(_element_offsets(statement[equals + 1 :])):
                places[(*path, index)] = offset
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    lines = {path: bisect_right(starts, at) for path, at in places.items()}
    return {path: (line, places[path] - starts[line - 1] + 1) for path, line in lines.items()}


def _split_statements(text: str) -> Iterator[list[_Token]]:
    """Split into tables' headers and key-value pairs; values may stretch over lines within brackets."""
    statement: list[_Token] = []
    depth = 0
    for match in _TOKEN.finditer(text):
        token = _Token(match.group(), match.start())
        if match.lastgroup == "skip":
            continue
        depth += (token.text in "[{") - (token.text in "]}")
        if token.text != "\n":
            statement.append(token)
        elif statement and not depth:
            yield statement
            statement = []
    if statement:
        yield statement


def _split_keys(texts: list[str]) -> tuple[str, ...]:
    """Return the parts of a dotted key; escapes in quoted ones are left as they are."""
    return tuple(text.strip("\"'") for text in texts if text not in "[].")


def _enter_table(keys: tuple[str, ...], arrays: dict[TomlPath, int], *, is_array: bool) -> TomlPath:
    """Return the path of a table under a header, with the index of each array of tables on the way."""
    path: TomlPath = ()
    for position, key in enumerate(keys, 1):
        path = (*path, key)
        if is_array and position == len(keys):
            arrays[path] = arrays.get(path, -1) + 1
        if path in arrays:
            path = (*path, arrays[path])
    return path


def _element_offsets(value: list[_Token]) -> Iterator[int]:
    """Yield where each element of an array starts; nothing for any other value."""
    depth = 0
    expected = False
    for token in value if value[0].text == "[" else []:
        if expected and token.text not in "],":
            yield token.offset
            expected = False
        if (depth, token.text) in ((0, "["), (1, ",")):
            expected = True
        depth += (token.text in "[{") - (token.text in "]}")
