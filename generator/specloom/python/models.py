"""Schemas -> typed class bodies, by datamodel-code-generator; the only module that knows the tool.

The tool decides the type of every field and the members of every enumeration. It sees a schema that holds nothing but
structure, under names that are planned already: no text of a document, no format, no constraint. Types that it has no
word for (times that keep their wire form, JSON in a string, models of another module) reach it as placeholders. What
it returns is read as a syntax tree and compared with the plan: classes, fields and annotations, and nothing else.
"""

from __future__ import annotations

import ast
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from specloom.model import (
    AnySchema,
    ArraySchema,
    BooleanSchema,
    EnumSchema,
    IntegerSchema,
    MapSchema,
    NeverSchema,
    NumberSchema,
    ReferenceSchema,
    Schema,
    StringSchema,
    UnionSchema,
)
from specloom.python.types import split_union

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from specloom.cache import Cache
    from specloom.python.types import Types


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedField:
    """A field of a model: its Python name, the schema of its values, and the annotation that it is to have."""

    name: str
    schema: Schema
    annotation: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedModel:
    """A class for an object."""

    name: str
    fields: tuple[PlannedField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEnum:
    """A class for an enumeration: (name, value) of every member."""

    name: str
    kind: str
    members: tuple[tuple[str, str | int], ...]


Planned = PlannedModel | PlannedEnum


@dataclass(frozen=True, slots=True)
class Typed:
    """What the tool decided: annotations of fields by class and field, names of members by class."""

    annotations: Mapping[str, Mapping[str, str]]
    members: Mapping[str, tuple[str, ...]]


PIECE = 100
"""Most classes that the tool is given at once: its time grows faster than their number."""

PROCESSES_FROM = 300
"""Classes from which on the tool runs in several processes: each pays half a second for importing it."""


class ModelMismatchError(Exception):
    """The tool returned something other than what was planned: a fault of specloom, or a change of the tool."""


def type_models(modules: Sequence[Sequence[Planned]], types: Types, templates: Path, cache: Cache) -> list[Typed]:
    """Have the tool type the classes of modules.

    Args:
        modules: Every class of each module, under names that nothing else in it has.
        types: How annotations are written.
        templates: Folder of the templates that the tool prints with.
        cache: Keeps what the tool returned for a module; an entry is compared with the plan as a fresh answer is.

    Raises:
        ModelMismatchError: What came back is not what was planned.
    """
    cut = [[planned[start : start + PIECE] for start in range(0, len(planned), PIECE)] for planned in modules]
    typed = iter(_type_pieces([piece for pieces in cut for piece in pieces], types, templates, cache))
    return [_joined([next(typed) for _ in pieces]) for pieces in cut]


def _type_pieces(pieces: Sequence[Sequence[Planned]], types: Types, templates: Path, cache: Cache) -> list[Typed]:
    requests = [_request(planned, types) for planned in pieces]
    keys = [cache.key("models", [one.schema, one.placeholders]) if cache.is_kept else "" for one in requests]
    found = [_kept(cache.read(key), planned) for key, planned in zip(keys, pieces, strict=True)]
    missing = [index for index, one in enumerate(found) if one is None]
    sources = _generate_all([requests[index].schema for index in missing], templates)
    for index, source in zip(missing, sources, strict=True):
        typed = _read(source, requests[index].placeholders)
        _compare(pieces[index], typed)
        cache.write(keys[index], [typed.annotations, typed.members])
        found[index] = typed
    return [one for one in found if one is not None]


def _joined(pieces: Sequence[Typed]) -> Typed:
    return Typed(
        {name: found for piece in pieces for name, found in piece.annotations.items()},
        {name: found for piece in pieces for name, found in piece.members.items()},
    )


def as_planned(modules: Sequence[Sequence[Planned]]) -> list[Typed]:
    """What the tool would return, for it is compared with this: annotations and members as they are planned."""
    return [
        Typed(
            {
                one.name: {each.name: each.annotation for each in one.fields} if isinstance(one, PlannedModel) else {}
                for one in planned
            },
            {
                one.name: tuple(name for name, _ in one.members) if isinstance(one, PlannedEnum) else ()
                for one in planned
            },
        )
        for planned in modules
    ]


@dataclass(frozen=True, slots=True)
class _Request:
    """What the tool is asked for one module, and what its placeholders stand for."""

    schema: dict[str, Any]
    placeholders: dict[str, str]


def _request(planned: Sequence[Planned], types: Types) -> _Request:
    writer = _Writer(types=types, here=frozenset(one.name for one in planned))
    definitions = {one.name: writer.definition(one) for one in planned}
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions}
    return _Request(schema, writer.placeholders)


def _kept(entry: Any, planned: Sequence[Planned]) -> Typed | None:
    """A kept answer, if it is one and fits the plan."""
    try:
        annotations, members = entry
        typed = Typed(annotations, {name: tuple(found) for name, found in members.items()})
        _compare(planned, typed)
    except (TypeError, ValueError, AttributeError, KeyError, SyntaxError, ModelMismatchError):
        return None
    return typed


def _generate_all(schemas: Sequence[dict[str, Any]], templates: Path) -> list[str]:
    """Run the tool for several modules: in processes of its own where it has much to do and there are processors."""
    classes = sum(len(one["$defs"]) for one in schemas)
    workers = min(len(schemas), os.cpu_count() or 1)
    if workers < 2 or classes < PROCESSES_FROM:
        return [_generate(one, templates) for one in schemas]
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        # The largest first, so that no process is left alone with it at the end.
        order = sorted(range(len(schemas)), key=lambda index: -len(schemas[index]["$defs"]))
        running = {index: pool.submit(_generate, schemas[index], templates) for index in order}
        return [running[index].result() for index in range(len(schemas))]


@dataclass(slots=True)
class _Writer:
    """Writes the schema that the tool sees."""

    types: Types
    here: frozenset[str]
    placeholders: dict[str, str] = field(default_factory=dict)

    def definition(self, planned: Planned) -> dict[str, Any]:
        if isinstance(planned, PlannedEnum):
            names = [name for name, _ in planned.members]
            values = [value for _, value in planned.members]
            return {"type": planned.kind, "enum": values, "x-enum-varnames": names}
        return {
            "type": "object",
            "properties": {one.name: self.schema(one.schema) for one in planned.fields},
            "required": [one.name for one in planned.fields if one.required],
        }

    def schema(self, schema: Schema) -> dict[str, Any]:
        if schema.info.nullable:
            return self._either([self._bare(schema), {"type": "null"}])
        return self._bare(schema)

    def _either(self, members: list[dict[str, Any]]) -> dict[str, Any]:
        return {"anyOf": [inner for one in members for inner in one.get("anyOf", [one])]}

    def _bare(self, schema: Schema) -> dict[str, Any]:
        match schema:
            case ReferenceSchema(name=name) if self.types.classes[name] in self.here:
                return {"$ref": f"#/$defs/{self.types.classes[name]}"}
            case AnySchema() | NeverSchema():
                return {}
            case BooleanSchema() | EnumSchema(kind="boolean"):
                return {"type": "boolean"}
            case IntegerSchema():
                return {"type": "integer"}
            case NumberSchema() | EnumSchema(kind="number"):
                return {"type": ["integer", "number"]}
            case StringSchema(format=name) if name not in {"date-time", "date", "uuid"}:
                return {"type": "string"}
            case ArraySchema(items=items, prefix=()):
                return {"type": "array", "items": self.schema(items)}
            case MapSchema(values=values):
                return {"type": "object", "additionalProperties": self.schema(values) or True}
            case UnionSchema(members=members):
                return self._either([self.schema(one) for one in members])
        return self._foreign(schema)

    def _foreign(self, schema: Schema) -> dict[str, Any]:
        """Something that the tool has no word for: a name that the annotation is put in the place of afterwards."""
        annotation = self.types.bare(schema)
        name = f"Foreign{len(self.placeholders)}Type"
        self.placeholders[name] = annotation
        return {"type": "object", "x-python-type": name}


def _generate(schema: dict[str, Any], templates: Path) -> str:
    """Run the tool in this process: no network, no files but its templates, nothing of the machine in the result."""
    # Imported here, for it costs more than everything else that a build without changes does.
    from datamodel_code_generator import generate
    from datamodel_code_generator.enums import DataModelType, InputFileType
    from datamodel_code_generator.format import Formatter, PythonVersion

    returned = generate(
        schema,
        input_file_type=InputFileType.JsonSchema,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        custom_template_dir=templates,
        base_class="specloom.Model",
        formatters=[Formatter.BUILTIN],
        disable_timestamp=True,
        allow_remote_refs=False,
        strict_nullable=True,
        keep_model_order=True,
        skip_root_model=True,
        treat_dot_as_module=False,
        use_standard_collections=True,
        use_union_operator=True,
        custom_class_name_generator=str,  # names are planned; the tool would put `OW1_9` and `OW19` into one
    )
    if not isinstance(returned, str):
        raise ModelMismatchError(f"one module was asked for, {type(returned).__name__} came back")
    return returned


def _read(source: str, placeholders: Mapping[str, str]) -> Typed:
    """What the tool returned: classes, their fields and members, and nothing else but what it imports."""
    annotations: dict[str, dict[str, str]] = {}
    members: dict[str, tuple[str, ...]] = {}
    lines = source.encode().splitlines()
    for node in _classes(source):
        fields, assigned = annotations.setdefault(node.name, {}), []
        for one in node.body:
            match one:
                case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=None):
                    fields[name] = _restored(_segment(lines, annotation), placeholders)
                case ast.Assign(
                    targets=[ast.Name(id=name)], value=ast.Constant() | ast.UnaryOp(operand=ast.Constant())
                ):
                    assigned.append(name)
                case ast.Pass():
                    continue
                case _:
                    raise ModelMismatchError(f"`{ast.unparse(one)}` stands in {node.name}, which was not asked for")
        members[node.name] = tuple(assigned)
    return Typed(annotations, members)


def _classes(source: str) -> Iterator[ast.ClassDef]:
    for node in ast.parse(source).body:
        match node:
            case ast.ClassDef(decorator_list=[], keywords=[]):
                yield node
            case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Call(func=ast.Attribute(attr="model_rebuild"))):
                continue
            case _:
                raise ModelMismatchError(f"`{ast.unparse(node)}` stands beside the classes, which was not asked for")


def _segment(lines: list[bytes], node: ast.expr) -> str:
    """What an expression is in the source; `ast.get_source_segment` cuts all of that into lines each time."""
    held = lines[node.lineno - 1 : node.end_lineno]
    held[-1] = held[-1][: node.end_col_offset]
    held[0] = held[0][node.col_offset :]
    return b"\n".join(held).decode()


def _restored(annotation: str, placeholders: Mapping[str, str]) -> str:
    """Put annotations in the place of their placeholders; one may be a member that the union has already."""
    restored = re.sub(r"\bForeign\d+Type\b", lambda found: placeholders[found.group()], annotation)
    members = dict.fromkeys(split_union(restored))
    return "Any" if "Any" in members else " | ".join(members)


def _compare(planned: Sequence[Planned], typed: Typed) -> None:
    missing = {one.name for one in planned} ^ typed.annotations.keys()
    if missing:
        raise ModelMismatchError(f"classes differ from the plan: {', '.join(sorted(missing))}")
    for one in planned:
        if isinstance(one, PlannedEnum):
            wanted = tuple(name for name, _ in one.members)
            if typed.members[one.name] != wanted:
                raise ModelMismatchError(f"{one.name} has members {typed.members[one.name]}, planned are {wanted}")
            continue
        found = {name: _parts(annotation) for name, annotation in typed.annotations[one.name].items()}
        wanted_fields = {each.name: _parts(each.annotation) for each in one.fields}
        for name in sorted(found.keys() | wanted_fields.keys()):
            if found.get(name) != wanted_fields.get(name):
                shown = typed.annotations[one.name].get(name)
                raise ModelMismatchError(f"{one.name}.{name} is {shown}, planned is {wanted_fields.get(name)}")


def _parts(annotation: str) -> list[str]:
    """The members of an annotation, spelled as a syntax tree spells them, so that quotes and order do not matter."""
    return sorted(split_union(ast.unparse(ast.parse(annotation, mode="eval"))))
