"""Transports, exceptions and libraries of others that do not behave."""

from __future__ import annotations

import asyncio
import sys
import types
from pathlib import Path
from typing import Any

import httpx2
import pytest

from specloom.runtime.errors import InvalidCallError, TransportError
from specloom.runtime.vendors.huaweicloud import default_credentials
from tests.runtime.answering import both, client_over
from tests.runtime.sample.client import AsyncSample, Sample


class Stuck(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """A transport that does not close."""

    def close(self) -> None:
        """Fails."""
        raise OSError("stuck")

    async def aclose(self) -> None:
        """Fails too."""
        raise OSError("stuck")


def test_closing_an_unused_client_raises_errors_of_the_tree() -> None:
    """As closing one that was used does."""
    with pytest.raises(TransportError, match="did not close: OSError: stuck"):
        Sample(project_id="p", endpoint="http://host", transport=Stuck()).close()
    with pytest.raises(TransportError, match="did not close: OSError: stuck"):
        asyncio.run(AsyncSample(project_id="p", endpoint="http://host", transport=Stuck()).aclose())


class Mute(Exception):
    """An exception without words."""

    def __str__(self) -> str:
        raise RuntimeError("s3cret")

    __repr__ = __str__


@pytest.mark.parametrize("fault", [Mute(), OSError(Mute()), ExceptionGroup("several", [Mute()])])
def test_an_exception_that_does_not_say_what_is_wrong_is_told_all_the_same(fault: Exception) -> None:
    """By its type."""

    def fail(_: httpx2.Request) -> httpx2.Response:
        raise fault

    found = both(fail, lambda client: client.jobs.list_history("j"))

    assert [type(one) for one in found] == [TransportError] * 2
    assert all(type(fault).__name__ in str(one) and "s3cret" not in str(one) for one in found)


def test_tracing_that_is_being_imported_is_not_there_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another thread may be half through; a span that was begun ends in any case."""
    trace: Any = types.ModuleType("opentelemetry.trace")
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", trace)
    good = httpx2.Response(202)
    with client_over(lambda _: good) as client:
        assert client.jobs.start("j").status == 202
        trace.get_tracer = lambda name: 1 / 0
        assert client.jobs.start("j").status == 202


@pytest.mark.parametrize("sk", ["one\n  two", "one\0two", "one\x1ftwo"])
def test_a_key_of_several_lines_is_refused(sk: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the file; a line that is indented goes on with the one before."""
    file = tmp_path / "credentials"
    file.write_text(f"[basic]\nak = AK\nsk = {sk}\n")
    for name in ("AK", "SK"):
        monkeypatch.delenv(f"HUAWEICLOUD_SDK_{name}", raising=False)
    monkeypatch.setenv("HUAWEICLOUD_SDK_CREDENTIALS_FILE", str(file))

    with pytest.raises(InvalidCallError, match="each key on one line"):
        default_credentials()


@pytest.mark.parametrize("sk", ["one\ntwo", "one\n", "one\r"])
def test_a_key_of_the_environment_is_taken_as_it_is(sk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or not at all: a signature by half a key would be refused, and the key locked after some of them."""
    monkeypatch.setenv("HUAWEICLOUD_SDK_AK", "AK")
    monkeypatch.setenv("HUAWEICLOUD_SDK_SK", sk)

    with pytest.raises(InvalidCallError, match=r"^HUAWEICLOUD_SDK_SK holds a line break") as caught:
        default_credentials()
    assert "one" not in str(caught.value)
