"""The README of the emitted package: every program in it runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx2
import pytest

import huaweicloud_jobs
from huaweicloud_jobs._runtime import transport

README = (Path(huaweicloud_jobs.__file__).parents[2] / "README.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[httpx2.Request]:
    """The requests that go to a network in this process."""
    requests: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        return httpx2.Response(200, headers={"Date": "today"}, json={"total": 7})

    monkeypatch.setattr(transport, "_network", lambda proxy: httpx2.MockTransport(answer))
    monkeypatch.setenv("HUAWEICLOUD_SDK_AK", "a")
    monkeypatch.setenv("HUAWEICLOUD_SDK_SK", "s")
    return requests


def run(program: str) -> dict[str, Any]:
    """The names that a program leaves behind."""
    names: dict[str, Any] = {}
    exec(compile(program, "README.md", "exec"), names)  # noqa: S102
    return names


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_of_the_readme_runs(program: str, sent: list[httpx2.Request]) -> None:
    """And those that call something send it once."""
    run(program)

    assert len(sent) == ("with " in program)


@pytest.mark.usefixtures("sent")
def test_the_readme_shows_every_kind_of_credentials() -> None:
    """Those that the package has, and no others."""
    (program,) = (one for one in PROGRAMS if "credentials = " in one)
    shown = set(re.findall(r"^credentials = (\w+)", program, re.MULTILINE))

    assert shown == {"TokenCredentials", "AccessKeyCredentials", "PasswordCredentials", "default_credentials"}
    assert type(run(program)["credentials"]) is huaweicloud_jobs.AccessKeyCredentials


@pytest.mark.parametrize(
    "word",
    [
        "pip install",
        "region=",
        "HTTPS_PROXY",
        "SSL_CERT_FILE",
        "datetime",
        "60 seconds",
        "maybe_sent",
        "on_request",
        "logger",
    ],
)
def test_the_readme_says_what_a_beginner_asks(word: str) -> None:
    """How to install it, where calls go, how long they take, what went wrong."""
    assert word in README


def test_a_call_without_credentials_names_those_of_the_package() -> None:
    """Not only the ones of every package."""
    with (
        huaweicloud_jobs.LakeFormation(project_id="p") as client,
        pytest.raises(huaweicloud_jobs.InvalidCallError) as caught,
    ):
        client.jobs.list_history("i", "j")

    assert str(caught.value).endswith("also has AccessKeyCredentials, PasswordCredentials, default_credentials")
