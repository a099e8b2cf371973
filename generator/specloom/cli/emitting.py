"""What `specloom build` says of the files that it writes, or would."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from specloom.cli.saying import count, print_diagnostics
from specloom.diagnostics import Diagnostic
from specloom.location import Location
from specloom.report.terminal import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from specloom.emit import Refusal, Way, Written
    from specloom.pipeline import Build
    from specloom.settings import PackageSettings


def settle_package(package: PackageSettings, *, force: bool) -> bool:
    """Finish a build that was cut short; tell whether there is none left."""
    from specloom.emit import recover_tree

    written = recover_tree(package.out, force=force)
    return _accept(written, package)


def write_package(package: PackageSettings, made: Build, *, force: bool) -> bool:
    """Write a package, and say what changed; tell whether all is well."""
    from specloom.emit import write_tree

    try:
        written = write_tree(made.files, package.out, force=force)
    except KeyboardInterrupt:
        _say_interrupted(package)
        raise
    if not _accept(written, package):
        return False
    removed = f", {len(written.removed)} removed" if written.removed else ""
    counted = f"{count(made.operations, 'operation')}, {count(len(made.files), 'file')}"
    click.echo(f"{package.distribution}: {counted}, {len(written.changed)} changed{removed}")
    if made.summary:
        click.echo(f"{package.distribution}: {made.summary}")
    return True


def compare_package(package: PackageSettings, made: Build) -> bool:
    """Print how a package on disk differs from the one that was built; tell whether it does not."""
    from specloom.emit import ChangeKind, diff_tree

    drift = diff_tree(made.files, package.out)
    if not drift.changes and not drift.refused:
        click.echo(f"{package.distribution}: {count(len(made.files), 'file')}, none stale", err=True)
        return True
    click.echo(_shown(drift.diff, sys.stdout.isatty()), nl=False)
    print_diagnostics(_diagnostics(drift.refused, package.out))
    if not drift.changes:
        return False
    kinds = [change.kind for change in drift.changes]
    special = {"edited by hand": ChangeKind.EDITED, "with other line ends": ChangeKind.LINE_ENDS}
    counted = ", ".join(f"{kinds.count(kind)} {words}" for words, kind in special.items() if kind in kinds)
    stale = f"{len(kinds)} of {count(len(made.files), 'file')} stale{f' ({counted})' if counted else ''}"
    writes = "" if drift.refused else "; `specloom build` writes them"
    click.echo(f"{package.distribution}: {stale}{writes}", err=True)
    if ChangeKind.LINE_ENDS in kinds:
        click.echo("    hint: `* text=auto eol=lf` in .gitattributes keeps line ends as they are emitted", err=True)
    return False


def _accept(written: Written, package: PackageSettings) -> bool:
    """Say what became of an earlier build, and why this one did not write; tell whether it did."""
    if written.recovered is not None:
        _say_recovered(written.recovered, package)
    for refusal in written.refused:
        click.echo(_shown(refusal.detail, sys.stderr.isatty()), nl=False, err=True)
    print_diagnostics(_diagnostics(written.refused, package.out))
    return not written.refused


def _say_recovered(way: Way, package: PackageSettings) -> None:
    click.echo(f"{package.distribution}: a build that was cut short while it wrote has been {way.value}", err=True)


def _say_interrupted(package: PackageSettings) -> None:
    from specloom.emit import is_unfinished

    what = "the next build completes or undoes it" if is_unfinished(package.out) else "no file is half-written"
    click.echo(f"{package.distribution}: stopped while writing; {what}", err=True)


def _shown(text: str, terminal: bool) -> str:
    return harmless(text) if terminal else text


def _diagnostics(refused: Iterable[Refusal], out: Path) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            code=one.code,
            message=one.reason,
            location=Location((out / one.path).as_posix(), one.line),
            hint=one.hint,
        )
        for one in refused
    )
