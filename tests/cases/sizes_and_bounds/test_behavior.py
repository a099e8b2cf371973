"""Sizes of lists, mappings and texts, bounds of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

WRONG: list[tuple[str, Any, str]] = [
    ("ids", [], "ids: it takes at least 1 item"),
    ("ids", [1, 2, 3, 4], "ids: it takes at most 3 items"),
    ("tags", {}, "tags: it takes at least 1 member"),
    ("tags", {"a": "1", "b": "2", "c": "3"}, "tags: it takes at most 2 members"),
    ("name", "a", "name: it takes at least 2 characters"),
    ("name", "abcde", "name: it takes at most 4 characters"),
    ("count", 0, "count: it takes more than 0"),
    ("count", 10, "count: it takes less than 10"),
    ("count", 3, "count: it takes multiples of 2"),
]
BODIES: list[tuple[dict[str, Any], str]] = [
    ({"ids": []}, "body/ids: it takes at least 1 item"),
    ({"tags": {"a": "1", "b": "2", "c": "3"}}, "body/tags: it takes at most 2 members"),
    ({"name": "a"}, "body/name: it takes at least 2 characters"),
    ({"ratio": 1.25}, "body/ratio: it takes 1 or less"),
    ({"ratio": 0.3}, "body/ratio: it takes multiples of 0.25"),
]


@pytest.mark.parametrize(("name", "value", "message"), WRONG)
def test_an_argument_out_of_bounds_is_refused(package: ModuleType, name: str, value: Any, message: str) -> None:
    """Before anything is sent."""
    service = Service("{}")
    job = package.sizes_and_bounds.models.Job(name="ab")
    with service.client(package, "SizesAndBounds") as client, pytest.raises(package.InvalidCallError, match=message):
        client.jobs.put_job(job, **{name: value})

    assert service.requests == []


@pytest.mark.parametrize(("members", "message"), BODIES)
def test_a_member_out_of_bounds_is_refused(package: ModuleType, members: dict[str, Any], message: str) -> None:
    """Unless the caller insists."""
    service = Service("{}")
    job = package.sizes_and_bounds.models.Job(**members)
    with service.client(package, "SizesAndBounds") as client:
        with pytest.raises(package.InvalidCallError, match=message):
            client.jobs.put_job(job)
        client.jobs.put_job(job, check=False)

    assert len(service.requests) == 1


def test_what_is_within_bounds_is_sent_and_an_answer_may_leave_them(package: ModuleType) -> None:
    """A service may widen them without notice."""
    service = Service({"ids": [1, 2, 3, 4], "ratio": 7})
    job = package.sizes_and_bounds.models.Job(ids=[1, 2, 3], tags={"a": "b"}, name="abcd", ratio=0.75)
    with service.client(package, "SizesAndBounds") as client:
        found = client.jobs.put_job(job, ids=[1], tags={"k": "v w"}, name="ab", count=8)

    assert service.targets == ["/jobs?ids=1&tags%5Bk%5D=v%20w&name=ab&count=8"]
    assert service.requests[0].content == b'{"ids":[1,2,3],"tags":{"a":"b"},"name":"abcd","ratio":0.75}'
    assert (found.ids, found.ratio, package.problems_of(found)) == ([1, 2, 3, 4], 7, ())
