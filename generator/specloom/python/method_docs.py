"""Docstrings of methods: what an operation does, what each argument takes, what is raised, where it is documented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.model import BooleanSchema, ConstSchema, EnumSchema, IntegerSchema, NumberSchema, ReferenceSchema
from specloom.python import contents, docs, literals
from specloom.python.exchanges import error_class
from specloom.python.plan_models import limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model import Link, NamedSchema, Operation, Schema
    from specloom.python.arguments import Argument

_LISTED = 20
_PLACES = {"path": "path", "query": "query", "header": "headers", "cookie": "cookies"}
_VALUES = {IntegerSchema: "An integer.", NumberSchema: "A number.", BooleanSchema: "`true` or `false`."}
_WHOLE_QUERY = "Is the whole query."


def method_docstring(operation: Operation, arguments: tuple[Argument, ...], schemas: Mapping[str, NamedSchema]) -> str:
    """The docstring of an operation's method.

    Args:
        schemas: Those of the API that have names.
    """
    said = operation.documentation
    paragraphs = docs.paragraphs(said.description)
    summary = docs.sentence(said.summary or (paragraphs.pop(0) if paragraphs else operation.id))
    notes = []
    if said.deprecated:
        notes.append("Deprecated.")
    if said.stability:
        notes.append(f"Stability: {docs.plain(said.stability)}.")
    request = "\n".join([f"`{operation.method} {docs.plain(operation.path)}`", *_source(operation)])
    blocks = [summary, *paragraphs, " ".join(notes), request, _headers(operation), _links(operation)]
    blocks.append(_arguments(arguments, operation, schemas))
    return docs.docstring([*blocks, _raises(operation)], indent=2)


def _source(operation: Operation) -> Iterator[str]:
    """Where people may read of the operation: an address, else the name of a page."""
    said = operation.documentation
    page = said.provenance
    address = page.url if page is not None and page.url else said.external_url
    if address:
        yield f"Documentation: <{docs.plain(address)}>"
    elif page is not None:
        yield f'Documentation: the page "{docs.plain(page.title)}"'


def _links(operation: Operation) -> str:
    """Where an answer leads, as far as the document says it."""
    found = dict.fromkeys(link for response in operation.responses for link in response.links)
    lines = [f"    {docs.plain(one.name)}: {_leads(one)}" for one in found]
    return "\n".join(["Leads to:", *lines]) if lines else ""


def _headers(operation: Operation) -> str:
    """The documented headers of successes: a raw answer, and one without content, holds them."""
    found: dict[str, str] = {}
    for one in (header for response in contents.successes(operation) for header in response.headers):
        said = docs.sentence(one.description or one.schema.info.description)
        found.setdefault(docs.plain(one.name), said or _VALUES.get(type(one.schema), "Text."))
    lines = [f"    {name}: {said}" for name, said in found.items()]
    return "\n".join(["Headers of the answer (see `with_raw_response`):", *lines]) if lines else ""


def _leads(link: Link) -> str:
    given = [f"{docs.code_span(name)} = {docs.code_span(value)}" for name, value in link.parameters]
    given += [f"body = {docs.code_span(link.body)}"] if link.body else []
    said = f"`{docs.plain(link.operation)}`" if link.operation else ""
    said += f" with {', '.join(given)}" if given else ""
    said += f" at <{docs.plain(link.server)}>" if link.server else ""
    return " ".join(part for part in (f"{said}." if said else "", docs.sentence(link.description)) if part)


def _arguments(arguments: tuple[Argument, ...], operation: Operation, schemas: Mapping[str, NamedSchema]) -> str:
    positional = [f"    {one.name}: {_argument(one, schemas)}" for one in arguments if not one.keyword]
    keywords = [f"    {one.name}: {_argument(one, schemas)}" for one in arguments if one.keyword]
    body = operation.body
    if body is not None and body.contents:
        media_type = docs.plain(contents.choose(body.contents).sent)
        text = docs.sentence(body.description) or f"What is sent, as `{media_type}`."
        (positional if body.required else keywords).append(f"    body: {text}")
    return "\n".join(
        ["Args:", *positional, *keywords, "    options: Options of this call, as `CallOptions` lists them."]
    )


def _argument(argument: Argument, schemas: Mapping[str, NamedSchema]) -> str:
    parameter = argument.parameter
    info = parameter.schema.info
    said = [docs.sentence(parameter.description or info.description)]
    if not said[0]:
        place = _PLACES.get(parameter.place)
        said = [f"Goes into the {place} as `{docs.plain(parameter.name)}`." if place else _WHOLE_QUERY]
    said.append(_listed(parameter.schema, schemas))
    said.append(limits(parameter.schema))
    if info.default is not None and not argument.parameter.required:
        said.append(f"The service takes `{docs.plain(str(literals.json(info.default.value)))}` where it is not given.")
    if getattr(parameter.schema, "epoch", ""):
        said.append(f"A time, or {getattr(parameter.schema, 'epoch', '')} since 1970-01-01 UTC.")
    if parameter.deprecated:
        said.append("Deprecated.")
    return " ".join(one for one in said if one)


def _listed(schema: Schema, schemas: Mapping[str, NamedSchema]) -> str:
    """The values of an enumeration."""
    target = schemas[schema.name].schema if isinstance(schema, ReferenceSchema) else schema
    match target:
        case EnumSchema(members=members):
            values = [one.value for one in members]
        case ConstSchema(value=value):
            values = [value]
        case _:
            return ""
    shown = [docs.code_span(str(one)) for one in values[:_LISTED]]
    more = f" and {len(values) - _LISTED} more" if len(values) > _LISTED else ""
    return f"{'One of ' if len(values) > 1 else 'Only '}{', '.join(shown)}{more}."


def _raises(operation: Operation) -> str:
    failures = [one.status for one in operation.responses if not contents.is_success(operation, one)]
    named = dict.fromkeys(f"`{error_class(one)}` ({one})" for one in failures if one[0].isdigit())
    documented = f"; documented are {', '.join(named)}" if named else ""
    inner = " A success that reports a failure inside counts as one." if operation.behavior.failure is not None else ""
    return "\n".join(
        [
            "Raises:",
            "    InvalidCallError: A value is missing, or is not what is documented; nothing was sent.",
            "    TransportError: No whole answer arrived.",
            f"    StatusError: The service answered with a failure{documented}.{inner}",
            "    DecodeError: The answer to a success cannot be read.",
        ]
    )
