"""The API model as JSON, for people and for goldens."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from specloom.location import Location

if TYPE_CHECKING:
    from specloom.model.api import Api
    from specloom.model.schema import Json


def dump_api(api: Api) -> Json:
    """Turn an API model into plain JSON: a `kind` for every class, no defaults, locations as `file:line:column`."""
    return _dump(api)


def _dump(value: object) -> Json:
    if isinstance(value, Location):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        shown: dict[str, Json] = {"kind": type(value).__name__}
        for field in fields(value):
            member = getattr(value, field.name)
            if member != field.default:
                shown[field.name] = _dump(member)
        return shown
    if isinstance(value, tuple | list):
        return [_dump(one) for one in value]
    if isinstance(value, dict):
        return {str(key): _dump(one) for key, one in value.items()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"an API model cannot hold {type(value).__name__}")
