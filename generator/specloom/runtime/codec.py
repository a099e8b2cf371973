"""Parameter values to path, query, headers and cookies, by the styles of OpenAPI (3.1, section 4.8.12.3)."""

from __future__ import annotations

import datetime
import enum
import json
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from . import text as wire
from .errors import InvalidCallError
from .operation import Parameter
from .text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .operation import Field, Operation

    Quote = Callable[[str], str]
    Pairs = list[tuple[str, str]]

_LITERAL = "/:@!$&'()*+,;=%-._~"
_TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}


class Target:
    """Where a request goes and what its parameters add; query and cookies are encoded pieces."""

    __slots__ = ("cookies", "headers", "path", "query")

    def __init__(self) -> None:
        self.path = ""
        self.query: list[str] = []
        self.headers: Pairs = []
        self.cookies: list[str] = []


def encode(
    operation: Operation[Any], values: Mapping[str, object], held: Mapping[str, object], check: bool = True
) -> Target:
    """The parameters of a call on the wire.

    Args:
        values: By Python name, from the call; `None` is not sent.
        held: By Python name, from the client.
        check: Whether values outside of the documented bounds are refused.

    Raises:
        InvalidCallError: A required value is missing, is out of bounds, or cannot be sent.
    """
    target = Target()
    in_path: dict[str, str] = {}
    for parameter in operation.parameters:
        name = parameter.name or parameter.wire
        value = (held if parameter.client else values).get(name)
        if value is None:
            if parameter.required or parameter.place == "path":
                raise InvalidCallError(_missing(name, parameter))
            continue
        try:
            _place(parameter, value, target, in_path, check)
        except InvalidCallError as error:
            error.message = f"{name}: {error.message}"
            raise
    target.path = _fill(operation.path, in_path)
    return target


def _missing(name: str, parameter: Parameter) -> str:
    return f"{name} is required; give it to the client" if parameter.client else f"{name} is required"


def _place(parameter: Parameter, value: object, target: Target, in_path: dict[str, str], check: bool) -> None:
    if parameter.epoch:
        value = wire.epoch(value, parameter.epoch)
    if check:
        _check_bounds(parameter, value)
    value = json_text(value) if parameter.json else plain(value)
    match parameter.place:
        case "path":
            in_path[parameter.wire] = _path_text(parameter, value)
        case "query":
            quote_value = wire.quoted_reserved if parameter.allow_reserved else quoted
            target.query += _query_pieces(parameter, value, quote_value)
        case "header":
            given = header_value(parameter.wire, _simple(value, bool(parameter.explode), _as_is))
            target.headers.append((parameter.wire, given))
        case "cookie":
            target.cookies += _query_pieces(parameter, value, quoted)
        case place:
            raise InvalidCallError(f"parameters in {place!r} are unknown")


def _check_bounds(parameter: Parameter, value: object) -> None:
    if parameter.minimum is None and parameter.maximum is None:
        return
    try:
        number = value if isinstance(value, (int, float)) else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return
    if parameter.minimum is not None and number < parameter.minimum:
        raise InvalidCallError(f"{value} is under the documented minimum {parameter.minimum}")
    if parameter.maximum is not None and number > parameter.maximum:
        raise InvalidCallError(f"{value} is over the documented maximum {parameter.maximum}")


def plain(value: object) -> object:
    """A value as text, list of texts, or mapping of texts (nested where the value is)."""
    if isinstance(value, (str, bool, int, float, datetime.date, datetime.time, uuid.UUID, enum.Enum)):
        return wire.scalar(value)
    to_dict = getattr(value, "to_dict", None)
    if to_dict is not None:
        value = to_dict()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, (set, frozenset)):
        return sorted(_item(item) for item in value)
    if isinstance(value, (list, tuple)):
        return [_item(item) for item in value]
    return wire.scalar(value)


def _item(value: object) -> Any:
    if value is None:
        raise InvalidCallError("None cannot stand in a list that is sent as text")
    return plain(value)


def json_text(value: object) -> str:
    """A value as compact JSON.

    Raises:
        InvalidCallError: It holds something that JSON has no form for (NaN, an object of another kind).
    """
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_jsonable)
    except InvalidCallError:
        raise
    except (TypeError, ValueError, RecursionError) as fault:
        raise InvalidCallError(f"it cannot be sent as JSON: {fault}") from fault


def _jsonable(value: object) -> object:
    to_dict = getattr(value, "to_dict", None)
    if to_dict is not None:
        return _model_dict(to_dict)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    return wire.scalar(value)


def _model_dict(to_dict: Callable[[], object]) -> object:
    try:
        return to_dict()
    except ValueError as fault:
        raise InvalidCallError(f"the model holds a value that does not fit: {fault}") from fault


def _path_text(parameter: Parameter, value: object) -> str:
    explode = bool(parameter.explode)
    if value in ("", [], {}):
        raise InvalidCallError("it is empty, which would name another address")
    match parameter.style or "simple":
        case "simple":
            given = _simple(value, explode, quoted)
        case "label":
            given = "." + _simple(value, explode, quoted, "." if explode else ",")
        case "matrix":
            given = _matrix(parameter.wire, value, explode)
        case style:
            raise InvalidCallError(f"style {style!r} is unknown in a path")
    return given


def _simple(value: object, explode: bool, quote_text: Quote, delimiter: str = ",") -> str:
    if isinstance(value, dict):
        _check_flat(value.values())
        joint = "=" if explode else ","
        return delimiter.join(f"{quote_text(key)}{joint}{quote_text(item)}" for key, item in value.items())
    if isinstance(value, list):
        _check_flat(value)
        return delimiter.join(quote_text(item) for item in value)
    return quote_text(str(value))


def _matrix(name: str, value: object, explode: bool) -> str:
    name = quoted(name)
    if explode and isinstance(value, (dict, list)):
        pairs = [(quoted(key), item) for key, item in value.items()] if isinstance(value, dict) else []
        pairs = pairs or [(name, item) for item in value]
        _check_flat(item for _, item in pairs)
        return "".join(f";{key}={quoted(item)}" for key, item in pairs)
    given = _simple(value, False, quoted)
    return f";{name}={given}" if given else f";{name}"


def _query_pieces(parameter: Parameter, value: object, quote_value: Quote) -> list[str]:
    name = quoted(parameter.wire)
    style = parameter.style or _STYLES[parameter.place]
    if style == "deepObject":
        return [f"{key}={item}" for key, item in _deep(name, value, quote_value)]
    if style not in _DELIMITERS:
        raise InvalidCallError(f"style {style!r} is unknown in {parameter.place}")
    if not isinstance(value, (dict, list)):
        return [f"{name}={quote_value(str(value))}"]
    if not value:
        return []
    _check_flat(value.values() if isinstance(value, dict) else value)
    explode = style == "form" if parameter.explode is None else parameter.explode
    if explode and isinstance(value, dict):
        return [f"{quoted(key)}={quote_value(item)}" for key, item in value.items()]
    if explode:
        return [f"{name}={quote_value(item)}" for item in value]
    items = [text for pair in value.items() for text in pair] if isinstance(value, dict) else value
    return [f"{name}={_DELIMITERS[style].join(quote_value(item) for item in items)}"]


def styled(name: str, value: object, field: Field) -> list[str]:
    """The pieces of a URL-encoded form for a property that has a style."""
    style = field.style if field.style in (*_DELIMITERS, "deepObject") else "form"
    parameter = Parameter(name, "query", style=style, explode=field.explode)
    return _query_pieces(parameter, plain(value), wire.quoted_reserved if field.allow_reserved else quoted)


def _deep(name: str, value: object, quote_value: Quote) -> Iterable[tuple[str, str]]:
    """`name[key]=value`, as deep as the value goes; lists repeat their key."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _deep(f"{name}%5B{quoted(key)}%5D", item, quote_value)
    elif isinstance(value, list):
        for item in value:
            yield from _deep(name, item, quote_value)
    else:
        yield name, quote_value(str(value))


def _check_flat(items: Iterable[object]) -> None:
    if any(isinstance(item, (dict, list)) for item in items):
        raise InvalidCallError("a list or mapping inside another has no form in this style")


def _as_is(text: str) -> str:
    return text


def _fill(template: str, values: Mapping[str, str]) -> str:
    """The path with its values; a segment that would read as `.` or `..` never leaves here."""
    pieces: list[str] = []
    rest = template
    while rest:
        literal, brace, rest = rest.partition("{")
        pieces.append(quote(literal, safe=_LITERAL))
        if brace:
            name, _, rest = rest.partition("}")
            if name not in values:
                raise InvalidCallError(f"the path needs {name!r}")
            pieces.append(values[name])
    path = "".join(pieces)
    if any(segment in (".", "..") for segment in path.split("/")):
        raise InvalidCallError("a path segment of only '.' or '..' would name another address")
    return path if path.startswith("/") else "/" + path


def extra_query(name: str, value: object) -> list[str]:
    """Pieces of the query for a parameter that the document does not know; lists repeat it, `None` is not sent."""
    if value is None:
        return []
    value = plain(value)
    if isinstance(value, dict):
        raise InvalidCallError(f"extra_query[{name!r}] takes a text, number or list")
    _check_flat(value if isinstance(value, list) else [])
    items = value if isinstance(value, list) else [value]
    return [f"{quoted(str(name))}={quoted(str(item))}" for item in items]


def header_name(name: object) -> str:
    """A header name, checked (RFC 9110, section 5.1)."""
    if not isinstance(name, str) or not name or not _TOKEN.issuperset(name):
        raise InvalidCallError(f"{name!r} is no header name")
    return name


def header_value(name: str, value: object) -> str:
    """A header value, checked: visible ASCII with blanks inside, on one line (RFC 9110, section 5.5)."""
    text = value if isinstance(value, str) else wire.scalar(value)
    if text != text.strip() or any(not (" " <= character <= "~" or character == "\t") for character in text):
        raise InvalidCallError(
            f"the value for header {name} must be ASCII on one line without blanks at its ends; encode other text"
        )
    return text


def host_of(base: str) -> str:
    """The value of the Host header for a base address: host and port, without the default port."""
    parts = urlsplit(base)
    default = {"http": ":80", "https": ":443"}[parts.scheme]
    return parts.netloc.removesuffix(default)
