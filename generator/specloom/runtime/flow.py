"""One call from its arguments to its result, without I/O: a generator that yields requests and receives responses.

The drivers in `client` perform what it yields and throw in what went wrong on the way, so that policy is written and
tested here once, without sockets and without waiting; `retry` says what is sent again. Header lines go out in this
order, and no others:

1. `Host`, `User-Agent`, `Accept` (where a success has content), `Accept-Encoding: gzip, deflate`
2. `Content-Type` and `Content-Length` of a body; `Content-Length: 0` for POST, PUT and PATCH without one
3. header parameters in the order of the operation, then `Cookie`
4. `extra_headers` of the client, then of the call; one that is there already is replaced in its place
5. what the security schemes add, unless `extra_headers` set that line
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from . import bodies, codec, decoding, pointers, telemetry
from .auth import authentication, put
from .configuration import DEFAULT_TIMEOUT
from .endpoint import operation_address
from .errors import ClientError, DeadlineError, DecodeError, InvalidCallError, StatusError, TransportError, kinds_of
from .messages import Notice, Request, Response, Secret, Sleep
from .secrecy import mask, secrets_of

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from .auth import Authentication
    from .configuration import Configuration
    from .operation import Operation
    from .raw import RawResponse

    Step = Request | Sleep | Notice
    Attempt = Generator[Request | Sleep, Response | None, Response | None]

ACCEPT_ENCODING = "gzip, deflate"
_LENGTH_ALWAYS = ("POST", "PUT", "PATCH")
_FRAMING = ("content-length", "transfer-encoding", "connection")


def run(
    client: Configuration,
    operation: Operation[Any],
    values: Mapping[str, object],
    options: Mapping[str, Any],
    body: object,
    raw: bool = False,
) -> Generator[Step, Response | None, Any]:
    """One call.

    Args:
        raw: Whether a `RawResponse` is wanted in place of what it holds.

    Raises:
        InvalidCallError: Before anything is sent, for whatever cannot be sent.
        TransportError: No whole answer arrived.
        StatusError: The server answered with a failure.
        DecodeError: A success does not hold what the operation documents.
    """
    request = authorised = None
    deadline = _option(client, options, "deadline", None)
    if deadline is not None:
        deadline += time.monotonic()
    try:
        request, authorised = prepare(client, operation, values, options, body)
        request.deadline = deadline
        response = yield from _exchange(client, operation, options, request, authorised)
        if raw:
            return _raw(client, operation, options, request, authorised, response)
        return _read(client, operation, options, response)
    except ClientError as error:
        _describe(error, client, operation, request, authorised)
        if isinstance(error, StatusError) and authorised is not None and authorised.signed_at is not None:
            _compare_clocks(error, authorised.signed_at)
        raise


def _exchange(
    client: Configuration,
    operation: Operation[Any],
    options: Mapping[str, Any],
    request: Request,
    authorised: Authentication,
) -> Generator[Step, Response | None, Response]:
    """Sends a request until its answer is there, or there is no more hope or time: see `retry`."""
    told = telemetry.is_watched(client.options)
    outcome: Response | TransportError | None
    before: Response | None = None
    while True:
        request.attempts += 1
        steps = authorised.attempt(request)
        if request.deadline is not None:
            steps = _within(steps, request.deadline)
        try:
            outcome = yield from telemetry.watched(client.options, operation, request, steps) if told else steps
        except TransportError as error:
            outcome = error
        if isinstance(outcome, Response) and outcome.status < 400:
            return outcome
        if outcome is None:
            raise TransportError("the driver gave no response")
        seconds = _wait(client, operation, options, request, outcome)
        if seconds is None:
            if isinstance(outcome, DeadlineError) and before is not None:
                raise outcome from _told_before(client, operation, request, authorised, before)
            if isinstance(outcome, TransportError):
                raise outcome
            return outcome
        before = outcome if isinstance(outcome, Response) else before
        telemetry.log_retry(operation, request, outcome, seconds)
        yield Sleep(seconds)


def _told_before(
    client: Configuration,
    operation: Operation[Any],
    request: Request,
    authorised: Authentication,
    response: Response,
) -> StatusError:
    """The error of an answer that was followed by another attempt: it says why there was one."""
    error = decoding.status_error(client, operation, response)
    _describe(error, client, operation, request, authorised)
    return error


def _within(steps: Attempt, deadline: float) -> Attempt:
    """The same steps, none of which outlives the deadline, those of an authentication included."""
    try:
        step = next(steps)
        while True:
            if isinstance(step, Request):
                step.deadline = deadline
            elif time.monotonic() + step.seconds > deadline:
                step = steps.throw(DeadlineError("the deadline of the call leaves no time to wait", maybe_sent=False))
                continue
            try:
                answer = yield step
            except ClientError as error:
                step = steps.throw(error)
            else:
                step = steps.send(answer)
    except StopIteration as end:
        response: Response | None = end.value
        return response
    finally:
        steps.close()


def _wait(
    client: Configuration,
    operation: Operation[Any],
    options: Mapping[str, Any],
    request: Request,
    outcome: Response | TransportError,
) -> float | None:
    """Seconds before the next attempt; `None` where there is none, or no time for one."""
    from . import retry

    seconds = retry.plan_retry(
        retry.policy_of(_option(client, options, "retries", None)),
        outcome,
        repeatable=retry.is_repeatable(operation),
        retries=request.attempts - 1,
        random=retry.draw,
    )
    if seconds is None or request.deadline is None:
        return seconds
    return seconds if time.monotonic() + seconds < request.deadline else None


def _read(client: Configuration, operation: Operation[Any], options: Mapping[str, Any], response: Response) -> Any:
    raise_failures = _switch(client, options, "raise_failures", True)
    return decoding.read(client, operation, response, raise_failures, _switch(client, options, "strict", False))


def _raw(
    client: Configuration,
    operation: Operation[Any],
    options: Mapping[str, Any],
    request: Request,
    authorised: Authentication,
    response: Response,
) -> RawResponse[Any]:
    """The answer of a call for who wants it undecoded; a status that is a failure is raised all the same."""
    from .raw import RawResponse

    if decoding.success_for(operation, response.status) is None:
        raise decoding.status_error(client, operation, response)

    def parse() -> Any:
        try:
            return _read(client, operation, options, response)
        except ClientError as error:
            _describe(error, client, operation, request, authorised)
            raise

    request_id = decoding.request_id_of(client, response, pointers.parsed(response.content))
    return RawResponse(response, parse, request_id=request_id, attempts=request.attempts)


def _describe(
    error: ClientError,
    client: Configuration,
    operation: Operation[Any],
    request: Request | None,
    authorised: Authentication | None,
) -> None:
    """Adds to an error what only the call knows, and takes out what the server has repeated of its credentials."""
    if authorised is not None and authorised.sent is not None and isinstance(error, (StatusError, DecodeError)):
        mask(error, secrets_of(authorised.sent))
    error.operation = operation.name
    error.attempts = 0 if request is None else request.attempts
    if isinstance(error, StatusError) and error.code is not None:
        told = tuple(kind for kind, codes in client.service.kinds.items() if error.code in codes)
        error.kinds = kinds_of(error.inner_status or error.status, told)


def _compare_clocks(error: StatusError, signed_at: float) -> None:
    """Adds to the refusal of a signature how far its time is from the server's, for one of another time is refused."""
    from .retry import server_time

    now = server_time(error.headers) if error.status in (401, 403) else None
    if now is not None:
        error.clock_skew = round(signed_at - now)


def prepare(
    client: Configuration,
    operation: Operation[Any],
    values: Mapping[str, object],
    options: Mapping[str, Any],
    body: object,
) -> tuple[Request, Authentication]:
    """The request of a call, complete and checked but for what its authentication adds to each attempt.

    Raises:
        InvalidCallError: A value is missing or cannot be sent, or no security alternative can be satisfied.
    """
    extra = _extra_headers(client, options)
    authorised = authentication(client, operation, extra)
    check = _switch(client, options, "check", True)
    target = codec.encode(operation, values, client.parameters, check)
    for name, value in _merged(client, options, "extra_query"):
        target.query.extend(codec.extra_query(name, value))
    content_type, content = bodies.encode(operation.body, body, check)
    base = operation_address(client, operation)
    lines = _base_lines(client, operation, base, content_type, content)
    for name, text in target.headers:
        put(lines, name, text)
    if target.cookies:
        cookies = "; ".join(target.cookies)
        lines.append(("Cookie", Secret(cookies) if target.sensitive else cookies))
    for name, text in extra.values():
        put(lines, name, text)
    query = ("&" if "?" in target.path else "?") + "&".join(target.query) if target.query else ""
    timeout = _option(client, options, "timeout", DEFAULT_TIMEOUT)
    url = base + target.path + query
    shown = Secret(url) if target.sensitive else url
    return Request(operation.method, shown, lines, content, timeout), authorised


def _base_lines(
    client: Configuration, operation: Operation[Any], base: str, content_type: str, content: bytes | None
) -> list[tuple[str, str]]:
    lines = [("Host", codec.host_of(base)), ("User-Agent", client.service.user_agent)]
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
    extra: dict[str, tuple[str, str]] = {}
    for name, value in _merged(client, options, "extra_headers"):
        key = codec.header_name(name).lower()
        if key in _FRAMING:
            raise InvalidCallError(f"extra_headers cannot set {name}: it follows from the body")
        extra[key] = (name, codec.header_value(name, value))
    return extra


def _merged(client: Configuration, options: Mapping[str, Any], option: str) -> list[tuple[str, Any]]:
    """The items of an option that is a mapping: the client's, then the call's."""
    items: list[tuple[str, Any]] = []
    for given in (client.options.get(option), options.get(option)):
        if given is not None:
            items += given.items()
    return items


def _option(client: Configuration, options: Mapping[str, Any], name: str, default: Any) -> Any:
    return options[name] if name in options else client.options.get(name, default)


def _switch(client: Configuration, options: Mapping[str, Any], name: str, default: bool) -> bool:
    """An option that is true or false; the default where it is `None`."""
    value: bool | None = _option(client, options, name, default)
    return default if value is None else value
