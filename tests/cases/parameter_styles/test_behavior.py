"""Values of parameters on the wire, held against the table of styles (OpenAPI 3.1, section 4.8.12.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}
TABLE: list[tuple[str, Any, str]] = [
    ("simple", "blue", "/simple/blue"),
    ("simple", ARRAY, "/simple/blue,black,brown"),
    ("simple", OBJECT, "/simple/R,100,G,200,B,150"),
    ("simple_each", "blue", "/simple-each/blue"),
    ("simple_each", ARRAY, "/simple-each/blue,black,brown"),
    ("simple_each", OBJECT, "/simple-each/R=100,G=200,B=150"),
    ("label", "blue", "/label/.blue"),
    ("label", ARRAY, "/label/.blue,black,brown"),
    ("label", OBJECT, "/label/.R,100,G,200,B,150"),
    ("label_each", "blue", "/label-each/.blue"),
    ("label_each", ARRAY, "/label-each/.blue.black.brown"),
    ("label_each", OBJECT, "/label-each/.R=100.G=200.B=150"),
    ("matrix", "", "/matrix/;color"),
    ("matrix", "blue", "/matrix/;color=blue"),
    ("matrix", ARRAY, "/matrix/;color=blue,black,brown"),
    ("matrix", OBJECT, "/matrix/;color=R,100,G,200,B,150"),
    ("matrix_each", "", "/matrix-each/;color"),
    ("matrix_each", "blue", "/matrix-each/;color=blue"),
    ("matrix_each", ARRAY, "/matrix-each/;color=blue;color=black;color=brown"),
    ("matrix_each", OBJECT, "/matrix-each/;R=100;G=200;B=150"),
    ("form", "", "/form?color="),
    ("form", "blue", "/form?color=blue"),
    ("form", ARRAY, "/form?color=blue,black,brown"),
    ("form", OBJECT, "/form?color=R,100,G,200,B,150"),
    ("form_each", "", "/form-each?color="),
    ("form_each", "blue", "/form-each?color=blue"),
    ("form_each", ARRAY, "/form-each?color=blue&color=black&color=brown"),
    ("form_each", OBJECT, "/form-each?R=100&G=200&B=150"),
    ("space", ARRAY, "/space?color=blue%20black%20brown"),
    ("space", OBJECT, "/space?color=R%20100%20G%20200%20B%20150"),
    ("pipe", ARRAY, "/pipe?color=blue%7Cblack%7Cbrown"),
    ("pipe", OBJECT, "/pipe?color=R%7C100%7CG%7C200%7CB%7C150"),
    ("deep", OBJECT, "/deep?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
]
LINES: list[tuple[str, Any, str, str]] = [
    ("header", "blue", "color", "blue"),
    ("header", ARRAY, "color", "blue,black,brown"),
    ("header", OBJECT, "color", "R,100,G,200,B,150"),
    ("header_each", ARRAY, "color", "blue,black,brown"),
    ("header_each", OBJECT, "color", "R=100,G=200,B=150"),
    ("cookie", "", "Cookie", "color="),
    ("cookie", "blue", "Cookie", "color=blue"),
    ("cookie", ARRAY, "Cookie", "color=blue,black,brown"),
    ("cookie", OBJECT, "Cookie", "color=R,100,G,200,B,150"),
    ("cookie_each", ARRAY, "Cookie", "color=blue; color=black; color=brown"),
    ("cookie_each", OBJECT, "Cookie", "R=100; G=200; B=150"),
]
CODED: list[tuple[str, Any, str]] = [
    ("simple", ["a,b", "c/d"], "/simple/a%2Cb,c%2Fd"),
    ("label_each", ["a.b", "c d"], "/label-each/.a.b.c%20d"),
    ("matrix_each", {"k;l": 1}, "/matrix-each/;k%3Bl=1"),
    ("form", ["a,b", "c"], "/form?color=a%2Cb,c"),
    ("space", ["a b", "c+d"], "/space?color=a%20b%20c%2Bd"),
    ("pipe", ["a|b", "c"], "/pipe?color=a%7Cb%7Cc"),
    ("deep", {"a[b]": 1}, "/deep?color%5Ba%5Bb%5D%5D=1"),
]


@pytest.mark.parametrize(("name", "value", "target"), [*TABLE, *CODED])
def test_a_value_in_the_address_is_written_in_its_style(
    package: ModuleType, name: str, value: Any, target: str
) -> None:
    """Delimiters as they are, and what is between them encoded."""
    assert _sent(package, name, value).url.raw_path.decode() == target


@pytest.mark.parametrize(("name", "value", "line", "text"), LINES)
def test_a_value_in_the_head_is_written_in_its_style(
    package: ModuleType, name: str, value: Any, line: str, text: str
) -> None:
    """One line, whatever the value."""
    assert _sent(package, name, value).headers.get_list(line) == [text]


@pytest.mark.parametrize("name", ["simple", "simple_each", "label", "label_each"])
@pytest.mark.parametrize("value", ["", [], {}])
def test_an_empty_value_that_would_change_the_address_is_refused(package: ModuleType, name: str, value: Any) -> None:
    """`/simple/` and `/label/.` are other addresses; a matrix has its name to show for it."""
    with pytest.raises(package.InvalidCallError, match="color: it is empty"):
        _sent(package, name, value)


def test_reserved_characters_stay_where_they_are_allowed_to(package: ModuleType) -> None:
    """What would end or divide a query is encoded all the same (OpenAPI 3.1.1, section 4.8.12.2), triplets once."""
    service = Service()
    with service.client(package, "ParameterStyles") as client:
        client.reserved.reserved(kept="a/b?c:@!$'()*,;", hidden="a/b?c", list=["x/y", "z&#=+[]%", "%2F"], empty="")

    assert service.targets == [
        "/reserved?kept=a/b?c:@!$'()*,;&hidden=a%2Fb%3Fc&list=x/y,z%26%23=%2B%5B%5D%25,%2F&empty=",
    ]


def test_objects_within_a_deep_object_have_their_keys_too(package: ModuleType) -> None:
    """As services read them, for the specification does not say; a list repeats its key."""
    service = Service()
    with service.client(package, "ParameterStyles") as client:
        client.nested.nested(filter={"range": {"from": 1}, "tags": ["a", "b"]})

    assert service.targets == ["/nested?filter%5Brange%5D%5Bfrom%5D=1&filter%5Btags%5D=a&filter%5Btags%5D=b"]


def _sent(package: ModuleType, name: str, value: Any) -> Any:
    service = Service()
    with service.client(package, "ParameterStyles") as client:
        getattr(getattr(client, name), name)(color=value)
    return service.requests[0]
