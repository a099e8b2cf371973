"""Media types: which of several a client likes best, and how a value is written under one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from specloom.model import Json

_LINES = {"application/jsonl", "application/x-ndjson", "application/x-jsonlines", "application/ndjson"}
_FORM = "application/x-www-form-urlencoded"


def base_type(media_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether one JSON document is sent under the type (a wildcard that covers it counts)."""
    base = base_type(media_type)
    return base in ("application/json", "text/json", "*/*", "application/*") or base.endswith("+json")


def covers(media_range: str, media_type: str) -> bool:
    """Whether a range (`*/*`, `text/*`, `text/plain`) holds a media type."""
    wanted, given = base_type(media_range), base_type(media_type)
    return wanted in ("*/*", given) or (wanted.endswith("/*") and given.startswith(wanted[:-1]))


def quality(accept: str, media_type: str) -> float:
    """How much an `Accept` header likes a media type, from 0 to 1; the most exact range decides."""
    best = (-1, 0.0)
    for part in accept.split(","):
        media_range, *parameters = part.split(";")
        if media_range.strip() and (covers(media_range, media_type) or covers(media_type, media_range)):
            best = max(best, (2 - media_range.count("*"), _weight(parameters)))
    return best[1] if accept.strip() else 1.0


def can_write(value: Json, media_type: str) -> bool:
    """Whether a value has an obvious form under a media type: structures have none as XML or an image."""
    base = base_type(media_type)
    if is_json(media_type) or not isinstance(value, dict | list):
        return True
    return isinstance(value, list) if base in _LINES else base == _FORM and isinstance(value, dict)


def write_value(value: Json, media_type: str) -> tuple[str, bytes]:
    """A value as (content type, body); one that has no form under its media type is sent as JSON, and says so."""
    base = base_type(media_type)
    if is_json(media_type) or not can_write(value, media_type):
        named = is_json(media_type) and "*" not in base
        return (media_type if named else "application/json"), json_bytes(value, indent=2)
    if base in _LINES and isinstance(value, list):
        return media_type, b"".join(json_bytes(one) + b"\n" for one in value)
    if base == _FORM and isinstance(value, dict):
        pairs = [(name, one if isinstance(one, str) else json_text(one)) for name, one in value.items()]
        return media_type, urlencode(pairs, errors="replace").encode("ascii")
    return write_text(value if isinstance(value, str) else json_text(value), media_type)


def write_text(text: str, media_type: str) -> tuple[str, bytes]:
    """Text as it is, in UTF-8, as (content type, body)."""
    base = base_type(media_type)
    if "*" in base:
        media_type = base = "text/plain"
    charset = "; charset=utf-8" if base.startswith("text/") and "charset" not in media_type.lower() else ""
    return media_type + charset, text.encode("utf-8", "replace")


def json_text(value: Json) -> str:
    """Compact JSON; characters stand for themselves."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def json_bytes(value: Json, indent: int | None = None) -> bytes:
    """JSON in UTF-8, keys in their order; escaped throughout where a text holds half a surrogate pair."""
    separators = (",", ": " if indent else ":")
    try:
        return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators).encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent, separators=separators).encode("ascii")


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 1.0
    return 1.0
