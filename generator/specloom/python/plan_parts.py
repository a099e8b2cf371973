"""Plans the packages of resources that are too large for one module: a module for each part, and what finds them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from specloom.python import docs, literals, names, placing
from specloom.python.dividing import Placed, divide, levels, shown
from specloom.python.plan_resources import resource_imports, resource_typing_imports
from specloom.python.sizes import call_lines, resource_lines
from specloom.python.views import PartsView, PartView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.model import Operation
    from specloom.python.naming import Naming
    from specloom.python.views import ResourceView

    File = tuple[str, ResourceView | PartsView]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedResource:
    """What a resource is emitted as.

    Args:
        files: Template and view by path: one module, or a package.
        lines: Lines that each operation takes, by name.
        in_parts: Whether it is a package.
    """

    files: Mapping[str, File]
    lines: Mapping[str, int]
    in_parts: bool


def plan_files(whole: ResourceView, operations: Sequence[Operation], naming: Naming) -> PlannedResource:
    """Plan the files of a resource.

    Args:
        whole: The resource as one module.
        operations: Its operations, in the order of the view.
    """
    resource = operations[0].resource
    module = naming.resources[resource]
    calls = zip(whole.operations, whole.methods, strict=True)
    lines = {one.name: call_lines(*call) for one, call in zip(operations, calls, strict=True)}
    in_parts = resource_lines(whole) > placing.LINES
    if not in_parts:
        files: dict[str, File] = {f"{module}.py": ("service/resource.py.jinja", whole)}
    else:
        files = _package(whole, operations, lines, naming)
    return PlannedResource(files=files, lines=lines, in_parts=in_parts)


def _package(
    whole: ResourceView, operations: Sequence[Operation], lines: Mapping[str, int], naming: Naming
) -> dict[str, File]:
    resource = operations[0].resource
    folder = naming.resources[resource]
    placed = [Placed(operation=one.name, levels=levels(one), lines=(lines[one.name],)) for one in operations]
    parts = divide(placed)
    spelled = {one: one or resource for one in sorted(set(parts.values()))}
    modules = names.distinct(spelled.values(), names.part_name)
    classes = names.distinct(spelled.values(), lambda one: whole.name + names.pascal(one), names.mark_pascal)
    files: dict[str, File] = {}
    views: list[PartView] = []
    for part, spelling in sorted(spelled.items(), key=lambda one: modules[one[1]]):
        held = [index for index, one in enumerate(operations) if parts[one.name] == part]
        module, name = modules[spelling], classes[spelling]
        files[f"{folder}/{module}.py"] = ("service/resource.py.jinja", _part(whole, held, resource, spelling, name))
        views.append(_listed(module, name, [whole.methods[index].name for index in held]))
    package = PartsView(
        header=whole.header,
        docstring=whole.docstring,
        name=whole.name,
        async_name=whole.async_name,
        class_docstring=whole.class_docstring,
        parts=tuple(views),
        exported=whole.exported,
    )
    return {f"{folder}/__init__.py": ("service/parts.py.jinja", package), **files}


def _part(whole: ResourceView, held: Sequence[int], resource: str, part: str, name: str) -> ResourceView:
    """The module of one part: a resource of its own, which that of the whole is made of."""
    operations = tuple(whole.operations[index] for index in held)
    methods = tuple(whole.methods[index] for index in held)
    said = f"Operations of `{docs.plain(resource)}` on `{docs.plain(shown(part))}`"
    return replace(
        whole,
        docstring=docs.docstring([f"{said}."], indent=0),
        imports=resource_imports(operations, depth=2),
        typing_imports=resource_typing_imports(operations, methods, depth=2),
        name=name,
        async_name=f"Async{name}",
        class_docstring=docs.docstring([f"{said}."]),
        operations=operations,
        methods=methods,
        exported="",
    )


def _listed(module: str, name: str, methods: Sequence[str]) -> PartView:
    place = map(literals.string, (module, *methods))
    return PartView(
        module=module,
        name=name,
        async_name=f"Async{name}",
        place=literals.tuple_of(place, indent=2, before=len(literals.string(name)) + 2, after=1),
    )
