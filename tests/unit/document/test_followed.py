"""References in schemas are followed as far as they lead somewhere; the process is there afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from specloom.document.validate.followed import ending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLLOW = Draft202012Validator.VALIDATORS["$ref"]


def validator_of(schema: dict[str, Any], follow: Callable[..., Any] = FOLLOW) -> Any:
    """A validator whose references end."""
    make: Any = extend
    return make(Draft202012Validator, {"$ref": ending(follow)})({"$id": "urn:example", **schema})


def test_a_schema_that_asks_itself_is_given_up_at_once() -> None:
    followed = []

    def follow(validator: Any, address: str, value: object, around: Any) -> Iterator[Any]:
        followed.append(address)
        yield from FOLLOW(validator, address, value, around)

    with pytest.raises(RecursionError):
        validator_of({"not": {"$ref": "#"}}, follow).is_valid({"a": 1})
    assert followed == ["#"]


def test_a_schema_may_ask_itself_about_what_is_inside() -> None:
    tree = validator_of({"type": "object", "additionalProperties": {"$ref": "#"}})

    assert tree.is_valid({"a": {"b": {}}, "c": {}})
    assert sorted([*error.path] for error in tree.iter_errors({"a": {"b": 1}, "c": 2})) == [["a", "b"], ["c"]]


@pytest.mark.parametrize("above", range(20))
def test_a_value_that_nests_too_deep_is_said_by_python(above: int) -> None:
    """However much of the stack is left when it ends: where references are looked up is not written in Python."""
    value: dict[str, Any] = {}
    for _ in range(1000):
        value = {"a": value}

    def go_down(levels: int) -> None:
        if levels:
            return go_down(levels - 1)
        return validator_of({"properties": {"a": {"not": {"$ref": "#"}}}}).validate(value)

    with pytest.raises(RecursionError):
        go_down(above)
