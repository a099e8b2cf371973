"""Schemas of a document -> schemas of the API model, as a tree; `hoist.py` then gives names to what needs one."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from specloom.lower import keywords, read
from specloom.lower.anchors import anchored
from specloom.lower.families import Families
from specloom.lower.hoist import Named, is_large, is_nameable
from specloom.lower.listed import lower_const, lower_enum
from specloom.lower.merge import Merge, UnknownYetError
from specloom.lower.objects import lower_array, lower_object
from specloom.lower.unions import lower_union
from specloom.model import (
    AnySchema,
    Assertion,
    BooleanSchema,
    Bounds,
    Default,
    IntegerSchema,
    JsonTextSchema,
    NeverSchema,
    NullSchema,
    NumberSchema,
    ReferenceSchema,
    Schema,
    SchemaInfo,
    Sentinel,
    StringSchema,
    UnionSchema,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document import Node
    from specloom.lower.report import Report

Identity = tuple[str, str]

DEEPEST = 50
"""Schemas that are lowered within one another; what lies deeper is put off: a chain of any length is carried."""


def _pointer_parts(node: Node) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in node.pointer.split("/")[1:]]


def _whole_name(node: Node) -> str:
    return ".".join(_pointer_parts(node)) or node.file.rpartition("/")[2].partition(".")[0]


class Schemas:
    """Lowers the schemas of one document.

    A schema may be needed before it is known: as a member of an `allOf`, or of a union whose members are to be told
    apart, that it leads back to itself. What needs it is then put off (`finish`) and referred to by its name.

    Attributes:
        named: The schemas that have got a name so far.
    """

    def __init__(self, report: Report, root: Node, *, version: str) -> None:
        self.report = report
        self.named = Named()
        self.families = Families(self, root)
        self._root = root
        self._old_nullable = version == "3.0"
        self._known: dict[Identity, Schema] = {}
        self._names: dict[Identity, str] = {}
        self._taken: dict[str, Identity] = {}
        self._open: dict[Identity, str] = {}
        self._referred: set[Identity] = set()
        self._put_off: dict[Identity, Node] = {}
        self._last_resort = False
        self._depth = 0
        self._merge = Merge(self)

    def name_of(self, node: Node) -> str:
        """The name of a schema that is referred to: its key in a map of schemas, else, or where that is taken, its
        whole pointer."""
        known = self._names.get(node.identity)
        if known is not None:
            return known
        parts = _pointer_parts(node)
        name = parts[-1] if len(parts) >= 2 and parts[-2] in {"schemas", "$defs", "definitions"} else _whole_name(node)
        if self._taken.setdefault(name, node.identity) != node.identity:
            name = _whole_name(node)
            if self._taken.setdefault(name, node.identity) != node.identity:
                name = f"{node.file}.{name}"
        self._names[node.identity] = name
        self.named.reserve(name)
        return name

    def named_by(self, node: Node, text: str) -> Node | None:
        """The schema that a discriminator means by a text: a component's name, or a reference."""
        components = self._root.get("components")
        listed = None if components is None else components.get("schemas")
        found = None if listed is None else listed.get(text)
        return found or node.at(text) or (None if "/" in text else node.at(f"#/components/schemas/{text}"))

    def lower(self, node: Node | None) -> Schema:
        """Lower a schema; of what no type can say, the nearest that one can."""
        if node is None:
            raise ValueError("a schema node is needed")
        if node.value is False:
            return NeverSchema(info=SchemaInfo(location=node.location))
        if not isinstance(node.value, dict):
            return AnySchema(info=SchemaInfo(location=node.location))
        self._depth += 1
        try:
            return self._reference(node) if node.is_reference else self._in_place(node)
        finally:
            self._depth -= 1

    def component(self, node: Node) -> Schema:
        """Lower a schema under its own name, each once; schemas that need no name are repeated where they are used."""
        identity = node.identity
        if identity in self._known:
            return self._known[identity]
        name = self.name_of(node)
        if identity in self._open or identity in self._put_off:
            return self._by_name(node)
        if self._depth >= DEEPEST:
            return self._later(node)
        self._open[identity] = name
        try:
            schema = self.lower(node)
        except UnknownYetError:
            return self._later(node)
        finally:
            del self._open[identity]
        schema = self._register(node, name, schema)
        self._known[identity] = schema
        return schema

    def _by_name(self, node: Node) -> ReferenceSchema:
        self._referred.add(node.identity)
        info = SchemaInfo(location=node.location, nullable=read.says_null(node))
        return ReferenceSchema(name=self.name_of(node), info=info)

    def _later(self, node: Node) -> ReferenceSchema:
        self._put_off[node.identity] = node
        return self._by_name(node)

    def finish(self) -> None:
        """Lower what was put off; what leads back to itself all the same is taken without the part that does."""
        while self._put_off:
            waiting, self._put_off = self._put_off, {}
            seen: set[Identity] = set()
            for node in (each for one in waiting.values() for each in self._extended(one, seen)):
                self.component(node)
            self._last_resort = self._put_off.keys() == waiting.keys()
        self._last_resort = False

    def _extended(self, node: Node, seen: set[Identity]) -> list[Node]:
        """A schema after what it extends, from the far end on: each then finds what it needs."""
        found: list[Node] = []
        waiting = [node]
        while waiting:
            one = waiting.pop()
            if one.identity not in seen and one.identity not in self._known:
                seen.add(one.identity)
                found.append(one)
                waiting += (each.resolved() for each in read.elements(one, "allOf") if each.is_reference)
        return found[::-1]

    def _register(self, node: Node, name: str, schema: Schema) -> Schema:
        if isinstance(schema, ReferenceSchema):
            if not self.named.leads_to(schema, name):
                self.named.rename(schema, name)
                return schema
            self.report.warning("SL404", node, "this schema leads back to itself alone", "say what it is")
            return self.named.settle(AnySchema(info=schema.info), name)
        if is_nameable(schema) or node.identity in self._referred:
            return self.named.settle(schema, name)
        schema = self.named.hoist_within(schema, name)
        return self.named.settle(schema, name) if self._holds_models(schema) or is_large(schema) else schema

    def _holds_models(self, schema: Schema) -> bool:
        """Whether a schema is a union of objects, which people speak of by its name."""
        if not isinstance(schema, UnionSchema):
            return False
        return sum(isinstance(one, ReferenceSchema) for one in schema.members) > 1

    def shape(self, schema: Schema) -> Schema | None:
        """What a schema is, references followed; `None` while that is not known yet."""
        while isinstance(schema, ReferenceSchema):
            found = self.named.get(schema.name)
            if found is None and not self._open and self._put_off:
                self.finish()
                found = self.named.get(schema.name)
            if found is None:
                return None
            schema = found
        return schema

    def known_shape(self, schema: Schema) -> Schema:
        """What a schema is, references followed.

        Raises:
            UnknownYetError: It is not known yet; the component that needs it is put off.
        """
        found = self.shape(schema)
        if found is not None:
            return found
        if self._last_resort or not self._open:
            return schema
        raise UnknownYetError

    def is_open_as(self, schema: Schema, node: Node) -> bool:
        """Whether a schema refers to the very one that is written at a node."""
        return isinstance(schema, ReferenceSchema) and self._open.get(node.identity) == schema.name

    def _reference(self, node: Node) -> Schema:
        target = node.resolved()
        family = self.families.of(target)
        lowered = self.component(target) if family is None else family
        return self.beside_reference(node, lowered)

    def member(self, node: Node) -> Schema:
        """Lower a member of an `allOf`: a schema that others extend is itself alone there."""
        if not node.is_reference:
            return self.lower(node)
        return self.beside_reference(node, self.component(node.resolved()))

    def beside_reference(self, node: Node, target: Schema) -> Schema:
        """What a reference leads to, with what stands beside it."""
        beside = {key for key in node.value if key != "$ref"}
        if self._old_nullable or not beside:
            return target
        if beside & keywords.SHAPE:
            merged = self._merge.all((target, self._in_place(node)), node)
            return self._merge.require(merged, read.texts(node, "required"))
        return self.described(target, node)

    def noted(self, schema: Schema, assertions: tuple[Assertion, ...]) -> Schema:
        """A schema with what narrows it beyond its type."""
        return replace(schema, info=replace(schema.info, assertions=assertions))

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
        dynamic = node.get("$dynamicRef") or node.get("$recursiveRef")
        if dynamic is not None and isinstance(dynamic.value, str):
            return self._dynamic(node, dynamic)
        if "allOf" in node.value:
            return self._merge.lower_all_of(node)
        if "oneOf" in node.value or "anyOf" in node.value:
            return lower_union(self, self._merge, node)
        return self.plain(node)

    def _dynamic(self, node: Node, reference: Node) -> Schema:
        """A reference to the schema that this one stands in; who refers to that one from elsewhere changes nothing."""
        target = anchored(node, reference.value)
        if target is None:
            message = f"`{reference.value}` leads nowhere that is known before a value is there: any value is taken"
            self.report.warning("SL401", reference, message, "use `$ref`")
            return AnySchema(info=self.plain_info(node))
        return self.described(self.component(target), node)

    def plain(self, node: Node) -> Schema:
        """Lower a schema by its own keywords, without the composing ones."""
        info = self.plain_info(node)
        if "const" in node.value:
            return lower_const(node, info, self.report)
        if "enum" in node.value:
            return lower_enum(node, info, self.report)
        if "x-extensible-enum" in node.value and "string" in read.texts(node, "type"):
            return lower_enum(node, info, self.report, keyword="x-extensible-enum")
        types = self._types(node)
        if "null" in types and len(types) > 1:
            info = replace(info, nullable=True)
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
                    self.report.warning("SL408", found, f"`{name}` is not a JSON type", "any value is taken here")
            return tuple(name for name in listed if name in keywords.JSON_TYPES)
        implied = {keywords.IMPLIED_TYPES[key] for key in node.value if key in keywords.IMPLIED_TYPES}
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
                return lower_array(self, node, info)
            case "object":
                return lower_object(self, node, info)
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

    def plain_info(self, node: Node) -> SchemaInfo:
        """What a schema says about itself, whatever it is."""
        said = node.value
        examples = tuple(one.value for one in read.elements(node, "examples")) if "examples" in said else ()
        return SchemaInfo(
            location=node.location,
            title=read.text(node, "title"),
            description=read.documentation(node),
            nullable=read.flag(node, "nullable") or read.flag(node, "x-nullable"),
            deprecated=read.flag(node, "deprecated"),
            read_only=read.flag(node, "readOnly"),
            write_only=read.flag(node, "writeOnly"),
            sensitive=read.flag(node, "x-specloom-sensitive") or read.text(node, "format") == "password",
            default=Default(value=said["default"]) if "default" in said else None,
            examples=(said["example"], *examples) if "example" in said else examples,
            sentinels=tuple(_sentinels(node)) if "x-specloom-sentinels" in said else (),
            assertions=() if keywords.ASSERTIONS.isdisjoint(said) else tuple(_assertions(node)),
        )

    def _check_keywords(self, node: Node) -> None:
        if keywords.KNOWN.issuperset(node.value):
            return
        for key in node.value:
            if key not in keywords.KNOWN and not key.startswith("x-"):
                nearest = get_close_matches(key, keywords.CARRIED, n=1)
                hint = f"did you mean `{nearest[0]}`?" if nearest else "an extension starts with `x-`"
                message = f"`{key}` is not a schema keyword and has no effect"
                self.report.warning("SL406", node.child(key), message, hint)


def _sentinels(node: Node) -> Iterator[Sentinel]:
    for one in read.elements(node, "x-specloom-sentinels"):
        value = one.get("value")
        if value is not None:
            yield Sentinel(value=value.value, means=read.text(one, "means"))


def _assertions(node: Node) -> Iterator[Assertion]:
    for key, value in node.value.items():
        if key in keywords.ASSERTIONS:
            yield Assertion(keyword=key, value=value, location=node.child(key).location)


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
