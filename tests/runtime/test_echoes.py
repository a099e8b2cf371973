"""Servers that repeat secrets: the texts of errors do not; what came stays what came."""

from __future__ import annotations

import asyncio
import pickle
import traceback
from typing import Any

import httpx2
import pytest

from specloom.runtime.client import BaseAsyncClient, BaseClient
from specloom.runtime.errors import ClientError, DecodeError, StatusError
from specloom.runtime.operation import ErrorField, Operation, Response, Service
from tests.runtime.test_secrets import KINDS, SERVICE

SECRET = "Zq7~s3/cret+s3cret="
ANY = Service(
    name="Any",
    user_agent="any/1",
    servers=SERVICE.servers,
    schemes=SERVICE.schemes,
    errors=(
        ErrorField("code", ("body:/code",)),
        ErrorField("message", ("body:/message",)),
        ErrorField("reason", ("body:/reason",)),
    ),
)


def operation(scheme: str, kind: str = "json") -> Operation[Any]:
    """One that the scheme serves."""
    responses = {"200": Response(kind, lambda: dict[str, int])}
    return Operation(id="o", name="o.o", method="GET", path="/o", responses=responses, security=((scheme,),))


def said_by(error: BaseException) -> str:
    """What is shown of an error, with its causes; variables of frames hold answers, as the error itself does."""
    told = traceback.TracebackException.from_exception(error)
    attributes = [value for name, value in vars(error).items() if name not in ("body", "headers", "model")]
    return "".join(told.format()) + repr(error) + str(error) + repr(attributes) + repr(error.args)


def sent_by(request: httpx2.Request) -> str:
    """The secret as it was sent, in whatever place."""
    place = {"Authorization", "X-Auth-Token", "Cookie"} & {name.title() for name in request.headers}
    return request.headers[place.pop()] if place else request.url.query.decode().partition("=")[2]


ECHOES = {
    "words": lambda text: httpx2.Response(400, json={"code": "X.1", "message": f"{text} is wrong", "reason": text}),
    "escaped": lambda text: httpx2.Response(400, content=b'{"message": "%b?"}' % text.replace("/", "\\/").encode()),
    "excerpt": lambda text: httpx2.Response(502, text=f"<p>{text}</p>"),
    "cut excerpt": lambda text: httpx2.Response(502, text=f"{'-' * (200 - len(text) // 2)}{text}"),
    "no JSON": lambda text: httpx2.Response(200, text=f"{text} is fine"),
    "cut no JSON": lambda text: httpx2.Response(200, text=f"{'-' * (80 - len(text) // 2)}{text}"),
    "another value": lambda text: httpx2.Response(200, json={"a": f"{text}"}),
    "a long value": lambda text: httpx2.Response(200, json={"a": f"{'-' * (76 - len(text) // 2)}{text}"}),
    "a list": lambda text: httpx2.Response(200, json=[text]),
}


PLAIN = ("basic", "bearer token", "token in a cookie", "token in a header", "token in the query")


@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize(
    "kind", ["token in a header", "token in the query", "token in a cookie", "bearer token", "basic"]
)
def test_an_answer_that_repeats_a_secret_is_told_without_it(kind: str, echo: str) -> None:
    """Words, codes, excerpts and problems, by both kinds of client."""
    scheme, make = KINDS[kind]
    seen: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(sent_by(request))
        return ECHOES[echo](seen[-1])

    given: Any = {"credentials": make(SECRET), "transport": httpx2.MockTransport(answer)}
    given["options"] = {"retries": 0, "strict": True}

    async def run() -> Any:
        async with BaseAsyncClient(ANY, {}, **given) as client:
            try:
                await client._call(operation(scheme), {}, {})
            except ClientError as error:
                return error

    with BaseClient(ANY, {}, **given) as client, pytest.raises((StatusError, DecodeError)) as caught:
        client._call(operation(scheme), {}, {})
    for error in (caught.value, asyncio.run(run())):
        text = said_by(error)
        secret = seen[0].rpartition(" ")[2]

        assert [piece for piece in (SECRET, secret, secret[:8], secret.replace("/", "\\/")) if piece in text] == []
        assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301
        assert echo == "a list" or "***" in text
        assert secret[:6].encode() in error.body.replace(b"\\/", b"/")


def test_words_that_are_no_secret_stay() -> None:
    """The name of the scheme is one that answers use."""
    words = {"code": "X.1", "message": "the Bearer token has expired"}
    client = BaseClient(
        ANY,
        {},
        credentials=KINDS["bearer token"][1](SECRET),
        transport=httpx2.MockTransport(lambda _: httpx2.Response(403, json=words)),
    )
    with client, pytest.raises(StatusError, match=r"^o\.o: HTTP 403: X\.1 the Bearer token has expired$"):
        client._call(operation("bearer"), {}, {})


@pytest.mark.parametrize(
    "written",
    ["p/ssw0rd!", "p\\/ssw0rd!", "\\u0070/ssw0rd!", "p%2Fssw0rd%21"],
)
@pytest.mark.parametrize("kind", ["password", "oauth", "oauth in the body"])
def test_a_service_for_tokens_that_repeats_a_password_is_told_without_it(kind: str, written: str) -> None:
    """In whatever way JSON writes it, in header lines too, and the proof that is made of it."""
    scheme, make = KINDS[kind]

    def answer(request: httpx2.Request) -> httpx2.Response:
        proof = request.headers.get("Authorization", "none")
        body = f'{{"error": "{written}", "error_description": "{written} for {proof}"}}'
        return httpx2.Response(401, content=body.encode(), headers={"X-Echo": f"{proof} p/ssw0rd!", "X-Other": "seen"})

    transport = httpx2.MockTransport(answer)
    client = BaseClient(ANY, {}, credentials=make("p/ssw0rd!"), transport=transport)
    with client, pytest.raises(StatusError) as caught:
        client._call(operation(scheme), {}, {})
    error = caught.value
    text = said_by(error) + repr(error.headers) + error.text

    assert "ssw0rd" not in text
    assert "bWU6c" not in text  # how Base64 of `me:p` begins
    assert error.headers["X-Other"] == "seen"
    assert error.code == "***"
