"""Secrets of credentials are shown nowhere: text, attributes, copies, pickles, errors, tracebacks with locals, logs."""

from __future__ import annotations

import contextlib
import copy
import io
import logging
import pickle
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.runtime.auth import BasicCredentials, Credentials, TokenCredentials
from specloom.runtime.client import BaseClient
from specloom.runtime.errors import ClientError
from specloom.runtime.oauth import OAuthClientCredentials
from specloom.runtime.operation import ApiKey, HttpAuth, OAuth, Operation, Response, Server, Service, Signer
from specloom.runtime.tokens import RefreshedCredentials
from specloom.runtime.vendors.huaweicloud import AccessKeyCredentials, PasswordCredentials
from tests.runtime.answering import client_over
from tests.runtime.driving import list_history, no_environment, run
from tests.runtime.faults import Act, failing

__all__ = ["no_environment"]

SERVICE = Service(
    name="Any",
    user_agent="any/1",
    servers=(Server("https://api.example.com"),),
    schemes={
        "key": ApiKey("header", "X-Auth-Token"),
        "query": ApiKey("query", "key"),
        "cookie": ApiKey("cookie", "key"),
        "basic": HttpAuth("basic"),
        "bearer": HttpAuth("bearer"),
        "oauth": OAuth("https://id.example.com/token"),
        "signed": Signer("sdk-hmac-sha256"),
    },
)
KINDS: dict[str, tuple[str, Callable[[str], Credentials]]] = {
    "token in a header": ("key", TokenCredentials),
    "token in the query": ("query", TokenCredentials),
    "token in a cookie": ("cookie", TokenCredentials),
    "bearer token": ("bearer", TokenCredentials),
    "basic": ("basic", lambda secret: BasicCredentials("me", secret)),
    "oauth": ("oauth", lambda secret: OAuthClientCredentials("me", secret)),
    "oauth in the body": ("oauth", lambda secret: OAuthClientCredentials("me", secret, sent_in="body")),
    "keys": ("signed", lambda secret: AccessKeyCredentials("me", secret, security_token=secret)),
    "password": (
        "key",
        lambda s: PasswordCredentials("me", s, "d", project="p", iam_endpoint="https://iam.example.com"),
    ),
}
SECRETS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=12, max_size=24).map("Zq7~".__add__)
FAULTS: list[Callable[[httpx2.Request], httpx2.Response | Exception]] = [
    lambda _: httpx2.Response(401),
    lambda _: httpx2.Response(503, json={"error": "busy"}),
    lambda _: httpx2.Response(200, text="5"),
    lambda _: httpx2.Response(200, text="no JSON"),
    lambda request: httpx2.ConnectError("refused", request=request),
    lambda request: httpx2.ConnectTimeout("too slow", request=request),
    lambda request: httpx2.ReadTimeout("too slow", request=request),
    lambda request: httpx2.ReadError("reset", request=request),
    lambda _: RuntimeError("a bug"),
    lambda request: RuntimeError(f"a bug at {request.url} with {request.headers.raw}"),
    lambda request: OSError(5, f"odd {[value for _, value in request.headers.raw]}"),
    lambda request: ExceptionGroup("bugs", [ValueError(str(request.url), request.headers.raw)]),
]


def credentials_classes() -> Iterator[type[Credentials]]:
    """Every class of credentials, but for the base classes."""
    waiting: list[type[Credentials]] = [Credentials]
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        if found not in (Credentials, RefreshedCredentials) and found.__module__.startswith("specloom."):
            yield found


def call(credentials: Credentials, scheme: str, answer: Callable[[httpx2.Request], httpx2.Response]) -> Any:
    """The result of a call, or what it raises."""
    operation: Operation[Any] = Operation(
        id="o",
        name="o.o",
        method="POST",
        path="/o",
        responses={"200": Response("json", lambda: int)},
        security=((scheme,),),
    )
    transport = httpx2.MockTransport(answer)
    with BaseClient(SERVICE, {}, credentials=credentials, transport=transport, options={"retries": 0}) as client:
        try:
            return client._call(operation, {}, {})
        except Exception as error:
            return error


def shown_by(error: BaseException) -> str:
    """All texts of an error and of what led to it: words, attributes, pickles, and every frame with its variables.

    But for the frames of this file: what a caller's own variables hold is the caller's.
    """
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    texts = [str(error), repr(error), repr(error.args), repr(vars(error))]
    texts += [f"{frame.name}: {frame.locals}" for frame in told.stack if frame.filename != __file__]
    with contextlib.suppress(TypeError, AttributeError, pickle.PicklingError):
        texts.append(pickle.dumps(error, 0).decode("latin-1"))
    inner = [one for one in (error.__cause__, error.__context__) if one is not None]
    return "\n".join([*texts, *map(shown_by, inner), *map(shown_by, getattr(error, "exceptions", ()))])


def forms_of(secret: str) -> set[str]:
    """How a secret may look."""
    from base64 import b64encode
    from urllib.parse import quote

    texts = {secret, quote(secret, safe=""), repr(secret)[1:-1], b64encode(f"me:{secret}".encode()).decode()}
    return texts | {b64encode(f"me:{quote(secret, safe='')}".encode()).decode()}


def test_every_class_of_credentials_is_tried() -> None:
    """None is forgotten here."""
    made = {type(make("s3cret-s3cret")) for _, make in KINDS.values()}

    assert made == set(credentials_classes())


@given(SECRETS, st.sampled_from(sorted(KINDS)))
def test_credentials_show_no_secret(secret: str, kind: str) -> None:
    """Not in repr, str, format, vars or a pickle, nor in anything that can be listed; a copy is the same object."""
    credentials = KINDS[kind][1](secret)
    shown = [repr(credentials), str(credentials), f"{credentials}", f"{credentials!s:>9}", f"{[credentials]!r}"]
    shown += [f"{getattr(credentials, name)!r}" for name in dir(credentials) if not name.startswith("__")]
    shown.append(repr(credentials.__getstate__()))
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError) as caught:
            pickle.dumps(credentials, protocol)
        shown.append(str(caught.value))
    with pytest.raises(TypeError):
        vars(credentials)

    assert [text for text in shown if secret in text] == []
    assert copy.copy(credentials) is copy.deepcopy(credentials) is credentials


@given(SECRETS, st.sampled_from(sorted(KINDS)), st.sampled_from(FAULTS), st.sampled_from(FAULTS))
def test_calls_show_no_secret(
    secret: str,
    kind: str,
    to_question: Callable[[httpx2.Request], httpx2.Response | Exception],
    to_call: Callable[[httpx2.Request], httpx2.Response | Exception],
) -> None:
    """Whatever the services do, also where they repeat the secret, and where a transport has a bug."""
    scheme, make = KINDS[kind]

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked = request.url.host != "api.example.com"
        made = (to_question if asked else to_call)(request)
        if asked and isinstance(made, httpx2.Response) and made.status_code == 200:
            made = httpx2.Response(201, headers={"X-Subject-Token": secret}, json={"access_token": secret})
        elif asked and isinstance(made, httpx2.Response):
            made = httpx2.Response(401, json={"error": {"message": f"wrong: {secret}"}})
        if isinstance(made, Exception):
            raise made
        return made

    outcome = call(make(secret), scheme, answer)
    shown = shown_by(outcome) if isinstance(outcome, Exception) else str(outcome)

    assert isinstance(outcome, (int, ClientError))
    assert [form for form in forms_of(secret) if form in shown] == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: TokenCredentials(b"s3cret"),  # type: ignore[arg-type]
        lambda: BasicCredentials("m:e", "s3cret"),
        lambda: BasicCredentials("s3cret", b"s3cret"),  # type: ignore[arg-type]
        lambda: OAuthClientCredentials("me", b"s3cret"),  # type: ignore[arg-type]
        lambda: OAuthClientCredentials("me", "s3cret", sent_in="nowhere"),
        lambda: AccessKeyCredentials("s3cret", "s3cret", project_id="p", domain_id="d"),
        lambda: AccessKeyCredentials("s3cret\n", "s3cret", security_token="s3cret"),
        lambda: AccessKeyCredentials("me", b"s3cret", security_token=b"s3cret"),  # type: ignore[arg-type]
        lambda: PasswordCredentials("me", "s3cret", "d", region="no region"),
        lambda: PasswordCredentials("me", b"s3cret", "d"),  # type: ignore[arg-type]
    ],
)
def test_credentials_that_are_refused_show_no_secret(make: Callable[[], Credentials]) -> None:
    """The variables of a constructor that raises are shown by debuggers and error reporters."""
    with pytest.raises(ClientError) as caught:
        make()

    assert "s3cret" not in shown_by(caught.value)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_logs_show_no_secret(kind: str) -> None:
    """At any level, by any logger."""
    scheme, make = KINDS[kind]
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(1)
    try:

        def answer(request: httpx2.Request) -> httpx2.Response:
            given = {"X-Subject-Token": "s3cret-s3cret"}
            return httpx2.Response(201, headers=given, json={"access_token": "s3cret-s3cret", "expires_in": 9})

        call(make("s3cret-s3cret"), scheme, answer)
    finally:
        root.setLevel(level)
        root.removeHandler(handler)

    assert [form for form in forms_of("s3cret-s3cret") if form in written.getvalue()] == []


def test_a_transport_that_was_given_keeps_its_frames() -> None:
    """They say where it failed; those of the network, which hold header lines, are gone (see `test_proxies`)."""

    def broken(request: httpx2.Request) -> httpx2.Response:
        raise KeyError("a mistake of the author of a test")

    with pytest.raises(ClientError) as caught:
        client_over(broken).jobs.list_history("j")
    assert "in broken" in "".join(traceback.format_exception(caught.value))
    with failing() as server:
        server.play(Act(end="reset"))
        error = run(server.url, list_history)
    assert error.__cause__ is not None
    assert error.__cause__.__traceback__ is None


class Passing(httpx2.BaseTransport):
    """A transport of the caller's over one of the library."""

    def __init__(self) -> None:
        self._inner = httpx2.HTTPTransport()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Hands it on."""
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Closes what it is over."""
        self._inner.close()


@pytest.mark.parametrize("kind", ["token in the query", "basic"])
def test_a_transport_over_the_network_keeps_no_frame_of_the_library(kind: str) -> None:
    """The line of the caller's stays, what it calls does not."""
    scheme, make = KINDS[kind]
    operation: Operation[Any] = Operation(
        id="o", name="o.o", method="GET", path="/o", responses={"200": Response("json")}, security=((scheme,),)
    )
    with failing() as server:
        server.play(Act(end="reset"))
        client = BaseClient(
            SERVICE,
            {},
            endpoint=server.url,
            credentials=make("s3cret-s3cret"),
            transport=Passing(),
            options={"retries": 0},
        )
        with client, pytest.raises(ClientError) as caught:
            client._call(operation, {}, {})
    cause = caught.value.__cause__

    assert cause is not None
    assert [frame.name for frame in traceback.extract_tb(cause.__traceback__)] == ["handle_request"]
    assert [form for form in forms_of("s3cret-s3cret") if form in shown_by(caught.value)] == []


@pytest.mark.parametrize("name", ["Authorization", "Cookie", "X-Auth-Token", "x-api-key"])
@pytest.mark.parametrize("by_client", [True, False])
def test_a_secret_in_extra_headers_is_shown_by_no_frame(name: str, by_client: bool) -> None:
    """It is sent as it is; other lines stay to be read."""
    extra = {name: "s3cret-s3cret", "X-Plain": "plain-plain"}
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.headers[name])
        return httpx2.Response(500, text="no")

    options: Any = {"extra_headers": extra}
    with client_over(answer, **(options if by_client else {})) as client:
        for wrong in ({}, {"offset": -1}, {"deadline": "soon"}):
            with pytest.raises(ClientError) as caught:
                client.jobs.list_history("j", **wrong, **({} if by_client else options))
            told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
            frames = [str(frame.locals) for frame in told.stack if frame.filename != __file__]
            assert [one for one in frames if "s3cret" in one] == []
            assert by_client or any("plain-plain" in one for one in frames)
    assert asked == ["s3cret-s3cret"]
    assert extra[name].__class__ is str
