"""Which documented answer is given, and that its payload is what the document shows."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from specloom.model import ArraySchema, StringSchema
from tests.serve.apis import (
    FAITHFUL,
    INFO,
    NOT_JSON,
    make_api,
    make_content,
    make_header,
    make_object,
    make_operation,
    make_petstore,
    make_response,
    schema_info,
)
from tests.serve.driver import CREDENTIALS, ask

if TYPE_CHECKING:
    from specloom.model import Json, MediaType
    from tests.serve.driver import Answer


def ask_statuses(*statuses: str, prefer: str = "") -> Answer:
    """Ask an operation that documents these statuses, the payload of each its name."""
    responses = [make_response(status, make_content((f"of_{status}", status))) for status in statuses]
    return ask(make_api(make_operation("GET /a", *responses)), "GET /a", {"Prefer": prefer})


def ask_contents(*contents: MediaType, accept: str = "") -> Answer:
    """Ask an operation that documents these representations."""
    return ask(make_api(make_operation("GET /a", make_response("200", *contents))), "GET /a", {"Accept": accept})


def test_a_payload_is_what_the_document_shows() -> None:
    """Equal as JSON, keys in their order, strings and numbers as they are written."""
    answer = ask(make_petstore(), "GET /pets/1", CREDENTIALS)

    assert answer.status == 200
    assert answer.json == FAITHFUL
    assert list(answer.json) == ["z", "a", "time", "zone", "address", "text", "words", "whole", "large"]
    assert b'"whole": 1.0,' in answer.body
    assert "Grüße 你好 \u2028 <b>\\t".encode() in answer.body
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["x-specloom-example"] == "faithful"
    assert answer.headers["x-specloom-operation"] == "showPet"


def test_a_raw_example_is_sent_as_the_text_it_is() -> None:
    """Not as a JSON string of it, though its media type says JSON."""
    answer = ask(make_petstore(), "GET /pets/1", {"Prefer": "code=401"})

    assert (answer.status, answer.body) == (401, NOT_JSON.encode())
    assert answer.headers["content-type"] == "application/json"


def test_a_text_that_is_not_raw_is_a_json_string() -> None:
    """The difference to the raw example, under the same media type."""
    assert ask_contents(make_content(("text", "a")), accept="").body == b'"a"'


@pytest.mark.parametrize("line", ["POST /pets/a/start", "DELETE /pets/1"])
def test_a_status_without_content_has_no_body_and_no_type(line: str) -> None:
    """202 without content says length 0, 204 does not even say that."""
    answer = ask(make_petstore(), line)

    assert answer.status == {"POST": 202, "DELETE": 204}[line.split()[0]]
    assert answer.body == b""
    assert "content-type" not in answer.headers
    assert answer.headers.get("content-length") == ("0" if answer.status == 202 else None)


@pytest.mark.parametrize(
    ("statuses", "sent", "shown"),
    [
        (("404", "201", "200"), 200, "200"),
        (("default", "202"), 202, "202"),
        (("404", "2XX", "default"), 200, "2XX"),
        (("404", "default"), 200, "default"),
        (("500", "302"), 302, "302"),
        (("5XX",), 500, "5XX"),
        (("101", "200"), 200, "200"),
    ],
)
def test_the_lowest_success_is_answered(statuses: tuple[str, ...], sent: int, shown: str) -> None:
    """Exact statuses before ranges before `default`; where there is no success, the lowest of the rest."""
    answer = ask_statuses(*statuses)

    assert (answer.status, answer.json) == (sent, shown)
    assert "preference-applied" not in answer.headers


@pytest.mark.parametrize(
    ("prefer", "sent", "shown"),
    [
        ("code=404", 404, "404"),
        ("code=409", 409, "4XX"),
        ("code=503", 503, "default"),
        ("code=201", 201, "default"),
        ("example=of_404", 404, "404"),
        ("code=418, example=of_4XX", 418, "4XX"),
    ],
)
def test_a_preference_chooses_another_answer(prefer: str, sent: int, shown: str) -> None:
    """By status: exact, range, default; by the name of an example: wherever it is."""
    answer = ask_statuses("200", "404", "4XX", "default", prefer=prefer)

    assert (answer.status, answer.json) == (sent, shown)
    assert answer.headers["preference-applied"] == prefer


@pytest.mark.parametrize(
    ("prefer", "told"),
    [
        ("code=500", "documented: 200, 404"),
        ("code=abc", "not a final HTTP status"),
        ("code=100", "not a final HTTP status"),
        ("example=missing", "documented: of_200, of_404"),
        ("code=404, example=of_200", "documented: of_404"),
    ],
)
def test_a_preference_that_cannot_be_had_is_refused(prefer: str, told: str) -> None:
    """A success in its place would make a test pass that should not."""
    answer = ask_statuses("200", "404", prefer=prefer)

    assert answer.status == 400
    assert told in answer.json["detail"]
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("status", ["204", "205", "304"])
def test_a_status_that_may_have_no_body_has_none_though_one_is_documented(status: str) -> None:
    """HTTP decides; the client would take it for the next answer."""
    assert ask_statuses(status).body == b""


def test_the_first_example_is_given_unless_another_is_named() -> None:
    """For an error status, too."""
    assert ask(make_petstore(), "GET /pets/1", {"Prefer": "code=404"}).json == {"code": "P.404"}
    assert ask(make_petstore(), "GET /pets/1", {"Prefer": "code=404, example=no_store"}).json == {"code": "S.404"}
    assert ask(make_petstore(), "GET /pets/1", {**CREDENTIALS, "Prefer": "example=plain"}).json == {"id": 2}


def test_an_operation_that_only_documents_interim_statuses_says_so() -> None:
    """A final answer of our own invention would be a guess."""
    assert ask_statuses("101").status == 501


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/*;q=0.5, application/json;q=0.1", "text/csv; charset=utf-8"),
        ("text/*;q=0.9, text/csv;q=0.1, application/json;q=0.5", "application/json"),
        ("application/json;q=0, */*", "text/csv; charset=utf-8"),
        ("image/png", "application/json"),
    ],
)
def test_the_client_chooses_among_representations(accept: str, expected: str) -> None:
    """By quality, the most exact range first; in doubt the document's first."""
    answer = ask_contents(
        make_content(("j", {"a": 1})), make_content(("c", "a,b"), media_type="text/csv"), accept=accept
    )

    assert answer.headers["content-type"] == expected
    assert answer.body == (b"a,b" if "csv" in expected else b'{\n  "a": 1\n}')


@pytest.mark.parametrize(
    ("media_type", "value", "content_type", "body"),
    [
        ("application/problem+json", {"a": 1}, "application/problem+json", b'{\n  "a": 1\n}'),
        ("application/json; charset=UTF-8", 1, "application/json; charset=UTF-8", b"1"),
        ("application/x-ndjson", [{"a": 1}, 2], "application/x-ndjson", b'{"a":1}\n2\n'),
        ("application/x-www-form-urlencoded", {"a": "b c", "n": 1}, "application/x-www-form-urlencoded", b"a=b+c&n=1"),
        ("application/xml", "<a/>", "application/xml", b"<a/>"),
        ("application/xml", {"a": 1}, "application/json", b'{\n  "a": 1\n}'),
        ("text/plain", 42, "text/plain; charset=utf-8", b"42"),
        ("text/plain;charset=utf-8", "ü", "text/plain;charset=utf-8", "ü".encode()),
        ("*/*", {"a": 1}, "application/json", b'{\n  "a": 1\n}'),
        ("image/*", "x", "text/plain; charset=utf-8", b"x"),
        ("application/json", "\ud800", "application/json", b'"\\ud800"'),
    ],
)
def test_a_value_is_written_under_its_media_type(media_type: str, value: Json, content_type: str, body: bytes) -> None:
    """What has no form under it is sent as JSON and says so."""
    answer = ask_contents(make_content(("one", value), media_type=media_type))

    assert (answer.headers["content-type"], answer.body) == (content_type, body)


@pytest.mark.parametrize(
    ("media_type", "framing", "value", "body"),
    [
        ("application/jsonl", "lines", [{"a": 1}, 2], b'{"a":1}\n2\n'),
        ("application/json-seq", "records", [1, "a"], b'\x1e1\n\x1e"a"\n'),
        ("text/event-stream", "data", [{"a": 1}, 2], b'data: {"a":1}\n\ndata: 2\n\n'),
        ("text/event-stream", "texts", ["a\nb"], b"data: a\ndata: b\n\n"),
        ("text/event-stream", "events", [{"event": "e", "retry": 1, "data": "d"}], b"event: e\nretry: 1\ndata: d\n\n"),
    ],
)
def test_items_are_written_one_after_the_other(media_type: str, framing: str, value: Json, body: bytes) -> None:
    """As clients read them."""
    answer = ask_contents(replace(make_content(("one", value), media_type=media_type), framing=framing))

    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert answer.body == body


def test_a_representation_that_cannot_be_written_gives_way() -> None:
    """XML first in the document, but only a JSON value for it."""
    schema = make_object(a=StringSchema(info=INFO))
    answer = ask_contents(make_content(schema=schema, media_type="application/xml"), make_content(schema=schema))

    assert (answer.headers["content-type"], answer.json) == ("application/json", {"a": "string"})


def test_documented_headers_have_documented_values() -> None:
    """An example where there is one; an id of the exchange that is always the same; nothing invented beside."""
    answer = ask(make_petstore(), "GET /pets/1", CREDENTIALS)

    assert answer.headers["x-total"] == "7"
    assert answer.headers["x-request-id"] == sha256(b"showPet 200").hexdigest()[:32]
    assert "x-undocumented-value" not in answer.headers
    assert answer.headers["content-type"] == "application/json"


def test_a_required_header_is_made_and_a_hostile_one_adds_no_line() -> None:
    """Neither a line break in a value nor one in a name reaches the wire."""
    evil = StringSchema(info=schema_info(examples=("a\r\nX-Evil: 1",)))
    parts = ArraySchema(info=schema_info(examples=(["a", 1],)), items=StringSchema(info=INFO))
    headers = (
        make_header("X-Needed", required=True),
        make_header("X-Parts", parts),
        make_header("X-Odd", evil),
        make_header("X-Bad\r\nX-Evil", evil),
    )
    answer = ask(make_api(make_operation("GET /a", make_response("204", headers=headers))), "GET /a")

    shown = {name: value for name, value in answer.headers.items() if not name.startswith("x-specloom-")}
    assert shown == {"x-needed": "string", "x-parts": "a,1", "x-odd": "a  X-Evil: 1"}


def test_a_hostile_operation_id_is_escaped() -> None:
    """The header that names it stays one line of ASCII."""
    operation = make_operation("GET /a", operation_id="a\r\nX: é")

    assert ask(make_api(operation), "GET /a").headers["x-specloom-operation"] == "a%0D%0AX: %C3%A9"
