"""The shape of a document against the schema that OpenAPI publishes for its version."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from jsonschema.validators import validator_for
from openapi_schema_validator._specifications import REGISTRY
from openapi_spec_validator.schemas import schema_v2, schema_v30, schema_v31, schema_v32
from referencing import Registry, Resource

from specloom.document.validate.accept import compile_schema
from specloom.document.validate.simple import UnknownKeywordError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonschema.exceptions import ValidationError

    from specloom.document.validate.accept import Formats

_PUBLISHED: Final[dict[str, Any]] = {
    "2.0": schema_v2,
    "3.0": schema_v30,
    "3.1": schema_v31,
    "3.2": schema_v32,
}


@cache
def _schema(version: str) -> dict[str, Any]:
    schema = dict(_PUBLISHED[version])
    if version == "3.1":
        # As published it calls the `server` of a link `body`, which no edition of the specification has.
        link = schema["$defs"]["link"]
        properties = {"server" if key == "body" else key: one for key, one in link["properties"].items()}
        schema["$defs"] = {**schema["$defs"], "link": {**link, "properties": properties}}
    return schema


@cache
def _accepts(version: str) -> Callable[[Any], bool]:
    return accepter(_schema(version))


def accepter(schema: dict[str, Any], formats: Formats | None = None) -> Callable[[Any], bool]:
    """Make the quick judge of a published schema; where none can be made, one that sends everything to the slow."""
    try:
        return compile_schema(schema, {uri.rstrip("#"): REGISTRY.contents(uri) for uri in REGISTRY}, formats)
    except UnknownKeywordError:
        return lambda value: False


def find_shape_errors(value: dict[str, Any], version: str) -> Iterator[ValidationError]:
    """Check the shape of a bundled document; a validator is only asked where there is something to say.

    Raises:
        Exception: Whatever the validator raises.
    """
    if not _accepts(version)(value):
        yield from explain_shape_errors(value, version)


def explain_shape_errors(value: dict[str, Any], version: str) -> Iterator[ValidationError]:
    """List every error in the shape of a bundled document, whether it is likely to have any or not."""
    schema = _schema(version)
    resource = Resource.from_contents(schema)
    uri = resource.id() or ""
    # Without a registry that knows its anchors, the whole schema is searched for `$dynamicRef` at every object.
    # That of Swagger 2.0 refers to the schema of its draft; nothing that is not here is ever looked up.
    known: Registry[Any] = REGISTRY if version == "2.0" else Registry()
    registry = known.with_resource(uri, resource).crawl()
    judge: Any = validator_for(schema)
    yield from judge(schema, _resolver=registry.resolver(uri)).iter_errors(value)


@cache
def list_known_keys(version: str) -> frozenset[str]:
    """List the keys that objects of OpenAPI have, whatever the object."""
    names: set[str] = set()
    stack: list[Any] = [_schema(version)]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            properties = one.get("properties")
            names.update(properties if isinstance(properties, dict) else ())
            stack.extend(one.values())
    return frozenset(names)
