"""Parameters on the wire: the table of styles in OpenAPI 3.1, and values of every kind."""

from __future__ import annotations

import datetime
import math
import uuid
from decimal import Decimal
from enum import Enum
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.runtime import codec, text
from specloom.runtime.errors import InvalidCallError
from specloom.runtime.operation import Limits, Operation, Parameter
from tests.runtime.sample.models import JobStatus, NewJob

ARRAY = ["blue", "black", "a b"]
OBJECT = {"R": 100, "G": True}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


class Plain(Enum):
    """An enumeration that is no text."""

    ONE = 1


def encoded(parameter: Parameter, value: object, path: str = "/x") -> codec.Target:
    """One parameter on the wire."""
    operation: Operation[Any] = Operation(id="o", name="o", method="GET", path=path, parameters=(parameter,))
    return codec.encode(operation, {parameter.name or parameter.wire: value}, {})


@pytest.mark.parametrize(
    ("style", "explode", "value", "wire"),
    [
        ("", None, "blue", "color=blue"),
        ("form", True, "", "color="),
        ("form", None, ARRAY, "color=blue&color=black&color=a%20b"),
        ("form", False, ARRAY, "color=blue,black,a%20b"),
        ("form", False, ["a,b"], "color=a%2Cb"),
        ("form", True, OBJECT, "R=100&G=true"),
        ("form", True, {"page": 0, "sort": ["a,desc", "b"]}, "page=0&sort=a%2Cdesc&sort=b"),
        ("form", False, OBJECT, "color=R,100,G,true"),
        ("form", True, [], ""),
        ("spaceDelimited", False, ARRAY, "color=blue%20black%20a%20b"),
        ("spaceDelimited", None, ARRAY, "color=blue%20black%20a%20b"),
        ("pipeDelimited", False, ARRAY, "color=blue%7Cblack%7Ca%20b"),
        ("pipeDelimited", None, OBJECT, "color=R%7C100%7CG%7Ctrue"),
        ("pipeDelimited", True, ARRAY, "color=blue&color=black&color=a%20b"),
        ("deepObject", True, OBJECT, "color%5BR%5D=100&color%5BG%5D=true"),
        ("deepObject", True, {"a": {"b": [1, 2]}}, "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2"),
    ],
)
def test_query_styles(style: str, explode: bool | None, value: object, wire: str) -> None:
    """Every style of a query parameter, exploded and not."""
    assert "&".join(encoded(Parameter("color", "query", style=style, explode=explode), value).query) == wire


@pytest.mark.parametrize(
    ("style", "explode", "value", "wire"),
    [
        ("", None, "blue", "/x/blue"),
        ("", None, 5, "/x/5"),
        ("simple", False, ARRAY, "/x/blue,black,a%20b"),
        ("simple", True, OBJECT, "/x/R=100,G=true"),
        ("simple", False, OBJECT, "/x/R,100,G,true"),
        ("label", False, "blue", "/x/.blue"),
        ("label", False, ARRAY, "/x/.blue,black,a%20b"),
        ("label", True, ARRAY, "/x/.blue.black.a%20b"),
        ("label", True, OBJECT, "/x/.R=100.G=true"),
        ("matrix", False, "blue", "/x/;color=blue"),
        ("matrix", False, ARRAY, "/x/;color=blue,black,a%20b"),
        ("matrix", True, ARRAY, "/x/;color=blue;color=black;color=a%20b"),
        ("matrix", False, OBJECT, "/x/;color=R,100,G,true"),
        ("matrix", True, OBJECT, "/x/;R=100;G=true"),
    ],
)
def test_path_styles(style: str, explode: bool | None, value: object, wire: str) -> None:
    """Every style of a path parameter, exploded and not."""
    assert encoded(Parameter("color", "path", style=style, explode=explode), value, "/x/{color}").path == wire


@pytest.mark.parametrize(
    ("explode", "value", "wire"),
    [
        (None, "blue", "blue"),
        (None, ["a", "b"], "a,b"),
        (None, OBJECT, "R,100,G,true"),
        (True, OBJECT, "R=100,G=true"),
        (None, "50% of/a:b", "50% of/a:b"),
    ],
)
def test_header_styles(explode: bool | None, value: object, wire: str) -> None:
    """Headers are not percent-encoded."""
    assert encoded(Parameter("X-Color", "header", explode=explode), value).headers == [("X-Color", wire)]


def test_cookies_are_pairs_of_one_header() -> None:
    """Values are percent-encoded; a list repeats its name."""
    assert encoded(Parameter("c", "cookie"), "a;b").cookies == ["c=a%3Bb"]
    assert encoded(Parameter("c", "cookie"), ["a", "b"]).cookies == ["c=a", "c=b"]


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        (True, "true"),
        (0, "0"),
        (10**30, "1" + "0" * 30),
        (1705248000000.0, "1705248000000"),
        (0.3, "0.3"),
        (1e-7, "0.0000001"),
        (1e22, "1" + "0" * 22),
        (-0.5, "-0.5"),
        (Decimal("1.50"), "1.5"),
        (JobStatus.SUCCESS, "SUCCESS"),
        (JobStatus("NEW"), "NEW"),
        (Plain.ONE, "1"),
        (datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.UTC), "2024-01-02T03:04:05Z"),
        (datetime.date(2024, 1, 2), "2024-01-02"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ("1 &=+/?#%ß~", "1 &=+/?#%ß~"),
    ],
)
def test_values_have_one_text(value: object, wire: str) -> None:
    """Numbers without exponent or needless fraction, booleans in lower case, enums by value, times in ISO 8601."""
    assert text.scalar(value) == wire


@pytest.mark.parametrize("value", [math.nan, math.inf, b"bytes", object(), [None], "\ud800", [[1]], {"a": {"b": 1}}])
def test_a_value_without_a_text_is_refused(value: object) -> None:
    """Nothing is guessed: no repr of an object, no NaN, no nested list where a style has no place for it."""
    with pytest.raises(InvalidCallError, match=r"^color: "):
        encoded(Parameter("color", "query"), value)


@given(TEXTS)
def test_any_text_survives_in_a_query(value: str) -> None:
    """A server that decodes the query reads what the caller wrote, and a blank is never `+`."""
    pieces = encoded(Parameter("näme", "query"), value).query

    assert parse_qsl("&".join(pieces), keep_blank_values=True, separator="&") == [("näme", value)]
    assert not any("+" in piece for piece in pieces)


@given(TEXTS.filter(lambda value: value not in ("", ".", "..")))
def test_any_text_survives_in_a_path_and_goes_out_as_encoded(value: str) -> None:
    """It stays one segment, and httpx2 sends the very bytes that we made."""
    target = encoded(Parameter("id", "path"), value, "/v1/{id}/it's (a) path;x=1,2@:$&!*+")

    assert unquote(target.path.split("/")[2]) == value
    assert httpx2.URL("http://h/gw" + target.path).raw_path == b"/gw" + target.path.encode()


@given(TEXTS, TEXTS)
def test_reserved_characters_stay_where_they_are_allowed(name: str, value: str) -> None:
    """Those that cannot be taken for separators; the others are encoded, and the rest of the query is not touched."""
    target = encoded(Parameter(name, "query", allow_reserved=True), value)
    query = "&".join([*target.query, "next=1"])

    assert httpx2.URL("http://h/?" + query).raw_path == b"/?" + query.encode()
    if "%" not in value:
        assert parse_qsl(query, keep_blank_values=True) == [(name, value), ("next", "1")]
    assert encoded(Parameter("u", "query", allow_reserved=True), "http://h/a?b=%20c").query == ["u=http://h/a?b=%20c"]


@pytest.mark.parametrize("value", ["", [], {}, ".", ".."])
def test_a_path_value_that_names_another_address_is_refused(value: object) -> None:
    """Empty and dot segments change the path, whatever the server does with them."""
    with pytest.raises(InvalidCallError):
        encoded(Parameter("id", "path"), value, "/v1/{id}/x")


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\0", " a", "a ", "ß"])
def test_a_header_value_that_breaks_the_line_is_refused(value: str) -> None:
    """No header can be smuggled in."""
    with pytest.raises(InvalidCallError, match="header X-A"):
        encoded(Parameter("X-A", "header"), value)


def test_none_is_not_sent() -> None:
    """Neither as a value nor as a member of an object."""
    assert encoded(Parameter("a", "query"), None).query == []
    assert encoded(Parameter("a", "query", style="deepObject"), {"x": None, "y": 1}).query == ["a%5By%5D=1"]


def test_a_query_that_a_path_holds_is_one() -> None:
    """And what only tells two paths of a document apart is not sent."""
    assert encoded(Parameter("x", "path"), "a&b?", "/jobs?action=list&x={x}").path == "/jobs?action=list&x=a%26b%3F"
    assert encoded(Parameter("x", "path"), "1", "/jobs/{x}#Action=List").path == "/jobs/1"
    with pytest.raises(InvalidCallError):
        encoded(Parameter("x", "path"), "..", "/jobs/{x}?action=list")


@pytest.mark.parametrize("place", ["query", "header", "path"])
def test_a_required_value_is_asked_for_by_its_python_name(place: str) -> None:
    """The message says what to give."""
    with pytest.raises(InvalidCallError, match=r"^job_name is required"):
        encoded(Parameter("jobName", place, name="job_name", required=True), None)


@pytest.mark.parametrize("value", [-1, 1001, 1000.5, "2000", Decimal(-1), math.inf])
def test_a_value_out_of_bounds_is_refused(value: object) -> None:
    """Bounds are inclusive, and hold for digits in a text too."""
    with pytest.raises(InvalidCallError, match="limit: "):
        encoded(Parameter("limit", "query", limits=Limits(minimum=0, maximum=1000)), value)
    assert encoded(Parameter("limit", "query", limits=Limits(minimum=0, maximum=1000)), 1000).query == ["limit=1000"]


def test_times_are_taken_where_the_wire_wants_an_epoch() -> None:
    """A datetime with a zone becomes milliseconds or seconds; a number goes as it is."""
    zone = datetime.timezone(datetime.timedelta(hours=8))
    moment = datetime.datetime(2024, 1, 11, 9, 1, 47, 123999, zone)

    assert encoded(Parameter("t", "query", epoch="milliseconds"), moment).query == ["t=1704934907123"]
    assert encoded(Parameter("t", "query", epoch="seconds"), moment).query == ["t=1704934907"]
    assert encoded(Parameter("t", "query", epoch="milliseconds"), 1704934907000).query == ["t=1704934907000"]


@pytest.mark.parametrize("value", [datetime.datetime(2024, 1, 1), datetime.date(2024, 1, 1)])  # noqa: DTZ001
def test_a_time_that_names_no_instant_is_refused_as_an_epoch(value: object) -> None:
    """A naive time could mean any zone."""
    with pytest.raises(InvalidCallError, match=r"^t: "):
        encoded(Parameter("t", "query", epoch="milliseconds"), value)


def test_json_parameters_are_compact_json() -> None:
    """Models go by wire names."""
    value = {"jobs": [NewJob(job_name="ß")], "when": datetime.date(2024, 1, 1), "status": JobStatus("NEW")}

    piece = encoded(Parameter("q", "query", json=True), value).query[0]

    assert unquote(piece) == 'q={"jobs":[{"jobName":"ß"}],"when":"2024-01-01","status":"NEW"}'


@pytest.mark.parametrize("value", [math.nan, object(), {1: {2: b""}}])
def test_what_has_no_json_is_refused(value: object) -> None:
    """With the parameter's name."""
    with pytest.raises(InvalidCallError, match=r"^q: "):
        encoded(Parameter("q", "query", json=True), value)


def test_models_are_objects() -> None:
    """A parameter that is an object takes a model."""
    value = NewJob(job_name="a", retries=2)

    assert encoded(Parameter("q", "query"), value).query == ["jobName=a", "retries=2"]
