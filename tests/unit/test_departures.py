"""Values that depart from a schema in one place, and unions led by another member."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from specloom.model import (
    AnySchema,
    ArraySchema,
    Discriminator,
    EnumMember,
    EnumSchema,
    JsonTextSchema,
    MapSchema,
    ObjectSchema,
    StringSchema,
    UnionSchema,
)
from specloom.synthesis import departures, other_members
from tests.serve.apis import INFO, NUMBER, TEXT

if TYPE_CHECKING:
    from specloom.model import Json, Schema

OBJECT = ObjectSchema(info=INFO, properties=(), additional=None)
FOREIGN: Json = {"not": "documented"}


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        (TEXT, [(FOREIGN, "")]),
        (StringSchema(info=INFO, format="date"), [(FOREIGN, ""), ("not documented", "")]),
        (OBJECT, [("not documented", "")]),
        (ArraySchema(info=INFO, items=NUMBER), [(FOREIGN, ""), ([FOREIGN], "/0")]),
        (MapSchema(info=INFO, values=TEXT), [("not documented", ""), ({"any/key~": FOREIGN}, "/any~1key~0")]),
        (
            JsonTextSchema(info=INFO, content=OBJECT, media_type="application/json"),
            [(FOREIGN, ""), ("{", ""), ('"not documented"', "")],
        ),
        (UnionSchema(info=INFO, members=(TEXT, OBJECT), exclusive=False), [(["not documented"], "")]),
        (
            EnumSchema(info=INFO, kind="mixed", members=(EnumMember(value={}), EnumMember(value="a"))),
            [
                (["not documented"], ""),
            ],
        ),
        (AnySchema(info=INFO), []),
    ],
)
def test_a_departure_is_of_a_kind_that_the_schema_does_not_take(schema: Schema, found: list[tuple[Json, str]]) -> None:
    assert [(one.value, one.pointer) for one in departures(schema, {})] == found


def test_a_union_is_led_by_each_other_member_and_its_tags_follow() -> None:
    told = Discriminator(property_name="kind", mapping=(("a", 0), ("b", 1), ("c", 2)), default=0)
    members = (TEXT, NUMBER, OBJECT)
    union = UnionSchema(info=INFO, members=members, exclusive=True, discriminator=told)

    second, third = other_members(union, {})

    assert (second.members, third.members) == ((NUMBER, OBJECT, TEXT), (OBJECT, TEXT, NUMBER))
    assert second.discriminator == replace(told, mapping=(("a", 2), ("b", 0), ("c", 1)), default=2)
    assert list(other_members(TEXT, {})) == []
