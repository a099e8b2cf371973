"""Credentials: where they go, and that they are never shown."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import httpx2
import pytest

from specloom.runtime.auth import BasicCredentials, Credentials, TokenCredentials, authentication
from specloom.runtime.client import BaseClient
from specloom.runtime.errors import InvalidCallError, StatusError
from specloom.runtime.messages import Request
from specloom.runtime.operation import ApiKey, HttpAuth, OAuth, Operation, Response, Server, Service, Signer
from tests.runtime.answering import Answers

SCHEMES: dict[str, ApiKey | HttpAuth | OAuth | Signer] = {
    "key": ApiKey("header", "X-Key"),
    "query": ApiKey("query", "api key"),
    "cookie": ApiKey("cookie", "sid"),
    "basic": HttpAuth("basic"),
    "bearer": HttpAuth("bearer"),
    "digest": HttpAuth("DPoP"),
    "oauth": OAuth("https://id.example.com/token"),
    "signed": Signer("sdk-hmac-sha256"),
}
SERVICE = Service(name="Any", user_agent="any/1", servers=(Server("https://any.example.com"),), schemes=SCHEMES)
TOKEN = TokenCredentials("s3 cret/+")
BASIC = BasicCredentials("me", "p4ss:wörd")


def sent(security: tuple[tuple[str, ...], ...], credentials: Any) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """Target and last headers of a request under that security."""
    operation: Operation[Any] = Operation(
        id="o", name="things.get", method="GET", path="/x", responses={"200": Response("text")}, security=security
    )
    answers = Answers(httpx2.Response(200))
    with BaseClient(SERVICE, {}, credentials=credentials, transport=httpx2.MockTransport(answers)) as client:
        client._call(operation, {}, {})
    return answers.requests[0].url.raw_path, answers.requests[0].headers.raw[3:]


@pytest.mark.parametrize(
    ("security", "credentials", "target", "headers"),
    [
        ((("key",),), TokenCredentials("t"), b"/x", [(b"X-Key", b"t")]),
        ((("query",),), TOKEN, b"/x?api%20key=s3%20cret%2F%2B", []),
        ((("cookie",),), TOKEN, b"/x", [(b"Cookie", b"sid=s3%20cret%2F%2B")]),
        ((("bearer",),), TokenCredentials("t"), b"/x", [(b"Authorization", b"Bearer t")]),
        ((("oauth",),), TokenCredentials("t"), b"/x", [(b"Authorization", b"Bearer t")]),
        ((("digest",),), TokenCredentials("t"), b"/x", [(b"Authorization", b"DPoP t")]),
        ((("basic",),), BASIC, b"/x", [(b"Authorization", b"Basic bWU6cDRzczp3w7ZyZA==")]),
        ((("signed",), ("bearer",)), TokenCredentials("t"), b"/x", [(b"Authorization", b"Bearer t")]),
        ((("bearer",), ("basic",)), BASIC, b"/x", [(b"Authorization", b"Basic bWU6cDRzczp3w7ZyZA==")]),
        (((), ("key",)), TokenCredentials("t"), b"/x", [(b"X-Key", b"t")]),
        (((), ("key",)), None, b"/x", []),
        ((("key",), ()), BASIC, b"/x", []),
        ((), TokenCredentials("t"), b"/x", []),
        (
            (("key", "cookie"),),
            {"key": TokenCredentials("a"), "cookie": TokenCredentials("b")},
            b"/x",
            [(b"X-Key", b"a"), (b"Cookie", b"sid=b")],
        ),
        ((("key",), ("basic",)), {"basic": BASIC}, b"/x", [(b"Authorization", b"Basic bWU6cDRzczp3w7ZyZA==")]),
    ],
)
def test_the_first_alternative_that_can_be_satisfied_is_used(
    security: tuple[tuple[str, ...], ...], credentials: Any, target: bytes, headers: list[tuple[bytes, bytes]]
) -> None:
    """The scheme says where the secret goes; anonymous calls are made only where nothing else can be."""
    assert sent(security, credentials) == (target, headers)


@pytest.mark.parametrize(
    ("security", "credentials"),
    [
        ((("key",),), None),
        ((("key",),), BASIC),
        ((("basic",),), TOKEN),
        ((("signed",),), TOKEN),
        ((("key", "cookie"),), TokenCredentials("one secret never goes to two places")),
        ((("key",),), {}),
        ((("key",),), {"other": TOKEN}),
        ((("missing",),), TOKEN),
    ],
)
def test_what_would_do_is_named_where_nothing_fits(security: tuple[tuple[str, ...], ...], credentials: Any) -> None:
    """Before anything is sent, and without a secret in the message."""
    with pytest.raises(InvalidCallError, match=r"things\.get: .*this operation needs") as caught:
        sent(security, credentials)

    assert f"'{security[0][0]}'" in str(caught.value)
    assert "s3" not in str(caught.value)


@pytest.mark.parametrize("credentials", [TOKEN, BASIC])
def test_secrets_are_never_shown(credentials: Credentials) -> None:
    """Not in repr, str, format, vars, attributes that can be listed, or a pickle; a copy is the same object."""
    with pytest.raises(TypeError):
        vars(credentials)
    with pytest.raises(TypeError):
        pickle.dumps(credentials)
    shown = [repr(credentials), str(credentials), f"{credentials}", f"{[credentials]!r}"]
    shown += [repr(getattr(credentials, name, "")) for name in dir(credentials)]

    assert not any("s3" in text or "p4ss" in text for text in shown)
    assert copy.copy(credentials) is copy.deepcopy(credentials) is credentials


def test_a_secret_on_its_way_is_not_shown_either() -> None:
    """Tracebacks with local variables print the lines of a request."""
    secret = TOKEN.secret_for(HttpAuth("bearer"))

    assert (repr(secret), repr([("X", secret)])) == ("'***'", "[('X', '***')]")
    assert secret == "Bearer s3 cret/+"


@pytest.mark.parametrize(
    "make",
    [
        lambda: TokenCredentials(""),
        lambda: TokenCredentials(None),  # type: ignore[arg-type]
        lambda: BasicCredentials("a:b", "c"),
        lambda: BasicCredentials("", "c"),
    ],
)
def test_unusable_credentials_are_refused(make: Any) -> None:
    """At once, not at the first call."""
    with pytest.raises(InvalidCallError):
        make()


def test_a_token_that_breaks_the_line_is_not_sent() -> None:
    """And not shown."""
    with pytest.raises(InvalidCallError, match="header X-Key") as caught:
        sent((("key",),), TokenCredentials("s3cret\r\nX-Evil: 1"))

    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("key", ["key", "query", "cookie", "bearer"])
def test_credentials_are_on_a_request_only_while_it_is_sent(key: str) -> None:
    """What a call keeps of its request, and shows to functions of its caller, never had them."""
    operation: Operation[Any] = Operation(
        id="o", name="things.get", method="GET", path="/x", responses={"200": Response("text")}, security=((key,),)
    )
    client = BaseClient(SERVICE, {}, credentials=TOKEN)
    authorised = authentication(client._configuration, operation)
    request = Request("GET", "https://any.example.com/x", [("Host", "any.example.com")], None, None)
    steps = authorised.attempt(request)
    sent = next(steps)
    assert isinstance(sent, Request)
    assert "s3" in sent.url + str([str(value) for _, value in sent.headers])
    steps.close()

    assert (request.url, request.headers) == ("https://any.example.com/x", [("Host", "any.example.com")])


@pytest.mark.parametrize("status", [401, 403])
def test_what_cannot_be_refreshed_is_refused_once(status: int) -> None:
    """The same secret is not sent twice in vain."""
    operation: Operation[Any] = Operation(
        id="o", name="things.get", method="GET", path="/x", responses={"200": Response("text")}, security=(("key",),)
    )
    answers = Answers(httpx2.Response(status))
    with (
        BaseClient(SERVICE, {}, credentials=TOKEN, transport=httpx2.MockTransport(answers)) as client,
        pytest.raises(StatusError),
    ):
        client._call(operation, {}, {})

    assert len(answers.requests) == 1
