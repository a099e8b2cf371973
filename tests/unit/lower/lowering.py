"""Small documents, and the schemas that they are lowered to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from specloom.document import load_document
from specloom.lower import lower
from specloom.model import Api, ObjectSchema

if TYPE_CHECKING:
    from pathlib import Path

    from specloom.model import Schema


def lower_text(folder: Path, schemas: dict[str, Any], *, version: str = "3.1.0") -> tuple[Api, list[str]]:
    """Lower a document of components alone.

    Returns:
        The model, and what was said, each as code and message.
    """
    document = {"openapi": version, "info": {"title": "T", "version": "1"}, "paths": {}}
    file = folder / "openapi.json"
    file.write_text(json.dumps({**document, "components": {"schemas": schemas}}), encoding="utf-8")
    loaded, found = load_document(file)

    assert loaded is not None
    assert found == ()
    api, said = lower(loaded)
    return api, [f"{one.code} {one.message}" for one in said]


def lower_member(folder: Path, schema: dict[str, Any], *, version: str = "3.1.0", **others: Any) -> Schema:
    """Lower a schema as the member `it` of an object, without anything being said about it."""
    holder = {"type": "object", "properties": {"it": schema}}
    api, said = lower_text(folder, {"Holder": holder, **others}, version=version)

    assert said == []
    return member(api, "Holder", "it")


def member(api: Api, name: str, key: str) -> Schema:
    """The schema of a member of a named object."""
    (found,) = [one.schema for one in api.schemas if one.name == name]
    assert isinstance(found, ObjectSchema)
    return next(one.schema for one in found.properties if one.name == key)
