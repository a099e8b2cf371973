"""The files that a document may read: those in one folder, by their real paths, and never the network."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from specloom.document.build import quoted
from specloom.document.load import load_source
from specloom.document.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specloom.diagnostics import Diagnostic
    from specloom.document.source import Source

MAX_FILES: Final = 1000
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class Refused(NamedTuple):
    """Why a path in a reference was not followed: code, message, hint."""

    code: str
    message: str
    hint: str


class Files:
    """Reads files below one folder, each once.

    Args:
        root: The real path of the allowed folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sources: dict[str, Source] = {}
        self.links: dict[tuple[str, str], str] = {}
        self.found: list[Diagnostic] = []
        self.prepare: Callable[[Source], tuple[Source, list[Diagnostic]]] | None = None
        self._refused: dict[tuple[str, str], Refused] = {}
        self._unreadable: set[str] = set()

    @classmethod
    def of(cls, sources: Mapping[str, Source], links: Mapping[tuple[str, str], str]) -> Files:
        """Take files that have been read; any other is as if it did not exist."""
        files = cls(Path(os.devnull))
        files.sources |= sources
        files.links |= links
        return files

    def read(self, real: Path) -> str | None:
        """Read a file by its real path; give its key, or None where it has no usable content."""
        key = real.relative_to(self.root).as_posix()
        if key not in self.sources and key not in self._unreadable:
            source, found = load_source(real, name=display_name(real))
            self.found += found
            if source is None:
                self._unreadable.add(key)
            else:
                if self.prepare is not None:
                    source, notes = self.prepare(source)
                    self.found += notes
                self.sources[key] = source
        return key if key in self.sources else None

    def follow(self, file: str, path: str) -> str | Refused:
        """Read the file that a relative path in a file leads to; give its key, or why it was refused."""
        known = self.links.get((file, path)) or self._refused.get((file, path))
        if known is None:
            known = self._follow(file, path)
            if isinstance(known, Refused):
                self._refused[file, path] = known
            else:
                self.links[file, path] = known
        return known

    def _follow(self, file: str, path: str) -> str | Refused:
        if _SCHEME.match(path):
            hint = "nothing is fetched: save a copy beside this file"
            return Refused("SL202", f"{quoted(path)} leads away from the files", hint)
        plain = unquote(path)
        if plain.startswith("/") or "\\" in plain or "\0" in plain:
            hint = "write the path from this file's folder"
            return Refused("SL210", f"{quoted(path)} is not a relative path with `/`", hint)
        lexical = Path(os.path.normpath(self.root / os.path.dirname(file) / plain))
        try:
            real = lexical.resolve(strict=True)
        except (OSError, RuntimeError):
            if not lexical.is_relative_to(self.root):
                return self._outside(path)
            return Refused("SL204", f"the file {quoted(path)} does not exist", _nearest_file(lexical, path))
        if not real.is_relative_to(self.root):
            return self._outside(path)
        if len(self.sources) >= MAX_FILES and real.relative_to(self.root).as_posix() not in self.sources:
            return Refused("SL209", f"the document reaches more than {MAX_FILES} files", "")
        key = self.read(real)
        return key if key is not None else Refused("SL204", f"the file {quoted(path)} has no usable content", "")

    def _outside(self, path: str) -> Refused:
        shown = display_name(self.root)
        return Refused(
            "SL203", f"{quoted(path)} lies outside the folder `{shown}`", "move the file, or allow a wider folder"
        )


def display_name(path: Path) -> str:
    """Show a path as people should see it: from the working directory where it lies below, else whole, with `/`."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def default_root(entry: Path) -> Path:
    """Choose the folder that a document may read: the parent of the entry's own folder.

    A project keeps one folder per document and what they share beside them (`spec/jobs/openapi.yaml` refers to
    `../common/errors.yaml`), so the entry's own folder would be too little. The root of the file system is never
    chosen.
    """
    folder = entry.parent
    return folder.parent if folder.parent != folder.parent.parent else folder


def _nearest_file(lexical: Path, path: str) -> str:
    try:
        names = sorted(os.listdir(lexical.parent))
    except OSError:
        return ""
    found = nearest(lexical.name, (one for one in names if one != lexical.name))
    return f"did you mean `{path[: len(path) - len(lexical.name)]}{found}`?" if found else ""
