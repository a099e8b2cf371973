"""Contents that hold item after item: how they are cut, and what comes of the items."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from specloom.runtime.auth import TokenCredentials
from specloom.runtime.errors import InvalidCallError, TransportError
from specloom.runtime.models import Model
from specloom.runtime.operation import Body, Operation, Response
from specloom.runtime.problems import problems_of
from specloom.runtime.sequences import framed, framing_of, joined
from tests.runtime.answering import Answers, both
from tests.runtime.sample.client import Sample

if TYPE_CHECKING:
    from collections.abc import Iterator


class Entry(Model):
    """An item."""

    id: int


READ = Operation[Any](
    id="o", name="o", method="GET", path="/", responses={"200": Response("lines", lambda: list[Entry])}
)


@pytest.mark.parametrize(
    ("framing", "content", "items"),
    [
        ("lines", b"", []),
        ("lines", b"1\n2", [1, 2]),
        ("lines", b"1\r\n \n\t2\n", [1, 2]),
        ("lines", '"\u2028"\n"\u0085"'.encode(), ["\u2028", "\u0085"]),
        ("lines", b"1,2\n1],[2\n", ["1,2", "1],[2"]),
        ("lines", b'{"a":\n1}\n', ['{"a":', "1}"]),
        ("lines", b'"\xff"\n', ["\ufffd"]),
        ("records", b"\x1e1\n\x1e\x1e[\n2]\n", [1, [2]]),
        ("records", b"1\n\x1e2", [1, 2]),
        ("data", b"data: 1\n\ndata:2\r\rdata: [DONE]\r\n\r\n", [1, 2]),
        ("data", b"data: [DONE]\n\ndata: 1\n\n", ["[DONE]", 1]),
        ("data", b"data: 1\n\ndata: 2\n", [1]),
        ("texts", b"data: a\ndata\ndata:  b\n\n", ["a\n\n b"]),
        ("texts", b"data\n\ndata: \n\n:data: x\n\n", []),
        ("texts", "data: \u2028é\n\n".encode(), ["\u2028é"]),
        ("json_events", b'data: {"n": 1}\nid: 7\n\ndata: x\n\n', [{"data": {"n": 1}, "id": "7"}, {"data": "x"}]),
        ("json_events", b"data: 1.0\n\ndata: [DONE]\n\n", [{"data": 1.0}]),
        ("events", b"id: a\0b\nretry: x\nother: 1\ndata: d\n\n", [{"data": "d"}]),
        ("events", b"id\nevent:e\ndata: d\n\ndata: f\n\n", [{"id": "", "event": "e", "data": "d"}, {"data": "f"}]),
    ],
)
def test_where_an_item_ends(framing: str, content: bytes, items: list[Any]) -> None:
    """By the rules of each: JSON lines, RFC 7464, and the HTML standard."""
    array, _ = joined(framing, content)

    assert json.loads(array.decode("utf-8", "replace")) == items


def test_what_is_no_json_is_told() -> None:
    """By its place among the items."""
    _, odd = joined("lines", b"1\n[2\n3\nx\n")

    assert [(one.pointer, one.value) for one in odd] == [("/1", "[2"), ("/3", "x")]


@pytest.mark.parametrize("name", ["application/jsonl", "application/json-seq", "application/x+json-seq"])
def test_what_is_framed_is_read_again(name: str) -> None:
    """A list goes out as it would come in."""
    framing = framing_of(name)

    assert joined(framing, framed(framing, [b"1", b'{"a":"\\n"}'])) == (b'[1,{"a":"\\n"}]', ())


def test_items_are_decompressed_and_a_mark_is_passed_over() -> None:
    """As any other content."""
    content = gzip.compress(b'\xef\xbb\xbf{"id":1}\n{"id":2}\n')
    answers = Answers(httpx2.Response(200, headers={"Content-Encoding": "gzip"}, content=content))

    for found in both(answers, lambda client: client.jobs._call(READ, {}, {})):
        assert [one.id for one in found] == [1, 2]
        assert problems_of(found) == ()


@pytest.mark.parametrize("value", [{"id": 1}, "text", b"bytes", 7, Entry(id=1)])
def test_what_is_no_list_is_not_sent(value: object) -> None:
    """It would go out as something else than was meant."""
    operation = Operation[Any](id="o", name="o", method="POST", path="/", body=Body("application/jsonl", "lines"))
    for outcome in both(Answers(httpx2.Response(204)), lambda client: client.jobs._call(operation, {}, {}, value)):
        assert isinstance(outcome, InvalidCallError)
        assert outcome.message.startswith("body takes a list")


@pytest.fixture
def address() -> Iterator[tuple[str, list[bytes]]]:
    """A socket that sends what is put into a list, piece by piece, to each who connects."""
    pieces: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.recv(65536)
            for piece in pieces:
                connection.sendall(piece)

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", pieces
    thread.join()
    listener.close()


def read_over(url: str) -> Any:
    """What the operation reads from there."""
    with Sample(project_id="p1", endpoint=url, credentials=TokenCredentials("t"), retries=0) as client:
        return client.jobs._call(READ, {}, {})


HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def test_chunks_end_where_they_like(address: tuple[str, list[bytes]]) -> None:
    """Not where items do, nor characters."""
    url, pieces = address
    content = b'{"id":1}\n{"id":2,"name":"\xc3\xa9"}\n'
    pieces += [HEAD, *(b"1\r\n%c\r\n" % byte for byte in content), b"0\r\n\r\n"]

    found = read_over(url)

    assert [one.to_dict() for one in found] == [{"id": 1}, {"id": 2, "name": "é"}]


def test_a_stream_that_breaks_is_no_answer(address: tuple[str, list[bytes]]) -> None:
    """Whole items before the break are not taken for all of them."""
    url, pieces = address
    pieces += [HEAD, b'9\r\n{"id":1}\n\r\n']

    with pytest.raises(TransportError):
        read_over(url)
