"""Who may import whom: the walls between the stages, and around third-party code."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# Module or package of ours -> what else of ours it may import; everything may import within itself. A longer name
# goes before a shorter one. `specloom` itself (its version) is open to all but the runtime.
WALLS: dict[str, set[str]] = {
    "": set(),
    "__main__": {"cli"},
    "location": set(),
    "depth": {"diagnostics", "location"},
    "toml_file": {"diagnostics", "location"},
    "toml_places": set(),
    "words": set(),
    "shipped": set(),
    "progress": set(),
    "cache": {"emit"},
    "diagnostics": {"location"},
    "reading": {"location"},
    "toml_report": {"diagnostics", "location", "toml_places"},
    "reading_settings": {"reading", "toml_places", "toml_report"},
    "settings": {"diagnostics", "location", "reading", "reading_settings", "toml_file", "toml_places", "toml_report"},
    "model": {"location"},
    "document": {"diagnostics", "location", "reading"},
    "report": {"diagnostics", "location"},
    "lint": {"document", "model", "python", "diagnostics", "location", "reading"},
    "lower": {"document", "model", "diagnostics", "location", "words"},
    "synthesis": {"model"},
    "python": {"model", "cache", "diagnostics", "location", "synthesis", "words"},
    "render": {"python", "shipped"},
    "guard": {"python", "diagnostics", "location"},
    "emit": set(),
    "fingerprint": {"emit", "settings", "cache", "shipped"},
    "pages": {"document", "model", "diagnostics", "location"},
    "serve": {"model", "runtime", "synthesis"},
    "runtime": set(),
    "pipeline": {
        *("settings", "document", "lint", "lower", "model", "python", "render", "guard", "emit"),
        *("diagnostics", "location", "reading", "shipped", "cache", "progress", "depth"),
    },
    "cli": {
        *("pipeline", "settings", "reading", "fingerprint", "diagnostics", "location", "shipped", "cache", "progress"),
        *("emit", "model"),  # what a build writes, and what `dump` prints
        *("lint", "pages", "report", "serve"),
    },
}

# Third-party package -> the modules of ours that may import it.
FENCES: dict[str, set[str]] = {
    "anyio": {"runtime.transport"},  # comes with httpx2, and sleeps under whatever event loop runs
    "black": {"render"},
    "click": {"cli"},
    "datamodel_code_generator": {"python.models"},
    "httpx2": {"runtime.transport", "runtime.addresses", "serve"},
    "jinja2": {"render"},
    "jsonpath": {"document.overlay"},
    "jsonschema": {"document.validate", "document.extensions", "lint.fit"},
    "jsonschema_path": {"document.validate"},  # this and the next come with the validator
    "openapi_schema_validator": {"document.validate"},
    "openapi_spec_validator": {"document.validate"},
    "pydantic": {"runtime"},
    "pydantic_core": {"runtime"},
    "referencing": {"document.validate", "document.extensions", "lint.fit"},
    "uvicorn": {"serve"},
    "yaml": {"document.load"},
}


def test_every_module_stays_within_its_walls(repository: Path) -> None:
    """No module imports a stage that it must not know, nor a third-party package that is fenced off."""
    package = repository / "generator" / "specloom"

    assert find_breaches(package) == []


def test_every_module_has_its_row_in_the_table(repository: Path) -> None:
    """A new module is given its walls when it is added, and a row without a module is no clutter but a plan."""
    package = repository / "generator" / "specloom"
    unknown = {module.partition(".")[0] for module, _ in _read_modules(package)} - WALLS.keys()

    assert unknown == set()


def test_the_walls_have_no_cycle() -> None:
    """The stages stand in one direction: no two of them may import each other, however indirectly."""
    reachable = {name: set(allowed) for name, allowed in WALLS.items()}
    for _ in WALLS:
        for allowed in reachable.values():
            allowed |= {further for name in allowed for further in reachable[name]}

    assert [name for name, allowed in reachable.items() if name in allowed] == []


@pytest.mark.parametrize(
    ("module", "source", "breach"),
    [
        ("python/plan.py", "from specloom.document import load", "python.plan:1 imports document.load"),
        ("python/plan.py", "import specloom.document.load", "python.plan:1 imports document.load"),
        ("python/plan.py", "from specloom import document", "python.plan:1 imports document"),
        ("python/plan.py", "from ..document import load", "python.plan:1 imports document.load"),
        ("python/plan.py", "def late():\n    from specloom import cli", "python.plan:2 imports cli"),
        (
            "python/plan.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from specloom.lower import api",
            "python.plan:3 imports lower.api",
        ),
        ("python/plan.py", 'import importlib\nimportlib.import_module("yaml")', "python.plan:2 imports yaml"),
        ("python/plan.py", "import yaml", "python.plan:1 imports yaml"),
        ("python/plan.py", "from yaml.nodes import Node", "python.plan:1 imports yaml"),
        ("python/plan.py", "import requests", "python.plan:1 imports requests"),
        ("emit.py", "from specloom.location import Location", "emit:1 imports location"),
        ("runtime/flow.py", "from specloom import __version__", "runtime.flow:1 imports specloom"),
        ("runtime/flow.py", "from specloom.runtime.errors import Error", "runtime.flow:1 imports specloom"),
        ("runtime/flow.py", "import httpx2", "runtime.flow:1 imports httpx2"),
        ("lower/schemas.py", "from specloom.runtime import codec", "lower.schemas:1 imports runtime.codec"),
    ],
)
def test_a_breach_is_found(tmp_path: Path, module: str, source: str, breach: str) -> None:
    """However it is spelled, an import through a wall is named with its line."""
    write_package(tmp_path, {module: source})

    assert find_breaches(tmp_path) == [breach]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("document/load.py", "import yaml, json\nfrom specloom.location import Location"),
        ("document/load.py", "from . import resolve\nfrom .resolve import Resolver"),
        ("python/plan.py", "from specloom import __version__\nfrom specloom.model.api import Api"),
        ("runtime/transport.py", "import httpx2\nfrom .errors import Error\nfrom . import codec"),
        ("runtime/vendors/one.py", "from ..errors import Error"),
        ("serve/app.py", "from specloom.runtime.auth import sign\nimport uvicorn"),
    ],
)
def test_what_is_allowed_is_not_reported(tmp_path: Path, module: str, source: str) -> None:
    """Imports within a stage, of permitted stages and of the standard library pass."""
    write_package(tmp_path, {module: source})

    assert find_breaches(tmp_path) == []


def write_package(root: Path, modules: Mapping[str, str]) -> None:
    """Write a package of empty modules, as many as the tests above name, with some of them filled."""
    stubs = ("document/load.py", "document/resolve.py", "lower/api.py", "runtime/codec.py", "cli.py", "location.py")
    for name, source in {**dict.fromkeys(stubs, ""), **modules}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source)
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
        (folder / "__init__.py").touch()


def find_breaches(package: Path) -> list[str]:
    """Return every import of a package `specloom` that the tables above forbid, as `module:line imports name`."""
    modules = dict(_read_modules(package))
    breaches = []
    for module, file in sorted(modules.items()):
        is_package = file.name == "__init__.py"
        for line, name in _read_imports(file, module, is_package=is_package):
            if fault := _judge(module, name, modules.keys()):
                breaches.append(f"{module}:{line} imports {fault}")
    return breaches


def _judge(module: str, name: str, modules: object) -> str:
    """Return what is imported, where that is forbidden: `name` is absolute, or begins with a point within ours."""
    top = module.partition(".")[0]
    if name.startswith("."):  # relative and already resolved
        target = _known(name[1:], modules)
        return "" if _may_import(top, target) else target
    if name.partition(".")[0] == "specloom":
        target = _known(name.partition(".")[2], modules)
        if top == "runtime":  # it is copied into packages that have no specloom
            return "specloom"
        return "" if _may_import(top, target) else target
    distribution = name.partition(".")[0]
    if distribution in sys.stdlib_module_names:
        return ""
    allowed = FENCES.get(distribution, set())
    return "" if any(module == one or module.startswith(f"{one}.") for one in allowed) else distribution


def _may_import(top: str, target: str) -> bool:
    theirs = target.partition(".")[0]
    if theirs == "":
        return top != "runtime"
    return theirs == top or theirs in WALLS.get(top, set())


def _known(dotted: str, modules: object) -> str:
    """Cut a dotted name down to a module that exists: the rest are names within it."""
    assert hasattr(modules, "__contains__")
    while dotted and dotted not in modules:
        dotted = dotted.rpartition(".")[0]
    return dotted


def _read_modules(package: Path) -> Iterator[tuple[str, Path]]:
    """Yield each module, named without the package, and its file."""
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), file


def _read_imports(file: Path, module: str, *, is_package: bool) -> Iterator[tuple[int, str]]:
    """Yield line and name of each import, wherever it stands, for types only or by `import_module` with a literal."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=source, names=names, level=level):
                base = source or ""
                if level:
                    parts = module.split(".") if module else []
                    kept = len(parts) + is_package - level if module else 0
                    base = "." + ".".join([*parts[:kept], *filter(None, [source])])
                yield from ((node.lineno, f"{base}.{alias.name}".replace("..", ".")) for alias in names)
            case ast.Call(func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__")):
                match node.args:
                    case [ast.Constant(value=str(name)), *_] if not name.startswith("."):
                        yield node.lineno, name
