"""The keys of a package that say how its documents are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from specloom.reading import Reading, Selection, Wanted
from specloom.toml_report import check_keys, is_file, read_text, read_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.toml_places import TomlPath
    from specloom.toml_report import TomlReport

READING_KEYS: Final = ("validation", "overlays", "select")
_SELECT_KEYS: Final = ("tags", "paths", "operations")


def read_reading(entry: Mapping[str, object], root: Path, path: TomlPath, report: TomlReport) -> Reading:
    """Read them; what is at fault is reported, and as if it were not there.

    Args:
        root: The folder of pyproject.toml, which paths are relative to.
        path: Where the package is configured.
    """
    validation = read_text(entry, "validation", path, report) or "strict"
    if validation not in ("strict", "report"):
        hint = 'Write "strict", or "report" for documents that are not yours'
        report.add("SL603", f"`{validation}` is no way to validate", (*path, "validation"), hint)
    return Reading(
        tolerant=validation == "report",
        overlays=_read_overlays(entry, root, path, report),
        select=_read_select(entry, path, report),
    )


def _read_overlays(entry: Mapping[str, object], root: Path, path: TomlPath, report: TomlReport) -> tuple[Path, ...]:
    written = read_texts(entry, "overlays", path, report)
    for index, name in enumerate(written):
        if Path(name).is_absolute():
            hint = "Write it relative to pyproject.toml"
            message = f"`{name}` is an absolute path, which no other machine has"
            report.add("SL606", message, (*path, "overlays", index), hint)
        elif not is_file(root / name):
            report.add("SL605", f"There is no file `{name}` beside pyproject.toml", (*path, "overlays", index))
    return tuple(root / name for name in written)


def _read_select(entry: Mapping[str, object], path: TomlPath, report: TomlReport) -> Selection:
    table = entry.get("select", {})
    path = (*path, "select")
    if not isinstance(table, dict):
        report.add("SL603", "`select` must be a table", path, 'Write `select = { tags = ["jobs"] }`')
        return Selection()
    check_keys(table, _SELECT_KEYS, path, report)
    lists = {
        key: tuple(
            Wanted(text, report.locate((*path, key, index)))
            for index, text in enumerate(read_texts(table, key, path, report))
        )
        for key in _SELECT_KEYS
    }
    if "select" in entry and not any(lists.values()) and not report.found:
        report.add("SL603", "`select` selects nothing", path, "Name tags, paths or operations, or leave it out")
    return Selection(**lists)
