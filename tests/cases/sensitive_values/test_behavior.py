"""Secrets of a caller's own are data: sent and given as they are, and shown by nothing."""

from __future__ import annotations

import copy
import json
import pickle
import pprint
import traceback
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from pydantic import ValidationError

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

SECRET = "Zq7~s3cret"
LONG = SECRET * 5
SEED = 7130317


def login(package: ModuleType, secret: str = SECRET) -> Any:
    """A part with a secret in each of its members that may hold one."""
    return package.sensitive_values.models.Login(name="me", password=secret, answers=[secret], keys={secret: SEED})


def user(package: ModuleType, secret: str = SECRET) -> Any:
    """A model that holds such parts in every way."""
    part = login(package, secret)
    held = {"login": part, "others": [part], "by_name": {"me": part}, "owner": part, "packed": part}
    return package.sensitive_values.models.User(**held)


def texts_of(error: BaseException) -> str:
    """What an error shows, with the variables of the frames of the package."""
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    frames = [repr(frame.locals) for frame in told.stack if "_runtime" in frame.filename]
    inner = [texts_of(one) for one in (error.__cause__, error.__context__) if one is not None]
    return "\n".join([str(error), repr(error), repr(error.args), *map(repr, vars(error).values()), *frames, *inner])


def test_no_text_of_a_model_shows_a_secret(package: ModuleType) -> None:
    """Alone, nested, in lists, mappings, unions and JSON text; read, made and repaired."""
    models = package.sensitive_values.models
    made = user(package)
    broken = made.to_dict() | {"login": {"password": 5}}
    shown = [made, [made], {"a": made}, models.User.from_json(made.to_json()), models.User.from_json(json.dumps({}))]
    shown += [copy.deepcopy(made), pickle.loads(pickle.dumps(made))]  # noqa: S301
    texts = [form for one in shown for form in (repr(one), str(one), f"{one}", f"{one!s:>9}", pprint.pformat(one))]
    with pytest.raises(ValidationError) as caught:
        models.User.from_json(json.dumps(broken))

    assert [text for text in (*texts, texts_of(caught.value)) if SECRET in text or str(SEED) in text] == []
    assert "password='***'" in repr(made)


def test_the_value_is_a_plain_text(package: ModuleType) -> None:
    """To the caller, on the wire, and in a pickle, which is data."""
    made = user(package)
    service = Service(made.to_dict())
    with service.client(package, "SensitiveValues") as client:
        answer = client.users.write_user(SECRET, made, pin=SECRET, x_seed=7)

    assert answer == made
    assert type(answer.login.password) is str
    assert pickle.loads(pickle.dumps(answer)).owner.answers == [SECRET]  # noqa: S301
    assert json.loads(service.requests[0].content) == made.to_dict()
    assert service.targets == [f"/users/{SECRET}?pin={SECRET}"]
    assert service.requests[0].headers["X-Seed"] == "7"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["login", "password"], [SECRET]),
        (["login", "password"], {SECRET: 1}),
        (["login", "answers"], SECRET),
        (["login", "answers"], [{"a": SECRET}]),
        (["login", "keys"], {"a": SECRET}),
        (["login"], [SECRET]),
        (["login"], SECRET),
        (["others"], SECRET),
        (["others"], [SECRET]),
        (["by_name"], {"me": SECRET}),
        (["owner"], [SECRET]),
        (["packed"], '{"password": "' + SECRET),
        (["packed"], json.dumps({"name": "me", "password": [SECRET]})),
    ],
)
def test_no_problem_of_an_answer_shows_a_secret(package: ModuleType, path: list[str], value: Any) -> None:
    """Where it is, and what was expected; the value itself is there for who asks for it."""
    document = user(package).to_dict()
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    service = Service(document)
    with service.client(package, "SensitiveValues") as client:
        answer = client.users.write_user(SECRET, user(package))
        with pytest.raises(package.DecodeError) as caught:
            client.users.write_user(SECRET, user(package), strict=True)

    assert answer.problems[0].pointer.startswith("/" + "/".join(path))
    assert SECRET in json.dumps([one.value for one in answer.problems])
    said = [repr(answer.problems), *map(str, answer.problems), str(caught.value), repr(caught.value)]
    assert [text for text in said if SECRET in text] == []


def test_content_that_is_no_json_is_not_quoted(package: ModuleType) -> None:
    """It may hold anything."""
    service = Service('{"login": {"password": "' + SECRET)
    with service.client(package, "SensitiveValues") as client, pytest.raises(package.DecodeError) as caught:
        client.users.write_user("code", user(package))

    assert SECRET not in str(caught.value)
    assert SECRET.encode() in caught.value.body
    caught.value.body = b""
    assert SECRET not in texts_of(caught.value)


def test_no_refusal_shows_a_secret(package: ModuleType) -> None:
    """Of parameters and bodies; it names the place and what is taken."""
    service = Service({})
    calls: list[tuple[dict[str, Any], str]] = [
        ({"code": "Zq7"}, "code: it takes at least 4 characters, not a str"),
        ({"code": "\ud800" + SECRET}, "code: it holds half a character"),
        ({"pin": LONG}, "pin: it takes at most 40 characters, not a str"),
        ({"pin": [SECRET]}, "pin: it takes text, not a list"),
        ({"x_seed": SEED}, "x_seed: it takes 99 or less, not a value of type int"),
        ({"body": user(package, LONG)}, "body/login/password: it takes at most 40 characters"),
        (
            {"body": {"login": {"name": "me", "password": [SECRET]}}},
            "body/login/password: Input should be a valid",
        ),
        ({"body": {"login": SECRET}}, "body/login: Input should be an object"),
        ({"body": SECRET}, "body: Input should be an object"),
    ]
    with service.client(package, "SensitiveValues") as client:
        for given, words in calls:
            with pytest.raises(package.InvalidCallError) as caught:
                client.users.write_user(**{"code": "code", "body": user(package), **given})
            if isinstance(given.get("body"), package.sensitive_values.models.User):
                assert LONG not in texts_of(caught.value)
            assert words in str(caught.value)
            assert [one for one in ("Zq7", SECRET, str(SEED)) if one in str(caught.value) + repr(caught.value)] == []

    assert service.requests == []


def test_logs_and_transport_errors_show_no_secret(
    package: ModuleType, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor the frames of the package, where the network fails; paths of logs are those of the document."""

    def fail(request: httpx2.Request) -> httpx2.Response:
        raise RuntimeError(f"a bug at {request.url.query!r} with {request.headers.raw}")

    service = Service()
    monkeypatch.setattr(service, "_answer", fail)
    caplog.set_level(1)
    with (
        service.client(package, "SensitiveValues", retries=0) as client,
        pytest.raises(package.TransportError) as caught,
    ):
        client.users.write_user(SECRET, user(package), pin=SECRET, x_seed=7)
    error: BaseException | None = caught.value

    assert SECRET not in caplog.text
    assert "/users/{code}" in caplog.text
    while error is not None:
        assert SECRET not in f"{error} {error!r} {error.args} {vars(error)}"
        error = error.__cause__
