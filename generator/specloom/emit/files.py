"""What everybody needs who keeps a file: its hash, and a write that leaves no part of one."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text as it is written, in hexadecimal: the form that the manifest holds."""
    return hash_bytes(text.encode())


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def replace_file(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old content or the new one, never a part; makes its folders.

    For single files that may be lost (caches); an emitted tree is written by `write_tree`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(text.encode())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
