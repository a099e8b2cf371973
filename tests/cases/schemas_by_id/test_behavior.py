"""Schemas that were found by identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

ORDER = {"line": {"sku": "s", "amount": {"cents": 5}}, "address": {"city": {"name": "n"}}, "before": {"line": {}}}


def test_every_way_leads_to_the_schema(package: ModuleType) -> None:
    """An absolute and a relative `$id`, an anchor, a pointer within a schema that has an `$id`, and itself."""
    with Service(ORDER).client(package, "SchemasById") as client:
        order = client.orders.get_order()

    assert order.line.amount.cents == 5
    assert order.address.city.name == "n"
    assert type(order.before) is type(order)
    assert package.problems_of(order) == ()


def test_a_fault_is_told_within(package: ModuleType) -> None:
    """Types hold, whichever way led to them."""
    with Service([{"amount": {"cents": "5"}}]).client(package, "SchemasById") as client:
        lines = client.lines.list_lines()

    assert [one.pointer for one in package.problems_of(lines)] == ["/0/amount/cents"]
