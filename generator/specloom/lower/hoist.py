"""Gives a name of its own to every schema that needs one and stands within another.

A schema written in place is named after the thing that holds it and its place there, joined by dots
(`JobHistory.jobs.item`): a fact of the document, never a counter, so a new schema renames no other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic
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

if TYPE_CHECKING:
    from specloom.lower.report import Report


def is_nameable(schema: Schema) -> bool:
    """Tell whether a schema gets a name of its own: objects with members, and enumerations of text or whole numbers."""
    return isinstance(schema, ObjectSchema) or (isinstance(schema, EnumSchema) and schema.kind in {"string", "integer"})


class Named:
    """The schemas of a document that have a name."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._named: dict[str, NamedSchema] = {}

    @property
    def all(self) -> tuple[NamedSchema, ...]:
        """Every named schema, in the order of reading."""
        return tuple(self._named.values())

    def get(self, name: str) -> Schema | None:
        """The schema of a name; `None` while there is none."""
        found = self._named.get(name)
        return None if found is None else found.schema

    def hoist(self, schema: Schema, name: str) -> Schema:
        """Replace what needs a name by a reference, here and below; `name` is for the schema itself."""
        if is_nameable(schema):
            return self.settle(schema, name)
        match schema:
            case ArraySchema(items=items, prefix=prefix):
                first = tuple(self.hoist(one, f"{name}.{index}") for index, one in enumerate(prefix))
                return replace(schema, items=self.hoist(items, f"{name}.item"), prefix=first)
            case MapSchema(values=values):
                return replace(schema, values=self.hoist(values, f"{name}.value"))
            case UnionSchema(members=members):
                return replace(schema, members=self._members(members, name))
            case StandInSchema(value=value):
                return replace(schema, value=self.hoist(value, name))
            case JsonTextSchema(content=content):
                return replace(schema, content=self.hoist(content, name))
        return schema

    def _members(self, members: tuple[Schema, ...], name: str) -> tuple[Schema, ...]:
        return tuple(
            self.hoist(one, f"{name}.{one.info.title or _word(one, index)}") for index, one in enumerate(members)
        )

    def settle(self, schema: Schema, name: str) -> Schema:
        """Give a schema a name, and what stands within it; what is left in its place is a reference."""
        known = self._named.get(name)
        if known is not None and known.location != schema.info.location:
            message = f"two schemas would be called `{name}`; the other stands at {known.location}"
            hint = "move one of them to the components, under a name of its own"
            self._report.add(Diagnostic(code="SL405", message=message, location=schema.info.location, hint=hint))
        if known is None:
            # Entered before its members are, so that the order is that of reading.
            self._named[name] = NamedSchema(name=name, schema=schema, location=schema.info.location)
            if isinstance(schema, ObjectSchema):
                self._named[name] = replace(self._named[name], schema=self._within(schema, name))
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
            replace(one, schema=self.hoist(one.schema, f"{name}.{one.name}")) for one in schema.properties
        )
        additional = None if schema.additional is None else self.hoist(schema.additional, f"{name}.value")
        patterns = tuple(
            replace(one, schema=self.hoist(one.schema, f"{name}.{one.pattern}")) for one in schema.patterns
        )
        return replace(schema, properties=properties, additional=additional, patterns=patterns)


def _word(schema: Schema, index: int) -> str:
    """What sets a member of a union apart where the document gives it no title: a one-valued member, else its place."""
    if isinstance(schema, ObjectSchema):
        for one in schema.properties:
            value = getattr(one.schema, "value", None)
            if isinstance(value, str):
                return value
    return f"option.{index + 1}"
