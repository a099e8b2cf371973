"""Results of slow steps by what went into them, in a folder that may vanish at any time.

An entry is JSON under a digest of its own text: one that was cut short or tampered with is as good as absent, and
nothing that is read is ever run. Whoever reads an entry checks it as he would check a fresh result.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from specloom.emit import hash_text, replace_file

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 64_000_000
"""What the folder may hold; the entries that were not used for longest go first."""


class Cache:
    """A folder of entries; without one, nothing is kept.

    Args:
        folder: Where entries are; made when the first is written.
        salt: What else decides every result: versions of tools, source of the generator.
    """

    def __init__(self, folder: Path | None = None, salt: str = "") -> None:
        self._folder = folder
        self._salt = salt

    @property
    def is_kept(self) -> bool:
        """Whether anything is kept at all."""
        return self._folder is not None

    def key(self, step: str, given: object) -> str:
        """The name of the result of a step.

        Args:
            given: All that goes into it, as JSON.
        """
        return f"{step}-{hash_text(json.dumps([self._salt, step, given]))}"

    def read(self, key: str) -> Any:
        """The result of that name; `None` where there is none."""
        if self._folder is None:
            return None
        file = self._folder / f"{key}.json"
        try:
            digest, _, text = file.read_text(encoding="utf-8").partition("\n")
            if digest != hash_text(text):
                return None
            os.utime(file)
            return json.loads(text)
        except (OSError, ValueError, RecursionError):
            return None

    def write(self, key: str, value: object) -> None:
        """Keep a result; one that cannot be written is only lost."""
        if self._folder is None:
            return
        text = json.dumps(value)
        try:
            if not self._folder.is_dir():
                replace_file(self._folder / ".gitignore", "*\n")
            replace_file(self._folder / f"{key}.json", f"{hash_text(text)}\n{text}")
        except OSError:
            return

    def trim(self) -> None:
        """Remove the entries that were not used for longest, until the rest is small enough."""
        if self._folder is None:
            return
        try:
            found = [(one.stat().st_mtime_ns, one.stat().st_size, one.path) for one in os.scandir(self._folder)]
        except OSError:
            return
        room = MOST_BYTES
        for _, size, path in sorted(found, reverse=True):
            room -= size
            if room < 0 and path.endswith(".json"):
                try:
                    os.unlink(path)
                except OSError:
                    continue
