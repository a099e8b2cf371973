"""How items are written one after the other: JSON lines, JSON text sequences, server-sent events."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.model import Json


def write_items(items: Iterable[Json], framing: str) -> str:
    """The text of a content that holds these items; `framing` as `MediaType` has it."""
    return "".join(_item(one, framing) for one in items)


def _item(item: Json, framing: str) -> str:
    match framing:
        case "lines":
            return f"{_json(item)}\n"
        case "records":
            return f"\x1e{_json(item)}\n"
        case "events" | "json_events" if isinstance(item, dict):
            return _event(item)
        case "texts" if isinstance(item, str):
            return _event({"data": item})
    return _event({"data": _json(item)})


def _event(event: dict[str, Json]) -> str:
    fields = [(name, one if isinstance(one, str) else _json(one)) for name, one in event.items()]
    return "".join(f"{name}: {line}\n" for name, text in fields for line in text.split("\n")) + "\n"


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
