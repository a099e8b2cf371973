"""Request bodies."""

from __future__ import annotations

import email
import email.policy
import io
from typing import Any

import pytest

from specloom.runtime import bodies
from specloom.runtime.errors import InvalidCallError
from specloom.runtime.operation import Body, Field
from tests.runtime.sample.models import JobHistory, NewJob


@pytest.mark.parametrize(
    ("value", "content"),
    [
        (NewJob(job_name="ß", owner=None), '{"jobName":"ß","owner":null}'),
        ([NewJob(job_name="a")], '[{"jobName":"a"}]'),
        (
            {"a": NewJob(job_name="a"), "b": [1, 1.5, True, None, "x"]},
            '{"a":{"jobName":"a"},"b":[1,1.5,true,null,"x"]}',
        ),
        ("text", '"text"'),
        (0, "0"),
    ],
)
def test_json_bodies(value: object, content: str) -> None:
    """Models anywhere in the value go by wire names, with the members that were set."""
    assert bodies.encode(Body("application/json"), value) == ("application/json", content.encode())


def test_a_model_with_a_wrong_value_inside_is_not_sent() -> None:
    """Lists can be filled with anything; writing finds it."""
    wrong = JobHistory(jobs=[])
    assert wrong.jobs is not None
    wrong.jobs.append(5)  # type: ignore[arg-type]
    for value, words in ((wrong, "body/jobs/0: Input should be an object; found 5"), ([wrong], "does not fit")):
        with pytest.raises(InvalidCallError, match=words):
            bodies.encode(Body("application/json"), value)


@pytest.mark.parametrize("kind", ["json", "form", "multipart", "text", "bytes"])
def test_a_required_body_is_asked_for(kind: str) -> None:
    """And one that is not required may be missing."""
    with pytest.raises(InvalidCallError, match="body is required"):
        bodies.encode(Body("a/b", kind, required=True), None)
    assert bodies.encode(Body("a/b", kind), None) == ("", None)


def test_forms() -> None:
    """Blanks are %20, lists repeat, objects are JSON, None is left out."""
    value = {"a b": "x y&+", "n": [1, True], "o": {"k": 1}, "none": None}

    assert bodies.encode(Body("application/x-www-form-urlencoded", "form"), value) == (
        "application/x-www-form-urlencoded",
        b"a%20b=x%20y%26%2B&n=1&n=true&o=%7B%22k%22%3A1%7D",
    )
    assert bodies.encode(Body("f", "form"), NewJob(job_name="a"))[1] == b"jobName=a"


def test_multipart_bodies_can_be_read_by_others() -> None:
    """Python's own parser finds each part with its name, type and bytes; the same body has the same bytes."""
    value: dict[str, Any] = {
        "text": "ß",
        "number": 5,
        "object": {"a": 1},
        "file": ('a"b.txt', b"\r\n--content\0", "text/plain"),
        "stream": io.BytesIO(b"stream"),
        "many": [b"1", ("two", b"2")],
        "none": None,
    }
    media_type, content = bodies.encode(Body("multipart/form-data", "multipart"), {**value, "stream": b"stream"})
    again = bodies.encode(Body("multipart/form-data", "multipart"), value)
    assert content is not None
    message = email.message_from_bytes(
        b"Content-Type: " + media_type.encode() + b"\r\n\r\n" + content, policy=email.policy.HTTP
    )

    assert again == (media_type, content)
    assert [
        (part.get_param("name", header="content-disposition"), part.get_content_type(), part.get_payload(decode=True))
        for part in message.iter_parts()
    ] == [
        ("text", "text/plain", "ß".encode()),
        ("number", "text/plain", b"5"),
        ("object", "application/json", b'{"a":1}'),
        ("file", "text/plain", b"\r\n--content\0"),
        ("stream", "application/octet-stream", b"stream"),
        ("many", "application/octet-stream", b"1"),
        ("many", "application/octet-stream", b"2"),
    ]
    assert b'filename="a%22b.txt"' in content


def test_text_and_bytes() -> None:
    """Text is UTF-8; bytes come from memory or a file."""
    assert bodies.encode(Body("text/plain", "text"), "ß") == ("text/plain", b"\xc3\x9f")
    for value in (b"x", bytearray(b"x"), memoryview(b"x"), io.BytesIO(b"x")):
        assert bodies.encode(Body("a/b", "bytes"), value) == ("a/b", b"x")


@pytest.mark.parametrize(
    ("kind", "value"),
    [("text", b"x"), ("bytes", 5), ("bytes", io.StringIO("x")), ("form", [1]), ("multipart", "x"), ("json", {1, "a"})],
)
def test_a_body_of_another_kind_is_refused(kind: str, value: object) -> None:
    """What it takes is said."""
    with pytest.raises(InvalidCallError, match="body"):
        bodies.encode(Body("a/b", kind), value)


def test_a_part_of_another_media_type_is_not_written_as_json() -> None:
    """Its text is what is given."""
    body = Body("multipart/form-data", "multipart", fields={"job": Field(content_type="application/xml")})
    with pytest.raises(InvalidCallError, match="application/xml"):
        bodies.encode(body, {"job": {"id": 1}})

    assert b"application/xml\r\n\r\n<job/>\r\n" in (bodies.encode(body, {"job": "<job/>"})[1] or b"")


def test_an_operation_without_a_body_takes_none() -> None:
    """It would be dropped in silence otherwise."""
    with pytest.raises(InvalidCallError, match="no body"):
        bodies.encode(None, {})
