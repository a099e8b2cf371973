"""The API model: one document as it is meant, before any language is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.location import Location
    from specloom.model.behavior import ErrorField, ErrorKind
    from specloom.model.operation import Callback, Operation
    from specloom.model.schema import NamedSchema
    from specloom.model.security import SecurityScheme


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerVariable:
    """A variable of a server address."""

    name: str
    default: str
    values: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A base address, with `{variables}`."""

    url: str
    location: Location
    description: str = ""
    variables: tuple[ServerVariable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A group of operations, as the document describes it."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorModel:
    """How errors are read: fields with their sources (`x-specloom-error`) and codes by meaning."""

    fields: tuple[ErrorField, ...] = ()
    kinds: tuple[ErrorKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """One OpenAPI document.

    Args:
        name: Name of the client, as the document gives it (`x-specloom-client`) or made from its title.
        module: Name of the client's module, in snake_case.
        sources: Every file the document consists of, entry first, then sorted.
        schemas: Named schemas in document order.
    """

    name: str
    module: str
    title: str
    version: str
    description: str
    sources: tuple[str, ...]
    servers: tuple[Server, ...]
    tags: tuple[Tag, ...]
    operations: tuple[Operation, ...]
    webhooks: tuple[Callback, ...]
    schemas: tuple[NamedSchema, ...]
    security_schemes: tuple[SecurityScheme, ...]
    errors: ErrorModel
    location: Location
