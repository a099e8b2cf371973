"""What others see of a call while it runs: log lines, spans, and the functions that a client was given to tell.

The logger has the name of the package. One line for each attempt at DEBUG, one for each retry at INFO; of an address
they show host and path, never the query, and of requests and responses neither headers nor bodies. Spans are made where
the program has imported OpenTelemetry: one for each attempt, named and described as its conventions for HTTP clients
have it (<https://opentelemetry.io/docs/specs/semconv/http/http-spans/>). Nothing is added to the request.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .errors import ClientError
from .messages import SECRET_NAMES, Notice, Request

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from .errors import TransportError
    from .messages import Response, Sleep
    from .operation import Operation

    Attempt = Generator[Request | Sleep, Response | None, Response | None]

NAME = (__package__ or "client").removesuffix("._runtime")
"""Name of the logger and of the tracer: that of the package."""

_TRACE = "opentelemetry.trace"
_LINE = re.compile(
    r"""\(b(?P<q>['"])(?P<name>[\w-]++)(?P=q),\sb(?P<p>['"])(?:\\.|(?!(?P=p))[^\\])*+(?P=p)\)""", re.DOTALL
)
"""A header line, as the library logs it; nothing in it is read twice, for a server writes it."""
_SECRET = re.compile("|".join(SECRET_NAMES), re.IGNORECASE)
"""What the names of lines with secrets hold."""
_TALKERS = ("http11", "http2", "proxy", "socks", "connection")
_log = logging.getLogger(NAME)
_is_enabled_for = _log.isEnabledFor


def is_watched(options: Mapping[str, Any]) -> bool:
    """Whether anybody wants to know of attempts.

    Args:
        options: Those of the client.
    """
    return (
        _is_enabled_for(logging.DEBUG) or _TRACE in sys.modules or "on_request" in options or "on_response" in options
    )


def watched(
    options: Mapping[str, Any], operation: Operation[Any], request: Request, steps: Attempt
) -> Generator[Request | Sleep | Notice, Response | None, Response | None]:
    """One attempt, which is told of: each request on the wire to logs and spans, the attempt to the caller's functions.

    The caller's functions see the request as it is without credentials, and the answer that the attempt came to.

    Args:
        options: Those of the client.
        steps: The attempt.
    """
    if (tell := options.get("on_request")) is not None:
        yield Notice(tell, request)
    response = yield from _overheard(operation, request.attempts, steps)
    if response is not None and (tell := options.get("on_response")) is not None:
        yield Notice(tell, request, response)
    return response


def _overheard(operation: Operation[Any], attempt: int, steps: Attempt) -> Attempt:
    """The same steps; requests among them are logged."""
    try:
        step = next(steps)
        while True:
            try:
                answer = (yield from _logged(operation, attempt, step)) if isinstance(step, Request) else (yield step)
            except ClientError as error:
                step = steps.throw(error)
            else:
                step = steps.send(answer)
    except StopIteration as end:
        response: Response | None = end.value
        return response
    finally:
        steps.close()


def _logged(operation: Operation[Any], attempt: int, request: Request) -> Attempt:
    span = _start_span(operation, attempt, request)
    start = time.monotonic()
    came = "cancelled"
    try:
        response = yield request
        came = "nothing" if response is None else str(response.status)
    except ClientError as error:
        came = type(error).__name__
        raise
    finally:
        _log_request(operation, attempt, request, came, time.monotonic() - start)
        if span is not None:
            _end_span(span, came)
    return response


def _log_request(operation: Operation[Any], attempt: int, request: Request, came: str, seconds: float) -> None:
    _log.debug(
        "%s %s %s: %s in %.3f s, attempt %d",
        request.method,
        operation.name,
        _shown_address(operation, request),
        came,
        seconds,
        attempt,
    )


def _shown_address(operation: Operation[Any], request: Request) -> str:
    """Host and path; the path of the document where that of the request holds what no text may show."""
    address = request.url.partition("://")[2].partition("?")[0]
    if any(one.sensitive and one.place == "path" for one in operation.parameters):
        return address.partition("/")[0] + operation.path
    return address


def log_retry(operation: Operation[Any], request: Request, outcome: Response | TransportError, seconds: float) -> None:
    """One line for a retry that follows."""
    if _is_enabled_for(logging.INFO):
        status = getattr(outcome, "status", None)
        came = type(outcome).__name__ if status is None else f"HTTP {status}"
        _log.info("%s: %s, attempt %d follows in %.3f s", operation.name, came, request.attempts + 1, seconds)


def _start_span(operation: Operation[Any], attempt: int, request: Request) -> Any:
    trace: Any = sys.modules.get(_TRACE)
    if getattr(trace, "SpanKind", None) is None or getattr(trace, "get_tracer", None) is None:
        return None  # it is not there, or another thread is importing it just now
    address = urlsplit(request.url)
    attributes: dict[str, Any] = {
        "http.request.method": request.method,
        "server.address": address.hostname,
        "server.port": address.port or (80 if address.scheme == "http" else 443),
        "url.template": operation.path,
    }
    if attempt > 1:
        attributes["http.request.resend_count"] = attempt - 1
    name = f"{request.method} {operation.path}"
    return trace.get_tracer(NAME).start_span(name, kind=trace.SpanKind.CLIENT, attributes=attributes)


def _end_span(span: Any, came: str) -> None:
    if came.isdigit():
        span.set_attribute("http.response.status_code", int(came))
    if not came.isdigit() or int(came) >= 400:
        span.set_attribute("error.type", came)
        trace: Any = sys.modules.get(_TRACE)
        if (codes := getattr(trace, "StatusCode", None)) is not None:
            span.set_status(codes.ERROR)
    span.end()


def mask_log_lines() -> None:
    """Has the loggers of the HTTP library mask secrets: at DEBUG they write the header lines of answers, tokens too."""
    for name in _TALKERS:
        logging.getLogger(f"httpcore2.{name}").addFilter(_hide_secrets)


def _hide_secrets(record: logging.LogRecord) -> bool:
    """A filter that takes secrets out of records, and no record away; a logger takes it once."""
    if isinstance(record.msg, str) and "(b" in record.msg:
        record.msg = _LINE.sub(_masked, record.msg)
    return True


def _masked(line: re.Match[str]) -> str:
    return f"(b'{line['name']}', '***')" if _SECRET.search(line["name"]) else line[0]
