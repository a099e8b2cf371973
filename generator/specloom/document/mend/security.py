"""Requirements of security schemes that nobody declares: left out, for nothing is known of what to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic, Severity
from specloom.document.build import quoted
from specloom.document.nearest import nearest
from specloom.document.walk import operations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.document import Document, Node


def undeclared_schemes(document: Document) -> tuple[list[Node], list[Diagnostic]]:
    """Find the requirements that name no scheme, each with a warning."""
    schemes = document.root.at("/components/securitySchemes")
    declared = list(schemes.value) if schemes is not None and isinstance(schemes.value, dict) else []
    found = [one for one in dict.fromkeys(_requirements(document)) if one.name not in declared]
    return found, [_warning(one, declared) for one in found]


def _requirements(document: Document) -> Iterator[Node]:
    for holder in (document.root, *(one.node for one in operations(document))):
        listed = holder.get("security")
        for one in listed.elements() if listed is not None else ():
            for _, scheme in one.items():
                yield scheme


def _warning(scheme: Node, declared: list[str]) -> Diagnostic:
    near = nearest(scheme.name, declared)
    return Diagnostic(
        code="SL316",
        message=f"there is no security scheme {quoted(scheme.name)}" + (f", but {quoted(near)}" if near else ""),
        location=scheme.key_location,
        hint="left out: nothing is sent for it",
        severity=Severity.WARNING,
    )
