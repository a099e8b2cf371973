"""Texts made from regular expressions."""

from __future__ import annotations

import re

import pytest

from specloom.synthesis.patterns import UnknownPatternError, fitting_text

KNOWN = [
    "",
    "abc",
    "^[a-f0-9]{32}$",
    r"^\d{3}-\d{2}$",
    "^[A-Z][a-zA-Z0-9_-]{0,63}$",
    r"^(?:a|b)+\.(?<ext>txt|md)$",
    "^(cat|dog)?s*$",
    r"^[^a-z0]+$",
    r"^[\w.-]+@[\w-]+\.[a-z]{2,}?$",
    r"^\S+\s\D\W$",
    r"^\x41\u4f60\/\{\}$",
    r"^[\]\\\-x]{4}$",
    "^[-+]?[1-9]$",
    "^[a-]b$",
    "^[.]{3}|x$",
    "^.{5,7}$",
    "^你{2}$",
    "^[\u03b1-\u03c9]$",
    "a{,3}",
]
UNKNOWN = [
    "(?=a)b",
    "(?<!a)b",
    r"(a)\1",
    r"\bword\b",
    r"\p{L}+",
    "(",
    "a)",
    "[a",
    "[]",
    "*a",
    "a{1000000000}",
    "((a{500}){500}){500}",
    "(" * 200 + ")" * 200,
    "\\",
]


@pytest.mark.parametrize("pattern", KNOWN)
def test_the_text_fits_the_pattern(pattern: str) -> None:
    """As Python's own reader of patterns sees it, where both read the same."""
    ours = re.compile(pattern.replace("(?<ext>", "(?P<ext>"))

    assert ours.search(fitting_text(pattern))


@pytest.mark.parametrize("pattern", UNKNOWN)
def test_a_pattern_that_is_not_understood_is_told(pattern: str) -> None:
    """Not guessed at, and not worked on for long."""
    with pytest.raises(UnknownPatternError):
        fitting_text(pattern)


@pytest.mark.parametrize(
    ("pattern", "shortest", "longest"),
    [("^[a-z]+$", 5, 5), ("^[a-z]{1,64}$", 10, 64), ("^a*-b*$", 7, 9), ("^[a-z]{3}$", 0, 3)],
)
def test_repetition_reaches_a_length(pattern: str, shortest: int, longest: int) -> None:
    """What may repeat is repeated until the text is long enough."""
    text = fitting_text(pattern, shortest, longest)

    assert shortest <= len(text) <= longest
    assert re.search(pattern, text)


def test_a_length_that_the_pattern_cannot_have_is_told() -> None:
    """Pattern and length contradict each other."""
    with pytest.raises(UnknownPatternError):
        fitting_text("^[a-z]{3}$", 4, 9)
