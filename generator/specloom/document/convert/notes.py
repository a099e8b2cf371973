"""What a conversion cannot carry over, as diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic, Severity
from specloom.document.source import packed_of

if TYPE_CHECKING:
    from specloom.document.source import Source
    from specloom.document.spot import Spot


class Notes:
    """Collects warnings with their places."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.found: list[Diagnostic] = []

    def add(self, spot: Spot, message: str, hint: str) -> None:
        """Say that something has no word in OpenAPI 3.0, and what is done about it."""
        location = self._source.place_of(packed_of(spot.mark))
        self.found.append(
            Diagnostic(code="SL151", message=message, location=location, hint=hint, severity=Severity.WARNING)
        )
