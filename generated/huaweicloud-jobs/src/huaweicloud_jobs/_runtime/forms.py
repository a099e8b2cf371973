"""Values that carry the form in which they came, so that what is not touched is written back as it was.

A form is kept beside the value under the name of what keeps it (`text` of JSON text, `object` of an object that stands
for its member). Lists, mappings, texts and numbers carry it in small subclasses, models and open enumerations in a
slot of theirs; `bool` and `None` cannot carry one, and go out in the plain form.
"""

from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T")
Forms = dict[str, Any]


class _Text(str):
    """Text that carries its form."""

    _kept_forms: Forms


class _Integer(int):
    """An integer that carries its form."""

    _kept_forms: Forms


class _Number(float):
    """A number that carries its form."""

    _kept_forms: Forms


class _List(list[Any]):
    """A list that carries its form."""

    _kept_forms: Forms


class _Mapping(dict[Any, Any]):
    """A mapping that carries its form."""

    _kept_forms: Forms


_CARRIERS: dict[type, type] = {str: _Text, int: _Integer, float: _Number, list: _List, dict: _Mapping}


def carrying(value: T, name: str, form: object) -> T:
    """The value with its form kept under that name; the value itself where its type cannot carry one."""
    kept: Forms | None = getattr(value, "_kept_forms", None)
    forms: Forms = {**(kept or {}), name: form}
    copied: Any = value
    if hasattr(value, "_carry_forms"):
        return value._carry_forms(forms)  # type: ignore[no-any-return]
    if type(value) in _CARRIERS:
        copied = _CARRIERS[type(value)](value)
    if type(copied) in _CARRIERS.values():
        copied._kept_forms = forms
    result: T = copied
    return result


def form_of(value: object, name: str) -> Any:
    """The form kept under that name, or `None`."""
    forms = getattr(value, "_kept_forms", None)
    return forms.get(name) if forms else None
