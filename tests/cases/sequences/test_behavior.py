"""Items that come one after the other, and lists that go out so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

LINES = '{"id":1,"text":"one"}\r\n\n{"id":"two"}\n{"id":3'


def test_an_odd_item_loses_no_other(package: ModuleType) -> None:
    """One of another type, and one that ends too early, are what they are; the problems say where."""
    service = Service(LINES, media_type="application/jsonl")
    with service.client(package, "Sequences") as client:
        found = client.lines.read_lines()
        raw = client.with_raw_response(client.lines.read_lines)()
        with pytest.raises(package.DecodeError) as refused:
            client.lines.read_lines(strict=True)

    assert [type(one).__name__ for one in found] == ["Entry", "Entry", "str"]
    assert [one.pointer for one in package.problems_of(found)] == ["/2", "/1/id"]
    assert (found[1].id, found[2]) == ("two", '{"id":3')
    assert raw.text == LINES
    assert raw.parse() == found
    assert refused.value.pointer == "/2"


def test_items_are_sent_one_after_the_other(package: ModuleType) -> None:
    """What is no list, and an item that the document rules out, is refused before anything is sent."""
    models = package.sequences.models
    service = Service()
    with service.client(package, "Sequences") as client:
        client.lines.add_lines([models.Entry(id=1, text="a\nb"), models.Entry(id=2)])
        client.lines.add_lines(iter([models.Entry(id=3)]))
        with pytest.raises(package.InvalidCallError, match="body takes a list of such models, not one Entry"):
            client.lines.add_lines(models.Entry(id=1))
        with pytest.raises(package.InvalidCallError, match="body/1/id: "):
            client.lines.add_lines([{"id": 1}, {"id": "two"}])

    assert [one.content for one in service.requests] == [b'{"id":1,"text":"a\\nb"}\n{"id":2}\n', b'{"id":3}\n']
    assert service.requests[0].headers["Content-Type"] == "application/x-ndjson"


def test_records_begin_with_their_separator(package: ModuleType) -> None:
    """In both directions."""
    service = Service('\x1e{"name":\n"a"}\n\x1e{}\n', media_type="application/geo+json-seq")
    with service.client(package, "Sequences") as client:
        found = client.records.swap_records(body=[1, 2])

    assert [one.to_dict() for one in found] == [{"name": "a"}, {}]
    assert service.requests[0].content == b"\x1e1\n\x1e2\n"


def test_an_event_holds_what_its_data_says(package: ModuleType) -> None:
    """JSON text in the data is its type; what is no event is none."""
    stream = ': hello\n\nid: 7\nevent: added\ndata: {"id":\ndata: 1}\nretry: 100\n\nid: 8\n\ndata: {"id": 2}'
    service = Service(stream, media_type="text/event-stream")
    with service.client(package, "Sequences") as client:
        (event,) = client.events.watch_events()

    assert (event.id, event.event, event.retry, event.data.id) == ("7", "added", 100, 1)
