"""What OpenAPI 3.2 has and nothing is made of yet: said, each at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.diagnostics import Diagnostic, Severity
from specloom.document.build import quoted
from specloom.document.grammar import Kind
from specloom.document.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.document import Document, Node

# Keys that change what is sent or how it is read: an error, for a client without them would be wrong.
_REFUSED: Final = {
    (Kind.MEDIA_TYPE, "prefixEncoding"): "encode the parts under `encoding`, by their names",
    (Kind.MEDIA_TYPE, "itemEncoding"): "encode the parts under `encoding`, by their names",
    (Kind.ENCODING, "encoding"): "describe the part as one body",
    (Kind.ENCODING, "prefixEncoding"): "describe the part as one body",
    (Kind.ENCODING, "itemEncoding"): "describe the part as one body",
}
# Keys that a client can be without, for the price that is named.
_LEFT_OUT: Final = {
    (Kind.EXAMPLE, "dataValue"): "the example is not shown; write it under `value`",
    (Kind.EXAMPLE, "serializedValue"): "the example is not shown; write it under `value`",
    (
        Kind.OAUTH_FLOWS,
        "deviceAuthorization",
    ): "fetch the token otherwise and give it to the client: `credentials=TokenCredentials(token)`",
    (Kind.SECURITY_SCHEME, "oauth2MetadataUrl"): "the addresses under `flows` are used",
}


def check_latest(document: Document) -> Iterator[Diagnostic]:
    """Find what is new in OpenAPI 3.2 and not carried over."""
    for node, kind in walk(document):
        for key, held in node.items():
            if (kind, key) in _REFUSED:
                yield _fault(held, Severity.ERROR, _REFUSED[kind, key])
            elif (kind, key) in _LEFT_OUT:
                yield _fault(held, Severity.WARNING, _LEFT_OUT[kind, key])


def _fault(node: Node, severity: Severity, hint: str) -> Diagnostic:
    message = f"{quoted(node.name)} of OpenAPI 3.2 is not carried over"
    return Diagnostic(code="SL315", message=message, location=node.key_location, hint=hint, severity=severity)
