"""A call by which emitted tests try a client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCall:
    """A documented call.

    Args:
        construction: What the client is made with beside its address.
        held: What the client so holds of parameters, by their name on the wire.
        credentials: Those among it, by the key of their scheme.
        call: The call within a `with` of a test; `awaited` as the asynchronous client makes it.
        returned: What a function returns that makes the call; `awaited_result` and `raw_result` likewise, the latter
            of a method by the name `method`.
        method: The method that is called.
        name: What errors call the operation.
        redirects: Whether it documents a redirect.
        reads_json: Whether it returns what it reads from JSON.
    """

    construction: tuple[str, ...]
    held: Mapping[str, Json]
    credentials: Mapping[str, str]
    call: str
    awaited: str
    returned: str
    awaited_result: str
    raw_result: str
    method: str
    name: str
    redirects: bool
    reads_json: bool
