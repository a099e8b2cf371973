"""One call from its arguments to its result, without I/O: a generator that yields requests and receives responses.

The drivers in `client` perform what it yields and throw in what went wrong on the way, so that policy is written and
tested here once, without sockets and without waiting. Header lines go out in this order, and no others:

1. `Host`, `User-Agent`, `Accept` (where a success has content), `Accept-Encoding: gzip, deflate`
2. `Content-Type` and `Content-Length` of a body; `Content-Length: 0` for POST, PUT and PATCH without one
3. header parameters in the order of the operation, then `Cookie`
4. `extra_headers` of the client, then of the call; one that is there already is replaced in its place
5. what the security schemes add, unless `extra_headers` set that line
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from . import bodies, codec, decoding
from .auth import choose
from .client import DEFAULT_TIMEOUT
from .errors import ClientError, InvalidCallError, TransportError
from .messages import Request, Response, Secret
from .operation import ApiKey
from .text import quoted

if TYPE_CHECKING:
    from collections.abc import Generator

    from .auth import Credentials, Scheme
    from .client import Configuration
    from .messages import Sleep
    from .operation import Operation

    Steps = Generator[Request | Sleep, Response | None, Any]

ACCEPT_ENCODING = "gzip, deflate"
_LENGTH_ALWAYS = ("POST", "PUT", "PATCH")
_FRAMING = ("content-length", "transfer-encoding", "connection")


def run(
    client: Configuration,
    operation: Operation[Any],
    values: Mapping[str, object],
    options: Mapping[str, Any],
    body: object,
) -> Steps:
    """One call.

    Raises:
        InvalidCallError: Before anything is sent, for whatever cannot be sent.
        TransportError: No whole answer arrived.
        StatusError: The server answered with a failure.
        DecodeError: A success does not hold what the operation documents.
    """
    try:
        request = prepare(client, operation, values, options, body)
        response = yield from _exchange(request)
        return decoding.read(client, operation, response, _option(client, options, "raise_failures", True))
    except ClientError as error:
        error.operation = operation.name
        raise


def _exchange(request: Request) -> Generator[Request | Sleep, Response | None, Response]:
    """Sends a request until its answer is there. Retries have their place here."""
    response = yield request
    if response is None:
        raise TransportError("the driver gave no response")
    return response


def prepare(
    client: Configuration,
    operation: Operation[Any],
    values: Mapping[str, object],
    options: Mapping[str, Any],
    body: object,
) -> Request:
    """The request of a call, complete and checked.

    Raises:
        InvalidCallError: A value is missing or cannot be sent, or no security alternative can be satisfied.
    """
    schemes = choose(operation.security, client.service.schemes, client.credentials) if operation.security else []
    target = codec.encode(operation, values, client.parameters)
    for name, value in _merged(client, options, "extra_query"):
        target.query.extend(codec.extra_query(name, value))
    content_type, content = bodies.encode(operation.body, body)
    lines = _base_lines(client, operation, content_type, content)
    for name, text in target.headers:
        _put(lines, name, text)
    if target.cookies:
        lines.append(("Cookie", "; ".join(target.cookies)))
    extra = _extra_headers(client, options)
    for name, text in extra.values():
        _put(lines, name, text)
    for scheme, credentials in schemes:
        _apply(scheme, credentials, target, lines, extra)
    query = "?" + "&".join(target.query) if target.query else ""
    timeout = _option(client, options, "timeout", DEFAULT_TIMEOUT)
    return Request(operation.method, client.base + target.path + query, lines, content, timeout)


def _base_lines(
    client: Configuration, operation: Operation[Any], content_type: str, content: bytes | None
) -> list[tuple[str, str]]:
    lines = [("Host", codec.host_of(client.base)), ("User-Agent", client.service.user_agent)]
    if operation.accept:
        lines.append(("Accept", operation.accept))
    lines.append(("Accept-Encoding", ACCEPT_ENCODING))
    if content is not None:
        lines.append(("Content-Type", content_type))
        lines.append(("Content-Length", str(len(content))))
    elif operation.method in _LENGTH_ALWAYS:
        lines.append(("Content-Length", "0"))
    return lines


def _extra_headers(client: Configuration, options: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Lines by lower-case name; those of the call replace those of the client."""
    extra = {}
    for name, value in _merged(client, options, "extra_headers"):
        key = codec.header_name(name).lower()
        if key in _FRAMING:
            raise InvalidCallError(f"extra_headers cannot set {name}: it follows from the body")
        extra[key] = (name, codec.header_value(name, value))
    return extra


def _apply(
    scheme: Scheme,
    credentials: Credentials,
    target: codec.Target,
    lines: list[tuple[str, str]],
    extra: Mapping[str, object],
) -> None:
    """Puts the secret where the scheme wants it; a header that the caller set by `extra_headers` stays."""
    secret = credentials.secret_for(scheme)
    place, name = (scheme.place, scheme.name) if isinstance(scheme, ApiKey) else ("header", "Authorization")
    if place == "query":
        target.query.append(f"{quoted(name)}={quoted(secret)}")
    elif place == "cookie":
        cookie = f"{name}={quoted(secret)}"
        before = next((value for key, value in lines if key == "Cookie"), None)
        _put(lines, "Cookie", cookie if before is None else f"{before}; {cookie}", secret=True)
    elif name.lower() not in extra:
        codec.header_value(name, secret)
        _put(lines, name, secret)


def _put(lines: list[tuple[str, str]], name: str, value: str, *, secret: bool = False) -> None:
    """Replaces the line of that name in its place, or appends it."""
    line = (name, Secret(value) if secret else value)
    wanted = name.lower()
    for index, (key, _) in enumerate(lines):
        if key.lower() == wanted:
            lines[index] = line
            return
    lines.append(line)


def _merged(client: Configuration, options: Mapping[str, Any], option: str) -> list[tuple[str, Any]]:
    """The items of an option that is a mapping: the client's, then the call's."""
    items: list[tuple[str, Any]] = []
    for given in (client.options.get(option), options.get(option)):
        if given is None:
            continue
        if not isinstance(given, Mapping):
            raise InvalidCallError(f"{option}= takes a mapping, not {type(given).__name__}")
        items += given.items()
    return items


def _option(client: Configuration, options: Mapping[str, Any], name: str, default: Any) -> Any:
    return options[name] if name in options else client.options.get(name, default)
