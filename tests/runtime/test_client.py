"""Clients: addresses, required parameters, closing."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import httpx2
import pytest

from specloom.runtime import endpoint
from specloom.runtime.auth import TokenCredentials
from specloom.runtime.errors import InvalidCallError, TransportError
from specloom.runtime.operation import Server, Service
from tests.runtime.answering import Answers, async_client_over, both, client_over
from tests.runtime.sample.client import SERVICE, AsyncSample, Sample

PETSTORE = Service(
    name="Pets",
    user_agent="x/1",
    servers=(Server("https://{host}.example.com:{port}/{base}", {"host": "api", "port": "443", "base": "v1/x"}),),
)

REGIONS = Service(
    name="Regions",
    user_agent="x/1",
    servers=(
        Server("https://a.{region}.example.com", {"region": "one"}, {"region": ("one", "two")}),
        Server("https://b.{region}.example.com", {"region": "three"}, {"region": ("three",)}),
    ),
)


@pytest.mark.parametrize(
    ("service", "given", "variables", "address"),
    [
        (REGIONS, None, {}, "https://a.one.example.com"),
        (REGIONS, None, {"region": "two"}, "https://a.two.example.com"),
        (REGIONS, None, {"region": "three"}, "https://b.three.example.com"),
        (REGIONS, None, {"region": "unheard-of"}, "https://a.unheard-of.example.com"),
        (SERVICE, None, {}, "https://sample.cn-north-4.example.com"),
        (SERVICE, None, {"region": "eu-west-101"}, "https://sample.eu-west-101.example.com"),
        (SERVICE, "http://127.0.0.1:8080", {}, "http://127.0.0.1:8080"),
        (SERVICE, "https://host/gw/a%20b/", {"region": "unused"}, "https://host/gw/a%20b"),
        (PETSTORE, None, {"port": "8443", "base": "v2/y"}, "https://api.example.com:8443/v2/y"),
    ],
)
def test_the_address_is_the_endpoint_or_the_documented_server(
    service: Service, given: str | None, variables: dict[str, str], address: str
) -> None:
    """A base path stays; variables fill the documented server only."""
    assert endpoint.base_address(service, given, variables) == address


@pytest.mark.parametrize(
    ("service", "given", "variables", "message"),
    [
        (Service("None", "x/1"), None, {}, "documents no server: give endpoint="),
        (Service("Rel", "x/1", servers=(Server("/api/v3"),)), None, {}, "relative server address '/api/v3'"),
        (Service("Var", "x/1", servers=(Server("https://{x}.a"),)), None, {}, "a variable without a value"),
        (SERVICE, None, {"region": "evil.com/"}, "region='evil.com/' cannot stand"),
        (SERVICE, None, {"region": "a@evil.com#"}, "cannot stand"),
        (SERVICE, None, {"region": ""}, "cannot stand"),
        (PETSTORE, None, {"base": "v1?x"}, "cannot stand"),
        (SERVICE, "host", {}, "no http or https address"),
        (SERVICE, "ftp://host", {}, "no http or https address"),
        (SERVICE, "https://", {}, "no http or https address"),
        (SERVICE, "https://host:99999", {}, "no http or https address"),
        (SERVICE, "https://ho st", {}, "characters that no address has"),
        (SERVICE, "https://bücher.example", {}, "characters that no address has"),
        (SERVICE, "https://host/{x}", {}, "characters that no address has"),
        (SERVICE, "https://host/?a=b", {}, "query or fragment"),
        (SERVICE, "https://host/#x", {}, "query or fragment"),
        (SERVICE, "", {}, "no http or https address"),
    ],
)
def test_an_unusable_address_is_refused_with_what_to_give(
    service: Service, given: str | None, variables: dict[str, str], message: str
) -> None:
    """When the client is made, not when it is first used."""
    with pytest.raises(InvalidCallError) as caught:
        endpoint.base_address(service, given, variables)

    assert message in str(caught.value)


def test_a_password_in_an_endpoint_is_refused_and_not_shown() -> None:
    """It would end up in logs; credentials are for that."""
    with pytest.raises(InvalidCallError) as caught:
        Sample(project_id="p", endpoint="https://me:s3cret@host")

    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("project_id", ["", None])
@pytest.mark.parametrize("kind", [Sample, AsyncSample])
def test_a_required_parameter_of_the_client_is_asked_for(kind: Any, project_id: str | None) -> None:
    """In the constructor, by its name."""
    with pytest.raises(InvalidCallError, match="Sample needs project_id="):
        kind(project_id=project_id)


@pytest.mark.parametrize("credentials", ["token", {"token": "t"}, 5])
def test_credentials_of_another_kind_are_refused(credentials: Any) -> None:
    """A bare text is most likely a token: say how to give it, and do not show it."""
    with pytest.raises(InvalidCallError, match="TokenCredentials") as caught:
        Sample(project_id="p", credentials=credentials)

    assert "'token'" not in str(caught.value)


@pytest.mark.parametrize("options", [{"retry": 5}, {"timeout": -1}, {"timeout": "5"}])
def test_unknown_options_are_refused(options: dict[str, Any]) -> None:
    """The message lists those there are."""
    with pytest.raises(InvalidCallError, match=r"option|timeout"):
        Sample(project_id="p", **options)


class Closing(httpx2.MockTransport):
    """A transport that counts how often it is closed."""

    closed = 0

    def close(self) -> None:
        """Counts."""
        self.closed += 1

    async def aclose(self) -> None:
        """Counts."""
        self.closed += 1


@pytest.mark.parametrize("call_first", [True, False])
def test_a_closed_client_says_so_and_has_closed_its_transport(call_first: bool) -> None:
    """Used or not; closing twice is fine."""
    transport = Closing(lambda request: httpx2.Response(202))
    with Sample(project_id="p", transport=transport, credentials=TokenCredentials("t")) as client:
        jobs = client.jobs
        if call_first:
            jobs.start("j")
    client.close()

    assert transport.closed == 1
    with pytest.raises(InvalidCallError, match=r"jobs\.start: this Sample is closed"):
        jobs.start("j")


def test_a_closed_asynchronous_client_says_so() -> None:
    """The same with await."""
    transport = Closing(lambda request: httpx2.Response(202))

    async def run() -> None:
        async with AsyncSample(project_id="p", transport=transport, credentials=TokenCredentials("t")) as client:
            await client.jobs.start("j")
        await client.aclose()
        with pytest.raises(InvalidCallError, match="closed"):
            await client.jobs.start("j")

    asyncio.run(run())

    assert transport.closed == 1


@pytest.mark.parametrize("fault", [ValueError("odd"), StopIteration("odd"), AssertionError(), httpx2.InvalidURL("odd")])
def test_nothing_but_our_errors_escapes_from_a_transport(fault: Exception) -> None:
    """Whatever a transport raises, the caller can catch one tree; the cause is kept."""

    def fail(request: httpx2.Request) -> httpx2.Response:
        raise fault

    for error in both(fail, lambda client: client.jobs.start("j")):
        assert isinstance(error, TransportError)
        assert error.maybe_sent
        assert type(fault).__name__ in str(error)
        assert str(error).startswith("jobs.start: ")
        assert error.__cause__ is not None


def test_a_client_shows_its_address_and_no_secret() -> None:
    """In repr, and anywhere its attributes are printed."""
    client = client_over(Answers(httpx2.Response(202)))

    assert repr(client) == "<Sample http://host/gw>"
    assert "s3cret" not in repr(vars(client)) + repr(client._configuration.credentials)


def test_threads_share_a_client() -> None:
    """One transport is opened, and every call is answered."""
    answers = Answers(httpx2.Response(202))
    client = client_over(answers)
    threads = [threading.Thread(target=client.jobs.start, args=("j",)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers.requests) == 20


def test_tasks_share_a_client() -> None:
    """Calls run side by side."""

    async def run() -> int:
        answers = Answers(httpx2.Response(202))
        async with async_client_over(answers) as client:
            await asyncio.gather(*(client.jobs.start("j") for _ in range(20)))
        return len(answers.requests)

    assert asyncio.run(run()) == 20
