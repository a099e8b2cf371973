"""Huawei Cloud: tokens for user and password, and where keys are found."""

from __future__ import annotations

import http.server
import io
import json
import logging
import threading
from pathlib import Path
from typing import Any

import httpx2
import pytest

from specloom.runtime.client import BaseClient
from specloom.runtime.errors import DecodeError, InvalidCallError, StatusError
from specloom.runtime.operation import ApiKey, ErrorField, Operation, Response, Server, Service, Signer
from specloom.runtime.vendors.huaweicloud import AccessKeyCredentials, PasswordCredentials, default_credentials

SERVICE = Service(
    name="Lake",
    user_agent="any/1",
    servers=(Server("https://lake.cn-north-4.myhuaweicloud.com"),),
    schemes={"token": ApiKey("header", "X-Auth-Token"), "key": Signer("sdk-hmac-sha256")},
    errors=(ErrorField("code", ("body:/error_code", "body:/error/code")),),
    kinds={"authentication": ("APIG.1002", "403")},
)
START: Operation[Any] = Operation(
    id="start",
    name="jobs.start",
    method="POST",
    path="/v1/start",
    responses={"200": Response("text")},
    security=(("token",), ("key",)),
)
DOCUMENTED_403 = {"error": {"code": "403", "message": "X-Auth-Token is invalid in the request"}, "error_code": "403"}
NAMES = ("AK", "SK", "SECURITY_TOKEN", "PROJECT_ID", "DOMAIN_ID", "CREDENTIALS_FILE", "IDP_ID", "ID_TOKEN_FILE")


class Cloud:
    """The service and its identity service, in this process."""

    def __init__(self) -> None:
        self.questions: list[httpx2.Request] = []
        self.calls: list[httpx2.Request] = []
        self.refusals: list[httpx2.Response] = []
        self.iam: httpx2.Response | None = None
        self.times = {"issued_at": "2025-03-06T08:00:00.000000Z", "expires_at": "2025-03-07T08:00:00.000000Z"}

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.host.startswith("iam"):
            self.questions.append(request)
            headers = {"X-Subject-Token": f"token-{len(self.questions)}"}
            return self.iam or httpx2.Response(201, headers=headers, json={"token": self.times})
        self.calls.append(request)
        return self.refusals.pop(0) if self.refusals else httpx2.Response(200, text="started")

    @property
    def tokens(self) -> list[str]:
        """What the calls carried."""
        return [request.headers["X-Auth-Token"] for request in self.calls]

    def client(self, credentials: Any, **given: Any) -> BaseClient:
        """A client in this cloud."""
        given = {"parameters": {"project_id": "p1"}, **given}
        return BaseClient(SERVICE, {}, credentials=credentials, transport=httpx2.MockTransport(self), **given)


def user(**given: Any) -> PasswordCredentials:
    """Made-up credentials."""
    return PasswordCredentials("anna", "pässword", "acme", **given)


def test_a_token_is_asked_for_as_the_identity_service_documents() -> None:
    """Once for two calls, at the region of the client, for the project of the client."""
    cloud = Cloud()
    with cloud.client(user()) as client:
        results = [client._call(START, {}, {}) for _ in range(2)]
    (asked,) = cloud.questions

    assert (results, cloud.tokens) == (["started", "started"], ["token-1", "token-1"])
    assert str(asked.url) == "https://iam.cn-north-4.myhuaweicloud.com/v3/auth/tokens?nocatalog=true"
    assert (asked.method, asked.headers["Content-Type"]) == ("POST", "application/json;charset=utf8")
    assert "X-Auth-Token" not in asked.headers
    assert json.loads(asked.content) == {
        "auth": {
            "identity": {
                "methods": ["password"],
                "password": {"user": {"name": "anna", "password": "pässword", "domain": {"name": "acme"}}},
            },
            "scope": {"project": {"id": "p1"}},
        }
    }


@pytest.mark.parametrize(
    ("given", "endpoint", "host", "project"),
    [
        ({"project": "cn-north-4"}, None, "iam.cn-north-4.myhuaweicloud.com", {"name": "cn-north-4"}),
        ({"project": "a", "project_id": "b"}, None, "iam.cn-north-4.myhuaweicloud.com", {"id": "b"}),
        ({"region": "af-south-1"}, "http://localhost", "iam.af-south-1.myhuaweicloud.com", {"id": "p1"}),
        ({"region": "cn-north-11"}, None, "iam.myhuaweicloud.com", {"id": "p1"}),
        ({"iam_endpoint": "http://iam.local:8080/base/"}, None, "iam.local", {"id": "p1"}),
        ({}, "https://lake.eu-west-101.myhuaweicloud.com:8443/x", "iam.myhuaweicloud.com", {"id": "p1"}),
    ],
)
def test_identity_service_and_project_are_those_given_else_those_of_the_client(
    given: dict[str, str], endpoint: str | None, host: str, project: dict[str, str]
) -> None:
    """Some regions have no identity service of their own; the id of a project goes before its name."""
    cloud = Cloud()
    with cloud.client(user(**given), endpoint=endpoint) as client:
        client._call(START, {}, {})
    (asked,) = cloud.questions

    assert (asked.url.host, json.loads(asked.content)["auth"]["scope"]["project"]) == (host, project)


@pytest.mark.parametrize(
    ("endpoint", "parameters", "missing"),
    [
        ("http://localhost", {"project_id": "p"}, "region= or iam_endpoint="),
        ("https://lake.cn-north-4.myhuaweicloud.com.evil.example", {"project_id": "p"}, "region= or iam_endpoint="),
        (None, {}, "project= or project_id="),
    ],
)
def test_what_is_missing_is_named_before_anything_is_sent(
    endpoint: str | None, parameters: dict[str, str], missing: str
) -> None:
    """A password goes to no address that was guessed."""
    cloud = Cloud()
    client = cloud.client(user(), endpoint=endpoint, parameters=parameters)
    with client, pytest.raises(InvalidCallError, match=f"jobs.start: .*{missing}"):
        client._call(START, {}, {})

    assert cloud.questions == cloud.calls == []


@pytest.mark.parametrize(
    "refusal",
    [
        httpx2.Response(401, json={"error_code": "APIG.1002"}),
        httpx2.Response(401, text="{'error': 'not JSON'}"),
        httpx2.Response(403, json=DOCUMENTED_403),
    ],
)
def test_a_refused_token_is_renewed_once(refusal: httpx2.Response) -> None:
    """After 401, and after the 403 that the pages document; a second refusal is the call's failure."""
    cloud = Cloud()
    cloud.refusals = [refusal]
    with cloud.client(user()) as client:
        result = client._call(START, {}, {})
        cloud.refusals = [refusal, refusal]
        with pytest.raises(StatusError):
            client._call(START, {}, {})

    assert result == "started"
    assert cloud.tokens == ["token-1", "token-2", "token-2", "token-3"]


def test_projects_and_identity_services_have_tokens_of_their_own() -> None:
    """One object serves several clients."""
    cloud, shared = Cloud(), user()
    for project in ("p1", "p2", "p1"):
        with cloud.client(shared, parameters={"project_id": project}) as client:
            client._call(START, {}, {})

    assert cloud.tokens == ["token-1", "token-2", "token-1"]


@pytest.mark.parametrize(("passed", "questions"), [(23.4 * 3600, 1), (23.6 * 3600, 2)])
def test_the_life_of_a_token_is_counted_by_the_clock_of_the_service(passed: float, questions: int) -> None:
    """So it does not matter that the clock of this machine is years off."""
    cloud, now = Cloud(), [5.0]
    with cloud.client(user(clock=lambda: now[0])) as client:
        client._call(START, {}, {})
        now[0] += passed
        client._call(START, {}, {})

    assert len(cloud.questions) == questions


@pytest.mark.parametrize("times", [{}, {"expires_at": "soon"}, {"expires_at": 5}])
def test_a_token_without_a_time_is_taken_to_live_a_day(times: dict[str, Any]) -> None:
    """As documented."""
    cloud, now = Cloud(), [0.0]
    cloud.times = times
    with cloud.client(user(clock=lambda: now[0])) as client:
        for now[0] in (0.0, 23.4 * 3600, 23.6 * 3600):
            client._call(START, {}, {})

    assert cloud.tokens == ["token-1", "token-1", "token-2"]


def test_a_wrong_password_is_sent_once_and_said_in_the_words_of_the_service() -> None:
    """The account would be locked else."""
    cloud = Cloud()
    words = {"error": {"code": 401, "message": "The username or password is wrong: pässword", "title": "Unauthorized"}}
    cloud.iam = httpx2.Response(401, json=words, headers={"X-IAM-Trace-Id": "trace-1"})
    with cloud.client(user()) as client, pytest.raises(StatusError) as caught:
        client._call(START, {}, {})

    assert str(caught.value) == (
        "jobs.start: HTTP 401: 401 no token from iam.cn-north-4.myhuaweicloud.com: "
        "The username or password is wrong: *** (request id trace-1)"
    )
    assert (len(cloud.questions), cloud.calls) == (1, [])


def test_a_success_without_a_token_is_an_error() -> None:
    """It names the service."""
    cloud = Cloud()
    cloud.iam = httpx2.Response(201, json={"token": {}})
    with (
        cloud.client(user()) as client,
        pytest.raises(DecodeError, match=r"iam\.cn-north-4\.myhuaweicloud\.com gave no"),
    ):
        client._call(START, {}, {})


def test_the_http_library_does_not_log_the_token() -> None:
    """At DEBUG it writes the header lines of each answer; the token is one of them."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(201)
            self.send_header("X-Subject-Token", "s3cret-token")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    written = io.StringIO()
    handler, logger = logging.StreamHandler(written), logging.getLogger()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(1)
    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        try:
            with BaseClient(SERVICE, {}, endpoint=url, credentials=user(project="p", iam_endpoint=url)) as client:
                client._call(START, {}, {})
        finally:
            logger.setLevel(level)
            logger.removeHandler(handler)
            server.shutdown()

    assert "(b'X-Subject-Token', '***')" in written.getvalue()
    assert "s3cret-token" not in written.getvalue()


def test_keys_sign_where_the_first_alternative_is_a_token() -> None:
    """The credentials decide on the alternative."""
    cloud = Cloud()
    with cloud.client(AccessKeyCredentials("ak", "sk")) as client:
        client._call(START, {}, {})
    (request,) = cloud.calls

    assert request.headers["Authorization"].startswith("SDK-HMAC-SHA256 Access=ak, SignedHeaders=")
    assert (request.headers["X-Project-Id"], "X-Auth-Token" in request.headers) == ("p1", False)


@pytest.mark.parametrize(
    "make",
    [
        lambda: PasswordCredentials("", "p", "d"),
        lambda: PasswordCredentials("u", "", "d"),
        lambda: PasswordCredentials("u", "p", ""),
        lambda: user(region="evil.example.com/"),
        lambda: user(iam_endpoint="iam.local"),
    ],
)
def test_unusable_credentials_are_refused_at_once(make: Any) -> None:
    """Not at the first call."""
    with pytest.raises(InvalidCallError):
        make()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home directory, and an environment that names nothing."""
    for name in NAMES:
        monkeypatch.delenv(f"HUAWEICLOUD_SDK_{name}", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / ".netrc").write_text("default login ak password sk\n")
    return tmp_path


def lines_of(credentials: Any) -> dict[str, str]:
    """What a request by these credentials tells of them."""
    cloud = Cloud()
    with cloud.client(credentials, parameters={}) as client:
        client._call(START, {}, {})
    headers = cloud.calls[0].headers
    access = headers["Authorization"].partition("Access=")[2].partition(",")[0]
    names = ("X-Security-Token", "X-Project-Id", "X-Domain-Id")
    return {"Access": access} | {name: headers[name] for name in names if name in headers}


def write_file(path: Path, text: str) -> None:
    """Write a credentials file."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


FILE = """\
[basic]
ak = file-ak
sk = 100%(x)s
project_id = file-p
[global]
ak=g-ak
sk=g-sk
domain_id=g-d
security_token=g-t
"""


@pytest.mark.parametrize(
    ("environment", "section", "lines"),
    [
        ({"AK": "env-ak", "SK": "env-sk"}, "basic", {"Access": "env-ak"}),
        (
            {"AK": "env-ak", "SK": "s", "SECURITY_TOKEN": "t", "PROJECT_ID": "p", "DOMAIN_ID": "d"},
            "basic",
            {"Access": "env-ak", "X-Security-Token": "t", "X-Project-Id": "p"},
        ),
        (
            {"AK": "env-ak", "SK": "s", "PROJECT_ID": "p", "DOMAIN_ID": "d"},
            "global",
            {"Access": "env-ak", "X-Domain-Id": "d"},
        ),
        ({"PROJECT_ID": "never mixed"}, "basic", {"Access": "file-ak", "X-Project-Id": "file-p"}),
        ({}, "global", {"Access": "g-ak", "X-Security-Token": "g-t", "X-Domain-Id": "g-d"}),
        ({"AK": "", "SK": " "}, "basic", {"Access": "file-ak", "X-Project-Id": "file-p"}),
    ],
)
def test_the_environment_goes_before_the_file(
    home: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], section: str, lines: dict[str, str]
) -> None:
    """Sources are never mixed, and nothing is written."""
    write_file(home / ".huaweicloud" / "credentials", FILE)
    for name, value in environment.items():
        monkeypatch.setenv(f"HUAWEICLOUD_SDK_{name}", value)
    before = sorted(home.rglob("*"))

    assert lines_of(default_credentials(section)) == lines
    assert sorted(home.rglob("*")) == before


def test_a_file_that_the_environment_names_takes_the_place_of_that_at_home(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mark at its beginning does no harm."""
    write_file(home / ".huaweicloud" / "credentials", FILE)
    write_file(home / "named" / "file", "\ufeff[basic]\nAK=named-ak\nSK=named-sk\n")
    monkeypatch.setenv("HUAWEICLOUD_SDK_CREDENTIALS_FILE", str(home / "named" / "file"))

    assert lines_of(default_credentials()) == {"Access": "named-ak"}


@pytest.mark.parametrize(
    ("environment", "file", "said"),
    [
        ({}, None, "no keys were found: set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK"),
        ({}, "[other]\nak=a\nsk=s3cret\n", "no keys were found"),
        ({"SK": "s3cret"}, FILE, "HUAWEICLOUD_SDK_SK is set and HUAWEICLOUD_SDK_AK is not, in the environment"),
        ({}, "[basic]\nsk=s3cret\n", r"sk is set and ak is not, in the section \[basic\]"),
        ({}, "s3cret\n", "cannot be read as an ini file"),
        ({}, "[basic]\ns3cret\n", "cannot be read as an ini file"),
        ({"CREDENTIALS_FILE": "nowhere"}, FILE, "'nowhere' cannot be read"),
    ],
)
def test_a_chain_without_keys_says_where_they_may_be_put(
    home: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], file: str | None, said: str
) -> None:
    """Half a pair is a mistake, not a reason to look elsewhere; no value is shown, nor kept with the error."""
    if file is not None:
        write_file(home / ".huaweicloud" / "credentials", file)
    for name, value in environment.items():
        monkeypatch.setenv(f"HUAWEICLOUD_SDK_{name}", value)
    with pytest.raises(InvalidCallError, match=said) as caught:
        default_credentials()

    assert "s3cret" not in str(caught.value)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_a_section_that_does_not_exist_is_refused(home: Path) -> None:
    """There are two."""
    with pytest.raises(InvalidCallError, match="'basic' nor 'global'"):
        default_credentials("default")
