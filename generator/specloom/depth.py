"""How long a row of schemas that lead to each other may be: the stages behind the loader follow them by recursion."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.location import Location

FRAMES: Final = 20_000
"""Room for some two thousand schemas in a row; calls from Python to Python take none of the stack of the machine."""


@contextmanager
def deep() -> Iterator[None]:
    """Give recursion that room."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def too_deep(location: Location) -> Diagnostic:
    """Say that even that was too little."""
    message = "schemas lead to each other in too long a row to be followed"
    hint = "let fewer of them stand between one and another"
    return Diagnostic(code="SL411", message=message, location=location, hint=hint)
