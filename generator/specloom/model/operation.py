"""Operations of an API model: what is sent, what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.location import Location
    from specloom.model.api import Server
    from specloom.model.behavior import Failure, Paginator, Retry, Waiter
    from specloom.model.schema import Json, Schema
    from specloom.model.security import Requirement


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A documented payload.

    Args:
        name: Its key; empty for the single `example` of a media type.
        value: The payload: JSON, or text where `raw`.
        raw: Whether the value is the text itself, not JSON (`x-specloom-raw`).
    """

    name: str
    value: Json
    location: Location
    summary: str = ""
    raw: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How one property of a form or multipart body is written.

    Args:
        headers: Lines that its part has beside `Content-Type`, name and value.
    """

    property_name: str
    content_type: str = ""
    style: str = ""
    explode: bool | None = None
    allow_reserved: bool = False
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaType:
    """One representation of a body; `schema` is `None` where the document gives none.

    Args:
        framing: Where items end in a content that holds one after the other: `lines`, `records` (JSON text sequences),
            `events`, `json_events` (events with the JSON of their data), `data` (that JSON alone), `texts` (the data
            itself); empty for one value. The schema is that of the list of items.
    """

    media_type: str
    schema: Schema | None
    location: Location
    framing: str = ""
    examples: tuple[Example, ...] = ()
    encodings: tuple[Encoding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value in the path, query, header or cookie.

    Args:
        place: `path`, `query`, `header`, `cookie`, or `querystring` for one that is the whole query.
        style: As the specification names it (`simple`, `form`, ...), defaults filled in.
        media_type: Set for a parameter that is serialised as a media type (`content`), else empty.
        client_level: Given once to the client, not with every call (`x-specloom-client-parameter`).
    """

    name: str
    place: str
    required: bool
    schema: Schema
    style: str
    explode: bool
    location: Location
    description: str = ""
    deprecated: bool = False
    allow_reserved: bool = False
    media_type: str = ""
    client_level: bool = False
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBody:
    """What an operation sends; `contents` in the document's order."""

    required: bool
    contents: tuple[MediaType, ...]
    location: Location
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A response header."""

    name: str
    required: bool
    schema: Schema
    location: Location
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How a response leads to another operation; kept as documentation.

    Args:
        operation: Its id, or the reference by which it is named where it is not of this document.
        parameters: What its parameters take: a value, or an expression (`$response.body#/id`).
        body: What its body takes, likewise.
        server: Where it is to be found, where that is elsewhere.
    """

    name: str
    operation: str
    location: Location
    description: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    body: str = ""
    server: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What comes back under a status: three digits, a range (`4XX`) or `default`."""

    status: str
    description: str
    contents: tuple[MediaType, ...]
    location: Location
    headers: tuple[Header, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The documentation page that an operation was captured from."""

    page: str
    title: str
    url: str
    date: str
    sha256: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A decision that departs from the page: what the page says, what the specification says, and why."""

    id: str
    pointer: str
    page: str
    spec: str
    why: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Behavior:
    """What the document declares about calling an operation."""

    failure: Failure | None = None
    retry: Retry | None = None
    paginator: Paginator | None = None
    waiter: Waiter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Documentation:
    """What the document says to people about an operation."""

    summary: str = ""
    description: str = ""
    external_url: str = ""
    deprecated: bool = False
    stability: str = ""
    provenance: Provenance | None = None
    departures: tuple[Departure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method on one path.

    Args:
        id: The operationId; where the document gives none, made from method and path.
        method: In capitals.
        path: With its `{templates}`, as written.
        resource: Name of the group of operations it belongs to, in snake_case words (`x-specloom-method`, else tag).
        name: Name within the resource, in snake_case.
        called: Whether the document says what resource and name are (`x-specloom-method`).
        security: Alternatives, one of which a request must satisfy; empty where nothing is said or needed.
        servers: Where it is to be found, where that is elsewhere than the document's other operations.
        callbacks: Operations that the service calls back, each with its name and path expression.
    """

    id: str
    method: str
    path: str
    resource: str
    name: str
    documentation: Documentation
    parameters: tuple[Parameter, ...]
    body: RequestBody | None
    responses: tuple[Response, ...]
    security: tuple[Requirement, ...]
    behavior: Behavior
    location: Location
    called: bool = False
    servers: tuple[Server, ...] = ()
    callbacks: tuple[Callback, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """Requests that a service sends to its caller: a webhook, or a callback of one operation."""

    name: str
    expression: str
    operations: tuple[Operation, ...]
    location: Location


def is_json(media_type: str) -> bool:
    """Tell whether a media type is JSON: `application/json`, `text/json` or one that ends in `+json`."""
    kind = media_type.partition(";")[0].strip().lower()
    return kind in {"application/json", "text/json"} or kind.endswith("+json")
