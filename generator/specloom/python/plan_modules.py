"""Plans the modules of models and the packages that find them: which class stands where, and what it imports."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from specloom.model import ObjectSchema
from specloom.python import docs, literals, placing
from specloom.python.aliases import is_alias, plan_aliases
from specloom.python.imports import import_lines
from specloom.python.limits import sent_schemas
from specloom.python.naming import SHARED
from specloom.python.placing import Sized, beginnings, place
from specloom.python.plan_models import RUNTIME_TYPES, default_enums, plan_class, view_class
from specloom.python.sizes import index_lines, lazy_lines
from specloom.python.views import ExportView, IndexView, LazyView, ModelsView, PlacesView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from specloom.model import Api, NamedSchema
    from specloom.python.models import Planned, Typed
    from specloom.python.naming import Naming
    from specloom.python.views import ClassView, LineView

    Typing = Callable[[Sequence[Sequence[Planned]]], Sequence[Typed]]
    File = tuple[str, ModelsView | LazyView | IndexView | PlacesView]

_INDEX = "package/index.py.jinja"

LISTED = 900
"""Most models that their package lists one by one: each takes three lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """A class, or `None` for an alias, and the schema that it is made from."""

    named: NamedSchema
    view: ClassView | None

    @property
    def lines(self) -> int:
        """Lines that it takes in its module, or a few more."""
        if self.view is None:
            return 10 + len(self.named.schema.info.description) // 50
        texts = [self.view.docstring, self.view.config, *(text for one in self.view.lines for text in _texts(one))]
        return 5 + sum(text.count("\n") + 1 for text in texts if text)


def _texts(line: LineView) -> tuple[str, str]:
    return line.text, line.docstring


def plan_model_files(
    api: Api, naming: Naming, typing: Typing, *, header: str, runtime: tuple[str, ...]
) -> dict[str, File]:
    """Plan the package of models: every file of it by path, as a template and its view.

    Args:
        typing: Types the classes of groups.
        runtime: Types of the runtime that are reached through the package.
    """
    groups = _groups(api, naming, typing)
    places = place({name: _sized(models, naming) for name, models in groups.items()})
    modules: dict[str, list[_Model]] = {}
    for one in (one for models in groups.values() for one in models):
        modules.setdefault(places[one.named.name], []).append(one)
    homes = {naming.classes[name]: module for name, module in places.items()}
    files: dict[str, File] = {
        f"{module.replace('.', '/')}.py": (
            "service/models.py.jinja",
            _module(module, modules[module], homes, naming, header),
        )
        for module in sorted(modules)
    }
    folders: dict[str, dict[str, str]] = {}
    for name, module in homes.items():
        folder, _, within = module.partition(".")
        if within:
            folders.setdefault(folder, {})[name] = within
    for folder in sorted(folders):
        view = _index(folders[folder], header=header, runtime_at="...._runtime", about=f"Models of {_subject(folder)}.")
        files |= {f"{folder}/{name}": file for name, file in _index_files(view).items()}
    if homes or runtime:
        about = f"Models of {docs.plain(api.title)}."
        files |= _package(homes, runtime, header=header, about=about)
    return files


def _groups(api: Api, naming: Naming, typing: Typing) -> dict[str, list[_Model]]:
    """The models of each resource, and those that several use, with their classes typed."""
    found: dict[str, list[NamedSchema]] = {}
    for one in api.schemas:
        found.setdefault(naming.groups[one.name], []).append(one)
    # Enumerations go first: a default of a field names a member, and is looked up where the class is made.
    groups = {name: sorted(found[name], key=lambda one: isinstance(one.schema, ObjectSchema)) for name in sorted(found)}
    classes = {name: [one for one in group if not is_alias(one)] for name, group in groups.items()}
    planned = [[plan_class(one, naming) for one in group] for group in classes.values()]
    views: dict[str, ClassView] = {}
    sent = sent_schemas(api)
    for group, plans, typed in zip(classes.values(), planned, typing(planned), strict=True):
        for named, plan in zip(group, plans, strict=True):
            views[named.name] = view_class(named, plan, naming, typed, named.name in sent)
    return {name: [_Model(named=one, view=views.get(one.name)) for one in group] for name, group in groups.items()}


def _sized(models: Sequence[_Model], naming: Naming) -> list[Sized]:
    """Models with their lines. An enumeration that a default elsewhere names is imported with it, and stands apart."""
    apart = {
        name for one in models for name in default_enums(one.named, naming) if _family(name) != _family(one.named.name)
    }
    return [Sized(schema=one.named.name, lines=one.lines, apart=one.named.name in apart) for one in models]


def _family(schema: str) -> str:
    return schema.partition(".")[0]


def _subject(group: str) -> str:
    return "several resources" if group == SHARED else f"`{group}`"


def _module(module: str, models: Sequence[_Model], homes: Mapping[str, str], naming: Naming, header: str) -> ModelsView:
    """One module of models."""
    group, _, within = module.partition(".")
    said = f"`{models[0].named.name}` and what stands within it" if within else _subject(group)
    views = [one.view for one in models if one.view is not None]
    needed = {naming.classes[name] for one in models for name in default_enums(one.named, naming)}

    def is_far(name: str) -> bool:
        return homes[name] != module and "." in homes[name] and name not in needed

    aliases = plan_aliases([one.named for one in models], naming, is_far)
    used = _used(views, aliases)
    wanted: dict[str, list[str]] = {}
    later: dict[str, list[str]] = {}
    for name in sorted(used & homes.keys()):
        if homes[name] != module:
            (later if is_far(name) else wanted).setdefault(_relative(homes[name], module), []).append(name)
    wanted |= _own_imports(views, used, depth=2 if within else 1, later=bool(later))
    return ModelsView(
        header=header,
        docstring=docs.docstring([f"Models of {said}."], indent=0),
        imports=import_lines(wanted),
        exported=_exported(models, naming) if within or len(homes) > LISTED else "",
        classes=tuple(views),
        typing_imports=import_lines(later, indent=1),
        aliases=aliases,
    )


def _exported(models: Sequence[_Model], naming: Naming) -> str:
    """What `*` brings along: pyright gives up on a name that more than 64 modules bring, as those do that import it."""
    listed = (literals.string(naming.classes[one.named.name]) for one in models)
    return literals.tuple_of(sorted(listed), before=len("__all__ = "))


def _used(views: Sequence[ClassView], aliases: Sequence[LineView]) -> frozenset[str]:
    """The names that fields and aliases hold."""
    texts = [line.text for view in views for line in view.lines if view.base == "Model"]
    named = [line.text for line in aliases]
    return literals.words("\n".join([*texts, *named])) | _quoted_words(named)


def _quoted_words(aliases: Sequence[str]) -> frozenset[str]:
    """The names in aliases that are written as text."""
    quoted = [re.sub(r"^.*?TypeAliasType\(\s*\S+,\s*", "", one, flags=re.DOTALL) for one in aliases]
    return frozenset(word for one in quoted if one[:1] in "'\"" for word in re.findall(r"[^\W\d]\w*", one))


def _own_imports(views: Sequence[ClassView], used: frozenset[str], *, depth: int, later: bool) -> dict[str, list[str]]:
    """What a module imports of Python and of the runtime."""
    wanted: dict[str, list[str]] = {"__future__": ["annotations"]}
    typing = used & {"Annotated", "Any", "Literal", "Never", "TYPE_CHECKING", "Union"}
    if later or any(view.base != "Model" for view in views):
        typing |= {"TYPE_CHECKING"}
    if typing:
        wanted["typing"] = sorted(typing)
    if "TypeAliasType" in used:
        wanted["typing_extensions"] = ["TypeAliasType"]
    runtime = {view.base for view in views} | (used & set(RUNTIME_TYPES))
    if any(view.config for view in views):
        runtime.add("wire_names")
        runtime |= {"Limits"} & literals.words("\n".join(view.config for view in views))
    if runtime:
        wanted["." * (2 + depth) + "_runtime.models"] = sorted(runtime)
    return wanted


def _relative(home: str, module: str) -> str:
    """A module of models as another imports it."""
    group, _, within = home.partition(".")
    if within and module.startswith(f"{group}."):
        return f".{within}"
    return "." * (1 + module.count(".")) + home


def _package(homes: Mapping[str, str], runtime: tuple[str, ...], *, header: str, about: str) -> dict[str, File]:
    """The package of models, which imports a module when one of its names is first used."""
    exports = [ExportView(name=name, module=module) for name, module in homes.items()]
    by_module: dict[str, list[str]] = {}
    for one in exports:
        by_module.setdefault(f".{one.module}", []).append(one.name)
    if runtime:
        exports.extend(ExportView(name=name, module=".._runtime.models") for name in runtime)
        by_module["..._runtime.models"] = list(runtime)
    listed = LazyView(
        header=header,
        docstring=docs.docstring([about], indent=0),
        imports=import_lines(by_module, indent=1),
        exports=tuple(sorted(exports, key=lambda one: one.name)),
        submodules=(),
        submodule_names="()",
    )
    if len(homes) <= LISTED and lazy_lines(listed) <= placing.LINES:
        return {"__init__.py": ("package/lazy.py.jinja", listed)}
    outer = {name: module.partition(".")[0] for name, module in homes.items()}
    return _index_files(_index(outer, runtime, header=header, about=about))


def _index_files(view: IndexView) -> dict[str, File]:
    """A package of very many models; the places of these have a module of their own where both would be too long."""
    if index_lines(view) <= placing.LINES:
        return {"__init__.py": (_INDEX, view)}
    about = docs.docstring(["Where models are, by the beginnings of their names."], indent=0)
    places = PlacesView(header=view.header, docstring=about, places=view.places)
    return {"__init__.py": (_INDEX, replace(view, places=())), "_places.py": ("package/places.py.jinja", places)}


def _index(
    homes: Mapping[str, str],
    runtime: tuple[str, ...] = (),
    *,
    header: str,
    about: str,
    runtime_at: str = "..._runtime",
) -> IndexView:
    places = beginnings({**homes, **dict.fromkeys(runtime, ".._runtime.models")})
    return IndexView(
        header=header,
        docstring=docs.docstring([about], indent=0),
        runtime=runtime_at,
        modules=tuple(sorted(set(homes.values()))),
        imports=tuple(f"    from ..._runtime.models import {name} as {name}" for name in runtime),
        places=tuple(ExportView(name=name, module=places[name]) for name in sorted(places)),
    )
