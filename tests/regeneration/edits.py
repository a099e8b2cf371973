"""Random edits of an OpenAPI document, as people make them between two builds; not all leave it valid."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

Document = dict[str, Any]

_TYPES: Final = ("string", "integer", "number", "boolean", "array", "object")
_METHODS: Final = ("get", "put", "post", "delete", "patch")


def edit(document: Document, random: Random) -> str:
    """Change a document in one place; gives what was done, or nothing where the place is not there."""
    name = random.choice(sorted(_EDITS))
    before = json.dumps(document)
    _EDITS[name](document, random)
    return name if json.dumps(document) != before else ""


def _schemas(value: Any) -> Iterator[dict[str, Any]]:
    """Everything that looks like a schema."""
    if isinstance(value, dict):
        if isinstance(value.get("type"), str) or isinstance(value.get("properties"), dict):
            yield value
        for one in value.values():
            yield from _schemas(one)
    elif isinstance(value, list):
        for one in value:
            yield from _schemas(one)


def _schema(document: Document, random: Random, key: str = "") -> dict[str, Any]:
    """A schema that has a keyword; an empty one that is nowhere where none has."""
    found = [one for one in _schemas(document) if not key or key in one]
    return random.choice(found) if found else {}


def _components(document: Document) -> dict[str, Any]:
    held: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})
    return held


def _reference(document: Document, random: Random) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{random.choice(sorted(_components(document)) or ['Nothing'])}"}


def _operation(document: Document, random: Random) -> tuple[dict[str, Any], str]:
    """A path item and the method of one of its operations."""
    items = [one for one in document.get("paths", {}).values() if isinstance(one, dict)]
    found = [(item, method) for item in items for method in _METHODS if isinstance(item.get(method), dict)]
    return random.choice(found) if found else ({"get": {}}, "get")


def _word(random: Random) -> str:
    return random.choice(("alpha", "Beta", "class", "item", "x-y", "URL", "näme")) + str(random.randrange(100))


def _describe(document: Document, random: Random) -> None:
    _schema(document, random)["description"] = f"Says {_word(random)}.\n\nAnd more: {'word ' * random.randrange(60)}"


def _retype(document: Document, random: Random) -> None:
    _schema(document, random, "type")["type"] = random.choice(_TYPES)


def _add_property(document: Document, random: Random) -> None:
    made = random.choice(({"type": "integer"}, {"enum": ["a", "b"]}, _reference(document, random), {"nonsense": 1}))
    held = _schema(document, random, "properties").setdefault("properties", {})
    if isinstance(held, dict):
        held[_word(random)] = made


def _remove_property(document: Document, random: Random) -> None:
    held = _schema(document, random, "properties").get("properties")
    if isinstance(held, dict) and held:
        del held[random.choice(sorted(held))]


def _require(document: Document, random: Random) -> None:
    schema = _schema(document, random, "properties")
    schema["required"] = sorted(schema.get("properties", {}))[: random.randrange(1, 4)]


def _list_values(document: Document, random: Random) -> None:
    _schema(document, random)["enum"] = [_word(random) for _ in range(random.randrange(1, 4))]


def _unlist_values(document: Document, random: Random) -> None:
    _schema(document, random, "enum").pop("enum", None)


def _rename_component(document: Document, random: Random) -> None:
    """With all references to it, or with none."""
    held = _components(document)
    if not held:
        return
    old, new = random.choice(sorted(held)), _word(random).replace("ä", "a")
    held[new] = held.pop(old)
    if random.random() < 0.7:
        text = json.dumps(document).replace(f'"#/components/schemas/{old}"', f'"#/components/schemas/{new}"')
        document |= json.loads(text)


def _extend(document: Document, random: Random) -> None:
    _schema(document, random, "properties").setdefault("allOf", []).append(_reference(document, random))


def _discriminate(document: Document, random: Random) -> None:
    schema = _schema(document, random, random.choice(("oneOf", "properties")))
    if schema.pop("discriminator", None) is None:
        schema["discriminator"] = {"propertyName": random.choice(sorted(schema.get("properties", {})) or ["kind"])}


def _add_operation(document: Document, random: Random) -> None:
    answer = {"description": "Fine.", "content": {"application/json": {"schema": _reference(document, random)}}}
    made = {"operationId": _word(random), "responses": {"200": answer}, "tags": [_word(random)]}
    document.setdefault("paths", {})[f"/{_word(random)}"] = {"get": made}


def _remove_operation(document: Document, random: Random) -> None:
    item, method = _operation(document, random)
    del item[method]


def _tag(document: Document, random: Random) -> None:
    item, method = _operation(document, random)
    item[method]["tags"] = [_word(random)]
    document["tags"] = [{"name": item[method]["tags"][0], "description": "A tag."}]


def _summarize(document: Document, random: Random) -> None:
    item, method = _operation(document, random)
    item[method][random.choice(("summary", "description", "operationId"))] = _word(random)


def _secure(document: Document, random: Random) -> None:
    name = _word(random).replace("ä", "a")
    schemes = document.setdefault("components", {}).setdefault("securitySchemes", {})
    schemes[name] = {"type": "http", "scheme": random.choice(("basic", "bearer"))}
    document["security"] = [{name: []}]


def _inform(document: Document, random: Random) -> None:
    document["info"][random.choice(("title", "version", "description"))] = _word(random)


def _serve(document: Document, random: Random) -> None:
    document["servers"] = [
        {"url": f"https://{random.choice('ab')}.example/{{v}}", "variables": {"v": {"default": "1"}}}
    ]


def _exemplify(document: Document, random: Random) -> None:
    _schema(document, random)["example"] = random.choice((1, "1", {"a": None}, [], "2024-01-11 09:01"))


_EDITS: Final[dict[str, Callable[[Document, Random], None]]] = {
    one.__name__.strip("_"): one
    for one in (
        *(_describe, _retype, _add_property, _remove_property, _require, _list_values, _unlist_values),
        *(_rename_component, _extend, _discriminate, _add_operation, _remove_operation, _tag, _summarize),
        *(_secure, _inform, _serve, _exemplify),
    )
}
