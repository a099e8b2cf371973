"""Spec text -> docstrings and comments: the second door through which it enters Python (the first is `literals`)."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.model import Json

WIDTH = 110
"""Columns of prose, indentation included."""


_BEGINS_BLOCK = re.compile(r"([-*+]|\d+[.)]|#+|\||>|```)\s?")
_ITEM = re.compile(r"([-*+]|\d+[.)])\s")


def plain(text: str) -> str:
    """Prose on one line: white space folded, what cannot be printed shown as an escape."""
    folded = " ".join(text.split())
    if folded.isprintable():
        return folded
    return "".join(one if one.isprintable() else f"<U+{ord(one):04X}>" for one in folded)


def paragraphs(text: str) -> list[str]:
    """Prose as paragraphs of one line each; lists and blank lines end a paragraph."""
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped:
            blocks.append([])
            continue
        if _BEGINS_BLOCK.match(stripped):
            blocks.append([])
        blocks[-1].append(stripped)
    return [plain(" ".join(block)) for block in blocks if block]


def sentence(text: str) -> str:
    """Prose that ends as a sentence does."""
    folded = plain(text)
    return folded if not folded or folded[-1] in ".!?:`" else f"{folded}."


def docstring(blocks: Iterable[str], *, indent: int = 1) -> str:
    """A docstring of finished blocks, each a paragraph or lines joined by newlines, with its quotes.

    Args:
        blocks: Plain text, unescaped; the first is the summary. Blocks that are empty are left out.
        indent: Depth in steps of four spaces; the first line is not indented, the others are.
    """
    margin = "    " * indent
    wrapped = [_wrapped(block, WIDTH - len(margin)) for block in blocks if block]
    if not wrapped:
        return ""
    text = "\n\n".join(wrapped)
    escaped = _escaped(text)
    lines = escaped.split("\n")
    if len(lines) == 1:
        return f'"""{_closed(lines[0])}"""'
    first = f" {lines[0]}" if lines[0].startswith('"') else lines[0]
    body = [first, *(f"{margin}{line}" if line else "" for line in lines[1:])]
    return '"""' + "\n".join(body) + f'\n{margin}"""'


def _wrapped(block: str, width: int) -> str:
    """Wrap each line of a block; what continues a line is indented as its text is."""
    lines = []
    for line in block.split("\n"):
        lead = len(line) - len(line.lstrip())
        hanging = " " * (lead + 4 if lead else 0)
        if _ITEM.match(line):
            hanging = "  "
        lines.extend([line] if len(line) <= width and line.isprintable() else _wrapped_line(line, width, hanging))
    return "\n".join(line.rstrip() for line in lines)


def _wrapped_line(line: str, width: int, hanging: str) -> list[str]:
    """Wrap a line between words, as `textwrap` does; it costs ten times as much, and is asked about odd ones only."""
    lead = line[: len(line) - len(line.lstrip())]
    words = line[len(lead) :].split(" ")
    longest = width - max(len(lead), len(hanging))
    if not line.isprintable() or not all(0 < len(word) <= longest for word in words):
        wrapper = textwrap.TextWrapper(width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)
        return wrapper.wrap(line) or [""]
    lines, current = [], lead + words[0]
    for word in words[1:]:
        if len(current) + 1 + len(word) <= width:
            current = f"{current} {word}"
        else:
            lines.append(current)
            current = hanging + word
    return [*lines, current]


def _escaped(text: str) -> str:
    """Escape what would end a docstring or mean something else in one."""
    text = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if text.replace("\n", "").isprintable():
        return text
    return "".join(one if one.isprintable() or one == "\n" else f"<U+{ord(one):04X}>" for one in text)


def _closed(line: str) -> str:
    """A line between quotes: one of its own at either end would join them."""
    return (" " if line.startswith('"') else "") + line + (" " if line.endswith('"') else "")


def comment(text: str) -> str:
    """Text for a comment, on one line."""
    return plain(text)


def comment_lines(text: str) -> str:
    """Text as lines of comment."""
    return "\n".join(
        f"# {line}" for line in textwrap.wrap(plain(text), WIDTH, break_long_words=False, break_on_hyphens=False)
    )


def markdown(text: str) -> str:
    """Prose for a Markdown file, on one line, as text: nothing in it is read as markup."""
    shown = re.sub(r"([\\`*_{}\[\]<>|#~]|&(?=#?\w+;))", r"\\\1", plain(text))
    return re.sub(r"^([-+]|\d+(?=[.)]))", lambda found: _as_text(found.group()), shown)


def _as_text(start: str) -> str:
    """The start of a line that would begin a list, or draw a rule, without what makes it one."""
    return f"{start}\\" if start.isdigit() else f"\\{start}"


def code_span(text: str) -> str:
    """A code span in Markdown; not for a table, where `|` would end it."""
    shown = plain(text) or " "
    fence = "`" * (max((len(run) for run in re.findall(r"`+", shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def toml_string(text: str) -> str:
    """A basic string of TOML."""
    escaped = "".join(
        (
            f"\\u{ord(one):04x}"
            if not one.isprintable() and ord(one) < 0x10000
            else f"\\U{ord(one):08x}" if not one.isprintable() else one
        )
        for one in text.replace("\\", "\\\\").replace('"', '\\"')
    )
    return f'"{escaped}"'


def json_file(value: Json) -> str:
    """A file of JSON, in which what cannot be printed is an escape."""
    return _printable_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def json_rows(rows: Iterable[Json]) -> str:
    """A file of a JSON array with a row a line, in which what cannot be printed is an escape."""
    lines = [_printable_json(json.dumps(one, ensure_ascii=False)) for one in rows]
    return "[\n  " + ",\n  ".join(lines) + "\n]\n"


def _printable_json(text: str) -> str:
    if text.replace("\n", "").isprintable():
        return text
    return "".join(one if one.isprintable() or one == "\n" else json.dumps(one)[1:-1] for one in text)
