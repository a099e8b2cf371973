"""Values at the edge of what Python and JSON can hold, of callers and of servers: errors of the tree, or a problem."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from specloom.runtime import decoding, problems
from specloom.runtime.client import BaseClient
from specloom.runtime.errors import ClientError, DecodeError, InvalidCallError, StatusError
from specloom.runtime.limits import faults
from specloom.runtime.oauth import OAuthClientCredentials
from specloom.runtime.operation import ErrorField, Limits, OAuth, Operation, Response, Server, Service
from specloom.runtime.retry import RetryPolicy
from specloom.runtime.text import shown
from specloom.runtime.vendors.huaweicloud import AccessKeyCredentials
from tests.runtime.answering import both, client_over
from tests.runtime.test_signing import keys, sent

if TYPE_CHECKING:
    from collections.abc import Callable

HUGE = 10**5000
ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)
ENDLESS_MAPPING: dict[str, Any] = {}
ENDLESS_MAPPING["a"] = ENDLESS_MAPPING


@pytest.mark.parametrize(
    "options",
    [
        {"offset": HUGE},
        {"offset": HUGE, "check": False},
        {"offset": Decimal("1e99999999"), "check": False},
        {"start_time": HUGE},
        {"deadline": HUGE},
        {"deadline": 1e300},
        {"timeout": HUGE},
        {"timeout": 1e300},
        {"retries": -HUGE},
        {"retries": RetryPolicy(base=HUGE)},
        {"extra_query": {"a": ENDLESS}},
        {"extra_query": {"a": {"b": ENDLESS}}},
        {"extra_query": {"a": ENDLESS_MAPPING}},
        {"extra_query": {"a": HUGE}},
        {"extra_headers": {"X-A": HUGE}},
    ],
    ids=lambda options: " ".join(options),
)
def test_what_cannot_be_sent_is_an_invalid_call(options: dict[str, Any]) -> None:
    """Whatever Python says of it, and nothing is sent."""
    seen: list[httpx2.Request] = []
    found = both(
        lambda request: seen.append(request) or httpx2.Response(200, json={}),
        lambda client: client.jobs.list_history("j", **options),
    )

    assert [type(one) for one in found] == [InvalidCallError] * 2
    assert all(len(str(one)) < 500 for one in found)
    assert seen == []


@pytest.mark.parametrize(
    "value", [HUGE, Decimal("1e99999999"), "1e99999999", Decimal("NaN"), math.inf, "9" * 5000], ids=shown
)
def test_multiples_are_told_of_any_number(value: object) -> None:
    """Quickly, too."""
    told = list(faults("int | float | str", Limits(multiple_of=0.7), value, "", False))

    assert [message.partition(",")[0] for _, message in told] == ["it takes multiples of 0.7"]


@pytest.mark.parametrize("now", [math.nan, math.inf, -1, 1e18, HUGE, "noon", None], ids=shown)
@pytest.mark.parametrize(
    "make", [keys, lambda clock: OAuthClientCredentials("a", "b", token_url="http://h", clock=clock)]
)
def test_a_clock_that_gives_no_time_is_an_invalid_call(make: Any, now: Any) -> None:
    """It is a function of the caller's, given to credentials."""
    answer = httpx2.MockTransport(lambda _: httpx2.Response(200, json={"access_token": "t"}))
    credentials = make(clock=lambda: now)
    service = Service(
        name="Any",
        user_agent="a",
        servers=(Server("http://h"),),
        schemes={"a": OAuth("http://h"), "b": sent.__globals__["SERVICE"].schemes["signed"]},
    )
    get: Operation[Any] = Operation(id="o", name="o.o", method="GET", path="/", security=(("a",), ("b",)))
    with (
        BaseClient(service, {}, credentials=credentials, transport=answer) as client,
        pytest.raises(InvalidCallError, match=r"^o\.o: clock= gave"),
    ):
        client._call(get, {}, {})


@pytest.mark.parametrize("project", ["x\r\nEvil: 1", "proj\u00e9", " lead", "a b", 5])
def test_a_project_that_is_no_header_value_is_refused(project: Any) -> None:
    """It goes into a header line where keys sign, from the credentials or from the client."""
    with pytest.raises(InvalidCallError, match="project_id must be visible ASCII"):
        AccessKeyCredentials("AK", "SK", project_id=project)
    with pytest.raises(InvalidCallError, match="domain_id must be visible ASCII"):
        AccessKeyCredentials("AK", "SK", domain_id=project)
    if isinstance(project, str):
        with pytest.raises(InvalidCallError, match="project_id must be visible ASCII"):
            sent(keys(), {"id": "a"}, parameters={"project_id": project})


@pytest.mark.parametrize(
    "lifetime", ["1" + "0" * 400, f'"{"9" * 400}"', f'"{"9" * 5000}"', "1e999", "NaN", "-5", '"\u0665"']
)
def test_a_lifetime_of_a_token_that_makes_no_sense(lifetime: str) -> None:
    """The token serves all the same."""
    service = Service(
        name="Any", user_agent="a", servers=(Server("http://h"),), schemes={"a": OAuth("http://id/token")}
    )
    get: Operation[Any] = Operation(
        id="o", name="o.o", method="GET", path="/", responses={"200": Response("text")}, security=(("a",),)
    )
    given = f'{{"access_token": "t", "expires_in": {lifetime}}}'.encode()
    questions: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "id":
            questions.append("?")
        return httpx2.Response(200, content=given)

    transport = httpx2.MockTransport(answer)
    with BaseClient(service, {}, credentials=OAuthClientCredentials("a", "b"), transport=transport) as client:
        results = [client._call(get, {}, {}) for _ in range(2)]

    assert results == [given.decode()] * 2
    assert len(questions) == 1


@pytest.mark.parametrize("charset", ["undefined", "idna", "hex", "rot13", "a\0b", "punycode", "x" * 999, "\ud800"])
def test_a_charset_that_does_not_decode_is_utf_8(charset: str) -> None:
    """Python knows codecs that no text of the web has."""
    get: Operation[Any] = Operation(id="o", name="o.o", method="GET", path="/", responses={"200": Response("text")})
    headers = httpx2.Headers([(b"Content-Type", f"text/plain; charset={charset}".encode("utf-8", "surrogatepass"))])
    found = both(
        lambda _: httpx2.Response(200, content="é{".encode(), headers=headers), lambda client: client._call(get, {}, {})
    )

    assert found == ["é{"] * 2


@pytest.mark.parametrize("depth", [100, 150, 180, *range(190, 203), 500, 900, 960, 990, 5000])
@pytest.mark.parametrize("status", [200, 400])
def test_json_of_any_depth_is_an_answer_or_an_error(status: int, depth: int) -> None:
    """Where it is read and where it is told of."""
    service = Service(
        name="Any", user_agent="a", servers=(Server("http://h"),), errors=(ErrorField("message", ("body:/a",)),)
    )
    get: Operation[Any] = Operation(
        id="o", name="o.o", method="GET", path="/", responses={"200": Response("json", lambda: dict[str, int])}
    )
    content = b'{"a":' + b"[" * depth + b"1" + b"]" * depth + b"}"
    transport = httpx2.MockTransport(lambda _: httpx2.Response(status, content=content))
    with BaseClient(service, {}, transport=transport) as client:
        for strict in (True, False):
            try:
                found = client._call(get, {}, {"strict": strict})
            except ClientError as error:
                found = error

            assert isinstance(found, (DecodeError, StatusError)) or list(found) == ["a"]
            assert len(str(found)) < 4000


@pytest.mark.parametrize("words", [decoding._shown, problems.found])
def test_a_value_that_is_nested_too_deep_has_words(words: Callable[[object], str]) -> None:
    """How deep Python writes depends on where it stands: deeper than it reads, or not as deep."""
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]

    assert words(deep).endswith("a list that is nested too deep")


@pytest.mark.parametrize(
    ("content", "pointers", "written"),
    [
        ('{"total": 1, "more": 1e400}', ["/more"], {"total": 1, "more": None}),
        ('{"more": {"a": [-1e400, 1]}}', ["/more/a/0"], {"more": {"a": [None, 1]}}),
        (
            '{"jobs": [{"jobName": "a", "execute_time": 1e400}]}',
            ["/jobs/0/execute_time"],
            {"jobs": [{"jobName": "a", "execute_time": None}]},
        ),
        (
            '{"jobs": [{"jobName": "a", "execute_time": NaN}]}',
            ["/jobs/0/execute_time"],
            {"jobs": [{"jobName": "a", "execute_time": None}]},
        ),
        (
            '{"jobs": [{"jobName": "a", "forced": Infinity}]}',
            ["/jobs/0/forced"],
            {"jobs": [{"jobName": "a", "forced": None}]},
        ),
    ],
)
def test_numbers_that_json_has_not_are_problems(content: str, pointers: list[str], written: object) -> None:
    """What is written of them is JSON, and strict calls raise."""
    answer = httpx2.Response(200, content=content.encode())
    result = client_over(lambda _: answer).jobs.list_history("j")

    assert [one.pointer for one in result.problems] == pointers
    assert json.loads(result.to_json(), parse_constant=pytest.fail) == written
    with pytest.raises(DecodeError, match=pointers[0]):
        client_over(lambda _: answer).jobs.list_history("j", strict=True)


def test_a_body_of_nan_is_a_problem() -> None:
    """It is no JSON, though Python reads it."""
    get: Operation[Any] = Operation(id="o", name="o.o", method="GET", path="/", responses={"200": Response("json")})
    with client_over(lambda _: httpx2.Response(200, content=b"NaN")) as client, pytest.raises(DecodeError):
        client._call(get, {}, {"strict": True})
