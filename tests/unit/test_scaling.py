"""What a build costs grows as its document does: twice the input takes no more than two and a half times as long."""

from __future__ import annotations

import gc
import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from specloom.pipeline import lower_document
from specloom.python import Target, plan
from specloom.render import render
from specloom.shipped import templates_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST = 2.5
TARGET = Target(
    distribution="scaled", import_name="scaled", version="0", description="", templates=templates_folder(), models="own"
)


def document(paths: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """A document of these operations and schemas."""
    info = {"title": "T", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}


def get(name: str, tag: str, schema: dict[str, Any], example: object = None) -> dict[str, Any]:
    """An operation that answers with a schema."""
    content = {"application/json": {"schema": schema, **({} if example is None else {"example": example})}}
    responses = {"200": {"description": "It.", "content": content}}
    return {"get": {"operationId": name, "tags": [tag], "responses": responses, "description": "Words. " * 30}}


def of_operations(count: int) -> dict[str, Any]:
    """Operations of a resource each, and schemas that refer to others."""
    reference = {f"Thing{index}": {"$ref": f"#/components/schemas/Thing{index}"} for index in range(count)}
    schemas = {
        f"Thing{index}": {
            "type": "object",
            "description": "What it is. " * 20,
            "properties": {
                **{f"member{at}": {"type": "string", "description": "A word. " * 20} for at in range(8)},
                **{f"other{at}": reference[f"Thing{index // (at + 1)}"] for at in range(1, 4)},
            },
        }
        for index in range(count)
    }
    paths = {
        f"/things{index}": get(f"getThing{index}", f"tag{index}", reference[f"Thing{index}"]) for index in range(count)
    }
    return document(paths, schemas)


def of_values(count: int) -> dict[str, Any]:
    """An enumeration of so many values."""
    values = [f"value-{index}" for index in range(count * 20)]
    kind = {"type": "object", "properties": {"kind": {"type": "string", "enum": values}}}
    return document({"/things": get("getThing", "things", kind)}, {})


def of_names_that_fold_alike(count: int) -> dict[str, Any]:
    """Schemas whose names are told apart by a part of their hash."""
    schemas = {f"thing{'_' * index}x": {"type": "object", "properties": {}} for index in range(count)}
    return document({}, schemas)


def of_depth(count: int) -> dict[str, Any]:
    """An example that is as deep as it is large."""
    value: object = "text"
    for _ in range(count // 4):
        value = {"inner": value, "words": "one two three " * 4}
    return document({"/things": get("getThing", "things", {"type": "object"}, value)}, {})


@pytest.mark.parametrize(
    ("make", "count"),
    [(of_operations, 150), (of_values, 250), (of_names_that_fold_alike, 400), (of_depth, 300)],
)
def test_twice_the_document_takes_twice_as_long(
    make: Callable[[int], dict[str, Any]], count: int, tmp_path: Path
) -> None:
    """From the API model to the text, in the best of some turns."""
    apis = []
    for times in (1, 2):
        file = tmp_path / f"{times}.json"
        file.write_text(json.dumps(make(count * times)))
        api, found = lower_document(file)
        assert api is not None, found
        apis.append(api)

    def seconds(index: int) -> float:
        gc.collect()
        begun = time.process_time()
        render(plan([apis[index]], TARGET).pages, {})
        return time.process_time() - begun

    seconds(0)  # imports and templates
    turns = [(seconds(0), seconds(1)) for _ in range(5)]
    once, twice = (min(turn[index] for turn in turns) for index in (0, 1))

    assert twice < MOST * once + 0.02
