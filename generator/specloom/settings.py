"""Reads `[tool.specloom]` of a pyproject.toml: which packages to build, from which documents, to where.

[[tool.specloom.package]]
distribution = "acme-jobs"              # name on the package index
import-name = "acme_jobs"               # name in Python; by default the distribution with `_` for `-`
documents = ["spec/jobs/openapi.yaml"]  # one or more, relative to pyproject.toml
out = "generated/acme-jobs"             # default: `generated/` and the distribution
version = "0.1.0"                       # of the emitted package; this is the default
description = "Jobs of Acme"            # default: what the documents say of themselves
readme = "spec/README.acme-jobs.md"     # Markdown that ends the emitted README.md; by default there is none
models = "auto"                         # who types models: "datamodel-code-generator", "own", or by their number
validation = "report"                   # mend and warn of faults of documents that are not yours; default: "strict"
overlays = ["spec/jobs.overlay.yaml"]   # OpenAPI Overlays, applied to each document in this order
select = { tags = ["jobs"] }            # also `paths` and `operations`; default: every operation
"""

from __future__ import annotations

import keyword
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic, sorted_diagnostics
from specloom.location import Location
from specloom.reading import STRICT, Reading
from specloom.reading_settings import READING_KEYS, read_reading
from specloom.toml_file import read_toml
from specloom.toml_places import find_places
from specloom.toml_report import TomlReport, check_keys, is_file, read_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.toml_places import TomlPath

PYPROJECT = "pyproject.toml"
DEFAULT_VERSION = "0.1.0"
UNNAMED = "unnamed"
"""Stands for a distribution whose name is a fault already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageSettings:
    """One package to build.

    Args:
        distribution: Name on the package index.
        import_name: Name in Python; an identifier that shadows no standard module.
        out: Folder of the emitted distribution.
        version: Version of the emitted distribution.
        documents: OpenAPI documents, in the order in which they are configured.
        description: One line about the package; empty where the documents are to speak.
        location: Where the package is configured.
        readme: Markdown by hand that ends the emitted README.md.
        reading: How the documents are read.
        models: Who types models; the output is the same, byte for byte.
    """

    distribution: str
    import_name: str
    out: Path
    version: str
    documents: tuple[Path, ...]
    description: str
    location: Location
    readme: Path | None = None
    reading: Reading = STRICT
    models: str = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What to build.

    Args:
        root: The folder that recorded paths are relative to: that of pyproject.toml, or of the one document.
        packages: In the order in which they are configured.
    """

    root: Path
    packages: tuple[PackageSettings, ...]


def find_pyproject(start: Path) -> Path | None:
    """Find the nearest pyproject.toml with a `[tool.specloom]` table, in a folder or the folders above it.

    One that mentions the table and cannot be parsed is found too: `load_settings` says what is wrong with it.
    """
    for folder in (start, *start.absolute().parents):
        pyproject = folder / PYPROJECT
        try:
            content = pyproject.read_bytes().replace(b"\0", b"")  # of UTF-16, too
        except OSError:
            continue
        if b"specloom" not in content:
            continue
        read = read_toml(pyproject, PYPROJECT)
        if b"tool.specloom" in content if isinstance(read, Diagnostic) else _specloom_table(read.tables) is not None:
            return pyproject
    return None


def load_settings(pyproject: Path) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    """Read the configuration; None where there is none, or where it has errors.

    Paths of the result are those of `pyproject` joined with what is written, so that a relative one stays relative.
    """
    file = _show_path(pyproject)
    read = read_toml(pyproject, file)
    if isinstance(read, Diagnostic):
        return None, (read,)
    table = _specloom_table(read.tables)
    if table is None:
        return None, ()
    report = TomlReport(file, find_places(read.text))
    packages = _read_packages(table, pyproject.parent, report)
    if report.found:
        return None, sorted_diagnostics(report.found)
    return Settings(root=pyproject.parent, packages=packages), ()


def settings_for(
    document: Path, *, import_name: str, out: Path, distribution: str = "", version: str = DEFAULT_VERSION
) -> Settings:
    """Settings of a build without configuration: one document, one package.

    Args:
        import_name: Name in Python; ask `import_name_fault` first.
        distribution: Name on the package index; by default the import name with `-` for `_`.
    """
    package = PackageSettings(
        distribution=distribution or import_name.strip("_").replace("_", "-"),
        import_name=import_name,
        out=out,
        version=version,
        documents=(document,),
        description="",
        location=Location(_show_path(document)),
    )
    return Settings(root=document.parent, packages=(package,))


def import_name_fault(name: str) -> str:
    """Say why a name cannot be imported by, in the words that follow the name; empty where it can."""
    if not (name.isidentifier() and name.isascii()):
        return "is not a Python identifier"
    if keyword.iskeyword(name):
        return "is a keyword of Python"
    if name in sys.stdlib_module_names:
        return "is a module of Python's standard library"
    if name in _RESERVED_IMPORT_NAMES:
        return "is a package that the emitted code imports"
    return ""


_RESERVED_IMPORT_NAMES = frozenset({"exchange", "httpx2", "pydantic", "pydantic_core", "specloom", "tests"})

# -- one package ------------------------------------------------------------------------------------------------------

_PACKAGE: TomlPath = ("tool", "specloom", "package")
_PACKAGE_KEYS = (
    *("distribution", "import-name", "out", "version", "documents", "description", "readme", "models"),
    *READING_KEYS,
)
_MODELS = ("auto", "datamodel-code-generator", "own")
_DISTRIBUTION = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_VERSION = re.compile(r"(\d+!)?\d+(\.\d+)*((a|b|rc)\d+)?(\.post\d+)?(\.dev\d+)?(\+[a-z0-9]+([._-][a-z0-9]+)*)?")
"""Canonical versions of PEP 440."""


def _read_packages(table: object, root: Path, report: TomlReport) -> tuple[PackageSettings, ...]:
    if not isinstance(table, dict):
        report.add("SL603", "`tool.specloom` must be a table", _PACKAGE[:2])
        return ()
    check_keys(table, ("package",), _PACKAGE[:2], report)
    entries = table.get("package", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        report.add("SL603", "`package` must be an array of tables", _PACKAGE, "Write `[[tool.specloom.package]]`")
        return ()
    if not entries and not report.found:
        hint = "Add a `[[tool.specloom.package]]` table with `distribution` and `documents`"
        report.add("SL604", "No package is configured", _PACKAGE, hint)
    packages = tuple(_read_package(entry, root, (*_PACKAGE, n), report) for n, entry in enumerate(entries))
    _check_duplicates(packages, report)
    return packages


def _read_package(entry: Mapping[str, object], root: Path, path: TomlPath, report: TomlReport) -> PackageSettings:
    check_keys(entry, _PACKAGE_KEYS, path, report)
    distribution = read_text(entry, "distribution", path, report)
    if distribution is None and "distribution" not in entry:
        report.add("SL604", "`distribution` is missing", path, "Name the package as on the package index")
    elif distribution and not _DISTRIBUTION.fullmatch(distribution):
        hint = "Use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends"
        report.add("SL608", f"`{distribution}` is not a name of a distribution", (*path, "distribution"), hint)
    distribution = distribution or UNNAMED
    import_name = read_text(entry, "import-name", path, report) or re.sub(r"[-.]+", "_", distribution).lower()
    if fault := import_name_fault(import_name):
        report.add("SL607", f"`{import_name}` {fault}", (*path, "import-name"), "Set `import-name` to another name")
    version = read_text(entry, "version", path, report) or DEFAULT_VERSION
    if not _VERSION.fullmatch(version):
        hint = "Write it in the canonical form of PEP 440, as `1.2.0` or `1.2.0rc1`"
        report.add("SL608", f"`{version}` is not a version", (*path, "version"), hint)
    documents = _read_documents(entry, root, path, report)
    out = _read_out(entry, distribution, root, documents, path, report)
    return PackageSettings(
        distribution=distribution,
        import_name=import_name,
        out=out,
        version=version,
        documents=documents,
        description=read_text(entry, "description", path, report) or "",
        location=report.locate(path),
        readme=_read_readme(entry, root, out, path, report),
        reading=read_reading(entry, root, path, report),
        models=_read_models(entry, path, report),
    )


def _read_models(entry: Mapping[str, object], path: TomlPath, report: TomlReport) -> str:
    models = read_text(entry, "models", path, report) or "auto"
    if models not in _MODELS:
        hint = f"Write one of {', '.join(f'`{one}`' for one in _MODELS)}"
        report.add("SL603", f"`{models}` does not type models", (*path, "models"), hint)
    return models


def _read_documents(entry: Mapping[str, object], root: Path, path: TomlPath, report: TomlReport) -> tuple[Path, ...]:
    path = (*path, "documents")
    written = entry.get("documents", [])
    if not isinstance(written, list) or not all(isinstance(one, str) for one in written):
        report.add("SL603", "`documents` must be an array of strings", path)
        return ()
    if not written:
        report.add("SL604", "`documents` names no document", path, 'Write `documents = ["spec/openapi.yaml"]`')
    there = []
    for index, name in enumerate(written):
        if not _is_there(name, root, (*path, index), report):
            continue
        if name in there:
            report.add("SL609", f"`{name}` is listed twice", (*path, index))
        there.append(name)
    return tuple(root / name for name in there)


def _read_readme(entry: Mapping[str, object], root: Path, out: Path, path: TomlPath, report: TomlReport) -> Path | None:
    name = read_text(entry, "readme", path, report)
    path = (*path, "readme")
    if name is None or not _is_there(name, root, path, report):
        return None
    if (root / name).resolve().is_relative_to(out.resolve()):
        report.add("SL606", f"`{name}` lies in the output folder, which a build writes", path, "Keep it elsewhere")
    return root / name


def _is_there(name: str, root: Path, place: TomlPath, report: TomlReport) -> bool:
    """Whether a configured file can be read on every machine that has the project; reported where it cannot."""
    if Path(name).is_absolute():
        hint = f"Write it relative to {PYPROJECT}"
        report.add("SL606", f"`{name}` is an absolute path, which no other machine has", place, hint)
    elif not is_file(root / name):
        report.add("SL605", f"There is no file `{name}` beside {PYPROJECT}", place, _suggest_document(root, name))
    else:
        return True
    return False


def _read_out(
    entry: Mapping[str, object],
    distribution: str,
    root: Path,
    documents: tuple[Path, ...],
    path: TomlPath,
    report: TomlReport,
) -> Path:
    """Read the output folder, and refuse one that could take in what people maintain."""
    written = read_text(entry, "out", path, report) or f"generated/{distribution}"
    if fault := _out_fault(written, root.resolve(), documents):
        report.add("SL606", f"`{written}` {fault}", (*path, "out"), "Name a folder of its own, as `generated/name`")
    return root / written


def _out_fault(written: str, base: Path, documents: tuple[Path, ...]) -> str:
    """Say why a folder may not be written to, in the words that follow its name; empty where it may."""
    out = (base / written).resolve()
    if Path(written).is_absolute() or not out.is_relative_to(base):
        return "lies outside the project"
    if out == base:
        return "is the project itself"
    for document in documents:
        folder = document.resolve().parent
        if folder.is_relative_to(out):
            return f"contains the document `{document.name}`"
        if out.is_relative_to(folder) and not base.is_relative_to(folder):
            return f"lies in the folder of the document `{document.name}`"
    return ""


def _check_duplicates(packages: tuple[PackageSettings, ...], report: TomlReport) -> None:
    """Refuse packages that overwrite or hide each other."""
    for index, package in enumerate(packages):
        for earlier in packages[:index] if package.distribution != UNNAMED else ():
            where = f"also at line {earlier.location.line}"
            if _normalize(package.distribution) == _normalize(earlier.distribution):
                path = (*_PACKAGE, index, "distribution")
                report.add("SL609", f"Distribution `{package.distribution}` is configured twice, {where}", path)
            if package.import_name.lower() == earlier.import_name.lower():
                path = (*_PACKAGE, index, "import-name")
                report.add("SL609", f"Import name `{package.import_name}` is configured twice, {where}", path)
            ours, theirs = package.out.resolve(), earlier.out.resolve()
            if ours.is_relative_to(theirs) or theirs.is_relative_to(ours):
                path = (*_PACKAGE, index, "out")
                report.add("SL609", f"The output folder is shared with `{earlier.distribution}`, {where}", path)


def _normalize(distribution: str) -> str:
    """Normalize the name of a distribution (PEP 503)."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def _suggest_document(root: Path, name: str) -> str:
    from difflib import get_close_matches  # an import that only mistakes pay for

    try:
        siblings = sorted(one.name for one in (root / name).parent.iterdir() if one.is_file())
    except (OSError, ValueError):
        return ""
    near = get_close_matches(Path(name).name, siblings, n=1)
    return f"Did you mean `{Path(name).with_name(near[0]).as_posix()}`?" if near else ""


def _specloom_table(tables: Mapping[str, object]) -> object:
    tool = tables.get("tool")
    return tool.get("specloom") if isinstance(tool, dict) else None


def _show_path(path: Path) -> str:
    """Write a path as people should see it: relative to the working directory where it lies below it."""
    absolute, here = path.absolute(), Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else absolute.as_posix()
