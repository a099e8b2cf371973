"""The styles of OpenAPI parameters, worked out from RFC 6570 for the literals of emitted tests."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from specloom.model import is_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.model import Json, Parameter

_RESERVED = ":/?@!$'()*,;"
"""Reserved characters that can stand in a query value without meaning something else there."""

_COOKIE = re.compile(r"[!#-+\--:<-\[\]-~]*")
"""What may stand in a cookie (RFC 6265, section 4.1.1)."""

_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}


def can_write(parameter: Parameter, value: Json) -> bool:
    """Whether a value can be sent as a parameter, and its form is worked out here."""
    if value is None or value in ("", [], {}):
        return False
    if is_json(parameter.media_type):
        return parameter.place in {"path", "query", "querystring"}
    if parameter.place == "querystring" and not isinstance(value, dict):
        return False
    if parameter.place == "path" and parameter.allow_reserved:
        return isinstance(value, str) and value.isalnum() and value.isascii()
    if parameter.place == "path" and value in (".", ".."):
        return False
    if parameter.place == "cookie" and isinstance(value, list | dict):
        return False
    if parameter.style == "cookie" and not _COOKIE.fullmatch(_text(value)):
        return False
    members = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
    if parameter.place == "header" and not _is_header_value(in_header(parameter, value)):
        return False
    if parameter.style == "deepObject" and not isinstance(value, dict):
        return False
    if parameter.allow_reserved and set("".join(map(str, members))) & set("#[]&+=%"):
        return False  # What these become is a decision of the client, not of the specification.
    return all(isinstance(one, str | bool | int) and one != "" for one in members)


def in_path(parameter: Parameter, value: Json) -> str:
    """What stands in the path in the place of a template."""
    if is_json(parameter.media_type):
        return _encoded(_json(value))
    match parameter.style:
        case "label":
            return "." + _listed(value, parameter.explode, "." if parameter.explode else ",")
        case "matrix" if parameter.explode and isinstance(value, list | dict):
            pairs = value.items() if isinstance(value, dict) else [(parameter.name, one) for one in value]
            return "".join(f";{_encoded(str(key))}={_encoded(one)}" for key, one in pairs)
        case "matrix":
            return f";{_encoded(parameter.name)}={_listed(value, False, ',')}"
    return _listed(value, parameter.explode, ",")


def in_query(parameter: Parameter, value: Json) -> list[str]:
    """The members of the query string."""
    name = _encoded(parameter.name)
    safe = _RESERVED if parameter.allow_reserved else ""
    if is_json(parameter.media_type):
        return [f"{name}={_encoded(_json(value))}"]
    if parameter.style == "deepObject" and isinstance(value, dict):
        return [f"{name}%5B{_encoded(key)}%5D={_encoded(one, safe)}" for key, one in value.items()]
    if not isinstance(value, list | dict):
        return [f"{name}={_encoded(value, safe)}"]
    if parameter.explode:
        pairs: Iterable[tuple[str, Json]] = (
            value.items() if isinstance(value, dict) else ((parameter.name, one) for one in value)
        )
        return [f"{_encoded(key)}={_encoded(one, safe)}" for key, one in pairs]
    flat = [part for pair in value.items() for part in pair] if isinstance(value, dict) else value
    return [f"{name}={_DELIMITERS[parameter.style].join(_encoded(one, safe) for one in flat)}"]


def whole_query(parameter: Parameter, value: Json) -> list[str]:
    """The query as one value: JSON, or the pairs of a form."""
    if is_json(parameter.media_type) or not isinstance(value, dict):
        return [_encoded(_json(value))]
    return [f"{_encoded(key)}={_encoded(one)}" for key, one in value.items()]


def in_header(parameter: Parameter, value: Json) -> str:
    """The value of a header line; nothing is encoded there."""
    if isinstance(value, dict):
        joint = "=" if parameter.explode else ","
        return ",".join(f"{key}{joint}{_text(one)}" for key, one in value.items())
    return ",".join(_text(one) for one in (value if isinstance(value, list) else [value]))


def in_cookie(parameter: Parameter, value: Json) -> str:
    """A member of the Cookie line; in the style `cookie`, nothing is encoded."""
    return f"{parameter.name}={_text(value) if parameter.style == 'cookie' else _encoded(value)}"


def _is_header_value(text: str) -> bool:
    return text.isascii() and text.isprintable() and text == text.strip()


def _listed(value: Json, explode: bool, delimiter: str) -> str:
    if isinstance(value, dict):
        joint = "=" if explode else delimiter
        return delimiter.join(f"{_encoded(key)}{joint}{_encoded(one)}" for key, one in value.items())
    return delimiter.join(_encoded(one) for one in (value if isinstance(value, list) else [value]))


def _encoded(value: Json, safe: str = "") -> str:
    return quote(_text(value), safe=safe)


def _text(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
