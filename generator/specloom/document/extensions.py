"""The extensions of our own: known, at a place where they mean something, and of the right shape."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Diagnostic
from specloom.document.build import quoted
from specloom.document.explain import explain
from specloom.document.grammar import EXTENSION_PREFIX, Kind, article
from specloom.document.nearest import hint_for
from specloom.document.pointers import join
from specloom.document.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.document import Document, Node

# How JSON and YAML write letters in other ways, and what they read as nothing.
_ESCAPES: Final = ("\\u00", "\\x", "\\U", "\\\n", "\\\r")
_FILE: Final = Path(__file__).with_name("extensions.json")


@cache
def extensions() -> dict[str, Any]:
    """Read the JSON Schema of the extensions: `$defs` by name, and `x-places`, the kinds of object each stands on."""
    schema: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return schema


def check_extensions(document: Document) -> Iterator[Diagnostic]:
    """Check every `x-specloom-` key of a document."""
    if not any(_may_hold_extensions(one.text) for source in document.sources.values() for one in source.texts):
        return
    for node, kind in walk(document):
        if kind is not Kind.EXTENSION:
            for key, value in node.items():
                if key.startswith(EXTENSION_PREFIX):
                    yield from _check(key, value, kind)


def _may_hold_extensions(text: str) -> bool:
    """Whether a key of ours may stand in a text, perhaps with escapes."""
    return EXTENSION_PREFIX in text or any(one in text for one in _ESCAPES)


def _check(name: str, node: Node, kind: Kind) -> Iterator[Diagnostic]:
    places: dict[str, list[str]] = extensions()["x-places"]
    if name not in places:
        message = f"there is no extension {quoted(name)}"
        yield Diagnostic(code="SL321", message=message, location=node.key_location, hint=hint_for(name, sorted(places)))
        return
    if kind.value not in places[name]:
        message = f"{quoted(name)} has no meaning on {article(kind.value)}"
        hint = "it belongs on " + " or ".join(article(one) for one in places[name])
        yield Diagnostic(code="SL322", message=message, location=node.key_location, hint=hint)
        return
    held = node.resolved()
    for error in _validator(name).iter_errors(held.value):
        for fault in explain(error):
            pointer = join(held.pointer, *fault.keys)
            location = held.source.key_location(pointer) if fault.at_key else held.source.location(pointer)
            message = f"{quoted(name)}: {fault.message}"
            yield Diagnostic(code="SL323", message=message, location=location, hint=fault.hint)


@cache
def _validator(name: str) -> Any:
    from jsonschema import Draft202012Validator
    from referencing import Registry

    schema = {"$ref": f"#/$defs/{name}", "$defs": extensions()["$defs"]}
    return Draft202012Validator(schema, registry=Registry())
