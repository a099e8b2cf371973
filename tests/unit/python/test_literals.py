"""Literals: the value comes back, the text is what black prints, and nothing unprintable is in it."""

from __future__ import annotations

import ast
import math
from typing import TYPE_CHECKING

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
