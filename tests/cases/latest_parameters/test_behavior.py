"""Cookies that nothing escapes, and queries that are one value (OpenAPI 3.2, section 4.12.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}
COOKIES: list[tuple[str, Any, str]] = [
    ("color", "", "color="),
    ("color", "blue", "color=blue"),
    ("color", ARRAY, "color=blue; color=black; color=brown"),
    ("color", OBJECT, "R=100; G=200; B=150"),
    ("joined", "", "joined="),
    ("joined", "blue", "joined=blue"),
    ("joined", ARRAY, "joined=blue,black,brown"),
    ("joined", OBJECT, "joined=R,100,G,200,B,150"),
    ("one", "a/b=%20", "one=a/b=%20"),
]


@pytest.mark.parametrize(("name", "value", "line"), COOKIES)
def test_a_cookie_is_written_as_cookies_are(package: ModuleType, name: str, value: Any, line: str) -> None:
    """Pairs of their own where it is exploded, and nothing is encoded."""
    service = Service()
    with service.client(package, "LatestParameters") as client:
        client.cookies.get_cookies(**{name: value})

    assert service.requests[0].headers.get_list("Cookie") == [line]


@pytest.mark.parametrize("value", ["a b", "a;b", "a,b", 'a"b', "a\\b", "é", "a\n", {"a=b": 1}])
def test_what_no_cookie_can_hold_is_refused(package: ModuleType, value: Any) -> None:
    """Whoever calls knows how the service wants it escaped."""
    service = Service()
    with service.client(package, "LatestParameters") as client, pytest.raises(package.InvalidCallError, match="color"):
        client.cookies.get_cookies(color=value)

    assert service.requests == []


def test_reserved_characters_stay_in_a_path(package: ModuleType) -> None:
    """But for those that end a segment; triplets are encoded once. In a cookie they would divide it."""
    service = Service()
    with service.client(package, "LatestParameters") as client:
        client.files.get_file("a:b@(c),d;e=f!/g?h#i%2Fj%")
        client.cookies.get_cookies(kept="a;b")

    assert service.targets == ["/files/a:b@(c),d;e=f!%2Fg%3Fh%23i%2Fj%25", "/cookies"]
    assert service.requests[1].headers["Cookie"] == "kept=a%3Bb"


def test_a_query_is_one_value(package: ModuleType) -> None:
    """The pairs of a form, or JSON."""
    service = Service()
    with service.client(package, "LatestParameters") as client:
        client.search.search(package.latest_parameters.models.SearchFilter(text="a&b c", tags=["x", "y"]))
        client.select.select(selector={"a": 1})
        client.select.select()

    assert service.targets == [
        "/search?text=a%26b%20c&tags=x&tags=y",
        "/select?%7B%22a%22%3A1%7D",
        "/select",
    ]
