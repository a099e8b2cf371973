"""Rules about examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from specloom.document.grammar import Kind
from specloom.document.pointers import join
from specloom.lint.dialect import Direction
from specloom.lint.rule import ERROR, WARNING, Finding, rule, shown
from specloom.lint.survey import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.document import Node
    from specloom.lint.fit import Misfit
    from specloom.lint.rule import Rule
    from specloom.lint.survey import Survey
    from specloom.location import Location

RAW: Final = "x-specloom-raw"


class Use(NamedTuple):
    """An example with the schema that it stands for."""

    value: Node
    schema: Node
    direction: Direction


@rule(
    "SL541",
    "unfit-example",
    ERROR,
    summary="An example does not fit its schema",
    why="Tests and served answers are made of examples. Where one contradicts its schema, one of the two is wrong "
    "about the service. JSON that a string holds is compared with its `contentSchema` too.",
    bad="schema:\n  type: object\n  properties:\n    id: {type: integer}\nexample:\n  id: '12'",
    good="schema:\n  type: object\n  properties:\n    id: {type: integer}\nexample:\n  id: 12",
    hint="correct the example if it is a slip; correct the schema if the service does answer so",
)
def unfit_example(survey: Survey) -> Iterator[Finding]:
    """Compare every example with its schema."""
    for use, misfit in survey.once(example_misfits):
        if misfit.keyword != "format":
            _, location, message = describe_misfit(use, misfit)
            yield Finding(location, message)


@rule(
    "SL542",
    "example-without-format",
    WARNING,
    summary="An example does not have the format that its schema names",
    why="Formats promise more than types: a time that is not RFC 3339 or a number over 32 bits fails a typed client.",
    bad="schema: {type: string, format: date-time}\nexample: 2024-01-11 09:01",
    good="schema: {type: string, format: date-time}\nexample: '2024-01-11T09:01:00Z'",
    hint="correct the example, or leave `format` out if the service does not keep to it",
)
def example_without_format(survey: Survey) -> Iterator[Finding]:
    """Compare dates, times, UUIDs and sized integers."""
    for use, misfit in survey.once(example_misfits):
        if misfit.keyword == "format":
            _, location, message = describe_misfit(use, misfit)
            yield Finding(location, message)


@rule(
    "SL543",
    "json-as-raw-example",
    WARNING,
    summary="An example marked as raw text is JSON",
    why="`x-specloom-raw` keeps a documented body that cannot be parsed. One that can be parsed is data, and is "
    "checked and tested as such only without the mark.",
    bad="x-specloom-raw: true\nvalue: '{\"code\": 1}'",
    good="value:\n  code: 1",
    hint="write it as data, without `x-specloom-raw`",
)
def json_as_raw_example(survey: Survey) -> Iterator[Finding]:
    """Parse every raw example."""
    from specloom.lint.fit import parse_json

    for example in survey.of(Kind.EXAMPLE):
        value = example.get("value")
        if example.value.get(RAW) is True and value is not None and isinstance(value.value, str):
            try:
                parse_json(value.value)
            except ValueError:
                continue
            yield Finding(value.location, "the raw example is JSON")


@rule(
    "SL544",
    "two-kinds-of-example",
    WARNING,
    summary="`example` and `examples` stand side by side",
    why="OpenAPI lets an object have one of the two; tools disagree on which one counts.",
    bad="example: 1\nexamples:\n  one: {value: 1}",
    good="examples:\n  one: {value: 1}",
    hint="keep `examples`",
)
def two_kinds_of_example(survey: Survey) -> Iterator[Finding]:
    """Look at media types, parameters and headers."""
    for kind in (Kind.MEDIA_TYPE, Kind.PARAMETER, Kind.HEADER):
        for node in survey.of(kind):
            if "example" in node.value and "examples" in node.value:
                yield Finding(node.child("example").key_location, "`example` and `examples` stand side by side")


def example_misfits(survey: Survey) -> tuple[tuple[Use, Misfit], ...]:
    """Compare every example of a survey with its schema."""
    from specloom.lint.fit import Fit  # an import that costs 60 ms

    uses = {_key(use): use for use in example_uses(survey)}
    fit = Fit((use.schema, use.direction) for use in uses.values())
    return tuple(
        (use, misfit) for use in uses.values() for misfit in fit.misfits(use.value.value, use.schema, use.direction)
    )


def _key(use: Use) -> tuple[str, ...]:
    return (use.value.source.name, use.value.pointer, use.schema.source.name, use.schema.pointer, use.direction)


def describe_misfit(use: Use, misfit: Misfit) -> tuple[str, Location, str]:
    """Say what does not fit: the code of the rule that asks for it, the place, and a message."""
    location = use.value.source.location(join(use.value.pointer, *misfit.path))
    if misfit.keyword == "format":
        return "SL542", location, f"the example has not the format of its schema: {_subject(misfit)}"
    return "SL541", location, f"the example does not fit its schema: {_subject(misfit)}"


def _subject(misfit: Misfit) -> str:
    return f"{shown(join('', *misfit.path), 100) if misfit.path else 'it'} {misfit.message}"


# -- which examples there are -----------------------------------------------------------------------------------------


def example_uses(survey: Survey) -> Iterator[Use]:
    """List the examples that are data, each with its schema; one may come several times."""
    for kind, direction in ((Kind.REQUEST_BODY, Direction.REQUEST), (Kind.RESPONSE, Direction.RESPONSE)):
        for holder in survey.of(kind):
            yield from _in_content(holder, direction)
    for kind, direction in ((Kind.PARAMETER, Direction.REQUEST), (Kind.HEADER, Direction.EITHER)):
        for holder in survey.of(kind):
            yield from _beside_schema(holder, direction)
            yield from _in_content(holder, direction)
    for schema in survey.of(Kind.SCHEMA):
        yield from _in_schema(schema)


def _in_content(holder: Node, direction: Direction) -> Iterator[Use]:
    content = holder.get("content")
    for name, media_type in content.items() if content else ():
        for use in _beside_schema(media_type.resolved(), direction):
            # What cannot be written as data is written as text, in whatever form the media type has.
            if not isinstance(use.value.value, str) or _is_json(name):
                yield use


def _beside_schema(holder: Node, direction: Direction) -> Iterator[Use]:
    """List the examples of a media type, a parameter or a header."""
    schema = holder.get("schema")
    if schema is None:
        return
    example = holder.get("example")
    if example is not None:
        yield Use(example, schema, direction)
    examples = holder.get("examples")
    for _, held in examples.items() if examples else ():
        plain = resolved(held)
        value = plain.get("value")
        if value is not None and plain.value.get(RAW) is not True:
            yield Use(value, schema, direction)


def _in_schema(schema: Node) -> Iterator[Use]:
    example = schema.get("example")
    if example is not None:
        yield Use(example, schema, Direction.EITHER)
    examples = schema.get("examples")
    for held in examples.elements() if examples else ():
        yield Use(held, schema, Direction.EITHER)


def _is_json(media_type: str) -> bool:
    from specloom.lint.fit import is_json

    return is_json(media_type.partition(";")[0].strip().lower())


RULES: Final[tuple[Rule, ...]] = (unfit_example, example_without_format, json_as_raw_example, two_kinds_of_example)
