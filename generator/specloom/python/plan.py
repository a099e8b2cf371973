"""Api -> Package: every file that a package consists of, as a template and the view that it prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from specloom.cache import Cache
from specloom.diagnostics import Diagnostic
from specloom.python import docs, names
from specloom.python.contents import left_out, read_whole
from specloom.python.models import as_planned, type_models
from specloom.python.naming import name_api, operations_by_resource
from specloom.python.plan_client import plan_client
from specloom.python.plan_client_tests import plan_client_tests
from specloom.python.plan_contract import plan_package_tests
from specloom.python.plan_many import client_file, is_many, package_file
from specloom.python.plan_modules import plan_model_files
from specloom.python.plan_parts import plan_files
from specloom.python.plan_project import plan_entry, plan_errors, plan_project
from specloom.python.plan_resources import plan_resources, runtime_types
from specloom.python.plan_test_modules import TestModules
from specloom.python.plan_tests import Tests
from specloom.python.plan_webhooks import plan_webhooks, unread_requests
from specloom.python.vendors import runtime_parts
from specloom.python.views import LazyView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from specloom.model import Api
    from specloom.python.models import Planned, Typed
    from specloom.python.naming import Naming
    from specloom.python.plan_parts import PlannedResource
    from specloom.python.sample_calls import SampleCall

_WEBHOOKS = "service/webhooks.py.jinja"
_PARTS = "service/parts.py.jinja"
_MANY = "service/many.py.jinja"


TOOL_CLASSES = 300
"""Most models of an API that datamodel-code-generator types by default; it takes some 5 ms for each."""


@dataclass(frozen=True, slots=True)
class Page:
    """A file to render: the template and its view."""

    template: str
    view: object


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePlan:
    """A package as planned.

    Args:
        pages: Files that templates print, by path.
        texts: Files that are finished as they are, by path.
        runtime: Folder that the runtime is copied to.
        parts: Modules of the runtime that are copied beyond those that every package has.
    """

    pages: Mapping[str, Page]
    texts: Mapping[str, str]
    runtime: str
    parts: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be built.

    Args:
        templates: Folder of the templates that the model tool prints with.
        models: Who types models: `datamodel-code-generator`, `own`, or `auto` for the tool up to `TOOL_CLASSES`.
        cache: Keeps what the tool returned.
    """

    distribution: str
    import_name: str
    version: str
    description: str
    templates: Path
    models: str = "auto"
    cache: Cache = field(default_factory=Cache)

    @property
    def user_agent(self) -> str:
        """What clients of the package call themselves."""
        return f"{self.distribution}/{self.version}"


@dataclass(slots=True)
class _Build:
    pages: dict[str, Page] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def plan(apis: Sequence[Api], target: Target) -> PackagePlan:
    """Plan a package of one or more APIs."""
    build = _Build()
    namings = [name_api(api) for api in apis]
    _check_clients(apis, namings, build)
    source = f"src/{target.import_name}"
    samples = [
        _plan_api(api, naming, target, f"{source}/{naming.module}", build)
        for api, naming in zip(apis, namings, strict=True)
    ]
    every = _header(sorted({api.sources[0] for api in apis}))
    errors = plan_errors(apis, header=every)
    project = plan_project(
        apis,
        namings,
        header=every,
        distribution=target.distribution,
        import_name=target.import_name,
        version=target.version,
        description=target.description,
    )
    about = target.description or "; ".join(api.title for api in apis)
    build.pages[f"{source}/errors.py"] = Page("package/errors.py.jinja", errors)
    entry = plan_entry(apis, namings, errors, header=every, about=about)
    build.pages[f"{source}/__init__.py"] = Page("package/lazy.py.jinja", entry)
    build.texts[f"{source}/py.typed"] = ""
    for name in ("pyproject.toml", "README.md", "api.md"):
        build.pages[name] = Page(f"project/{name}.jinja", project)
    build.pages["tests/exchange.py"] = Page("tests/exchange.py.jinja", project)
    _plan_package_tests(list(zip(apis, namings, samples, strict=True)), every, target, build)
    printed = {one.template for one in build.pages.values()}
    return PackagePlan(
        pages=build.pages,
        texts=build.texts,
        runtime=f"{source}/_runtime",
        parts=runtime_parts(apis, webhooks=_WEBHOOKS in printed, in_parts=_PARTS in printed, many=_MANY in printed),
        diagnostics=tuple(build.diagnostics),
    )


def _plan_api(api: Api, naming: Naming, target: Target, folder: str, build: _Build) -> SampleCall | None:
    header = _header(api.sources[:1])
    build.diagnostics.extend((*left_out(api), *read_whole(api), *unread_requests(api)))
    client, faults = plan_client(api, naming, header=header, user_agent=target.user_agent)
    build.diagnostics.extend(faults)
    build.pages[f"{folder}/client.py"] = Page(*client_file(client, api, naming))
    operations = operations_by_resource(api)
    wholes = plan_resources(api, operations, naming, header=header, exporting=is_many(naming))
    resources = {
        one: plan_files(whole, operations[one], naming) for one, whole in zip(naming.resources, wholes, strict=True)
    }
    for planned in resources.values():
        build.pages.update({f"{folder}/{path}": Page(*file) for path, file in planned.files.items()})
    sample = _plan_tests(api, naming, target, resources, build)
    webhooks = plan_webhooks(api, naming, header=header)
    typing = partial(_type_groups, naming=naming, target=target)
    models = plan_model_files(api, naming, typing, header=header, runtime=runtime_types(wholes, webhooks))
    build.pages.update({f"{folder}/models/{path}": Page(*file) for path, file in models.items()})
    if webhooks.functions:
        build.pages[f"{folder}/webhooks.py"] = Page(_WEBHOOKS, webhooks)
    submodules = [*(["models"] if models else []), *(["webhooks"] if webhooks.functions else [])]
    package = package_file(naming, header=header, title=api.title, submodules=tuple(submodules))
    build.pages[f"{folder}/__init__.py"] = Page(*package)
    return sample


def _plan_package_tests(
    apis: Sequence[tuple[Api, Naming, SampleCall | None]], header: str, target: Target, build: _Build
) -> None:
    suffix = "/__init__.py"
    packages = {
        path.removeprefix("src/").removesuffix(suffix).replace("/", "."): page.view
        for path, page in build.pages.items()
        if path.endswith(suffix) and isinstance(page.view, LazyView)
    }
    planned = plan_package_tests(apis, packages, header=header, import_name=target.import_name)
    build.pages[f"tests/test_{target.import_name}.py"] = Page("tests/test_package.py.jinja", planned.view)
    build.texts.update({f"tests/fixtures/{path}": text for path, text in planned.fixtures.items()})
    behavior = plan_client_tests(apis, header=header, import_name=target.import_name)
    if behavior is not None:
        name = "clients" if target.import_name != "clients" else "every_client"
        build.pages[f"tests/test_{name}.py"] = Page("tests/test_clients.py.jinja", behavior)


def _plan_tests(
    api: Api, naming: Naming, target: Target, resources: Mapping[str, PlannedResource], build: _Build
) -> SampleCall | None:
    """Plan the tests of the operations, and give back a call for those of the client."""
    tests = Tests(api, naming, user_agent=target.user_agent)
    tested = {name: [tests.plan(one) for one in mine] for name, mine in operations_by_resource(api).items()}
    for planned in (one for mine in tested.values() for one in mine):
        build.diagnostics.extend(planned.untested)
        build.texts.update({f"tests/fixtures/{path}": text for path, text in planned.fixtures.items()})
    modules = TestModules(naming, import_name=target.import_name, header=_header(api.sources[:1]))
    for name, view in modules.plan(resources, tested).items():
        build.pages[f"tests/{names.file_name(name)}.py"] = Page("tests/test_resource.py.jinja", view)
    return tests.sample()


def _type_groups(groups: Sequence[Sequence[Planned]], naming: Naming, target: Target) -> list[Typed]:
    """Have the classes of all groups typed by the tool, or take them as planned where there are too many for it."""
    classes = sum(map(len, groups))
    if target.models == "own" or (target.models == "auto" and classes > TOOL_CLASSES):
        return as_planned(groups)
    return type_models(groups, naming.types(), target.templates / "models", target.cache)


def _header(sources: Iterable[str]) -> str:
    """The first lines of an emitted file: where it comes from. No date and no version, so nothing else changes them."""
    said = f"Generated by specloom from {docs.comment(', '.join(sources))}; edit there and build again."
    return docs.comment_lines(said)


def _check_clients(apis: Sequence[Api], namings: Sequence[Naming], build: _Build) -> None:
    seen: dict[str, Api] = {}
    for api, naming in zip(apis, namings, strict=True):
        for name in (naming.client, naming.module):
            other = seen.setdefault(name, api)
            if other is not api:
                message = f"two documents of one package would have a client called `{name}`"
                hint = "name one of them with `x-specloom-client`"
                build.diagnostics.append(Diagnostic(code="SL407", message=message, location=api.location, hint=hint))
