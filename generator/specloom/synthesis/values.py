"""A value made from a schema, where the document gives no example: the same one every time."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, assert_never

from specloom.model import (
    AnySchema,
    ArraySchema,
    BooleanSchema,
    ConstSchema,
    Default,
    EnumSchema,
    IntegerSchema,
    JsonTextSchema,
    MapSchema,
    NeverSchema,
    NullSchema,
    NumberSchema,
    ObjectSchema,
    ReferenceSchema,
    StandInSchema,
    StringSchema,
    UnionSchema,
)
from specloom.synthesis.fit import may_be
from specloom.synthesis.scalars import make_integer, make_number, make_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model import Json, Schema

READABLE = (8, 2_000)
"""Levels and values past which an optional member is left out: wide or deeply woven schemas stay readable."""

# Past these nothing is made any more, so that no document can keep the server busy.
_LARGEST_DEPTH, _LARGEST_SIZE = 60, 20_000
_MOST_ITEMS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesis:
    """A made value, and what it does not keep of its schema (`/path: keyword`)."""

    value: Json
    unmet: tuple[str, ...] = ()


class _NoValueError(Exception):
    """No finite value here: a schema that needs itself, or nothing at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    pointer: str = ""
    depth: int = 0
    open_names: frozenset[str] = frozenset()

    def inside(self, member: str | int) -> _Place:
        return replace(self, pointer=f"{self.pointer}/{member}", depth=self.depth + 1)


def synthesise(
    schema: Schema,
    schemas: Mapping[str, Schema],
    *,
    nulls: bool = False,
    fitting: bool = False,
    readable: tuple[int, int] = READABLE,
) -> Synthesis:
    """Make a value for a response from its schema.

    Examples and defaults of the schema come first, then `const`, the first enumerated value, the first member of a
    union, the format, the least that the range allows. Optional members are there unless they only exist for requests
    (`writeOnly`) or would recur; arrays have one element or as many as they must. JSON text is written compact.

    Args:
        schema: What to make a value of.
        schemas: What references name.
        nulls: Whether what may be null is, whatever examples it has; but the value itself.
        fitting: Whether examples and defaults that cannot be values of their schemas are passed over.
        readable: Levels and values past which optional members are left out.
    """
    maker = _Maker(schemas=schemas, nulls=nulls, fitting=fitting, readable=readable)
    try:
        return Synthesis(value=maker.make(schema, _Place()), unmet=tuple(maker.unmet))
    except _NoValueError:
        return Synthesis(value=None, unmet=("/: no finite value",))


@dataclass(slots=True, kw_only=True)
class _Maker:
    schemas: Mapping[str, Schema]
    nulls: bool
    fitting: bool
    readable: tuple[int, int]
    unmet: list[str] = field(default_factory=list)
    size: int = 0

    def make(self, schema: Schema, place: _Place) -> Json:
        self.size += 1
        if self.size > _LARGEST_SIZE or place.depth > _LARGEST_DEPTH:
            raise _NoValueError
        if self.nulls and place.depth:
            if schema.info.nullable:
                return None
            if isinstance(schema, ObjectSchema | ArraySchema | MapSchema | JsonTextSchema | UnionSchema):
                return self._make_new(schema, place)  # an example of the whole says nothing of nulls inside
        documented = self._documented_value(schema)
        return documented.value if documented is not None else self._make_new(schema, place)

    def _documented_value(self, schema: Schema) -> Default | None:
        """The first example or else the default that may be one; null counts only where it is a value of the schema."""
        info = schema.info
        given = [*map(_as_default, info.examples), *([info.default] if info.default else [])]
        if not self.fitting:
            return next((one for one in given if one.value is not None or info.nullable), None)
        return next((one for one in given if may_be(schema, one.value, self.schemas)), None)

    def _make_new(self, schema: Schema, place: _Place) -> Json:
        match schema:
            case StringSchema():
                return self._note(make_text(schema), place)
            case IntegerSchema():
                return self._note(make_integer(schema), place)
            case NumberSchema():
                return self._note(make_number(schema), place)
            case BooleanSchema():
                return True
            case NullSchema():
                return None
            case AnySchema():
                return {}
            case NeverSchema():
                raise _NoValueError
            case ConstSchema():
                return schema.value
            case EnumSchema():
                return self._make_enum(schema)
            case JsonTextSchema():
                return _json_text(self.make(schema.content, place.inside("(JSON text)")))
            case ArraySchema():
                return self._make_array(schema, place)
            case ObjectSchema():
                return self._make_object(schema, place)
            case MapSchema():
                return self._make_map(schema, place)
            case UnionSchema():
                return self._make_union(schema, place)
            case StandInSchema():
                return self.make(schema.value, place)
            case ReferenceSchema():
                return self._make_reference(schema, place)
        assert_never(schema)

    def _note(self, made: tuple[Json, str], place: _Place) -> Json:
        value, unmet = made
        if unmet:
            self.unmet.append(f"{place.pointer or '/'}: {unmet}")
        return value

    def _make_enum(self, schema: EnumSchema) -> Json:
        if not schema.members:
            raise _NoValueError
        return schema.members[0].value

    def _make_reference(self, schema: ReferenceSchema, place: _Place) -> Json:
        target = self.schemas.get(schema.name)
        if target is None or schema.name in place.open_names:
            raise _NoValueError
        if self.nulls and target.info.nullable:
            # Whether null goes is said where a schema is used.
            target = replace(target, info=replace(target.info, nullable=False))
        return self.make(target, replace(place, open_names=place.open_names | {schema.name}))

    def _make_array(self, schema: ArraySchema, place: _Place) -> Json:
        needed = schema.min_items or 0
        wanted = max(needed, len(schema.prefix), 1)
        if schema.max_items is not None:
            wanted = min(wanted, max(schema.max_items, needed))
        items: list[Json] = []
        try:
            for at in range(min(wanted, _MOST_ITEMS)):
                one = schema.prefix[at] if at < len(schema.prefix) else schema.items
                items.append(self.make(one, place.inside(at)))
        except _NoValueError:
            if len(items) < needed:
                raise
        if schema.unique:
            items = [_vary(one, at) for at, one in enumerate(items)] if _is_free(schema.items) else items[:1]
        if len(items) < needed:
            self.unmet.append(f"{place.pointer or '/'}: minItems")
        return items

    def _make_object(self, schema: ObjectSchema, place: _Place) -> Json:
        made: dict[str, Json] = {}
        deepest, largest = self.readable
        most = len(schema.properties) if schema.max_properties is None else schema.max_properties
        room = most - sum(one.required for one in schema.properties)
        for one in schema.properties:
            crowded = place.depth >= deepest or self.size > largest
            if one.schema.info.write_only or (not one.required and (crowded or room <= 0)):
                continue
            try:
                made[one.name] = self.make(one.schema, place.inside(one.name))
                room -= not one.required
            except _NoValueError:
                if one.required:
                    raise
        if schema.additional is not None:
            for at in range(len(made), min(schema.min_properties or 0, _MOST_ITEMS)):
                made[f"key{at + 1}"] = self.make(schema.additional, place.inside(f"key{at + 1}"))
        if len(made) < (schema.min_properties or 0):
            self.unmet.append(f"{place.pointer or '/'}: minProperties")
        return made

    def _make_map(self, schema: MapSchema, place: _Place) -> Json:
        try:
            return {"key": self.make(schema.values, place.inside("key"))}
        except _NoValueError:
            return {}

    def _make_union(self, schema: UnionSchema, place: _Place) -> Json:
        members = sorted(schema.members, key=lambda member: isinstance(member, NullSchema) != self.nulls)
        for member in members:
            noted = len(self.unmet)
            try:
                return self._tell_member(schema, member, self.make(member, place))
            except _NoValueError:
                del self.unmet[noted:]
        raise _NoValueError

    def _tell_member(self, union: UnionSchema, member: Schema, value: Json) -> Json:
        if union.discriminator is None or not isinstance(member, ReferenceSchema) or not isinstance(value, dict):
            return value
        target = self.schemas.get(member.name)
        properties = target.properties if isinstance(target, ObjectSchema) else ()
        name = union.discriminator.property_name
        if name in value and any(
            one.name == name and isinstance(one.schema, ConstSchema | EnumSchema) for one in properties
        ):
            return value
        told = [text for text, index in union.discriminator.mapping if union.members[index] == member]
        return {**value, name: told[0]} if told else value


def _json_text(value: Json) -> str:
    """Compact JSON; characters stand for themselves."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _as_default(value: Json) -> Default:
    return Default(value=value)


def _is_free(schema: Schema) -> bool:
    """Whether values of a schema may be changed a little and still be values of it."""
    return isinstance(schema, IntegerSchema | NumberSchema) or (
        isinstance(schema, StringSchema) and not schema.pattern and not schema.format
    )


def _vary(value: Json, at: int) -> Json:
    """Another value of the same kind for each element of an array without duplicates."""
    if at == 0:
        return value
    return f"{value}{at + 1}" if isinstance(value, str) else value + at if isinstance(value, int | float) else value
