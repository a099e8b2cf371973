"""Parameter values to path, query, headers and cookies, by the styles of OpenAPI (3.1, section 4.8.12.3)."""

from __future__ import annotations

import datetime
import enum
import json
import re
import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, urlsplit

from . import limits
from . import text as wire
from .errors import InvalidCallError
from .messages import Secret
from .operation import Parameter
from .text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from typing import TypeAlias

    from .operation import Field, Operation

    Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
    Quote: TypeAlias = Callable[[str], str]
    Pairs: TypeAlias = list[tuple[str, str]]

_LITERAL = "/?:@!$&'()*+,;=%-._~"
_EMPTY = "it is empty, which would name another address"
_TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_LINE = re.compile(r"[ -~\t]*")
_DOTS = re.compile(r"(?:^|/)\.\.?(?:[/?]|$)")
_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C", "cookie": ","}
_COOKIE = re.compile(r"[!#-+\--:<-\[\]-~]*")


class Target:
    """Where a request goes and what its parameters add; query and cookies are encoded pieces.

    `sensitive` tells that some of it is not to be shown.
    """

    __slots__ = ("cookies", "headers", "path", "query", "sensitive")

    def __init__(self) -> None:
        self.sensitive = False
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
        check: Whether values are refused that the document does not allow, and required ones missed. Without a value
            for its path nothing can be sent in any case.

    Raises:
        InvalidCallError: For all values at once that are missing, not allowed, or cannot be sent.
    """
    target = Target()
    in_path: dict[str, str] = {}
    faults: list[str] = []
    for parameter in operation.parameters:
        name = parameter.name or parameter.wire
        value = (held if parameter.client else values).get(name)
        if value is None:
            if parameter.place == "path" or (check and parameter.required):
                faults.append(_missing(name, parameter))
            continue
        try:
            _place(parameter, value, target, in_path, check)
        except InvalidCallError as error:
            faults.append(f"{name}: {error.message}")
    if faults:
        raise InvalidCallError("; ".join(faults))
    target.path = _fill(operation.path, in_path)
    return target


def _missing(name: str, parameter: Parameter) -> str:
    return f"{name} is required; give it to the client" if parameter.client else f"{name} is required"


def _place(parameter: Parameter, value: object, target: Target, in_path: dict[str, str], check: bool) -> None:
    if parameter.epoch:
        value = wire.epoch(value, parameter.epoch)
    if check and not limits.passes(parameter, value):
        _refuse(parameter, value)
    target.sensitive |= parameter.sensitive
    given = json_text(value) if parameter.json else plain(value)
    match parameter.place:
        case "path":
            in_path[parameter.wire] = _path_text(parameter, given)
        case "query":
            quote_value = wire.quoted_reserved if parameter.allow_reserved else quoted
            target.query += _query_pieces(parameter, given, quote_value)
        case "querystring":
            target.query += _whole_query(given)
        case "header":
            text = header_value(parameter.wire, _simple(given, bool(parameter.explode), _as_is))
            target.headers.append((parameter.wire, Secret(text) if parameter.sensitive else text))
        case "cookie":
            target.cookies += _query_pieces(parameter, given, _cookie_text if parameter.style == "cookie" else quoted)
        case place:
            raise InvalidCallError(f"parameters in {place!r} are unknown")


def _refuse(parameter: Parameter, value: object) -> None:
    found = list(limits.faults(parameter.takes, parameter.limits, value, "", parameter.sensitive))
    if found:
        said = "; ".join(f"{place.removeprefix('/')}: {fault}" if place else fault for place, fault in found)
        raise InvalidCallError(f"{said} (`check=False` sends it all the same)")


def plain(value: object) -> Plain:
    """A value as text, list of texts, or mapping of texts (nested where the value is)."""
    if type(value) is str:
        return value
    if type(value) is int:
        return wire.digits(value)
    if isinstance(value, (str, bool, int, float, datetime.date, datetime.time, uuid.UUID, enum.Enum)):
        return wire.scalar(value)
    try:
        return _plain_parts(value)
    except RecursionError:
        raise InvalidCallError("it is nested too deep, or holds itself") from None


def _plain_parts(value: object) -> Plain:
    to_dict = getattr(value, "to_dict", None)
    if to_dict is not None:
        value = to_dict()
    if isinstance(value, Mapping):
        members = cast("Mapping[object, object]", value)
        return {str(key): plain(item) for key, item in members.items() if item is not None}
    if isinstance(value, (set, frozenset)):
        return sorted(map(_item, cast("Iterable[object]", value)))
    if isinstance(value, (list, tuple)):
        return [_item(item) for item in cast("Iterable[object]", value)]
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
        raise InvalidCallError(f"it cannot be sent as JSON: {fault}") from None


def _jsonable(value: object) -> object:
    to_dict = getattr(value, "to_dict", None)
    if to_dict is not None:
        return _model_dict(to_dict)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (set, frozenset)):
        return sorted(cast("Iterable[Any]", value))
    if isinstance(value, Mapping):
        return dict(cast("Mapping[object, object]", value))
    return wire.scalar(value)


def _model_dict(to_dict: Callable[[], object]) -> object:
    try:
        return to_dict()
    except ValueError:
        raise InvalidCallError("the model holds a value that does not fit its field") from None


def _path_text(parameter: Parameter, value: Plain) -> str:
    explode = bool(parameter.explode)
    if value in ([], {}) or (value == "" and parameter.style != "matrix"):
        raise InvalidCallError(_EMPTY)
    quote_text = _quoted_segment if parameter.allow_reserved else quoted
    match parameter.style or "simple":
        case "simple":
            given = _simple(value, explode, quote_text)
        case "label":
            given = "." + _simple(value, explode, quote_text, "." if explode else ",")
        case "matrix":
            given = _matrix(parameter.wire, value, explode, quote_text)
        case style:
            raise InvalidCallError(f"style {style!r} is unknown in a path")
    if not given:
        raise InvalidCallError(_EMPTY)
    return given


def _simple(value: Plain, explode: bool, quote_text: Quote, delimiter: str = ",") -> str:
    if isinstance(value, str):
        return quote_text(value)
    if isinstance(value, dict):
        joint = "=" if explode else ","
        return delimiter.join(f"{quote_text(key)}{joint}{quote_text(item)}" for key, item in _flat_pairs(value))
    return delimiter.join(map(quote_text, _flat(value)))


def _quoted_segment(text: str) -> str:
    """Reserved characters stay that do not end a segment of a path, or the path."""
    return wire.quoted_reserved(text).replace("/", "%2F").replace("?", "%3F")


def _matrix(name: str, value: Plain, explode: bool, quote_text: Quote) -> str:
    name = quoted(name)
    if explode and not isinstance(value, str):
        pairs = [(quoted(key), item) for key, item in _flat_pairs(value)] if isinstance(value, dict) else []
        pairs = pairs or [(name, item) for item in _flat(value)]
        return "".join(f";{key}={quote_text(item)}" for key, item in pairs)
    given = _simple(value, False, quote_text)
    return f";{name}={given}" if given else f";{name}"


def _query_pieces(parameter: Parameter, value: Plain, quote_value: Quote) -> list[str]:
    style = parameter.style or _STYLES[parameter.place]
    quote_name = header_name if style == "cookie" else quoted
    name = quote_name(parameter.wire)
    if style == "deepObject":
        return [f"{key}={item}" for key, item in _deep(name, value, quote_value)]
    if style not in _DELIMITERS:
        raise InvalidCallError(f"style {style!r} is unknown in {parameter.place}")
    if isinstance(value, str):
        return [f"{name}={quote_value(value)}"]
    if not value:
        return []
    explode = style in ("form", "cookie") if parameter.explode is None else parameter.explode
    if isinstance(value, dict):
        if explode:
            return [f"{quote_name(key)}={quote_value(item)}" for key, item in _exploded(value)]
        items = [text for pair in _flat_pairs(value) for text in pair]
    else:
        items = _flat(value)
        if explode:
            return [f"{name}={quote_value(item)}" for item in items]
    return [f"{name}={_DELIMITERS[style].join(map(quote_value, items))}"]


def _whole_query(value: Plain) -> list[str]:
    """A query that is one value: a text (of JSON, perhaps), or the pairs of a form, where lists repeat their name."""
    if isinstance(value, str):
        return [quoted(value)]
    if not isinstance(value, dict):
        raise InvalidCallError("a query takes a mapping")
    return [f"{quoted(key)}={quoted(item)}" for key, item in _exploded(value)]


def styled(name: str, value: object, field: Field) -> list[str]:
    """The pieces of a URL-encoded form for a property that has a style."""
    style = field.style if field.style in (*_DELIMITERS, "deepObject") else "form"
    parameter = Parameter(name, "query", style=style, explode=field.explode)
    return _query_pieces(parameter, plain(value), wire.quoted_reserved if field.allow_reserved else quoted)


def _deep(name: str, value: Plain, quote_value: Quote) -> Iterable[tuple[str, str]]:
    """`name[key]=value`, as deep as the value goes; lists repeat their key."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _deep(f"{name}%5B{quoted(key)}%5D", item, quote_value)
    elif isinstance(value, list):
        for item in value:
            yield from _deep(name, item, quote_value)
    else:
        yield name, quote_value(value)


def _flat(items: Collection[Plain]) -> list[str]:
    """The items, which are texts all."""
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) < len(items):
        raise InvalidCallError("a list or mapping inside another has no form in this style")
    return texts


def _flat_pairs(value: dict[str, Plain]) -> list[tuple[str, str]]:
    return list(zip(value, _flat(value.values()), strict=True))


def _exploded(value: dict[str, Plain]) -> Pairs:
    """The pairs of a form; of a list in it no specification speaks, and services read its name once for each item."""
    listed = {key: [held] if isinstance(held, (str, dict)) else held for key, held in value.items()}
    return [(key, item) for key, items in listed.items() for item in _flat(items)]


def _as_is(text: str) -> str:
    return text


def _cookie_text(text: str) -> str:
    """A value of a cookie, or a part of it, which nothing escapes (RFC 6265, section 4.1.1)."""
    if not _COOKIE.fullmatch(text):
        raise InvalidCallError('a cookie takes visible ASCII without blanks and `,;"\\`; encode other text')
    return text


def _fill(template: str, values: Mapping[str, str]) -> str:
    """The path with its values; a segment that would read as `.` or `..` never leaves here."""
    pieces: list[str] = []
    for literal, name in _split(template):
        pieces.append(literal)
        if name is not None:
            if name not in values:
                raise InvalidCallError(f"the path needs {name!r}")
            pieces.append(values[name])
    path = "".join(pieces)
    if _DOTS.search(path):
        raise InvalidCallError("a path segment of only '.' or '..' would name another address")
    return path if path.startswith("/") else "/" + path


@lru_cache(maxsize=4096)
def _split(template: str) -> tuple[tuple[str, str | None], ...]:
    """What stands in a path as it is, encoded, each with the name that follows it; no fragment does."""
    found: list[tuple[str, str | None]] = []
    rest = template.partition("#")[0]
    while rest:
        literal, brace, rest = rest.partition("{")
        name, _, rest = rest.partition("}") if brace else (None, "", rest)
        found.append((quote(literal, safe=_LITERAL), name))
    return tuple(found)


def extra_query(name: str, value: object) -> list[str]:
    """Pieces of the query for a parameter that the document does not know; lists repeat it, `None` is not sent."""
    if value is None:
        return []
    given = plain(value)
    if isinstance(given, dict):
        raise InvalidCallError(f"extra_query[{name!r}] takes a text, number or list")
    items = [given] if isinstance(given, str) else _flat(given)
    return [f"{quoted(str(name))}={quoted(item)}" for item in items]


def header_name(name: object) -> str:
    """A header name, checked (RFC 9110, section 5.1)."""
    if not isinstance(name, str) or not name or not _TOKEN.issuperset(name):
        raise InvalidCallError(f"{name!r} is no header name")
    return name


def header_value(name: str, value: object) -> str:
    """A header value, checked: visible ASCII with blanks inside, on one line (RFC 9110, section 5.5)."""
    text = value if isinstance(value, str) else wire.scalar(value)
    if text != text.strip() or not _LINE.fullmatch(text):
        raise InvalidCallError(
            f"the value for header {name} must be ASCII on one line without blanks at its ends; encode other text"
        )
    return text


@lru_cache(maxsize=64)
def host_of(base: str) -> str:
    """The value of the Host header for a base address: host and port, without the default port."""
    parts = urlsplit(base)
    default = {"http": ":80", "https": ":443"}[parts.scheme]
    return parts.netloc.removesuffix(default)
