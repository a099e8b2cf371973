"""Schemas of a document -> schemas of the API model, as a tree; `hoist.py` then gives names to what needs one."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from specloom.lower import keywords, read
from specloom.lower.hoist import Named, is_nameable
from specloom.lower.merge import Merge
from specloom.lower.unions import lower_union
from specloom.model import (
    AnySchema,
    ArraySchema,
    Assertion,
    BooleanSchema,
    Bounds,
    ConstSchema,
    Default,
    EnumMember,
    EnumSchema,
    IntegerSchema,
    JsonTextSchema,
    MapSchema,
    NeverSchema,
    NullSchema,
    NumberSchema,
    ObjectSchema,
    PatternProperty,
    Property,
    ReferenceSchema,
    Schema,
    SchemaInfo,
    Sentinel,
    StringSchema,
    UnionSchema,
)

if TYPE_CHECKING:
    from specloom.document import Node
    from specloom.lower.report import Report
    from specloom.model import Json

Identity = tuple[str, str]


def component_name(node: Node) -> str:
    """The name of a schema that is referred to: its key where it stands in a map of schemas, else its whole pointer."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in node.pointer.split("/")[1:]]
    if len(parts) >= 2 and parts[-2] in {"schemas", "$defs", "definitions"}:
        return parts[-1]
    return ".".join(parts) or node.file.rpartition("/")[2].partition(".")[0]


class Schemas:
    """Lowers the schemas of one document.

    Attributes:
        named: The schemas that have got a name so far.
    """

    def __init__(self, report: Report, *, version: str) -> None:
        self.report = report
        self.named = Named(report)
        self._old_nullable = version == "3.0"
        self._known: dict[Identity, Schema] = {}
        self._open: dict[Identity, str] = {}
        self._recursive: set[Identity] = set()
        self._merge = Merge(self)

    def lower(self, node: Node | None) -> Schema:
        """Lower a schema; what cannot be carried over is reported and becomes "any value"."""
        if node is None:
            raise ValueError("a schema node is needed")
        if node.value is False:
            message = "a schema that no value fits has no type in Python"
            self.report.error("SL401", node, message, "leave it out, or say what may stand here")
            return NeverSchema(info=SchemaInfo(location=node.location))
        if not isinstance(node.value, dict):
            return AnySchema(info=SchemaInfo(location=node.location))
        if node.is_reference:
            return self._reference(node)
        return self._in_place(node)

    def component(self, node: Node) -> Schema:
        """Lower a schema under its own name, each once; schemas that need no name are repeated where they are used."""
        identity = node.identity
        if identity in self._known:
            return self._known[identity]
        name = component_name(node)
        if identity in self._open:
            self._recursive.add(identity)
            return ReferenceSchema(name=name, info=SchemaInfo(location=node.location))
        self._open[identity] = name
        schema = self.lower(node)
        del self._open[identity]
        schema = self._register(node, name, schema)
        self._known[identity] = schema
        return schema

    def _register(self, node: Node, name: str, schema: Schema) -> Schema:
        if not is_nameable(schema):
            if node.identity in self._recursive:
                hint = "let it contain itself as a member of an object"
                self.report.error("SL404", node, f"`{name}` contains itself other than through an object", hint)
                return AnySchema(info=schema.info)
            return schema
        return self.named.settle(schema, name)

    def shape(self, schema: Schema) -> Schema | None:
        """What a schema is, references followed; `None` while that is not known yet."""
        while isinstance(schema, ReferenceSchema):
            found = self.named.get(schema.name)
            if found is None:
                return None
            schema = found
        return schema

    def _reference(self, node: Node) -> Schema:
        target = self.component(node.resolved())
        beside = {key for key in node.value if key != "$ref"}
        if self._old_nullable or not beside:
            return target
        if beside & keywords.SHAPE:
            merged = self._merge.all((target, self._in_place(node)), node)
            return self._merge.require(merged, read.texts(node, "required"))
        return self.described(target, node)

    def described(self, schema: Schema, node: Node) -> Schema:
        """Put what is said beside a reference in the place of what its target says."""
        beside = self.plain_info(node)
        info = replace(
            schema.info,
            location=beside.location,
            title=beside.title or schema.info.title,
            description=beside.description or schema.info.description,
            deprecated=beside.deprecated or schema.info.deprecated,
            read_only=beside.read_only or schema.info.read_only,
            write_only=beside.write_only or schema.info.write_only,
            sensitive=beside.sensitive or schema.info.sensitive,
            default=beside.default or schema.info.default,
            examples=beside.examples or schema.info.examples,
            sentinels=beside.sentinels or schema.info.sentinels,
        )
        return replace(schema, info=info)

    def _in_place(self, node: Node) -> Schema:
        self._check_keywords(node)
        if node.get("discriminator") is not None and node.get("oneOf") is None and node.get("anyOf") is None:
            message = "a `discriminator` without `oneOf` or `anyOf` is not carried over yet"
            self.report.error("SL401", node.child("discriminator"), message, "list the schemas in a `oneOf`")
        if node.get("allOf") is not None:
            return self._merge.lower_all_of(node)
        if node.get("oneOf") is not None or node.get("anyOf") is not None:
            return lower_union(self, self._merge, node)
        return self.plain(node)

    def plain(self, node: Node) -> Schema:
        """Lower a schema by its own keywords, without the composing ones."""
        info = self.plain_info(node)
        if node.get("const") is not None:
            return self._const(node, info)
        if node.get("enum") is not None:
            return self._enum(node, info)
        types = self._types(node)
        info = replace(info, nullable=info.nullable or ("null" in types and len(types) > 1))
        kinds = [kind for kind in types if kind != "null"]
        if not kinds:
            return NullSchema(info=info) if types else AnySchema(info=info)
        if len(kinds) == 1:
            return self._of_type(node, kinds[0], info)
        bare = SchemaInfo(location=info.location)
        members = tuple(self._of_type(node, kind, bare) for kind in kinds)
        return UnionSchema(info=info, members=members, exclusive=False)

    def _types(self, node: Node) -> tuple[str, ...]:
        found = node.get("type")
        if found is not None:
            listed = read.texts(node, "type")
            for name in listed:
                if name not in keywords.JSON_TYPES:
                    self.report.error("SL408", found, f"`{name}` is not a JSON type")
            return tuple(name for name in listed if name in keywords.JSON_TYPES)
        implied = dict.fromkeys(kind for key, kind in keywords.IMPLIED_TYPES.items() if node.get(key) is not None)
        return tuple(implied) if len(implied) == 1 else ()

    def _of_type(self, node: Node, kind: str, info: SchemaInfo) -> Schema:
        match kind:
            case "boolean":
                return BooleanSchema(info=info)
            case "integer":
                epoch = read.text(node, "x-specloom-epoch")
                return IntegerSchema(info=info, format=read.text(node, "format"), bounds=_bounds(node), epoch=epoch)
            case "number":
                return NumberSchema(info=info, format=read.text(node, "format"), bounds=_bounds(node))
            case "array":
                return self._array(node, info)
            case "object":
                return self._object(node, info)
            case _:
                return self._string(node, info)

    def _string(self, node: Node, info: SchemaInfo) -> Schema:
        media_type = read.text(node, "contentMediaType")
        content = node.get("contentSchema")
        if media_type.partition(";")[0].strip().endswith("json") and not read.text(node, "contentEncoding"):
            held = self.lower(content) if content is not None else AnySchema(info=SchemaInfo(location=info.location))
            return JsonTextSchema(info=info, content=held, media_type=media_type)
        return StringSchema(
            info=info,
            format=read.text(node, "format"),
            min_length=read.whole(node, "minLength"),
            max_length=read.whole(node, "maxLength"),
            pattern=read.text(node, "pattern"),
            content_media_type=media_type,
            content_encoding=read.text(node, "contentEncoding"),
        )

    def _array(self, node: Node, info: SchemaInfo) -> Schema:
        items = node.get("items")
        prefix = node.get("prefixItems")
        if prefix is not None:
            self.report.error(
                "SL401", prefix, "`prefixItems` has no type in Python yet", "describe the list by `items`"
            )
        anything = AnySchema(info=SchemaInfo(location=info.location))
        return ArraySchema(
            info=info,
            items=self.lower(items) if items is not None else anything,
            prefix=tuple(self.lower(one) for one in read.elements(node, "prefixItems")),
            min_items=read.whole(node, "minItems"),
            max_items=read.whole(node, "maxItems"),
            unique=read.flag(node, "uniqueItems"),
        )

    def _object(self, node: Node, info: SchemaInfo) -> Schema:
        required = set(read.texts(node, "required"))
        properties = tuple(
            Property(name=name, schema=self.lower(one), required=name in required, location=one.location)
            for name, one in read.members(node, "properties")
        )
        additional = self._additional(node, info)
        if properties and additional is not None and not isinstance(additional, AnySchema):
            message = "a schema for `additionalProperties` beside `properties` is not carried over yet"
            hint = "list the members, or leave `additionalProperties` out: unknown members are kept as they are"
            self.report.error("SL401", node.child("additionalProperties"), message, hint)
        if node.get("patternProperties") is not None:
            message = "`patternProperties` has no type in Python yet"
            hint = "leave it out: unknown members are kept as they are"
            self.report.error("SL401", node.child("patternProperties"), message, hint)
        patterns = tuple(
            PatternProperty(pattern=pattern, schema=self.lower(one))
            for pattern, one in read.members(node, "patternProperties")
        )
        if not properties and not patterns and additional is not None:
            return MapSchema(info=info, values=additional)
        return ObjectSchema(
            info=info,
            properties=properties,
            additional=additional,
            patterns=patterns,
            min_properties=read.whole(node, "minProperties"),
            max_properties=read.whole(node, "maxProperties"),
        )

    def _additional(self, node: Node, info: SchemaInfo) -> Schema | None:
        found = node.get("additionalProperties")
        if found is None or found.value is True:
            return AnySchema(info=SchemaInfo(location=info.location))
        return None if found.value is False else self.lower(found)

    def _const(self, node: Node, info: SchemaInfo) -> Schema:
        value = node.child("const").value
        self._check_type(node.child("const"), node)
        if value is None:
            return NullSchema(info=info)
        if isinstance(value, dict | list | float):
            hint = "write it as an ordinary schema"
            self.report.error("SL401", node.child("const"), "a `const` of this kind is not carried over yet", hint)
        return ConstSchema(info=info, value=value)

    def _enum(self, node: Node, info: SchemaInfo) -> Schema:
        listed = list(read.elements(node, "enum"))
        values = [one.value for one in listed if one.value is not None]
        names, texts = read.texts(node, "x-enum-varnames"), read.texts(node, "x-enum-descriptions")
        if len(names) != len(values):
            names = ()
        if len(texts) != len(values):
            texts = ()
        for one in listed:
            if isinstance(one.value, dict | list):
                self.report.error("SL401", one, "an `enum` of objects or lists is not carried over yet")
            else:
                self._check_type(one, node)
        members = tuple(
            EnumMember(value=value, name=names[index] if names else "", description=texts[index] if texts else "")
            for index, value in enumerate(values)
        )
        info = replace(info, nullable=info.nullable or len(values) < len(listed) or "null" in self._types(node))
        if not members:
            return NullSchema(info=info)
        return EnumSchema(info=info, kind=_kind_of(values), members=members)

    def _check_type(self, value: Node, node: Node) -> None:
        """A listed value that its own schema rules out."""
        types = self._types(node) if node.get("type") is not None else ()
        if value.value is None and (read.flag(node, "nullable") or read.flag(node, "x-nullable")):
            return
        if types and not any(type(value.value) in _PYTHON[one] for one in types):
            shown = " or ".join(types)
            self.report.error("SL402", value, f"the schema has type {shown}, and this is none", "correct one of them")

    def plain_info(self, node: Node) -> SchemaInfo:
        """What a schema says about itself, whatever it is."""
        default = node.get("default")
        example = node.get("example")
        examples = tuple(one.value for one in read.elements(node, "examples"))
        return SchemaInfo(
            location=node.location,
            title=read.text(node, "title"),
            description=read.text(node, "description"),
            nullable=read.flag(node, "nullable") or read.flag(node, "x-nullable"),
            deprecated=read.flag(node, "deprecated"),
            read_only=read.flag(node, "readOnly"),
            write_only=read.flag(node, "writeOnly"),
            sensitive=read.flag(node, "x-specloom-sensitive") or read.text(node, "format") == "password",
            default=None if default is None else Default(value=default.value),
            examples=examples if example is None else (example.value, *examples),
            sentinels=tuple(
                Sentinel(value=value.value, means=read.text(one, "means"))
                for one in read.elements(node, "x-specloom-sentinels")
                if (value := one.get("value")) is not None
            ),
            assertions=tuple(
                Assertion(keyword=key, value=one.value, location=one.location)
                for key, one in node.items()
                if key in keywords.ASSERTIONS
            ),
        )

    def _check_keywords(self, node: Node) -> None:
        for key, one in node.items():
            if key in keywords.REFUSED:
                self.report.error("SL401", one, f"`{key}` is not carried over yet", "use `$ref`")
            elif not (key in keywords.CARRIED or key in keywords.ASSERTIONS or key.startswith("x-")):
                nearest = get_close_matches(key, keywords.CARRIED, n=1)
                hint = f"did you mean `{nearest[0]}`?" if nearest else "an extension starts with `x-`"
                self.report.warning("SL406", one, f"`{key}` is not a schema keyword and has no effect", hint)


def _bounds(node: Node) -> Bounds:
    minimum, maximum = read.number(node, "minimum"), read.number(node, "maximum")
    # OpenAPI 3.0 writes exclusive bounds as a flag beside the bound, 3.1 as the bound itself.
    above, below = read.number(node, "exclusiveMinimum"), read.number(node, "exclusiveMaximum")
    if read.flag(node, "exclusiveMinimum"):
        minimum, above = None, minimum
    if read.flag(node, "exclusiveMaximum"):
        maximum, below = None, maximum
    step = read.number(node, "multipleOf")
    if (minimum, maximum, above, below, step) == (None,) * 5:
        return Bounds()
    return Bounds(minimum=minimum, maximum=maximum, exclusive_minimum=above, exclusive_maximum=below, multiple_of=step)


_PYTHON: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}
"""What JSON types are in a loaded document."""


def _kind_of(values: list[Json]) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string"}
    found = {kinds.get(type(value), "mixed") for value in values}
    if found == {"integer", "number"}:
        return "number"
    return found.pop() if len(found) == 1 else "mixed"
