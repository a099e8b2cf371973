"""Plans the modules of models: which classes, in which module, with which text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
from specloom.python.aliases import is_alias, plan_aliases
from specloom.python.imports import import_lines
from specloom.python.limits import is_sensitive
from specloom.python.limits import limits as limits_of
from specloom.python.models import PlannedEnum, PlannedField, PlannedModel, Typed, type_models
from specloom.python.naming import SHARED
from specloom.python.types import folded_union, optional, split_union
from specloom.python.views import ClassView, ExportView, LazyView, LineView, ModelsView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from specloom.model import Api, Property, Schema
    from specloom.python.naming import Naming

RUNTIME_TYPES = ("ByTag", "Date", "DateTime", "JsonText", "StandsFor", "Uuid")
"""Names of the runtime that annotations of models may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedModule:
    """A module of models before the tool has seen it."""

    name: str
    schemas: tuple[NamedSchema, ...]


def plan_modules(api: Api, naming: Naming) -> tuple[PlannedModule, ...]:
    """Sort the named schemas into modules: those of one resource, and those that several use."""
    found: dict[str, list[NamedSchema]] = {}
    for one in api.schemas:
        found.setdefault(naming.modules[one.name], []).append(one)
    # Enumerations go first: a default of a field names a member, and is looked up where the class is made.
    return tuple(
        PlannedModule(
            name=name, schemas=tuple(sorted(found[name], key=lambda one: isinstance(one.schema, ObjectSchema)))
        )
        for name in sorted(found)
    )


def plan_models(
    module: PlannedModule, naming: Naming, sent: frozenset[str], *, header: str, subject: str, templates: Path
) -> ModelsView:
    """Plan one module of models, and have its classes typed.

    Args:
        sent: The schemas that may be part of what clients send.
    """
    schemas = [one for one in module.schemas if not is_alias(one)]
    planned = [_planned(one, naming) for one in schemas]
    typed = type_models(planned, naming.types(), templates)
    views = [_class(one, plan, naming, typed, one.name in sent) for one, plan in zip(schemas, planned, strict=True)]
    aliases = plan_aliases(module.schemas, naming)
    return ModelsView(
        header=header,
        docstring=docs.docstring([f"Models of {subject}."], indent=0),
        imports=import_lines(_imports(module, views, aliases, naming)),
        classes=tuple(views),
        aliases=aliases,
    )


def plan_models_package(api: Api, naming: Naming, *, header: str, runtime: tuple[str, ...]) -> LazyView:
    """Plan the package of models, which imports a module when one of its names is first used.

    Args:
        runtime: Types of the runtime that are reached through it.
    """
    exports = [ExportView(name=naming.classes[one.name], module=naming.modules[one.name]) for one in api.schemas]
    by_module: dict[str, list[str]] = {}
    for one in exports:
        by_module.setdefault(f".{one.module}", []).append(one.name)
    if runtime:
        exports.extend(ExportView(name=name, module=".._runtime.models") for name in runtime)
        by_module["..._runtime.models"] = list(runtime)
    return LazyView(
        header=header,
        docstring=docs.docstring([f"Models of {docs.plain(api.title)}."], indent=0),
        imports=import_lines(by_module, indent=1),
        exports=tuple(sorted(exports, key=lambda one: one.name)),
        submodules=(),
        submodule_names="()",
    )


def _planned(named: NamedSchema, naming: Naming) -> PlannedModel | PlannedEnum:
    name = naming.classes[named.name]
    if isinstance(named.schema, EnumSchema):
        values = [one.value for one in named.schema.members if isinstance(one.value, str | int)]
        given = {one.value: one.name for one in named.schema.members if one.name}
        spelled = {str(value): value for value in values}
        made = names.distinct(
            spelled, lambda text: _member(spelled[text], given.get(spelled[text], "")), names.mark_upper
        )
        members = tuple((made[text], value) for text, value in spelled.items())
        return PlannedEnum(name=name, kind=named.schema.kind, members=members)
    assert isinstance(named.schema, ObjectSchema)
    types = naming.types()
    fields = names.distinct((one.name for one in named.schema.properties), names.field_name)
    return PlannedModel(
        name=name,
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


def _member(value: str | int, given: str) -> str:
    return names.member_name(given or value)


def is_required(property_: Property) -> bool:
    """Whether a model cannot be without a member. One that goes in one direction only is missing in the other."""
    info = property_.schema.info
    return property_.required and not (info.read_only or info.write_only)


def _annotation(held: str, property_: Property) -> str:
    return held if is_required(property_) else optional(held)


def _class(
    named: NamedSchema, planned: PlannedModel | PlannedEnum, naming: Naming, typed: Typed, is_sent: bool
) -> ClassView:
    if isinstance(planned, PlannedEnum):
        return _enum(named, planned, typed)
    assert isinstance(named.schema, ObjectSchema)
    lines = tuple(
        LineView(
            text=_field(field.name, typed.annotations[planned.name][field.name], _default(one, naming)),
            docstring=_field_docs(one),
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
    unlisted = LineView(text=f"if TYPE_CHECKING:\n        _OTHER = {other}", docstring="")
    return ClassView(name=planned.name, base=base, docstring=_class_docs(named), config="", lines=(*lines, unlisted))


def _class_docs(named: NamedSchema) -> str:
    info = named.schema.info
    kind = "Values of" if isinstance(named.schema, EnumSchema) else "The object"
    first, *rest = docs.paragraphs(info.description) or [f"{kind} `{docs.plain(info.title or named.name)}`."]
    notes = [*_limits(named.schema), *_unchecked(named.schema)]
    return docs.docstring([docs.sentence(first), *rest, " ".join(notes)])


def _field_docs(property_: Property) -> str:
    info = property_.schema.info
    blocks = docs.paragraphs(info.description)
    notes = [*_value_notes(property_.schema), *(["Deprecated."] if info.deprecated else [])]
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
    if not default:
        return f"{name}: {annotation}"
    flat = literals.assigned(f"{name}: {annotation}", default)
    if len(literals.INDENT) + len(flat.partition("\n")[0]) <= literals.LINE_LENGTH or len(split_union(annotation)) == 1:
        return flat
    return f"{name}: (\n{folded_union(annotation, 2)}\n{literals.INDENT}) = {default}"


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


def _imports(
    module: PlannedModule, views: Sequence[ClassView], aliases: Sequence[LineView], naming: Naming
) -> Mapping[str, list[str]]:
    wanted: dict[str, list[str]] = {"__future__": ["annotations"]}
    texts = [line.text for view in views for line in view.lines if view.base == "Model"]
    named = [line.text for line in aliases]
    used = literals.words("\n".join([*texts, *named])) | _quoted_words(named)
    typing = used & {"Annotated", "Any", "Literal", "Never", "TYPE_CHECKING", "Union"}
    if any(view.base != "Model" for view in views):
        typing |= {"TYPE_CHECKING"}
    if typing:
        wanted["typing"] = sorted(typing)
    if "TypeAliasType" in used:
        wanted["typing_extensions"] = ["TypeAliasType"]
    runtime = {view.base for view in views} | (used & set(RUNTIME_TYPES))
    if any(view.config for view in views):
        runtime.add("wire_names")
        runtime |= {"Limits"} & literals.words("\n".join(view.config for view in views))
    if runtime:
        wanted["..._runtime.models"] = sorted(runtime)
    if module.name != SHARED and (shared := used & naming.shared_classes):
        wanted[f".{SHARED}"] = sorted(shared)
    return wanted


def _quoted_words(aliases: Sequence[str]) -> frozenset[str]:
    """The names in aliases that are written as text."""
    quoted = [re.sub(r"^.*?TypeAliasType\(\s*\S+,\s*", "", one, flags=re.DOTALL) for one in aliases]
    return frozenset(word for one in quoted if one[:1] in "'\"" for word in re.findall(r"[^\W\d]\w*", one))
