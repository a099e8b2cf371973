"""Two shapes that hide a value: JSON inside a text, and an object that stands for one of its members."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from .building import find_models, room_to_build
from .forms import carrying, form_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler
    from pydantic_core.core_schema import SerializerFunctionWrapHandler, ValidatorFunctionWrapHandler

T = TypeVar("T")

_HOLD_MODELS = frozenset(
    ("any", "definition-ref", "definitions", "dict", "list", "model", "nullable", "tagged-union", "tuple", "union")
)
"""Types of core schemas whose values may hold models."""


def decoder_for(kind: Any) -> Callable[[bytes | str], Any]:
    """Decodes JSON into a type, strictly and by wire names; it raises pydantic's `ValidationError`."""
    from .models import Model

    if isinstance(kind, type) and issubclass(kind, Model):
        return kind.from_json
    find_models(kind)
    with room_to_build():
        adapter: TypeAdapter[Any] = TypeAdapter(cast("Any", kind))

    def decode(content: bytes | str) -> Any:
        return adapter.validate_json(content, strict=True, by_alias=True, by_name=False)

    return decode


class HeldAsText:
    """Marks a type whose JSON is held in a text.

    It holds the type too: what it is given later is the bare type, for nested annotations come as one flat list.
    """

    def __init__(self, kind: Any) -> None:
        self.kind = kind

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        inner = handler(source)
        form = _TextOf(source if isinstance(self.kind, str) else self.kind)
        return core_schema.with_info_wrap_validator_function(
            form.validate,
            inner,
            serialization=core_schema.wrap_serializer_function_ser_schema(
                form.serialize, schema=inner, return_schema=core_schema.str_schema(), when_used="json"
            ),
        )


class _TextOf:
    """Reads and writes one type in JSON text."""

    def __init__(self, kind: Any) -> None:
        self._kind = kind
        self._decoder: Callable[[bytes | str], Any] | None = None

    def _decode(self, text: str) -> Any:
        if self._decoder is None:
            self._decoder = decoder_for(self._kind)
        return self._decoder(text)

    def validate(self, value: Any, inner: ValidatorFunctionWrapHandler, info: core_schema.ValidationInfo[Any]) -> Any:
        """From JSON only a text is taken, from Python only the value."""
        if info.mode != "json":
            return inner(value)
        if not isinstance(value, str):
            raise PydanticCustomError("json_text", "Input should be a text that holds JSON")
        return carrying(self._decode(value), "text", value)

    def serialize(self, value: Any, inner: SerializerFunctionWrapHandler) -> Any:
        """The kept text while reading it again gives what the value is now, else fresh JSON; what is raw, as it is."""
        if self._is_raw(value):
            return json.loads(_compact(value))
        fresh = _compact(inner(value))
        kept = form_of(value, "text")
        if kept is None:
            return fresh
        try:
            again = self._decode_again(kept)
        except ValueError:
            return fresh
        return kept if _compact(inner(again)) == fresh else fresh

    def _is_raw(self, value: Any) -> bool:
        """Whether a value stands for itself: it came where text was expected, or is a text that does not fit."""
        if not isinstance(value, bool | None):
            return bool(form_of(value, "raw"))
        try:
            self._decode(_compact(value))
        except ValueError:
            return True
        return False

    def _decode_again(self, text: str) -> Any:
        try:
            return self._decode(text)
        except ValueError:
            from .repair import repaired

            return repaired(self._kind, text)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if TYPE_CHECKING:
    JsonText = Annotated[T, HeldAsText(T)]
else:

    class JsonText:
        """A `T` that is a text holding JSON on the wire.

        Reading parses it, by wire names, through every level. Writing gives the text as it came while parsing it again
        would give an equal value with the same set fields, and fresh JSON otherwise; a change at any level makes the
        text above it fresh too. A `bool` or `None` cannot carry its text and is always written fresh.
        """

        def __class_getitem__(cls, kind):
            return Annotated[kind, HeldAsText(kind)]


class StandsFor:
    """`Annotated[T, StandsFor("status")]`: on the wire a `T`, or an object that holds it as that member.

    The Python value is the `T`. An object goes back as the object with its further members.
    """

    def __init__(self, member: str) -> None:
        self.member = member

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        inner = handler(source)
        form = _StandIn(self.member, source if inner["type"] in _HOLD_MODELS else None)
        return core_schema.with_info_wrap_validator_function(
            form.validate,
            inner,
            serialization=core_schema.wrap_serializer_function_ser_schema(
                form.serialize, schema=inner, when_used="json"
            ),
        )


class _StandIn:
    """Reads and writes one type in an object that stands for it.

    Args:
        member: Its name in the object.
        kind: The type where it may hold models: pydantic 2.12 forgets in wrapped validators that names are those of
            the wire, so that it is decoded apart.
    """

    def __init__(self, member: str, kind: Any) -> None:
        self._member = member
        self._kind = kind
        self._decoder: Callable[[bytes | str], Any] | None = None

    def _read(self, value: Any, inner: ValidatorFunctionWrapHandler, mode: str) -> Any:
        if self._kind is None or mode != "json":
            return inner(value)
        if self._decoder is None:
            self._decoder = decoder_for(self._kind)
        return self._decoder(_compact(value))

    def validate(self, value: Any, inner: ValidatorFunctionWrapHandler, info: core_schema.ValidationInfo[Any]) -> Any:
        """The member of an object that has it, else the value itself."""
        if not isinstance(value, dict) or self._member not in value:
            return self._read(value, inner, info.mode)
        try:
            read = self._read(value[self._member], inner, info.mode)
            return carrying(read, "object", (self._member, cast("dict[str, Any]", value)))
        except ValidationError as fault:
            raise _moved(fault, self._member) from None

    def serialize(self, value: Any, inner: SerializerFunctionWrapHandler) -> Any:
        """The object with the member as it is now, where an object came."""
        plain = inner(value)
        kept = form_of(value, "object")
        return plain if kept is None else {**kept[1], self._member: plain}


def _moved(fault: ValidationError, member: str) -> ValidationError:
    """The same faults, one member further in."""
    return ValidationError.from_exception_data(
        fault.title,
        [
            InitErrorDetails(
                type=PydanticCustomError("stands_for", "{fault}", {"fault": error["msg"]}),
                loc=(member, *error["loc"]),
                input=error["input"],
            )
            for error in fault.errors(include_url=False, include_context=False)
        ],
    )
