"""What generated modules declare: services, operations, parameters, responses.

Frozen values without behaviour. Importing this module costs next to nothing, and building them does no work: models
are named by functions (`lambda: models.Job`) that run when a response first needs them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from dataclasses import dataclass, field
    from typing import Any, Generic, TypeAlias, TypeVar

    Scheme: TypeAlias = "ApiKey | HttpAuth | OAuth | Signer"
    T_co = TypeVar("T_co", covariant=True)

    class _Returns(Generic[T_co]):
        """`Operation[T]` says what a call returns."""

        __slots__ = ()

else:
    from .values import dataclass, field

    T_co = None

    class _Returns:
        """`Operation[T]` says what a call returns; at run time it is `Operation`."""

        __slots__ = ()

        def __class_getitem__(cls, _returned):
            return cls


@dataclass(frozen=True, slots=True)
class Limits:
    """What the document says of a value beyond its type; what is sent is held to it, what is received never.

    Args:
        listed: Gives the listed values, or an enumeration of them; called at first need.
        minimum, maximum: Bounds of a number, inclusive.
        exclusive_minimum, exclusive_maximum: Bounds that are no values themselves.
        multiple_of: What a number is a multiple of.
        min_length, max_length: Characters of a text, items of a list.
        items: What is said of the items of a list, or of the members of a mapping.
        unique: Whether no item of a list may be there twice.
    """

    listed: Callable[[], Iterable[Any]] | None = None
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    items: Limits | None = None
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that goes into the path, query, headers or cookies.

    Args:
        wire: Its name on the wire.
        place: `path`, `query`, `header`, `cookie`, or `querystring` for one that is the whole query.
        name: Its Python name, the key under which a call gives it; the wire name where empty.
        required: Whether a call without it is refused before anything is sent.
        style: Serialisation style as OpenAPI names it; empty for the default of the place.
        explode: As in OpenAPI; `None` for the default of the style.
        json: Whether the value is sent as JSON text (`content: application/json`).
        client: Whether the client holds the value, so that calls do not give it.
        epoch: `milliseconds` or `seconds` where the wire wants a time since 1970 UTC; a `datetime` is then taken too.
        takes: What a caller may give, as an annotation of `str int float bool datetime date UUID list dict`
            (`int | str`, `list[int]`); anything where empty.
        limits: Which of these values.
        allow_reserved: Whether reserved characters of a query value stay as they are.
        sensitive: Whether no message may show the value.
    """

    wire: str
    place: str
    name: str = ""
    required: bool = False
    style: str = ""
    explode: bool | None = None
    json: bool = False
    client: bool = False
    epoch: str = ""
    takes: str = ""
    limits: Limits | None = None
    allow_reserved: bool = False
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """How one property of a form is written, where it is not by default.

    Args:
        content_type: Media type of its part in a multipart body; JSON there makes it a JSON document.
        style, explode, allow_reserved: As in OpenAPI, for URL-encoded forms.
        headers: Further lines of its part in a multipart body, name and value.
    """

    content_type: str = ""
    style: str = ""
    explode: bool | None = None
    allow_reserved: bool = False
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """What a call sends as its body.

    Args:
        media_type: Sent as Content-Type.
        kind: `json`, `form`, `multipart`, `text` or `bytes`; `lines` or `records` for a list that goes item after item.
        required: Whether a call without a body is refused.
        model: Gives the Python type of a body that has one, which it is held to; called at first need.
        fields: Properties of a form that are written in a way of their own, by wire name.
        null: Whether `None` is a body of its own, the JSON `null`, and not the lack of one.
    """

    media_type: str
    kind: str = "json"
    required: bool = False
    model: Callable[[], Any] | None = None
    fields: Mapping[str, Field] = field(default_factory=dict[str, Field])
    null: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """What a status means.

    Args:
        kind: `json`, `text`, `bytes`, or `none` for a response without content; `lines`, `records`, `events`, `data` or
            `texts` for items, one after the other (see `sequences`).
        model: Gives the Python type of a JSON body, or of the list of items (a model, `list[models.Job]`, ...); called
            at first need.
    """

    kind: str = "none"
    model: Callable[[], Any] | None = None


@dataclass(frozen=True, slots=True)
class FailureTest:
    """A member that tells a failure inside a success: at or over `minimum`, or equal to `equals`."""

    pointer: str
    minimum: int | None = None
    equals: Any = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure reported inside a successful response; JSON pointers go through JSON text.

    Args:
        tests: Any of them tells the failure.
        status: Pointer to the inner status.
        message: Pointer to the inner message.
    """

    tests: tuple[FailureTest, ...]
    status: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Server:
    """A base address with `{variables}`, their defaults, and the values that the document lists for them."""

    url: str
    variables: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class Operation(_Returns[T_co]):
    """One operation; `Operation[T]` for type checkers, where `T` is what a call returns.

    Args:
        id: The operationId of the document.
        name: How a caller reaches it: `jobs.list_history`.
        responses: By status: three digits, a range (`4XX`) or `default`.
        security: Alternatives, each the keys of the schemes it needs together; empty where anonymous calls are served.
        accept: Sent as Accept; empty where no success has content.
        idempotent: Whether it may be sent again after a possible delivery; `None` to go by the method.
        servers: Its own addresses, where they are not those of the service.
        deprecated: Whether a call of it warns.
    """

    id: str
    name: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    responses: Mapping[str, Response] = field(default_factory=dict[str, Response])
    security: tuple[tuple[str, ...], ...] = ()
    accept: str = ""
    failure: Failure | None = None
    idempotent: bool | None = None
    servers: tuple[Server, ...] = ()
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A secret that goes as it is into a header, query parameter or cookie."""

    place: str
    name: str


@dataclass(frozen=True, slots=True)
class HttpAuth:
    """An `Authorization` header: `basic`, `bearer` (OAuth 2 and OpenID Connect too), or another registered scheme."""

    scheme: str


@dataclass(frozen=True, slots=True)
class OAuth:
    """An `Authorization: Bearer` header, whose token is obtained at `token_url` by the client credentials flow."""

    token_url: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """A signature over the final request, by the algorithm of that name."""

    algorithm: str


@dataclass(frozen=True, slots=True)
class ErrorField:
    """A field of status errors and where it is read from, in order: `body:/error_code`, `header:X-Request-Id`."""

    name: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """What all operations of a client share.

    Args:
        name: The client's class name.
        user_agent: Sent as User-Agent.
        servers: The documented addresses; the first is used where the caller gives no endpoint.
        schemes: Security schemes by key.
        errors: How status errors read their fields.
        required: Parameters held by the client that it cannot do without: its constructor refuses `None` and "".
        kinds: Error codes by what they mean whatever the HTTP status: `not_found`, `conflict`, ...
        credentials: What the package offers for the schemes besides credentials of every package, by name.
    """

    name: str
    user_agent: str
    servers: tuple[Server, ...] = ()
    schemes: Mapping[str, Scheme] = field(default_factory=dict[str, "Scheme"])
    errors: tuple[ErrorField, ...] = ()
    required: tuple[str, ...] = ()
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    credentials: tuple[str, ...] = ()
