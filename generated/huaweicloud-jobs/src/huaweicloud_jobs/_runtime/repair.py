"""JSON that breaks its schema, read all the same: what fits is typed, the rest stays the JSON value that it is.

It runs after pydantic refused the whole. A part that pydantic takes is taken whole; one that it refuses is opened, down
to the values that do not fit. Every model on the way there carries its faults (see `problems`). The cost stays linear
in the size of the body: parts are tried whole near the root only, and nothing is opened beyond a fixed depth.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, cast, get_args, get_origin

from pydantic_core import ValidationError, from_json, to_json

from .building import find_models
from .forms import carrying, form_of
from .jsontext import HeldAsText, StandsFor, decoder_for
from .kinds import is_model
from .problems import Problem, found, step_to
from .sensitive import holds_sensitive, masked
from .unions import ByTag, evaluated, meant

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sized

    from pydantic.fields import FieldInfo

    from .models import Model
    from .pointers import Json

    Faults = list[Problem]

_TRIED_WHOLE = 8
"""Levels on which a part is tried whole before it is opened."""
_DEEPEST = 64
"""Levels that are opened at all; pydantic itself reads 200."""


class MisfitError(ValueError):
    """A value of which nothing fits."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a model, as reading needs it; `optional` tells that its type takes `None`."""

    name: str
    wire: str
    kind: Any
    required: bool
    optional: bool
    info: FieldInfo


def repaired(kind: Any, content: bytes | str) -> Any:
    """Reads what pydantic refused.

    Args:
        kind: The documented type.
        content: The JSON text.

    Raises:
        ValueError: It is no JSON, or of another kind altogether than documented.
    """
    faults: Faults = []
    value = _parsed(content, faults)
    result = _fit(kind, value, "", faults, 0)
    return carrying(result, "faults", (*faults, *(form_of(result, "faults") or ()))) if faults else result


def _parsed(content: bytes | str, faults: Faults) -> Any:
    """The JSON value; bytes and escapes that are no characters are replaced, and noted."""
    try:
        return from_json(content)
    except ValueError:
        text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    try:
        value = json.loads(text)
        readable = from_json(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except RecursionError as fault:
        raise ValueError("JSON is nested too deep") from fault
    faults.append(Problem("", "JSON should be Unicode text; what is none was replaced"))
    return readable


def _part(kind: Any, value: Any, place: str, faults: Faults, level: int) -> Any:
    """A member or item: typed, or as it came with the fault noted."""
    try:
        return _fit(kind, value, place, faults, level)
    except MisfitError as misfit:
        faults.append(misfit.problem)
        return carrying(value, "raw", True) if _is_held_as_text(kind) else value


def _fit(kind: Any, value: Any, place: str, faults: Faults, level: int) -> Any:
    """The value typed as far as it fits.

    Raises:
        MisfitError: Nothing of it fits.
    """
    if 0 < level < _TRIED_WHOLE:
        try:
            return decoder(kind)(to_json(value))
        except ValueError:
            pass
    kind = meant(kind)
    opened = _opener(kind, value) if level < _DEEPEST else None
    return _leaf(kind, value, place) if opened is None else opened(kind, value, place, faults, level + 1)


def _opener(kind: Any, value: Any) -> Callable[[Any, Any, str, Faults, int], Any] | None:
    """What opens a value of the kind of JSON that the type has; `None` where there is nothing to open."""
    kind = meant(kind)
    origin = get_origin(kind)
    if is_model(kind):
        return _model if isinstance(value, dict) else None
    if origin is Annotated:
        mark = kind.__metadata__[-1]
        if isinstance(mark, ByTag):
            return _tagged if isinstance(value, dict) else None
        if isinstance(mark, HeldAsText):
            return _text if isinstance(value, str) else None
        return _stand_in if isinstance(mark, StandsFor) else None
    if origin is list:
        return _list if isinstance(value, list) else None
    if origin is tuple:
        return _tuple if isinstance(value, list) and len(cast("Sized", value)) == len(get_args(kind)) else None
    if origin is dict:
        return _mapping if isinstance(value, dict) else None
    if origin in (Union, UnionType):
        return _member if any(_opener(one, value) for one in get_args(kind)) else None
    return None


def _leaf(kind: Any, value: Any, place: str) -> Any:
    try:
        return decoder(kind)(to_json(value))
    except ValueError as fault:
        raise _misfit(kind, Problem(place, _words(fault, value), value)) from None


def _misfit(kind: Any, problem: Problem) -> MisfitError:
    return MisfitError(masked(problem) if holds_sensitive(kind) else problem)


def _model(kind: type[Model], value: dict[str, Any], place: str, faults: Faults, level: int) -> Model:
    """The model, which carries its own faults; pointers in them begin at it."""
    from .models import wire_form

    own: Faults = []
    sensitive = wire_form(kind).sensitive
    held: dict[str, Any] = {}
    given: set[str] = set()
    extra = dict(value)
    for field in fields_of(kind):
        if field.wire in extra:
            told: Faults = []
            held[field.name] = _part(field.kind, extra.pop(field.wire), step_to(field.wire), told, level)
            own += map(masked, told) if field.name in sensitive else told
            given.add(field.name)
            continue
        held[field.name] = None if field.required else field.info.get_default(call_default_factory=True)
        if field.required:
            own.append(Problem(step_to(field.wire), "A member is required; found nothing"))
    others = others_of(kind)
    if others is not None:
        extra = {name: _part(others, one, step_to(name), own, level) for name, one in extra.items()}
    made = kind.__new__(kind)
    for name, state in (("__dict__", held), ("__pydantic_fields_set__", given), ("__pydantic_extra__", extra)):
        object.__setattr__(made, name, state)
    object.__setattr__(made, "__pydantic_private__", None)
    return carrying(made, "faults", tuple(own))


def _list(kind: Any, value: list[Any], place: str, faults: Faults, level: int) -> list[Any]:
    (inner,) = get_args(kind)
    return [_part(inner, one, place + step_to(index), faults, level) for index, one in enumerate(value)]


def _tuple(kind: Any, value: list[Any], place: str, faults: Faults, level: int) -> tuple[Any, ...]:
    pairs = enumerate(zip(get_args(kind), value, strict=True))
    return tuple(_part(inner, one, place + step_to(index), faults, level) for index, (inner, one) in pairs)


def _mapping(kind: Any, value: dict[str, Any], place: str, faults: Faults, level: int) -> dict[str, Any]:
    inner = get_args(kind)[1]
    return {key: _part(inner, one, place + step_to(key), faults, level) for key, one in value.items()}


def _text(kind: Any, value: str, place: str, faults: Faults, level: int) -> Any:
    inner = kind.__metadata__[-1].kind
    try:
        held = from_json(value)
    except ValueError:
        raise _misfit(kind, Problem(place, f"A text that holds JSON is expected; {found(value)}", value)) from None
    typed = _fit(_without_mark(kind) if isinstance(inner, str) else inner, held, place, faults, level)
    return carrying(typed, "text", value)


def _stand_in(kind: Any, value: Json, place: str, faults: Faults, level: int) -> Any:
    member = kind.__metadata__[-1].member
    inner = _without_mark(kind)
    if not isinstance(value, dict) or member not in value:
        return _fit(inner, value, place, faults, level)
    typed = _fit(inner, value[member], place + step_to(member), faults, level)
    return carrying(typed, "object", (member, value))


def _tagged(kind: Any, value: dict[str, Any], place: str, faults: Faults, level: int) -> Any:
    """The value as what its tag says; where the tag says nothing that is documented, as what it fits best."""
    tag: ByTag = kind.__metadata__[-1]
    chosen = tag.kind_of(kind.__origin__, value)
    if chosen is not None:
        return _fit(chosen, value, place, faults, level)
    typed = _member(kind.__origin__, value, place, faults, level)
    where = step_to(tag.name)
    if tag.name in value and all(one.pointer != where for one in form_of(typed, "faults") or ()):
        listed = ", ".join(str(one) for one in tag.classes)
        shown = value[tag.name]
        fault = Problem(where, f"Should be one of {listed}; {found(shown)}", shown)
        return carrying(typed, "faults", (*(form_of(typed, "faults") or ()), fault))
    return typed


def _member(kind: Any, value: Any, place: str, faults: Faults, level: int) -> Any:
    """The value as that member of a union which it fits best."""
    members = [one for one in get_args(kind) or (kind,) if _opener(one, value)]
    if len(members) > 1 and level <= _TRIED_WHOLE:
        content = to_json(value)
        members.sort(key=lambda one: _distance(one, value, content))
    return _fit(members[0], value, place, faults, level)


def _distance(kind: Any, value: Any, content: bytes) -> tuple[int, int, int, int]:
    """How far a value is from a member of a union: wrong tags, unknown members, faults of its own, faults in all."""
    try:
        decoder(kind)(content)
    except ValidationError as fault:
        errors = fault.errors(include_url=False, include_context=False, include_input=False)
        own = [error["type"] for error in errors if len(error["loc"]) == 1]
        return own.count("literal_error"), len(_unknown(kind, value)), len(own), len(errors)
    return 0, len(_unknown(kind, value)), 0, 0


def _unknown(kind: Any, value: Any) -> Collection[str]:
    """The members of a value that a model does not name."""
    return value.keys() - {field.wire for field in fields_of(meant(kind))} if is_model(meant(kind)) else ()


def _without_mark(kind: Any) -> Any:
    """The type without its last annotation."""
    marks = kind.__metadata__[:-1]
    return Annotated[(kind.__origin__, *marks)] if marks else kind.__origin__


def _is_held_as_text(kind: Any) -> bool:
    kind = meant(kind)
    if get_origin(kind) in (Union, UnionType):
        return any(_is_held_as_text(one) for one in get_args(kind))
    return get_origin(kind) is Annotated and isinstance(kind.__metadata__[-1], HeldAsText)


@lru_cache(maxsize=4096)
def decoder(kind: Any) -> Callable[[bytes | str], Any]:
    """Decodes JSON into a type; made once."""
    return decoder_for(kind)


@lru_cache(maxsize=4096)
def fields_of(kind: type[Model]) -> tuple[Field, ...]:
    """The fields of a model, in its order."""
    from .models import wire_form

    wire = wire_form(kind)
    fields: list[Field] = []
    for name, annotation in _annotations(kind).items():
        info = kind.model_fields[name]
        optional = NoneType in get_args(annotation)
        fields.append(Field(name, wire(name), annotation, info.is_required(), optional, info))
    return tuple(fields)


def _annotations(kind: type[Model]) -> dict[str, Any]:
    """The types of a model's fields.

    It is not built for that: each would be built with all that it refers to, and then each of those.
    """
    try:
        if not kind.__pydantic_complete__:
            find_models(kind)
            return {
                name: evaluated(info.rebuild_annotation(), kind.__module__) for name, info in kind.model_fields.items()
            }
    except NameError:  # a model within a function, whose names pydantic knows
        kind.model_rebuild()
    return {name: info.rebuild_annotation() for name, info in kind.model_fields.items()}


@lru_cache(maxsize=4096)
def others_of(kind: type[Model]) -> Any:
    """The type of the members that a model does not name; `None` where it may be any."""
    declared = vars(kind).get("__annotations__", {}).get("__pydantic_extra__")
    return None if declared is None else get_args(evaluated(declared, kind.__module__))[1]


@lru_cache(maxsize=4096)
def words_for_null(kind: Any) -> str:
    """What is said of null where a type takes it although the document does not."""
    others = tuple(one for one in get_args(kind) if one is not NoneType)
    try:
        decoder(Union[others])(b"null")  # noqa: UP007 - its members are not known before
    except ValueError as fault:
        return _words(fault, None)
    return f"Another value is expected; {found(None)}"


def _words(fault: ValueError, value: object) -> str:
    """What was expected, as pydantic says it, and what was found."""
    if not isinstance(fault, ValidationError):
        return f"{fault}; {found(value)}"
    errors = fault.errors(include_url=False, include_context=False, include_input=False)
    expected = " or ".join(dict.fromkeys(error["msg"] for error in errors[:4]))
    return f"{expected}; {found(value)}"
