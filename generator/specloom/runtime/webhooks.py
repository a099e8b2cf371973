"""Requests that a service sends: what they hold, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def parse(kind: Callable[[], Any], content: bytes | str) -> Any:
    """Reads the body of a request: what of it fits is typed, and the rest is kept as it came (see `problems`).

    Args:
        kind: Gives the documented type.

    Raises:
        ValueError: It is no JSON, or of another kind altogether than is documented.
    """
    from .jsontext import decoder_for
    from .repair import repaired

    documented = kind()
    try:
        return decoder_for(documented)(content)
    except ValueError:
        return repaired(documented, content)
