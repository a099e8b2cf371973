"""The view of the emitted tests of what every client does -> outline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.guard.outline import Call, Called, Class, Function, Imports, Item, Line, Said, With, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.python.contract_views import ClientTestsView

_CALL, _ANSWERS = "call: Any", "answers: Answers"


def client_tests(view: ClientTestsView) -> Iterator[Item]:
    """The tests of what every client does."""
    yield Said()
    yield Imports(("from __future__ import annotations", *view.imports))
    yield Line(f"OPERATION = {view.operation}")
    yield Line(f"STATUSES: list[tuple[int, type[StatusError], list[str]]] = [{', '.join(view.statuses)}]")
    yield Line(f"KINDS = {view.kinds}")
    yield Line(f"FAULTS: list[tuple[Exception, type[TransportError], bool, str]] = [{', '.join(view.faults)}]")
    yield Line(f"REFUSED = [{', '.join(view.refused)}]")
    yield _answers()
    yield from _callers(view)
    yield Line('BOTH = pytest.mark.parametrize("call", [called, awaited])')
    yield from _tests(view)


def _answers() -> Class:
    answer = frozenset({"Exception", "httpx2"})
    return Class(
        "Answers",
        "",
        (
            Said(),
            Written(
                name="__init__",
                parameters=("self", "*answers: Any"),
                returns="None",
                reaches=frozenset({"answers", "httpx2"}),
            ),
            Written(
                name="transport",
                parameters=("self",),
                returns="httpx2.MockTransport",
                reaches=frozenset({"httpx2"}),
                decorators=("property",),
            ),
            Written(
                name="_answer",
                parameters=("self", "request: httpx2.Request"),
                returns="httpx2.Response",
                reaches=answer,
            ),
        ),
    )


def _callers(view: ClientTestsView) -> Iterator[Item]:
    """The functions that hold what a document says."""
    made = ('endpoint="https://service.example"', *view.construction, "transport=answers.transport", "retries=0")
    yield Function(
        name="given",
        parameters=(_ANSWERS, "options: dict[str, Any]"),
        returns="dict[str, Any]",
        body=(Said(), Line(f"made: dict[str, Any] = dict({', '.join(made)})"), Line("return made | options")),
    )
    client, async_client = f"client: {view.client}", f"client: {view.async_client}"
    yield Function(name="send", parameters=(client,), returns="Any", body=(Said(), Line(view.returned)))
    yield Function(
        name="send_async", parameters=(async_client,), returns="Any", body=(Said(), Line(view.awaited)), is_async=True
    )
    method = Line(f"method = client.with_raw_response({view.method})")
    yield Function(name="send_raw", parameters=(client,), returns="Any", body=(Said(), method, Line(view.raw)))
    taken = (_ANSWERS, "**options: Any")
    made_by = Call(view.client, ("**given(answers, options)",))
    body = With(((made_by, "client"),), (Called(Call("send", ("client",))),))
    yield Function(name="called", parameters=taken, returns="None", body=(Said(), body))
    made_by = Call(view.async_client, ("**given(answers, options)",))
    waited = With(((made_by, "client"),), (Line("await send_async(client)"),), is_async=True)
    inner = Function(name="call", parameters=(), returns="None", body=(waited,), is_async=True)
    run = Line("asyncio.run(call())")
    yield Function(name="awaited", parameters=taken, returns="None", body=(Said(), inner, run))


def _tests(view: ClientTestsView) -> Iterator[Item]:
    yield from _of_failures()
    yield from _of_options()
    yield from _of_addresses()
    yield from _of_clients(view)


_FAILING = frozenset({"Answers", "BadRequestError", "pytest"})


def _of_failures() -> Iterator[Item]:
    yield _both(
        "test_statuses",
        ("status: int", "error: Any", "kinds: list[str]"),
        frozenset({"Answers", "KINDS", "OPERATION", "copy", "getattr", "pytest"}),
        'pytest.mark.parametrize(("status", "error", "kinds"), STATUSES)',
    )
    yield _both("test_long_answers", (), _FAILING | {"OPERATION"})
    yield _both(
        "test_faults",
        ("fault: Exception", "error: Any", "maybe_sent: bool", "said: str"),
        frozenset({"Answers", "OPERATION", "pytest"}),
        'pytest.mark.parametrize(("fault", "error", "maybe_sent", "said"), FAULTS)',
    )
    yield _both(
        "test_retries",
        ("first: Any",),
        _FAILING | {"ClientError", "RetryPolicy"},
        'pytest.mark.parametrize("first", [(429, {"Retry-After": "0"}, b""), httpx2.ConnectError("gone")])',
    )
    yield _both("test_deadline", (), frozenset({"Answers", "OPERATION", "RateLimitError", "pytest"}))
    yield _both("test_deadline_that_is_over", (), frozenset({"Answers", "DeadlineError", "pytest"}))


def _of_options() -> Iterator[Item]:
    yield _both("test_options", (), _FAILING)
    yield _both("test_hooks", (), _FAILING | {"Any"})
    yield _both(
        "test_options_that_are_refused",
        ("option: str", "value: Any"),
        frozenset({"Answers", "InvalidCallError", "pytest", "str"}),
        _OPTIONS,
    )
    yield _alone(
        "test_hooks_that_would_be_awaited", frozenset({"Answers", "InvalidCallError", "called", "pytest", "send_async"})
    )
    yield _both(
        "test_lines_that_are_refused",
        ("name: str",),
        frozenset({"Answers", "InvalidCallError", "pytest"}),
        'pytest.mark.parametrize("name", ["Content-Length", "Transfer-Encoding", "Connection", "a name", ""])',
    )
    yield _both(
        "test_compressed_answers",
        ("coding: str", "compress: Any"),
        _FAILING,
        'pytest.mark.parametrize(("coding", "compress"), [("gzip", gzip.compress), ("deflate", zlib.compress)])',
    )


def _of_addresses() -> Iterator[Item]:
    yield _both(
        "test_endpoints_that_are_refused",
        ("endpoint: str",),
        frozenset({"Answers", "InvalidCallError", "pytest"}),
        'pytest.mark.parametrize("endpoint", REFUSED)',
    )
    yield _both("test_endpoints", ("endpoint: str", "host: str", "port: int | None"), _FAILING, _PORTS)


def _of_clients(view: ClientTestsView) -> Iterator[Item]:
    own = frozenset({"Answers", "given", "pytest", "send", view.client})
    raw = frozenset({"Answers", "NotFoundError", "given", "pytest", "send_raw", view.client})
    yield _alone("test_raw_answers", raw | ({"DecodeError", "OPERATION"} if view.json else set()))
    if view.json:
        yield _both(
            "test_answers_without_json",
            ("content: bytes",),
            frozenset({"Answers", "DecodeError", "pytest"}),
            r'pytest.mark.parametrize("content", [b"", b" \n", b"\xef\xbb\xbf"])',
        )
    yield _alone("test_clients_with_other_options", own | {"BadRequestError", "repr"})
    yield _alone("test_closed_clients", own | {"InvalidCallError", "OPERATION"})


_OPTIONS = """pytest.mark.parametrize(
    ("option", "value"),
    [
        ("transport", object()),
        ("credentials", object()),
        ("timeout", 0),
        ("deadline", -1),
        ("retries", -1),
        ("strict", "yes"),
        ("extra_headers", ["own"]),
        ("on_request", "no function"),
    ],
)"""

_PORTS = """pytest.mark.parametrize(
    ("endpoint", "host", "port"),
    [
        ("https://service.example:8443/base/", "service.example:8443", 8443),
        ("https://service.example:443/base", "service.example", None),
        ("http://service.example:80/base", "service.example", None),
        ("http://127.0.0.1:443/base", "127.0.0.1:443", 443),
    ],
)"""


def _alone(name: str, reaches: frozenset[str]) -> Written:
    return Written(name=name, parameters=(), returns="None", reaches=reaches)


def _both(name: str, parameters: tuple[str, ...], reaches: frozenset[str], *decorators: str) -> Written:
    """A test that runs with a client of each kind."""
    return Written(
        name=name, parameters=(_CALL, *parameters), returns="None", reaches=reaches, decorators=("BOTH", *decorators)
    )
