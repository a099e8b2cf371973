"""Where the lowering leaves what it cannot carry over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from specloom.document import Node

CODES = {
    "SL401": "a construct that is carried over in part",
    "SL402": "schemas or values that contradict each other",
    "SL403": "members of a union that one value may fit several of",
    "SL404": "a schema that leads back to itself and says nothing by it",
    "SL406": "an unknown schema keyword",
    "SL407": "two operations that would get one name",
    "SL408": "a name or value that cannot stand where it is written",
    "SL409": "a documented answer that no emitted test can show",
    "SL410": "a representation that is left out for another",
    "SL411": "schemas that lead to each other in too long a row, or too many in one `allOf`",
    "SL412": "a stream of events that is read whole",
    "SL413": "a request of the service that nothing reads",
}


class Report:
    """Collects the diagnostics of one lowering, in the order they are met."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def error(self, code: str, node: Node, message: str, hint: str = "") -> None:
        """Record something that stops the build."""
        self._found.append(Diagnostic(code=code, message=message, location=node.location, hint=hint))

    def warning(self, code: str, node: Node, message: str, hint: str = "") -> None:
        """Record something that people should know and that changes nothing."""
        found = Diagnostic(code=code, message=message, location=node.location, hint=hint, severity=Severity.WARNING)
        self._found.append(found)

    def add(self, diagnostic: Diagnostic) -> None:
        """Record a diagnostic made elsewhere."""
        self._found.append(diagnostic)

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """Everything recorded so far."""
        return tuple(self._found)
