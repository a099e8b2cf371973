"""Which types hold values that no text may show."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar, cast

from .kinds import is_model, types_within
from .messages import Secret, SecretBytes
from .problems import Problem

T = TypeVar("T", bound=bytes | str)

HIDDEN = "found a value that is not shown"


@lru_cache(maxsize=4096)
def holds_sensitive(kind: Any) -> bool:
    """Whether a value of that type may hold a sensitive member, at any depth."""
    from .models import wire_form

    return any(wire_form(one).sensitive for one in types_within(kind) if is_model(one))


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
