"""What emitted models are made of: strict where it matters, tolerant where services differ from their pages.

Decoding JSON goes by wire names, building a model in Python by Python names. Unknown members are kept
(`model.model_extra`), absent is told from null (`model.model_fields_set`), and what was read and not touched is
written back equal as JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict

from .enums import OpenEnum, OpenIntEnum
from .jsontext import JsonText, StandsFor, decoder_for
from .times import Date, DateTime, Uuid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .forms import Forms

__all__ = [
    "Date",
    "DateTime",
    "JsonText",
    "Model",
    "OpenEnum",
    "OpenIntEnum",
    "StandsFor",
    "Uuid",
    "decoder_for",
    "wire_names",
]


def wire_names(names: Mapping[str, str]) -> ConfigDict:
    """The `model_config` of a model some of whose members have another name on the wire: Python name to wire name."""
    return ConfigDict(alias_generator=lambda name: names.get(name, name))


class Model(BaseModel):
    """Base of all emitted models."""

    __slots__ = ("_kept_forms",)

    model_config = ConfigDict(
        strict=True,
        extra="allow",
        defer_build=True,
        validate_by_name=True,
        validate_by_alias=False,
        allow_inf_nan=False,
        protected_namespaces=(),
    )

    @classmethod
    def from_json(cls, content: bytes | str) -> Self:
        """Decodes JSON by wire names.

        Raises:
            pydantic.ValidationError: It is no JSON, or does not fit the model.
        """
        return cls.model_validate_json(content, by_alias=True, by_name=False)

    def to_json(self) -> bytes:
        """The model as JSON: wire names, members that were set, kept forms."""
        return self.model_dump_json(by_alias=True, exclude_unset=True, warnings="error").encode()

    def to_dict(self) -> dict[str, Any]:
        """What `to_json` writes, as Python values."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings="error")

    if not TYPE_CHECKING:  # type checkers would let any attribute be assigned

        def __setattr__(self, name, value):
            """Checks what is assigned to a field.

            Not by `validate_assignment`: in pydantic 2.14 it overwrites fields with unknown members of the same name.
            """
            if name not in type(self).model_fields:
                super().__setattr__(name, value)
                return
            blank = type(self).model_construct()
            self.__pydantic_validator__.validate_assignment(blank, name, value)
            self.__dict__[name] = blank.__dict__[name]
            self.__pydantic_fields_set__.add(name)

    def _carry_forms(self, forms: Forms) -> Self:
        object.__setattr__(self, "_kept_forms", forms)
        return self

    def __copy__(self) -> Self:
        copied = super().__copy__()
        forms = getattr(self, "_kept_forms", None)
        return copied._carry_forms(forms) if forms else copied

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        copied = super().__deepcopy__(memo)
        forms = getattr(self, "_kept_forms", None)
        return copied._carry_forms(forms) if forms else copied

    def __getstate__(self) -> dict[Any, Any]:
        forms = getattr(self, "_kept_forms", None)
        state = super().__getstate__()
        return {**state, "_kept_forms": forms} if forms else state

    def __setstate__(self, state: dict[Any, Any]) -> None:
        super().__setstate__(state)
        if state.get("_kept_forms"):
            self._carry_forms(state["_kept_forms"])
