"""Which object stands where in an OpenAPI document (specifications 3.0 to 3.2): what is structure, what is data."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.document import Node


class Kind(Enum):
    """The kinds of object that a document is made of; the value is the name that people read."""

    DOCUMENT = "document"
    INFO = "info"
    CONTACT = "contact"
    LICENSE = "license"
    SERVER = "server"
    SERVER_VARIABLE = "server-variable"
    PATHS = "paths"
    PATH_ITEM = "path-item"
    OPERATION = "operation"
    EXTERNAL_DOCS = "external-docs"
    PARAMETER = "parameter"
    REQUEST_BODY = "request-body"
    MEDIA_TYPE = "media-type"
    ENCODING = "encoding"
    RESPONSES = "responses"
    RESPONSE = "response"
    CALLBACK = "callback"
    EXAMPLE = "example"
    LINK = "link"
    HEADER = "header"
    TAG = "tag"
    SCHEMA = "schema"
    DISCRIMINATOR = "discriminator"
    XML = "xml"
    SECURITY_SCHEME = "security-scheme"
    OAUTH_FLOWS = "oauth-flows"
    OAUTH_FLOW = "oauth-flow"
    COMPONENTS = "components"
    EXTENSION = "extension"

    __hash__ = object.__hash__  # that of Enum is written in Python, and every object of a document asks for it


class Shape(Enum):
    """How the objects of a field stand in it."""

    ONE = "one"
    LIST = "list"
    MAP = "map"
    ONE_OR_LIST = "one or list"


class Slot(NamedTuple):
    """What a field holds."""

    shape: Shape
    kind: Kind


EXTENSION_PREFIX: Final = "x-specloom-"
METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
REFERABLE: Final = frozenset(
    (
        Kind.SCHEMA,
        Kind.RESPONSE,
        Kind.PARAMETER,
        Kind.EXAMPLE,
        Kind.REQUEST_BODY,
        Kind.HEADER,
        Kind.SECURITY_SCHEME,
        Kind.LINK,
        Kind.CALLBACK,
        Kind.PATH_ITEM,
        Kind.MEDIA_TYPE,
        Kind.EXTENSION,
    )
)


def _one(**fields: Kind) -> dict[str, Slot]:
    return {name.rstrip("_"): Slot(Shape.ONE, kind) for name, kind in fields.items()}


def _many(**fields: Kind) -> dict[str, Slot]:
    return {name: Slot(Shape.LIST, kind) for name, kind in fields.items()}


def _map(**fields: Kind) -> dict[str, Slot]:
    return {name: Slot(Shape.MAP, kind) for name, kind in fields.items()}


_CONTENT: Final = {**_one(schema=Kind.SCHEMA), **_map(examples=Kind.EXAMPLE)}
_ENCODINGS: Final = {
    **_map(encoding=Kind.ENCODING),
    **_many(prefixEncoding=Kind.ENCODING),
    **_one(itemEncoding=Kind.ENCODING),
}
_SCHEMAS: Final = ("not", "if", "then", "else", "contains", "propertyNames", "additionalProperties", "contentSchema")

# Fields that hold objects. A field that is not here holds data (`example`, `default`, `enum`, `const`, `value`).
FIELDS: Final[dict[Kind, dict[str, Slot]]] = {
    Kind.DOCUMENT: {
        **_one(info=Kind.INFO, paths=Kind.PATHS, components=Kind.COMPONENTS, externalDocs=Kind.EXTERNAL_DOCS),
        **_many(servers=Kind.SERVER, tags=Kind.TAG),
        **_map(webhooks=Kind.PATH_ITEM),
    },
    Kind.INFO: _one(contact=Kind.CONTACT, license=Kind.LICENSE),
    Kind.SERVER: _map(variables=Kind.SERVER_VARIABLE),
    Kind.PATH_ITEM: {
        **dict.fromkeys(METHODS, Slot(Shape.ONE, Kind.OPERATION)),
        **_map(additionalOperations=Kind.OPERATION),
        **_many(servers=Kind.SERVER, parameters=Kind.PARAMETER),
    },
    Kind.OPERATION: {
        **_one(externalDocs=Kind.EXTERNAL_DOCS, requestBody=Kind.REQUEST_BODY, responses=Kind.RESPONSES),
        **_many(parameters=Kind.PARAMETER, servers=Kind.SERVER),
        **_map(callbacks=Kind.CALLBACK),
    },
    Kind.PARAMETER: {**_CONTENT, **_map(content=Kind.MEDIA_TYPE)},
    Kind.HEADER: {**_CONTENT, **_map(content=Kind.MEDIA_TYPE)},
    Kind.REQUEST_BODY: _map(content=Kind.MEDIA_TYPE),
    Kind.MEDIA_TYPE: {**_CONTENT, **_one(itemSchema=Kind.SCHEMA), **_ENCODINGS},
    Kind.ENCODING: {**_map(headers=Kind.HEADER), **_ENCODINGS},
    Kind.RESPONSE: _map(headers=Kind.HEADER, content=Kind.MEDIA_TYPE, links=Kind.LINK),
    Kind.LINK: _one(server=Kind.SERVER),
    Kind.TAG: _one(externalDocs=Kind.EXTERNAL_DOCS),
    Kind.SECURITY_SCHEME: _one(flows=Kind.OAUTH_FLOWS),
    Kind.OAUTH_FLOWS: dict.fromkeys(
        ("implicit", "password", "clientCredentials", "authorizationCode"), Slot(Shape.ONE, Kind.OAUTH_FLOW)
    ),
    Kind.SCHEMA: {
        **dict.fromkeys(_SCHEMAS, Slot(Shape.ONE, Kind.SCHEMA)),
        **dict.fromkeys(("unevaluatedItems", "unevaluatedProperties"), Slot(Shape.ONE, Kind.SCHEMA)),
        **_many(allOf=Kind.SCHEMA, anyOf=Kind.SCHEMA, oneOf=Kind.SCHEMA, prefixItems=Kind.SCHEMA),
        **_map(properties=Kind.SCHEMA, patternProperties=Kind.SCHEMA, dependentSchemas=Kind.SCHEMA),
        **dict.fromkeys(("$defs", "definitions"), Slot(Shape.MAP, Kind.SCHEMA)),
        **_one(externalDocs=Kind.EXTERNAL_DOCS, discriminator=Kind.DISCRIMINATOR, xml=Kind.XML),
        "items": Slot(Shape.ONE_OR_LIST, Kind.SCHEMA),
    },
    Kind.COMPONENTS: _map(
        schemas=Kind.SCHEMA,
        responses=Kind.RESPONSE,
        parameters=Kind.PARAMETER,
        examples=Kind.EXAMPLE,
        requestBodies=Kind.REQUEST_BODY,
        headers=Kind.HEADER,
        securitySchemes=Kind.SECURITY_SCHEME,
        links=Kind.LINK,
        callbacks=Kind.CALLBACK,
        pathItems=Kind.PATH_ITEM,
        mediaTypes=Kind.MEDIA_TYPE,
    ),
}
# Objects whose keys are all names of one kind of object.
NAMED: Final[dict[Kind, Kind]] = {
    Kind.PATHS: Kind.PATH_ITEM,
    Kind.RESPONSES: Kind.RESPONSE,
    Kind.CALLBACK: Kind.PATH_ITEM,
}
_NONE: Final[dict[str, Slot]] = {}


class Found(NamedTuple):
    """A value below an object, with the kind of object that it should be.

    Args:
        keys: The steps from the object to the value.
        value: The value as written; it may be of another type than the kind asks for.
        kind: What OpenAPI expects there.
        named: Whether the last key is a name that the author chose (so that `$ref` there is a name, too).
    """

    keys: tuple[str | int, ...]
    value: Any
    kind: Kind
    named: bool


def below(value: dict[str, Any], kind: Kind) -> Iterator[Found]:
    """List the objects directly below an object, in the order of the text; references are not followed."""
    if kind is Kind.EXTENSION:
        yield from _any_below(value)
        return
    names = NAMED.get(kind)
    fields = FIELDS.get(kind, _NONE)
    for key, held in value.items():
        slot = fields.get(key)
        if slot is not None:
            yield from _held(key, held, slot)
        elif key.startswith("x-"):
            if key.startswith(EXTENSION_PREFIX):
                yield Found((key,), held, Kind.EXTENSION, False)
        elif names is not None and not (key == "$ref" and isinstance(held, str)):
            yield Found((key,), held, names, True)


def _held(key: str, held: Any, slot: Slot) -> Iterator[Found]:
    shape, kind = slot
    if isinstance(held, dict):
        if shape is Shape.MAP:
            for name, inner in held.items():
                yield Found((key, name), inner, kind, True)
        elif shape is not Shape.LIST:
            yield Found((key,), held, kind, False)
    elif isinstance(held, list):
        if shape is Shape.LIST or shape is Shape.ONE_OR_LIST:
            for index, inner in enumerate(held):
                yield Found((key, index), inner, kind, False)
    elif shape is Shape.ONE or shape is Shape.ONE_OR_LIST:
        yield Found((key,), held, kind, False)


def kind_at(keys: list[str]) -> Kind | None:
    """Tell what kind of object stands at a pointer within a file that is an OpenAPI document; None where none does."""
    kind: Kind | None = Kind.DOCUMENT
    steps = iter(keys)
    for key in steps:
        assert kind is not None
        slot = FIELDS.get(kind, _NONE).get(key)
        if slot is not None:
            kind = slot.kind
            if slot.shape in (Shape.MAP, Shape.LIST) and next(steps, None) is None:
                return None
        elif not key.startswith("x-") and kind in NAMED:
            kind = NAMED[kind]
        else:
            return None
    return kind


def article(name: str) -> str:
    """Name a kind of object in a sentence (`a path item`, `an operation`)."""
    words = name.replace("-", " ")
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"


def _any_below(value: Any) -> Iterator[Found]:
    for key, held in value.items():
        if isinstance(held, dict):
            yield Found((key,), held, Kind.EXTENSION, False)
        elif isinstance(held, list):
            stack: list[tuple[tuple[str | int, ...], Any]] = [((key,), held)]
            while stack:
                keys, inner = stack.pop()
                if isinstance(inner, dict):
                    yield Found(keys, inner, Kind.EXTENSION, False)
                elif isinstance(inner, list):
                    stack.extend(((*keys, index), one) for index, one in enumerate(inner))


def children(node: Node, kind: Kind) -> Iterator[tuple[Node, Kind]]:
    """List the objects directly below a node that is an object of a kind, as nodes."""
    if isinstance(node.value, dict):
        for found in below(node.value, kind):
            yield node.descend(found.keys), found.kind
