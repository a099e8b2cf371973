"""Extensions of our own are known, stand where they mean something, and have their shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.document import Kind
from specloom.document.extensions import extensions

if TYPE_CHECKING:
    from collections.abc import Callable

OPERATION = "paths:\n  /a:\n    get:\n      responses: {'200': {description: d}}\n      "


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            OPERATION + "x-specloom-methot: jobs.list\n",
            "7:7: SL321 there is no extension `x-specloom-methot` | did you mean `x-specloom-method`?",
        ),
        (
            "paths: {}\nx-specloom-method: jobs.list\n",
            "4:1: SL322 `x-specloom-method` has no meaning on a document | it belongs on an operation",
        ),
        (
            OPERATION + "x-specloom-method: 1\n",
            "7:26: SL323 `x-specloom-method`: expected a text, not `1` | quote it",
        ),
        (
            OPERATION + "x-specloom-retry: {idempotnt: true}\n",
            None,
        ),
        (
            "components: {schemas: {A: {properties: {b: {x-specloom-epoch: hours}}}}}\n",
            "3:63: SL323 `x-specloom-epoch`: `hours` is not one of `seconds`, `milliseconds`",
        ),
    ],
)
def test_a_fault_of_an_extension_is_reported_at_its_place(
    text: str, fault: str | None, faults: Callable[..., list[str]]
) -> None:
    """Name, place and shape are checked, each with what would be right."""
    found = faults(text)

    assert found
    assert {one.split()[1] for one in found} <= {"SL321", "SL322", "SL323"}
    assert fault is None or found == [f"openapi.yaml:{fault}"]


@pytest.mark.parametrize("key", ["x-specloom-methot", "x-\\x73pecloom-methot", "\\u0078-specloom-methot"])
def test_an_extension_is_found_however_its_key_is_written(key: str, faults: Callable[..., list[str]]) -> None:
    """A document is only looked through where its text may have one."""
    (found,) = faults(f'{OPERATION}"{key}": jobs.list\n')

    assert "7:7: SL321 there is no extension `x-specloom-methot`" in found


def test_an_extension_may_be_a_reference(faults: Callable[..., list[str]]) -> None:
    """The value is checked where it stands, in its own file."""
    files = {
        "openapi.yaml": "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"
        + OPERATION
        + "x-specloom-departures: {$ref: 'departures.yaml#/list'}\n",
        "departures.yaml": "list:\n- id: wrong\n  pointer: '#/a'\n  page: p\n  spec: s\n  why: w\n",
    }
    found = faults(files)

    assert len(found) == 1
    assert found[0].startswith("departures.yaml:2:7: SL323 `x-specloom-departures`: `wrong` does not match")


def test_foreign_extensions_are_left_alone(faults: Callable[..., list[str]]) -> None:
    """Whatever else begins with `x-` is the author's."""
    assert faults("paths: {}\nx-other: {x-specloom-nothing: 1}\n") == []


def test_every_place_of_the_schema_is_a_kind_of_object() -> None:
    """The table and the grammar use the same words, and every name has its shape."""
    known = {kind.value for kind in Kind}

    assert {place for places in extensions()["x-places"].values() for place in places} <= known
    assert set(extensions()["x-places"]) <= set(extensions()["$defs"])
