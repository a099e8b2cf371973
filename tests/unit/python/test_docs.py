"""Docstrings and other prose: text stays text."""

from __future__ import annotations

import ast
import textwrap
import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from specloom.python import docs
from tests.unit.python.formatting import formatted

PROSE = st.one_of(st.text(max_size=60), st.text(alphabet="\" \\\n{}'#a\u202e.", max_size=30))


@given(blocks=st.lists(PROSE.map(docs.plain), min_size=1, max_size=3), indent=st.integers(0, 2))
@example(blocks=['"'], indent=0)
@example(blocks=['ends in "'], indent=1)
@example(blocks=["ends in \\"], indent=1)
@example(blocks=['""" + boom() + """'], indent=2)
@example(blocks=["x" * 113], indent=1)
@example(blocks=["x" * 300], indent=1)
def test_a_docstring_says_the_text_and_nothing_else(blocks: list[str], indent: int) -> None:
    """It is one string, of the words that went in; black leaves it as it is."""
    text = docs.docstring(blocks, indent=indent)
    if not text:
        return
    module = "".join(f"{'    ' * depth}class A:\n" for depth in range(indent)) + f"{'    ' * indent}{text}\n"
    body = ast.parse(module).body
    for _ in range(indent):
        assert isinstance(body[0], ast.ClassDef)
        body = body[0].body
    (statement,) = body

    assert isinstance(statement, ast.Expr)
    assert ast.literal_eval(statement.value).split() == " ".join(blocks).split()
    assert module.replace("\n", "").isprintable()
    assert formatted(module) == module


@given(text=PROSE)
def test_a_comment_stays_on_its_lines(text: str) -> None:
    """However the text is broken."""
    assert all(line.startswith("#") for line in docs.comment_lines(f"From {text}").split("\n"))
    assert docs.plain(text).isprintable()


@given(text=st.text(max_size=40))
@example(text="\x7f\u2028\ud7ff")
def test_a_string_of_toml_has_its_value(text: str) -> None:
    """Of whatever characters."""
    assert tomllib.loads(f"a = {docs.toml_string(text)}") == {"a": text}


@pytest.mark.parametrize(
    ("text", "span"),
    [("a", "`a`"), ("a | b", "`a | b`"), ("`a`", "`` `a` ``"), ("a``b", "```a``b```"), ("a\nb", "`a b`")],
)
def test_a_code_span_is_fenced_by_more_than_it_holds(text: str, span: str) -> None:
    """So that it ends where it should."""
    assert docs.code_span(text) == span


@pytest.mark.parametrize("text", ["<b>", "[a](b)", "*a*", "`a`", "# a", "a_b", "![x](y)", "a|b"])
def test_markdown_is_not_read_as_markup(text: str) -> None:
    """Every sign that could begin some is escaped."""
    shown = docs.markdown(text)

    assert shown.replace("\\", "") == text
    assert all(shown[index - 1] == "\\" for index, one in enumerate(shown) if one in "<>[]*`#_|")


def test_paragraphs_and_lists_are_told_apart() -> None:
    """Lines of a paragraph are joined, items of a list are not."""
    assert docs.paragraphs("One\ntwo.\n\n- a\n- b\n  c\n") == ["One two.", "- a", "- b c"]


WORDS = st.lists(st.text(alphabet="abc-.", min_size=1, max_size=30), min_size=1, max_size=12)


@given(lead=st.sampled_from(["", "    "]), words=WORDS, width=st.integers(20, 40), hanging=st.sampled_from(["", "  "]))
def test_lines_are_wrapped_as_textwrap_does(lead: str, words: list[str], width: int, hanging: str) -> None:
    """Faster, and no different, words longer than a line included."""
    line = lead + " ".join(words)
    block = docs._wrapped_line(line, width, hanging)

    assert block == textwrap.wrap(
        line, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )
