"""`allOf`: several schemas that hold together -> the one schema that they mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from specloom.diagnostics import Diagnostic, Severity
from specloom.lower import keywords, read
from specloom.lower.members import called_after
from specloom.lower.unions import lower_union
from specloom.model import (
    AnySchema,
    ArraySchema,
    Bounds,
    ConstSchema,
    EnumSchema,
    IntegerSchema,
    MapSchema,
    NeverSchema,
    NumberSchema,
    ObjectSchema,
    Property,
    ReferenceSchema,
    Schema,
    SchemaInfo,
    StringSchema,
    UnionSchema,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.document import Node
    from specloom.location import Location
    from specloom.lower.schemas import Schemas

Number = TypeVar("Number", int, float)
Members = TypeVar("Members", ObjectSchema, MapSchema)


MAX_MEMBERS: Final = 1000
"""Each is merged with all before it."""

MAX_LEVELS: Final = 300
"""Each schema of a chain of `allOf` is written out with all that it extends."""

MAX_ALTERNATIVES: Final = 500
"""What holds beside a union is merged with each of its members, and with those of unions among them."""


class UnknownYetError(Exception):
    """A schema would have to be known before it is."""


class Merge:
    """Intersects schemas; of two that contradict each other the later stands, as one that overrides, and it is said."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._levels: dict[tuple[str, str], int] = {}

    def lower_all_of(self, node: Node) -> Schema:
        """Lower a schema with `allOf`, whatever else stands beside it."""
        members = [*node.child("allOf").elements()]
        if len(members) > MAX_MEMBERS:
            message = f"this `allOf` has more than {MAX_MEMBERS} members"
            self._schemas.report.error("SL411", node.child("allOf"), message, "say the same in fewer schemas")
            members = members[:MAX_MEMBERS]
        members = self._near(node, members)
        parts = [self._schemas.member(one) for one in members]
        beside = (set(node.value) & keywords.SHAPE) - {"allOf"}
        if beside & {"oneOf", "anyOf"}:
            parts.append(lower_union(self._schemas, self, node))
        elif beside:
            parts.append(self._schemas.plain(node))
        inline = (one for one in members if not one.is_reference)
        required = [name for one in (node, *inline) for name in read.texts(one, "required")]
        merged = self.require(self.all(tuple(parts), node), required)
        if read.flag(node, "nullable") or read.flag(node, "x-nullable"):
            # Strictly, null would have to be allowed by every member; those who write this mean that it is allowed.
            merged = replace(merged, info=replace(merged.info, nullable=True))
        return merged if beside else self._schemas.described(merged, node)

    def _near(self, node: Node, members: list[Node]) -> list[Node]:
        """The members of an `allOf`, without those that lie at the end of too long a chain."""
        levels = self._levels
        level = 1 + max((levels.get(one.resolved().identity, 0) for one in members if one.is_reference), default=0)
        if level <= MAX_LEVELS:
            levels[node.identity] = level
            return members
        message = f"this `allOf` is the end of a chain of more than {MAX_LEVELS}"
        self._schemas.report.error("SL411", node.child("allOf"), message, "say the same in fewer levels")
        return [one for one in members if not one.is_reference]

    def require(self, merged: Schema, listed: Iterable[str]) -> Schema:
        """Make members required that are listed as required apart from where they are declared."""
        names = set(listed)
        if not names:
            return merged
        shape = self._schemas.known_shape(merged)
        if not isinstance(shape, ObjectSchema):
            return merged
        missing = {one.name for one in shape.properties if not one.required} & names
        if not missing:
            return merged
        properties = tuple(replace(one, required=one.required or one.name in names) for one in shape.properties)
        return replace(shape, info=merged.info, properties=properties)

    def all(self, parts: tuple[Schema, ...], node: Node) -> Schema:
        """The schema that every one of some schemas holds for."""
        if not parts:
            return AnySchema(info=SchemaInfo(location=node.location))
        merged = parts[0]
        for part in parts[1:]:
            both = self.both(merged, part)
            if both is None:
                merged = self._stronger(merged, part)
                hint = "say the same type in each; the last is taken"
                self._schemas.report.warning("SL402", node, "the members of this `allOf` contradict each other", hint)
            else:
                merged = both
        return merged

    def _stronger(self, left: Schema, right: Schema) -> Schema:
        """Which of two that contradict each other is taken: the one that says more, else the later."""
        says_more = isinstance(self._schemas.shape(left), ObjectSchema)
        return left if says_more and not isinstance(self._schemas.shape(right), ObjectSchema) else right

    def both(self, left: Schema, right: Schema) -> Schema | None:
        """The schema that both hold for, or `None` where no value can."""
        # Any value includes null, so what is only described leaves the other side's word on null alone.
        nullable = (left.info.nullable or isinstance(left, AnySchema)) and (
            right.info.nullable or isinstance(right, AnySchema)
        )
        info = replace(_info(left.info, right.info), nullable=nullable)
        if isinstance(right, AnySchema):
            return replace(left, info=info)
        if isinstance(left, AnySchema):
            return replace(right, info=info)
        if isinstance(left, ReferenceSchema) and isinstance(right, ReferenceSchema) and left.name == right.name:
            return replace(left, info=info)
        first, second = self._schemas.known_shape(left), self._schemas.known_shape(right)
        if isinstance(first, ReferenceSchema) or isinstance(second, ReferenceSchema):
            return self._with_itself(left, first, right, second, info)
        return self._shapes(left, first, right, second, info)

    def _with_itself(self, left: Schema, first: Schema, right: Schema, second: Schema, info: SchemaInfo) -> Schema:
        """What is left of two schemas of which one is still unknown, for it leads back to itself."""
        known, unknown = (right, left) if isinstance(first, ReferenceSchema) else (left, right)
        message = "an `allOf` that leads back to its own schema says nothing by it"
        self._schemas.report.add(_warning("SL404", unknown.info.location, message))
        return replace(known, info=info)

    def _shapes(self, left: Schema, first: Schema, right: Schema, second: Schema, info: SchemaInfo) -> Schema | None:
        match first, second:
            case ObjectSchema(), ObjectSchema():
                return self._objects(first, second, info)
            case MapSchema(values=AnySchema(), min_properties=None, max_properties=None), ObjectSchema():
                return replace(right, info=info)
            case ObjectSchema(), MapSchema(values=AnySchema(), min_properties=None, max_properties=None):
                return replace(left, info=info)
            case ObjectSchema(), MapSchema():
                return _sized(replace(first, info=info, additional=second.values), second)
            case MapSchema(), ObjectSchema():
                return _sized(replace(second, info=info, additional=first.values), first)
            case MapSchema(), MapSchema():
                values = self.both(first.values, second.values)
                return None if values is None else _sized(replace(second, info=info, values=values), first)
            case ArraySchema(), ArraySchema():
                return self._arrays(first, second, info)
            case UnionSchema(), _:
                return self._each(first, right, info)
            case _, UnionSchema():
                return self._each(second, left, info)
        return self._scalars(left, first, right, second, info)

    def _scalars(self, left: Schema, first: Schema, right: Schema, second: Schema, info: SchemaInfo) -> Schema | None:
        match first, second:
            case EnumSchema(), EnumSchema():
                values = {repr(one.value) for one in second.members}
                members = tuple(one for one in first.members if repr(one.value) in values)
                return EnumSchema(info=info, kind=first.kind, members=members) if members else None
            case (EnumSchema(), ConstSchema()) | (ConstSchema(), EnumSchema()):
                one = left if isinstance(first, ConstSchema) else right
                return replace(one, info=info)
            case (EnumSchema() | ConstSchema()), (StringSchema() | IntegerSchema() | NumberSchema()):
                return replace(left, info=info)
            case (StringSchema() | IntegerSchema() | NumberSchema()), (EnumSchema() | ConstSchema()):
                return replace(right, info=info)
            case StringSchema(), StringSchema():
                return _strings(first, second, info)
            case IntegerSchema(), (IntegerSchema() | NumberSchema()):
                return replace(first, info=info, bounds=_narrower(first.bounds, second.bounds))
            case NumberSchema(), (IntegerSchema() | NumberSchema()):
                return replace(second, info=info, bounds=_narrower(first.bounds, second.bounds))
        same = type(first) is type(second) and replace(first, info=info) == replace(second, info=info)
        return replace(left, info=info) if same else None

    def _objects(self, first: ObjectSchema, second: ObjectSchema, info: SchemaInfo) -> Schema | None:
        merged = {one.name: one for one in first.properties}
        for one in second.properties:
            known = merged.get(one.name)
            schema = one.schema if known is None else self._property(known, one)
            required = one.required or (known is not None and known.required)
            merged[one.name] = Property(name=one.name, schema=schema, required=required, location=one.location)
        if isinstance(first.additional, AnySchema) or isinstance(second.additional, AnySchema):
            additional = second.additional if isinstance(first.additional, AnySchema) else first.additional
        elif first.additional is None or second.additional is None:
            additional = None
        else:
            additional = self.both(first.additional, second.additional)
        return _sized(
            replace(
                second,
                info=info,
                properties=tuple(merged.values()),
                additional=additional,
                patterns=first.patterns + second.patterns,
            ),
            first,
        )

    def _property(self, known: Property, one: Property) -> Schema:
        """What two schemas say of one property; where they contradict each other, the later, which overrides."""
        both = self.both(known.schema, one.schema)
        if both is None:
            message = f"two members of an `allOf` contradict each other on `{one.name}`; the other: {known.location}"
            self._schemas.report.add(_warning("SL402", one.location, message, "say the same type; the last is taken"))
        return one.schema if both is None else both

    def _arrays(self, first: ArraySchema, second: ArraySchema, info: SchemaInfo) -> Schema | None:
        items = self.both(first.items, second.items)
        if items is None:
            return None
        return ArraySchema(
            info=info,
            items=items,
            prefix=first.prefix or second.prefix,
            min_items=_largest(first.min_items, second.min_items),
            max_items=_smallest(first.max_items, second.max_items),
            unique=first.unique or second.unique,
        )

    def _each(self, union: UnionSchema, other: Schema, info: SchemaInfo) -> Schema | None:
        if self._alternatives(union) * self._alternatives(other) > MAX_ALTERNATIVES:
            message = f"what is said beside this union has more than {MAX_ALTERNATIVES} members to be said of"
            hint = "say it in each member, or nest fewer unions"
            self._schemas.report.add(Diagnostic(code="SL411", location=info.location, message=message, hint=hint))
            return replace(other, info=info)
        kept = [called_after(both, one) for one in union.members if (both := self.both(one, other)) is not None]
        kept = [one for one in kept if not isinstance(one, NeverSchema)]
        if len(kept) == 1:
            return replace(kept[0], info=info)
        return replace(union, info=info, members=tuple(kept)) if kept else None

    def _alternatives(self, schema: Schema) -> int:
        """How many members a union has, those of unions among them counted; one more than the most is enough."""
        waiting, count = [schema], 0
        while waiting and count <= MAX_ALTERNATIVES:
            one = self._schemas.shape(waiting.pop())
            if isinstance(one, UnionSchema):
                waiting += one.members
            else:
                count += 1
        return count


def _sized(merged: Members, other: ObjectSchema | MapSchema) -> Members:
    """An object with as many members as another allows, too."""
    return replace(
        merged,
        min_properties=_largest(merged.min_properties, other.min_properties),
        max_properties=_smallest(merged.max_properties, other.max_properties),
    )


def _warning(code: str, location: Location, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(code=code, location=location, message=message, hint=hint, severity=Severity.WARNING)


def _info(left: SchemaInfo, right: SchemaInfo) -> SchemaInfo:
    """What is said last counts."""
    return replace(
        right,
        title=right.title or left.title,
        description=right.description or left.description,
        deprecated=left.deprecated or right.deprecated,
        read_only=left.read_only or right.read_only,
        write_only=left.write_only or right.write_only,
        sensitive=left.sensitive or right.sensitive,
        default=right.default or left.default,
        examples=right.examples or left.examples,
        sentinels=right.sentinels or left.sentinels,
        assertions=left.assertions + right.assertions,
    )


_PARSED = {"date-time", "date", "uuid"}


def _strings(first: StringSchema, second: StringSchema, info: SchemaInfo) -> Schema | None:
    if first.format in _PARSED and second.format in _PARSED and first.format != second.format:
        return None
    return StringSchema(
        info=info,
        format=second.format or first.format,
        min_length=_largest(first.min_length, second.min_length),
        max_length=_smallest(first.max_length, second.max_length),
        pattern=second.pattern or first.pattern,
        content_media_type=first.content_media_type or second.content_media_type,
        content_encoding=first.content_encoding or second.content_encoding,
    )


def _narrower(first: Bounds, second: Bounds) -> Bounds:
    return Bounds(
        minimum=_largest(first.minimum, second.minimum),
        maximum=_smallest(first.maximum, second.maximum),
        exclusive_minimum=_largest(first.exclusive_minimum, second.exclusive_minimum),
        exclusive_maximum=_smallest(first.exclusive_maximum, second.exclusive_maximum),
        multiple_of=first.multiple_of or second.multiple_of,
    )


def _largest(first: Number | None, second: Number | None) -> Number | None:
    return max((one for one in (first, second) if one is not None), default=None)


def _smallest(first: Number | None, second: Number | None) -> Number | None:
    return min((one for one in (first, second) if one is not None), default=None)
