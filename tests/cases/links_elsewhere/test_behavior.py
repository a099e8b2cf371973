"""Operations that answers lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType


def test_a_link_is_told_in_full(package: ModuleType) -> None:
    """The operation by its id where it is of this document, what it takes, and where it is."""
    with Service().client(package, "LinksElsewhere") as client:
        said = type(client.jobs).add_job.__doc__

    assert [line.strip() for line in said.partition("Leads to:")[2].partition("Args:")[0].strip().splitlines()] == [
        "show: `getJob` with `id` = `$response.body#/id`.",
        "change: `changeJob` with `path.id` = `$response.body#/id`, body = `$request.body` at",
        "<https://other.example>.",
        "far: `https://api.example/openapi.yaml#/paths/~1runs/get`. The runs.",
    ]
