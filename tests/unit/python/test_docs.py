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


@example(lead="    ", words=["abc"] * 20, width=20, hanging="  ")
@example(lead="", words=["abc"] * 20, width=20, hanging="  ")
@example(lead="    ", words=["ab", "c" * 17, "d" * 16, "ab"], width=20, hanging="    ")
@example(lead="    ", words=["c" * 17, "ab"], width=20, hanging="")
@example(lead="", words=["ab\tcd"] * 5, width=20, hanging="")
@example(lead="", words=["ab-cd"] * 3 + ["e" * 50] + ["ab-cd"] * 9, width=20, hanging="  ")
@example(lead="", words=["ab", "", "cd", "", ""] * 6, width=20, hanging="")
@example(lead="", words=["\u202e"] * 30, width=20, hanging="    ")
@given(lead=st.sampled_from(["", "    "]), words=WORDS, width=st.integers(20, 40), hanging=st.sampled_from(["", "  "]))
def test_lines_are_wrapped_as_textwrap_does(lead: str, words: list[str], width: int, hanging: str) -> None:
    """Faster, and no different, words longer than a line included."""
    line = lead + " ".join(words)
    block = docs._wrapped_line(line, width, hanging)

    assert block == textwrap.wrap(
        line, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )


@pytest.mark.parametrize(
    ("blocks", "text"),
    [
        ([], ""),
        (["", ""], ""),
        (["One."], '"""One."""'),
        (["", "One."], '"""One."""'),
        (["One.", "", "Two\nthree."], '"""One.\n\n    Two\n    three.\n    """'),
        (["One.\n\n    two"], '"""One.\n\n        two\n    """'),
        (['"One"'], '""" "One" """'),
        (['"One" it is', "Two."], '""" "One" it is\n\n    Two.\n    """'),
        (["One.", '"Two"'], '"""One.\n\n    "Two"\n    """'),
        (['X"One.', "Two."], '"""X"One.\n\n    Two.\n    """'),
        (['A """ is one'], '"""A \\"\\"\\" is one"""'),
        (["C:\\new"], '"""C:\\\\new"""'),
        (["a\u202eb", "\x1b[0m"], '"""a<U+202E>b\n\n    <U+001B>[0m\n    """'),
        (["a\n\x0c\nb"], '"""a\n\n    b\n    """'),
        (["One. ", "Two."], '"""One.\n\n    Two.\n    """'),
    ],
)
def test_a_docstring_is_laid_out_as_people_do(blocks: list[str], text: str) -> None:
    """What would end it, or be something else in it, is an escape; no line ends in a space."""
    assert docs.docstring(blocks) == text


@pytest.mark.parametrize(
    ("start", "hanging"), [("", ""), ("    ", "        "), ("- ", "  "), ("12. ", "  "), ("3) ", "  "), ("-", "")]
)
@pytest.mark.parametrize("indent", [0, 1, 2])
def test_a_line_of_a_docstring_is_wrapped_at_110_columns(start: str, hanging: str, indent: int) -> None:
    """Its indentation included; what continues a line stands below its text."""
    room = docs.WIDTH - 4 * indent - len(start)
    margin = "    " * indent
    fitting, too_long = (f"{start}{'a' * 40} {'b' * (room - 43 + more)} c" for more in (0, 1))

    assert docs.WIDTH == 110
    assert docs.docstring(["One.", fitting], indent=indent) == f'"""One.\n\n{margin}{fitting}\n{margin}"""'
    assert docs.docstring(["One.", too_long], indent=indent) == (
        f'"""One.\n\n{margin}{too_long[:-2]}\n{margin}{hanging}c\n{margin}"""'
    )


def test_a_word_of_a_docstring_is_never_broken() -> None:
    """However long, and wherever it has a hyphen."""
    long = "-".join("a" * 20 for _ in range(8))

    assert docs.docstring([f"See {long} there."]) == f'"""See\n    {long}\n    there.\n    """'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  a \t b\n\nc ", "a b c"),
        ("a\u202eb\x00c", "a<U+202E>b<U+0000>c"),
        ("\U000e0001", "<U+E0001>"),
        ("größe 🙂", "größe 🙂"),
        ("", ""),
    ],
)
def test_prose_is_one_line_that_shows_all_of_itself(text: str, shown: str) -> None:
    """White space is folded; what cannot be seen is told by its number."""
    assert (docs.plain(text), docs.comment(text)) == (shown, shown)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("", ""),
        ("One", "One."),
        (" One\ntwo ", "One two."),
        ("One.", "One."),
        ("One!", "One!"),
        ("One?", "One?"),
        ("One:", "One:"),
        ("`one`", "`one`"),
        ("One)", "One)."),
        ("Plan X", "Plan X."),
    ],
)
def test_a_sentence_ends_as_one(text: str, made: str) -> None:
    """Once."""
    assert docs.sentence(text) == made


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("One\n\n\nTwo\nthree", ["One", "Two three"]),
        ("One\n  \n two", ["One", "two"]),
        ("* a\n+ b\n1. c\n2) d\n# e\n| f\n> g\n```\nh", ["* a", "+ b", "1. c", "2) d", "# e", "| f", "> g", "``` h"]),
    ],
)
def test_blank_lines_and_marks_of_blocks_end_a_paragraph(text: str, found: list[str]) -> None:
    """Line ends alone do not."""
    assert docs.paragraphs(text) == found


def test_a_comment_is_wrapped_between_words() -> None:
    """At 110 columns of text; no word is broken."""
    fitting = f"{'a' * 54} {'b' * 55}"
    long = "-".join("a" * 20 for _ in range(8))

    assert docs.comment_lines(fitting) == f"# {fitting}"
    assert docs.comment_lines(f"{fitting}b") == f"# {'a' * 54}\n# {'b' * 56}"
    assert docs.comment_lines(f"See {long}\nthere") == f"# See\n# {long}\n# there"
    assert docs.comment_lines("a\u2028b") == "# a b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- a", "\\- a"),
        ("+ a", "\\+ a"),
        ("1. a", "1\\. a"),
        ("12) a", "12\\) a"),
        ("12 a - b + c", "12 a - b + c"),
        ("&amp; &#39; & b", "\\&amp; \\&\\#39; & b"),
        ("{a}~~b~~\\", "\\{a\\}\\~\\~b\\~\\~\\\\"),
        ("a\n\u202eb", "a \\<U+202E\\>b"),
    ],
)
def test_markdown_begins_no_list_and_names_no_character(text: str, shown: str) -> None:
    """Nor does it draw a rule."""
    assert docs.markdown(text) == shown


@pytest.mark.parametrize(("text", "span"), [("", "` `"), ("`a", "`` `a ``"), ("a`", "`` a` ``"), ("X`a", "``X`a``")])
def test_a_code_span_does_not_touch_its_fence(text: str, span: str) -> None:
    """Where it begins or ends like one; an empty one is still one."""
    assert docs.code_span(text) == span


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("", '""'),
        ("größe's", '"größe\'s"'),
        ('a\\b"c', '"a\\\\b\\"c"'),
        ("a\n\x7f\u202e", '"a\\u000a\\u007f\\u202e"'),
        ("\U000e0001", '"\\U000e0001"'),
    ],
)
def test_a_string_of_toml_escapes_what_ends_or_turns_it(text: str, made: str) -> None:
    """And what cannot be seen."""
    assert docs.toml_string(text) == made


def test_a_file_of_json_shows_all_of_itself() -> None:
    """What cannot be printed is an escape; what can is no escape."""
    assert docs.json_file({"größe": [1, "a\u202eb"]}) == '{\n  "größe": [\n    1,\n    "a\\u202eb"\n  ]\n}\n'
    assert docs.json_file({"a": "b"}) == '{\n  "a": "b"\n}\n'
    assert docs.json_file("\U000e0001") == '"\\udb40\\udc01"\n'


def test_rows_of_json_have_a_line_each() -> None:
    """Shown likewise."""
    assert docs.json_rows([{"a": 1}, ["größe", "\u202e"]]) == '[\n  {"a": 1},\n  ["größe", "\\u202e"]\n]\n'
    assert docs.json_rows([1]) == "[\n  1\n]\n"
