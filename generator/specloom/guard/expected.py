"""Views -> outlines: which statements each template is to print, worked out without opening one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.guard.expected_client_tests import client_tests
from specloom.guard.expected_tests import exchange, package_tests, tests
from specloom.guard.outline import (
    Assigned,
    Call,
    Called,
    Class,
    Computed,
    Condition,
    Docstring,
    Function,
    Imports,
    Item,
    Line,
    Names,
    Pairs,
    Said,
    Written,
)
from specloom.python.contract_views import ClientTestsView, PackageTestsView
from specloom.python.views import (
    ClientView,
    ErrorsView,
    IndexView,
    LazyView,
    ManyClientView,
    ManyView,
    ModelsView,
    PartsView,
    PlacesView,
    ProjectView,
    ResourceView,
    TestsView,
    WebhooksView,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.python.views import ClassView, LineView, MethodView, OperationView


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
        case ManyView():
            items = _many(view)
        case ManyClientView():
            items = _many_client(view)
        case PartsView():
            items = _parts(view)
        case PlacesView():
            items = _places(view)
        case TestsView():
            items = tests(view)
        case PackageTestsView():
            items = package_tests(view)
        case ClientTestsView():
            items = client_tests(view)
        case ProjectView():
            items = exchange()
        case _:
            return None
    return tuple(items)


def _only_checked(imports: tuple[str, ...]) -> tuple[Item, ...]:
    return _NOT_CHECKED, Condition("TYPE_CHECKING", (Imports(imports),))


def _exported(names: str) -> Iterator[Item]:
    if names:
        yield Line(f"__all__ = {names}")


def _lines(lines: Iterable[LineView]) -> Iterator[Item]:
    for one in lines:
        yield Line(one.text)
        yield Docstring(one.docstring)


def _models(view: ModelsView) -> Iterator[Item]:
    yield Docstring(view.docstring)
    yield Imports(view.imports)
    if view.typing_imports:
        yield Condition("TYPE_CHECKING", (Imports(view.typing_imports),))
    yield from _exported(view.exported)
    yield from map(_class, view.classes)
    yield from _lines(view.aliases)


def _class(view: ClassView) -> Class:
    config = (Line(view.config),) if view.config else ()
    return Class(view.name, view.base, (Docstring(view.docstring), *config, *_lines(view.lines)))


def _resource(view: ResourceView) -> Iterator[Item]:
    yield Docstring(view.docstring)
    yield Imports(view.imports)
    yield from _only_checked(view.typing_imports)
    yield from _exported(view.exported)
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


def _constructor(view: ClientView | ManyClientView, form: str) -> Function:
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
    found = Assigned("_PLACES", Pairs("", places)) if places else Imports(("from ._places import PLACES as _PLACES",))
    otherwise: tuple[Item, ...] = (found, find)
    yield Condition("TYPE_CHECKING", (Imports((*starred, *view.imports)),), otherwise)


def _places(view: PlacesView) -> Iterator[Item]:
    yield Docstring(view.docstring)
    yield Assigned("PLACES", Pairs("", tuple((f'"{one.name}"', f'".{one.module}"') for one in view.places)))


def _many(view: ManyView) -> Iterator[Item]:
    places = tuple((f'"{one.name}"', f'".{one.module}"') for one in view.exports)
    listed = frozenset({"_PLACES", "_SUBMODULES", "sorted"})
    find = Written(name="__getattr__", parameters=("name",), returns="", reaches=_FOUND | {"__all__"})
    names = Written(name="__dir__", parameters=(), returns="", reaches=frozenset({"__all__"}))
    yield Docstring(view.docstring)
    yield Imports(("from .._runtime.operation import TYPE_CHECKING",))
    starred = tuple(f"from .{module} import *" for module in view.modules)
    held = (Assigned("_PLACES", Pairs("", places)), Line(f"_SUBMODULES = {view.submodule_names}"))
    otherwise: tuple[Item, ...] = (*held, Computed("__all__", listed), find, names)
    yield Condition("TYPE_CHECKING", (Imports((*view.imports, *starred)),), otherwise)


def _many_client(view: ManyClientView) -> Iterator[Item]:
    yield Docstring(view.docstring)
    yield Imports(view.imports)
    yield from _only_checked(view.typing_imports)
    yield Assigned("SERVICE", Call("Service", view.service))
    declared = [(one.declared, one.docstring) for one in view.attributes]
    yield _declaring(view, view.name, "", declared)
    yield _declaring(view, view.async_name, "Async", [(one.async_declared, one.docstring) for one in view.attributes])


def _declaring(view: ManyClientView, name: str, form: str, declared: list[tuple[str, str]]) -> Class:
    lines = tuple(item for text, docstring in declared for item in (Line(text), Docstring(docstring)))
    body = (Docstring(view.class_docstring), *lines, _constructor(view, form))
    return Class(name, f"ManyResources, Base{form}Client", body)


def _parts(view: PartsView) -> Iterator[Item]:
    names = [one.name for one in view.parts]
    async_names = [one.async_name for one in view.parts]
    places = Assigned("_PLACES", Pairs("", tuple((f'"{one.name}"', one.place) for one in view.parts)))
    found = frozenset({"declaration", view.name})
    yield Docstring(view.docstring)
    yield Imports(("from ..._runtime.operation import TYPE_CHECKING",))
    yield from _exported(view.exported)
    starred = tuple(f"from .{one.module} import *" for one in view.parts)
    otherwise = (
        Imports(("from ..._runtime.parts import declaration, stand_ins",)),
        places,
        Called(Call("globals().update", ("stand_ins(__name__, _PLACES)",))),
        Written(name="__getattr__", parameters=("name",), returns="", reaches=found),
    )
    yield Condition("TYPE_CHECKING", (Imports(starred, brings=(*names, *async_names)),), otherwise)
    about = Docstring(view.class_docstring)
    yield Class(view.name, ", ".join(names), (about,))
    yield Class(view.async_name, ", ".join(async_names), (about,))
