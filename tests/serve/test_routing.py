"""Which operation answers which path."""

from __future__ import annotations

import pytest

from specloom.serve import ServeError, create_app
from specloom.serve.routing import BadPathError, Router, parse_path
from tests.serve.apis import make_api, make_operation
from tests.serve.driver import served_by


def find_values(template: str, path: str) -> dict[str, str] | None:
    """The values that a path gives the parameters of one template; `None` where it does not fit."""
    matches = Router([make_api(make_operation(f"GET {template}"))]).find(path)
    return dict(matches[0].values) if matches else None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/pets/mine", "GET /pets/mine"),
        ("/pets/7", "GET /pets/{id}"),
        ("/pets/7.json", "GET /pets/{id}.json"),
        ("/pets/7.txt", "GET /pets/{id}.{format}"),
        ("/pets/mine/toys", "GET /pets/mine/{what}"),
        ("/pets/7/toys", "GET /{kind}/{id}/toys"),
        ("/pets/7/balls", "GET /{kind}/{id}/{what}"),
    ],
)
def test_the_most_literal_path_wins_from_the_left(path: str, expected: str) -> None:
    """Literal segments go before mixed ones, mixed ones before parameters, in whatever order they are documented."""
    templates = [
        "/{kind}/{id}/{what}",
        "/{kind}/{id}/toys",
        "/pets/mine/{what}",
        "/pets/{id}",
        "/pets/{id}.{format}",
        "/pets/{id}.json",
        "/pets/mine",
    ]

    for ordered in (templates, templates[::-1]):
        app = create_app([make_api(*(make_operation(f"GET {one}") for one in ordered))])

        assert served_by(app, f"GET {path}") == expected


@pytest.mark.parametrize(
    ("template", "path", "expected"),
    [
        ("/a/{x}", "/a/b%2Fc%20d", {"x": "b/c d"}),
        ("/a/{x}", "/a/%E4%BD%A0", {"x": "你"}),
        ("/a/{x}", "/a/1+1", {"x": "1+1"}),
        ("/a/{x}", "/a/", None),
        ("/a/{x}", "/a", None),
        ("/a/{x}", "/a/b/", None),
        ("/a b/{x}", "/a%20b/1", {"x": "1"}),
        ("/{a}.{b}", "/x.y.z", {"a": "x", "b": "y.z"}),
        ("/{a}.{b}", "/.y", None),
        ("/{a}.{b}", "/x.", None),
        ("/v{n}-{m}.tar", "/v1-2.tar", {"n": "1", "m": "2"}),
        ("/v{n}-{m}.tar", "/v1-.tar", None),
        ("/jobs/{id}:cancel", "/jobs/a:cancel", {"id": "a"}),
        ("/jobs/{id}:cancel", "/jobs/:cancel", None),
        ("/jobs/{id}:cancel", "/jobs/cancel", None),
        ("/{aba}aba", "/aba", None),
        ("/ab{x}ba", "/aba", None),
    ],
)
def test_values_are_decoded_after_the_path_is_cut(template: str, path: str, expected: dict[str, str] | None) -> None:
    """A percent-encoded slash is part of a value; no value is empty; texts around a parameter do not overlap."""
    assert find_values(template, path) == expected


@pytest.mark.parametrize("path", ["/a/%", "/a/%zz", "/a/%4", "/a/%ff", "/a/%ED%A0%80"])
def test_a_path_that_is_not_encoded_text_is_told(path: str) -> None:
    """Neither a broken escape nor bytes that are not UTF-8 are guessed at."""
    with pytest.raises(BadPathError):
        find_values("/a/{x}", path)


def test_another_method_is_found_on_a_less_literal_path() -> None:
    """A document that only reads `/pets/mine` does not hide another's right to delete `/pets/{id}`."""
    app = create_app([make_api(make_operation("GET /pets/mine")), make_api(make_operation("DELETE /pets/{id}"))])

    assert served_by(app, "DELETE /pets/mine") == "DELETE /pets/{id}"


def test_operations_that_would_answer_the_same_requests_are_all_named_at_the_start() -> None:
    """Names of parameters make no difference; every collision is told at once, with both places."""
    first = make_api(make_operation("GET /a/{x}", operation_id="one"), make_operation("GET /b"))
    second = make_api(
        make_operation("GET /a/{y}", operation_id="other"), make_operation("GET /b", operation_id="again")
    )

    with pytest.raises(ServeError) as caught:
        create_app([first, second])

    assert str(caught.value).splitlines() == [
        "petstore.yaml:3:5: GET /a/{y} (other) would answer the same requests as GET /a/{x} (one) at petstore.yaml:3:5",
        "petstore.yaml:3:5: GET /b (again) would answer the same requests as GET /b (GET /b) at petstore.yaml:3:5",
    ]


def test_nearest_paths_compare_what_a_parameter_would_be() -> None:
    """`/pet/7` is told `/pets/{id}`: the parameter counts as matched."""
    router = Router([make_api(make_operation("GET /pets/{id}"), make_operation("GET /completely/different"))])

    assert router.nearest("/pet/7") == ["/pets/{id}"]
    assert router.nearest("/zzz") == []


def test_a_path_template_is_cut_into_texts_and_names() -> None:
    """Between two names there is always a text, be it empty."""
    segment = parse_path("/{a}{b}.x")[0]

    assert (segment.literals, segment.names) == (("", "", ".x"), ("a", "b"))
    assert segment.match("123.x") == {"a": "1", "b": "23"}
