"""Reads tables of a TOML file that a person wrote, and collects what is wrong with them at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic
from specloom.location import Location

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from specloom.toml_places import TomlPath


class TomlReport:
    """Collects diagnostics and knows the place of every key."""

    def __init__(self, file: str, places: Mapping[TomlPath, tuple[int, int]]) -> None:
        self.file = file
        self.places = places
        self.found: list[Diagnostic] = []

    def locate(self, path: TomlPath) -> Location:
        """Return the place of a key or of the nearest table around it: inline tables are not looked into."""
        while path and path not in self.places:
            path = path[:-1]
        return Location(self.file, *self.places.get(path, (1, 1)))

    def add(self, code: str, message: str, path: TomlPath, hint: str = "") -> None:
        """Report something at a key."""
        self.found.append(Diagnostic(code=code, message=message, location=self.locate(path), hint=hint))


def check_keys(table: Mapping[str, object], known: tuple[str, ...], path: TomlPath, report: TomlReport) -> None:
    """Report every key that is not known."""
    for key in table:
        if key not in known:
            report.add("SL602", f"Unknown key `{key}`", (*path, key), _suggest(key, known))


def read_text(table: Mapping[str, object], key: str, path: TomlPath, report: TomlReport) -> str | None:
    """Read a string; None where it is absent or was reported."""
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        report.add("SL603", f"`{key}` must be a string", (*path, key))
        return None
    if not value.strip() or any(ord(sign) < 32 for sign in value):
        report.add("SL603", f"`{key}` must be one line of text", (*path, key))
        return None
    return value


def read_texts(table: Mapping[str, object], key: str, path: TomlPath, report: TomlReport) -> tuple[str, ...]:
    """Read an array of strings; empty where it is absent or was reported."""
    written = table.get(key, [])
    if not isinstance(written, list) or not all(isinstance(one, str) and one for one in written):
        report.add("SL603", f"`{key}` must be an array of strings", (*path, key))
        return ()
    return tuple(written)


def is_file(path: Path) -> bool:
    """Tell whether a file is there; under a name that no file can have there is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _suggest(word: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # an import that only mistakes pay for

    near = get_close_matches(word.lower().replace("_", "-"), known, n=1)
    return f"Did you mean `{near[0]}`?" if near else f"Known keys: {', '.join(known)}"
