"""The server as others use it: over a real socket."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2
import pytest

from specloom.serve import ServeError, create_app, running, serve
from tests.serve.apis import FAITHFUL, NOT_JSON, make_petstore
from tests.serve.driver import CREDENTIALS

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The base URL of a running pet store."""
    with running([make_petstore()]) as address:
        yield address


def send_bytes(url: str, raw: bytes) -> bytes:
    """Send bytes as they are, and read until the server closes."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port or 0), timeout=10) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    return received


def test_a_client_is_answered(url: str) -> None:
    """Sync, over one connection that is kept."""
    with httpx2.Client(base_url=url, headers=CREDENTIALS) as client:
        shown = client.get("/pets/1")
        started = client.post("/pets/1/start")
        unknown = client.get("/pets/1", headers={"Prefer": "code=401"})

    assert (shown.status_code, shown.json()) == (200, FAITHFUL)
    assert (started.status_code, started.content) == (202, b"")
    assert (unknown.status_code, unknown.text) == (401, NOT_JSON)


def test_an_async_client_is_answered(url: str) -> None:
    """Many at once."""

    async def ask_many() -> list[int]:
        async with httpx2.AsyncClient(base_url=url, headers=CREDENTIALS) as client:
            answers = await asyncio.gather(*(client.get(f"/pets/{number}") for number in range(20)))
        return [answer.status_code for answer in answers]

    assert asyncio.run(ask_many()) == [200] * 20


def test_the_application_runs_in_process_too() -> None:
    """An ASGI transport needs no socket."""

    async def ask() -> object:
        transport = httpx2.ASGITransport(app=create_app([make_petstore()]))
        async with httpx2.AsyncClient(transport=transport, base_url="http://pets") as client:
            return (await client.get("/pets/1", headers=CREDENTIALS)).json()

    assert asyncio.run(ask()) == FAITHFUL


def test_head_and_no_content_leave_the_connection_usable(url: str) -> None:
    """A body where none may be would be read as the next answer."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    statuses = []
    for method, path in (("HEAD", "/pets/1"), ("DELETE", "/pets/1"), ("OPTIONS", "/pets"), ("GET", "/pets")):
        connection.request(method, path, headers=CREDENTIALS)
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)
    connection.close()

    assert statuses == [200, 204, 204, 200]


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /pets/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /pets/\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /pets HTTP/1.1\r\nHost: x\r\nPrefer: \xff\xfe\r\n\r\n",
        b"GET /pets HTTP/1.1\r\nHost: x\r\nX-Big: " + b"x" * 60_000 + b"\r\n\r\n",
        b"GET /pets HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
        b"POST /pets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n\xff\r\n0\r\n\r\n",
        b"GET * HTTP/1.1\r\nHost: x\r\n\r\n",
        b"CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00 hello\r\n\r\n",
    ],
)
def test_hostile_bytes_are_answered_in_http(url: str, raw: bytes) -> None:
    """And the server is there afterwards."""
    assert send_bytes(url, raw).startswith(b"HTTP/1.1 ")
    assert httpx2.get(f"{url}/pets").status_code == 200


def test_endless_headers_end_the_connection_and_no_more(url: str) -> None:
    """The client may see 400 or only the end, as it is still sending; the next one is served."""
    with contextlib.suppress(OSError):
        received = send_bytes(url, b"GET /pets HTTP/1.1\r\nHost: x\r\nX-Big: " + b"x" * 1_000_000)

        assert received.startswith(b"HTTP/1.1 400 ")
    assert httpx2.get(f"{url}/pets").status_code == 200


def test_a_body_that_is_too_long_is_refused_over_the_wire(url: str) -> None:
    """The client, which is still sending, gets to see the answer."""
    answer = httpx2.post(f"{url}/pets", content=b"x" * (11 * 1024 * 1024))

    assert answer.status_code == 413


def test_the_same_request_has_the_same_answer(url: str) -> None:
    """Byte for byte, headers and all: no date, no server name."""
    raw = b"GET /pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    first = send_bytes(url, raw)
    assert first == send_bytes(url, raw)
    assert b"\r\nx-specloom-operation: listPets\r\n" in first


def test_two_servers_run_beside_each_other_and_stop() -> None:
    """On ports of their own; nobody listens when the context is left."""
    with running([make_petstore()]) as one, running([make_petstore()]) as other:
        assert one != other
        assert httpx2.get(f"{one}/pets").content == httpx2.get(f"{other}/pets").content

    with pytest.raises(httpx2.ConnectError):
        httpx2.get(f"{one}/pets")


def test_a_port_that_is_taken_is_told() -> None:
    """Before anything is announced."""
    announced: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(ServeError, match=f"cannot listen on 127.0.0.1 port {port}"):
            serve([make_petstore()], port=port, announce=announced.append)

    assert announced == []


def test_without_uvicorn_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package itself can be imported and used in process without it."""
    monkeypatch.setitem(sys.modules, "uvicorn", None)

    with pytest.raises(ServeError, match=r"pip install 'specloom\[serve\]'"):
        serve([make_petstore()], announce=print)


PROGRAM = """
from specloom.serve import serve
from tests.serve.apis import make_petstore
serve([make_petstore()], announce=lambda url: print(url, flush=True))
print("ended", flush=True)
"""


def test_ctrl_c_is_a_clean_end_and_nothing_was_written() -> None:
    """Exit status 0; of what strangers sent not a word on any stream."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [*sys.path, os.getcwd()]))}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with httpx2.Client(base_url=url) as kept:
            assert kept.get("/pets").status_code == 200
            assert kept.get("/secret-path").status_code == 404
            send_bytes(url, b"nonsense\r\n\r\n")
            send_bytes(url, b"GET /pets HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n")
            process.send_signal(signal.SIGINT)
            rest, errors = process.communicate(timeout=20)

    assert (process.returncode, rest, errors) == (0, "ended\n", "")


def test_importing_the_package_does_not_import_uvicorn() -> None:
    """Only serving over a socket needs it."""
    program = "import sys, specloom.serve; print('uvicorn' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)

    assert done.stdout == "False\n"
