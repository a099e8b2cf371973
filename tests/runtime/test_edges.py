"""The edges of rules that nothing else stands at: each test here fails where one character of a rule is changed."""

from __future__ import annotations

import json
import math
import time
from datetime import timedelta
from enum import IntEnum
from typing import Any, Literal

import httpx2
import pytest

from specloom.runtime import codec, decoding, limits, pointers, retry, secrecy, tokens
from specloom.runtime.auth import Authentication, TokenCredentials
from specloom.runtime.configuration import Configuration
from specloom.runtime.errors import ClientError, ConnectError, InvalidCallError, ReadTimeoutError, StatusError
from specloom.runtime.flow import prepare, run
from specloom.runtime.messages import Headers, Request, Response, Secret, Sleep
from specloom.runtime.models import DateTime, Model
from specloom.runtime.oauth import OAuthClientCredentials
from specloom.runtime.operation import ApiKey, FailureTest, OAuth, Operation, Parameter, Service, Signer
from specloom.runtime.operation import Limits as Documented
from specloom.runtime.problems import faults_of, mend, problems_of
from specloom.runtime.repair import repaired
from tests.runtime.answering import both


def operation(*parameters: Parameter, path: str = "/o") -> Operation[Any]:
    """An operation with those parameters."""
    return Operation(id="o", name="o.o", method="GET", path=path, responses={}, parameters=parameters)


def configuration(**options: Any) -> Configuration:
    """What a client of that operation has."""
    return Configuration(Service("Any", "any/1"), {}, "https://host", {}, None, options)


@pytest.mark.parametrize("order", [1, -1])
def test_one_secret_parameter_hides_the_whole_address(order: int) -> None:
    """Whichever comes first."""
    both_kinds = [Parameter("key", "query", sensitive=True), Parameter("plain", "query")][::order]
    request, _ = prepare(configuration(), operation(*both_kinds), {"key": "s3cret", "plain": "p"}, {}, None)

    assert type(request.url) is Secret


def test_a_secret_cookie_is_shown_by_no_header_line() -> None:
    """A plain one is."""
    cookies = {}
    for sensitive in (True, False):
        parameter = Parameter("c", "cookie", sensitive=sensitive)
        request, _ = prepare(configuration(), operation(parameter), {"c": "value-value"}, {}, None)
        cookies[sensitive] = repr(request.headers)

    assert "value-value" not in cookies[True]
    assert "value-value" in cookies[False]


@pytest.mark.parametrize("name", ["Connection", "Content-Length", "Transfer-Encoding", "transfer-encoding"])
def test_lines_that_follow_from_the_body_cannot_be_set(name: str) -> None:
    """They frame the message on its connection."""
    for error in both(
        lambda request: httpx2.Response(202), lambda one: one.jobs.start("j", extra_headers={name: "close"})
    ):
        assert isinstance(error, InvalidCallError)
        assert (error.attempts, "follows from the body" in str(error)) == (0, True)


def test_a_path_of_empty_parts_is_refused() -> None:
    """A list of one empty text leaves nothing behind; nothing would be sent in that place."""
    with pytest.raises(InvalidCallError, match="p: "):
        codec.encode(operation(Parameter("p", "path", required=True), path="/{p}"), {"p": [""]}, {})


@pytest.mark.parametrize(("asked", "seconds"), [("60", 60.0), ("60.5", None)])
def test_a_server_may_ask_for_as_long_as_the_cap(asked: str, seconds: float | None) -> None:
    """And not for longer."""
    answer = Response(503, Headers([("Retry-After", asked)]), b"")
    wait = retry.plan_retry(retry.DEFAULT, answer, repeatable=True, retries=0, random=lambda: 0.0)

    assert wait == seconds


@pytest.mark.parametrize("zone", ["", " GMT", " +0000", " -0000"])
def test_a_date_without_a_zone_means_utc(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old form of C; wherever this machine is."""
    monkeypatch.setenv("TZ", "XXX-5")
    time.tzset()
    try:
        assert retry.server_time(Headers([("Date", f"Thu, 01 Jan 1970 00:01:00{zone}")])) == 60
    finally:
        monkeypatch.undo()
        time.tzset()


def test_texts_that_are_no_finite_numbers_are_within_no_bounds() -> None:
    """They are refused by words of ours, not by an error of arithmetic."""
    documented = Documented(minimum=0, maximum=5)

    assert len(list(limits.faults("float | str", documented, "7", ""))) == 1
    for text in ("NaN", "sNaN", "Infinity", "-Infinity"):
        assert list(limits.faults("float | str", documented, text, "")) == []


def test_of_many_listed_values_twenty_are_told() -> None:
    """And how many there are besides."""
    listed = IntEnum("Many", {f"M{index}": index for index in range(25)})  # type: ignore[misc]
    ((_, words),) = limits.faults("int", Documented(lambda: listed), 99, "")

    assert "18, 19 and 5 more" in words
    assert "20" not in words


@pytest.mark.parametrize(
    ("test", "content", "told"),
    [
        (FailureTest("/s", minimum=1), {"s": True}, False),
        (FailureTest("/s", minimum=1), {"s": 1}, True),
        (FailureTest("/s", minimum=400), {"s": "500"}, False),
        (FailureTest("/s", equals=1), {"s": True}, False),
        (FailureTest("/s", equals=False), {"s": 0}, False),
        (FailureTest("/s", equals=False), {"s": False}, True),
        (FailureTest("/s", equals=False), {}, False),
    ],
)
def test_a_failure_is_told_by_values_of_its_own_type(test: FailureTest, content: Any, told: bool) -> None:
    """In Python, true is one; in JSON it is not."""
    assert decoding._tells(test, content) is told


@pytest.mark.parametrize(
    ("charset", "text"),
    [('; charset="iso-8859-1"', "é"), ("; charset=iso-8859-1", "é"), ("; charset=none-such", "�"), ("", "�")],
)
def test_a_text_is_read_in_its_charset(charset: str, text: str) -> None:
    """With quotes or without; by UTF-8 where Python knows none of that name."""
    assert decoding._text(Response(200, Headers([("Content-Type", f"text/plain{charset}")]), b"\xe9")) == text


class Cat(Model):
    """One kind."""

    kind: Literal["cat"]
    lives: int
    name: str
    claws: int


class Dog(Model):
    """The other."""

    kind: Literal["dog"]
    name: str


class Home(Model):
    """Holds either."""

    pet: Cat | Dog
    tall: float | None = None


def test_the_value_of_a_tag_says_more_than_what_is_missing() -> None:
    """A cat of which much is missing is a cat."""
    home = repaired(Home, '{"pet":{"kind":"cat","tail":1,"age":2}}')

    assert type(home.pet) is Cat
    assert sorted(one.pointer for one in problems_of(home)) == ["/pet/claws", "/pet/lives", "/pet/name"]


def test_null_that_was_given_is_sent_where_the_types_take_it() -> None:
    """And is a problem where it came."""
    home = Home(pet=Dog(kind="dog", name="Rex"), tall=None)

    assert faults_of(home) == ()
    assert [one.pointer for one in problems_of(home)] == ["/tall"]


def test_names_with_marks_of_pointers_are_found_again() -> None:
    """`~01` is `~1`, and no slash."""
    value = repaired(dict[str, list[float]], '{"a~1b":[true],"a/b":[1.5]}')
    written: Any = {"a~1b": [1.0], "a/b": [1.5]}
    mend(value, written)

    assert written == {"a~1b": [True], "a/b": [1.5]}


def test_the_name_of_a_member_of_a_union_is_no_place() -> None:
    """Lists of which no member is one are refused where they stand; a member that is missing has the place it lacks."""
    assert pointers.locate({"not": 1}, ("list[A]",), lacks=False) == ""
    assert pointers.locate({"a": [{}]}, ("a", "list[A]", 0, "b")) == "/a/0/b"
    assert pointers.locate({"not": 1}, ("a",)) == "/a"


def test_signatures_come_last() -> None:
    """They cover what the other schemes put into the request."""
    key, signer = ApiKey("header", "X"), Signer("any")
    pairs: Any = [(signer, TokenCredentials("a")), (key, TokenCredentials("b"))]

    assert [scheme for scheme, _ in Authentication(configuration(), pairs, ()).pairs] == [key, signer]


@pytest.mark.parametrize("repeated", ['pä"ss', 'p\\u00e4\\"ss', 'pä\\"ss', "p%C3%A4%22ss"])
def test_a_secret_is_taken_out_in_every_form(repeated: str) -> None:
    """As it is, in JSON with escapes and without them, and percent-encoded."""
    forms = secrecy.forms_of((Secret('pä"ss'),))

    assert tokens._without(f"wrong: {repeated}!".encode(), forms) == b"wrong: ***!"


@pytest.mark.parametrize(("skew", "told"), [(60, False), (-60, False), (61, True), (-61, True)])
def test_a_clock_is_told_of_where_it_is_more_than_a_minute_wrong(skew: int, told: bool) -> None:
    """Less is usual."""
    error = StatusError("no", status=403)
    error.clock_skew = skew

    assert ("set the clock" in str(error)) is told


def test_a_declared_field_takes_no_attribute_of_errors() -> None:
    """It is among the details all the same."""
    error = StatusError("no", status=400, fields={"status": "odd", "kinds": "odd", "hint": "try"})

    assert (error.status, error.kinds, error.hint) == (400, ("invalid",), "try")  # type: ignore[attr-defined]
    assert error.details == {"status": "odd", "kinds": "odd", "hint": "try"}


def test_an_error_without_words_shows_the_beginning_of_its_body() -> None:
    """On one line, and not all of it."""
    error = StatusError(status=502, body=b"<html>\n  busy" + b"." * 300)

    assert str(error).startswith("HTTP 502: <html> busy...")
    assert len(str(error)) < 220


@pytest.mark.parametrize(("text", "hours"), [("+08:00", 8), ("-08:00", -8), ("-0330", -3.5), ("Z", 0)])
def test_the_sign_of_a_zone_counts(text: str, hours: float) -> None:
    """East is ahead."""

    class At(Model):
        at: DateTime

    assert At.from_json(json.dumps({"at": f"2024-01-02T03:04:05,5 {text}"})).at.utcoffset() == timedelta(hours=hours)


def test_a_call_that_is_refused_was_not_tried() -> None:
    """Neither before its request is there nor after."""
    for error in both(lambda request: httpx2.Response(202), lambda one: one.jobs.list_history("j", offset=math.nan)):
        assert isinstance(error, ClientError)
        assert error.attempts == 0


@pytest.mark.parametrize(("asked", "seconds"), [(None, 0.5), ("3", 3.0), ("3600", 10.0)])
def test_a_service_of_tokens_is_waited_for_ten_seconds_at_most(asked: str | None, seconds: float) -> None:
    """The call has a deadline of its own, or none."""
    headers = Headers([] if asked is None else [("Retry-After", asked)])

    assert tokens._asked_for(Response(503, headers, b""), 0.5) == seconds


@pytest.mark.parametrize(
    ("fault", "tried_again"), [(ReadTimeoutError("slow"), True), (ConnectError("refused", maybe_sent=False), False)]
)
def test_who_waits_for_a_token_of_another_has_a_time_of_its_own(fault: ClientError, tried_again: bool) -> None:
    """A timeout of the other is no failure for it; anything else would be the same again."""
    service = Service("Any", "any/1", schemes={"o": OAuth("https://id/token")})
    client = Configuration(service, {}, "https://host", {}, OAuthClientCredentials("me", "s"), {"retries": 0})
    secured = Operation[Any](id="o", name="o", method="GET", path="/o", responses={}, security=(("o",),))
    first, second = (run(client, secured, {}, {}, None) for _ in range(2))

    assert isinstance(next(first), Request)
    assert isinstance(next(second), Sleep)
    with pytest.raises(ClientError):
        first.throw(fault)
    if tried_again:
        assert isinstance(second.send(None), Request)
    else:
        with pytest.raises(ConnectError):
            second.send(None)
    second.close()
