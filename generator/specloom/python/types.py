"""Schemas -> annotations of emitted code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from specloom.model import (
    AnySchema,
    ArraySchema,
    BooleanSchema,
    ConstSchema,
    EnumSchema,
    IntegerSchema,
    JsonTextSchema,
    MapSchema,
    NeverSchema,
    NullSchema,
    NumberSchema,
    ObjectSchema,
    ReferenceSchema,
    Schema,
    StandInSchema,
    StringSchema,
    UnionSchema,
)
from specloom.python.literals import INDENT, LINE_LENGTH, string

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_FORMATS = {"date-time": "DateTime", "date": "Date", "uuid": "Uuid"}
_GIVEN = {"date-time": "datetime | str", "date": "date | str", "uuid": "UUID | str"}
_HELD: dict[type, str] = {dict: "dict[str, Any]", list: "list[Any]", float: "int | float"}
"""How values of a listed kind are annotated, where it is not by the name of their type."""
_PLAIN = {"date-time": "datetime", "date": "date", "uuid": "UUID"}


_SIGN = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[|()\[\]]", re.DOTALL)


_LIST = re.compile(r"(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')|(?<![.\w])list\[", re.DOTALL)


def beside_list(text: str) -> str:
    """An annotation as it stands beside a method `list`, which hides the builtin within its class."""
    return _LIST.sub(lambda found: found.group(1) or "List[", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Types:
    """Writes annotations.

    Args:
        classes: Class of every named schema.
        kinds: Whether a named schema is an enumeration: `string`, `integer`, or empty for anything else.
        prefix: What stands before a class: `models.` outside the modules of models.
        extensible: The enumerations that take any other text.
    """

    classes: Mapping[str, str]
    kinds: Mapping[str, str]
    prefix: str = ""
    extensible: frozenset[str] = frozenset()

    def held(self, schema: Schema) -> str:
        """The annotation of a field of a model, null included where the document allows it."""
        return _nullable(self._held(schema), schema)

    def bare(self, schema: Schema) -> str:
        """The annotation of a field of a model, null left out."""
        return self._held(schema)

    def returned(self, schema: Schema) -> str:
        """The annotation of a value that a method returns: as `held`, in names that need no import of the runtime."""
        return _nullable(self._returned(schema), schema)

    def given(self, schema: Schema) -> str:
        """The annotation of a value that a caller gives: texts of an enumeration, times as text, any sequence."""
        return _nullable(self._given(schema), schema)

    def takes_json(self, schema: Schema) -> bool:
        """Whether the JSON values of a schema are what a caller may give, as type checkers see it."""
        match schema:
            case ReferenceSchema(name=name):
                return bool(self.kinds[name])
            case ArraySchema(items=items, prefix=prefix):
                return not prefix and self.takes_json(items)
            case MapSchema(values=values):
                return self.takes_json(values)
            case UnionSchema(members=members):
                return all(self.takes_json(one) for one in members)
        return not isinstance(schema, JsonTextSchema | StandInSchema)

    def _held(self, schema: Schema) -> str:
        match schema:
            case StringSchema(format=name):
                return f"{self.prefix}{_FORMATS[name]}" if name in _FORMATS else "str"
            case JsonTextSchema(content=content):
                return f"{self.prefix}JsonText[{self.held(content)}]"
            case StandInSchema(value=value, member=member):
                return f"Annotated[{self.held(value)}, {self.prefix}StandsFor({string(member)})]"
            case ArraySchema(prefix=prefix) if prefix:
                return self._sequence(schema, "list", self.held)
            case ArraySchema(items=items):
                return f"list[{self.held(items)}]"
            case MapSchema(values=values):
                return f"dict[str, {self.held(values)}]"
            case UnionSchema(members=members):
                return _union(self.held(one) for one in members)
        return self._common(schema)

    def _returned(self, schema: Schema) -> str:
        match schema:
            case StringSchema(format=name):
                return _PLAIN.get(name, "str")
            case JsonTextSchema(content=value) | StandInSchema(value=value):
                return self.returned(value)
            case ArraySchema(prefix=prefix) if prefix:
                return self._sequence(schema, "list", self.returned)
            case ArraySchema(items=items):
                return f"list[{self.returned(items)}]"
            case MapSchema(values=values):
                return f"dict[str, {self.returned(values)}]"
            case UnionSchema(members=members):
                return _union(self.returned(one) for one in members)
        return self._common(schema)

    def _given(self, schema: Schema) -> str:
        match schema:
            case StringSchema(format=name):
                return _GIVEN.get(name, "str")
            case IntegerSchema(epoch=epoch) if epoch:
                return "int | datetime"
            case ReferenceSchema(name=name) if self.kinds[name]:
                return _union([f"{self.prefix}{self.classes[name]}", "int" if self.kinds[name] == "integer" else "str"])
            case JsonTextSchema(content=value) | StandInSchema(value=value):
                return self.given(value)
            case ArraySchema(prefix=prefix) if prefix:
                return self._sequence(schema, "Sequence", self.given)
            case ArraySchema(items=items):
                return f"Sequence[{self.given(items)}]"
            case MapSchema(values=values):
                return f"Mapping[str, {self.given(values)}]"
            case UnionSchema(members=members):
                return _union(self.given(one) for one in members)
        return self._common(schema)

    def _sequence(self, schema: ArraySchema, several: str, annotate: Callable[[Schema], str]) -> str:
        """A tuple where the first elements are all that there may be, else a list of whatever any of them is."""
        first = [annotate(one) for one in schema.prefix]
        if isinstance(schema.items, NeverSchema):
            return f"tuple[{', '.join(first)}]"
        return f"{several}[{_union([*first, annotate(schema.items)])}]"

    def _common(self, schema: Schema) -> str:
        match schema:
            case ReferenceSchema(name=name):
                return f"{self.prefix}{self.classes[name]}"
            case AnySchema() | NeverSchema():
                return "Any"
            case NullSchema():
                return "None"
            case BooleanSchema():
                return "bool"
            case IntegerSchema():
                return "int"
            case NumberSchema():
                return "int | float"
            case ConstSchema(value=str() | int() as value):
                return f"Literal[{string(value) if isinstance(value, str) else repr(value)}]"
            case ConstSchema(value=value):
                return _enum("mixed", [value])
            case EnumSchema(kind=kind, members=members):
                return _enum(kind, [one.value for one in members])
            case (
                StringSchema()
                | JsonTextSchema()
                | StandInSchema()
                | ArraySchema()
                | MapSchema()
                | UnionSchema()
                | ObjectSchema()
            ):
                raise AssertionError(f"{type(schema).__name__} at {schema.info.location} was not given a name")
            case _:
                assert_never(schema)


def _enum(kind: str, values: list[object]) -> str:
    """An enumeration that is no class: the types of its values, for a list of them would lose what is new."""
    if kind == "boolean":
        return "bool"
    if kind == "number":
        return "int | float"
    return _union(_HELD.get(type(one), type(one).__name__) for one in values)


def _union(members: Iterable[str]) -> str:
    listed = dict.fromkeys(part for one in members for part in split_union(one))
    if "None" in listed:
        listed["None"] = listed.pop("None")
    return "Any" if "Any" in listed else " | ".join(listed)


def split_union(annotation: str) -> list[str]:
    """The members of a union annotation; `|` within brackets does not count."""
    if "|" not in annotation:
        return [annotation.strip()]
    parts, depth, start = [], 0, 0
    # A text within the annotation counts as one sign, whatever it holds.
    for found in _SIGN.finditer(annotation):
        one, index = found.group(), found.start()
        if len(one) > 1:
            continue
        if one in "[(":
            depth += 1
        elif one in "])":
            depth -= 1
        elif one == "|" and depth == 0:
            parts.append(annotation[start:index].strip())
            start = index + 1
    return [*parts, annotation[start:].strip()]


def folded_union(annotation: str, indent: int) -> str:
    """A union within brackets on lines of their own: on one where it fits, else one for each member."""
    margin = INDENT * indent
    flat = f"{margin}{annotation}"
    return flat if len(flat) <= LINE_LENGTH else margin + f"\n{margin}| ".join(split_union(annotation))


def _nullable(annotation: str, schema: Schema) -> str:
    return optional(annotation) if schema.info.nullable else annotation


def optional(annotation: str) -> str:
    """An annotation that takes `None` too."""
    parts = split_union(annotation)
    return annotation if "None" in parts or annotation == "Any" else f"{annotation} | None"
