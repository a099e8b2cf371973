"""The parameters of an operation as parameters of a method or of a client."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.model import ReferenceSchema, is_json
from specloom.python import literals, names
from specloom.python.limits import is_sensitive, limits, takes
from specloom.python.literals import INDENT, LINE_LENGTH
from specloom.python.plan_models import default_literal
from specloom.python.types import folded_union, optional, split_union

if TYPE_CHECKING:
    from specloom.model import Operation, Parameter, Schema
    from specloom.python.naming import Naming
    from specloom.python.types import Types


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A parameter under its Python name.

    Args:
        default: Expression of the default; empty for an argument that a caller has to give.
        keyword: Whether callers name it.
    """

    parameter: Parameter
    name: str
    annotation: str
    default: str
    keyword: bool

    @property
    def declaration(self) -> str:
        """As it stands in a signature."""
        return declaration(self.name, self.annotation, self.default)


def declaration(name: str, annotation: str, default: str) -> str:
    """A parameter as it stands in the signature of a method, a long union folded."""
    after = f" = {default}" if default else ""
    if len(INDENT) * 2 + len(f"{name}: {annotation}{after},") <= LINE_LENGTH or len(split_union(annotation)) == 1:
        return f"{name}: {annotation}{after}"
    return f"{name}: (\n{folded_union(annotation, 3)}\n{INDENT * 2}){after}"


def plan_arguments(operation: Operation, naming: Naming) -> tuple[Argument, ...]:
    """The arguments of an operation's method, without those that the client holds.

    Required ones come first, in the order of the path and then of the document; one that is required and has a default
    is a keyword with that default, always sent.
    """
    mine = [one for one in operation.parameters if not one.client_level]
    count = Counter(one.name for one in mine)
    wires = {id(one): one.name if count[one.name] == 1 else f"{one.name} {one.place}" for one in mine}
    spelled = names.distinct(wires.values(), names.parameter_name)
    types = naming.types("models.")
    made = [_argument(one, spelled[wires[id(one)]], naming, types) for one in mine]
    by_path = sorted(made, key=lambda one: _path_order(one.parameter, operation.path))
    return (*(one for one in by_path if not one.keyword), *(one for one in by_path if one.keyword))


def _path_order(parameter: Parameter, path: str) -> tuple[int, int]:
    return (0, path.find(f"{{{parameter.name}}}")) if parameter.place == "path" else (1, 0)


def _argument(parameter: Parameter, name: str, naming: Naming, types: Types) -> Argument:
    annotation = _given(parameter.schema, types)
    if not parameter.required:
        return Argument(parameter=parameter, name=name, annotation=optional(annotation), default="None", keyword=True)
    default = _always_sent(parameter, naming)
    return Argument(parameter=parameter, name=name, annotation=annotation, default=default, keyword=bool(default))


def _given(schema: Schema, types: Types) -> str:
    """What a caller gives: for an object a model, or its members by their names on the wire."""
    annotation = types.given(schema)
    is_object = isinstance(schema, ReferenceSchema) and not types.kinds[schema.name]
    return f"{annotation} | Mapping[str, Any]" if is_object else annotation


def _always_sent(parameter: Parameter, naming: Naming) -> str:
    """The default of a required parameter; an enumeration's is its text, which costs no import."""
    default = parameter.schema.info.default
    if isinstance(parameter.schema, ReferenceSchema) and default is not None and isinstance(default.value, str | int):
        return literals.scalar(default.value)
    return default_literal(parameter.schema, naming)


def declare(parameter: Parameter, name: str, types: Types) -> str:
    """The declaration of a parameter for the runtime."""
    kinds = takes(parameter.schema, types)
    style = "simple" if parameter.place in {"path", "header"} else "form"
    given = [literals.string(parameter.name), literals.string(parameter.place)]
    options = {
        "name": literals.string(name) if name != parameter.name else "",
        "required": "True" if parameter.required else "",
        "style": literals.string(parameter.style) if parameter.style != style else "",
        "explode": "" if parameter.explode == (parameter.style in {"form", "cookie"}) else str(parameter.explode),
        "json": "True" if is_json(parameter.media_type) else "",
        "client": "True" if parameter.client_level else "",
        "epoch": literals.string(epoch) if (epoch := getattr(parameter.schema, "epoch", "")) else "",
        "takes": literals.string(kinds) if kinds else "",
        "limits": limits(parameter.schema, types, indent=3, before=len("limits=")),
        "allow_reserved": "True" if parameter.allow_reserved else "",
        "sensitive": "True" if is_sensitive(parameter.schema) else "",
    }
    given.extend(f"{key}={value}" for key, value in options.items() if value)
    return literals.call("Parameter", given, indent=2, after=1)
