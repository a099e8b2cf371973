"""Literals: the value comes back, the text is what black prints, and nothing unprintable is in it."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from specloom.python import literals
from tests.unit.python.formatting import formatted

if TYPE_CHECKING:
    from specloom.model import Json

TEXTS = st.one_of(st.text(max_size=20), st.text(alphabet="\"'\\{}\n\u202e a", max_size=12))
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=6), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=24,
)


@given(value=VALUES)
@example(value='\'""\\')
@example(value=["x" * 120])
def test_a_literal_has_its_value(value: Json) -> None:
    """And holds no character that could turn, hide or break what is around it."""
    text = literals.json(value)

    assert ast.literal_eval(text) == value
    assert text.replace("\n", "").isprintable()


@given(value=VALUES)
@example(value='say "hi"')
@example(value='it\'s "so"')
def test_black_leaves_an_assigned_literal_as_it_is(value: Json) -> None:
    """Where it is short, and where it is split."""
    text = literals.json(value, before=len("x = "))
    if max(map(len, text.split("\n"))) <= literals.LINE_LENGTH:
        assert formatted(f"x = {text}\n") == f"x = {text}\n"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_json_cannot_hold_has_no_literal(value: float) -> None:
    """Python would take such a literal for a name."""
    with pytest.raises(ValueError, match="no literal"):
        literals.scalar(value)


@pytest.mark.parametrize("indent", [0, 1, 2])
@given(arguments=st.lists(st.text(alphabet="abc", min_size=1, max_size=60), min_size=1, max_size=6))
def test_a_call_is_split_where_black_splits_it(indent: int, arguments: list[str]) -> None:
    """At the width of the line, or not at all."""
    text = literals.call("function", arguments, indent=indent)
    nested = "".join(f"{literals.INDENT * depth}if x:\n" for depth in range(indent))
    statement = f"{nested}{literals.INDENT * indent}{text}\n"
    if max(map(len, statement.split("\n"))) <= literals.LINE_LENGTH and len(arguments) > 1:
        assert formatted(statement) == statement


def test_words_of_code_are_those_outside_of_its_strings() -> None:
    """What a text says needs no import."""
    assert literals.words('a(models.Job, "Any \\" date", \'Never\')') == {"a", "models", "Job"}


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("", '""'),
        ("plain", '"plain"'),
        ("it's", '"it\'s"'),
        ('say "hi"', "'say \"hi\"'"),
        ('it\'s "so"', "'it\\'s \"so\"'"),
        ("'it' is \"so\"", '"\'it\' is \\"so\\""'),
        ('"""', '\'"""\''),
        ("a\\b", '"a\\\\b"'),
        ("\r\n\t", '"\\r\\n\\t"'),
        ("\x00\x1b\x7f\x85\xa0", '"\\x00\\x1b\\x7f\\x85\\xa0"'),
        ("größe 㐀 🙂", '"größe 㐀 🙂"'),
        ("a\u202eb\u2066c\u200d", '"a\\u202eb\\u2066c\\u200d"'),
        ("\ud800\ufeff", '"\\ud800\\ufeff"'),
        ("\U000e0001", '"\\U000e0001"'),
    ],
)
def test_a_string_is_quoted_as_black_quotes_it(text: str, literal: str) -> None:
    """What cannot be seen, or turns what is seen, is an escape; what can stays as it is."""
    assert literals.string(text) == literal


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (None, "None"),
        (True, "True"),
        (-3, "-3"),
        (10**30, "1" + "0" * 30),
        (0.5, "0.5"),
        (-0.0, "-0.0"),
        (1e300, "1e300"),
        (1e-300, "1e-300"),
        ("a", '"a"'),
        ([], "[]"),
        ({}, "{}"),
        ([[], {}], "[[], {}]"),
        ({"a": {"b": [1, None]}, "it's": "c"}, '{"a": {"b": [1, None]}, "it\'s": "c"}'),
    ],
)
def test_a_short_value_stands_on_one_line(value: Json, literal: str) -> None:
    """Of whatever kind."""
    assert literals.json(value) == literal


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ('["', '"]'),
        ('["a", "', '"]'),
        ('["', '", 1, 2]'),
        ('["', '", []]'),
        ('["', '", {}]'),
        ('[["', '"]]'),
        ('[[["', '"], 2], {"a": [1]}]'),
        ('{"a": "', '"}'),
        ('{"a": 1, "b": "', '"}'),
        ('{"a": "', '", "b": [], "c": {"d": 1}}'),
        ('{"', '": {"b": [1, 2], "c": {}}}'),
    ],
)
@pytest.mark.parametrize(("indent", "before", "after"), [(0, 0, 0), (2, 0, 0), (0, 7, 0), (0, 0, 3), (1, 5, 2)])
def test_a_value_is_split_where_its_line_would_be_too_long(
    start: str, end: str, indent: int, before: int, after: int
) -> None:
    """By one column, and what stands around it counts."""
    room = literals.LINE_LENGTH - 4 * indent - before - after
    fitting, too_long = (f"{start}{'x' * (room + more - len(start + end))}{end}" for more in (0, 1))
    where = {name: value for name, value in (("indent", indent), ("before", before), ("after", after)) if value}
    lines = literals.json(ast.literal_eval(too_long), **where).split("\n")

    assert literals.json(ast.literal_eval(fitting), **where) == fitting
    assert (lines[0], lines[-1]) == (start[0], "    " * indent + end[-1])
    assert all(line.startswith("    " * (indent + 1)) for line in lines[1:-1])
    assert ast.literal_eval("\n".join(lines)) == ast.literal_eval(too_long)


def test_what_is_split_is_split_no_deeper_than_it_has_to_be() -> None:
    """Each member has a line, and a comma behind it, which counts."""
    value: Json = {"a": ["x" * 50, "y" * 48], "b": {"c": ["x" * 50, "y" * 44], "d": []}, "e": 1}

    assert literals.json(value, indent=1, before=4) == "\n".join(
        (
            "{",
            f'        "a": ["{"x" * 50}", "{"y" * 48}"],',
            '        "b": {',
            f'            "c": ["{"x" * 50}", "{"y" * 44}"],',
            '            "d": [],',
            "        },",
            '        "e": 1,',
            "    }",
        )
    )


def test_a_member_is_split_where_its_comma_would_be_beyond_the_line() -> None:
    """Its key counts as well."""
    for more in (0, 1):
        flat = f'["{"x" * (literals.LINE_LENGTH - 14 + more)}"]'
        inner = flat if not more else f"[\n        {flat[1:-1]},\n    ]"
        assert literals.json({"k": ast.literal_eval(flat), "l": 0}) == f'{{\n    "k": {inner},\n    "l": 0,\n}}'


Printer = Callable[..., str]
ONE, TWO = ("a",), ("a", "b")


@pytest.mark.parametrize(
    ("printer", "given", "flat", "split"),
    [
        (literals.tuple_of, ("x",), "({},)", "(\n{inner}{},\n{outer})"),
        (literals.tuple_of, ("a", "x"), "(a, {})", "(\n{inner}a,\n{inner}{},\n{outer})"),
        (literals.mapping_of, {"a": "b", "c": "x"}, "{{a: b, c: {}}}", "{{\n{inner}a: b,\n{inner}c: {},\n{outer}}}"),
        (partial(literals.call, "f"), ("x",), "f({})", "f(\n{inner}{},\n{outer})"),
        (partial(literals.call, "f"), ("a", "x"), "f(a, {})", "f(\n{inner}a,\n{inner}{},\n{outer})"),
    ],
)
@pytest.mark.parametrize(("indent", "before", "after"), [(0, 0, 0), (2, 0, 0), (0, 7, 0), (0, 0, 3), (1, 5, 2)])
def test_finished_expressions_are_split_where_their_line_would_be_too_long(
    printer: Printer, given: Any, flat: str, split: str, indent: int, before: int, after: int
) -> None:
    """By one column, and where one of them is split already."""
    room = literals.LINE_LENGTH - 4 * indent - before - after - len(flat.format(""))
    where = {name: value for name, value in (("indent", indent), ("before", before), ("after", after)) if value}
    margins = {"inner": "    " * (indent + 1), "outer": "    " * indent}

    def printed(text: str) -> str:
        members = {key: text if value == "x" else value for key, value in given.items()} if is_mapping else None
        return printer(members or [text if one == "x" else one for one in given], **where)

    is_mapping = isinstance(given, dict)
    assert printed("x" * room) == flat.format("x" * room)
    assert printed("x" * (room + 1)) == split.format("x" * (room + 1), **margins)
    assert printed("g(\n)") == split.format("g(\n)", **margins)


def test_what_is_empty_stands_on_one_line() -> None:
    """However long what is around it."""
    assert literals.tuple_of([], before=200, split=True) == "()"
    assert literals.call("f", [], before=200, split=True) == "f()"
    assert literals.mapping_of({}) == "{}"


def test_several_are_split_where_that_is_asked_for() -> None:
    """One in a tuple is not; one in a call is."""
    assert literals.tuple_of(TWO, split=True) == "(\n    a,\n    b,\n)"
    assert literals.tuple_of(ONE, split=True) == "(a,)"
    assert literals.tuple_of(TWO) == "(a, b)"
    assert literals.call("f", ONE, split=True) == "f(\n    a,\n)"
    assert literals.call("f", TWO) == "f(a, b)"


@pytest.mark.parametrize(
    ("start", "value", "is_in_brackets"),
    [
        ("a: int", "x" * 107, False),
        ("a: int", "x" * 108, True),
        ("a: int", "x" * 112, True),
        ("a: int", "x" * 113, False),
        ("a: int", f"f(\n{'x' * 106})", False),
        ("a" * 112, "x" * 10, True),
        ("a" * 113, "x" * 10, False),
    ],
)
def test_a_value_stands_in_brackets_where_that_makes_it_fit(start: str, value: str, is_in_brackets: bool) -> None:
    """And nowhere else, as black has it."""
    wanted = f"{start} = (\n        {value}\n    )" if is_in_brackets else f"{start} = {value}"

    assert literals.assigned(start, value) == wanted


def test_names_in_code_have_letters_digits_and_underscores() -> None:
    """And begin with no digit; quotes within quotes end nothing."""
    assert literals.words("_a1.größe(2b, 'it\\'s c', \"d's\")") == {"_a1", "größe", "b"}
