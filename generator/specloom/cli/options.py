"""The options of commands that read documents: how tolerant to be, what to apply first, what is wanted of them."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from specloom.location import Location
from specloom.reading import STRICT, Reading, Selection, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = TypeVar("Command", bound=Callable[..., Any])

_OVERLAY = click.Path(exists=True, dir_okay=False, path_type=Path)


def reading_options(command: Command) -> Command:
    """Give a command these options; it takes them as one argument, `reading`."""

    @functools.wraps(command)
    def run(
        *args: Any,
        tolerant: bool,
        overlays: tuple[Path, ...],
        tags: tuple[str, ...],
        paths: tuple[str, ...],
        operations: tuple[str, ...],
        **more: Any,
    ) -> Any:
        select = Selection(
            tags=_wanted("--tag", tags), paths=_wanted("--path", paths), operations=_wanted("--operation", operations)
        )
        return command(*args, reading=Reading(tolerant=tolerant, overlays=overlays, select=select), **more)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run  # type: ignore[return-value]  # the same command, with other options


_OPTIONS = (
    click.option("--tolerant", is_flag=True, help="Mend faults of SPEC and warn of them: for documents of others."),
    click.option(
        "--overlay", "overlays", metavar="FILE", multiple=True, type=_OVERLAY, help="Apply an OpenAPI Overlay to SPEC."
    ),
    click.option("--tag", "tags", metavar="TAG", multiple=True, help="Take only operations with this tag."),
    click.option("--path", "paths", metavar="GLOB", multiple=True, help="Take only paths like `/jobs/**`."),
    click.option("--operation", "operations", metavar="ID", multiple=True, help="Take only this operationId."),
)


def refuse_without_document(reading: Reading) -> None:
    """Refuse these options for documents that are configured: so is how they are read."""
    given = {"--tolerant": reading.tolerant, "--overlay": reading.overlays, "--tag": reading.select.tags}
    given |= {"--path": reading.select.paths, "--operation": reading.select.operations}
    if reading != STRICT:
        option = next(name for name, value in given.items() if value)
        raise click.UsageError(f"{option} needs a SPEC; how others are read is configured in pyproject.toml")


def _wanted(option: str, texts: tuple[str, ...]) -> tuple[Wanted, ...]:
    return tuple(Wanted(text, Location(option)) for text in texts)
