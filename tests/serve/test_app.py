"""What the server says beside the documents: methods, unknown paths, hostile requests, its index."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from specloom.serve import create_app
from specloom.serve.asgi import LARGEST_BODY, LARGEST_DRAIN
from tests.serve.apis import (
    NUMBER,
    make_api,
    make_content,
    make_named,
    make_operation,
    make_petstore,
    make_reference,
    make_response,
)
from tests.serve.driver import CREDENTIALS, ask, call

if TYPE_CHECKING:
    from specloom.serve.asgi import AsgiApp, Message


def exchange(app: AsgiApp, scope_type: str, *received: str) -> list[str]:
    """The types of the messages that the application sends in answer to some."""
    waiting, sent = list(received), []

    async def receive() -> Message:
        return {"type": waiting.pop(0)}

    async def send(message: Message) -> None:
        sent.append(message["type"])

    async def run() -> None:
        await app({"type": scope_type, "method": "GET", "path": "/", "headers": []}, receive, send)

    asyncio.run(run())
    return sent


def test_head_is_get_without_body() -> None:
    """Same status, same headers, the length of what is left out."""
    shown, asked = (ask(make_petstore(), f"{method} /pets/1", CREDENTIALS) for method in ("GET", "HEAD"))

    assert (asked.status, asked.headers, asked.body) == (200, shown.headers, b"")
    assert int(asked.headers["content-length"]) == len(shown.body) > 0


def test_a_documented_head_is_answered_itself() -> None:
    """Though there is a GET beside it."""
    api = make_api(make_operation("GET /a"), make_operation("HEAD /a", make_response("204")))

    assert ask(api, "HEAD /a").headers["x-specloom-operation"] == "HEAD /a"


def test_another_method_is_405_with_what_there_is() -> None:
    """`Allow` holds the documented methods and those that HTTP adds."""
    answer = ask(make_petstore(), "PATCH /pets/1")

    assert answer.status == 405
    assert answer.headers["allow"] == "DELETE, GET, HEAD, OPTIONS"
    assert answer.json["detail"] == "this path has no such method; it has DELETE, GET, HEAD, OPTIONS"


def test_options_tells_the_methods_unless_it_is_documented() -> None:
    """Of a path, and of the whole server by `*`."""
    documented = make_api(make_operation("OPTIONS /a", make_response("200", make_content(("one", 1)))))

    assert ask(make_petstore(), "OPTIONS /pets").headers == {"allow": "GET, HEAD, OPTIONS, POST"}
    assert ask(make_petstore(), "OPTIONS *").headers == {"allow": "DELETE, GET, HEAD, OPTIONS, POST"}
    assert ask(documented, "OPTIONS /a").json == 1


def test_an_unknown_path_is_told_the_nearest() -> None:
    """As problem JSON, for people and for programs."""
    answer = ask(make_petstore(), "GET /pet/1")

    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["nearest"][0] == "/pets/{petId}"
    assert ask(make_petstore(), "GET /zzz").json["detail"] == ("no operation has this path; GET / lists what there is")


def test_the_root_lists_the_operations() -> None:
    """As text, one operation a line; it is no one's operation."""
    answer = call(create_app([make_petstore(), make_api(make_operation("PUT /x", operation_id="a\nb"))]), "GET /")

    lines = answer.body.decode().splitlines()
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "  GET     /pets/{petId}  showPet - Summary of GET /pets/{petId}" in lines
    assert "  PUT  /x  a b - Summary of PUT /x" in lines
    assert (lines[0], lines[1], len(lines)) == ("Pet store 1.0", "", 13)
    assert "x-specloom-operation" not in answer.headers


def test_a_documented_root_goes_before_the_list() -> None:
    """The documents are what the server is for; where the root has another method only, the list is still there."""
    assert ask(make_api(make_operation("GET /")), "GET /").json == "GET /"
    assert ask(make_api(make_operation("POST /")), "GET /").headers["content-type"].startswith("text/plain")
    assert ask(make_petstore(), "POST /").headers["allow"] == "GET, HEAD, OPTIONS"


def test_several_documents_are_answered_side_by_side() -> None:
    """Each by its own schemas, though two have schemas of one name."""
    shown = make_operation("GET /other", make_response("200", make_content(schema=make_reference("Pet"))))
    other = make_api(shown, schemas=(make_named("Pet", NUMBER),))

    for apis in ([make_petstore(), other], [other, make_petstore()]):
        app = create_app(apis)

        assert call(app, "GET /other").json == 1
        assert call(app, "GET /pets").json[0]["kind"] == "cat"


@pytest.mark.parametrize(
    ("line", "headers"),
    [
        ("GET /pets/%zz", {}),
        ("GET /pets/%ff", {}),
        ("GET /pets/1?%ff=%zz&&=&a", {}),
        ("GET /pets?limit=%ff", {}),
        ("GET ", {}),
        ("GET //", {}),
        ("GET /../../etc/passwd", {}),
        ("GET /" + "x" * 60_000, {}),
        ("GET " + "/x" * 30_000, {}),
        ("BREW /pets", {}),
        ("GET /pets", {"Accept": ";;;,q=,/;q=x"}),
        ("GET /pets", {"Prefer": '"' * 5_000}),
        ("GET /pets", {"Prefer": 'code="\\', "Cookie": ";;==;"}),
        ("GET /pets/1", {"Authorization": "\u00ff"}),
    ],
)
def test_whatever_is_asked_there_is_an_answer(line: str, headers: dict[str, str]) -> None:
    """Of the client's fault or none, never the server's."""
    assert ask(make_petstore(), line, headers).status in (200, 400, 401, 404, 405)


def test_a_bad_path_says_what_is_wrong_with_it() -> None:
    """And does not repeat it."""
    answer = ask(make_petstore(), "GET /pets/%ffsecret")

    assert answer.json["detail"] == "the path cannot be read: the decoded bytes are not UTF-8"
    assert b"secret" not in answer.body


def test_a_fault_of_the_server_is_an_answer() -> None:
    """A number with more digits than Python writes cannot be shown."""
    huge = make_response("200", make_content(("huge", 10**5000)))
    answer = ask(make_api(make_operation("GET /a", huge)), "GET /a")

    assert answer.status == 500
    assert answer.json["detail"] == "this is a fault of the server (ValueError), not of the request"


def test_a_body_may_come_in_pieces_and_not_be_endless() -> None:
    """Exactly the limit is taken; one byte more is not, wherever it goes."""
    app = create_app([make_petstore()])
    half = b'"' + b"x" * (LARGEST_BODY // 2 - 1)

    assert call(app, "POST /pets", body=(half, half[1:] + b'"')).status == 201
    for path in ("/pets", "/nowhere"):
        answer = call(app, f"POST {path}", body=(half, half, b"xx"))

        assert (answer.status, answer.headers["connection"]) == (413, "close")


def test_an_endless_body_is_not_read_for_ever() -> None:
    """It is refused after the drain's bound, while it is still coming."""
    piece, received, sent = b"x" * (4 * 1024 * 1024), [0], []

    async def receive() -> Message:
        received[0] += len(piece)
        assert received[0] <= LARGEST_DRAIN + len(piece)
        return {"type": "http.request", "body": piece, "more_body": True}

    async def send(message: Message) -> None:
        sent.append(message.get("status"))

    async def run() -> None:
        await create_app([make_petstore()])(
            {"type": "http", "method": "POST", "path": "/pets", "headers": []}, receive, send
        )

    asyncio.run(run())

    assert sent == [413, None]


def test_a_proxy_style_request_line_is_understood() -> None:
    """The address before the path is not part of it."""
    assert ask(make_petstore(), "GET http://pets.example/pets").status == 200
    assert ask(make_petstore(), "GET http://pets.example").headers["content-type"].startswith("text/plain")


def test_a_client_that_goes_away_is_not_answered() -> None:
    """There is nobody to answer."""
    assert exchange(create_app([make_petstore()]), "http", "http.disconnect") == []


def test_the_other_talks_of_asgi_are_held() -> None:
    """Start and end are acknowledged, websockets turned away, and what is unknown is an error of the host program."""
    app = create_app([make_petstore()])
    both = ["lifespan.startup", "lifespan.shutdown"]

    assert exchange(app, "lifespan", *both) == [f"{one}.complete" for one in both]
    assert exchange(app, "websocket", "websocket.connect") == ["websocket.close"]
    with pytest.raises(ValueError, match="not an ASGI scope"):
        exchange(app, "telepathy")


def test_a_host_without_raw_path_is_served() -> None:
    """ASGI makes it optional."""
    sent: list[Any] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        scope = {"type": "http", "method": "get", "path": "/a/你 b", "query_string": b"", "headers": []}
        await create_app([make_api(make_operation("GET /a/{x}"))])(scope, receive, send)

    asyncio.run(run())

    assert sent[0]["status"] == 200
