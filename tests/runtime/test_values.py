"""Frozen values without dataclasses behave like dataclasses."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from specloom.runtime.messages import Headers, NoContent, Request
from specloom.runtime.operation import Operation, Parameter, Server, Service


def test_values_are_frozen_compared_and_printed_by_their_fields() -> None:
    """Positional and by name, with defaults."""
    value = Parameter("a", "path", required=True)

    assert value == Parameter(wire="a", place="path", required=True)
    assert value != Parameter("a", "path")
    assert hash(value) == hash(Parameter("a", "path", required=True))
    assert repr(Server("x")) == "Server(url='x', variables={}, values={})"
    assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value  # noqa: S301
    with pytest.raises(AttributeError, match="frozen"):
        value.wire = "b"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del value.wire
    with pytest.raises(AttributeError):
        value.other = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "named", "message"),
    [
        (("a",), {}, "needs 'place'"),
        (("a", "path"), {"wire": "b"}, "twice"),
        (("a", "path"), {"other": 1}, "no field 'other'"),
        ((1,) * 14, {}, "takes 13 arguments"),
    ],
)
def test_wrong_arguments_are_refused(arguments: tuple[Any, ...], named: dict[str, Any], message: str) -> None:
    """As a function would."""
    with pytest.raises(TypeError, match=message):
        Parameter(*arguments, **named)


def test_defaults_are_made_for_each_value() -> None:
    """No two services share a mapping."""
    assert Service("a", "b").schemes is not Service("a", "b").schemes


def test_an_operation_can_be_subscripted() -> None:
    """`Operation[T]` is for type checkers; at run time it is the class."""
    kind: Any = Operation[int]

    assert kind is Operation


def test_headers_are_found_without_case_and_kept_in_order() -> None:
    """All lines of a name can be had."""
    headers = Headers([("Set-Cookie", "a"), ("X", "1"), ("set-cookie", "b")])

    assert (headers["SET-COOKIE"], headers.get_all("set-cookie"), headers.get("Y")) == ("a", ["a", "b"], None)
    assert ("x" in headers, "y" in headers, len(headers)) == (True, False, 3)
    assert list(headers) == [("Set-Cookie", "a"), ("X", "1"), ("set-cookie", "b")]
    assert pickle.loads(pickle.dumps(headers)) == headers  # noqa: S301
    with pytest.raises(KeyError):
        headers["y"]


def test_requests_and_results_print_little() -> None:
    """No address, no header: they may hold secrets."""
    assert repr(Request("GET", "http://h/?key=s3cret", [("X", "s3cret")], b"s3cret", 1)) == "<Request GET>"
    assert repr(NoContent(202, "r1")) == "NoContent(status=202, request_id='r1')"
    assert NoContent(202, "r1") == NoContent(202, "r1") != NoContent(200, "r1")
