"""Gives a name of its own to every schema that needs one and stands within another.

A schema written in place is named after the thing that holds it and its place there, joined by dots
(`JobHistory.jobs.item`): a fact of the document, never a counter, so a new schema renames no other.
"""

from __future__ import annotations

import operator
from dataclasses import replace
from typing import Any, ClassVar, Protocol, TypeVar

from specloom.lower.members import ELEMENTS, member_words, place
from specloom.model import (
    ArraySchema,
    EnumSchema,
    JsonTextSchema,
    MapSchema,
    NamedSchema,
    ObjectSchema,
    ReferenceSchema,
    Schema,
    SchemaInfo,
    StandInSchema,
    UnionSchema,
)


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


Part = TypeVar("Part", bound=_Dataclass)


def is_nameable(schema: Schema) -> bool:
    """Tell whether a schema gets a name of its own: objects with members, enumerations of text or whole numbers, and
    unions whose members a property tells apart."""
    match schema:
        case EnumSchema(kind=kind):
            return kind in {"string", "integer"}
        case UnionSchema(discriminator=discriminator):
            return discriminator is not None
    return isinstance(schema, ObjectSchema)


def holding(part: Part, **held: object) -> Part:
    """A part of the API model with other parts in it: itself where they are what it holds already, as most are."""
    changes = {name: one for name, one in held.items() if not _same(getattr(part, name), one)}
    return replace(part, **changes) if changes else part


def _same(old: object, new: object) -> bool:
    if isinstance(old, tuple) and isinstance(new, tuple):
        return len(old) == len(new) and all(map(operator.is_, old, new))
    return old is new


MAX_REPEATED = 64
"""Schemas that one may hold and be written out wherever it is used: a row of such schemas grows by powers, and Python
reads no more than two hundred brackets within each other."""


def is_large(schema: Schema) -> bool:
    """Tell whether a schema holds too many others to be written out wherever it is used."""
    waiting, seen = [schema], 0
    while waiting and seen <= MAX_REPEATED:
        one = waiting.pop()
        seen += 1
        match one:
            case ArraySchema(items=items, prefix=prefix):
                waiting += (items, *prefix)
            case MapSchema(values=held) | StandInSchema(value=held) | JsonTextSchema(content=held):
                waiting.append(held)
            case UnionSchema(members=members):
                waiting += members
    return seen > MAX_REPEATED


class Named:
    """The schemas of a document that have a name."""

    def __init__(self) -> None:
        self._named: dict[str, NamedSchema] = {}
        self._reserved: set[str] = set()

    def reserve(self, name: str) -> None:
        """Keep a name for what the document itself calls so."""
        self._reserved.add(name)

    @property
    def all(self) -> tuple[NamedSchema, ...]:
        """Every named schema, in the order of reading."""
        return tuple(self._named.values())

    def get(self, name: str) -> Schema | None:
        """The schema of a name; `None` while there is none."""
        found = self._named.get(name)
        return None if found is None else found.schema

    def enter(self, named: NamedSchema) -> None:
        """Enter a schema that is whole."""
        self._named[named.name] = named

    def leads_to(self, reference: ReferenceSchema, name: str) -> bool:
        """Tell whether a reference leads, from name to name, to a certain one that stands for nothing yet."""
        target: Schema | None = reference
        while isinstance(target, ReferenceSchema) and target.name != name:
            target = self.get(target.name)
        return isinstance(target, ReferenceSchema) and name not in self._named

    def rename(self, reference: ReferenceSchema, name: str) -> None:
        """Enter a second name for a schema."""
        if name != reference.name:
            self._named[name] = NamedSchema(name=name, schema=reference, location=reference.info.location)

    def extend(self, name: str) -> None:
        """Have an enumeration take any other text than those that it lists."""
        known = self._named[name]
        if isinstance(known.schema, ReferenceSchema):
            self.extend(known.schema.name)
        elif isinstance(known.schema, EnumSchema):
            self._named[name] = replace(known, schema=replace(known.schema, extensible=True))

    def hoist(self, schema: Schema, name: str) -> Schema:
        """Replace what needs a name by a reference, here and below; `name` is for the schema itself."""
        if is_nameable(schema):
            return self.settle(schema, self._free(name, schema), in_place=True)
        return self._below(schema, name)

    def hoist_within(self, schema: Schema, name: str) -> Schema:
        """Call what stands within a schema after it, wherever it is used, though it needs no name itself."""
        self._reserved.discard(name)
        return self._below(schema, name)

    def _free(self, name: str, schema: Schema) -> str:
        """The name of a schema that is written in place: another than those that the document gives itself."""
        while name in self._reserved or (name in self._named and self._named[name].location != schema.info.location):
            name += ".inline"
        return name

    def _below(self, schema: Schema, name: str) -> Schema:
        match schema:
            case ArraySchema(items=items, prefix=prefix):
                first = tuple(self.hoist(one, f"{name}.{place(index)}") for index, one in enumerate(prefix))
                return holding(schema, items=self.hoist(items, f"{name}.item"), prefix=first)
            case MapSchema(values=values):
                return holding(schema, values=self.hoist(values, f"{name}.value"))
            case UnionSchema():
                return holding(schema, members=self._members(schema, name))
            case StandInSchema(value=value):
                return holding(schema, value=self.hoist(value, name))
            case JsonTextSchema(content=content):
                return holding(schema, content=self.hoist(content, name))
        return schema

    def _members(self, union: UnionSchema, name: str) -> tuple[Schema, ...]:
        discriminator = "" if union.discriminator is None else union.discriminator.property_name
        words = member_words(union.members, discriminator)
        return tuple(
            self.hoist(one, name if word in ELEMENTS else f"{name}.{word}")
            for one, word in zip(union.members, words, strict=True)
        )

    def settle(self, schema: Schema, name: str, *, in_place: bool = False) -> Schema:
        """Give a schema a name, and what stands within it; what is left in its place is a reference."""
        if name not in self._named:
            # Entered before its members are, so that the order is that of reading.
            self._named[name] = NamedSchema(name=name, schema=schema, location=schema.info.location, in_place=in_place)
            held = self._within(schema, name) if isinstance(schema, ObjectSchema) else self._below(schema, name)
            self._named[name] = holding(self._named[name], schema=held)
        info = SchemaInfo(
            location=schema.info.location,
            description=schema.info.description,
            nullable=schema.info.nullable,
            deprecated=schema.info.deprecated,
            read_only=schema.info.read_only,
            write_only=schema.info.write_only,
            sensitive=schema.info.sensitive,
            default=schema.info.default,
            examples=schema.info.examples,
        )
        return ReferenceSchema(name=name, info=info)

    def _within(self, schema: ObjectSchema, name: str) -> ObjectSchema:
        properties = tuple(
            holding(one, schema=self.hoist(one.schema, f"{name}.{one.name}")) for one in schema.properties
        )
        additional = None if schema.additional is None else self.hoist(schema.additional, f"{name}.value")
        patterns = tuple(
            holding(one, schema=self.hoist(one.schema, f"{name}.{one.pattern}")) for one in schema.patterns
        )
        return holding(schema, properties=properties, additional=additional, patterns=patterns)
