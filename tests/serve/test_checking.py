"""Requests that an operation would not take, and what is said about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.model import (
    ApiKeyScheme,
    ArraySchema,
    HttpScheme,
    MapSchema,
    MutualTlsScheme,
    OAuthScheme,
    RequestBody,
    SignerScheme,
)
from tests.serve.apis import (
    HERE,
    INFO,
    NOT_JSON,
    NUMBER,
    TEXT,
    make_api,
    make_content,
    make_object,
    make_operation,
    make_parameter,
    make_petstore,
    make_response,
    require,
)
from tests.serve.driver import CREDENTIALS, ask

if TYPE_CHECKING:
    from specloom.model import Operation, Parameter, SecurityScheme

NUMBERS = ArraySchema(info=INFO, items=NUMBER)
POINT = make_object(x=NUMBER, y=NUMBER)


def status_with(parameter: Parameter, target: str = "/a", headers: dict[str, str] | None = None) -> int:
    """The status that an operation with one parameter answers."""
    path = "/a/{p}" if parameter.place == "path" else "/a"
    return ask(make_api(make_operation(f"GET {path}", parameters=(parameter,))), f"GET {target}", headers).status


def test_a_refusal_names_every_parameter_that_is_wrong() -> None:
    """In the document's order, as problem JSON; the values that were sent are not repeated."""
    answer = ask(make_petstore(), "GET /pets?limit=secret&kind=bird")

    assert answer.status == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-specloom-operation"] == "listPets"
    assert answer.json == {
        "title": "Bad Request",
        "status": 400,
        "detail": "query limit: expected a whole number, at least 1, at most 100; query kind: expected one of cat, dog",
        "parameter": "limit",
        "errors": [
            {"parameter": "limit", "in": "query", "detail": "expected a whole number, at least 1, at most 100"},
            {"parameter": "kind", "in": "query", "detail": "expected one of cat, dog"},
        ],
    }


@pytest.mark.parametrize("place", ["query", "header", "cookie"])
def test_a_required_parameter_must_be_there(place: str) -> None:
    """An optional one need not."""
    assert status_with(make_parameter("p", place, NUMBER, required=True)) == 400
    assert status_with(make_parameter("p", place, NUMBER)) == 200


@pytest.mark.parametrize(
    ("place", "target", "headers", "status"),
    [
        ("path", "/a/7", {}, 200),
        ("path", "/a/x", {}, 400),
        ("query", "/a?p=7", {}, 200),
        ("query", "/a?p=x", {}, 400),
        ("query", "/a?p=7&p=x", {}, 400),
        ("query", "/a?P=7", {}, 400),
        ("header", "/a", {"P": "7"}, 200),
        ("header", "/a", {"P": "x"}, 400),
        ("cookie", "/a", {"Cookie": "q=1; p=7"}, 200),
        ("cookie", "/a", {"Cookie": "q=1; p=x"}, 400),
    ],
)
def test_a_value_is_looked_up_in_its_place(place: str, target: str, headers: dict[str, str], status: int) -> None:
    """Header names in any case, all other names as they are."""
    assert status_with(make_parameter("p", place, NUMBER, required=True), target, headers) == status


@pytest.mark.parametrize(
    ("parameter", "target", "status"),
    [
        (make_parameter("p", "query", NUMBERS), "/a?p=1&p=2", 200),
        (make_parameter("p", "query", NUMBERS), "/a?p=1,2", 400),
        (make_parameter("p", "query", NUMBERS, explode=False), "/a?p=1,2", 200),
        (make_parameter("p", "query", NUMBERS, explode=False), "/a?p=1,x", 400),
        (make_parameter("p", "query", NUMBERS, style="pipeDelimited"), "/a?p=1|2", 200),
        (make_parameter("p", "query", NUMBERS, style="spaceDelimited"), "/a?p=1%202", 200),
        (make_parameter("p", "path", NUMBERS), "/a/1,2", 200),
        (make_parameter("p", "path", NUMBERS), "/a/1,x", 400),
        (make_parameter("p", "path", NUMBER, style="label"), "/a/.7", 200),
        (make_parameter("p", "query", POINT, required=True, style="deepObject"), "/a?p[x]=1", 200),
        (make_parameter("p", "query", POINT, required=True, style="deepObject"), "/a?x=1", 400),
        (make_parameter("p", "query", POINT, required=True), "/a?y=1", 200),
        (make_parameter("p", "query", POINT, required=True), "/a?z=1", 400),
        (make_parameter("p", "query", POINT, required=True, explode=False), "/a?p=x,1", 200),
        (make_parameter("p", "query", POINT, required=True, explode=False), "/a?x=1", 400),
        (make_parameter("p", "query", MapSchema(info=INFO, values=TEXT), required=True), "/a", 200),
        (make_parameter("p", "query", POINT, media_type="application/json"), "/a?p=%7B%7D", 200),
        (make_parameter("p", "query", POINT, media_type="application/json"), "/a?p=%7B", 400),
    ],
)
def test_arrays_and_objects_are_read_by_their_style(parameter: Parameter, target: str, status: int) -> None:
    """Elements are checked each; of an object only whether it is there."""
    assert status_with(parameter, target) == status


def test_header_parameters_that_openapi_ignores_are_ignored() -> None:
    """`Accept`, `Content-Type` and `Authorization` are described elsewhere."""
    for name in ("Accept", "content-type", "Authorization"):
        assert status_with(make_parameter(name, "header", required=True)) == 200


def test_the_elements_of_a_header_may_have_spaces_between() -> None:
    """A list of a header is written with and without."""
    parameter = make_parameter("p", "header", NUMBERS)

    assert status_with(parameter, headers={"p": "1, 2"}) == 200
    assert status_with(parameter, headers={"p": "1, x"}) == 400


def post(body: bytes, content_type: str = "application/json", *, required: bool = True) -> tuple[int, str]:
    """Status and first wrong parameter of a POST with a body."""
    contents = (make_content(), make_content(media_type="text/*"))
    described = RequestBody(required=required, contents=contents, location=HERE)
    api = make_api(make_operation("POST /a", make_response("201"), body=described))
    answer = ask(api, "POST /a", {"Content-Type": content_type} if content_type else {}, body)
    return answer.status, "" if answer.status == 201 else answer.json["parameter"]


def test_a_body_is_there_and_of_a_documented_kind() -> None:
    """Presence, media type, JSON syntax; not its schema."""
    assert post(b"{}") == (201, "")
    assert post(b"{}", "application/json; charset=utf-8") == (201, "")
    assert post(b"a", "text/csv") == (201, "")
    assert post(b"{}", "") == (201, "")
    assert post(b"") == (400, "body")
    assert post(b"", required=False) == (201, "")
    assert post(b"{") == (400, "body")
    assert post(b"[" * 100_000) == (400, "body")
    assert post(b"\xff\xfe\xfd") == (400, "body")
    assert post(b"<a/>", "application/xml") == (415, "body")


def secured(*alternatives: str) -> Operation:
    """An operation that wants credentials, keys of schemes with spaces between."""
    return make_operation("GET /a", security=require(*alternatives))


def scheme(kind: str) -> SecurityScheme:
    """A scheme of each kind, its kind as its key."""
    match kind:
        case "header" | "query" | "cookie":
            return ApiKeyScheme(key=kind, place=kind, name="Key", description="", location=HERE)
        case "basic" | "bearer":
            return HttpScheme(key=kind, scheme=kind, bearer_format="", description="", location=HERE)
        case "oauth":
            return OAuthScheme(key=kind, flows=(), description="", location=HERE)
        case "signer":
            return SignerScheme(key=kind, algorithm="sdk-hmac-sha256", description="", location=HERE)
        case _:
            return MutualTlsScheme(key=kind, description="", location=HERE)


@pytest.mark.parametrize(
    ("wanted", "target", "headers", "status"),
    [
        (["header"], "/a", {"key": "k"}, 200),
        (["header"], "/a", {"key": ""}, 401),
        (["query"], "/a?Key=k", {}, 200),
        (["query"], "/a?key=k", {}, 401),
        (["cookie"], "/a", {"Cookie": "Key=k"}, 200),
        (["cookie"], "/a", {"Cookie": "Ke=k"}, 401),
        (["basic"], "/a", {"Authorization": "basic dTpw"}, 200),
        (["basic"], "/a", {"Authorization": "Bearer t"}, 401),
        (["bearer"], "/a", {"Authorization": "Bearer "}, 401),
        (["oauth"], "/a", {"Authorization": "Bearer t"}, 200),
        (["signer"], "/a", {"Authorization": "SDK-HMAC-SHA256 Access=a"}, 200),
        (["signer"], "/a", {}, 401),
        (["mutual"], "/a", {}, 200),
        (["header query"], "/a", {"key": "k"}, 401),
        (["header query"], "/a?Key=k", {"key": "k"}, 200),
        (["header", "query"], "/a?Key=k", {}, 200),
        (["header", ""], "/a", {}, 200),
        (["unknown"], "/a", {}, 200),
        ([], "/a", {}, 200),
    ],
)
def test_credentials_must_be_there(wanted: list[str], target: str, headers: dict[str, str], status: int) -> None:
    """One requirement must be met in full; which value a credential has is never looked at."""
    kinds = ("header", "query", "cookie", "basic", "bearer", "oauth", "signer", "mutual")
    api = make_api(secured(*wanted), security_schemes=tuple(map(scheme, kinds)))

    assert ask(api, f"GET {target}", headers).status == status


def test_a_request_without_credentials_gets_the_documented_401() -> None:
    """With a header that says what is missing, for the example cannot."""
    answer = ask(make_petstore(), "GET /pets/not-a-number")

    assert (answer.status, answer.body) == (401, NOT_JSON.encode())
    assert answer.headers["x-specloom-example"] == "as_shown"
    assert answer.headers["x-specloom-reason"] == (
        "missing credentials: header X-Auth-Token or header Authorization (SDK-HMAC-SHA256)"
    )
    assert answer.headers["www-authenticate"] == "SDK-HMAC-SHA256"


def test_where_no_401_is_documented_a_problem_says_what_is_missing() -> None:
    """A `default` example would be about something else."""
    default = make_response("default", make_content(("fault", {"code": "500"})))
    operation = make_operation("GET /a", make_response("204"), default, security=require("header"))
    answer = ask(make_api(operation, security_schemes=(scheme("header"),)), "GET /a")

    assert answer.status == 401
    assert answer.json["detail"] == "missing credentials: header Key"
    assert "www-authenticate" not in answer.headers


def test_a_preferred_code_is_given_whatever_is_wrong_with_the_request() -> None:
    """A preferred example is not: it chooses among answers, it does not excuse the request."""
    assert ask(make_petstore(), "GET /pets/x", {"Prefer": "code=404"}).json == {"code": "P.404"}
    assert ask(make_petstore(), "GET /pets/x", {"Prefer": "example=plain"}).status == 401
    assert ask(make_petstore(), "GET /pets/x", {**CREDENTIALS, "Prefer": "example=plain"}).status == 400
