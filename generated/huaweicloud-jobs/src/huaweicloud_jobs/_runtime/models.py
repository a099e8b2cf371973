"""What emitted models are made of: strict where it matters, tolerant where services differ from their pages.

Decoding JSON goes by wire names, building a model in Python by Python names. Unknown members are kept
(`model.model_extra`), absent is told from null (`model.model_fields_set`), and what was read and not touched is
written back equal as JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticSerializationError, to_json

from .building import find_models, room_to_build, schema_of
from .enums import ExtensibleEnum, OpenEnum, OpenIntEnum
from .forms import form_of
from .jsontext import JsonText, StandsFor, decoder_for
from .messages import Secret
from .operation import Limits
from .problems import holds_faults, mend, problems_of, step_to, unset_strays
from .sensitive import shielded
from .times import Date, DateTime, Uuid
from .unions import ByTag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TypeVar

    from pydantic import GetCoreSchemaHandler
    from pydantic_core.core_schema import CoreSchema

    M = TypeVar("M", bound="Model")

    from .forms import Forms
    from .problems import Problem

__all__ = [
    "ByTag",
    "Date",
    "DateTime",
    "ExtensibleEnum",
    "JsonText",
    "Limits",
    "Model",
    "OpenEnum",
    "OpenIntEnum",
    "StandsFor",
    "Uuid",
    "decoder_for",
    "wire_names",
]


MASK = Secret()
"""Shown in place of a sensitive value."""


class WireForm:
    """How a model looks on the wire, beyond its types; called with a Python name, it gives the name on the wire.

    Args:
        names: Python name to wire name, where they differ.
        nullable: Python names of optional members that may be null; `None` in others means that they are absent.
        closed: Whether there are no other members than those documented.
        limits: What members are held to when they are sent, by Python name.
        sensitive: Python names of members whose values no text may show.
    """

    __slots__ = ("closed", "limits", "names", "nullable", "sensitive")

    def __init__(
        self,
        names: Mapping[str, str],
        nullable: tuple[str, ...] = (),
        closed: bool = False,
        limits: Mapping[str, Limits] | None = None,
        sensitive: tuple[str, ...] = (),
    ) -> None:
        self.names = names
        self.nullable = nullable
        self.closed = closed
        self.limits = limits or {}
        self.sensitive = frozenset(sensitive)

    def __call__(self, name: str) -> str:
        return self.names.get(name, name)


_PLAIN = WireForm({})


def wire_names(
    names: Mapping[str, str] | None = None,
    *,
    nullable: tuple[str, ...] = (),
    closed: bool = False,
    limits: Mapping[str, Limits] | None = None,
    sensitive: tuple[str, ...] = (),
) -> ConfigDict:
    """The `model_config` of a model that differs on the wire from what its types say; arguments as in `WireForm`."""
    return ConfigDict(alias_generator=WireForm(names or {}, nullable, closed, limits, sensitive))


def wire_form(kind: type[Model]) -> WireForm:
    """What the document says of a model beyond its types."""
    form = kind.model_config.get("alias_generator")
    return form if isinstance(form, WireForm) else _PLAIN


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
        # What does not fit may be a secret, or hold one.
        hide_input_in_errors=True,
    )

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """What texts show of the model; sensitive values are masked, for `rich` and the like too."""
        sensitive = wire_form(type(self)).sensitive
        for name, value in super().__repr_args__():
            yield name, MASK if name in sensitive and value is not None else value

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return schema_of(cls, handler)

    if not TYPE_CHECKING:

        @classmethod
        def model_rebuild(cls, *, _parent_namespace_depth=2, **options):
            """Builds the model, with all that it refers to; pydantic does so when a model is first used."""
            find_models(cls)
            with room_to_build():
                return super().model_rebuild(_parent_namespace_depth=_parent_namespace_depth + 1, **options)

    @classmethod
    def from_json(cls, content: bytes | str, *, strict: bool = True) -> Self:
        """Decodes JSON by wire names.

        Args:
            strict: `False` reads it as answers are read: what does not fit stays as it is, listed in `problems`. What
                `to_json` of an answer wrote is read back so.

        Raises:
            pydantic.ValidationError: It is no JSON, or does not fit the model.
        """
        content = shielded(cls, content)
        try:
            return cls.model_validate_json(content, by_alias=True, by_name=False)
        except ValueError:
            read = None if strict else _repaired(cls, content)
            if read is None:
                raise
            return read

    def read_as(self, kind: type[M]) -> M:
        """The same JSON read as another model: one that it fits as well, where a union tells nothing of its members.

        Nothing is lost on the way, for members that a model does not name are kept.

        Raises:
            pydantic.ValidationError: It does not fit that model.
        """
        return kind.from_json(self.to_json())

    def to_json(self) -> bytes:
        """The model as JSON: wire names, members that were set, kept forms; null for numbers that JSON has not."""
        if form_of(self, "faults") is None:
            try:
                written = self.model_dump_json(by_alias=True, exclude_unset=True, warnings="error")
                if "null" in written and unset_strays(self):
                    written = self.model_dump_json(by_alias=True, exclude_unset=True, warnings="error")
                return written.encode()
            except PydanticSerializationError:
                if not holds_faults(self):
                    raise
        return to_json(self._written_as_read(), inf_nan_mode="null")

    def to_dict(self) -> dict[str, Any]:
        """What `to_json` writes, as Python values."""
        unset_strays(self)
        if form_of(self, "faults") is None:
            try:
                return self.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings="error")
            except PydanticSerializationError:
                if not holds_faults(self):
                    raise
        return self._written_as_read()

    def _written_as_read(self) -> dict[str, Any]:
        """What was read with faults: raw values go out as they came."""
        unset_strays(self)
        written = self.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)
        mend(self, written)
        return written

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Where this object, as it is now, departs from what is documented; empty where it does not.

        Pointers begin at this object and go on through JSON text. A value that does not fit stands in its field as the
        JSON value that came, and a required member that is missing reads as `None`; neither is what the field's type
        says, so that a caller who must rely on types asks here first, or calls with `strict=True`.
        """
        return problems_of(self)

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
            self._forget_faults(name)

    def _forget_faults(self, name: str) -> None:
        """Drops what was wrong with a field that has been given a fitting value."""
        forms = getattr(self, "_kept_forms", None)
        if not forms or not forms.get("faults"):
            return
        place = step_to(wire_form(type(self))(name))
        left = tuple(one for one in forms["faults"] if not f"{one.pointer}/".startswith(f"{place}/"))
        self._carry_forms({**forms, "faults": left})

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


def _repaired(kind: type[M], content: bytes | str) -> M | None:
    """What can be read of a model; `None` where nothing can."""
    from .repair import repaired

    try:
        read: M = repaired(kind, content)
    except ValueError:
        return None
    return read
