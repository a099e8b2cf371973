"""The schemas of an API model: one closed union, language-neutral, that covers OpenAPI 3.0 and 3.1.

A schema says what a value *means*; nothing here knows Python names or files. Objects, enumerations and every other
schema that a person would give a name to stand once in `Api.schemas`; elsewhere a `ReferenceSchema` points there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.location import Location

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """A documented default; `None` in its place means that there is none, for null is a default too."""

    value: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A keyword that narrows a schema in a way that types cannot say (`not`, `if`, `dependentRequired`, ...)."""

    keyword: str
    value: Json
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentinel:
    """A value that stands for the absence of one, as `0` for a time that has not come."""

    value: Json
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaInfo:
    """What every schema may say about itself.

    Args:
        location: Where the schema is written.
        nullable: Whether null is a value beside those of the schema (`nullable`, `type: [..., "null"]`).
        sensitive: Whether no text may show the value (`format: password`, `x-specloom-sensitive`).
        sentinels: Values that stand for "none", from `x-specloom-sentinels`.
        assertions: Keywords kept as documentation.
    """

    location: Location
    title: str = ""
    description: str = ""
    nullable: bool = False
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    sensitive: bool = False
    default: Default | None = None
    examples: tuple[Json, ...] = ()
    sentinels: tuple[Sentinel, ...] = ()
    assertions: tuple[Assertion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnySchema:
    """Any JSON value."""

    info: SchemaInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverSchema:
    """No value at all (`false`)."""

    info: SchemaInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class NullSchema:
    """Null and nothing else."""

    info: SchemaInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class BooleanSchema:
    """True or false."""

    info: SchemaInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The documented range of a number; exclusive bounds have their own place."""

    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegerSchema:
    """A whole number; `epoch` is the unit (`milliseconds`, `seconds`) where the number is a time since 1970 UTC."""

    info: SchemaInfo
    format: str = ""
    bounds: Bounds = Bounds()
    epoch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSchema:
    """A number, whole or not."""

    info: SchemaInfo
    format: str = ""
    bounds: Bounds = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class StringSchema:
    """Text; lengths in characters."""

    info: SchemaInfo
    format: str = ""
    min_length: int | None = None
    max_length: int | None = None
    pattern: str = ""
    content_media_type: str = ""
    content_encoding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonTextSchema:
    """A string that holds a JSON document (`contentMediaType` with `contentSchema`)."""

    info: SchemaInfo
    content: Schema
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumMember:
    """A listed value, with the name that the document gives it (`x-enum-varnames`), if any."""

    value: Json
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumSchema:
    """Listed values of one JSON type (`string`, `integer`, `number`, `boolean`) or of several (`mixed`).

    Args:
        extensible: Whether the document takes any other text too.
    """

    info: SchemaInfo
    kind: str
    members: tuple[EnumMember, ...]
    extensible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstSchema:
    """One value."""

    info: SchemaInfo
    value: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class ArraySchema:
    """A list; `prefix` gives its first elements their own schemas, `items` is that of all others."""

    info: SchemaInfo
    items: Schema
    prefix: tuple[Schema, ...] = ()
    min_items: int | None = None
    max_items: int | None = None
    unique: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A member of an object, under its wire name."""

    name: str
    schema: Schema
    required: bool
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternProperty:
    """Members whose names match a regular expression (ECMA-262)."""

    pattern: str
    schema: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectSchema:
    """An object with named members; `additional` is the schema of all others, or `None` where there may be none."""

    info: SchemaInfo
    properties: tuple[Property, ...]
    additional: Schema | None
    patterns: tuple[PatternProperty, ...] = ()
    min_properties: int | None = None
    max_properties: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSchema:
    """An object without named members: every value has one schema."""

    info: SchemaInfo
    values: Schema
    min_properties: int | None = None
    max_properties: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discriminator:
    """The property that tells which schema of a union a value has.

    Args:
        mapping: Its value -> position of the member.
        default: Position of the member that a value without the property, or with any other value of it, has; `None`
            where the document names none.
    """

    property_name: str
    mapping: tuple[tuple[str | int, int], ...]
    default: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionSchema:
    """One of several schemas; `exclusive` where exactly one may fit (`oneOf`)."""

    info: SchemaInfo
    members: tuple[Schema, ...]
    exclusive: bool
    discriminator: Discriminator | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandInSchema:
    """A value that also comes wrapped in an object, which then stands for its member (`x-specloom-stands-for`)."""

    info: SchemaInfo
    value: Schema
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceSchema:
    """A schema of `Api.schemas`, by name; `info` holds what stands beside the reference."""

    info: SchemaInfo
    name: str


Schema = (
    AnySchema
    | NeverSchema
    | NullSchema
    | BooleanSchema
    | IntegerSchema
    | NumberSchema
    | StringSchema
    | JsonTextSchema
    | EnumSchema
    | ConstSchema
    | ArraySchema
    | ObjectSchema
    | MapSchema
    | UnionSchema
    | StandInSchema
    | ReferenceSchema
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSchema:
    """A schema that has a name of its own.

    Args:
        name: Unique within the API: the component's key, or, for a schema written in place, the name of the thing
            that holds it followed by its own (`JobHistory` + `status`); never a counter.
        schema: What it is; a `ReferenceSchema` where the document has two names for one thing.
        in_place: Whether it is written in place, and so named by that.
        group: The resource that alone uses it, or empty where several do or none does.
    """

    name: str
    schema: Schema
    location: Location
    in_place: bool = False
    group: str = ""
