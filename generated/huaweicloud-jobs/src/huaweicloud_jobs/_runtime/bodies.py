"""Request bodies: Python values to bytes and their content type."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from . import codec
from .errors import InvalidCallError
from .operation import Body, Field
from .text import quoted

if TYPE_CHECKING:
    from .problems import Problem

_TOLD = 10
"""Faults of a body that a message names one by one."""


class Content:
    """A body of another media type than a call sends by itself: `body=Content("application/xml", "<job/>")`.

    Args:
        media_type: Sent as Content-Type.
        value: Text or bytes, sent as they are; a binary file; or what a form, a multipart body or JSON is made of, a
            list being that of JSON lines and JSON text sequences.
    """

    __slots__ = ("media_type", "value")

    def __init__(self, media_type: str, value: object) -> None:
        self.media_type = media_type
        self.value = value

    @property
    def body(self) -> Body:
        """How it is written."""
        from .sequences import framing_of

        name = self.media_type.partition(";")[0].strip().lower()
        if isinstance(self.value, str):
            return Body(self.media_type, "text")
        if name == "application/x-www-form-urlencoded":
            return Body(self.media_type, "form")
        if name.startswith("multipart/") and isinstance(self.value, Mapping):
            return Body(self.media_type, "multipart")
        if _is_file(self.value):
            return Body(self.media_type, "bytes")
        return Body(self.media_type, (framing_of(name) if isinstance(self.value, (list, tuple)) else "") or "json")

    def __repr__(self) -> str:
        return f"Content({self.media_type!r}, {type(self.value).__name__})"


def encode(body: Body | None, value: object, check: bool = True) -> tuple[str, bytes | None]:
    """Content type and bytes of a body; no bytes where the call has none.

    Args:
        check: Whether a body is refused that the document does not allow, and a required one missed.

    Raises:
        InvalidCallError: A required body is missing, or the value is not allowed, or cannot be sent.
    """
    if body is None:
        if value is not None:
            raise InvalidCallError("this operation takes no body")
        return "", None
    if isinstance(value, Content):
        body, value = value.body, value.value
        codec.header_value("Content-Type", body.media_type)
    if value is None and not body.null:
        if check and body.required:
            raise InvalidCallError("body is required")
        return "", None
    match body.kind:
        case "json":
            content = _shielded(body, _json(value))
            if check:
                _hold(body, content)
            return body.media_type, content
        case "lines" | "records":
            return body.media_type, _sequence(body, value, check)
        case "form" | "multipart" if check and hasattr(value, "to_json"):
            _hold(body, _shielded(body, _json(value)))
            return encode(body, value, False)
        case "form":
            return body.media_type, _form(value, body.fields)
        case "multipart":
            return _multipart(body.media_type, value, body.fields)
        case "text":
            if not isinstance(value, str):
                raise InvalidCallError(f"body takes text, not {type(value).__name__}")
            return body.media_type, _utf8(value)
        case "bytes":
            return body.media_type, _content(value)
        case kind:
            raise InvalidCallError(f"bodies of kind {kind!r} are unknown")


def _json(value: object) -> bytes:
    to_json = getattr(value, "to_json", None)
    try:
        return to_json() if to_json is not None else _utf8(codec.json_text(value))
    except ValueError:
        raise InvalidCallError(_misfits(value)) from None
    except InvalidCallError as error:
        error.message = f"body: {error.message}"
        raise


def _sequence(body: Body, value: object, check: bool) -> bytes:
    """Items one after the other, held to the document as the list that they are."""
    from .sequences import framed

    named, is_model = type(value).__name__, hasattr(value, "to_json")
    if isinstance(value, (str, bytes, bytearray, memoryview, Mapping)) or not isinstance(value, Iterable):
        raise InvalidCallError(f"body takes a list, not {named}")
    if is_model:
        raise InvalidCallError(f"body takes a list of such models, not one {named}")
    items = [_shielded(body, _json(item)) for item in cast("Iterable[object]", value)]
    if check:
        _hold(body, _shielded(body, b"[" + b",".join(items) + b"]"))
    return framed(body.kind, items)


def _shielded(body: Body, content: bytes) -> bytes:
    """The content, which is not shown where it holds what is not to be."""
    if body.model is None:
        return content
    from .sensitive import shielded

    return shielded(body.model(), content)


def _hold(body: Body, content: bytes) -> None:
    """Refuses JSON that the document does not allow: it is read as the service would read it.

    Raises:
        InvalidCallError: For all faults at once, each with its JSON pointer.
    """
    if body.model is None:
        return
    faults = _read_again(body.model(), content)
    if faults:
        raise InvalidCallError(f"{_told(faults)} (`check=False` sends it all the same)")


def _read_again(kind: Any, content: bytes) -> tuple[Problem, ...]:
    from .kinds import holds_more_than_types
    from .problems import faults_of
    from .repair import MisfitError, decoder, repaired

    try:
        value = decoder(kind)(content)
        return faults_of(value) if holds_more_than_types(kind) else ()
    except ValueError:
        pass
    try:
        return faults_of(repaired(kind, content))
    except MisfitError as fault:
        return (fault.problem,)


def _told(faults: tuple[Problem, ...]) -> str:
    more = [f"and {len(faults) - _TOLD} more"] if len(faults) > _TOLD else []
    return "; ".join([*(f"body{one.pointer}: {one.message}" for one in faults[:_TOLD]), *more])


def _misfits(model: Any) -> str:
    """What keeps a model from being written: values of other types than its fields have."""
    from pydantic_core import to_json

    try:
        faults = _read_again(type(model), to_json(model._written_as_read()))
    except ValueError:
        faults = ()
    return _told(faults) or f"body: the {type(model).__name__} holds a value that does not fit its field"


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise InvalidCallError("body holds half a character (a lone surrogate)") from None


def _content(value: object) -> bytes:
    if isinstance(value, str):
        return _utf8(value)
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if isinstance(value, memoryview):
        return value.tobytes()
    read = getattr(value, "read", None)
    content = read() if read is not None else None
    if isinstance(content, bytes):
        return content
    raise InvalidCallError(f"body takes bytes or a file opened in binary mode, not {type(value).__name__}")


def _members(value: object) -> dict[str, Any]:
    """The fields of a form by wire name; those that are `None` are not sent."""
    to_dict = getattr(value, "to_dict", None)
    given = to_dict() if to_dict is not None else value
    if not isinstance(given, Mapping):
        raise InvalidCallError(f"body takes a model or mapping, not {type(value).__name__}")
    members = cast("Mapping[object, Any]", given)
    return {str(name): item for name, item in members.items() if item is not None}


def _form(value: object, fields: Mapping[str, Field]) -> bytes:
    """Pairs with `%20` for blanks; lists repeat their name and objects go as JSON, unless a style says otherwise."""
    pairs: list[str] = []
    for name, item in _members(value).items():
        field = fields.get(name)
        if field is not None and (field.style or field.explode is not None or field.allow_reserved):
            pairs += codec.styled(name, item, field)
            continue
        for single in _singles(item, (list, tuple)):
            pairs.append(f"{quoted(name)}={quoted(_field_text(single))}")
    return "&".join(pairs).encode("ascii")


def _field_text(value: object) -> str:
    return codec.json_text(value) if _is_structured(value) else str(codec.plain(value))


def _is_structured(value: object) -> bool:
    return _is_object(value) or isinstance(value, (list, tuple))


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping) or hasattr(value, "to_dict")


def _singles(item: object, lists: type | tuple[type, ...]) -> Iterable[object]:
    """What goes under one name: the items of a list, or the one value."""
    return cast("Iterable[object]", item) if isinstance(item, lists) else (item,)


def _multipart(media_type: str, value: object, fields: Mapping[str, Field]) -> tuple[str, bytes]:
    """Parts under a boundary made from their content: the same body has the same bytes.

    A field is a text, a number, bytes or a binary file, `(file name, content)` or `(file name, content, media type)`,
    a list of these, or an object that goes as JSON.
    """
    parts: list[bytes] = []
    for name, item in _members(value).items():
        field = fields.get(name) or Field()
        for single in _singles(item, list):
            parts.append(_part(name, single, field.content_type.partition(",")[0].strip(), field.headers))
    from hashlib import sha256

    boundary = sha256(b"\0".join(parts)).hexdigest()[:32]
    mark = b"--" + boundary.encode("ascii")
    content = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"
    return f"{media_type or 'multipart/form-data'}; boundary={boundary}", content


def _part(name: str, value: object, documented: str, headers: tuple[tuple[str, str], ...] = ()) -> bytes:
    """One part.

    Args:
        documented: Its media type as the document has it; empty, or a range (`image/*`), for what the value is.
    """
    file_name, media_type = "", "" if "*" in documented else documented
    if isinstance(value, tuple):
        file_name, content, media_type = _named_file(name, cast("Any", value), media_type)
    elif _is_file(value):
        file_name = os.path.basename(str(getattr(value, "name", ""))) or name
        content, media_type = _content(value), media_type or "application/octet-stream"
    else:
        is_json = media_type.partition(";")[0].rstrip().endswith(("/json", "+json"))
        if media_type and not is_json and _is_structured(value):
            raise InvalidCallError(f"body[{name!r}] goes as {media_type}: give the text or bytes of that")
        content = _json(value) if is_json else _utf8(_field_text(value))
        media_type = media_type or ("application/json" if _is_object(value) else "")
    head = f'Content-Disposition: form-data; name="{_escaped(name)}"'
    head += f'; filename="{_escaped(file_name)}"' if file_name else ""
    head += f"\r\nContent-Type: {codec.header_value('Content-Type', media_type)}" if media_type else ""
    head += "".join(f"\r\n{codec.header_name(key)}: {codec.header_value(key, text)}" for key, text in headers)
    return _utf8(head) + b"\r\n\r\n" + content


def _is_file(value: object) -> bool:
    return isinstance(value, (bytes, bytearray, memoryview)) or hasattr(value, "read")


def _named_file(name: str, value: tuple[Any, ...], documented: str) -> tuple[str, bytes, str]:
    """File name, content and media type."""
    if len(value) not in (2, 3):
        raise InvalidCallError(f"body[{name!r}] takes (file name, content) or (file name, content, media type)")
    file_name, content, media_type = (*value, documented or "application/octet-stream")[:3]
    return file_name, _content(content), media_type


def _escaped(name: str) -> str:
    """As browsers do (HTML standard, multipart/form-data encoding)."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
