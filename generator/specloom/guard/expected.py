"""Views -> outlines: which statements each template is to print, worked out without opening one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.guard.outline import (
    Assigned,
    Call,
    Called,
    Class,
    Condition,
    Docstring,
    Function,
    Imports,
    Item,
    Line,
    Names,
    Pairs,
    Said,
    With,
    Written,
)
from specloom.python.views import (
    ClientView,
    ErrorsView,
    IndexView,
    LazyView,
    ModelsView,
    ProjectView,
    ResourceView,
    TestsView,
    WebhooksView,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.python.views import ClassView, LineView, MethodView, OperationView, TestView

_FUTURE = "from __future__ import annotations"
_NOT_CHECKED = Line("TYPE_CHECKING = False")
_FOUND = frozenset({"__name__", "AttributeError", "getattr", "globals", "import_module", "_PLACES"})


def expected(view: object) -> tuple[Item, ...] | None:
    """What the module of a view is planned to hold; `None` where the view is of no module."""
    match view:
        case ResourceView():
            items = _resource(view)
        case ModelsView():
            items = _models(view)
        case ClientView():
            items = _client(view)
        case LazyView():
            items = _lazy(view)
        case IndexView():
            items = _index(view)
        case ErrorsView():
            items = _errors(view)
        case WebhooksView():
            items = _webhooks(view)
        case TestsView():
            items = _tests(view)
        case ProjectView():
            items = _exchange()
        case _:
            return None
    return tuple(items)


def _only_checked(imports: tuple[str, ...]) -> tuple[Item, ...]:
    return _NOT_CHECKED, Condition("TYPE_CHECKING", (Imports(imports),))


def _lines(lines: Iterable[LineView]) -> Iterator[Item]:
    for one in lines:
        yield Line(one.text)
        yield Docstring(one.docstring)


def _models(view: ModelsView) -> Iterator[Item]:
    yield Docstring(view.docstring)
    yield Imports(view.imports)
    if view.typing_imports:
        yield Condition("TYPE_CHECKING", (Imports(view.typing_imports),))
    yield from map(_class, view.classes)
    yield from _lines(view.aliases)


def _class(view: ClassView) -> Class:
    config = (Line(view.config),) if view.config else ()
    return Class(view.name, view.base, (Docstring(view.docstring), *config, *_lines(view.lines)))


def _resource(view: ResourceView) -> Iterator[Item]:
    yield Docstring(view.docstring)
    yield Imports(view.imports)
    yield from _only_checked(view.typing_imports)
    yield from map(_operation, view.operations)
    about = Docstring(view.class_docstring)
    yield Class(view.name, "Resource", (about, *(_method(one) for one in view.methods)))
    yield Class(view.async_name, "AsyncResource", (about, *(_method(one, is_async=True) for one in view.methods)))


def _operation(view: OperationView) -> Assigned:
    given = {"id": view.id, "name": view.name, "method": view.method, "path": view.path}
    given |= {"parameters": view.parameters, "body": view.body}
    after = {"security": view.security, "accept": view.accept, "failure": view.failure, "idempotent": view.idempotent}
    after |= {"servers": view.servers, "deprecated": view.deprecated}
    arguments: tuple[str | Pairs, ...] = (
        *(f"{key}={text}" for key, text in given.items() if text),
        Pairs("responses", tuple((one.status, one.text) for one in view.responses)),
        *(f"{key}={text}" for key, text in after.items() if text),
    )
    return Assigned(view.constant, Call("Operation", arguments), f"Operation[{view.returns}]")


def _method(view: MethodView, *, is_async: bool = False) -> Function:
    return Function(
        name=view.name,
        parameters=("self", *view.parameters),
        returns=view.returns,
        body=(Docstring(view.docstring), Line(view.awaited if is_async else view.call)),
        is_async=is_async,
    )


def _webhooks(view: WebhooksView) -> Iterator[Item]:
    yield Docstring(view.docstring)
    yield Imports(view.imports)
    if view.typing_imports:
        yield from _only_checked(view.typing_imports)
    for one in view.functions:
        parsed = Line(f"found: {one.returns} = parse(lambda: {one.kind}, content)")
        body = (Docstring(one.docstring), parsed, Line("return found"))
        yield Function(name=one.name, parameters=("content: bytes | str",), returns=one.returns, body=body)


def _client(view: ClientView) -> Iterator[Item]:
    yield Docstring(view.docstring)
    yield Imports(view.imports)
    yield from _only_checked(view.typing_imports)
    yield Assigned("SERVICE", Call("Service", view.service))
    yield _client_class(view, view.name, "", [one.resource for one in view.attributes])
    yield _client_class(view, view.async_name, "Async", [one.async_resource for one in view.attributes])


def _client_class(view: ClientView, name: str, form: str, resources: list[str]) -> Class:
    attributes = tuple(
        Function(
            name=one.name,
            parameters=("self",),
            returns=resource,
            body=(
                Docstring(one.docstring),
                Imports((f"from .{one.module} import {resource}",)),
                Line(f"return {resource}(self)"),
            ),
            decorators=("cached_property",),
        )
        for one, resource in zip(view.attributes, resources, strict=True)
    )
    return Class(name, f"Base{form}Client", (Docstring(view.class_docstring), _constructor(view, form), *attributes))


def _constructor(view: ClientView, form: str) -> Function:
    given = ("endpoint", "credentials", "transport", "options")
    before, after = given[:1], given[1:]
    arguments = (
        *("SERVICE", "STATUS_ERRORS"),
        *(f"{one}={one}" for one in before),
        f"server_variables={view.server_variables}",
        f"parameters={view.client_parameters}",
        *(f"{one}={one}" for one in after),
    )
    return Function(
        name="__init__",
        parameters=(
            *("self", "*"),
            *view.parameters,
            "endpoint: str | None = None",
            "credentials: CredentialsInput | None = None",
            f"transport: httpx2.{form}BaseTransport | None = None",
            f"**options: Unpack[{form}ClientOptions]",
        ),
        returns="None",
        body=(Called(Call("super().__init__", arguments)),),
    )


def _errors(view: ErrorsView) -> Iterator[Item]:
    yield Docstring(view.docstring)
    yield Imports((_FUTURE, "from ._runtime import errors as _errors"))
    yield from _only_checked(("from collections.abc import Mapping",))
    yield Class("StatusError", "_errors.StatusError", (Said(), *_lines(view.fields)))
    for one in view.classes:
        yield Class(one.name, one.base, (Docstring(one.docstring),))
    listed = (*((one.status, one.name) for one in view.classes), ('"default"', "StatusError"))
    yield Assigned("STATUS_ERRORS", Pairs("", listed), "Mapping[str, type[StatusError]]")
    yield Said()


def _lazy(view: LazyView) -> Iterator[Item]:
    places = tuple((f'"{one.name}"', f'".{one.module}"') for one in view.exports)
    find = Written(name="__getattr__", parameters=("name",), returns="", reaches=_FOUND | {"_SUBMODULES"})
    names = Written(name="__dir__", parameters=(), returns="", reaches=frozenset({"__all__", "list"}))
    yield Docstring(view.docstring)
    yield Imports((_FUTURE,))
    yield from _only_checked(view.imports)
    yield Assigned("__all__", Names(tuple(f'"{name}"' for name in view.names)))
    held = (Assigned("_PLACES", Pairs("", places)), Line(f"_SUBMODULES = {view.submodule_names}"))
    yield Condition("not TYPE_CHECKING", (*held, find, names))


def _index(view: IndexView) -> Iterator[Item]:
    places = tuple((f'"{one.name}"', f'".{one.module}"') for one in view.places)
    find = Written(name="__getattr__", parameters=("name",), returns="", reaches=_FOUND | {"len", "range"})
    starred = tuple(f"from .{module} import *" for module in view.modules)
    yield Docstring(view.docstring)
    yield Imports((f"from {view.runtime}.operation import TYPE_CHECKING",))
    otherwise = (Assigned("_PLACES", Pairs("", places)), find)
    yield Condition("TYPE_CHECKING", (Imports((*starred, *view.imports)),), otherwise)


def _tests(view: TestsView) -> Iterator[Item]:
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


def _exchange() -> Iterator[Item]:
    def written(name: str, parameters: tuple[str, ...], returns: str, *reaches: str, decorator: str = "") -> Written:
        decorators = (decorator,) if decorator else ()
        return Written(
            name=name, parameters=parameters, returns=returns, reaches=frozenset(reaches), decorators=decorators
        )

    yield Said()
    yield Imports((_FUTURE, "import json", "from pathlib import Path", "from typing import Any, cast", "import httpx2"))
    yield Line('FIXTURES = Path(__file__).parent / "fixtures"')
    yield written("read_payload", ("name: str",), "str", "FIXTURES")
    builtins = ("cast", "dict", "hasattr", "isinstance", "json", "list")
    yield written("encoded", ("value: Any",), "Any", "encoded", *builtins)
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
            written("check", checked, "None", "bytes", "isinstance", "json"),
        ),
    )
