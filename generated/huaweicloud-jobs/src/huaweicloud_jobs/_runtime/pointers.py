"""JSON pointers (RFC 6901) over parsed JSON; they go on inside texts that hold JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

MISSING = object()
"""What a pointer to nothing leads to."""


def parsed(content: bytes | str) -> Any:
    """The JSON value, or `MISSING` where it is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return MISSING


def resolve(value: Any, pointer: str) -> Any:
    """What the pointer leads to, or `MISSING`."""
    for token in pointer.split("/")[1:]:
        value = step(value, token.replace("~1", "/").replace("~0", "~"))
        if value is MISSING:
            return MISSING
    return value


def step(value: Json, token: str | int) -> Any:
    """The member or item of that name, through a text that holds JSON."""
    if isinstance(value, str):
        value = parsed(value)
    if isinstance(value, dict):
        return value.get(str(token), MISSING)
    if isinstance(value, list) and str(token).isdecimal() and int(token) < len(value):
        return value[int(token)]
    return MISSING


def locate(value: Any, location: Iterable[str | int], *, lacks: bool = True) -> str:
    """The pointer for a location as pydantic gives it, without the names of union members in it.

    Args:
        lacks: Whether the last step may lead to nothing: that is where a required member is missing.
    """
    pointer = ""
    tokens = list(location)
    for position, token in enumerate(tokens):
        inner: Json = parsed(value) if isinstance(value, str) else value
        if isinstance(inner, dict) and isinstance(token, str):
            if token not in inner and (position + 1 < len(tokens) or not lacks):
                continue
        elif not (isinstance(inner, list) and isinstance(token, int)):
            continue
        pointer += "/" + str(token).replace("~", "~0").replace("/", "~1")
        value = step(inner, token)
    return pointer
