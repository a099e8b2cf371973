"""Splits the names of a document into words; how they are joined again is up to a language."""

from __future__ import annotations

import re

_WORD = re.compile(
    r"[A-Z]+(?=[A-Z][a-z])"  # HTTP in HTTPServer
    r"|[A-Z]?[^\W\d_A-Z]+"  # Server, server, and letters of scripts without case
    r"|[A-Z]+"
    r"|\d+"
)


def split_words(name: str) -> list[str]:
    """Split a name at changes of case, digits and everything that is neither letter nor digit; words in lower case."""
    return [found.group().lower() for found in _WORD.finditer(name)]


def snake(name: str) -> str:
    """A name in snake_case words; empty where it holds neither letter nor digit. Digits stay with the word before."""
    joined = ""
    for word in split_words(name):
        joined += word if not joined or word.isdigit() else f"_{word}"
    return joined
