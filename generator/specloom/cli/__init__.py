"""The command line: reads arguments, prints, chooses the exit code.

What takes long to import is imported by the command that needs it, and by `build` only where there is something to do.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from specloom import __version__
from specloom.cli.emitting import compare_package, settle_package, write_package
from specloom.cli.options import reading_options, refuse_without_document
from specloom.cli.rules import explain_rule, rule_texts
from specloom.cli.saying import count, print_diagnostics
from specloom.diagnostics import Diagnostic, has_errors
from specloom.report import FORMATS, NO_STYLE, write
from specloom.report.terminal import SourceLines, style_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.fingerprint import Machinery
    from specloom.model import Api
    from specloom.reading import Reading
    from specloom.settings import PackageSettings, Settings

FOUND: Final = 1
"""Exit code: there are errors, or files are stale."""
CRASHED: Final = 70
"""Exit code: a fault of specloom itself (EX_SOFTWARE of sysexits.h)."""

_DOCUMENT: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="specloom")
def specloom() -> None:
    """Turn OpenAPI documents that people maintain by hand into Python clients.

    What to build stands in pyproject.toml:

    \b
      [[tool.specloom.package]]
      distribution = "acme-jobs"
      documents = ["spec/jobs/openapi.yaml"]

    \b
    Everyday use:
      specloom build             write every configured package
      specloom build --check     say what is stale, write nothing
      specloom lint              check every configured document
      specloom serve SPEC        answer from the documented examples

    \b
    Exit codes: 0 fine, 1 errors found or files stale, 2 wrong usage, 70 a fault of specloom itself.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line and leave the process with its exit code; a fault of ours takes one line, not a traceback.

    Args:
        arguments: Without the name of the program; by default those of the process.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an encoding that lacks a character must not stop a report
            stream.reconfigure(errors="backslashreplace")
    try:
        specloom.main(args=None if arguments is None else list(arguments), prog_name="specloom")
    except Exception as error:
        if os.environ.get("SPECLOOM_DEBUG"):
            raise
        said = " ".join(f"{type(error).__name__}: {error}".split())
        shown = "".join(char if char.isprintable() else "?" for char in said)[:300]
        click.echo(f"specloom: internal error: {shown}", err=True)
        click.echo("    hint: this is a fault of specloom; report it with what SPECLOOM_DEBUG=1 prints", err=True)
        sys.exit(CRASHED)
    sys.exit(0)


# -- build ------------------------------------------------------------------------------------------------------------


@specloom.command()
@click.argument("documents", metavar="[SPEC]...", nargs=-1, type=_DOCUMENT)
@click.option("--package", metavar="NAME", help="Import name of the package that is made from SPEC.")
@click.option("--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Where that package goes.")
@click.option("--distribution", metavar="NAME", help="Name on the package index; by default NAME with `-` for `_`.")
@click.option("--version", metavar="VERSION", help="Version of the emitted package; by default 0.1.0.")
@click.option("--check", is_flag=True, help="Write nothing; print a diff of what is stale, and exit 1 if anything is.")
@click.option("--force", is_flag=True, help="Overwrite emitted files that were edited by hand.")
@click.option("--no-cache", is_flag=True, help="Read and keep nothing under .specloom; the output is the same.")
@reading_options
def build(
    documents: tuple[Path, ...],
    package: str | None,
    out: Path | None,
    distribution: str | None,
    version: str | None,
    check: bool,
    force: bool,
    no_cache: bool,
    reading: Reading,
) -> None:
    """Write Python packages from OpenAPI documents.

    Without SPEC, every package under [tool.specloom] of the nearest pyproject.toml is built; nothing is done where
    nothing changed. With SPEC, one package is built from these documents, and no configuration is read.

    \b
    Examples:
      specloom build
      specloom build --check
      specloom build openapi.yaml --package acme_jobs --out generated/acme-jobs
    """
    if documents:
        settings = _settings_for(documents, package, out, distribution, version, reading)
        fine = [_build_package(one, settings.root, check, force) for one in settings.packages]
    else:
        given = {"--package": package, "--out": out, "--distribution": distribution, "--version": version}
        if alone := [option for option, value in given.items() if value is not None]:
            raise click.UsageError(f"{alone[0]} needs a SPEC; packages without one are configured in pyproject.toml")
        refuse_without_document(reading)
        settings = _configured()
        from specloom.fingerprint import find_machinery

        machinery = None if no_cache else find_machinery()
        fine = [_build_configured(one, settings.root, machinery, check, force) for one in settings.packages]
    if not all(fine):
        sys.exit(FOUND)


def _settings_for(
    documents: tuple[Path, ...],
    package: str | None,
    out: Path | None,
    distribution: str | None,
    version: str | None,
    reading: Reading,
) -> Settings:
    """Make settings of the arguments of one build."""
    from dataclasses import replace

    from specloom.settings import DEFAULT_VERSION, import_name_fault, settings_for

    if package is None or out is None:
        raise click.UsageError(f"a build from SPEC needs {'--package' if package is None else '--out'}")
    if fault := import_name_fault(package):
        raise click.BadParameter(f"`{package}` {fault}", param_hint="--package")
    if distribution is not None and not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", distribution):
        raise click.BadParameter(f"`{distribution}` is not a name of a distribution", param_hint="--distribution")
    if version is not None and not re.fullmatch(r"[0-9][A-Za-z0-9.!+]*", version):
        raise click.BadParameter(f"`{version}` is not a version", param_hint="--version")
    for document in documents:
        if document.resolve().is_relative_to(out.resolve()):
            raise click.BadParameter(f"`{out}` contains the document `{document}`", param_hint="--out")
    made = settings_for(
        documents[0],
        import_name=package,
        out=out,
        distribution=distribution or "",
        version=version or DEFAULT_VERSION,
    )
    return replace(made, packages=tuple(replace(one, documents=documents, reading=reading) for one in made.packages))


def _build_configured(
    package: PackageSettings, root: Path, machinery: Machinery | None, check: bool, force: bool
) -> bool:
    """Build a package unless nothing changed since it was built; tell whether all is well."""
    if machinery is None:
        return _build_package(package, root, check, force)
    from specloom.fingerprint import read_current

    state = read_current(package, root, machinery)
    if state is None:
        return _build_package(package, root, check, force, machinery)
    click.echo("".join(state.warnings), err=True, nl=False)
    click.echo(f"{package.distribution}: nothing to do", err=check)
    return True


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Nobody looks for garbage.

    A build makes millions of objects that live to its end: looking among them takes a tenth of its time and finds a
    hundredth of its memory. What the package before has left is taken away first; what the last one leaves, by the end
    of the process.
    """
    gc.unfreeze()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # or the next object that is made would have them all looked through
        gc.enable()


@_undisturbed()
def _build_package(
    package: PackageSettings, root: Path, check: bool, force: bool, machinery: Machinery | None = None
) -> bool:
    """Build a package, and write it or compare it with what is there; tell whether all is well.

    Args:
        machinery: What the next build is to compare; None for a build that leaves no state behind.
    """
    from specloom.fingerprint import cache_for
    from specloom.pipeline import build as build_files
    from specloom.progress import Progress

    if not check and not settle_package(package, force=force):
        return False
    cache = cache_for(root, machinery)
    with Progress(package.distribution, sys.stderr) as progress:
        made = build_files(package, root, cache=cache, tell=progress.tell)
    cache.trim()
    print_diagnostics(made.diagnostics)
    if has_errors(made.diagnostics):
        return False
    fine = compare_package(package, made) if check else write_package(package, made, force=force)
    if fine and not check and machinery is not None:
        from specloom.fingerprint import record_state

        warnings = write(made.diagnostics, "text", summary=False)
        record_state(package, root, machinery, inputs=made.sources, warnings=(warnings,) if warnings else ())
    return fine


# -- lint -------------------------------------------------------------------------------------------------------------


@specloom.command(short_help="Check OpenAPI documents.")
@click.argument("documents", metavar="[SPEC]...", nargs=-1, type=_DOCUMENT)
@click.option("--format", "format_name", type=click.Choice(FORMATS), default="text", help="How to print what is found.")
@click.option("--strict", is_flag=True, help="Exit 1 on warnings too.")
@click.option("--rules", is_flag=True, help="List the rules, and check nothing.")
@click.option("--explain", metavar="RULE", help="Explain a rule by its code or name, and check nothing.")
@reading_options
def lint(
    documents: tuple[Path, ...], format_name: str, strict: bool, rules: bool, explain: str | None, reading: Reading
) -> None:
    """Check OpenAPI documents: syntax, references, OpenAPI itself, and rules beyond it.

    Without SPEC, every document under [tool.specloom] of the nearest pyproject.toml is checked. Exits with 1 where
    there are errors.

    \b
    Examples:
      specloom lint
      specloom lint openapi.yaml --format github
      specloom lint --format sarif > specloom.sarif
      specloom lint --explain SL541
    """
    if rules or explain is not None:
        explain_rule(explain)
        return
    how = dict.fromkeys(documents, reading)
    if not documents:
        refuse_without_document(reading)
        how = {path: one.reading for one in _configured().packages for path in one.documents}
    from specloom.lint import check_documents

    found = check_documents(how, complete=not documents, how=how)
    style = style_for(sys.stdout) if format_name == "text" else NO_STYLE
    texts = rule_texts() if format_name == "sarif" else None
    click.echo(write(found, format_name, style=style, line_of=SourceLines(), rules=texts), nl=False, color=style.color)
    if has_errors(found) or (strict and found):
        sys.exit(FOUND)


# -- dump and serve ---------------------------------------------------------------------------------------------------


@specloom.command(short_help="Print what specloom understands of a document.")
@click.argument("document", metavar="SPEC", type=_DOCUMENT)
@reading_options
def dump(document: Path, reading: Reading) -> None:
    """Print what specloom understands of a document, as JSON: its API model.

    \b
    Example:
      specloom dump openapi.yaml | jq '.operations[].id'
    """
    import json

    from specloom.model import dump_api

    (api,) = _lower((document,), reading)
    click.echo(json.dumps(dump_api(api), indent=2))


@specloom.command(short_help="Answer from the documented examples.")
@click.argument("documents", metavar="SPEC...", nargs=-1, required=True, type=_DOCUMENT)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@reading_options
def serve(documents: tuple[Path, ...], host: str, port: int, reading: Reading) -> None:
    """Answer every operation of documents with its documented examples, until Ctrl-C.

    \b
    Example:
      specloom serve spec/jobs/openapi.yaml --port 8080
      curl -i http://127.0.0.1:8080/v1/jobs -H 'Prefer: code=404'
    """
    apis = _lower(documents, reading)
    from specloom.serve import ServeError
    from specloom.serve import serve as serve_apis

    operations = count(sum(len(api.operations) for api in apis), "operation")
    try:
        serve_apis(
            apis, host=host, port=port, announce=lambda url: click.echo(f"{url} answers {operations}; Ctrl-C ends")
        )
    except ServeError as error:
        raise click.ClickException(str(error)) from error


def _lower(documents: tuple[Path, ...], reading: Reading) -> tuple[Api, ...]:
    """Read documents as API models; leave where one of them has errors."""
    from specloom.pipeline import lower_document

    apis: list[Api] = []
    found: list[Diagnostic] = []
    for document in documents:
        api, faults = lower_document(document, reading)
        found += faults
        apis += [] if api is None else [api]
    print_diagnostics(found)
    if has_errors(found) or len(apis) < len(documents):
        sys.exit(FOUND)
    return tuple(apis)


# -- what commands share ----------------------------------------------------------------------------------------------


def _configured() -> Settings:
    """Read the configuration; leave where there is none or it has errors."""
    from specloom.settings import find_pyproject, load_settings

    pyproject = find_pyproject(Path())
    if pyproject is None:
        raise click.UsageError(
            "neither here nor above is a pyproject.toml with a [tool.specloom] table; add one, or name a SPEC"
        )
    settings, found = load_settings(pyproject)
    print_diagnostics(found)
    if settings is None:
        sys.exit(FOUND)
    return settings
