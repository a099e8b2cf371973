"""Which types a type is made of."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

from .jsontext import HeldAsText

if TYPE_CHECKING:
    from collections.abc import Iterator


def types_within(kind: Any) -> Iterator[Any]:
    """The type and all that it is made of, members of models at any depth too; each once."""
    from .repair import fields_of
    from .unions import meant

    seen: set[int] = set()
    waiting = [kind]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if is_model(one):
            waiting += [field.kind for field in fields_of(one)]
        elif hasattr(one, "__value__"):
            waiting.append(meant(one))
        elif get_origin(one) is not None:
            waiting += [mark.kind if isinstance(mark, HeldAsText) else mark for mark in get_args(one)]


@lru_cache(maxsize=4096)
def holds_more_than_types(kind: Any) -> bool:
    """Whether the document says more of values of that type than decoding them finds out."""
    from .models import ExtensibleEnum, OpenEnum, OpenIntEnum, wire_form

    for one in types_within(kind):
        if is_model(one) and (wire_form(one).limits or wire_form(one).closed):
            return True
        if isinstance(one, type) and issubclass(one, OpenEnum | OpenIntEnum) and not issubclass(one, ExtensibleEnum):
            return True
    return False


def is_model(kind: Any) -> bool:
    """Whether a type is a model."""
    from .models import Model

    return isinstance(kind, type) and issubclass(kind, Model)
