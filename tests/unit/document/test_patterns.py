"""Patterns: as `re` answers, where that answers soon; soon, where it would not."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.document.patterns import fits, is_soon_done

ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "[a-b1]", r"\d", r"\W", "^", "$", r"\b", "(?:)"])


def _wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    counts = st.sampled_from(["*", "+", "?", "*?", "{2}", "{1,2}", "{1,}"])
    heads = st.sampled_from(["(", "(?:", "(?=", "(?!"])
    return st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("{}{})".format, heads, inner),
        st.builds("(?:{}){}".format, inner, counts),
    )


@given(pattern=st.recursive(ATOMS, _wider, max_leaves=8), text=st.text("ab1 -", max_size=8))
def test_patterns_mean_what_they_do_in_python(pattern: str, text: str) -> None:
    """As far as the two languages agree."""
    assert fits(pattern, text) == (re.search(pattern, text) is not None)


@pytest.mark.parametrize(
    "pattern",
    ["^(a+)+$", "^(a|a)*$", "^(a*)*(a*)*$", "^(a|aa)+$", "^((((a+)+)+)+)+$", "^(.*a){30}$", "^(a|b|ab)*c", "(x+x+)+y"],
)
def test_a_text_that_fits_in_many_ways_but_one_sign_is_refused_soon(pattern: str) -> None:
    """`re` would take years."""
    began = time.process_time()

    assert fits(pattern, "a" * 60 + "!") is False
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(", ""),
        ("(?i)a", "A"),
        (r"(a+)+\1$", "a" * 60 + "!"),
        ("(){999999999}", ""),
        ("(.*a){1000}x", "a" * 900),
        ("(" * 50_000 + ")" * 50_000, "a"),
        (r"\p{L}", "a"),
    ],
)
def test_what_cannot_be_told_soon_is_not_told(pattern: str, text: str) -> None:
    """Neither yes nor no: whoever asks takes the value."""
    began = time.process_time()

    assert fits(pattern, text) is None
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("pattern", "text", "is_fit"),
    [
        (r"^\d+$", "\u0663", False),
        (r"^\w+$", "\u00e9", False),
        ("^a$", "a\n", False),
        (r"^\s$", "\ufeff", True),
        ("^.$", "\u2028", False),
    ],
)
def test_where_the_languages_differ_it_is_ecma(pattern: str, text: str, is_fit: bool) -> None:
    """ECMA-262: digits and letters are those of ASCII, `$` is the very end."""
    assert fits(pattern, text) is is_fit


def test_looking_behind_is_left_to_python_where_there_is_one_way() -> None:
    """As host names are described."""
    pattern = "^(?!-)[a-z-]{1,63}(?<!-)$"

    assert (fits(pattern, "a-b"), fits(pattern, "a-")) == (True, False)
    assert is_soon_done(pattern)
    assert not is_soon_done("^(a+)+$")
