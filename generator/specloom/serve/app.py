"""The server: every operation of some documents, answered with what the documents show."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from specloom.serve.answers import choose_answer, find_response, write_answer
from specloom.serve.asgi import LARGEST_BODY, Reply, encode_header, receive_request, send_reply
from specloom.serve.checking import check_request
from specloom.serve.credentials import challenges, missing_credentials
from specloom.serve.prefer import Preference, parse_prefer
from specloom.serve.problems import problem
from specloom.serve.routing import BadPathError, Router

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.model import Api, Schema
    from specloom.serve.asgi import AsgiApp, Receive, Request, Scope, Send
    from specloom.serve.routing import Match


# Punctuation that stands for itself where an operation's id is sent in a header; all but the percent sign.
_PLAIN = " !#$&'()*+,-./:;<=>?@[]^_`{|}~"


def create_app(apis: Sequence[Api]) -> AsgiApp:
    """Make a bare ASGI application that answers every operation of the documents with its documented examples.

    Raises:
        ServeError: Two operations would answer the same requests.
    """
    server = _Server(apis)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http":
                request = await receive_request(scope, receive)
                if request is not None:
                    await send_reply(send, server.reply(request), head=request.method == "HEAD")
            case "lifespan":
                await _live(receive, send)
            case "websocket":
                await receive()
                await send({"type": "websocket.close", "code": 1000})
            case _:
                raise ValueError("not an ASGI scope that this server knows")

    return app


class _Server:
    """From a request to a reply, without sockets; holds nothing that changes."""

    def __init__(self, apis: Sequence[Api]) -> None:
        self._router = Router(apis)
        self._schemas: dict[int, dict[str, Schema]] = {
            id(api): {named.name: named.schema for named in api.schemas} for api in apis
        }
        self._index = _write_index(apis)

    def reply(self, request: Request) -> Reply:
        """Answer a request; a fault of our own is an answer, too."""
        try:
            return self._route(request)
        except BadPathError as error:
            return problem(400, f"the path cannot be read: {error}")
        except Exception as error:  # whatever a document or a stranger brings about, there is an answer
            return problem(500, f"this is a fault of the server ({type(error).__name__}), not of the request")

    def _route(self, request: Request) -> Reply:
        if request.body is None:
            refusal = problem(413, f"the body is longer than {LARGEST_BODY} bytes")
            return refusal.with_headers(("connection", "close"))
        matches = self._router.find(request.path) if request.path != "*" else ()
        for method in (request.method, "GET") if request.method == "HEAD" else (request.method,):
            for match in matches:
                if match.route.operation.method == method:
                    return self._answer(match, request)
        if request.path == "/" and request.method in ("GET", "HEAD"):
            return self._index
        return self._answer_unrouted(matches, request)

    def _answer_unrouted(self, matches: tuple[Match, ...], request: Request) -> Reply:
        """What HTTP itself has to say: OPTIONS, 405, 404."""
        if not matches and request.path not in ("*", "/"):
            nearest = self._router.nearest(request.path)
            hint = f"nearest: {', '.join(nearest)}" if nearest else "GET / lists what there is"
            return problem(404, f"no operation has this path; {hint}", nearest=list(nearest))
        known = [match.route.operation for match in matches]
        if request.path == "*":
            known = [route.operation for route in self._router.routes]
        methods = {operation.method for operation in known} | ({"GET"} if request.path == "/" else set())
        allowed = sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set()))
        allow = ("allow", ", ".join(allowed))
        if request.method == "OPTIONS":
            return Reply(status=204, headers=(allow,))
        return problem(405, f"this path has no such method; it has {allow[1]}").with_headers(allow)

    def _answer(self, match: Match, request: Request) -> Reply:
        operation, schemas = match.route.operation, self._schemas[id(match.route.api)]
        named = ("x-specloom-operation", quote(operation.id, safe=_PLAIN))
        preference = parse_prefer(request.headers.get("prefer", ""))
        # Whoever asks for a status gets it; whether the request would have been refused is then not the question.
        if not preference.code:
            refusal = _refuse_anonymous(match, request, schemas) or _refuse_malformed(match, request, schemas)
            if refusal is not None:
                return refusal.with_headers(named)
        choice = choose_answer(operation, preference, request.headers.get("accept", ""))
        if isinstance(choice, str):
            return problem(400 if preference else 501, choice).with_headers(named)
        applied = [("preference-applied", preference.applied)] if preference else []
        return write_answer(operation, choice, schemas).with_headers(named, *applied)


def _refuse_anonymous(match: Match, request: Request, schemas: dict[str, Schema]) -> Reply | None:
    """401 for a request without credentials: the operation's own example of it, if it has one."""
    api, operation = match.route.api, match.route.operation
    missing = missing_credentials(api, operation, request)
    if not missing:
        return None
    reason = f"missing credentials: {missing}"
    choice = choose_answer(operation, Preference(code="401"), request.headers.get("accept", ""))
    if find_response(operation, "401") is None or isinstance(choice, str) or choice.example is None:
        reply = problem(401, reason)
    else:
        reply = write_answer(operation, choice, schemas)
    return reply.with_headers(("x-specloom-reason", reason), *challenges(api, operation))


def _refuse_malformed(match: Match, request: Request, schemas: dict[str, Schema]) -> Reply | None:
    complaints = check_request(match, request, schemas)
    if not complaints:
        return None
    first = complaints[0]
    told = [{"parameter": one.parameter, "in": one.place, "detail": one.detail} for one in complaints]
    detail = "; ".join(f"{one.place} {one.parameter}: {one.detail}" for one in complaints)
    return problem(first.status, detail, parameter=first.parameter, errors=[dict(one) for one in told])


def _write_index(apis: Sequence[Api]) -> Reply:
    """A page for people: every operation on a line."""
    lines: list[str] = []
    for api in apis:
        lines += [f"{api.title} {api.version}".strip(), ""]
        width = max((len(operation.method) for operation in api.operations), default=0)
        for operation in api.operations:
            summary = f" - {operation.documentation.summary}" if operation.documentation.summary else ""
            lines.append(f"  {operation.method:<{width}}  {operation.path}  {operation.id}{summary}")
        lines.append("")
    lines.append("Prefer: code=404 and Prefer: example=NAME choose another documented answer.")
    body = b"".join(encode_line(line) for line in lines)
    return Reply(status=200, headers=(("content-type", "text/plain; charset=utf-8"),), body=body)


def encode_line(line: str) -> bytes:
    """A line of text whatever a document's text holds: no control characters, spaces at the start kept."""
    indent = line[: len(line) - len(line.lstrip(" "))]
    return indent.encode("ascii") + encode_header(line) + b"\n"


async def _live(receive: Receive, send: Send) -> None:
    """Nothing is to be done at start and end; say so."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
