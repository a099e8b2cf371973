"""The door between text of a document and a terminal or a log: nothing that acts comes through."""

from __future__ import annotations


def one_line(text: str) -> str:
    """Write a text on one line, with every character that has no shape of its own spelled as an escape.

    That covers control characters (among them the escape sequences of terminals), line and paragraph separators,
    marks that turn the direction of text, invisible characters and halves of surrogate pairs. `##[`, which GitHub takes
    for a workflow command wherever it stands in a log, is spelled so that it is none.
    """
    if not text.isprintable():
        text = "".join(char if char.isprintable() else _spell(char) for char in text)
    return text.replace("##[", "#\\x23[")


def _spell(char: str) -> str:
    code = ord(char)
    named = {9: "\\t", 10: "\\n", 13: "\\r", 0xA0: " "}.get(code)
    if named is not None:
        return named
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
