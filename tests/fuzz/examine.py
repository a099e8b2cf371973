"""What becomes of a document: a package that compiles, imports and passes the guard, or diagnostics with a place.

Every document is built in a copy of this process that has a second hand and a bound on its memory, and is gone
afterwards with all that it imported: nothing of one document is there when the next is read.
"""

from __future__ import annotations

import faulthandler
import importlib
import json
import os
import pkgutil
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from typing import TYPE_CHECKING, Any

from specloom import render
from specloom.emit import disk, write_tree
from specloom.location import Location
from specloom.pipeline import Build, build
from specloom.reading import Reading, Selection, Wanted
from specloom.settings import settings_for
from specloom.shipped import RUNTIME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import CodeType, ModuleType

SECONDS = 30
"""What one document may take; small ones take a twentieth of a second of a processor."""

MEMORY = 4_000_000_000
"""Bytes that one document may make this process need."""

NAME = "fuzzed"
IN_MEMORY = Path("/dev/shm")
"""A folder that is no disk, where there is one: writing a package takes longer than making it."""

LONGEST_NAME = 255
"""Bytes of the longest name of a file that common systems take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A document and how it is built.

    Args:
        files: Text (or bytes, as Latin-1) by name; the first is the entry.
        overlays: Those of them that are overlays.
        select: Tags, paths and operations that are wanted, as `--tag=x`.
        black: Whether black is run over short files, which takes as long as all the rest.
    """

    files: Mapping[str, str]
    overlays: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    tolerant: bool = False
    models: str = "own"
    black: bool = False

    def __str__(self) -> str:
        how = {"overlays": self.overlays, "select": self.select, "tolerant": self.tolerant, "models": self.models}
        shown = [f"# {key}: {value}" for key, value in how.items() if value]
        return "\n".join([*shown, *(f"--- {name}\n{text}" for name, text in self.files.items())])


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of it: `built`, `refused` or `finding`, what was said, and why it is a finding."""

    kind: str
    codes: tuple[str, ...] = ()
    operations: int = 0
    said: str = ""
    seconds: float = field(default=0.0, compare=False)


def examine(example: Example) -> Verdict:
    """Build a document and use what comes of it, in a process that ends with it."""
    prepare()
    started = time.monotonic()
    folder = _new_folder()
    try:
        verdict = _in_a_copy(example, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return replace(verdict, seconds=time.monotonic() - started)


def _new_folder() -> Path:
    place = IN_MEMORY if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) else None
    return Path(tempfile.mkdtemp(prefix="specloom-fuzz-", dir=place))


def _in_a_copy(example: Example, folder: Path) -> Verdict:
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # workers of pytest have threads that a copy never asks
        process = os.fork()
    if process == 0:
        os.close(read)
        os._exit(_run(example, folder, write))
    os.close(write)
    try:
        content, ended = _wait(read, process)
    finally:
        os.close(read)
    if not ended:
        return Verdict(kind="finding", said=f"took more than {SECONDS} seconds:\n{content.decode(errors='replace')}")
    try:
        said = json.loads(content)
    except ValueError:
        return Verdict(kind="finding", said=f"the process died:\n{content.decode(errors='replace')}")
    return Verdict(**said | {"codes": tuple(said["codes"])})


def _wait(read: int, process: int) -> tuple[bytes, bool]:
    """What a process says until it ends, and whether it did so in time."""
    import select

    content, deadline = b"", time.monotonic() + SECONDS + 5
    while (left := deadline - time.monotonic()) > 0:
        if select.select([read], [], [], left)[0]:
            more = os.read(read, 1 << 20)
            if not more:
                os.waitpid(process, 0)
                return content, True
            content += more
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return content, False


def _run(example: Example, folder: Path, write: int) -> int:
    """The whole life of a copy."""
    try:
        faulthandler.disable()
        os.dup2(write, 2)  # what an interpreter says that dies
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.signal(signal.SIGALRM, _too_slow)
        signal.alarm(SECONDS)
        verdict = _judged(example, folder)
        os.write(write, json.dumps(asdict(verdict)).encode())
    except BaseException:
        os.write(write, traceback.format_exc().encode(errors="replace"))
        return 1
    return 0


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"more than {SECONDS} seconds")


def _judged(example: Example, folder: Path) -> Verdict:
    try:
        return judge(example, folder)
    except BaseException as error:
        limit = 4000
        said = "".join(traceback.format_exception(error, limit=-12))
        return Verdict(kind="finding", said=said if len(said) < limit else f"{said[:500]}\n...\n{said[-limit:]}")


# -- what is asked of a build -----------------------------------------------------------------------------------------


def judge(example: Example, folder: Path) -> Verdict:
    """Build an example in a folder, and look at all that comes of it."""
    made = build_example(example, folder)
    codes = tuple(sorted({one.code for one in made.diagnostics}))
    for one in made.diagnostics:
        assert one.message, f"{one.code} without a message"
        assert one.location.file, f"{one} without a place"
        assert one.location.line > 0, f"{one} without a place"
        assert one.location.column > 0, f"{one} without a place"
    guarded = [str(one) for one in made.diagnostics if one.code in {"SL708", "SL709"}]
    if guarded:
        return Verdict(kind="finding", codes=codes, said="\n".join(guarded))
    if not made.files:
        assert any(one.severity == "error" for one in made.diagnostics), "nothing is built, and nothing said"
        return Verdict(kind="refused", codes=codes)
    _write(example, made, folder)
    _use(made)
    return Verdict(kind="built", codes=codes, operations=made.operations)


def build_example(example: Example, folder: Path) -> Build:
    """Write the files of an example, and build it in memory."""
    source = folder / "spec"
    for name, text in example.files.items():
        file = source / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
    render.FORMATTED_FILES = 150 if example.black else 0
    settings = settings_for(source / next(iter(example.files)), import_name=NAME, out=folder / "out")
    reading = Reading(
        tolerant=example.tolerant,
        overlays=tuple(source / name for name in example.overlays),
        select=_selection(example.select),
    )
    return build(replace(settings.packages[0], reading=reading, models=example.models), folder)


def _selection(given: Sequence[str]) -> Selection:
    def wanted(option: str) -> tuple[Wanted, ...]:
        found = [one.removeprefix(f"--{option}=") for one in given if one.startswith(f"--{option}=")]
        return tuple(Wanted(text, Location(f"--{option}")) for text in found)

    return Selection(tags=wanted("tag"), paths=wanted("path"), operations=wanted("operation"))


def _write(example: Example, made: Build, folder: Path) -> None:
    """Write the package: nothing outside of its folder, no two names that are one elsewhere, none too long."""
    files = {path: text for path, text in made.files.items() if "/_runtime/" not in path}  # always the same
    written = write_tree(files, folder / "out")
    ours = {folder / "spec" / name for name in example.files}
    after = {path for path in _files(folder) - ours if not path.is_relative_to(folder / "out")}

    assert written.refused == (), written.refused
    assert after == set(), f"written elsewhere: {after}"
    assert len({path.lower() for path in made.files}) == len(made.files), "two paths differ by case alone"
    long = [path for path in made.files if max(len(part.encode()) for part in path.split("/")) > LONGEST_NAME]
    assert not long, f"a name of a file is too long: {long[0]}"


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def _use(made: Build) -> None:
    """Compile every file, import every module, look up every name, build every model."""
    modules: dict[str, CodeType] = {}
    packages: set[str] = set()
    for path, text in made.files.items():
        if path.endswith(".py") and "/_runtime/" not in path:
            compiled = compile(text, path, "exec", dont_inherit=True)
            if path.startswith("src/"):
                dotted = path.removeprefix("src/").removesuffix(".py").replace("/", ".")
                packages |= {dotted.removesuffix(".__init__")} if dotted.endswith(".__init__") else set()
                modules[dotted.removesuffix(".__init__")] = compiled
        elif path.endswith(".json"):
            json.loads(text)
    for name in [name for name in sys.modules if name == NAME]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Finder(modules, packages))
    for name in sorted(modules):
        module = importlib.import_module(name)
        for public in getattr(module, "__all__", ()):
            getattr(module, public)
    for name in modules:
        dir(sys.modules[name])
    _build_models([sys.modules[name] for name in modules])
    _make_clients([sys.modules[name] for name in modules if name.endswith(".client")])


def _build_models(modules: Sequence[ModuleType]) -> None:
    """Read an empty object as each model: it is built for that, whether it fits or not."""
    base = importlib.import_module(f"{NAME}._runtime.models")
    errors = importlib.import_module(f"{NAME}._runtime.errors")
    for module in modules:
        for one in list(vars(module).values()):
            if isinstance(one, type) and issubclass(one, base.Model) and one.__module__ == module.__name__:
                try:
                    one.from_json("{}")
                except (ValueError, errors.ClientError):
                    continue


def _make_clients(modules: Sequence[ModuleType]) -> None:
    """Make each client that needs nothing, and look at its resources."""
    for module in [one for one in modules if hasattr(one, "Service")]:
        base = importlib.import_module(f"{NAME}._runtime.client")
        errors = importlib.import_module(f"{NAME}._runtime.errors")
        for one in list(vars(module).values()):
            if isinstance(one, type) and issubclass(one, base.BaseClient) and one is not base.BaseClient:
                options = {} if module.SERVICE.servers else {"endpoint": "https://service.example"}
                options |= dict.fromkeys(module.SERVICE.required, "x")
                try:
                    client = one(**options)
                except errors.InvalidCallError:  # a documented server that no request could be sent to
                    continue
                for name in [name for name in vars(one) if not name.startswith("__")]:
                    getattr(client, name)


class _Finder(MetaPathFinder, InspectLoader):
    """Finds the modules of a package that was never written."""

    def __init__(self, modules: Mapping[str, CodeType], packages: set[str]) -> None:
        self._modules = modules
        self._packages = packages

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname not in self._modules:
            return None
        return spec_from_loader(fullname, self, is_package=fullname in self._packages)

    def get_code(self, fullname: str) -> CodeType:
        return self._modules[fullname]

    def get_source(self, fullname: str) -> None:
        return None

    def is_package(self, fullname: str) -> bool:
        return fullname in self._packages


# -- what all copies have ---------------------------------------------------------------------------------------------


@cache
def prepare() -> None:
    """Import what every document needs, so that no copy has to: the stages, the runtime under the name of a package."""
    folder = _new_folder()
    disk.MANY = sys.maxsize  # what is gone in a moment need not wait for all that others write
    try:
        shutil.copytree(RUNTIME, folder / NAME / "_runtime", ignore=shutil.ignore_patterns("__pycache__"))
        (folder / NAME / "__init__.py").touch()
        sys.path.insert(0, str(folder))
        for one in pkgutil.walk_packages([str(folder / NAME)], f"{NAME}."):
            importlib.import_module(one.name)
        sys.path.remove(str(folder))
        for version in ("2.0", "3.0.3", "3.1.0", "3.2.0"):
            build_example(Example(files={"openapi.json": json.dumps(smallest(version))}, tolerant=True), folder)
        small = smallest("3.1.0", schema={"type": "object", "properties": {"a": {"type": "string"}}})
        tool = Example(files={"openapi.json": json.dumps(small)}, models="datamodel-code-generator", black=True)
        build_example(tool, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def smallest(version: str, schema: object = None) -> dict[str, Any]:
    """A document of one operation."""
    responses = {"200": {"description": "Fine."}}
    document: dict[str, Any] = {"info": {"title": "Small", "version": "1"}}
    document |= {"swagger": version} if version == "2.0" else {"openapi": version}
    document["paths"] = {"/things": {"get": {"operationId": "getThings", "responses": responses}}}
    if schema is not None:
        document["components"] = {"schemas": {"Thing": schema}}
        responses["200"] |= {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}  # type: ignore[operator]
    return document
