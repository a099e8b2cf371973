"""What a documented payload means, as assertions on the typed value that a call returns."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from specloom.model import (
    ArraySchema,
    ConstSchema,
    EnumSchema,
    JsonTextSchema,
    MapSchema,
    NeverSchema,
    ObjectSchema,
    ReferenceSchema,
    StandInSchema,
    StringSchema,
    UnionSchema,
)
from specloom.python import literals, names
from specloom.python.plan_models import is_required
from specloom.python.types import split_union

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specloom.model import Json, Schema
    from specloom.python.naming import Naming

T = TypeVar("T")

MAX_LINES = 400
"""Assertions in one test; what is beyond is still compared as a whole."""

_BODY = 1
_WIDTH = literals.LINE_LENGTH


class Assertions:
    """Collects the lines that hold a payload against a value.

    Args:
        schemas: Named schemas by name.
        naming: Names of the API.
    """

    def __init__(self, schemas: Mapping[str, Schema], naming: Naming) -> None:
        self.lines: list[str] = []
        self._schemas = schemas
        self._naming = naming
        self._locals: set[str] = {"result"}
        self._members: dict[str, str] = {}

    def narrow(self, schema: Schema, own: str, returned: str) -> bool:
        """Assert which of several types an answer has, as what looks into it needs; `False` where nothing can tell.

        Args:
            own: The type of this answer.
            returned: The types of all answers, as the call is annotated.
        """
        if own == returned:
            return True
        if isinstance(schema, ReferenceSchema) and isinstance(self._schemas[schema.name], ObjectSchema | EnumSchema):
            self._add(f"assert isinstance(result, {own})")
            return True
        parts = split_union(own)
        kinds = {one.partition("[")[0] for one in parts}
        others = {one.partition("[")[0] for one in split_union(returned) if one not in parts}
        if kinds <= _CONTAINERS and not others & {*kinds, "Any"}:
            self._add(f"assert isinstance(result, {' | '.join(one.partition('[')[0] for one in parts)})")
            return True
        while isinstance(schema, ReferenceSchema):
            schema = self._schemas[schema.name]
        return not isinstance(schema, ArraySchema | MapSchema | JsonTextSchema | StandInSchema)

    def value(self, schema: Schema, value: Json, expression: str, local: str, *, optional: bool = False) -> None:
        """Assert a value.

        Args:
            expression: What holds it.
            local: Name for a local variable, should one be needed.
            optional: Whether its type has `None` beside it.
        """
        if len(self.lines) >= MAX_LINES:
            return
        if value is None:
            self._add(f"assert {expression} is None")
            return
        optional = optional or schema.info.nullable
        match schema:
            case StandInSchema(value=inner, member=member):
                wrapped = isinstance(value, dict) and member in value
                self._stand_in(inner, value[member] if wrapped and isinstance(value, dict) else value, expression)
            case JsonTextSchema(content=content):
                self._json_text(content, value, expression, local, optional=optional)
            case ReferenceSchema(name=name):
                self._named(schema, name, value, expression, local, optional=optional)
            case ArraySchema() if isinstance(value, list) and self._holds(schema, value):
                self._array(schema, value, self._held(expression, local, optional=optional), local)
            case MapSchema(values=values) if isinstance(value, dict) and not _is_plain(values):
                self._map(values, value, self._held(expression, local, optional=optional), local)
            case UnionSchema():
                self._union(_flat(schema, self._schemas), value, expression, local, optional=optional)
            case StringSchema() if isinstance(value, str):
                self._text(schema, value, expression)
            case ArraySchema():
                return
            case _:
                self._equal(expression, value)

    def _add(self, line: str) -> None:
        self.lines.append(line)

    def _held(self, expression: str, local: str, *, optional: bool) -> str:
        """A local variable of a value that is looked into, known not to be `None`."""
        local = self._free(local)
        self._add(f"{local} = {expression}")
        if optional:
            self._add(f"assert {local} is not None")
        return local

    def _free(self, local: str) -> str:
        while local in self._locals or local in _TAKEN:
            local += "_"
        self._locals.add(local)
        return local

    def _named(self, schema: Schema, name: str, value: Json, expression: str, local: str, *, optional: bool) -> None:
        named = self._schemas[name]
        if isinstance(named, UnionSchema):
            self._union(_flat(named, self._schemas), value, expression, local, optional=optional)
        elif isinstance(named, ReferenceSchema):
            self.value(named, value, expression, local, optional=optional)
        elif isinstance(named, EnumSchema):
            self._enum(name, named, value, expression)
        elif isinstance(named, ObjectSchema) and isinstance(value, dict):
            self._object(named, value, expression, local, optional=optional)

    def _object(
        self, schema: ObjectSchema, value: dict[str, Json], expression: str, local: str, *, optional: bool
    ) -> None:
        if expression == "result":
            if optional:
                self._add("assert result is not None")
            self._fields(schema, value, expression)
            return
        held = self._held(expression, local, optional=optional)
        self._fields(schema, value, held)
        if self.lines[-1] == f"{held} = {expression}":  # nothing is known of what it holds
            self.lines.pop()

    def _fields(self, schema: ObjectSchema, value: dict[str, Json], held: str) -> None:
        fields = names.distinct((one.name for one in schema.properties), names.field_name)
        prefix = "" if held == "result" else f"{held}_"
        for one in schema.properties:
            if one.name in value:
                field = fields[one.name]
                self.value(
                    one.schema, value[one.name], f"{held}.{field}", f"{prefix}{field}", optional=not is_required(one)
                )

    def _enum(self, name: str, schema: EnumSchema, value: Json, expression: str) -> None:
        listed = [one for one in schema.members if one.value == value]
        if not listed or not isinstance(value, str | int):
            self._equal(expression, value)
            return
        made = names.member_names({one.value: one.name for one in schema.members if isinstance(one.value, str | int)})
        start = f"assert {expression} is "
        member = f"models.{self._naming.classes[name]}.{made[value]}"
        self._line(start, member, self._member(name) if _is_long(start + member) else "")

    def _member(self, name: str) -> str:
        """A local variable for members of an enumeration, another for each: it has one type."""
        if name not in self._members:
            self._members[name] = self._free(f"member_{len(self._members) + 1}") if self._members else "member"
        return self._members[name]

    def _stand_in(self, schema: Schema, value: Json, expression: str) -> None:
        """A value that may have come wrapped is equal to the listed one, and need not be it."""
        self._equal(expression, value)

    def _json_text(self, content: Schema, value: Json, expression: str, local: str, *, optional: bool) -> None:
        try:
            held = json.loads(value) if isinstance(value, str) else None
        except ValueError:
            return
        self.value(content, held, expression, local, optional=optional)

    def _holds(self, schema: ArraySchema, value: list[Json]) -> bool:
        """Whether a list can be looked into: one whose elements are of one kind, or a tuple of them."""
        if not schema.prefix:
            return True
        return isinstance(schema.items, NeverSchema) and len(value) == len(schema.prefix)

    def _array(self, schema: ArraySchema, value: list[Json], held: str, local: str) -> None:
        self._add(f"assert len({held}) == {len(value)}")
        single = local[:-1] if local.endswith("s") and not local.endswith("ss") else local
        for index, one in enumerate(value):
            items = schema.prefix[index] if schema.prefix else schema.items
            self.value(items, one, f"{held}[{index}]", f"{single}_{index}")

    def _map(self, values: Schema, value: dict[str, Json], held: str, local: str) -> None:
        self._add(f"assert list({held}) == {literals.json(list(value), indent=_BODY, before=len(held) + 16)}")
        for index, (key, one) in enumerate(value.items()):
            self.value(values, one, f"{held}[{literals.string(key)}]", f"{local}_{index}")

    def _union(self, members: tuple[Schema, ...], value: Json, expression: str, local: str, *, optional: bool) -> None:
        fitting = [one for one in members if self._fits(one, value)]
        if len(fitting) != 1:
            if not isinstance(value, dict | list) and not any(_is_parsed(one) for one in members):
                self._equal(expression, value)
            return
        chosen = fitting[0]
        if isinstance(chosen, ReferenceSchema) and isinstance(self._schemas[chosen.name], ObjectSchema):
            held = self._held(expression, local, optional=False)
            self._add(f"assert isinstance({held}, models.{self._naming.classes[chosen.name]})")
            self.value(chosen, value, held, f"{held}_value")
        elif isinstance(chosen, ReferenceSchema) or not isinstance(value, dict | list):
            self.value(chosen, value, expression, local, optional=optional)

    def _fits(self, schema: Schema, value: Json) -> bool:
        """Whether a value can be of a schema: by its JSON type, required members and one-valued members."""
        while isinstance(schema, ReferenceSchema):
            schema = self._schemas[schema.name]
        match schema:
            case ObjectSchema(properties=properties):
                return isinstance(value, dict) and all(
                    (one.name in value or not is_required(one))
                    and not (
                        isinstance(one.schema, ConstSchema)
                        and value.get(one.name, one.schema.value) != one.schema.value
                    )
                    for one in properties
                )
            case EnumSchema(members=members):
                return value in [one.value for one in members]
            case ConstSchema():
                return value == schema.value
            case MapSchema():
                return isinstance(value, dict)
            case ArraySchema():
                return isinstance(value, list)
            case StringSchema() | JsonTextSchema():
                return isinstance(value, str)
        kinds: dict[str, type | tuple[type, ...]] = {
            "BooleanSchema": bool,
            "IntegerSchema": int,
            "NumberSchema": (int, float),
        }
        kind = kinds.get(type(schema).__name__)
        return kind is None or (isinstance(value, kind) and (kind is bool or not isinstance(value, bool)))

    def _text(self, schema: StringSchema, value: str, expression: str) -> None:
        match schema.format:
            case "date-time":
                moment = _parsed(datetime.fromisoformat, value)
                if moment is not None:
                    self._line(f"assert {expression} == ", _datetime(moment), "expected_time")
            case "date":
                day = _parsed(date.fromisoformat, value)
                if day is not None:
                    self._line(f"assert {expression} == ", f"date({day.year}, {day.month}, {day.day})", "expected_date")
            case "uuid":
                if _parsed(UUID, value) is not None:
                    self._line(f"assert {expression} == ", f"UUID({literals.string(value)})", "expected_uuid")
            case _:
                self._equal(expression, value)

    def _equal(self, expression: str, value: Json) -> None:
        if isinstance(value, bool):
            self._add(f"assert {expression} is {value}")
        elif isinstance(value, str):
            self._line(f"assert {expression} == ", literals.string(value), "expected")
        else:
            before = len(f"assert {expression} == ")
            self._add(f"assert {expression} == {literals.json(value, indent=_BODY, before=before)}")

    def _line(self, start: str, literal: str, local: str) -> None:
        """An assertion on one line, or on two where it would be too long for one: a formatter would fold it."""
        if _is_long(start + literal):
            self._add(f"{local} = {literal}")
            literal = local
        self._add(start + literal)


_CONTAINERS = {"list", "dict", "tuple", "None"}
_TAKEN = {
    *("expected", "expected_time", "expected_date", "expected_uuid", "member", "models", "datetime", "date", "json"),
    *("payload", "encoded", "len", "isinstance"),
}
"""Names that the assertions themselves use."""


def _is_long(line: str) -> bool:
    return len(literals.INDENT) * _BODY + len(line) > _WIDTH


def _flat(union: UnionSchema, schemas: Mapping[str, Schema]) -> tuple[Schema, ...]:
    """The members of a union, with those of unions among them."""
    found: list[Schema] = []
    for one in union.members:
        inner = schemas[one.name] if isinstance(one, ReferenceSchema) else one
        found.extend(_flat(inner, schemas) if isinstance(inner, UnionSchema) and inner is not union else [one])
    return tuple(found)


def _is_plain(schema: Schema) -> bool:
    """Whether values of a schema come out as they are in JSON."""
    match schema:
        case ReferenceSchema() | JsonTextSchema() | StandInSchema() | UnionSchema():
            return False
        case StringSchema(format=name):
            return name not in {"date-time", "date", "uuid"}
        case ArraySchema(items=inner) | MapSchema(values=inner):
            return _is_plain(inner)
    return True


def _is_parsed(schema: Schema) -> bool:
    return not _is_plain(schema) and not isinstance(schema, ReferenceSchema)


def _parsed(read: Callable[[str], T], value: str) -> T | None:
    try:
        return read(value)
    except ValueError:
        return None


def _datetime(moment: datetime) -> str:
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    parts = [moment.year, moment.month, moment.day, moment.hour, moment.minute]
    if moment.second or moment.microsecond:
        parts.append(moment.second)
    if moment.microsecond:
        parts.append(moment.microsecond)
    zone = ", tzinfo=UTC" if moment.tzinfo is not None else ""
    return f"datetime({', '.join(map(str, parts))}{zone})"
