"""The request that a documented call should send, worked out from the specification alone.

Emitted tests compare what a client sends with literals made here. This is not the runtime and shares nothing with it:
two readings of the specification that agree are worth more than one that agrees with itself.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from specloom.model import (
    ApiKeyScheme,
    ArraySchema,
    BooleanSchema,
    ConstSchema,
    EnumSchema,
    HttpScheme,
    IntegerSchema,
    NumberSchema,
    OAuthScheme,
    OpenIdScheme,
    ReferenceSchema,
    StringSchema,
    UnionSchema,
)
from specloom.python import contents, styles
from specloom.synthesis import write_items

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model import Api, Json, Operation, Parameter, Schema, SecurityScheme

ENDPOINT = "https://service.example/base"
TOKEN = "a-token"
USERNAME, PASSWORD = "a-user", "a-password"
_PATH = "/?%:@!$&'()*+,;=-._~"
"""What may stand in a path as it is (RFC 3986, section 3.3); triplets are taken for such."""
_BASIC = "YS11c2VyOmEtcGFzc3dvcmQ="
_SAMPLES = {
    "date-time": "2024-05-17T08:30:00Z",
    "date": "2024-05-17",
    "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "email": "someone@service.example",
    "uri": "https://service.example/thing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WireRequest:
    """A whole request: `target` is path and query as sent; `body` is a JSON document, or text where not `is_json`."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: Json
    has_body: bool
    is_json: bool


def sample(parameter: Parameter, schemas: Mapping[str, Schema]) -> Json:
    """The value that a documented call gives for a parameter; `None` where none can be made up.

    The parameter's own example comes first, then its schema's, its default, a listed value, and at last a value made
    from its type, for required parameters alone.
    """
    for example in parameter.examples:
        if not example.raw:
            return example.value
    return _of_schema(parameter.schema, schemas, made_up=parameter.required)


def _of_schema(schema: Schema, schemas: Mapping[str, Schema], *, made_up: bool) -> Json:
    while isinstance(schema, ReferenceSchema):
        schema = schemas[schema.name]
    if schema.info.examples:
        return schema.info.examples[0]
    if schema.info.default is not None and made_up:
        return schema.info.default.value
    if not made_up:
        return None
    match schema:
        case EnumSchema(members=members):
            return members[0].value
        case ConstSchema(value=value):
            return value
        case BooleanSchema():
            return True
        case IntegerSchema(bounds=bounds) | NumberSchema(bounds=bounds):
            lowest = bounds.minimum if bounds.minimum is not None else bounds.exclusive_minimum
            value = int(lowest) + 1 if lowest is not None else 1
            return value if bounds.maximum is None else min(value, int(bounds.maximum))
        case StringSchema(format=name):
            length = max(schema.min_length or 0, 4)
            return _SAMPLES.get(name, "x" * (length if schema.max_length is None else min(length, schema.max_length)))
        case ArraySchema(items=items):
            inner = _of_schema(items, schemas, made_up=True)
            return None if inner is None else [inner]
        case UnionSchema(members=members):
            return _of_schema(members[0], schemas, made_up=True)
    return None


def write_request(
    api: Api, operation: Operation, values: Mapping[str, Json], body: Json, *, has_body: bool, user_agent: str
) -> WireRequest:
    """Work out a request.

    Args:
        values: Values by `place name`, as the document spells both; others are not sent.
        body: The JSON document of the body, or its text.
    """
    in_path: dict[str, str] = {}
    query: list[str] = []
    own: list[tuple[str, str]] = []
    cookies: list[str] = []
    for one in operation.parameters:
        value = values.get(f"{one.place} {one.name}")
        if value is None:
            continue
        match one.place:
            case "path":
                in_path[f"{{{one.name}}}"] = styles.in_path(one, value)
            case "query":
                query.extend(styles.in_query(one, value))
            case "querystring":
                query.extend(styles.whole_query(one, value))
            case "header":
                own.append((one.name.lower(), styles.in_header(one, value)))
            case _:
                cookies.append(styles.in_cookie(one, value))
    secured = _secured(api, operation)
    headers = [("host", urlsplit(ENDPOINT).netloc), ("user-agent", user_agent)]
    if contents.accepted(operation):
        headers.append(("accept", contents.accepted(operation)))
    headers.append(("accept-encoding", "gzip, deflate"))
    headers.extend(_body_headers(operation, body, has_body))
    for name, said in own:
        _put(headers, name, said)
    cookies.extend(one for place, one in secured if place == "cookie")
    query.extend(one for place, one in secured if place == "query")
    if cookies:
        headers.append(("cookie", "; ".join(cookies)))
    for place, said in secured:
        if place not in {"cookie", "query"}:
            _put(headers, place, said)
    pieces = re.split(r"(\{[^{}]*\})", operation.path.partition("#")[0])
    path = "".join(in_path.get(one, quote(one, safe=_PATH)) for one in pieces)
    target = urlsplit(ENDPOINT).path + path + (("&" if "?" in path else "?") + "&".join(query) if query else "")
    kind = contents.choose(operation.body.contents).kind if operation.body is not None and has_body else ""
    return WireRequest(
        method=operation.method,
        target=target,
        headers=tuple(headers),
        body=_written(body, kind),
        has_body=has_body,
        is_json=kind == "json",
    )


def _put(headers: list[tuple[str, str]], name: str, text: str) -> None:
    """Say a header; what is said of it already gives way in its place."""
    places = [index for index, (known, _) in enumerate(headers) if known == name]
    if places:
        headers[places[0]] = name, text
    else:
        headers.append((name, text))


def _body_headers(operation: Operation, body: Json, has_body: bool) -> list[tuple[str, str]]:
    if not has_body or operation.body is None:
        return [("content-length", "0")] if operation.method in {"POST", "PUT", "PATCH"} else []
    chosen = contents.choose(operation.body.contents)
    match chosen.kind:
        case "json":
            text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        case kind:
            text = str(_written(body, kind))
    return [("content-type", chosen.sent), ("content-length", str(len(text.encode())))]


def _written(body: Json, kind: str) -> Json:
    """A body as the text that it goes as; JSON stays what it is."""
    if kind in {"lines", "records"} and isinstance(body, list):
        return write_items(body, kind)
    return form(body) if kind == "form" else body


def form(body: Json) -> str:
    """A form body of single values and lists of them, each element a pair of its own."""
    pairs = [
        (key, one)
        for key, value in (body.items() if isinstance(body, dict) else ())
        for one in (value if isinstance(value, list) else [value])
    ]
    return "&".join(f"{quote(key, safe='')}={quote(_form_text(one), safe='')}" for key, one in pairs)


def _form_text(value: Json) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _secured(api: Api, operation: Operation) -> list[tuple[str, str]]:
    """What the credentials of a documented call add: (place or header, text)."""
    schemes = {one.key: one for one in api.security_schemes}
    return [_secret(schemes[key]) for key in credentials_of(api, operation) or ()]


def credentials_for(scheme: SecurityScheme) -> str:
    """The class of credentials that satisfies a scheme; empty where none of the plain ones does."""
    match scheme:
        case ApiKeyScheme() | OAuthScheme() | OpenIdScheme() | HttpScheme(scheme="bearer"):
            return "TokenCredentials"
        case HttpScheme(scheme="basic"):
            return "BasicCredentials"
    return ""


def credentials_of(api: Api, operation: Operation) -> dict[str, str] | None:
    """The credentials that a documented call is made with: class by scheme; `None` where no class would do.

    They are those of the first alternative that tokens and passwords satisfy; none where anonymous calls are served.
    """
    if not operation.security or any(not one.uses for one in operation.security):
        return {}
    classes = {one.key: credentials_for(one) for one in api.security_schemes}
    for requirement in operation.security:
        found = {use.key: classes.get(use.key, "") for use in requirement.uses}
        if all(found.values()):
            return found
    return None


def _secret(scheme: SecurityScheme) -> tuple[str, str]:
    match scheme:
        case ApiKeyScheme(place="header", name=name):
            return name.lower(), TOKEN
        case ApiKeyScheme(place=place, name=name):
            return place, f"{quote(name, safe='')}={TOKEN}"
        case HttpScheme(scheme="basic"):
            return "authorization", f"Basic {_BASIC}"
    return "authorization", f"Bearer {TOKEN}"
