"""The signature SDK-HMAC-SHA256: known answers, the official signer where it is installed, and what goes out."""

from __future__ import annotations

import importlib
import importlib.util
import json
import random
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.runtime.auth import Credentials
from specloom.runtime.client import BaseClient
from specloom.runtime.errors import InvalidCallError, StatusError
from specloom.runtime.operation import Body, Operation, Parameter, Response, Server, Service, Signer
from specloom.runtime.vendors.huaweicloud import AccessKeyCredentials
from specloom.runtime.vendors.huaweicloud.signing import canonical_query, sign
from tests.runtime.answering import Answers

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "vectors" / "sdk-hmac-sha256.json").read_text(encoding="utf-8")
)["vectors"]
SERVICE = Service(
    name="Any",
    user_agent="any/1",
    servers=(Server("https://any.example.com/gate"),),
    schemes={"signed": Signer("sdk-hmac-sha256")},
)
NOON = 1_741_262_400.0
START: Operation[Any] = Operation(
    id="start",
    name="things.start",
    method="POST",
    path="/things/{id}",
    parameters=(Parameter("id", "path"), Parameter("tag", "query"), Parameter("after", "query")),
    body=Body("application/json"),
    responses={"200": Response("text")},
    security=(("signed",),),
)


def keys(**given: Any) -> AccessKeyCredentials:
    """A made-up key pair at noon."""
    return AccessKeyCredentials("AKEXAMPLE", "SKEXAMPLE", **{"clock": lambda: NOON, **given})


def sent(credentials: Credentials, values: dict[str, Any], body: object = None, **options: Any) -> httpx2.Request:
    """The request that goes out."""
    answers = Answers(httpx2.Response(200))
    parameters = options.pop("parameters", {})
    transport = httpx2.MockTransport(answers)
    with BaseClient(SERVICE, {}, credentials=credentials, parameters=parameters, transport=transport) as client:
        client._call(START, values, options, body)  # type: ignore[arg-type]
    return answers.requests[0]


@pytest.mark.parametrize("vector", VECTORS, ids=[one["name"] for one in VECTORS])
def test_a_known_request_has_its_known_signature(vector: dict[str, Any]) -> None:
    """As the official signer makes it, lines that it adds included."""
    added = sign(
        vector["method"],
        f"https://{vector['host']}{vector['request_uri']}",
        vector["headers"].items(),
        vector["body"].encode(),
        vector["access_key"],
        vector["secret_key"],
        "20000101T000000Z",
    )

    assert dict(added) == vector["headers_added_by_signer"] | {"Authorization": vector["authorization"]}


@pytest.mark.skipif(
    importlib.util.find_spec("huaweicloudsdkcore") is None,
    reason="the official signer is not here: pip install huaweicloudsdkcore==3.1.219 to compare with it",
)
def test_a_thousand_random_requests_are_signed_like_the_official_sdk_signs_them() -> None:
    """Paths, queries, headers and bodies of all kinds; the query that it sends is the one that is signed here."""
    chance = random.Random(20250306)

    assert [
        one for one in range(1000) if (request := _random_request(chance)) and _ours(request) != _theirs(request)
    ] == []


def _random_request(chance: random.Random) -> dict[str, Any]:
    letters = "abzABZ019-_.~ !*'();:@&=+$,/?#[]%\"<>\\^`{|}éß中文😀"

    def text(most: int) -> str:
        return "".join(chance.choices(letters, k=chance.randint(0, most)))

    headers = {"X-Project-Id": "p", "X-Sdk-Date": f"202{chance.randint(0, 9)}0{chance.randint(1, 9)}14T081500Z"}
    kinds = (None, "application/json", "application/json;charset=utf8", "application/bson", "text/plain", "image/png")
    if kind := chance.choice(kinds):
        headers["Content-Type"] = kind
    for number in range(chance.randint(0, 4)):
        headers[chance.choice(("X-Any-", "x_any_", "WorkSpace")) + str(number)] = f" {text(8)} "
    names = {text(6) or "n" for _ in range(chance.randint(0, 5))}
    return {
        "method": chance.choice(("GET", "POST", "PUT", "DELETE", "PATCH", "get")),
        "host": chance.choice(("host.example.com", "host.example.com:8443")),
        "path": "/" + "/".join(quote(text(6), safe=chance.choice(("", "*:@+"))) for _ in range(chance.randint(0, 5))),
        "query": [(name, sorted(text(6) for _ in range(chance.randint(1, 3)))) for name in names],
        "headers": headers,
        "body": chance.choice((b"", json.dumps({"text": text(20)}).encode(), text(20).encode())),
    }


def _ours(request: dict[str, Any]) -> tuple[str, str]:
    pairs = [f"{quote(name, safe='')}={quote(one, safe='')}" for name, values in request["query"] for one in values]
    random.Random(1).shuffle(pairs)
    query = "&".join(pairs)
    url = f"https://{request['host']}{request['path']}?{query}"
    headers = list(request["headers"].items())
    added = sign(request["method"], url, headers, request["body"], "AKEXAMPLE", "SKEXAMPLE", "")
    return canonical_query(query), dict(added)["Authorization"]


def _theirs(request: dict[str, Any]) -> tuple[str, str]:
    official = importlib.import_module("huaweicloudsdkcore.signer.signer").Signer
    credentials = importlib.import_module("huaweicloudsdkcore.auth.credentials").BasicCredentials
    asked = importlib.import_module("huaweicloudsdkcore.sdk_request").SdkRequest(
        method=request["method"],
        schema="https",
        host=request["host"],
        resource_path=request["path"],
        query_params=[(name, list(values)) for name, values in request["query"]],
        header_params=dict(request["headers"]),
        body=request["body"],
    )
    signed = official(credentials("AKEXAMPLE", "SKEXAMPLE")).sign(asked)
    return signed.uri.partition("?")[2], signed.header_params["Authorization"]


@given(
    st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=6),
    st.randoms(use_true_random=False),
)
def test_a_canonical_query_does_not_depend_on_order_and_loses_nothing(
    pairs: list[tuple[str, str]], chance: random.Random
) -> None:
    """Sorted by name, then by value, and canonical already."""
    query = canonical_query("&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs))
    parts = query.split("&") if query else []
    chance.shuffle(parts)
    decoded = [tuple(map(unquote, part.split("="))) for part in query.split("&") if part]

    assert query == canonical_query("&".join(parts)) == canonical_query(query)
    assert decoded == sorted(pairs)


@pytest.mark.parametrize(
    ("credentials", "parameters", "lines"),
    [
        (keys(project_id="p1"), {"project_id": "p2"}, {"x-project-id": "p1"}),
        (keys(), {"project_id": "p2"}, {"x-project-id": "p2"}),
        (keys(), {}, {}),
        (keys(domain_id="d1"), {"project_id": "p2"}, {"x-domain-id": "d1"}),
        (keys(security_token="sts", project_id="p1"), {}, {"x-project-id": "p1", "x-security-token": "sts"}),
    ],
)
def test_what_is_signed_is_what_is_sent(
    credentials: AccessKeyCredentials, parameters: dict[str, str], lines: dict[str, str]
) -> None:
    """Signing what arrived again gives the signature that arrived; scope and session are among what is signed."""
    values = {"id": "a/b c", "tag": ["z", "a", "ä&="], "after": "+"}
    request = sent(credentials, values, {"k": "wörd"}, parameters=parameters)
    proof = request.headers["Authorization"]
    signed = proof.partition("SignedHeaders=")[2].partition(",")[0].split(";")
    headers = [(name, request.headers[name]) for name in signed]
    _, again = sign(request.method, str(request.url), headers, request.content, "AKEXAMPLE", "SKEXAMPLE", "")[-1]

    assert signed == sorted({"content-type", "host", "x-sdk-date", *lines})
    assert {name: request.headers[name] for name in lines} == lines
    assert request.headers["X-Sdk-Date"] == "20250306T120000Z"
    assert request.url.raw_path == b"/gate/things/a%2Fb%20c?after=%2B&tag=a&tag=z&tag=%C3%A4%26%3D"
    assert proof == again


def test_lines_that_proxies_change_are_not_signed() -> None:
    """Else a signature would break on its way."""
    proof = sent(keys(), {"id": "1"}).headers["Authorization"]

    assert "SignedHeaders=host;x-sdk-date," in proof


def test_the_host_that_a_caller_sets_is_signed() -> None:
    """An address may be an IP, and the name of the service in `Host`."""
    request = sent(keys(), {"id": "1"}, extra_headers={"Host": "service.example.com"})
    lines = [("Host", "service.example.com"), ("X-Sdk-Date", "20250306T120000Z")]

    assert request.headers["Host"] == "service.example.com"
    assert ("Authorization", request.headers["Authorization"]) == sign(
        "POST", "https://any.example.com/gate/things/1", lines, b"", "AKEXAMPLE", "SKEXAMPLE", ""
    )[-1]


def test_a_request_that_carries_its_authorization_is_not_signed() -> None:
    """What the caller set stays."""
    request = sent(keys(project_id="p"), {"id": "1"}, extra_headers={"Authorization": "mine"})

    assert request.headers["Authorization"] == "mine"
    assert "X-Sdk-Date" not in request.headers


def test_each_attempt_is_signed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A retry has the date of its own time, and nothing of the attempt before."""
    monkeypatch.setattr("specloom.runtime.retry.draw", lambda: 0.0)
    now, requests = [NOON], []

    def answer(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        now[0] += 60
        return httpx2.Response(429, headers={"Retry-After": "0"}) if len(requests) < 3 else httpx2.Response(200)

    transport = httpx2.MockTransport(answer)
    with BaseClient(SERVICE, {}, credentials=keys(clock=lambda: now[0]), transport=transport) as client:
        client._call(START, {"id": "1", "tag": "x"}, {})

    assert [one.headers["X-Sdk-Date"][9:15] for one in requests] == ["120000", "120100", "120200"]
    assert len({one.headers["Authorization"] for one in requests}) == 3
    assert {len(one.headers.raw) for one in requests} == {len(requests[0].headers.raw)}


def test_a_refused_signature_is_sent_once() -> None:
    """Five refusals in a row lock the key pair."""
    answers = Answers(httpx2.Response(401, json={"error_code": "APIG.0301"}))
    with (
        BaseClient(SERVICE, {}, credentials=keys(), transport=httpx2.MockTransport(answers)) as client,
        pytest.raises(StatusError) as caught,
    ):
        client._call(START, {"id": "1"}, {})

    assert (caught.value.status, len(answers.requests), keys().refreshable) == (401, 1, False)


@pytest.mark.parametrize(
    "make",
    [
        lambda: AccessKeyCredentials("", "s"),
        lambda: AccessKeyCredentials("a", ""),
        lambda: AccessKeyCredentials("a b", "s"),
        lambda: AccessKeyCredentials("a\r\nX: 1", "s"),
        lambda: AccessKeyCredentials("a", "s", security_token=""),
        lambda: AccessKeyCredentials("a", "s", security_token="t\n"),
        lambda: AccessKeyCredentials("a", "s", project_id="p", domain_id="d"),
        lambda: AccessKeyCredentials("a", "s", clock=5),  # type: ignore[arg-type]
    ],
)
def test_unusable_keys_are_refused_at_once(make: Any) -> None:
    """Not at the first call."""
    with pytest.raises(InvalidCallError):
        make()


@pytest.mark.parametrize("path", ["/a/../b", "/a/./b", "/a/..", "/..", "/%2e%2e/x", "/a/.%2E"])
def test_an_address_that_the_library_would_change_is_refused(path: str) -> None:
    """Segments of dots collapse on the way: another path than the signed one would go out."""
    with pytest.raises(InvalidCallError, match=r"only '\.' or '\.\.'"):
        BaseClient(SERVICE, {}, endpoint=f"https://any.example.com{path}", credentials=keys())


@pytest.mark.parametrize(
    "path",
    ["", "/gw", "/a//b", "/x%2fy", "/it's", "/a%20b", "/a%", "/a%zz", "/~u/(x)*", "/a;b=c", "/%E9", "/...", "/a."],
)
def test_the_path_that_is_signed_is_the_path_that_is_sent(path: str) -> None:
    """By what each stands for: the library writes some characters in another way."""
    answers = Answers(httpx2.Response(200))
    transport = httpx2.MockTransport(answers)
    url = f"https://any.example.com{path}"
    with BaseClient(SERVICE, {}, endpoint=url, credentials=keys(), transport=transport) as client:
        client._call(START, {"id": "a/b .'"}, {})
    request = answers.requests[0]
    lines = [(name, value) for name, value in request.headers.items() if name in ("host", "x-sdk-date")]
    wire = f"https://any.example.com{request.url.raw_path.decode()}"
    added = sign("POST", wire, lines, None, "AKEXAMPLE", "SKEXAMPLE", "")

    assert dict(added)["Authorization"] == request.headers["Authorization"]
