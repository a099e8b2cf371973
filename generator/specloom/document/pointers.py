"""JSON pointers (RFC 6901): one key in, one key out; and the pointer of what has an anchor."""

from __future__ import annotations

from typing import Any, Final

ANCHORS: Final = ("$anchor", "$dynamicAnchor")


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
    for key in keys:
        pointer = f"{pointer}/{key}" if isinstance(key, int) else f"{pointer}/{escape(key)}"
    return pointer


def split(pointer: str) -> list[str]:
    """Take a pointer apart into keys; the empty pointer has none."""
    return [unescape(step) for step in pointer.split("/")[1:]]


def find_anchor(value: Any, name: str) -> str | None:
    """Find the schema with an anchor (JSON Schema 2020-12, section 8.2.2) in a file; the first of several."""
    waiting = [("", value)]
    while waiting:
        pointer, held = waiting.pop()
        if isinstance(held, dict):
            if name in [held.get(key) for key in ANCHORS]:
                return pointer
            waiting += [(join(pointer, key), one) for key, one in reversed(held.items())]
        elif isinstance(held, list):
            waiting += [(join(pointer, index), one) for index, one in reversed(list(enumerate(held)))]
    return None
