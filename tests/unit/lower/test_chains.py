"""Schemas that lead to one another in chains, however long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specloom.model import ArraySchema, ObjectSchema, ReferenceSchema, UnionSchema
from tests.unit.lower.lowering import lower_text, member

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LENGTH = 3000
END = {"type": "object", "properties": {"end": {"type": "string"}}}


def to(index: int) -> dict[str, Any]:
    """A reference to a link of a chain."""
    return {"$ref": f"#/components/schemas/C{index}"}


def chain(link: Callable[[int], dict[str, Any]], length: int = LENGTH) -> dict[str, Any]:
    """Schemas each of which leads to the next."""
    return {**{f"C{index}": link(index + 1) for index in range(length - 1)}, f"C{length - 1}": END}


def test_objects_refer_to_each_other(tmp_path: Path) -> None:
    """Each is a schema of its own, and knows the next by its name and as what it is."""
    api, said = lower_text(
        tmp_path, chain(lambda index: {"type": ["object", "null"], "properties": {"next": to(index)}})
    )

    assert said == []
    assert len(api.schemas) == LENGTH
    for index in range(LENGTH - 1):
        following = member(api, f"C{index}", "next")
        assert isinstance(following, ReferenceSchema)
        assert (following.name, following.info.nullable) == (f"C{index + 1}", index + 2 < LENGTH)


def test_a_schema_is_built_on_a_schema_that_is_built_on_another(tmp_path: Path) -> None:
    """The first has the members of all."""
    length = 300

    def link(index: int) -> dict[str, Any]:
        return {"allOf": [to(index), {"type": "object", "properties": {f"p{index}": {"type": "string"}}}]}

    api, said = lower_text(tmp_path, chain(link, length))

    assert said == []
    first = next(one.schema for one in api.schemas if one.name == "C0")
    assert isinstance(first, ObjectSchema)
    assert {one.name for one in first.properties} == {"end", *(f"p{index}" for index in range(1, length))}


def test_lists_hold_lists(tmp_path: Path) -> None:
    """Down to the object at the end."""
    length = 300
    api, said = lower_text(
        tmp_path,
        {
            "Holder": {"type": "object", "properties": {"it": to(0)}},
            **chain(lambda index: {"type": "array", "items": to(index)}, length),
        },
    )

    assert said == []
    known = {one.name: one.schema for one in api.schemas}
    depth, schema = 0, member(api, "Holder", "it")
    while not isinstance(schema, ObjectSchema):
        depth += isinstance(schema, ArraySchema)
        schema = known[schema.name] if isinstance(schema, ReferenceSchema) else schema.items  # type: ignore[union-attr]
    assert depth == length - 1


def test_unions_hold_unions(tmp_path: Path) -> None:
    """Each of a text and the next."""
    length = 300
    api, said = lower_text(tmp_path, chain(lambda index: {"oneOf": [to(index), {"type": "string"}]}, length))

    assert said == []
    assert any(isinstance(one.schema, UnionSchema) for one in api.schemas)


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_schema_that_leads_back_to_itself_keeps_its_null(version: str, tmp_path: Path) -> None:
    """What is referred to before it is known takes null all the same."""
    null = {"type": "object", "nullable": True} if version < "3.1" else {"type": ["object", "null"]}
    api, _ = lower_text(
        tmp_path, {"Node": {**null, "properties": {"next": {"$ref": "#/components/schemas/Node"}}}}, version=version
    )

    assert member(api, "Node", "next").info.nullable
