"""Types that have a name of their own and are no classes: unions of models, and what leads back to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.model import (
    ArraySchema,
    EnumSchema,
    JsonTextSchema,
    MapSchema,
    ObjectSchema,
    ReferenceSchema,
    StandInSchema,
    UnionSchema,
)
from specloom.python import docs, literals
from specloom.python.types import optional, split_union
from specloom.python.views import LineView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from specloom.model import NamedSchema, Schema
    from specloom.python.naming import Naming


def is_alias(named: NamedSchema) -> bool:
    """Whether a named schema is emitted as a name for a type, not as a class."""
    return not isinstance(named.schema, ObjectSchema | EnumSchema)


def plan_aliases(schemas: Sequence[NamedSchema], naming: Naming, is_far: Callable[[str], bool]) -> tuple[LineView, ...]:
    """The aliases of one module, each after those that it is made of.

    Args:
        is_far: Whether a type is of another module, and not there yet when this one is imported.
    """
    waiting = {one.name: one for one in schemas if is_alias(one)}
    ordered: list[LineView] = []
    while waiting:
        ready = [one for one in waiting.values() if not (set(_direct(one.schema)) & waiting.keys())]
        # What is left leads back to itself. That, and what is far, is written as text: looked up when it is needed.
        circular = not ready
        for one in ready or list(waiting.values()):
            distant = any(is_far(naming.classes[name]) for name in _direct(one.schema))
            ordered.append(_alias(one, naming, as_text=circular or distant))
            del waiting[one.name]
    return tuple(ordered)


def _direct(schema: Schema) -> Iterator[str]:
    """The named schemas that the annotation of a schema names."""
    inner: tuple[Schema, ...] = ()
    match schema:
        case ReferenceSchema(name=name):
            yield name
        case UnionSchema(members=members):
            inner = members
        case ArraySchema(items=items, prefix=prefix):
            inner = (*prefix, items)
        case MapSchema(values=held) | StandInSchema(value=held) | JsonTextSchema(content=held):
            inner = (held,)
    for one in inner:
        yield from _direct(one)


def _alias(named: NamedSchema, naming: Naming, *, as_text: bool) -> LineView:
    name, schema = naming.classes[named.name], named.schema
    about = docs.docstring([docs.sentence(one) for one in docs.paragraphs(schema.info.description)], indent=0)
    if isinstance(schema, ReferenceSchema) and not as_text:
        return LineView(text=f"{name} = {naming.classes[schema.name]}", docstring=about)
    value = _value(schema, naming)
    flat = literals.string(_joined(value)) if as_text else _joined(value)
    text = f"{name} = TypeAliasType({literals.string(name)}, {flat})"
    if len(text) > literals.LINE_LENGTH:
        folded = flat if as_text else _folded(value)
        text = f"{name} = TypeAliasType(\n    {literals.string(name)},\n    {folded},\n)"
    return LineView(text=text, docstring=about)


def _value(schema: Schema, naming: Naming) -> tuple[str, list[str], dict[str, str]]:
    """The annotation, and where a property tells its members apart: what `ByTag` is given, and class by value."""
    types = naming.types()
    annotation = types.held(schema)
    discriminator = schema.discriminator if isinstance(schema, UnionSchema) else None
    if discriminator is None or not isinstance(schema, UnionSchema):
        return annotation, [], {}
    members = [types.bare(one) for one in schema.members]
    tags = {literals.scalar(value): literals.string(members[at]) for value, at in discriminator.mapping}
    told = [literals.string(discriminator.property_name)]
    told += [] if discriminator.default is None else [f"default={literals.string(members[discriminator.default])}"]
    return annotation, told, tags


def _joined(value: tuple[str, list[str], dict[str, str]]) -> str:
    annotation, given, tags = value
    if not given:
        return annotation
    listed = ", ".join(f"{key}: {kind}" for key, kind in tags.items())
    arguments = ", ".join([given[0], f"{{{listed}}}", *given[1:]])
    told = f"Annotated[{annotation.removesuffix(' | None')}, ByTag({arguments})]"
    return optional(told) if annotation.endswith(" | None") else told


def _folded(value: tuple[str, list[str], dict[str, str]]) -> str:
    """As it stands on lines of its own, one step in."""
    annotation, given, tags = value
    if not given:
        return _union(annotation, 1)
    bare = annotation.removesuffix(" | None")
    mapping = literals.mapping_of(tags, indent=3, after=1)
    told = literals.call("ByTag", [given[0], mapping, *given[1:]], indent=2, after=1, split="\n" in mapping)
    union = _union(bare, 2)
    after = " | None" if bare != annotation else ""
    flat = f"Annotated[{union}, {told}]{after}"
    if "\n" not in flat and len(flat) + 5 <= literals.LINE_LENGTH:
        return flat
    return f"Annotated[\n        {union},\n        {told},\n    ]{after}"


def _union(annotation: str, indent: int) -> str:
    """A union, spelled so that a formatter can fold it where it is longer than a line."""
    margin = literals.INDENT * indent
    members = split_union(annotation)
    if len(margin) + len(annotation) + 1 <= literals.LINE_LENGTH or len(members) == 1:
        return annotation
    return "Union[\n" + "".join(f"{margin}{literals.INDENT}{one},\n" for one in members) + f"{margin}]"
