"""Which types hold values that no text may show."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar, cast, get_args, get_origin

from .jsontext import HeldAsText
from .messages import Secret, SecretBytes
from .problems import Problem

T = TypeVar("T", bound=bytes | str)

HIDDEN = "found a value that is not shown"


@lru_cache(maxsize=4096)
def holds_sensitive(kind: Any) -> bool:
    """Whether a value of that type may hold a sensitive member, at any depth."""
    seen: set[Any] = set()
    waiting = [kind]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if _is_model(one):
            from .models import wire_form
            from .repair import fields_of

            if wire_form(one).sensitive:
                return True
            waiting += [field.kind for field in fields_of(one)]
        elif get_origin(one) is not None:
            waiting += [mark.kind if isinstance(mark, HeldAsText) else mark for mark in get_args(one)]
    return False


def shielded(kind: Any, content: T) -> T:
    """JSON of that type, which prints as `***` where it may hold a sensitive member: it stands in frames of errors."""
    if not holds_sensitive(kind):
        return content
    hidden: Any = Secret(content) if isinstance(content, str) else SecretBytes(content)
    return cast("T", hidden)


def masked(problem: Problem) -> Problem:
    """The same problem, which does not show what was found."""
    before, mark, _ = problem.message.partition("; found ")
    return Problem(problem.pointer, f"{before}; {HIDDEN}" if mark else before, problem.value)


def _is_model(kind: Any) -> bool:
    from .models import Model

    return isinstance(kind, type) and issubclass(kind, Model)
