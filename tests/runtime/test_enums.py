"""Open enumerations."""

from __future__ import annotations

import copy
import pickle

import pydantic
import pytest

from specloom.runtime import enums
from specloom.runtime.models import Model, OpenEnum, OpenIntEnum


class Color(OpenEnum):
    """Colors."""

    RED = "red"
    BLUE = "blue"


class Level(OpenIntEnum):
    """Levels."""

    LOW = 1
    HIGH = 2


class Paint(Model):
    """What is painted."""

    color: Color | None = None
    level: Level | None = None


def test_an_unknown_text_is_kept_and_told_from_known_ones() -> None:
    """It equals its text, is one object while it is remembered, and says that it is unknown."""
    green = Color("green")

    assert (green, str(green), green.value, f"{green}") == ("green",) * 4
    assert (green.is_known, Color.RED.is_known) == (False, True)
    assert green is Color("green")
    assert hash(green) == hash(Color("green"))
    assert green in {"green"} or green in {Color("green")}
    assert isinstance(green, Color)
    assert repr(green) == "<Color: 'green' (unknown)>"
    assert repr(Color.RED) == "<Color.RED: 'red'>"
    assert list(Color) == [Color.RED, Color.BLUE]


@pytest.mark.parametrize("value", [Color("green"), Color.RED, Level(9), Level.LOW])
def test_values_are_copied_and_pickled(value: Color | Level) -> None:
    """Copies are the value itself, pickles come back equal and of the class."""
    back = pickle.loads(pickle.dumps(value))  # noqa: S301

    assert copy.copy(value) is copy.deepcopy(value) is value
    assert back == value
    assert type(back) is type(value)


def test_a_known_value_comes_back_as_its_member() -> None:
    """Decoding gives the member, so that `is` and `match` work."""
    assert Paint.from_json('{"color": "red"}').color is Color.RED


@pytest.mark.parametrize("text", ['{"color": 1}', '{"color": true}', '{"color": null, "level": "1"}'])
def test_other_kinds_are_no_enum_values(text: str) -> None:
    """A number is no color, a text is no level."""
    with pytest.raises(pydantic.ValidationError):
        Paint.from_json(text)


@pytest.mark.parametrize("text", ["true", "1.0", '"1"', "[]"])
def test_only_integers_are_integer_values(text: str) -> None:
    """`true` and `1.0` equal 1 in Python, and are not it here."""
    with pytest.raises(pydantic.ValidationError):
        Paint.from_json(f'{{"level": {text}}}')


def test_models_take_text_where_an_enum_stands() -> None:
    """Strict models take the text of a member, known or not, and the integer of a level."""
    paint = Paint(color="blue", level=7)  # type: ignore[arg-type]

    assert paint.color is Color.BLUE
    assert paint.level is not None
    assert (paint.level, paint.level.is_known) == (7, False)
    assert paint.to_json() == b'{"color":"blue","level":7}'


def test_what_is_remembered_of_unknown_values_is_bounded() -> None:
    """A server that sends ever new values does not fill the memory."""
    for number in range(3 * enums._KEPT):
        Color(f"color {number}")

    assert len(enums._unlisted) <= enums._KEPT
    assert Color("color 1") == "color 1"
