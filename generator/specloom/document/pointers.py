"""JSON pointers (RFC 6901): one key in, one key out."""

from __future__ import annotations


def escape(key: str) -> str:
    """Write a key as one step of a JSON pointer."""
    if "~" in key or "/" in key:
        return key.replace("~", "~0").replace("/", "~1")
    return key


def unescape(step: str) -> str:
    """Read one step of a JSON pointer as a key."""
    return step.replace("~1", "/").replace("~0", "~") if "~" in step else step


def join(pointer: str, *keys: str | int) -> str:
    """Extend a pointer by keys."""
    return pointer + "".join(f"/{escape(str(key))}" for key in keys)


def split(pointer: str) -> list[str]:
    """Take a pointer apart into keys; the empty pointer has none."""
    return [unescape(step) for step in pointer.split("/")[1:]]
