"""Rules about schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.document.grammar import Kind
from specloom.lint.rule import ERROR, WARNING, Finding, rule, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.document import Node
    from specloom.lint.rule import Rule
    from specloom.lint.survey import Survey

JSON_TYPES: Final = ("null", "boolean", "integer", "number", "string", "array", "object")
_PYTHON_TYPES: Final[dict[type, str]] = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}
# Keywords that say something about values of one type alone.
_TYPED: Final = {
    **dict.fromkeys(("maxLength", "minLength", "pattern"), frozenset(("string",))),
    **dict.fromkeys(("maximum", "minimum", "multipleOf"), frozenset(("integer", "number"))),
    **dict.fromkeys(("exclusiveMaximum", "exclusiveMinimum"), frozenset(("integer", "number"))),
    **dict.fromkeys(("items", "prefixItems", "maxItems", "minItems", "uniqueItems"), frozenset(("array",))),
    **dict.fromkeys(("properties", "required", "additionalProperties", "minProperties"), frozenset(("object",))),
}


@rule(
    "SL531",
    "array-without-items",
    ERROR,
    summary="An array of an OpenAPI 3.0 document has no items",
    why="OpenAPI 3.0 requires `items` beside `type: array`; without it the type of the elements is unknown.",
    bad="type: array",
    good="type: array\nitems: {type: string}",
    hint="add `items`; write `items: {}` if anything may come",
)
def array_without_items(survey: Survey) -> Iterator[Finding]:
    """Look at the arrays of 3.0 documents; 3.1 allows it."""
    for schema in survey.of(Kind.SCHEMA):
        if schema.value.get("type") == "array" and "items" not in schema.value and schema.document.version == "3.0":
            yield Finding(schema.location, "the array has no `items`")


@rule(
    "SL532",
    "mixed-enum",
    WARNING,
    summary="An enumeration holds values of several JSON types",
    why="`1` and `'1'` are different values. Mixed ones are mostly quotes that were forgotten; null beside others is "
    "fine.",
    bad="enum: [a, 1]",
    good="type: string\nenum: ['a', '1']",
    hint="quote the values that are meant as text, or split the schema with `oneOf`",
)
def mixed_enum(survey: Survey) -> Iterator[Finding]:
    """Look at enumerations that do not name their types; those that do are left to `enum-against-type`."""
    for schema in survey.of(Kind.SCHEMA):
        if "type" not in schema.value:
            yield from _mixed(schema)


def _mixed(schema: Node) -> Iterator[Finding]:
    enum = schema.get("enum")
    kinds: dict[str, Node] = {}
    for value in enum.elements() if enum else ():
        if value.value is not None:
            kinds.setdefault(json_type(value.value).replace("integer", "number"), value)
    if len(kinds) > 1:
        listed = " and ".join(sorted(kinds))
        yield Finding(list(kinds.values())[1].location, f"the enumeration mixes values of the types {listed}")


@rule(
    "SL533",
    "enum-against-type",
    ERROR,
    summary="A value of an enumeration does not have the type of its schema",
    why="No value can be both: this member of the enumeration can never come or be sent.",
    bad="type: string\nenum: [on, 1]",
    good="type: string\nenum: ['on', '1']",
    hint="quote the value if it is meant as text, or correct `type`",
)
def enum_against_type(survey: Survey) -> Iterator[Finding]:
    """Compare every value with `type`."""
    for schema in survey.of(Kind.SCHEMA):
        types = types_of(schema)
        enum = schema.get("enum")
        for value in enum.elements() if enum and types else ():
            if not has_type(value.value, types) and not (value.value is None and schema.value.get("nullable") is True):
                listed = " or ".join(types)
                message = f"{shown(value.value)} is of the type {json_type(value.value)}, and the schema says {listed}"
                yield Finding(value.location, message)


@rule(
    "SL534",
    "enum-without-type",
    WARNING,
    summary="An enumeration has no type",
    why="The type follows from the values today, and changes without notice with the next value.",
    bad="enum: [asc, desc]",
    good="type: string\nenum: [asc, desc]",
    hint="add `type`",
)
def enum_without_type(survey: Survey) -> Iterator[Finding]:
    """Look at enumerations that stand alone; within an `allOf` the type may come from beside it."""
    for schema in survey.of(Kind.SCHEMA):
        enum = schema.get("enum")
        if enum is not None and not {"type", "allOf", "$ref"} & schema.value.keys() and not _in_all_of(schema):
            yield Finding(enum.key_location, "the enumeration has no type")


@rule(
    "SL535",
    "repeated-enum-value",
    WARNING,
    summary="A value stands twice in an enumeration",
    why="The second adds nothing; one of the two was probably meant to be another value.",
    bad="enum: [asc, asc]",
    good="enum: [asc, desc]",
    hint="remove one of the two, or correct it",
)
def repeated_enum_value(survey: Survey) -> Iterator[Finding]:
    """Compare the values of every enumeration; in 3.0 validation does (SL305)."""
    for schema in survey.of(Kind.SCHEMA):
        enum = schema.get("enum") if schema.document.version != "3.0" else None
        known: set[tuple[str, str]] = set()
        for value in enum.elements() if enum else ():
            key = (json_type(value.value), repr(value.value))
            if key in known:
                yield Finding(value.location, f"{shown(value.value)} stands twice in the enumeration")
            known.add(key)


@rule(
    "SL537",
    "content-schema-without-media-type",
    ERROR,
    summary="A contentSchema stands without contentMediaType",
    why="JSON Schema ignores `contentSchema` unless `contentMediaType` says how to read the text.",
    bad="type: string\ncontentSchema: {$ref: '#/components/schemas/Row'}",
    good="type: string\ncontentMediaType: application/json\ncontentSchema: {$ref: '#/components/schemas/Row'}",
    hint="add `contentMediaType: application/json`",
)
def content_schema_without_media_type(survey: Survey) -> Iterator[Finding]:
    """Look at every schema with a `contentSchema`, which 3.0 does not have (SL303)."""
    for schema in survey.of(Kind.SCHEMA):
        content = schema.get("contentSchema") if schema.document.version != "3.0" else None
        if content is not None and not isinstance(schema.value.get("contentMediaType"), str):
            yield Finding(content.key_location, "the `contentSchema` stands without `contentMediaType`")


@rule(
    "SL538",
    "keyword-of-another-type",
    WARNING,
    summary="A keyword says nothing about values of the schema's type",
    why="`minLength` on a number and `required` on a string are ignored: the limit that was meant is not there.",
    bad="type: integer\nmaxLength: 10",
    good="type: integer\nmaximum: 9999999999",
    hint="use the keyword for this type, or correct `type`",
)
def keyword_of_another_type(survey: Survey) -> Iterator[Finding]:
    """Compare the keywords of every schema that names its type."""
    for schema in survey.of(Kind.SCHEMA):
        types = types_of(schema)
        for key in schema.value.keys() & _TYPED.keys() if types else ():
            if schema.value[key] is not False and not _TYPED[key].intersection(types):
                location = schema.child(key).key_location
                yield Finding(location, f"`{key}` says nothing about a value of the type {' or '.join(types)}")


@rule(
    "SL539",
    "impossible-bounds",
    ERROR,
    summary="A lower bound is above the upper one",
    why="No value fits, so nothing can be sent and nothing that comes is right.",
    bad="type: integer\nminimum: 10\nmaximum: 1",
    good="type: integer\nminimum: 1\nmaximum: 10",
    hint="swap or correct the two",
)
def impossible_bounds(survey: Survey) -> Iterator[Finding]:
    """Compare the pairs of bounds of every schema."""
    pairs = (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"))
    for schema in survey.of(Kind.SCHEMA):
        for low, high in (*pairs, ("minProperties", "maxProperties")):
            lower, upper = schema.value.get(low), schema.value.get(high)
            if _is_number(lower) and _is_number(upper) and lower > upper:
                yield Finding(schema.child(low).key_location, f"`{low}` is {lower} and `{high}` is {upper}")


def json_type(value: object) -> str:
    """Name the JSON type of a value, with `integer` apart from `number`."""
    return _PYTHON_TYPES[type(value)]


def types_of(schema: Node) -> tuple[str, ...]:
    """List the types that a schema names; nothing where it names none or one that does not exist."""
    declared = schema.value.get("type")
    named = declared if isinstance(declared, list) else [declared]
    return tuple(named) if named and all(isinstance(one, str) and one in JSON_TYPES for one in named) else ()


def has_type(value: object, types: tuple[str, ...]) -> bool:
    """Tell whether a value has one of the types, as JSON Schema has it: `1.0` is an integer too."""
    kind = json_type(value)
    if kind == "integer" or (isinstance(value, float) and value.is_integer()):
        return "integer" in types or "number" in types
    return kind in types


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _in_all_of(schema: Node) -> bool:
    return schema.pointer.rpartition("/")[0].endswith("/allOf")


RULES: Final[tuple[Rule, ...]] = (
    array_without_items,
    mixed_enum,
    enum_against_type,
    enum_without_type,
    repeated_enum_value,
    content_schema_without_media_type,
    keyword_of_another_type,
    impossible_bounds,
)
