"""Rules about parameters and responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from specloom.document.grammar import METHODS, Kind
from specloom.lint.rule import ERROR, WARNING, Finding, rule, shown
from specloom.lint.survey import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.document import Node
    from specloom.lint.rule import Rule
    from specloom.lint.survey import Survey

_CLIENT: Final = "x-specloom-client-parameter"


@rule(
    "SL511",
    "missing-parameter-description",
    WARNING,
    summary="A parameter has no description",
    why="The description is what a caller reads beside the argument; the name and the type seldom say enough.",
    bad="- name: since\n  in: query\n  schema: {type: string}",
    good="- name: since\n  in: query\n  description: Leave out what is older than this.\n  schema: {type: string}",
    hint="add a `description` that says what the value means",
)
def missing_parameter_description(survey: Survey) -> Iterator[Finding]:
    """Look at every parameter."""
    for parameter in survey.of(Kind.PARAMETER):
        if _is_blank(parameter):
            yield Finding(parameter.location, f"the parameter {shown(parameter.value.get('name'))} has no description")


@rule(
    "SL512",
    "different-client-parameters",
    ERROR,
    summary="A client-level parameter is declared in two ways",
    why="`x-specloom-client-parameter` asks for a value once, for all operations: they must agree on what it is.",
    bad="/a: {get: {parameters: [{name: project, in: header, schema: {type: string}, x-specloom-client-parameter: "
    "true}]}}\n/b: {get: {parameters: [{name: project, in: header, schema: {type: integer}, "
    "x-specloom-client-parameter: true}]}}",
    good="/a: {get: {parameters: [$ref: '#/components/parameters/Project']}}\n"
    "/b: {get: {parameters: [$ref: '#/components/parameters/Project']}}",
    hint="declare it once and refer to it, or leave `x-specloom-client-parameter` out of one of the two",
)
def different_client_parameters(survey: Survey) -> Iterator[Finding]:
    """Compare the client-level parameters of each document."""
    known: dict[tuple[str, str, str], Node] = {}
    for parameter in survey.of(Kind.PARAMETER):
        value = parameter.value
        if value.get(_CLIENT) is True:
            key = (parameter.document.entry, str(value.get("name")), str(value.get("in")))
            first = known.setdefault(key, parameter)
            if _meaning(first) != _meaning(parameter):
                message = f"the client-level parameter {shown(key[1])} is declared differently at {first.location}"
                yield Finding(parameter.location, message)


@rule(
    "SL513",
    "half-client-parameter",
    WARNING,
    summary="A parameter is client-level in one operation and not in another",
    why="A caller gives the value to the client and expects it to hold everywhere.",
    bad="/a: {get: {parameters: [{name: project, in: header, schema: {type: string}, x-specloom-client-parameter: "
    "true}]}}\n/b: {get: {parameters: [{name: project, in: header, schema: {type: string}}]}}",
    good="/a: {get: {parameters: [$ref: '#/components/parameters/Project']}}\n"
    "/b: {get: {parameters: [$ref: '#/components/parameters/Project']}}",
    hint="mark it here too, if the same value is meant",
)
def half_client_parameter(survey: Survey) -> Iterator[Finding]:
    """Compare parameters with the client-level ones of their document by name and place."""
    parameters = [one for one in survey.of(Kind.PARAMETER) if isinstance(one.value.get("name"), str)]
    keys = [(one.document.entry, one.value["name"], one.value.get("in")) for one in parameters]
    marked = {key for key, one in zip(keys, parameters, strict=True) if one.value.get(_CLIENT) is True}
    for key, one in zip(keys, parameters, strict=True):
        if key in marked and one.value.get(_CLIENT) is not True:
            yield Finding(one.location, f"the parameter {shown(key[1])} is client-level elsewhere and not here")


@rule(
    "SL514",
    "empty-response-description",
    WARNING,
    summary="The description of a response is empty",
    why="It is the only text that says when the response comes; OpenAPI asks for the key, and an empty text obeys "
    "without saying anything.",
    bad="'404':\n  description: ''",
    good="'404':\n  description: There is no pet of that name.",
    hint="say when this response comes",
)
def empty_response_description(survey: Survey) -> Iterator[Finding]:
    """Look at every response; a missing key is found in validation (SL304)."""
    for response in survey.of(Kind.RESPONSE):
        description = response.get("description")
        if description is not None and _is_blank(response):
            yield Finding(description.location, f"the description of the response {shown(response.name)} is empty")


@rule(
    "SL515",
    "body-on-reading-method",
    WARNING,
    summary="A GET, HEAD or TRACE operation has a request body",
    why="HTTP gives such a body no meaning (RFC 9110, 9.3.1): servers and proxies may drop it or refuse the request.",
    bad="get:\n  requestBody: {content: {application/json: {schema: {type: object}}}}",
    good="post:\n  requestBody: {content: {application/json: {schema: {type: object}}}}",
    hint="move what it says to query parameters, or use POST",
)
def body_on_reading_method(survey: Survey) -> Iterator[Finding]:
    """Look at operations by their method."""
    for operation in survey.of(Kind.OPERATION):
        body = operation.get("requestBody")
        if body is not None and operation.name in ("get", "head", "trace") and operation.name in METHODS:
            yield Finding(body.key_location, f"a {operation.name.upper()} request has a body")


def _is_blank(node: Node) -> bool:
    value = node.value.get("description")
    return value is None or (isinstance(value, str) and not value.strip())


def _meaning(parameter: Node) -> tuple[Any, ...]:
    """Give what two declarations of a client-level parameter must have in common."""
    schema = parameter.get("schema")
    plain = None if schema is None else resolved(schema)
    kept = ("type", "format", "enum", "default", "pattern")
    shape = {key: plain.value.get(key) for key in kept} if plain and isinstance(plain.value, dict) else None
    return bool(parameter.value.get("required")), shape


RULES: Final[tuple[Rule, ...]] = (
    missing_parameter_description,
    different_client_parameters,
    half_client_parameter,
    empty_response_description,
    body_on_reading_method,
)
