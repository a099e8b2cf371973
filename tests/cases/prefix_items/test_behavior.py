"""Tuples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_elements_have_types_of_their_own(package: ModuleType) -> None:
    """A tuple that does not fit is kept as it came, with its faults."""
    with Service({"pair": ["a", 1], "more": ["a", 1, "b"], "none": []}).client(package, "PrefixItems") as client:
        pair = client.pairs.get_pair()

    assert pair.pair == ("a", 1)
    assert pair.more == ["a", 1, "b"]
    assert pair.to_dict() == {"pair": ["a", 1], "more": ["a", 1, "b"], "none": []}
    assert pair.problems == ()


def test_a_tuple_that_does_not_fit_is_kept(package: ModuleType) -> None:
    """Element by element where it has as many as it should, else as a list."""
    with Service({"pair": ["a", "b"]}).client(package, "PrefixItems") as client:
        one = client.pairs.get_pair()
    with Service({"pair": ["a"]}).client(package, "PrefixItems") as client:
        other = client.pairs.get_pair()

    assert (one.pair, [each.pointer for each in one.problems]) == (("a", "b"), ["/pair/1"])
    assert (other.pair, [each.pointer for each in other.problems]) == (["a"], ["/pair"])
    assert other.to_dict() == {"pair": ["a"]}


def test_fewer_items_are_no_problem_where_the_document_says_so(package: ModuleType) -> None:
    """And more are one where something is sent."""
    pair = package.prefix_items.models.Pair

    assert pair.from_json('{"some": ["a"]}').some == ["a"]
    assert not package.problems_of(pair.from_json('{"some": ["a", 1]}'))
