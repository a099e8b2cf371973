"""Plans the classes of models: their names, fields and text. `plan_modules` says where they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.model import (
    AnySchema,
    ArraySchema,
    BooleanSchema,
    Bounds,
    ConstSchema,
    EnumSchema,
    IntegerSchema,
    MapSchema,
    NamedSchema,
    NumberSchema,
    ObjectSchema,
    ReferenceSchema,
    StringSchema,
)
from specloom.python import docs, literals, names
from specloom.python.limits import is_sensitive
from specloom.python.limits import limits as limits_of
from specloom.python.models import Planned, PlannedEnum, PlannedField, PlannedModel, Typed
from specloom.python.types import folded_union, optional, split_union
from specloom.python.views import ClassView, LineView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.model import Property, Schema
    from specloom.python.naming import Naming

RUNTIME_TYPES = ("ByTag", "Date", "DateTime", "JsonText", "StandsFor", "Uuid")
"""Names of the runtime that annotations of models may hold."""


def plan_class(named: NamedSchema, naming: Naming) -> Planned:
    """Plan the class of a schema: name, fields with their types, or members."""
    return _enum_class(named, naming) if isinstance(named.schema, EnumSchema) else _model_class(named, naming)


def default_enums(named: NamedSchema, naming: Naming) -> Iterator[str]:
    """The enumerations that defaults of a model name: they are looked up where its class is made."""
    for one in named.schema.properties if isinstance(named.schema, ObjectSchema) else ():
        if (
            isinstance(one.schema, ReferenceSchema)
            and naming.kinds[one.schema.name]
            and _default(one, naming) != "None"
        ):
            yield one.schema.name


def _enum_class(named: NamedSchema, naming: Naming) -> PlannedEnum:
    assert isinstance(named.schema, EnumSchema)
    given = {one.value: one.name for one in named.schema.members if isinstance(one.value, str | int)}
    members = tuple((name, value) for value, name in names.member_names(given).items())
    return PlannedEnum(name=naming.classes[named.name], kind=named.schema.kind, members=members)


def _model_class(named: NamedSchema, naming: Naming) -> PlannedModel:
    assert isinstance(named.schema, ObjectSchema)
    types = naming.types()
    fields = field_names(named.schema)
    return PlannedModel(
        name=naming.classes[named.name],
        fields=tuple(
            PlannedField(
                name=fields[one.name],
                schema=one.schema,
                annotation=_annotation(types.held(one.schema), one),
                required=is_required(one),
            )
            for one in named.schema.properties
        ),
    )


def field_names(schema: ObjectSchema) -> dict[str, str]:
    """The field of each member, by the name of that on the wire."""
    return names.distinct((one.name for one in schema.properties), names.field_name)


def is_required(property_: Property) -> bool:
    """Whether a model cannot be without a member. One that goes in one direction only is missing in the other."""
    info = property_.schema.info
    return property_.required and not (info.read_only or info.write_only)


def _annotation(held: str, property_: Property) -> str:
    return held if is_required(property_) else optional(held)


def view_class(named: NamedSchema, planned: Planned, naming: Naming, typed: Typed, is_sent: bool) -> ClassView:
    """The class of a schema as its template prints it, once it is typed.

    Args:
        is_sent: Whether it may be part of what clients send.
    """
    if isinstance(planned, PlannedEnum):
        return _enum(named, planned, typed)
    assert isinstance(named.schema, ObjectSchema)
    lines = tuple(
        LineView(
            text=_field(field.name, typed.annotations[planned.name][field.name], _default(one, naming)),
            docstring=_field_docs(one, naming),
        )
        for one, field in zip(named.schema.properties, planned.fields, strict=True)
    )
    others = _others(named.schema, naming)
    lines = (*lines, *([LineView(text=others, docstring="")] if others else []))
    config = _config(named.schema, planned, naming, is_sent)
    return ClassView(name=planned.name, base="Model", docstring=_class_docs(named), config=config, lines=lines)


def _others(schema: ObjectSchema, naming: Naming) -> str:
    """What a model says of members that it does not name, where they have a type.

    Type checkers read it at `model_extra`, and pydantic where it takes it from: no one spelling suits both.
    """
    kinds = [one for one in (*(each.schema for each in schema.patterns), schema.additional) if one is not None]
    if not kinds or any(isinstance(one, AnySchema) for one in kinds):
        return ""
    types = naming.types()
    held = " | ".join(dict.fromkeys(part for one in kinds for part in split_union(types.held(one))))
    if held == "Any":
        return ""
    kind = f"dict[str, {held}]"
    indent = literals.INDENT
    return (
        f"if TYPE_CHECKING:\n\n{indent * 2}@property\n{indent * 2}def model_extra(self) -> {kind}: ...\n"
        f"\n{indent}else:\n{indent * 2}__pydantic_extra__: {kind}"
    )


def _config(schema: ObjectSchema, planned: PlannedModel, naming: Naming, is_sent: bool) -> str:
    """What the annotations of a model do not say: names on the wire, optional members that may be null, no others,
    what is sent is held to, which values are secrets.
    """
    pairs = list(zip(schema.properties, planned.fields, strict=True))
    wires = {literals.string(to.name): literals.string(one.name) for one, to in pairs if to.name != one.name}
    types = naming.types()
    nullable = [to.name for one, to in pairs if not to.required and "None" in split_union(types.held(one.schema))]
    arguments = [] if not wires else [literals.mapping_of(wires, indent=2)]
    if nullable:
        arguments.append(f"nullable={_names(nullable)}")
    if schema.additional is None and not schema.patterns:
        arguments.append("closed=True")
    held = {
        to.name: limits_of(one.schema, types, indent=3, before=len(to.name) + 4)
        for one, to in pairs
        if is_sent and not one.schema.info.read_only
    }
    if any(held.values()):
        entries = {literals.string(name): text for name, text in held.items() if text}
        arguments.append(f"limits={literals.mapping_of(entries, indent=2, before=len('limits='), after=1)}")
    sensitive = [to.name for one, to in pairs if is_sensitive(one.schema)]
    if sensitive:
        arguments.append(f"sensitive={_names(sensitive)}")
    if not arguments:
        return ""
    flat = f"model_config = wire_names({', '.join(arguments)})"
    if "\n" not in flat and len(flat) + len(literals.INDENT) <= literals.LINE_LENGTH:
        return flat
    comma = "," if len(arguments) > 1 else ""
    return "model_config = wire_names(\n        " + ",\n        ".join(arguments) + f"{comma}\n    )"


def _names(listed: Sequence[str]) -> str:
    return f"({', '.join(literals.string(name) for name in listed)}{',' if len(listed) == 1 else ''})"


def _enum(named: NamedSchema, planned: PlannedEnum, typed: Typed) -> ClassView:
    assert isinstance(named.schema, EnumSchema)
    described = {one.value: one.description for one in named.schema.members}
    lines = tuple(
        LineView(
            text=literals.assigned(name, literals.scalar(value)),
            docstring=docs.docstring([docs.sentence(described[value])]),
        )
        for name, value in zip(typed.members[planned.name], (value for _, value in planned.members), strict=True)
    )
    base, other = ("OpenIntEnum", "-1") if planned.kind == "integer" else ("OpenEnum", '"any other text"')
    base = "ExtensibleEnum" if named.schema.extensible else base
    unlisted = LineView(text=f"if TYPE_CHECKING:\n        _OTHER = {other}", docstring="")
    return ClassView(name=planned.name, base=base, docstring=_class_docs(named), config="", lines=(*lines, unlisted))


def _class_docs(named: NamedSchema) -> str:
    info = named.schema.info
    kind = "Values of" if isinstance(named.schema, EnumSchema) else "The object"
    first, *rest = docs.paragraphs(info.description) or [f"{kind} `{docs.plain(info.title or named.name)}`."]
    notes = [*_limits(named.schema), *_unchecked(named.schema)]
    return docs.docstring([docs.sentence(first), *rest, " ".join(notes)])


_LONGEST = 60
"""Characters of a default that is shown where it stands."""


def _field_docs(property_: Property, naming: Naming) -> str:
    info = property_.schema.info
    blocks = docs.paragraphs(info.description)
    notes = [*_value_notes(property_.schema), *(["Deprecated."] if info.deprecated else [])]
    if info.default is not None and info.default.value is not None and _default(property_, naming) == "None":
        written = docs.plain(str(literals.json(info.default.value)))
        notes.append(f"Left out, it means `{written}`." if len(written) <= _LONGEST else "A default is documented.")
    if info.read_only or info.write_only:
        notes.append("Only in answers." if info.read_only else "Only in requests.")
    if notes:
        blocks = [*blocks, " ".join(notes)]
    if blocks:
        blocks[0] = docs.sentence(blocks[0])
    return docs.docstring(blocks)


def _value_notes(schema: Schema) -> Iterator[str]:
    """What a type does not say of its values: units, formats, ranges, stand-ins for nothing."""
    if isinstance(schema, IntegerSchema) and schema.epoch:
        yield f"In {schema.epoch} since 1970-01-01 UTC."
    if isinstance(schema, StringSchema) and schema.format and schema.format not in {"date-time", "date", "uuid"}:
        yield f"Format: {docs.plain(schema.format)}."
    if isinstance(schema, StringSchema) and (schema.content_media_type or schema.content_encoding):
        held = (schema.content_media_type, schema.content_encoding)
        yield f"Holds {' in '.join(f'`{docs.plain(one)}`' for one in held if one)}."
    yield from _unchecked(schema)
    yield from _limits(schema)
    for one in schema.info.sentinels:
        yield f"`{docs.plain(str(one.value))}` means: {docs.plain(one.means)}."


def _unchecked(schema: Schema) -> Iterator[str]:
    """Keywords that narrow what no type can say."""
    named = dict.fromkeys(f"`{one.keyword}`" for one in schema.info.assertions)
    if named:
        yield f"Not checked: {', '.join(named)} of the document."


def _limits(schema: Schema) -> Iterator[str]:
    """Documented limits, which a model does not check: a service may widen them without notice."""
    match schema:
        case IntegerSchema(bounds=bounds) | NumberSchema(bounds=bounds):
            yield from _bounds(bounds)
        case StringSchema(min_length=least, max_length=most, pattern=pattern):
            yield from _span(least, most, "characters")
            if pattern:
                yield f"Pattern: `{docs.plain(pattern)}`."
        case ArraySchema(min_items=least, max_items=most, unique=unique):
            yield from _span(least, most, "elements")
            if unique:
                yield "No element twice."
        case ObjectSchema(min_properties=least, max_properties=most):
            yield from _span(least, most, "members")
        case MapSchema(min_properties=least, max_properties=most):
            yield from _span(least, most, "members")


def _bounds(bounds: Bounds) -> Iterator[str]:
    if bounds.minimum is not None and bounds.maximum is not None:
        yield f"From {bounds.minimum} to {bounds.maximum}."
        bounds = replace(bounds, minimum=None, maximum=None)
    words = (
        ("At least", bounds.minimum),
        ("More than", bounds.exclusive_minimum),
        ("At most", bounds.maximum),
        ("Less than", bounds.exclusive_maximum),
        ("A multiple of", bounds.multiple_of),
    )
    yield from (f"{word} {value}." for word, value in words if value is not None)


def _span(least: int | None, most: int | None, unit: str) -> Iterator[str]:
    if least:
        yield f"At least {least} {unit}."
    if most is not None:
        yield f"At most {most} {unit}."


def limits(schema: Schema) -> str:
    """What a document says of the size of a value, in words."""
    return " ".join(_limits(schema))


def _default(property_: Property, naming: Naming) -> str:
    if is_required(property_):
        return ""
    return default_literal(property_.schema, naming) or "None"


def _field(name: str, annotation: str, default: str) -> str:
    """A field of a model, folded where it is longer than a line."""
    flat = literals.assigned(f"{name}: {annotation}", default) if default else f"{name}: {annotation}"
    if len(literals.INDENT) + len(flat.partition("\n")[0]) <= literals.LINE_LENGTH:
        return flat
    after = f" = {default}" if default else ""
    margin = literals.INDENT * 2
    if len(split_union(annotation)) > 1:
        return f"{name}: (\n{folded_union(annotation, 2)}\n{literals.INDENT}){after}"
    outer, bracket, inner = annotation.partition("[")
    if len(margin) + len(inner.removesuffix("]") or outer) > literals.LINE_LENGTH:
        return flat
    if bracket:
        return f"{name}: {outer}[\n{margin}{inner.removesuffix(']')}\n{literals.INDENT}]{after}"
    return f"{name}: (\n{margin}{outer}\n{literals.INDENT}){after}"


def default_literal(schema: Schema, naming: Naming, prefix: str = "") -> str:
    """A documented default as an expression; empty where there is none that the type could hold."""
    default = schema.info.default
    if default is None or default.value is None:
        return ""
    value = default.value
    match schema:
        case BooleanSchema() if isinstance(value, bool):
            return literals.scalar(value)
        case IntegerSchema() if isinstance(value, int) and not isinstance(value, bool):
            return literals.scalar(value)
        case NumberSchema() if isinstance(value, int | float) and not isinstance(value, bool):
            return literals.scalar(value)
        case StringSchema(format=name) if isinstance(value, str) and name not in {"date-time", "date", "uuid"}:
            return literals.scalar(value)
        case ConstSchema() if value == schema.value and isinstance(value, str | bool | int):
            return literals.scalar(value)
        case ReferenceSchema(name=name) if naming.kinds[name] and isinstance(value, str | int):
            return f"{prefix}{naming.classes[name]}({literals.scalar(value)})"
    return ""
