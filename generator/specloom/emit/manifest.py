"""The list of files that are ours: `files` of `manifest.json` maps the path of each to the SHA-256 of its content."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "manifest.json"

_DIGEST = re.compile(r"[0-9a-f]{64}")


def read_manifest(out: Path) -> dict[str, str] | None:
    """Read which files in `out` are ours, as path to SHA-256; None where there is no manifest that a build wrote."""
    try:
        return parse_manifest((out / MANIFEST).read_bytes())
    except OSError:
        return None


def parse_manifest(content: bytes) -> dict[str, str] | None:
    """Take the files out of a manifest, itself left out; None where it is not one that a build wrote.

    Whatever else it holds is not looked at, so that manifests of other versions are understood.
    """
    try:
        manifest = json.loads(content)
    except (ValueError, RecursionError):
        return None
    owned = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(owned, dict):
        return None
    if not all(isinstance(digest, str) and _DIGEST.fullmatch(digest) for digest in owned.values()):
        return None
    return {path: digest for path, digest in owned.items() if path != MANIFEST}
