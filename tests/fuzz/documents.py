"""Whole documents, in every version and with everything that operations have; and how they are built."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.examine import Example
from tests.fuzz.mutations import changed, texts_changed
from tests.fuzz.schemas import Strategy, resolved, schemas
from tests.fuzz.words import JSON, KEYS, NAMES, SCALARS, TEXTS

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query", "GET", "x")
MEDIA = (
    *("application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "*/*", "text/csv"),
    *(
        "application/octet-stream",
        "application/problem+json",
        "application/xml",
        "text/event-stream",
        "image/*",
        "x",
        "",
    ),
    "application/json; charset=utf-8",
)
STATUSES = ("200", "201", "204", "404", "default", "4XX", "5XX", "2XX", "301", "100", "600", "x", "", '"""')
STYLES = ("form", "simple", "label", "matrix", "spaceDelimited", "pipeDelimited", "deepObject", "cookie", "x")
PATHS = (
    "/things",
    "/things/{id}",
    "/{id}/x/{other}",
    "/",
    "",
    "things",
    "/a b",
    '/"+x+"',
    "/{",
    "/{}",
    "/{id}{other}",
    "/é",
)
VERSIONS = ("2.0", "3.0.3", "3.1.0", "3.2.0")


@st.composite
def documents(draw: Any) -> dict[str, Any]:
    """A document; most are almost right."""
    version = draw(st.sampled_from(VERSIONS))
    old = version == "2.0"
    names = draw(st.lists(KEYS, max_size=4, unique=True))
    root = "#/definitions/" if old else "#/components/schemas/"
    places = [root + name.replace("~", "~0").replace("/", "~1") for name in names]
    document: dict[str, Any] = {"swagger" if old else "openapi": version, "info": draw(_INFO)}
    document["paths"] = draw(_paths(old=old))
    named = {name: draw(schemas(2)) for name in names}
    schemes = draw(_SCHEMES)
    if old:
        document |= {"definitions": named, "securityDefinitions": schemes} | draw(_ADDRESS)
    else:
        document |= {"components": {"schemas": named, "securitySchemes": schemes}, "servers": draw(_LISTED_SERVERS)}
        document |= draw(_WEBHOOKS)
    made: dict[str, Any] = resolved(document | draw(_EXTRAS), places)
    return made


@cache
def _paths(*, old: bool) -> Strategy:
    operations = st.dictionaries(st.sampled_from(METHODS), _operations(old=old), min_size=1, max_size=2)
    return st.dictionaries(st.sampled_from(PATHS), operations, max_size=2)


@cache
def _operations(*, old: bool) -> Strategy:
    shape = schemas(2)
    body = _parameters_of_old(shape) if old else _parameters(shape)
    content = st.dictionaries(st.sampled_from(MEDIA), _media(shape), max_size=2)
    headers = st.dictionaries(NAMES, st.fixed_dictionaries({"schema": shape}), max_size=1)
    response = st.fixed_dictionaries({"description": TEXTS}, optional={"content": content, "headers": headers})
    if old:
        response = st.fixed_dictionaries({"description": TEXTS}, optional={"schema": shape, "examples": JSON})
    options: dict[Any, Any] = {
        "operationId": NAMES,
        "summary": TEXTS,
        "description": TEXTS,
        "tags": st.lists(NAMES, max_size=2),
        "parameters": st.lists(body, max_size=3),
        "deprecated": st.booleans(),
        "security": st.lists(st.dictionaries(KEYS, st.just([]), max_size=1), max_size=2),
        "x-specloom-method": st.sampled_from(["jobs.list", "a.b", "class.def", "x", "a.__init__", '".x']),
        "x-specloom-failure": JSON,
        "x-specloom-retry": st.fixed_dictionaries({"idempotent": SCALARS}),
    }
    if old:
        options |= {
            "consumes": st.lists(st.sampled_from(MEDIA), max_size=2),
            "produces": st.lists(st.sampled_from(MEDIA)),
        }
    else:
        bodies = st.fixed_dictionaries({"content": content}, optional={"required": st.booleans(), "description": TEXTS})
        options |= {"requestBody": bodies, "servers": st.lists(_SERVERS, max_size=1), "externalDocs": JSON}
        links = st.fixed_dictionaries({}, optional={"operationId": NAMES, "parameters": JSON})
        options["callbacks"] = st.dictionaries(
            NAMES,
            st.dictionaries(
                st.sampled_from(["{$request.body#/url}", "x"]),
                st.fixed_dictionaries({"post": st.fixed_dictionaries({"requestBody": bodies, "responses": JSON})}),
                max_size=1,
            ),
            max_size=1,
        )
        response = st.builds(
            lambda one, more: one | more,
            response,
            st.fixed_dictionaries({}, optional={"links": st.dictionaries(NAMES, links, max_size=1)}),
        )
    responses = st.dictionaries(st.sampled_from(STATUSES), response, min_size=1, max_size=3)
    return st.fixed_dictionaries({"responses": responses}, optional=options)


def _media(shape: Any) -> Strategy:
    example = st.fixed_dictionaries({}, optional={"value": JSON, "summary": TEXTS, "x-specloom-raw": SCALARS})
    encoding = {"contentType": st.sampled_from(MEDIA), "style": st.sampled_from(STYLES), "explode": st.booleans()}
    encoding |= {"headers": st.dictionaries(NAMES, st.fixed_dictionaries({"schema": shape}), max_size=1)}
    options = {"schema": shape, "example": JSON, "examples": st.dictionaries(NAMES, example, max_size=2)}
    options |= {"encoding": st.dictionaries(NAMES, st.fixed_dictionaries({}, optional=encoding), max_size=1)}
    options |= {"itemSchema": shape}
    return st.fixed_dictionaries({}, optional=options)


def _parameters(shape: Any) -> Strategy:
    places = st.sampled_from(["path", "query", "header", "cookie", "querystring", "query", "x"])
    names = st.sampled_from(["id", "other"]) | NAMES
    options = {"style": st.sampled_from(STYLES), "explode": st.booleans(), "allowReserved": st.booleans()}
    options |= {"description": TEXTS, "deprecated": st.booleans(), "example": JSON, "allowEmptyValue": st.booleans()}
    options |= {"x-specloom-client-parameter": st.booleans()}
    basis = {"name": names, "in": places, "required": st.booleans() | st.just(True)}
    with_schema = st.fixed_dictionaries({**basis, "schema": shape}, optional=options)
    content = st.dictionaries(st.sampled_from(MEDIA), st.fixed_dictionaries({"schema": shape}), min_size=1, max_size=1)
    return with_schema | with_schema | st.fixed_dictionaries({**basis, "content": content}, optional=options)


def _parameters_of_old(shape: Any) -> Strategy:
    names = st.sampled_from(["id", "other"]) | NAMES
    kinds = st.sampled_from(["string", "integer", "boolean", "array", "file", "number"])
    options = {"format": NAMES, "enum": st.lists(SCALARS, max_size=2), "default": SCALARS, "items": shape}
    options |= {"collectionFormat": st.sampled_from(["csv", "multi", "pipes", "ssv", "x"]), "description": TEXTS}
    places = st.sampled_from(["path", "query", "header", "formData"])
    plain = st.fixed_dictionaries(
        {"name": names, "in": places, "required": st.booleans(), "type": kinds}, optional=options
    )
    return plain | st.fixed_dictionaries({"name": names, "in": st.just("body"), "schema": shape})


def _schemes() -> Strategy:
    kinds = st.sampled_from(["apiKey", "http", "basic", "oauth2", "openIdConnect", "mutualTLS", "x"])
    options = {
        "name": NAMES,
        "in": st.sampled_from(["header", "query", "cookie"]),
        "scheme": NAMES | st.sampled_from(["bearer", "basic"]),
    }
    urls = st.sampled_from(["https://x.example/token", "/token", "", '"""'])
    flow = st.fixed_dictionaries({"scopes": st.just({})}, optional={"tokenUrl": urls, "authorizationUrl": urls})
    flows = st.dictionaries(st.sampled_from(["clientCredentials", "implicit", "password", "x"]), flow, max_size=2)
    options |= {"flows": flows, "flow": st.sampled_from(["application", "implicit"]), "tokenUrl": urls}
    options |= {"openIdConnectUrl": urls, "description": TEXTS, "scopes": st.just({})}
    return st.fixed_dictionaries({"type": kinds}, optional=options)


_INFO = st.fixed_dictionaries(
    {"title": TEXTS | NAMES, "version": st.just("1")}, optional={"description": TEXTS, "x-y": JSON}
)
_SCHEMES = st.dictionaries(KEYS, _schemes(), max_size=2)
_ADDRESS = st.fixed_dictionaries({}, optional={"host": NAMES, "basePath": TEXTS, "schemes": JSON})
_VARIABLE = st.fixed_dictionaries(
    {"default": TEXTS}, optional={"enum": st.lists(TEXTS, max_size=2), "description": TEXTS}
)
_SERVERS = st.fixed_dictionaries(
    {
        "url": st.sampled_from(
            ["https://x.example", "/", "", "https://{v}.example/{w}", '"""', "{", "x", "https://x.example/é"]
        )
    },
    optional={
        "description": TEXTS,
        "variables": st.dictionaries(st.sampled_from(["v", "w", "class"]) | NAMES, _VARIABLE, max_size=2),
    },
)
_LISTED_SERVERS = st.lists(_SERVERS, max_size=2)
_WEBHOOKS = st.fixed_dictionaries(
    {},
    optional={"webhooks": st.dictionaries(NAMES, st.dictionaries(st.just("post"), _operations(old=False)), max_size=1)},
)
_EXTRAS = st.fixed_dictionaries(
    {},
    optional={
        "tags": st.lists(st.fixed_dictionaries({"name": NAMES}, optional={"description": TEXTS}), max_size=2),
        "security": st.lists(st.dictionaries(KEYS, st.just([]), max_size=1), max_size=1),
        "x-specloom-client": st.fixed_dictionaries({"name": NAMES, "module": NAMES}),
        "x-specloom-error": st.dictionaries(
            NAMES, st.lists(st.sampled_from(["body:/code", "header:X", "x"]), max_size=2), max_size=2
        ),
        "x-other": JSON,
    },
)


# -- how they are built -----------------------------------------------------------------------------------------------


_DOCUMENTS = documents()


def _one_in(count: int) -> Strategy:
    return st.integers(0, count - 1).map(lambda drawn: drawn == count // 2)


_FOURTH, _SIXTH, _TENTH = _one_in(4), _one_in(6), _one_in(10)
_WANTED = st.lists(
    st.sampled_from(
        ["--tag=name", "--path=/things", "--path=/**", "--operation=name", "--tag=", "--path=[", "--path="]
    ),
    max_size=2,
)
_MODELS = st.sampled_from(["own"] * 6 + ["auto", "datamodel-code-generator"])


@st.composite
def examples(draw: Any, bases: Any = None) -> Example:
    """A document, sometimes changed, sometimes in several files, with an overlay or a selection, and how it is built.

    Args:
        bases: Documents to change, in place of whole ones that are made up.
    """
    document = draw(_DOCUMENTS if bases is None else bases)
    if bases is not None or draw(_FOURTH):
        document = draw(changed(document))
    files = {"openapi.json": document}
    if draw(_SIXTH):
        files = _split(document, draw(st.booleans()))
    texts = {name: json.dumps(value, ensure_ascii=False, indent=1) for name, value in files.items()}
    overlays: tuple[str, ...] = ()
    if draw(_TENTH):
        overlays = ("overlay.json",)
        texts["overlay.json"] = json.dumps(draw(_OVERLAYS))
    if draw(_TENTH):
        texts["openapi.json"] = draw(texts_changed(texts["openapi.json"]))
    if draw(_SIXTH):
        texts = {"openapi.yaml" if name == "openapi.json" else name: text for name, text in texts.items()}
    return Example(
        files=texts,
        overlays=overlays,
        select=tuple(draw(_WANTED)) if draw(_TENTH) else (),
        tolerant=not draw(_FOURTH),
        models=draw(_MODELS),
        black=draw(_TENTH),
    )


def _split(document: Any, whole: bool) -> dict[str, Any]:
    """The path items, or all schemas, in a file of their own; references in them lead back."""
    entry, other = dict(document), {}
    paths = document.get("paths")
    if isinstance(paths, dict) and whole:
        other = {"items": list(paths.values())}
        entry["paths"] = {path: {"$ref": f"other.json#/items/{index}"} for index, path in enumerate(paths)}
    elif isinstance(document.get("components"), dict):
        other = document["components"]
        entry["components"] = {
            kind: {name: {"$ref": f"other.json#/{kind}/{name}"} for name in held} if isinstance(held, dict) else held
            for kind, held in other.items()
        }
    moved = json.loads(json.dumps(other).replace('"#/', '"openapi.json#/')) if whole else other
    return {"openapi.json": entry, "other.json": moved}


_TARGETS = (
    "$",
    "$.paths.*.*",
    "$.info",
    "$..schema",
    "$.components.schemas[*]",
    "$.paths['/things']",
    "$[",
    "$..*",
    "x",
)
_ACTIONS = st.fixed_dictionaries(
    {"target": st.sampled_from(_TARGETS)}, optional={"update": JSON, "remove": st.booleans()}
)
_OVERLAYS = st.fixed_dictionaries(
    {
        "overlay": st.sampled_from(["1.0.0", "1.1.0", "2"]),
        "info": st.just({"title": "O", "version": "1"}),
        "actions": st.lists(_ACTIONS, min_size=1, max_size=2),
    }
)
