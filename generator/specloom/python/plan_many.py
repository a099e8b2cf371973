"""Plans clients of very many resources: they, and their packages, take a line for what takes several in others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.python import docs, placing
from specloom.python.imports import import_lines
from specloom.python.literals import INDENT, LINE_LENGTH
from specloom.python.plan_client import client_imports, client_typing_imports, described, plan_client_package
from specloom.python.sizes import client_lines, lazy_lines
from specloom.python.views import DeclaredView, ExportView, ManyClientView, ManyView

if TYPE_CHECKING:
    from specloom.model import Api
    from specloom.python.naming import Naming
    from specloom.python.views import ClientView, LazyView

_ALIAS = "_resources"
"""What the package is called in annotations of its client, where attributes hide modules of their names."""


def client_file(view: ClientView, api: Api, naming: Naming) -> tuple[str, ClientView | ManyClientView]:
    """The module of a client, as a template and its view."""
    if client_lines(view) <= placing.LINES:
        return "service/client.py.jinja", view
    imports = client_imports(view.service, naming) | {".._runtime.many": ["ManyResources"]}
    imports.pop("functools")
    typing_imports = client_typing_imports(view.parameters) | {"..": [f"{naming.module} as {_ALIAS}"]}
    return "service/many.py.jinja", ManyClientView(
        header=view.header,
        docstring=view.docstring,
        imports=import_lines(imports),
        typing_imports=import_lines(typing_imports, indent=1),
        name=view.name,
        async_name=view.async_name,
        class_docstring=view.class_docstring,
        service=view.service,
        parameters=view.parameters,
        server_variables=view.server_variables,
        client_parameters=view.client_parameters,
        attributes=tuple(_attribute(api, one, naming) for one in naming.resources),
    )


def _attribute(api: Api, resource: str, naming: Naming) -> DeclaredView:
    name, kind = naming.resources[resource], naming.resource_class(resource)
    about = described(api, resource)
    return DeclaredView(
        declared=_annotated(name, f"{_ALIAS}.{kind}"),
        async_declared=_annotated(name, f"{_ALIAS}.Async{kind}"),
        docstring=docs.docstring([docs.sentence(about)]) if about else "",
    )


def _annotated(name: str, annotation: str) -> str:
    flat = f"{name}: {annotation}"
    fits = len(INDENT) + len(flat) <= LINE_LENGTH
    return flat if fits else f"{name}: (\n{INDENT * 2}{annotation}\n{INDENT})"


def is_many(naming: Naming) -> bool:
    """Whether the package of a client has more names than it can list one by one."""
    largest = plan_client_package(naming, header="", title="", submodules=("models", "webhooks"))
    return lazy_lines(largest) > placing.LINES


def package_file(
    naming: Naming, *, header: str, title: str, submodules: tuple[str, ...]
) -> tuple[str, LazyView | ManyView]:
    """The package of a client, as a template and its view."""
    view = plan_client_package(naming, header=header, title=title, submodules=submodules)
    if not is_many(naming):
        return "package/lazy.py.jinja", view
    resources = {naming.resource_class(one): module for one, module in naming.resources.items()}
    # Modules of resources list what `*` brings along from them; that of the client does not.
    own = {".": [f"{one} as {one}" for one in submodules]} if submodules else {}
    own |= {".client": [f"{one} as {one}" for one in (naming.client, naming.async_client)]}
    exports = sorted((resources | {naming.client: "client"}).items())
    return "package/many.py.jinja", ManyView(
        header=view.header,
        docstring=view.docstring,
        imports=import_lines(own, indent=1),
        modules=tuple(sorted(resources.values())),
        exports=tuple(ExportView(name=name, module=module) for name, module in exports),
        submodule_names=view.submodule_names,
    )
