"""How many lines views take once they are printed: what is too long for one module is known before it is rendered.

The numbers are those of the templates, and a test holds them to what the templates print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.python.views import (
        CheckView,
        ClientView,
        IndexView,
        LazyView,
        MethodView,
        OperationView,
        RequestView,
        ResourceView,
        TestsView,
        TestView,
    )


def _lines(*texts: str) -> int:
    """Lines of texts that begin one each; one that is empty is left out."""
    return sum(text.count("\n") + 1 for text in texts if text)


def _imports(lines: Iterable[str]) -> int:
    """Lines of imports, the empty ones between them too."""
    return len(tuple(lines))


def resource_lines(view: ResourceView) -> int:
    """Lines of the module of a resource."""
    calls = sum(call_lines(*one) for one in zip(view.operations, view.methods, strict=True))
    # Beside them: `TYPE_CHECKING` with what it asks, and each class after its empty lines.
    head = (
        4
        + _lines(view.header, view.docstring)
        + (1 + _lines(view.exported) if view.exported else 0)
        + _imports((*view.imports, *view.typing_imports))
    )
    return head + calls + 2 * (3 + _lines(view.class_docstring))


def call_lines(operation: OperationView, method: MethodView) -> int:
    """Lines of an operation, and of its methods in both clients."""
    responses = [one.text for one in operation.responses]
    stated = (operation.id, operation.name, operation.method, operation.path, operation.parameters, operation.body)
    more = (operation.security, operation.accept, operation.failure, operation.idempotent)
    last = (operation.servers, operation.deprecated)
    declared = 4 + _lines(f"{operation.constant}{operation.returns}", *stated, *responses, *more, *last)
    said = 3 + _lines(*method.parameters, f") -> {method.returns}:", method.docstring)
    return declared + 2 * said + _lines(method.call, method.awaited)


def tests_lines(view: TestsView) -> int:
    """Lines of a module of tests."""
    head = 1 + _lines(view.header, view.docstring) + _imports(view.imports) + 2 * len(view.marks)
    return head + exchange_lines(view.requests, view.checks, view.tests)


def exchange_lines(requests: Iterable[RequestView], checks: Iterable[CheckView], tests: Iterable[TestView]) -> int:
    """Lines of tests, and of the functions that they call."""
    return (
        sum(5 + _lines(one.docstring, *one.parts) for one in requests)
        + sum(2 + _lines(one.signature, one.docstring, *one.lines) for one in checks)
        + sum(map(_test_lines, tests))
    )


def _test_lines(view: TestView) -> int:
    said = _lines(view.docstring, view.payload, view.exchange, *view.construction, view.request, view.check)
    if not view.awaited:
        return said + _lines(view.call) + (11 if view.raising else 7)
    return 2 * said + _lines(view.call, view.awaited) + (24 if view.raising else 18)


def client_lines(view: ClientView) -> int:
    """Lines of the module of a client."""
    head = 7 + _lines(view.header, view.docstring, *view.service) + _imports((*view.imports, *view.typing_imports))
    started = (view.class_docstring, *view.parameters, view.server_variables, view.client_parameters)
    attributes = sum(6 + _lines(one.docstring) for one in view.attributes)
    return head + 2 * (20 + _lines(*started) + attributes)


def lazy_lines(view: LazyView) -> int:
    """Lines of a package that imports nothing before it is used."""
    listed = len(view.names) + len(view.exports) + _imports(view.imports)
    return 29 + listed + _lines(view.header, view.docstring, view.submodule_names)


def index_lines(view: IndexView) -> int:
    """Lines of a package of very many models."""
    return 21 + _lines(view.header, view.docstring, *view.modules, *view.imports) + len(view.places)
