"""What a call tells the log, and OpenTelemetry where it is."""

from __future__ import annotations

import logging
import sys
import time
import types
from typing import Any

import httpx2
import pytest

from specloom.runtime import telemetry
from specloom.runtime.retry import RetryPolicy
from tests.runtime.answering import both

PAGE = httpx2.Response(200, json={"total": 1, "secret": "b0dy"})


def failing_once() -> Any:
    """A handler that answers 503, then well, for each of two clients."""
    answers = iter([httpx2.Response(503), PAGE] * 2)
    return lambda request: next(answers)


def call(client: Any) -> Any:
    """A call whose query and headers hold secrets."""
    return client.jobs.list_history("j", extra_query={"key": "qu3ry"}, extra_headers={"X-Key": "h3ader"})


def test_attempts_and_retries_are_logged_without_secrets(caplog: pytest.LogCaptureFixture) -> None:
    """One line for each attempt at DEBUG, one for each retry at INFO, under the name of the package."""
    with caplog.at_level(logging.DEBUG, telemetry.NAME):
        both(failing_once(), call, retries=RetryPolicy(base=0))
    mine = [record for record in caplog.records if record.name == "specloom.runtime"]
    lines = [record.getMessage().split(" in ")[0] for record in mine]

    assert [record.levelname for record in mine] == ["DEBUG", "INFO", "DEBUG"] * 2
    assert lines[:3] == [
        "GET jobs.list_history host/gw/v1/p1/lf-jobs/j/history: 503",
        "jobs.list_history: HTTP 503, attempt 2 follows",
        "GET jobs.list_history host/gw/v1/p1/lf-jobs/j/history: 200",
    ]
    assert mine[2].getMessage().endswith("attempt 2")
    for secret in ("s3cret", "qu3ry", "h3ader", "b0dy"):
        assert secret not in caplog.text


def test_nothing_is_said_above_debug_while_all_goes_well(caplog: pytest.LogCaptureFixture) -> None:
    """A retry is worth a line at INFO, a call is not; a lost connection is named by its kind."""

    def lose(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadError("s3cret")

    with caplog.at_level(logging.INFO, telemetry.NAME):
        both(lambda request: PAGE, call)
        both(lose, call, retries=RetryPolicy(max_retries=1, base=0))

    assert [record.getMessage() for record in caplog.records if record.name == telemetry.NAME] == [
        "jobs.list_history: TransportError, attempt 2 follows in 0.000 s"
    ] * 2


def test_the_logger_bears_the_name_of_the_package() -> None:
    """Also where the runtime was copied to."""
    assert telemetry.NAME == "specloom.runtime"
    assert "some_package._runtime".removesuffix("._runtime") == "some_package"


class Span:
    """What was set on a span."""

    def __init__(self, name: str, kind: str, attributes: dict[str, Any]) -> None:
        self.said: list[Any] = [name, kind, attributes]
        self.ended = 0

    def set_attribute(self, name: str, value: object) -> None:
        """Keeps it."""
        self.said[2][name] = value

    def set_status(self, status: str) -> None:
        """Keeps it."""
        self.said.append(status)

    def end(self) -> None:
        """Counts."""
        self.ended += 1


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> list[Span]:
    """The spans that were made with a stand-in for OpenTelemetry's interface."""
    made: list[Span] = []

    class Tracer:
        def start_span(self, name: str, kind: str, attributes: dict[str, Any]) -> Span:
            made.append(Span(name, kind, attributes))
            return made[-1]

    trace = types.ModuleType("opentelemetry.trace")
    vars(trace).update(
        get_tracer=lambda name: Tracer(),
        SpanKind=types.SimpleNamespace(CLIENT="client"),
        StatusCode=types.SimpleNamespace(ERROR="error"),
    )
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", trace)
    return made


def test_each_attempt_is_a_span(spans: list[Span]) -> None:
    """Named and described as OpenTelemetry has it for HTTP clients; no secret among it."""
    both(failing_once(), call, retries=RetryPolicy(base=0))
    common = {
        "http.request.method": "GET",
        "server.address": "host",
        "server.port": 80,
        "url.template": "/v1/{project_id}/lf-jobs/{job_id}/history",
    }
    name = "GET /v1/{project_id}/lf-jobs/{job_id}/history"

    assert [span.ended for span in spans] == [1] * 4
    assert spans[0].said == [
        name,
        "client",
        {**common, "http.response.status_code": 503, "error.type": "503"},
        "error",
    ]
    assert spans[1].said == [
        name,
        "client",
        {**common, "http.request.resend_count": 1, "http.response.status_code": 200},
    ]


def test_a_lost_connection_ends_its_span(spans: list[Span]) -> None:
    """With the kind of the error."""

    def lose(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadTimeout("s3cret")

    both(lose, call)

    assert [(span.said[2]["error.type"], span.said[3], span.ended) for span in spans] == [
        ("ReadTimeoutError", "error", 1)
    ] * 2


@pytest.mark.parametrize(
    "value",
    [
        b'(b"token", b"' + b"\\" * 24,
        b'(b"token", b"' + b"\\x" * 40_000,
        b'(b"token", b"' * 8_000,
        b'(b"' + b"key" * 30_000,
        b"(b'token', b\"'" * 8_000,
    ],
    ids=["backslashes", "escapes", "lines", "a long name", "quotes"],
)
def test_hiding_secrets_takes_no_time_that_a_server_chooses(value: bytes) -> None:
    """The time grows with the line alone: in steps of two for each backslash, 24 of them would take seconds."""
    lines = [(b"X-Note", value), (b"X-Auth-Token", b"s3c\"r'et\\")]
    record = logging.LogRecord("x", 10, "f", 1, f"receive_response_headers.complete {lines!r}", (), None)
    begun = time.monotonic()
    telemetry._hide_secrets(record)

    assert time.monotonic() - begun < 1
    assert record.msg.endswith("(b'X-Auth-Token', '***')]")
