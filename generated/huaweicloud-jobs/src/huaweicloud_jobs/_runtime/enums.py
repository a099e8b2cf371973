"""Open enumerations: a value that the documentation does not list is kept, and can be told from those it lists."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, Self, cast

from pydantic_core import PydanticCustomError, core_schema

from .forms import carrying

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

    from .forms import Forms

_KEPT = 4096
_unlisted: dict[tuple[type, object], Any] = {}
"""Values met that are not listed, by class and value; emptied when full, since anyone may send new ones."""


def _keep(cls: type, value: object, made: Any) -> Any:
    if len(_unlisted) >= _KEPT:
        _unlisted.clear()
    return _unlisted.setdefault((cls, value), made)


class OpenEnum(StrEnum):
    """A text with listed values, which takes any other text too.

    `JobStatus("NEW")` equals `"NEW"`, and its `is_known` is false. Compare with `==` or `match`, not with `is`: a value
    that came in another form, such as an object that stands for it, is equal to the member and is not the same. Type
    checkers are told of one more member, `_OTHER`, so that no `match` over those that are listed is taken for complete;
    at run time there is none.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        text = str.__str__(value)
        return cast("Self", _unlisted.get((cls, text)) or _keep(cls, text, cls._made(text, text)))

    @classmethod
    def _made(cls, name: str, text: str) -> Self:
        made = str.__new__(cls, text)
        made._name_ = name
        made._value_ = text
        return made

    @property
    def is_known(self) -> bool:
        """Whether the documentation lists the value."""
        return self._value_ in type(self)._value2member_map_

    def _carry_forms(self, forms: Forms) -> Self:
        """An equal value that carries forms: not the member itself, which all share."""
        made = self._made(self._name_, self._value_)
        object.__setattr__(made, "_kept_forms", forms)
        return made

    def __repr__(self) -> str:
        if self.is_known:
            return f"<{type(self).__name__}.{self._name_}: {self._value_!r}>"
        return f"<{type(self).__name__}: {self._value_!r} (unknown)>"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return _restored, (type(self), self._value_, getattr(self, "_kept_forms", None))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        schema: Any = handler(source)
        if schema["type"] == "enum":
            schema["strict"] = False  # a member or its text, in strict models too
        return cast("core_schema.CoreSchema", schema)


def _restored(cls: type[OpenEnum], text: str, forms: Forms | None) -> OpenEnum:
    member = cls(text)
    for name, form in (forms or {}).items():
        member = carrying(member, name, form)
    return member


class ExtensibleEnum(OpenEnum):
    """A text of which some values are listed, and any other is allowed: one that is not known is no fault."""


class OpenIntEnum(IntEnum):
    """An integer with listed values, which takes any other integer too."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if type(value) is not int:
            return None
        return cast("Self", _unlisted.get((cls, value)) or _keep(cls, value, cls._made(value)))

    @classmethod
    def _made(cls, value: int) -> Self:
        made = int.__new__(cls, value)
        made._name_ = int.__repr__(value)
        made._value_ = value
        return made

    @property
    def is_known(self) -> bool:
        """Whether the documentation lists the value."""
        return self._value_ in type(self)._value2member_map_

    def __repr__(self) -> str:
        if self.is_known:
            return f"<{type(self).__name__}.{self._name_}: {self._value_!r}>"
        return f"<{type(self).__name__}: {self._value_!r} (unknown)>"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> tuple[Any, ...]:
        return type(self), (self._value_,)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def validate(value: object) -> OpenIntEnum:
            if isinstance(value, cls) or type(value) is int:
                return cls(value)
            raise PydanticCustomError("int_type", "Input should be a valid integer")

        return core_schema.no_info_plain_validator_function(
            validate,
            serialization=core_schema.plain_serializer_function_ser_schema(_written, when_used="json"),
        )


def _written(value: object) -> object:
    """The number of a member; what was read and is none stays as it came."""
    return int(value) if isinstance(value, OpenIntEnum) else value
