"""How a client should behave where the document says so: failures, retries, pages, waiting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.location import Location
    from specloom.model.schema import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureTest:
    """A member of a successful response that tells a failure: at or over `minimum`, or equal to `equals`."""

    pointer: str
    minimum: int | None = None
    equals: Json = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A failure that is reported inside a successful response (`x-specloom-failure`); any test that holds tells it.

    JSON pointers go through JSON text: `/body/msg` is the member `msg` of the document that the string `body` holds.
    """

    tests: tuple[FailureTest, ...]
    status: str
    message: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorField:
    """A field of a raised error, and where to read it from, in order: `body:/error_code`, `header:X-Request-Id`."""

    name: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorKind:
    """Error codes that mean one thing whatever the HTTP status (`not_found`: DLF.0137)."""

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """What the document says about sending a request again."""

    idempotent: bool | None
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Paginator:
    """How to walk through the pages of a list by offset and limit.

    Args:
        unit: What the offset counts, `records` or `pages`.
        cap: Highest offset that the service takes; 0 where none is documented.
        verified: Whether the unit was seen to hold, and not only taken from the words of the documentation.
    """

    unit: str
    offset: str
    limit: str
    items: str
    total: str
    cap: int
    verified: bool
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiter:
    """How to wait for an operation's effect, as declared (`x-specloom-waiter`); executed by a later runtime."""

    declaration: Json
    location: Location
