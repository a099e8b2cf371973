"""Items of documents that have no word for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

CHAT = 'data: {"delta":"Hel"}\n\ndata: {"delta":"lo"}\n\ndata: [DONE]\n\n'


def test_the_data_of_an_event_is_the_item(package: ModuleType) -> None:
    """The mark that many services end with is no item where items are JSON, and a text as any other elsewhere."""
    service = Service(CHAT, media_type="text/event-stream")
    with service.client(package, "OlderSequences") as client:
        chunks = client.chat.read_chat(strict=True)
        texts = client.log.read_log(strict=True)

    assert [one.delta for one in chunks] == ["Hel", "lo"]
    assert texts == ['{"delta":"Hel"}', '{"delta":"lo"}', "[DONE]"]


def test_data_of_an_event_are_what_they_are_documented_as(package: ModuleType) -> None:
    """An event whose data is documented as an object has the object; what is no JSON stays, and is told."""
    answer = 'event: e\ndata: {"delta":"Hel"}\nid: 7\n\ndata: oops\n\ndata: [DONE]\n\n'
    service = Service(answer, media_type="text/event-stream")
    with service.client(package, "OlderSequences") as client:
        first, second = client.updates.read_updates()

    assert (first.event, first.data.delta, first.id) == ("e", "Hel", "7")
    assert second.data == "oops"
    assert [one.pointer for one in second.problems] == ["/data"]


def test_a_text_is_left_as_it_is(package: ModuleType) -> None:
    """And a list of all items is the list of them."""
    service = Service('{"delta":"a"}\n{"delta":"b"}\n', media_type="application/x-ndjson")
    with service.client(package, "OlderSequences") as client:
        raw = client.raw.read_raw()
        found = client.export.export_all(strict=True)

    assert raw == '{"delta":"a"}\n{"delta":"b"}\n'
    assert [one.delta for one in found] == ["a", "b"]


def test_another_representation_is_asked_for_by_its_name(package: ModuleType) -> None:
    """The answer comes as it is."""
    service = Service(CHAT, media_type="text/event-stream")
    with service.client(package, "OlderSequences") as client:
        raw = client.with_raw_response(client.either.read_either)(extra_headers={"Accept": "text/event-stream"})

    assert [one.headers.get_list("Accept") for one in service.requests] == [["text/event-stream"]]
    assert raw.text == CHAT
    assert json.loads(raw.text.split("\n")[0].removeprefix("data: ")) == {"delta": "Hel"}
