"""The stages in their order: load, resolve, validate, lint, lower, plan, render. Emitting is up to the caller."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from specloom import __version__
from specloom.diagnostics import Diagnostic, has_errors, sorted_diagnostics
from specloom.document import load_document, validate
from specloom.emit import hash_bytes, hash_text
from specloom.location import Location
from specloom.lower import CODES as LOWER_CODES
from specloom.lower import lower
from specloom.python import Target, manifest, plan
from specloom.render import render
from specloom.shipped import RUNTIME, templates_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from specloom.document import Document
    from specloom.model import Api
    from specloom.settings import PackageSettings


OTHER_CODES: Mapping[str, str] = {
    **LOWER_CODES,
    "SL601": "a pyproject.toml that cannot be read",
    "SL602": "an unknown key in the configuration",
    "SL603": "a value of the wrong type in the configuration",
    "SL604": "a key that the configuration lacks",
    "SL605": "a configured file that is not there",
    "SL606": "a folder that output cannot go to",
    "SL607": "a name that cannot be imported by",
    "SL608": "a name or version that no distribution can have",
    "SL609": "two configured packages that would be one",
    "SL610": "a configured file that is not UTF-8",
    "SL701": "a file in the way of the output that is not ours to replace",
}
"""Codes of the stages that are neither reading nor linting, each with what it reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A package as it should be on disk.

    Args:
        files: Text by path; empty where a diagnostic is an error.
        sources: SHA-256 of every file of the documents, by path relative to the root.
        operations: How many operations the package has.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    operations: int = 0


def build(package: PackageSettings, root: Path) -> Build:
    """Build a package in memory.

    Args:
        package: What to build.
        root: The folder that names of sources are relative to.
    """
    apis, sources, found = _lower_all(package, root)
    closing = _read_readme(package, root, sources, found)
    if has_errors(found):
        return Build(diagnostics=sorted_diagnostics(found), sources=sources)
    target = Target(
        distribution=package.distribution,
        import_name=package.import_name,
        version=package.version,
        description=package.description,
        templates=templates_folder(),
    )
    planned = plan(apis, target)
    diagnostics = sorted_diagnostics((*found, *planned.diagnostics))
    if has_errors(diagnostics):
        return Build(diagnostics=diagnostics, sources=sources)
    files = render(planned.pages, _read(planned.pages, package.out))
    files["README.md"] += closing
    files |= planned.texts
    files |= {f"{planned.runtime}/{name}": text for name, text in runtime_files(planned.vendors).items()}
    files = dict(sorted(files.items()))
    hashes = {path: hash_text(text) for path, text in files.items()}
    files["manifest.json"] = manifest(__version__, sources, hashes, distribution=package.distribution)
    operations = sum(len(api.operations) for api in apis)
    return Build(files=files, sources=sources, diagnostics=diagnostics, operations=operations)


def _lower_all(package: PackageSettings, root: Path) -> tuple[list[Api], dict[str, str], list[Diagnostic]]:
    apis: list[Api] = []
    sources: dict[str, str] = {}
    found: list[Diagnostic] = []
    for path in package.documents:
        document, diagnostics = read_document(path)
        found.extend(diagnostics)
        if document is None:
            continue
        names = _source_names(document, root)
        sources |= {names[key]: hash_bytes(Path(source.name).read_bytes()) for key, source in document.sources.items()}
        if has_errors(diagnostics):
            continue
        api, faults = lower(document)
        entry = names[document.entry]
        others = sorted(name for key, name in names.items() if key != document.entry)
        apis.append(replace(api, sources=(entry, *others)))
        found.extend(faults)
    return apis, sources, found


def _read_readme(package: PackageSettings, root: Path, sources: dict[str, str], found: list[Diagnostic]) -> str:
    """What ends the README, after an empty line: text of people who maintain it, which no template sees.

    It is a source like the documents: what was built from is hashed.
    """
    if package.readme is None:
        return ""
    name = os.path.relpath(package.readme, root).replace(os.sep, "/")
    content = package.readme.read_bytes()
    sources[name] = hash_bytes(content)
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        hint = "Save it as UTF-8"
        found.append(Diagnostic(code="SL610", message="Is not UTF-8", location=Location(name), hint=hint))
        return ""
    return f"\n{text.strip()}\n" if text.strip() else ""


def _source_names(document: Document, root: Path) -> dict[str, str]:
    """Names of source files relative to the root, whatever folder the build runs in."""
    return {key: os.path.relpath(source.name, root).replace(os.sep, "/") for key, source in document.sources.items()}


def _read(pages: Mapping[str, object], out: Path) -> dict[str, str]:
    """What is on disk of the pages: text that an earlier build has formatted."""
    found = {}
    for path in pages:
        try:
            found[path] = (out / path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
    return found


def runtime_files(vendors: Collection[str] = ()) -> dict[str, str]:
    """The runtime, byte for byte.

    Args:
        vendors: The vendors whose modules are wanted too.
    """
    return {
        path.relative_to(RUNTIME).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(RUNTIME.rglob("*.py"))
        if "__pycache__" not in path.parts and _is_wanted(path.relative_to(RUNTIME), vendors)
    }


def _is_wanted(path: Path, vendors: Collection[str]) -> bool:
    """Whether a module belongs to all packages, or to a vendor that this one names."""
    folder, *inner = path.with_suffix("").parts
    return folder != "vendors" or (bool(vendors) and inner[0] in {"__init__", *vendors})


def read_document(path: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Load, resolve and validate a document."""
    document, found = load_document(path)
    if document is None or has_errors(found):
        return document, sorted_diagnostics(found)
    return document, sorted_diagnostics((*found, *validate(document)))


def lower_document(path: Path) -> tuple[Api | None, tuple[Diagnostic, ...]]:
    """Read a document up to its API model; `None` where it cannot be one."""
    document, found = read_document(path)
    if document is None or has_errors(found):
        return None, found
    api, faults = lower(document)
    found = sorted_diagnostics((*found, *faults))
    return (None if has_errors(found) else api), found
