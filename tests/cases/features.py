"""The page of OpenAPI features, made of the cases that prove each: `python -m tests.cases.features` writes it anew.

A feature is a field of an object of the specifications, or one of the values that a field may have. It is proved by
cases whose documents use it; what the build says at that place stands beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from specloom.document.grammar import Kind, below
from specloom.document.load import load_source
from specloom.document.pointers import join
from tests.cases.case import CASES, Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PAGE = CASES.parents[1] / "generator" / "FEATURES.md"
HEAD = """# OpenAPI features

Written by `make features` from the documents of [tests/cases](../tests/cases): each case is a small document with what
has to come of it. A feature without a case is listed as well, so that nothing is promised that is not shown. What is
quoted is said by the build, at its place; everything else is carried over without a word.
"""

PLAIN: Mapping[Kind, Sequence[str]] = {
    Kind.DOCUMENT: ("servers", "security", "tags", "webhooks", "externalDocs", "jsonSchemaDialect", "components"),
    Kind.SERVER: ("variables", "name"),
    Kind.SERVER_VARIABLE: ("default", "enum"),
    Kind.PATH_ITEM: (
        *("get", "put", "post", "delete", "options", "head", "patch", "trace", "query", "additionalOperations"),
        *("$ref", "parameters", "servers", "summary"),
    ),
    Kind.OPERATION: (
        *("operationId", "tags", "summary", "description", "externalDocs", "deprecated", "parameters", "requestBody"),
        *("responses", "callbacks", "security", "servers"),
    ),
    Kind.PARAMETER: (
        *("required", "deprecated", "allowEmptyValue", "allowReserved", "explode", "style", "schema", "content"),
        *("example", "examples"),
    ),
    Kind.REQUEST_BODY: ("required", "content"),
    Kind.MEDIA_TYPE: ("schema", "example", "examples", "encoding", "itemSchema"),
    Kind.ENCODING: ("contentType", "headers", "style", "explode", "allowReserved"),
    Kind.RESPONSE: ("headers", "content", "links"),
    Kind.LINK: ("operationId", "operationRef", "parameters", "requestBody", "server"),
    Kind.SECURITY_SCHEME: ("scheme", "bearerFormat", "flows", "openIdConnectUrl"),
    Kind.OAUTH_FLOWS: ("implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization"),
    Kind.DISCRIMINATOR: ("propertyName", "mapping", "defaultMapping"),
    Kind.SCHEMA: (
        *("$ref", "$id", "$anchor", "$defs", "$dynamicRef", "$dynamicAnchor", "type", "enum", "const", "default"),
        *("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependentRequired"),
        *("properties", "required", "additionalProperties", "patternProperties", "propertyNames"),
        *("unevaluatedProperties", "unevaluatedItems", "items", "prefixItems", "contains", "uniqueItems"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength"),
        *("pattern", "minItems", "maxItems", "minProperties", "maxProperties", "format", "nullable"),
        *("contentMediaType", "contentEncoding", "contentSchema", "discriminator", "readOnly", "writeOnly"),
        *("deprecated", "title", "description", "example", "examples", "xml", "externalDocs"),
        *("x-enum-varnames", "x-enum-descriptions", "x-nullable", "x-extensible-enum"),
    ),
}
"""Fields, by the objects that have them."""

VALUES: Mapping[tuple[Kind, str], Sequence[str]] = {
    (Kind.DOCUMENT, "openapi"): ("3.0", "3.1", "3.2"),
    (Kind.DOCUMENT, "swagger"): ("2.0",),
    (Kind.PARAMETER, "in"): ("path", "query", "header", "cookie", "querystring"),
    (Kind.PARAMETER, "style"): (
        *("simple", "form", "label", "matrix", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"),
    ),
    (Kind.SECURITY_SCHEME, "type"): ("apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"),
    (Kind.SECURITY_SCHEME, "scheme"): ("basic", "bearer", "digest"),
    (Kind.SECURITY_SCHEME, "in"): ("header", "query", "cookie"),
    (Kind.SCHEMA, "type"): ("string", "integer", "number", "boolean", "object", "array", "null"),
    (Kind.SCHEMA, "format"): (
        *("date", "date-time", "time", "duration", "uuid", "int32", "int64", "float", "double", "decimal"),
        *("byte", "binary", "password", "email", "uri"),
    ),
}
"""Values of fields that mean something of their own."""

MAPS: Mapping[tuple[Kind, str], Sequence[str]] = {
    (Kind.REQUEST_BODY, "content"): (
        *("application/json", "+json", "application/x-www-form-urlencoded", "multipart/form-data"),
        *("text/plain", "application/xml", "application/octet-stream", "*/*"),
        *("application/x-ndjson", "application/json-seq"),
    ),
    (Kind.RESPONSE, "content"): (
        *("application/json", "+json", "text/plain", "application/xml", "application/octet-stream", "*/*"),
        *("text/event-stream", "application/jsonl", "application/x-ndjson", "+json-seq"),
    ),
    (Kind.OPERATION, "responses"): ("2XX", "4XX", "default"),
}
"""Keys of fields that mean something of their own."""


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A case that uses a feature, and what its build says there."""

    case: str
    said: str


def page() -> str:
    """The text of the page."""
    found = uses()
    lines = [HEAD]
    for kind, fields in PLAIN.items():
        rows = [(f"`{name}`", found[kind, name, ""]) for name in fields]
        for table, spelling in ((VALUES, "`{0}: {1}`"), (MAPS, "`{0}`: `{1}`")):
            for (of, name), values in table.items():
                rows += [(spelling.format(name, one), found[of, name, one]) for one in values if of is kind]
        lines += [f"\n## {kind.value.replace('-', ' ').capitalize()}\n", "| feature | cases |", "|---|---|"]
        lines += [f"| {name} | {_cell(cases)} |" for name, cases in rows]
    return "\n".join(lines) + "\n"


def _cell(cases: set[Use]) -> str:
    silent = sorted(one.case for one in cases if not one.said)
    shown = [f"[{name}](../tests/cases/{name})" for name in silent[:3]]
    shown += [f"[{one.case}](../tests/cases/{one.case}): {one.said}" for one in sorted(cases) if one.said][:2]
    more = len(silent) - 3
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "") if shown else "no case"


def uses() -> Mapping[tuple[Kind, str, str], set[Use]]:
    """The cases that use each feature: a field, or a value or key of one."""
    found: dict[tuple[Kind, str, str], set[Use]] = defaultdict(set)
    for folder in sorted(CASES.iterdir()):
        if (folder / "spec.yaml").exists():
            _look_at(Case(folder.name), found)
    return found


def _look_at(case: Case, found: dict[tuple[Kind, str, str], set[Use]]) -> None:
    source, _ = load_source(case.document, name="spec.yaml")
    if source is None or not isinstance(source.value, dict):
        return
    said = _said(case)
    waiting: list[tuple[str, dict[str, Any], Kind]] = [("", source.value, Kind.DOCUMENT)]
    while waiting:
        pointer, value, kind = waiting.pop()
        for key, held in value.items():
            line = source.location(join(pointer, key)).line
            use = Use(case.name, next((text for number, text in said if number == line and f"`{key}" in text), ""))
            for name in _names(kind, key, held):
                found[kind, key, name].add(use)
        waiting += [
            (join(pointer, *one.keys), one.value, one.kind) for one in below(value, kind) if isinstance(one.value, dict)
        ]


def _names(kind: Kind, key: str, held: Any) -> Iterator[str]:
    yield ""
    for one in VALUES.get((kind, key), ()):
        given = held if isinstance(held, list) else [held]
        if one in given or (key == "openapi" and str(held).startswith(one)):
            yield one
    for one in MAPS.get((kind, key), ()):
        if isinstance(held, dict) and any(name == one or (one[0] == "+" and name.endswith(one)) for name in held):
            yield one


def _said(case: Case) -> list[tuple[int, str]]:
    file = case.folder / "want" / "diagnostics.txt"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return [(int(line), said) for line, said in re.findall(r"^spec\.yaml:(\d+):\d+: SL\d+ (.*)$", text, re.MULTILINE)]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(Path.cwd())}")
