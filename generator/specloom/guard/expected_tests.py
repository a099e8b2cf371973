"""Views of emitted tests -> outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.guard.outline import Call, Called, Class, Docstring, Function, Imports, Item, Line, Said, With, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.python.contract_views import ContractView, PackageTestsView
    from specloom.python.views import TestsView, TestView


def tests(view: TestsView) -> Iterator[Item]:
    """The tests of one resource."""
    yield Docstring(view.docstring)
    yield Imports(view.imports)
    yield from map(Line, view.marks)
    for request in view.requests:
        body = (Docstring(request.docstring), Called(Call("exchange.check", request.parts)))
        yield Function(name=request.name, parameters=("exchange: Exchange",), returns="None", body=body)
    for check in view.checks:
        lines: tuple[Item, ...] = (Docstring(check.docstring), *map(Line, check.lines))
        yield Function(name=check.name, parameters=check.parameters, returns="None", body=lines)
    for test in view.tests:
        yield _test(test)
        if test.awaited:
            yield _async_test(test)


def _begun(view: TestView) -> tuple[Item, ...]:
    return Docstring(view.docstring), Line(f"payload = {view.payload}"), Line(f"exchange = {view.exchange}")


def _ended(view: TestView) -> tuple[Item, ...]:
    held = "caught.value" if view.raising else "result"
    check = (Line(f"{view.check}({held}, payload)"),) if view.check else ()
    return Line(f"{view.request}(exchange)"), *check


def _made(view: TestView, name: str) -> Call:
    retries = ("retries=0",) if view.raising else ()
    return Call(name, (*view.construction, "transport=exchange.transport", *retries))


def _test(view: TestView) -> Function:
    held = (_made(view, view.client), "client")
    caught = ((Call("pytest.raises", (view.raises,)), "caught"),) if view.raising else ()
    line = Line(view.call if view.raising else f"result = {view.call}")
    body = (*_begun(view), With((held, *caught), (line,)), *_ended(view))
    return Function(name=f"test_{view.name}", parameters=(), returns="None", body=body)


def _async_test(view: TestView) -> Function:
    line = Line(view.awaited if view.raising else f"return {view.awaited}")
    made = With(((_made(view, view.async_client), "client"),), (line,), is_async=True)
    returns = "None" if view.raising else view.returns
    call = Function(name="call", parameters=(), returns=returns, body=(made,), is_async=True)
    run: Item = Line("result = asyncio.run(call())")
    if view.raising:
        run = With(((Call("pytest.raises", (view.raises,)), "caught"),), (Line("asyncio.run(call())"),))
    return Function(
        name=f"test_{view.name}_async", parameters=(), returns="None", body=(*_begun(view), call, run, *_ended(view))
    )


def exchange() -> Iterator[Item]:
    """The module that emitted tests share."""

    def written(name: str, parameters: tuple[str, ...], returns: str, *reaches: str, decorator: str = "") -> Written:
        decorators = (decorator,) if decorator else ()
        return Written(
            name=name, parameters=parameters, returns=returns, reaches=frozenset(reaches), decorators=decorators
        )

    yield Said()
    standard = ("import json", "from datetime import date", "from pathlib import Path", "from typing import Any, cast")
    yield Imports(("from __future__ import annotations", *standard, "from uuid import UUID", "import httpx2"))
    yield Line('FIXTURES = Path(__file__).parent / "fixtures"')
    yield written("read_payload", ("name: str",), "str", "FIXTURES")
    yield written("encoded", ("value: Any",), "Any", "UUID", "cast", "date", "encoded", "getattr", "hasattr", "json")
    start = ("self", "status: int", 'media_type: str = ""', 'payload: str = ""')
    checked = ("self", "method: str", "target: str", "headers: list[tuple[str, str]]", "body: Any")
    yield Class(
        "Exchange",
        "",
        (
            Said(),
            written("__init__", start, "None", "httpx2"),
            written("transport", ("self",), "httpx2.MockTransport", "httpx2", decorator="property"),
            written("_answer", ("self", "request: httpx2.Request"), "httpx2.Response", "httpx2"),
            written("check", checked, "None", "json"),
        ),
    )


def package_tests(view: PackageTestsView) -> Iterator[Item]:
    """The tests of a package as a whole."""
    yield Docstring(view.docstring)
    yield Imports(view.imports)
    if view.credentials:
        yield Line(f"CREDENTIALS = {{{', '.join(view.credentials)}}}")
    reads = frozenset({"json", "read_payload"})
    yield Written(name="read_rows", parameters=("name: str",), returns="Any", reaches=reads)
    yield _over_rows(
        "test_public_names",
        ("package: str", "names: list[str]"),
        view.names,
        frozenset({"hasattr", "import_module", "sorted"}),
    )
    if view.enumerations:
        taken = ("models: str", "name: str", "values: list[Any]", "other: Any")
        reaches = frozenset({"copy", "getattr", "import_module", "repr"})
        yield _over_rows("test_enumerations", taken, view.enumerations, reaches, folded=True)
    if view.models:
        read = ("models: str", "name: str", "document: Any", "fields: list[str]", "strays: list[str]")
        reaches = frozenset({"copy", "getattr", "import_module", "json", "repr", "sorted"})
        yield _over_rows("test_models", read, view.models, reaches, folded=True)
    if view.departures:
        departing = ("models: str", "name: str", "document: Any", "departures: list[Any]")
        reaches = frozenset({"ValidationError", "getattr", "import_module", "json", "pytest", "setattr"})
        yield _over_rows("test_departures", departing, view.departures, reaches, folded=True)
    if view.times:
        timed = ("models: str", "name: str", "document: Any", "field: str", "seconds: float")
        reaches = frozenset({"copy", "getattr", "import_module", "json", "setattr"})
        yield _over_rows("test_times", timed, view.times, reaches, folded=True)
    if view.secrets:
        held = ("models: str", "name: str", "document: Any", "secrets: list[str]")
        reaches = frozenset({"getattr", "import_module", "json", "repr", "str"})
        yield _over_rows("test_secrets", held, view.secrets, reaches)
    for client in view.clients:
        yield from _contract(client)


def _over_rows(
    name: str,
    parameters: tuple[str, ...],
    rows: str,
    reaches: frozenset[str],
    *others: str,
    first: str = "",
    folded: bool = False,
) -> Written:
    """A test that runs once for each row of a table.

    Args:
        others: Further decorators.
        first: A parameter that these give.
        folded: Whether the first decorator has a line for each argument, however short it is.
    """
    listed = ", ".join(f'"{one.partition(":")[0]}"' for one in parameters)
    decorator = f"pytest.mark.parametrize(({listed}), read_rows({rows}))"
    if folded:
        decorator = f"pytest.mark.parametrize(\n    ({listed}),\n    read_rows({rows}),\n)"
    taken = (*([first] if first else []), *parameters)
    return Written(name=name, parameters=taken, returns="None", reaches=reaches, decorators=(decorator, *others))


def _contract(view: ContractView) -> Iterator[Item]:
    call, awaited, given = (f"{kind}_{view.module}" for kind in ("call", "await", "given"))
    documented = ", ".join((*view.construction, "transport=exchange.transport", "retries=0"))
    yield Function(
        name=given,
        parameters=("exchange: Exchange", "given: dict[str, Any]"),
        returns="dict[str, Any]",
        body=(
            Said(),
            Line(f"documented: dict[str, Any] = dict({documented})"),
            Line("return documented | given"),
        ),
    )
    imported = (Imports(tuple(view.imported.split("\n"))),) if view.imported else ()
    made = Line(f"made = {given}(exchange, given)")
    taken: tuple[str, ...] = ("exchange: Exchange", "**given: Any")
    body = (Said(), *imported, made, With(((Call(view.name, ("**made",)), "client"),), (Line(view.call),)))
    yield Function(name=call, parameters=taken, returns="None", body=body)
    reaches = frozenset({call, "Exchange", "pytest"})
    if view.addresses:
        waited = With(((Call(view.async_name, ("**made",)), "client"),), (Line(view.awaited),), is_async=True)
        inner = Function(name="call", parameters=(), returns="None", body=(made, waited), is_async=True)
        run = Line("asyncio.run(call())")
        yield Function(name=awaited, parameters=taken, returns="None", body=(Said(), *imported, inner, run))
        yield _over_rows(
            f"test_addresses_of_{view.module}",
            ("variables: dict[str, str]", "address: str"),
            view.addresses,
            frozenset({"Exchange", "pytest", "ServerError", "str"}),
            f'pytest.mark.parametrize("call", [{call}, {awaited}])',
            first="call: Any",
        )
    yield from _of_rows(view, frozenset({"Exchange", "pytest", "getattr", view.name, given}))
    reaches |= {"BadRequestError", "json"}
    if view.fields:
        taken = ("payload: Any", "field: str", "value: str")
        yield _over_rows(f"test_fields_of_errors_of_{view.module}", taken, view.fields, reaches | {"getattr"})
    if view.kinds:
        taken = ("payload: Any", "kind: str")
        yield _over_rows(f"test_kinds_of_errors_of_{view.module}", taken, view.kinds, reaches)


def _of_rows(view: ContractView, made_by: frozenset[str]) -> Iterator[Item]:
    """The tests that make calls of rows.

    Args:
        made_by: What each reaches to make a client.
    """
    if view.parameters:
        placed = ("call: str", "arguments: Any", "target: str", "lines: list[list[str]]")
        reached = made_by | {"ServerError"}
        yield _over_rows(f"test_parameters_of_{view.module}", placed, view.parameters, reached, folded=True)
    if view.refusals:
        taken = ("given: Any", "call: str", "arguments: Any", "said: str")
        raised = {"InvalidCallError", "str"}
        yield _over_rows(f"test_refusals_of_{view.module}", taken, view.refusals, made_by | raised, folded=True)
    if view.limits:
        sent = ("given: Any", "call: str", "arguments: Any")
        yield _over_rows(f"test_limits_of_{view.module}", sent, view.limits, made_by | {"ServerError"})
    if view.answers:
        answers = ("call: str", "arguments: Any", "status: int", "payload: str", "pointer: str", "kept: bool")
        raised = {"DecodeError", "encoded", "json", "problems_of"}
        yield _over_rows(f"test_answers_of_{view.module}", answers, view.answers, made_by | raised, folded=True)
    if view.failures:
        told = ("inner_status: int | None", "said: str | None")
        failed = ("call: str", "arguments: Any", "status: int", "payload: str", *told)
        raised = {"InnerFailureError", "encoded", "json"}
        yield _over_rows(f"test_failures_of_{view.module}", failed, view.failures, made_by | raised, folded=True)
    if view.credentials:
        credentials = ("call: str", "arguments: Any", "classes: Any", "sent: list[list[str]]")
        raised = {"CREDENTIALS", "ServerError"}
        yield _over_rows(
            f"test_credentials_of_{view.module}", credentials, view.credentials, made_by | raised, folded=True
        )
