"""Objects with keywords that narrow them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

ORDER = {"country": "NL", "card": "c", "limit": 5, "marks": ["new"], "notes": {"A": "b"}, "pair": ["a", 1]}


def test_what_is_not_checked_goes_both_ways(package: ModuleType) -> None:
    """A member that only a dependent schema names is kept; nothing is found fault with."""
    service = Service(ORDER)
    with service.client(package, "NarrowingKeywords") as client:
        order = client.orders.put_order(package.narrowing_keywords.models.Order(country="BE", card="c"))

    assert service.requests[0].content == b'{"country":"BE","card":"c"}'
    assert order.pair == ("a", 1)
    assert order.to_dict() == ORDER
    assert package.problems_of(order) == ()


def test_what_is_left_unevaluated_has_a_type(package: ModuleType) -> None:
    """`false` closes an object and a tuple; a schema is that of all other members."""
    answer = {"country": "BE", "point": {"x": 1, "w": 2}, "named": {"a": 1, "b": 2}, "pair": ["a", 1, 2]}
    with Service(answer).client(package, "NarrowingKeywords") as client:
        order = client.orders.put_order(package.narrowing_keywords.models.Order(country="BE"))

    assert [one.pointer for one in package.problems_of(order)] == ["/pair", "/point/w", "/named/b"]
