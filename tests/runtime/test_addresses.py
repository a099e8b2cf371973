"""What a transport is handed is an address of httpx2 in every way, though httpx2 parses it only where it is asked."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.runtime.addresses import address
from specloom.runtime.auth import TokenCredentials
from specloom.runtime.errors import InvalidCallError
from specloom.runtime.text import quoted, quoted_reserved
from tests.runtime.sample.client import Sample
from tests.runtime.sample.models import NewJob

TEXTS = (
    "https://service.example/v1/jobs",
    "http://127.0.0.1:8080/",
    "https://service.example:443/a?b=c&d=%20e",
    "https://SERVICE.example/a",
    "https://service.example/gw/v1/%E4%BD%9C%E4%B8%9A/a:b@c;d=e,f/$(g)*+!~",
    "https://service.example/v1?filter=a/../b",
    "https://service.example/v1/../jobs",
    "https://service.example/v1/./jobs",
    "https://service.example/v1/..",
    "https://service.example/a?x='y'",
    "https://service.example/a%2fb",
    "https://service.example/a%zz",
    "https://service.example",
    "https://service.example?x=/y",
    "https://[2001:db8::1]:8443/a",
    "https://xn--bcher-kva.example/a",
    "https://service.example/a b",
    "https://service.example/a#b",
    "https://user@service.example/a",
)
ASKED = (
    "scheme",
    "raw_scheme",
    "userinfo",
    "username",
    "host",
    "raw_host",
    "port",
    "netloc",
    "path",
    "query",
    "params",
    "raw_path",
    "fragment",
    "is_absolute_url",
)


def seen(url: httpx2.URL) -> dict[str, Any]:
    """Everything that can be asked of an address."""
    return {name: getattr(url, name) for name in ASKED} | {"text": str(url), "hash": hash(url)}


@pytest.mark.parametrize("text", TEXTS)
def test_an_address_says_what_that_of_httpx2_says(text: str) -> None:
    """The parts that are known beforehand, and those that are parsed when they are asked for."""
    assert seen(address(text)) == seen(httpx2.URL(text))


@given(
    st.lists(st.text(min_size=1).filter(lambda text: text.isprintable()), max_size=3),
    st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=3),
)
def test_what_a_call_may_send_goes_out_as_httpx2_would_have_it(path: list[str], query: list[tuple[str, str]]) -> None:
    """Any text in path and query, encoded as parameters are."""
    try:
        segments = [quoted(one) for one in path]
        pairs = [f"{quoted(name)}={quoted_reserved(value)}" for name, value in query]
    except InvalidCallError:
        return
    text = f"https://service.example/{'/'.join(segments)}" + ("?" + "&".join(pairs) if pairs else "")

    assert address(text).raw_path == httpx2.URL(text).raw_path


@pytest.mark.parametrize("text", TEXTS[:3])
def test_an_address_is_used_like_any_other(text: str) -> None:
    """Compared, copied, joined, changed; what it has not, it has not."""
    url, plain = address(text), httpx2.URL(text)

    assert (url, plain) == (plain, url)
    assert [copy.copy(url), copy.deepcopy(url)] == [plain] * 2
    assert pickle.loads(pickle.dumps(url)) == plain  # noqa: S301
    assert url.join("../x") == plain.join("../x")
    assert url.copy_with(query=b"q") == plain.copy_with(query=b"q")
    assert url.copy_add_param("p", "1").raw_path == plain.copy_add_param("p", "1").raw_path
    with pytest.raises(AttributeError, match="nothing"):
        url.nothing  # noqa: B018


class Transport(httpx2.BaseTransport):
    """Looks at requests as they come."""

    def __init__(self) -> None:
        self.seen: list[tuple[bytes, bytes]] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to whatever was sent."""
        self.seen.append((request.content, request.url.raw_path))
        return httpx2.Response(201, content=b'{"jobName": "etl"}')


def test_a_transport_that_was_given_finds_the_content_read() -> None:
    """It need not read what it was handed."""
    transport = Transport()
    with Sample(
        project_id="p1", endpoint="http://host", transport=transport, credentials=TokenCredentials("t")
    ) as made:
        made.jobs.create(NewJob(job_name="etl"))

    assert transport.seen == [(b'{"jobName":"etl"}', b"/v1/jobs")]


def test_the_address_of_a_call_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not where nobody asks for more than a connection does."""
    transport, parsed, make = Transport(), [], httpx2.URL.__init__

    def watched(self: httpx2.URL, url: Any = "", **options: Any) -> None:
        parsed.append(url)
        make(self, url, **options)

    monkeypatch.setattr(httpx2.URL, "__init__", watched)
    with Sample(project_id="p1", endpoint="http://a", transport=transport, credentials=TokenCredentials("t")) as made:
        for _ in range(3):
            made.jobs.create(NewJob(job_name="etl"))

    assert len(transport.seen) == 3
    assert [url for url in parsed if isinstance(url, str) and "/v1/jobs" in url] == []
