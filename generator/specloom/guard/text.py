"""A file with its syntax tree: which text stands where a node stands."""

from __future__ import annotations

import ast
from typing import Any

Placed = Any
"""A node that has a place; `ast.AST` does not declare one."""


NO_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What reading a text raises that is no Python, or more than a reader of it can hold."""


class Source:
    """A text and the lines of it, for nodes count columns in bytes."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._is_ascii = text.isascii()

    def of(self, node: Placed) -> str:
        """The text of a node."""
        return self.between(node, node)

    def between(self, first: Placed, last: Placed) -> str:
        """The text from the start of one node to the end of another."""
        start, end = int(first.lineno) - 1, int(last.end_lineno) - 1
        lines = self._lines
        if start == end and self._is_ascii:
            flat: str = lines[start][first.col_offset : last.end_col_offset]
            return flat
        left, right = self.column(start, first.col_offset), self.column(end, last.end_col_offset)
        if start == end:
            return lines[start][left:right]
        return "\n".join([lines[start][left:], *lines[start + 1 : end], lines[end][:right]])

    def column(self, line: int, offset: int) -> int:
        """The column of a byte, counted from 0 in characters; `line` counts from 0."""
        if self._is_ascii or line >= len(self._lines) or self._lines[line].isascii():
            return offset
        return len(self._lines[line].encode()[:offset].decode(errors="ignore"))


def is_same(planned: str, found: str, node: ast.stmt | ast.expr) -> bool:
    """Whether a planned text is that of a node; a formatter may have laid it out anew."""
    if planned == found:
        return True
    read = _statement if isinstance(node, ast.stmt) else _expression
    alone: ast.AST | None = read(planned)
    return alone is not None and ast.dump(alone) == ast.dump(node)


def _statement(text: str) -> ast.stmt | None:
    try:
        match ast.parse(f"if 1:\n    {text}").body:
            case [ast.If(body=[one], orelse=[])]:
                return one
    except NO_PYTHON:
        return None
    return None


def _expression(text: str) -> ast.expr | None:
    try:
        return ast.parse(f"({text}\n)", mode="eval").body
    except NO_PYTHON:
        return None


def is_same_docstring(planned: str, node: ast.Constant) -> bool:
    """Whether a planned docstring is this one, but for white space at the ends of its lines."""
    try:
        value = ast.literal_eval(planned)
    except NO_PYTHON:
        return False
    return isinstance(value, str) and isinstance(node.value, str) and _folded(value) == _folded(node.value)


def _folded(text: str) -> list[str]:
    return [line.strip() for line in text.strip().split("\n")]
