"""The stages in their order: load, resolve, validate, lint, lower, plan, render. Emitting is up to the caller."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from specloom import __version__
from specloom.cache import Cache
from specloom.depth import deep, too_deep
from specloom.diagnostics import Diagnostic, has_errors, sorted_diagnostics
from specloom.document import leave_out, tally
from specloom.document import read_document as read_one
from specloom.emit import hash_bytes, hash_text
from specloom.guard import check_files
from specloom.location import Location
from specloom.lower import CODES as LOWER_CODES
from specloom.lower import lower
from specloom.progress import tell_nobody
from specloom.python import ModelMismatchError, Target, manifest, plan
from specloom.python.vendors import ON_DEMAND
from specloom.reading import STRICT, Reading
from specloom.render import render
from specloom.shipped import RUNTIME, templates_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from specloom.document import Document, Read, Tally
    from specloom.model import Api
    from specloom.reading import Wanted
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
    "SL611": "a part of a selection that no operation answers to",
    "SL701": "a file in the way of the output that is not ours to replace",
    "SL702": "an emitted file that was edited by hand",
    "SL703": "a build that was cut short while it wrote",
    "SL704": "another process that builds in the same place",
    "SL705": "an output folder that cannot be read or written",
    "SL706": "an emitted path that not every system can have",
    "SL707": "a manifest that does not say which files are ours",
    "SL708": "printed text that is not what was planned, and nothing else",
    "SL709": "models from datamodel-code-generator that are not what was planned",
}
"""Codes of the stages that are neither reading nor linting, each with what it reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A package as it should be on disk.

    Args:
        files: Text by path; empty where a diagnostic is an error.
        sources: SHA-256 of every file of the documents, by path relative to the root.
        operations: How many operations the package has.
        summary: How much was carried over whole, where documents were mended.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    operations: int = 0
    summary: str = ""


def build(
    package: PackageSettings, root: Path, *, cache: Cache | None = None, tell: Callable[[str], None] = tell_nobody
) -> Build:
    """Build a package in memory.

    Args:
        package: What to build.
        root: The folder that names of sources are relative to.
        cache: Keeps results of slow steps; the output is the same without.
        tell: Takes the name of each stage as it begins.
    """
    apis, sources, found, tallies = _lower_all(package, root, tell)
    closing = _read_readme(package, root, sources, found)
    if has_errors(found):
        return Build(diagnostics=sorted_diagnostics(found), sources=sources)
    target = Target(
        distribution=package.distribution,
        import_name=package.import_name,
        version=package.version,
        description=package.description,
        templates=templates_folder(),
        models=package.models,
        cache=cache or Cache(),
    )
    tell("planning")
    try:
        with deep():
            planned = plan(apis, target)
    except RecursionError:
        return Build(diagnostics=sorted_diagnostics((*found, too_deep(apis[0].location))), sources=sources)
    except ModelMismatchError as error:
        return Build(diagnostics=sorted_diagnostics((*found, _mistyped(apis[0], error))), sources=sources)
    diagnostics = sorted_diagnostics((*found, *planned.diagnostics))
    if has_errors(diagnostics):
        return Build(diagnostics=diagnostics, sources=sources)
    tell("rendering")
    files = render(planned.pages, _read(planned.pages, package.out))
    unplanned = check_files(planned.pages, files, package.import_name)
    if unplanned:
        return Build(diagnostics=sorted_diagnostics((*diagnostics, *unplanned)), sources=sources)
    files["README.md"] += closing
    files |= planned.texts
    files |= {f"{planned.runtime}/{name}": text for name, text in runtime_files(planned.parts).items()}
    files = dict(sorted(files.items()))
    hashes = {path: hash_text(text) for path, text in files.items()}
    files["manifest.json"] = manifest(__version__, sources, hashes, distribution=package.distribution)
    operations = sum(len(api.operations) for api in apis)
    summary = _summary(tallies, operations) if package.reading.tolerant else ""
    return Build(files=files, sources=sources, diagnostics=diagnostics, operations=operations, summary=summary)


def _mistyped(api: Api, error: ModelMismatchError) -> Diagnostic:
    hint = 'Set `models = "own"`, and report it: it is a fault of specloom, or a change of the tool'
    message = f"datamodel-code-generator returned other models than were planned: {error}"
    return Diagnostic(code="SL709", message=message, location=api.location, hint=hint)


def _lower_all(
    package: PackageSettings, root: Path, tell: Callable[[str], None]
) -> tuple[list[Api], dict[str, str], list[Diagnostic], list[Tally]]:
    apis: list[Api] = []
    sources: dict[str, str] = {}
    found: list[Diagnostic] = []
    tallies: list[Tally] = []
    matched: set[Wanted] = set()
    for path in package.documents:
        tell(f"reading {path.name}")
        document, diagnostics, here = read_document(path, package.reading)
        found.extend(diagnostics)
        matched |= here
        if document is None:
            continue
        names = _source_names(document, root)
        sources |= _hashes(document, root)
        if has_errors(diagnostics) or (package.reading.select.wanted and not here):
            continue  # of the latter nothing is wanted
        tell(f"understanding {path.name}")
        api, faults = _lower(document)
        found.extend(faults)
        if api is None:
            continue
        entry = names[document.entry]
        others = sorted(name for key, name in names.items() if key != document.entry)
        apis.append(replace(api, sources=(entry, *others)))
        tallies.append(tally(document, (*diagnostics, *faults)))
    found.extend(_unmatched(package.reading, matched))
    return apis, sources, found, tallies


def _lower(document: Document) -> tuple[Api | None, tuple[Diagnostic, ...]]:
    try:
        with deep():
            return lower(document)
    except RecursionError:
        return None, (too_deep(document.root.location),)


def _summary(tallies: list[Tally], carried: int) -> str:
    """Say how much was carried over whole."""
    operations, degraded = sum(one.operations for one in tallies), sum(one.degraded for one in tallies)
    components, parts = sum(one.components for one in tallies), sum(one.degraded_components for one in tallies)
    refused = operations - carried
    return (
        f"{carried - degraded} of {operations} operation{'' if operations == 1 else 's'} carried over whole,"
        f" {degraded} degraded, {refused} refused;"
        f" {components - parts} of {components} component{'' if components == 1 else 's'} whole, {parts} degraded"
    )


def _unmatched(reading: Reading, matched: Collection[Wanted]) -> list[Diagnostic]:
    """Say of each part of a selection that no document has anything for it."""
    message, hint = "`{}` selects nothing", "Write it as it stands in the document, or leave it out"
    return [
        Diagnostic(code="SL611", message=message.format(one.text), location=one.location, hint=hint)
        for one in reading.select.wanted
        if one not in matched
    ]


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


def _hashes(document: Document, root: Path) -> dict[str, str]:
    """Hashes of the files that a document was read from, those of overlays too."""
    names = {text.name for source in document.sources.values() for text in source.texts}
    return {os.path.relpath(one, root).replace(os.sep, "/"): hash_bytes(Path(one).read_bytes()) for one in names}


def _read(pages: Mapping[str, object], out: Path) -> dict[str, str]:
    """What is on disk of the pages: text that an earlier build has formatted."""
    found = {}
    for path in pages:
        try:
            found[path] = (out / path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
    return found


def runtime_files(parts: Collection[str] = ()) -> dict[str, str]:
    """The runtime, byte for byte.

    Args:
        parts: What is wanted of its modules that not every package has, by their dotted names.
    """
    return {
        path.relative_to(RUNTIME).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(RUNTIME.rglob("*.py"))
        if "__pycache__" not in path.parts and _is_wanted(path.relative_to(RUNTIME), parts)
    }


def _is_wanted(path: Path, parts: Collection[str]) -> bool:
    """Whether a module belongs to all packages, or to a part that this one needs."""
    folder, *inner = path.with_suffix("").parts
    if folder != "vendors":
        return folder not in ON_DEMAND or folder in parts
    named = {part.partition(".")[2] for part in parts if part.startswith("vendors.")}
    return bool(named) and inner[0] in {"__init__", *named}


def read_document(path: Path, how: Reading = STRICT) -> Read:
    """Read a document; of one of others, examples that do not fit their schemas are left out."""
    read = read_one(path, how)
    if not how.tolerant or read.document is None or has_errors(read.diagnostics):
        return read
    from specloom.lint import unfit_examples  # an import that only documents of others pay for

    examples, said = unfit_examples(read.document)
    diagnostics = sorted_diagnostics((*read.diagnostics, *said))
    return read._replace(document=leave_out(read.document, examples), diagnostics=diagnostics)


def lower_document(path: Path, how: Reading = STRICT) -> tuple[Api | None, tuple[Diagnostic, ...]]:
    """Read a document up to its API model; `None` where it cannot be one."""
    document, found, matched = read_document(path, how)
    found = (*found, *_unmatched(how, matched))
    if document is None or has_errors(found):
        return None, found
    api, faults = _lower(document)
    found = sorted_diagnostics((*found, *faults))
    return (None if has_errors(found) else api), found
