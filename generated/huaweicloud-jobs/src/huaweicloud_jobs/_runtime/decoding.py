"""Responses to results: which status means what, typed content, and the errors for all else."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from . import pointers
from .errors import DecodeError, StatusError
from .messages import NoContent
from .problems import Problem, problems_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .configuration import Configuration
    from .messages import Response
    from .operation import Failure, FailureTest, Operation
    from .operation import Response as Documented

_BOM = b"\xef\xbb\xbf"
_decoders: dict[int, tuple[Documented, Callable[[bytes], Any]]] = {}
"""Decoders by the identity of the declaration, which is kept beside them so that the identity stays its own."""
_DECODERS_KEPT = 4096


def read(
    client: Configuration,
    operation: Operation[Any],
    response: Response,
    raise_failures: bool,
    strict: bool = False,
) -> Any:
    """What the call returns: what of the content fits is typed, and the rest is kept as it came (see `problems`).

    Raises:
        StatusError: The status is a failure, or a redirect that is not what the operation documents, or (unless
            `raise_failures` is false) the content reports a failure.
        DecodeError: The content of a success is no JSON or of another kind altogether than the operation documents;
            where `strict`, it departs in any way from what is documented.
    """
    documented = success_for(operation, response.status)
    if documented is None:
        raise status_error(client, operation, response)
    if raise_failures and operation.failure is not None:
        _raise_failure(client, operation.failure, documented, response)
    result = _decode(client, documented, response)
    if strict:
        _raise_problems(client, response, result)
    return result


def _raise_problems(client: Configuration, response: Response, result: Any) -> None:
    problems = problems_of(result)
    if problems:
        first, *others = problems
        more = f" (and {len(others)} more)" if others else ""
        raise DecodeError(
            first.message + more,
            status=response.status,
            pointer=first.pointer,
            request_id=request_id_of(client, response, pointers.parsed(response.content)),
            headers=response.headers,
            body=response.content,
            problems=problems,
        )


def success_for(operation: Operation[Any], status: int) -> Documented | None:
    """What a status means as a success, or `None` where it is none.

    Successes are the documented 2XX; redirects, where none of those is documented; `default`, where neither is. An
    exact status goes before its range. A 2xx that is not documented means what the first documented success means.
    """
    responses = operation.responses
    exact = responses.get(str(status)) or responses.get(f"{status // 100}XX")
    if status // 100 not in (2, 3):
        return None
    if status // 100 == 2 and exact is not None:
        return exact
    documented = [key for first in "23" for key in sorted(responses) if key.startswith(first)]
    if status // 100 == 3:
        return exact if documented and documented[0].startswith("3") else None
    from .operation import Response as Documented

    return responses[documented[0]] if documented else responses.get("default") or Documented()


def request_id_of(client: Configuration, response: Response, content: Any = pointers.MISSING) -> str | None:
    """The request id, from where the API declares it."""
    return _field(client, "request_id", response, content)


def _field(client: Configuration, name: str, response: Response, content: Any) -> str | None:
    for declared in client.service.errors:
        if declared.name == name:
            return _first(declared.sources, response, content)
    return None


def _first(sources: tuple[str, ...], response: Response, content: Any) -> str | None:
    """The first source that is there and not null, as text."""
    value: Any
    for source in sources:
        place, _, name = source.partition(":")
        match place:
            case "header":
                value = response.headers.get(name)
            case "body":
                value = pointers.resolve(content, name)
            case _:
                continue  # an error is told as far as it can be read
        if value is None or value is pointers.MISSING:
            continue
        return value if isinstance(value, str) else _shown(value)
    return None


def _shown(value: object) -> str:
    import json

    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return f"a {type(value).__name__} that is nested too deep"


def status_error(client: Configuration, operation: Operation[Any], response: Response) -> StatusError:
    """The error for a status; a body of any kind never hides it."""
    content = pointers.parsed(response.content)
    fields = {declared.name: _first(declared.sources, response, content) for declared in client.service.errors}
    status = response.status
    kind = _class_for(client.errors, (str(status), f"{status // 100}XX", "default"))
    return kind(
        fields.get("message"),
        operation=operation.name,
        status=status,
        fields=fields,
        headers=response.headers,
        body=response.content,
        model=_error_model(operation, response),
    )


def _class_for(errors: Mapping[str, type[StatusError]], keys: tuple[str, ...]) -> type[StatusError]:
    return next((errors[key] for key in keys if key in errors), StatusError)


def _error_model(operation: Operation[Any], response: Response) -> Any:
    keys = (str(response.status), f"{response.status // 100}XX", "default")
    documented = next((operation.responses[key] for key in keys if key in operation.responses), None)
    if documented is None or documented.kind != "json" or documented.model is None:
        return None
    decoder = _decoder(documented)
    try:
        return decoder(_without_mark(response.content))
    except ValueError:
        return None


def _decode(client: Configuration, documented: Documented, response: Response) -> Any:
    match documented.kind:
        case "none":
            return NoContent(response.status, request_id_of(client, response), response.headers)
        case "json":
            return _decode_json(client, documented, response, _without_mark(response.content))
        case "text":
            return _text(response)
        case "bytes":
            return response.content
        case _:
            return _decode_items(client, documented, response)


def _decode_items(client: Configuration, documented: Documented, response: Response) -> Any:
    """The items of a sequence, as a list: one that is no JSON stays the text that it is, and is a problem."""
    from .forms import carrying, form_of
    from .sequences import joined

    content, odd = joined(documented.kind, _without_mark(response.content))
    items = _decode_json(client, documented, response, content)
    if not odd:
        return items
    if documented.model is not None:
        from .sensitive import holds_sensitive, masked

        odd = tuple(map(masked, odd)) if holds_sensitive(documented.model()) else odd
    places = {one.pointer for one in odd}
    others = tuple(one for one in form_of(items, "faults") or () if one.pointer not in places)
    return carrying(items, "faults", (*odd, *others))


def _decode_json(client: Configuration, documented: Documented, response: Response, content: bytes) -> Any:
    if documented.model is not None:
        content = _shielded(documented.model(), content)
    decoder = _decoder(documented)
    try:
        return decoder(content)
    except ValueError as fault:
        with contextlib.suppress(ValueError):
            return _repaired(documented, content)
        raise _decode_error(client, documented, response, content, fault) from fault


def _shielded(kind: Any, content: bytes) -> bytes:
    from .sensitive import shielded

    return shielded(kind, content)


def _decode_error(
    client: Configuration, documented: Documented, response: Response, content: bytes, fault: ValueError
) -> DecodeError:
    value = pointers.parsed(content)
    pointer, message = _explained(fault, content, value, documented)
    return DecodeError(
        message,
        status=response.status,
        pointer=pointer,
        request_id=request_id_of(client, response, value),
        headers=response.headers,
        body=response.content,
        problems=(Problem(pointer, message),),
    )


def _repaired(documented: Documented, content: bytes) -> Any:
    from .repair import repaired

    return repaired(documented.model() if documented.model is not None else Any, content)


def _explained(fault: ValueError, content: bytes, value: Any, documented: Documented) -> tuple[str, str]:
    """Pointer and words for the first fault."""
    if not content.strip():
        return "", "JSON was expected, and nothing came"
    if value is pointers.MISSING:
        from .sensitive import holds_sensitive

        hidden = documented.model is not None and holds_sensitive(documented.model())
        what = "other content came" if hidden else f"this came: {content[:80]!r}"
        return "", f"JSON was expected, and {what}"
    errors = getattr(fault, "errors", None)
    if errors is None:
        return "", str(fault)
    first = errors(include_url=False, include_context=False, include_input=False)[0]
    return pointers.locate(value, first["loc"], lacks=first["type"] == "missing"), first["msg"]


def _without_mark(content: bytes) -> bytes:
    return content[3:] if content.startswith(_BOM) else content


def _text(response: Response) -> str:
    content_type = response.headers.get("Content-Type") or ""
    charset = next((part.partition("=")[2] for part in content_type.split(";") if "charset=" in part.lower()), "")
    try:
        return response.content.decode(charset.strip().strip('"') or "utf-8", "replace")
    except Exception:  # whatever one of Python's codecs raises: a server names it
        return response.content.decode("utf-8", "replace")


def _decoder(documented: Documented) -> Callable[[bytes], Any]:
    """The validator for a declaration, made once."""
    known = _decoders.get(id(documented))
    if known is not None:
        return known[1]
    from .models import decoder_for

    decoder = decoder_for(documented.model() if documented.model is not None else Any)
    if len(_decoders) >= _DECODERS_KEPT:
        _decoders.clear()
    _decoders[id(documented)] = documented, decoder
    return decoder


def _raise_failure(client: Configuration, failure: Failure, documented: Documented, response: Response) -> None:
    """Raises what a success reports as a failure; its content need not be what a success documents."""
    content = pointers.parsed(_without_mark(response.content))
    if not any(_tells(test, content) for test in failure.tests):
        return
    status = pointers.resolve(content, failure.status) if failure.status else None
    message = pointers.resolve(content, failure.message) if failure.message else None
    fields = {declared.name: _first(declared.sources, response, content) for declared in client.service.errors}
    words = message if isinstance(message, str) else fields.get("message")
    kind = _class_for(client.errors, ("failure", "default"))
    raise kind(
        words,
        status=response.status,
        fields={**fields, "message": words},
        headers=response.headers,
        body=response.content,
        model=_decoded_or_none(client, documented, response),
        inner_status=status if isinstance(status, int) else None,
    )


def _decoded_or_none(client: Configuration, documented: Documented, response: Response) -> Any:
    try:
        return _decode(client, documented, response)
    except DecodeError:
        return None


def _tells(test: FailureTest, content: Any) -> bool:
    value = pointers.resolve(content, test.pointer)
    if value is pointers.MISSING:
        return False
    if test.minimum is not None:
        return isinstance(value, (int, float)) and not isinstance(value, bool) and value >= test.minimum
    return type(value) is type(test.equals) and bool(value == test.equals)
