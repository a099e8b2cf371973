"""Small pieces: no function of the generator over 50 lines, no file over 400."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_FUNCTION = 50
MAX_FILE = 400


def test_no_function_and_no_file_is_too_long(repository: Path) -> None:
    """What grows beyond the limit is taken apart, not excused."""
    files = sorted((repository / "generator" / "specloom").rglob("*.py"))

    assert [fault for file in files for fault in find_oversize(file)] == []


def test_oversize_is_found(tmp_path: Path) -> None:
    """Lines of a docstring do not count, those of the body do."""
    file = tmp_path / "long.py"
    documented = 'def documented():\n    """One.\n' + "\n" * 60 + '    """\n    return 1\n'
    long = "class Holder:\n    async def long(self):\n" + "        pass\n" * 50
    file.write_text(documented + long + "# line\n" * 300)

    assert list(find_oversize(file)) == ["long.py: 416 lines", "long.py:66 long: 51 lines"]


def find_oversize(file: Path) -> Iterator[str]:
    """Yield what is too long in a file: the file itself, and its functions without their docstrings."""
    text = file.read_text(encoding="utf-8")
    if (count := text.count("\n")) > MAX_FILE:
        yield f"{file.name}: {count} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (length := _count_lines(node)) > MAX_FUNCTION:
            yield f"{file.name}:{node.lineno} {node.name}: {length} lines"


def _count_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    last = function.end_lineno or function.lineno
    length = last - function.lineno + 1
    if ast.get_docstring(function) is not None:
        docstring = function.body[0]
        length -= (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
    return length
